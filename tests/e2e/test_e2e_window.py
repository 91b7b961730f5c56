"""What a person does in the window, and what of it arrives on the wire."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from desk_under_test import TOKEN, RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)
from venue import venue_open

from alltick_desk.sim.limits import describe
from alltick_desk.ui.settings import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
RATE = 20.0


def _streamed(d: RunningDesk, codes: Sequence[str]) -> bool:
    """Whether the exchange streams exactly these codes, and the person sees all of them live."""
    return d.subscribed("trades") == d.subscribed("depth") == set(codes) and d.live()


# The list


def test_edits_within_a_moment_are_one_full_list_of_each_kind(
    tmp_path: Path, qapp: QApplication
) -> None:
    """At no more than twice the machine's pace, so that a hand is quick enough."""

    async def scenario() -> None:
        first = ("700.HK", "TSLA.US", "9988.HK", "5.HK")
        async with desk_running(tmp_path, symbols=first, rate=2) as d:
            await d.until(lambda: _streamed(d, first))
            await d.during(1.5)  # so that it is not the gap between two requests that waits
            begun_s = d.clock.monotonic()
            await d.act(lambda: d.type_symbol("aapl.us"))
            await asyncio.sleep(0.02)
            await d.act(lambda: d.type_symbol("600519.SH, 388.HK"))
            await asyncio.sleep(0.02)
            await d.act(
                lambda: d.select("TSLA.US"),
                lambda: d.press(Qt.Key.Key_Delete),
                lambda: d.select("700.HK"),  # as before, so that chart and book stay
            )
            wanted = ["700.HK", "9988.HK", "5.HK", "AAPL.US", "600519.SH", "388.HK"]
            assert d.codes() == wanted
            await d.until(lambda: d.subscribed("depth") == set(wanted))
            await d.during(2.5)  # whatever more there might come
            for kind in ("trades", "depth"):
                (only,) = d.lists(kind, "stock", begun_s)
                assert list(only) == wanted
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_what_is_typed_streams_what_is_removed_stops_and_undo_brings_it_back(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        first = ["700.HK", "TSLA.US"]
        async with desk_running(tmp_path, symbols=first, rate=RATE) as d:
            await d.until(lambda: _streamed(d, first))
            await d.act(lambda: d.type_symbol("Alibaba"))  # by its name
            grown = [*first, "9988.HK"]
            assert d.codes() == grown
            await d.until(lambda: _streamed(d, grown))
            await d.act(lambda: d.select("TSLA.US"), lambda: d.press(Qt.Key.Key_Delete))
            await d.until(lambda: _streamed(d, ["700.HK", "9988.HK"]))
            await d.act(lambda: d.press(Qt.Key.Key_Z, CTRL))
            assert d.codes() == grown
            await d.until(lambda: _streamed(d, grown))
            await d.act(lambda: d.select("700.HK"))
            await d.until(lambda: d.shown()["chart"]["instrument"] == "700.HK")
            await d.act(lambda: d.press(Qt.Key.Key_Y, CTRL))
            await d.until(lambda: _streamed(d, ["700.HK", "9988.HK"]))
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_moving_a_row_and_taking_an_edit_back_at_once_ask_for_nothing(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        first = ["700.HK", "TSLA.US", "BTCUSDT"]
        async with desk_running(tmp_path, symbols=first, rate=RATE) as d:
            await d.until(lambda: _streamed(d, first))
            await d.during(5)
            begun_s = d.clock.monotonic()
            await d.act(lambda: d.press(Qt.Key.Key_Down, ALT))
            assert d.codes() == ["TSLA.US", "700.HK", "BTCUSDT"]
            await d.act(
                lambda: d.press(Qt.Key.Key_Down, ALT),
                lambda: d.press(Qt.Key.Key_Delete),
                d.front.panel.undo,
                lambda: d.press(Qt.Key.Key_Up, ALT),
            )
            await d.during(8)
            for kind in ("trades", "depth"):
                for family in ("stock", "other"):
                    assert d.lists(kind, family, begun_s) == []
            assert d.live()

    play(scenario())


def test_an_emptied_list_can_be_filled_again(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["700.HK"], rate=RATE) as d:
            await d.until(d.live)
            await d.act(lambda: d.press(Qt.Key.Key_A, CTRL), lambda: d.press(Qt.Key.Key_Delete))
            assert d.codes() == []
            await d.act(lambda: d.type_symbol("BTCUSDT"))
            await d.until(lambda: d.live() and d.subscribed("trades") >= {"BTCUSDT"})
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


# Chart and book


def test_the_selected_row_has_the_full_book_and_every_other_one_level(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        codes = ["TSLA.US", "700.HK", "600519.SH", "BTCUSDT"]
        async with desk_running(tmp_path, symbols=codes, rate=RATE) as d:
            await d.until(lambda: _streamed(d, codes))
            for code, levels in (("700.HK", 10), ("600519.SH", 5), ("BTCUSDT", 5)):
                await _look_at(d, code, levels)
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


async def _look_at(d: RunningDesk, code: str, levels: int) -> None:
    """Select a row, and see its chart and its book come."""
    begun_s = d.clock.monotonic()
    await d.act(lambda: d.select(code))
    await d.until(lambda: _levels(d) == {**dict.fromkeys(d.codes(), 1), code: levels})
    family = "other" if code == "BTCUSDT" else "stock"
    assert len(d.lists("depth", family, begun_s)) == 1
    assert d.lists("trades", family, begun_s) == []
    await d.until(lambda: len(_book(d)["bids"]) == len(_book(d)["asks"]) == levels)
    assert _book(d)["instrument"] == code
    await d.until(lambda: _bars(d) >= 500)
    assert d.shown()["chart"]["instrument"] == code


def _levels(d: RunningDesk) -> dict[str, int]:
    return {
        code: levels
        for connection in d.exchange.connections.values()
        for code, levels in connection.depths.items()
    }


def _book(d: RunningDesk) -> Any:
    return d.shown()["order_book"]


def _bars(d: RunningDesk) -> int:
    """Return how many bars the chart has; it comes a moment after the window."""
    return int(d.shown()["chart"].get("bars", 0))


def test_each_interval_button_makes_one_call(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["BTCUSDT"], rate=RATE) as d:
            await d.until(lambda: _bars(d) >= 500)
            for interval, kind in (("5m", 2), ("2h", 6), ("1d", 8), ("1mo", 10)):
                await _switch_to(d, interval, kind)
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


async def _switch_to(d: RunningDesk, interval: str, kind: int) -> None:
    """Click on an interval, and see its bars come with one call."""
    begun_s = d.clock.monotonic()
    button = d.find(QToolButton, f"interval_{interval}")
    await d.act(lambda: QTest.mouseClick(button, LEFT))
    await d.until(lambda: d.calls("kline", begun_s) and not str(d.chart.note))
    await d.during(3)
    asked = [call.document["data"] for call in d.calls("kline", begun_s)]
    assert {it["kline_type"] for it in asked} == {kind}
    # Where few bars came, one question more tells whether the vendor has older ones.
    assert [it["kline_timestamp_end"] == 0 for it in asked] in ([True], [True, False])
    assert d.shown()["chart"]["interval"] == interval
    assert d.shown()["chart"]["bars"] > 10
    assert button.isChecked()


def test_of_intervals_that_wait_for_the_plan_only_the_last_is_asked_for(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, plan="free", symbols=["BTCUSDT"], rate=30) as d:
            await d.until(lambda: _bars(d) >= 500)
            begun_s = d.clock.monotonic()
            await d.act(
                *(d.find(QToolButton, f"interval_{it}").click for it in ("5m", "15m", "1h"))
            )
            await d.until(lambda: "Waiting" in str(d.chart.note), "the wait is told")
            await d.until(lambda: _bars(d) >= 500)
            await d.during(12)
            (call,) = d.calls("kline", begun_s)
            assert call.document["data"]["kline_type"] == 5
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


# What the vendor does not give


def test_codes_that_the_vendor_refuses_are_marked_and_cost_the_others_nothing(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        codes = ["700.HK", "NOPE.HK", "AAPL.US", "9988.HK", "BTCUSDT", "NOPEUSD"]
        words = ["Live", "Unknown code", "Not in plan", "Live", "Live", "Unknown code"]
        async with desk_running(tmp_path, plan="hk", symbols=codes, rate=30) as d:
            await d.until(lambda: [d.state(code) for code in codes] == words)
            assert d.subscribed("trades") == {"700.HK", "9988.HK", "BTCUSDT"}
            await d.until(lambda: d.row("700.HK").change is not None)
            assert all(d.row(code).state_detail for code in ("NOPE.HK", "AAPL.US"))
            await d.act(lambda: d.type_symbol("5.HK"))
            await d.until(lambda: d.state("5.HK") == "Live")
            await d.act(lambda: d.select("AAPL.US"))
            await d.until(lambda: d.shown()["chart"]["instrument"] == "AAPL.US")
            await d.during(10)
            begun_s = d.clock.monotonic()
            await d.during(60, lambda: [d.state(code) for code in codes] == words)
            later = [entry for entry in d.exchange.journal if entry.at_s > begun_s]
            assert not any(
                name in json.dumps(entry.document)
                for entry in later
                for name in ("NOPE.HK", "AAPL.US", "NOPEUSD")
            )
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_the_row_that_a_person_looks_at_streams_before_the_plan_is_full(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        codes = ["700.HK", "TSLA.US", "HSI.HK", ".DJI.US", "000001.SH", "399001.SZ"]
        async with desk_running(tmp_path, plan="free", symbols=codes, rate=RATE) as d:
            await d.until(lambda: d.states() == {"Live", "Beyond plan"})
            assert d.state("399001.SZ") == "Beyond plan"
            assert "the plan streams 5 codes" in d.row("399001.SZ").state_detail
            await d.act(lambda: d.select("399001.SZ"))
            await d.until(lambda: d.state("399001.SZ") == "Live")
            await d.until(lambda: d.state("000001.SH") == "Beyond plan")
            assert len(d.subscribed("trades")) == 5
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


# The settings


async def _settings(d: RunningDesk) -> SettingsDialog:
    """Open the settings by their menu entry."""
    await d.act(d.find(QAction, "window.settings").trigger)
    await d.until(lambda: d.dialog(SettingsDialog))
    dialog = d.dialog(SettingsDialog)
    assert dialog is not None
    return dialog


async def _choose(d: RunningDesk, box: QComboBox, text: str) -> None:
    """Go through a box with the arrow keys until an entry is chosen."""

    def press_keys() -> None:
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(box.findText(text)):
            QTest.keyClick(box, Qt.Key.Key_Down)

    await d.act(press_keys)
    assert box.currentText() == text


async def _apply(d: RunningDesk, dialog: SettingsDialog) -> None:
    buttons = _within(dialog, QDialogButtonBox, "settingsButtons")
    button = buttons.button(QDialogButtonBox.StandardButton.Apply)
    assert button.isEnabled()
    await d.act(lambda: QTest.mouseClick(button, LEFT))


def _within(dialog: QWidget, kind: type[Any], name: str) -> Any:
    widget = dialog.findChild(kind, name)
    assert widget is not None, name
    return widget


def test_another_plan_takes_effect_at_once(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        codes = ["700.HK", "TSLA.US", "HSI.HK", ".DJI.US", "000001.SH", "399001.SZ", "9988.HK"]
        async with desk_running(tmp_path, plan="premium", symbols=codes, rate=RATE) as d:
            await d.until(lambda: _streamed(d, codes))
            dialog = await _settings(d)
            plan = _within(dialog, QComboBox, "plan")
            assert plan.currentText() == "Premium", "the plan in force"
            await _choose(d, plan, "Free")
            await _apply(d, dialog)
            await d.until(lambda: d.provider.plan.name == "free")
            await d.until(lambda: d.subscribed("trades") == d.subscribed("depth") == set(codes[:5]))
            await d.until(lambda: d.states() == {"Live", "Beyond plan"})
            assert len(d.exchange.connections) == 1
            assert d.provider.health()["alltick/stock"].reconnects == 0
            # The throttler follows too: of a few clicks one goes in ten seconds.
            await d.during(12)
            begun_s = d.clock.monotonic()
            for interval in ("5m", "15m", "1h"):
                await d.act(d.find(QToolButton, f"interval_{interval}").click)
                await d.during(3)
            assert len(d.calls("kline", begun_s)) == 1
            await _choose(d, plan, "Premium")
            await _apply(d, dialog)
            await d.until(lambda: _streamed(d, codes))
            assert (
                json.loads((tmp_path / "settings.json").read_text())["vendors"]["alltick"]["plan"]
                == "premium"
            )
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_what_the_command_line_said_is_shown_but_not_saved(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, plan="premium", symbols=["700.HK"], rate=RATE) as d:
            await d.until(d.live)
            dialog = await _settings(d)
            assert _within(dialog, QLineEdit, "endpoint").text() == d.venue.server.base_url
            await _choose(d, _within(dialog, QComboBox, "theme"), "Dark")
            await _apply(d, dialog)
            await d.during(5, d.live)
            assert d.provider.plan.name == "premium"
            saved = json.loads((tmp_path / "settings.json").read_text())
            assert saved["theme"] == "dark"
            assert saved["vendors"]["alltick"]["plan"] == "free"
            assert saved["vendors"]["alltick"]["endpoint"] == ""

    play(scenario())


def test_a_limit_of_ones_own_cuts_the_list_at_once(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        codes = ["700.HK", "TSLA.US", "9988.HK"]
        async with desk_running(tmp_path, plan="basic", symbols=codes, rate=RATE) as d:
            await d.until(lambda: _streamed(d, codes))
            dialog = await _settings(d)
            await d.act(lambda: dialog.show_page("limits"))
            field = _within(dialog, QLineEdit, "codes_per_subscription")
            await d.act(lambda: _retype(field, "2"))
            await _apply(d, dialog)
            await d.until(lambda: d.subscribed("depth") == d.subscribed("trades") == set(codes[:2]))
            await d.until(lambda: d.state("9988.HK") == "Beyond plan")
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def _retype(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_another_token_connects_anew_and_a_refused_one_is_replaced(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        (tmp_path / "tokens.json").write_text('{"alltick": "the-first-token"}')
        codes = ["700.HK", "BTCUSDT"]
        async with desk_running(tmp_path, symbols=codes, rate=RATE, tokens={}) as d:
            await d.until(lambda: _streamed(d, codes))
            dialog = await _settings(d)
            field = _within(dialog, QLineEdit, "token")
            await d.act(lambda: _retype(field, "the-second-token"))
            await _apply(d, dialog)
            await d.until(lambda: _accounts(d) == {2} and _streamed(d, codes))
            assert "the-second-token" in (tmp_path / "tokens.json").read_text()

            d.exchange.script.bad_tokens.append("the-second-token")
            await d.until(lambda: d.states() == {"Offline"})
            await d.act(lambda: _retype(field, TOKEN))
            await _apply(d, dialog)
            await d.until(lambda: _accounts(d) == {3} and _streamed(d, codes))
            assert field.text() == ""
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def _accounts(d: RunningDesk) -> set[int]:
    """Return whose connections are open: tokens, numbered as they came."""
    return {connection.account for connection in d.exchange.connections.values()}


def test_without_a_token_the_first_window_asks_for_one(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["700.HK"], rate=RATE, tokens={}) as d:
            await d.until(lambda: _welcome(d))
            await d.until(lambda: d.states() == {"Offline"})
            assert not d.exchange.journal
            button = d.find(QPushButton, "enterToken")
            await d.act(lambda: QTest.mouseClick(button, LEFT))
            await d.until(lambda: d.dialog(SettingsDialog))
            dialog = d.dialog(SettingsDialog)
            assert dialog is not None
            await d.act(lambda: _retype(_within(dialog, QLineEdit, "token"), TOKEN))
            await _apply(d, dialog)
            await d.until(d.live)
            assert not (tmp_path / "tokens.json").exists()  # for this session only

    play(scenario())


def _welcome(d: RunningDesk) -> bool:
    widget = d.front.window.findChild(QWidget, "welcome")
    return widget is not None and widget.isVisible()


def test_another_address_takes_effect_at_once(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with (
            desk_running(tmp_path, symbols=["700.HK"], rate=RATE) as d,
            venue_open(clock=d.clock) as other,
        ):
            await d.until(d.live)
            dialog = await _settings(d)
            await d.act(lambda: dialog.show_page("connection"))
            field = _within(dialog, QLineEdit, "endpoint")
            await d.act(lambda: _retype(field, other.server.base_url))
            await _apply(d, dialog)
            await d.until(lambda: other.exchange.connections and not d.exchange.connections)
            await d.until(d.live)
            assert await d.close() == 0

    play(scenario())


def test_theme_and_language_repaint_everything(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["700.HK"], rate=RATE) as d:
            await d.until(lambda: d.live() and _bars(d) >= 500)
            table = d.find(QTableView, "watchlist.table")
            title = table.model().headerData(0, Qt.Orientation.Horizontal)
            assert _paper(d.front.panel) > 200
            assert _paper(d.find(QWidget, "chartView")) > 200
            assert _paper(d.front.book) > 200
            dialog = await _settings(d)
            await _choose(d, _within(dialog, QComboBox, "theme"), "Dark")
            await _choose(d, _within(dialog, QComboBox, "lang"), "简体中文")
            await _apply(d, dialog)
            sheets = (d.front.panel, d.find(QWidget, "chartView"), d.front.book)
            await d.until(lambda: all(_paper(sheet) < 80 for sheet in sheets))
            assert table.model().headerData(0, Qt.Orientation.Horizontal) != title
            assert d.find(QWidget, "watchlist.add").accessibleName() != "Add symbol"
            assert d.front.name_of(d.front.watchlist.keys[0]) == "腾讯控股"
            assert d.shown()["watchlist"][0]["State"] == "Live"  # for scripts: always English
            assert d.live()

    play(scenario())


def _paper(widget: QWidget) -> int:
    """Return how bright most of a widget is, 0 to 255."""
    picture = widget.grab().toImage().scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation)
    return picture.pixelColor(0, 0).lightness()
