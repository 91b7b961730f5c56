"""What a person changes in the settings, and that it takes effect at once."""

import json
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
from windowways import LEFT, RATE, bars, streamed

from alltick_desk.sim.limits import describe
from alltick_desk.ui.settings import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


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
            await d.until(lambda: streamed(d, codes))
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
            await d.until(lambda: streamed(d, codes))
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
            await d.until(lambda: streamed(d, codes))
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
            await d.until(lambda: streamed(d, codes))
            dialog = await _settings(d)
            field = _within(dialog, QLineEdit, "token")
            await d.act(lambda: _retype(field, "the-second-token"))
            await _apply(d, dialog)
            await d.until(lambda: _accounts(d) == {2} and streamed(d, codes))
            assert "the-second-token" in (tmp_path / "tokens.json").read_text()

            d.exchange.script.bad_tokens.append("the-second-token")
            await d.until(lambda: d.states() == {"Offline"})
            await d.act(lambda: _retype(field, TOKEN))
            await _apply(d, dialog)
            await d.until(lambda: _accounts(d) == {3} and streamed(d, codes))
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
            await d.until(lambda: d.live() and bars(d) >= 500)
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
