"""What the lower layers say, in the language of the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeClock
from pytestqt.qtbot import QtBot

from alltick_desk.app.language import CHINESE, ENGLISH, Language
from alltick_desk.errors import SettingsError, UsageError
from alltick_desk.feed.subscriptions import Coverage, Subscriptions
from alltick_desk.model.endpoint import base_address
from alltick_desk.model.settings import read_settings
from alltick_desk.model.words import Sentence, joined, span
from alltick_desk.store.files import make_folder, read_json
from alltick_desk.ui.words import spoken, stated
from alltick_desk.vendors.alltick.refusals import refusal, refusal_by_status
from alltick_desk.vendors.base import Channel, Wish
from alltick_desk.vendors.limits import check_limit, limit_fields
from alltick_desk.vendors.plans import plan_named


@pytest.fixture
def language(qtbot: QtBot) -> Iterator[Language]:
    del qtbot  # it makes the application that holds the translations
    chosen = Language()
    chosen.choose(CHINESE)
    yield chosen
    chosen.choose(ENGLISH)


def test_without_a_translation_it_is_english(qtbot: QtBot) -> None:
    del qtbot
    waits = Sentence("Feed", "The next try is in {time}.").format(time=span(75))
    assert spoken(waits) == "The next try is in 1 min."
    assert spoken("As it is.", "", waits) == "As it is. The next try is in 1 min."
    assert spoken() == ""
    assert stated(["up 2.30 %", "Live"]) == "up 2.30 %, Live."


@pytest.mark.usefixtures("language")
def test_parts_are_spoken_too() -> None:
    waits = Sentence("Feed", "The next try is in {time}.").format(time=span(75))
    assert spoken(waits) == "1 分钟后重试。"
    assert spoken(joined(Sentence("Rows", "Not connected."), waits)) == "未连接。1 分钟后重试。"
    assert spoken("As it is.") == "As it is."
    assert stated(["涨 2.30%", "实时"]) == "涨 2.30%，实时。"


def test_another_language_says_it_anew(language: Language) -> None:
    waits = Sentence("Rows", "Connecting.")
    assert spoken(waits) == "正在连接。"
    language.choose(ENGLISH)
    assert spoken(waits) == "Connecting."


@pytest.mark.usefixtures("language")
def test_a_code_beyond_the_plan() -> None:
    subscriptions = Subscriptions(codes=1, connections=1, replaces=True)
    subscriptions.want({Channel.TRADES: [Wish("700.HK"), Wish("AAPL.US")]})
    subscriptions.sockets(0.0)
    standing = subscriptions.coverage("AAPL.US")
    assert standing.coverage is Coverage.BEYOND_PLAN
    assert standing.sentence == "Number 2 of 1: the plan streams 1 codes."
    assert spoken(standing.sentence) == "排在第 2 位，上限 1：套餐只推送 1 个代码。"


@pytest.mark.usefixtures("language")
def test_a_refusal_of_the_vendor() -> None:
    assert spoken(str(refusal(604, "trades"))).startswith("当前套餐不含此代码。")
    assert (
        spoken(str(refusal(605, "kline")))
        == "AllTick 认为请求过多。程序会稍候并放慢请求，无需操作。"
    )
    assert "（999）" in spoken(str(refusal(999, "kline")))
    assert "HTTP 状态 502" in spoken(str(refusal_by_status(502, "kline")))


@pytest.mark.usefixtures("language")
def test_what_is_wrong_with_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"version": 1, "theme": "pink"})
    assert spoken(str(caught.value)).startswith("设置项“主题”（theme）须为以下之一：'system'")
    with pytest.raises(SettingsError) as caught:
        base_address("http://example.com")
    assert spoken(str(caught.value)).startswith("不加密的 http 只能连接本机")
    field = limit_fields(plan_named("alltick", "free"))[0]
    with pytest.raises(SettingsError) as caught:
        check_limit(field, 1e9)
    assert spoken(str(caught.value)).startswith("限制“全部接口合计”")
    path = tmp_path / "settings.json"
    path.write_text('{"version": 1, "theme": "pink"}')
    note = read_json(path, read_settings, dict, FakeClock()).note
    told = spoken(note)
    assert told.startswith("文件 settings.json 未被采用。设置项“主题”")
    assert told.endswith("程序不用它启动。")


@pytest.mark.usefixtures("language")
def test_what_the_disk_refuses(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    with pytest.raises(UsageError) as caught:
        make_folder(path / "folder")
    assert (
        spoken(str(caught.value)) == f"文件夹 {path / 'folder'} 无法使用：文件夹的位置被文件占用。"
    )
