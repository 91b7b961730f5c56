"""What going back in a chart costs, told while it waits, in the running desk."""

import re
from pathlib import Path

import pytest
from desk_under_test import desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from alltick_desk.sim.limits import describe

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


def test_who_goes_back_is_told_what_older_bars_cost_and_how_long_they_wait(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, plan="free", symbols=("BTCUSDT",), rate=10.0) as d:
            await d.until(lambda: len(d.chart.series) >= 500)
            before = len(d.chart.series)
            await d.act(lambda: QTest.keyClick(d.panel.view, Qt.Key.Key_Home))
            note = d.panel.findChild(QLabel, "chartNote")
            assert note is not None
            told: list[re.Match[str]] = []

            def waits() -> bool:
                words = r"Older bars: 1 call, next free in (\d+) s; (\d+) left today"
                told.extend(filter(None, [re.fullmatch(words, note.text())]))
                return bool(told)

            await d.until(waits)
            assert 0 < int(told[0][1]) <= 20
            left = d.provider.throttle.budget().left_today
            assert left is not None
            assert left - 2 <= int(told[0][2]) <= left
            await d.until(lambda: len(d.chart.series) > before)
            await d.until(lambda: not note.text())
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())
