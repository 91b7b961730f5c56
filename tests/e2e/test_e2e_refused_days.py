"""What a vendor refuses of the day: paid for once, and no matter of the other vendor's."""

from pathlib import Path

import pytest
from desk_under_test import TOKEN, RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.sim.limits import describe
from alltick_desk.sim.script import Fault, Script
from alltick_desk.ui.settings import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)

RATE = 20.0
CODES = ("700.HK", "AAPL.US", "TSLA.US", "MSFT.US")


async def other_plan(d: RunningDesk) -> None:
    """Choose another plan in the settings, and close them."""
    await d.act(d.find(QAction, "window.settings").trigger)
    await d.until(lambda: d.dialog(SettingsDialog))
    dialog = d.dialog(SettingsDialog)
    assert dialog is not None
    plan = dialog.findChild(QComboBox, "plan")
    buttons = dialog.findChild(QDialogButtonBox, "settingsButtons")
    assert plan is not None
    assert buttons is not None
    await d.act(lambda: plan.setCurrentText("Professional"))
    await d.act(buttons.button(QDialogButtonBox.StandardButton.Ok).click)
    await d.until(lambda: d.dialog(SettingsDialog) is None)


def test_refused_rows_are_paid_for_once_however_often_their_list_is_shown(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        script = Script(faults=[Fault(do="ret", on="http", call="batch-kline", ret=604)])
        async with desk_running(tmp_path, symbols=CODES, rate=RATE, script=script) as d:
            await d.until(lambda: d.live() and len(d.calls("batch-kline")) == 7)  # by halving
            lists = d.front.lists
            first, second = lists.shown.id, lists.add_list("Second")
            for _ in range(3):
                await d.act(lambda: lists.show(second))
                d.front.watchlist.add([InstrumentKey("alltick", "700.HK")])
                await d.act(lambda: d.select("700.HK"), lambda: d.press(Qt.Key.Key_Return))
                await d.during(3)
                await d.act(lambda: lists.show(first))
                await d.during(3)
            assert len(d.calls("batch-kline")) == 7
            assert d.row("AAPL.US").previous_close is None
            d.exchange.heal()
            await other_plan(d)
            await d.until(lambda: all(row.previous_close for row in d.rows()))
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_one_vendors_trouble_takes_no_column_from_the_other(
    tmp_path: Path, qapp: QApplication
) -> None:
    """The change in 24 hours takes a day of bars of each coin."""
    both = {"alltick": TOKEN, "itick": f"{TOKEN}-of-the-other"}

    async def scenario() -> None:
        async with desk_running(
            tmp_path,
            plan="basic",
            also={"itick": "base"},
            symbols=("BTCUSDT",),
            tokens=both,
            rate=RATE,
            script=Script(faults=[Fault(do="status", call="kline", vendor="alltick")]),
        ) as d:
            other = d.about("itick")
            d.front.panel.choose_vendor("itick")
            await d.act(lambda: d.type_symbol("BTCUSDT"))
            await d.until(lambda: d.live() and other.live())
            await d.act(lambda: d.front.panel.choices.show(("code", "last", "change_24h")))
            day_ago = d.desk._refreshing.day_ago
            await d.until(lambda: day_ago(other.rows()[0].key))
            assert day_ago(d.rows()[0].key) is None
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())
