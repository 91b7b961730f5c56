"""Indicators chosen in one run are on the chart of the next, and templates with them."""

import json
from pathlib import Path

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton
from venue import venue_open

from alltick_desk.services.indicators.templates import Entry, Template
from alltick_desk.ui.chart import ChartPanel
from alltick_desk.ui.chart.indicators import IndicatorControls

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

CODES = ("700.HK", "TSLA.US")


def indicators(d: RunningDesk) -> IndicatorControls:
    return d.find(ChartPanel, "chart").indicators


async def bars(d: RunningDesk) -> None:
    await d.until(lambda: len(d.chart.series) >= 100)


def test_what_is_chosen_is_there_again(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with venue_open(plan="premium", rate=30.0) as venue:
            async with desk_running(tmp_path, plan="premium", symbols=CODES, venue=venue) as d:
                await bars(d)
                await d.act(d.find(QToolButton, "chartIndicators").click)
                dialog = indicators(d).dialog
                assert dialog is not None
                search = dialog.findChild(QLineEdit, "indicatorSearch")
                assert search is not None
                await d.act(
                    lambda: QTest.keyClicks(search, "rsi"),
                    lambda: QTest.keyClick(search, Qt.Key.Key_Return),
                )
                chart = indicators(d).chart
                chart.replace(0, Entry("rsi", {"period": 9}))
                indicators(d)._shelf.save(Template("Mine", chart.entries))
                assert await d.close() == 0
            kept = json.loads((tmp_path / "indicators.json").read_text(encoding="utf-8"))
            assert [one["name"] for one in kept["templates"]] == ["Mine"]
            async with desk_running(tmp_path, plan="premium", symbols=CODES, venue=venue) as d:
                await bars(d)
                assert indicators(d).chart.entries == (Entry("rsi", {"period": 9}),)
                pane = d.find(ChartPanel, "chart").view.stack.find("rsi")
                assert pane is not None
                await d.until(lambda: pane.legend.text.startswith("RSI 9 "))
                assert "—" not in pane.legend.text

    play(scenario())


def test_a_text_that_nobody_can_read_is_told_and_costs_nothing(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(plan="premium", rate=30.0) as venue:
            layout = {"blobs": {}, "choices": {"chart.indicators": "{", "interval": "5m"}}
            (tmp_path / "layout.json").write_text(json.dumps(layout), encoding="utf-8")
            async with desk_running(tmp_path, plan="premium", symbols=CODES, venue=venue) as d:
                await d.until(lambda: "indicators of last time could not be read" in d.messages())
                await bars(d)
                assert indicators(d).chart.entries == ()
                assert await d.close() == 0
            kept = json.loads((tmp_path / "layout.json").read_text(encoding="utf-8"))
            assert "chart.indicators" not in kept["choices"]  # so it is told once

    play(scenario())
