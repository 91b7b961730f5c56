"""A second vendor that is switched on and off while the desk runs."""

import json
from pathlib import Path
from typing import TypeVar

import pytest
from desk_under_test import TOKEN, RunningDesk, desk_running, play
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.ui.settings import SettingsDialog
from alltick_desk.ui.welcome import WelcomeDialog

# The list under the box is a window of its own; the offscreen platform cannot do all of that.
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)

RATE = 20
W = TypeVar("W", bound=QWidget)
TOGETHER = ("BTCUSDT", "ETHUSDT", "SOLUSDT")  # the second vendor's first list
BITCOIN = InstrumentKey("itick", "BTCUSDT")


async def settings(d: RunningDesk) -> SettingsDialog:
    """Open the settings."""
    await d.act(d.find(QAction, "window.settings").trigger)
    await d.until(lambda: d.dialog(SettingsDialog))
    dialog = d.dialog(SettingsDialog)
    assert dialog is not None
    return dialog


async def use(d: RunningDesk, vendor: str) -> None:
    """Switch a vendor on or off in the settings, and close them."""
    dialog = await settings(d)
    box = within(dialog, QComboBox, "vendor")
    await d.act(lambda: box.setCurrentIndex(box.findData(vendor)))
    await d.act(within(dialog, QCheckBox, "vendorEnabled").click)
    await press_ok(d, dialog)


async def press_ok(d: RunningDesk, dialog: SettingsDialog) -> None:
    buttons = within(dialog, QDialogButtonBox, "settingsButtons")
    await d.act(buttons.button(QDialogButtonBox.StandardButton.Ok).click)


def within(dialog: QWidget, kind: type[W], name: str) -> W:
    widget = dialog.findChild(kind, name)
    assert widget is not None, name
    return widget


def keys(d: RunningDesk) -> list[str]:
    return [str(key) for key in d.front.watchlist.keys]


def test_a_vendor_is_switched_on_and_off_at_once(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        tokens = {"alltick": TOKEN, "itick": "a-second-token"}
        async with desk_running(tmp_path, rate=RATE, tokens=tokens) as d:
            await d.until(d.live)
            assert set(d.desk._data.health()) == {"alltick/stock", "alltick/other"}
            first = keys(d)
            await use(d, "itick")
            await d.until(lambda: d.front.vendors == ("alltick", "itick"))
            assert keys(d)[: len(first)] == first  # what nobody has edited gets its first rows
            assert keys(d)[len(first) :] == [f"itick:{code}" for code in TOGETHER]
            await d.until(lambda: d.live() and d.about("itick").live())
            d.front.panel.choose_vendor("itick")
            await d.act(lambda: d.type_symbol("9988$HK"))
            assert keys(d)[-1] == "itick:9988.HK"
            await use(d, "itick")
            await d.until(lambda: d.front.vendors == ("alltick",))
            row = d.front.board.row(BITCOIN)
            await d.until(lambda: row.state.value == "Offline")
            assert row.state_detail == "iTick is not in use. Switch it on in the settings."
            assert row.last  # and keeps what it knew
            assert keys(d)[-1] == "itick:9988.HK"
            alone = {"alltick/stock", "alltick/other"}
            await d.until(lambda: set(d.shown()["status"]["connection"]) == alone)
            assert await d.close() == 0

    play(scenario())


def test_a_vendor_without_a_token_says_whose_is_missing(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        tokens = {"alltick": TOKEN}
        async with desk_running(tmp_path, also={"itick": "free"}, rate=RATE, tokens=tokens) as d:
            assert d.front.vendors == ("alltick", "itick")
            assert keys(d)[-4:] == ["alltick:BTCUSDT", *(f"itick:{it}" for it in TOGETHER)]
            row = d.front.board.row(BITCOIN)
            await d.until(lambda: row.state.value == "Offline")
            assert row.state_detail.startswith("There is no token for iTick yet.")
            dialog = await settings(d)
            box = within(dialog, QComboBox, "vendor")
            await d.act(lambda: box.setCurrentIndex(box.findData("itick")))
            assert within(dialog, QCheckBox, "vendorEnabled").isChecked()  # for this run
            await press_ok(d, dialog)
            await d.during(2)
            saved = json.loads((tmp_path / "settings.json").read_text())["vendors"]
            assert not saved["itick"]["enabled"]
            assert await d.close() == 0

    play(scenario())


def test_who_begins_with_the_second_vendor_sees_its_rows_live(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, rate=RATE, tokens={}, plan="free") as d:
            await d.until(lambda: d.dialog(WelcomeDialog))
            box = d.find(QComboBox, "welcomeVendor")
            await d.act(lambda: box.setCurrentIndex(box.findData("itick")))
            await d.act(d.find(QPushButton, "enterToken").click)
            await d.until(lambda: d.dialog(SettingsDialog))
            dialog = d.dialog(SettingsDialog)
            assert dialog is not None
            token = within(dialog, QLineEdit, "token")
            await d.act(lambda: QTest.keyClicks(token, "a-token-of-mine"))
            await press_ok(d, dialog)
            await d.until(lambda: keys(d) == [f"itick:{code}" for code in TOGETHER])
            await d.until(d.about("itick").live)
            assert d.front.vendors == ("itick",)
            assert await d.close() == 0

    play(scenario())
