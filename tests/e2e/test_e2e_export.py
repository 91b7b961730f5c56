"""Bars of the chart on the screen, written into a file by the chart's menu."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from desk_under_test import desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QToolButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


def test_the_charts_menu_writes_what_the_chart_shows(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path / "profile", symbols=("700.HK",)) as d:
            await d.until(lambda: len(d.chart.series) >= 100)
            button = d.find(QToolButton, "chartMenu")
            menu = button.menu()
            assert isinstance(menu, QMenu)
            await d.act(button.setFocus, menu.aboutToShow.emit)
            entry = next(it for it in menu.actions() if it.objectName() == "chart.export")
            await d.act(entry.trigger)
            dialog = d.find(QFileDialog, "exportBars")
            name = dialog.findChild(QLineEdit, "fileNameEdit")
            assert name is not None
            path = tmp_path / "bars.csv"
            dialog.setDirectory(str(tmp_path))
            name.selectAll()
            await d.act(
                lambda: QTest.keyClicks(name, "bars.csv"),
                lambda: QTest.keyClick(name, Qt.Key.Key_Return),
            )
            await d.until(path.exists)
            await d.until(lambda: f"bars of 700.HK are in {path}." in d.messages())
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            written = {
                int(datetime.fromisoformat(row["time"]).timestamp()): float(row["close"])
                for row in rows
            }
            series = d.chart.series
            closed = range(len(series) - 2)  # the last ones may have moved since
            assert len(closed) >= 98
            for row in map(series.row, closed):
                assert written[row.time_s] == row.close
            assert await d.close() == 0

    play(scenario())
