"""Two charts of the same bars in the running desk: what they ask the vendor for."""

from pathlib import Path

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from alltick_desk.services.charts import ChartSession
from alltick_desk.sim.limits import describe

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


def sessions(d: RunningDesk) -> list[ChartSession]:
    return [place.session for place in d.desk._charting.shown]


@pytest.mark.parametrize(("vendor", "plan"), [("alltick", "free"), ("itick", "premium")])
def test_the_second_begins_with_what_the_first_has(
    tmp_path: Path, qapp: QApplication, vendor: str, plan: str
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, vendor=vendor, plan=plan, symbols=["700.HK"]) as d:
            await d.until(lambda: d.front.window.findChild(QAction, "charts.layout.columns"))
            await d.until(lambda: len(d.chart.series) > 0 and not str(d.chart.note))
            asked = len(d.calls("kline"))
            window, alt = d.front.window, Qt.KeyboardModifier.AltModifier
            await d.act(lambda: QTest.keyClick(window, Qt.Key.Key_2, alt))
            await d.until(lambda: len(sessions(d)) == 2)
            first, second = sessions(d)
            assert first.charted == second.charted
            await d.until(lambda: len(second.series) == len(first.series))
            await d.until(lambda: d.row("700.HK").ticks > 3)
            assert second.series.row(-1) == first.series.row(-1)
            await d.during(25)  # a question would have had its turn by now
            assert len(d.calls("kline")) == asked
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())
