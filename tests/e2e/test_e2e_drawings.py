"""What a person draws in the running desk: kept, shown again, and never another's."""

import json
from pathlib import Path

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from venue import venue_open

from alltick_desk.model.drawings import Drawing, Kind
from alltick_desk.ui.chart.drawing_control import ChartDrawings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

RATE = 30.0
LEFT = Qt.MouseButton.LeftButton


def hand(d: RunningDesk) -> ChartDrawings:
    return d.panel.drawings


def surface(d: RunningDesk) -> QWidget:
    return hand(d).view.viewport()


async def opened(d: RunningDesk, code: str) -> None:
    """Open an instrument and wait for its bars and its board."""
    await d.act(lambda: d.select(code))
    await d.until(lambda: d.shown()["chart"]["instrument"] == code)
    await ready(d)


async def ready(d: RunningDesk) -> None:
    await d.until(lambda: len(hand(d).view.series) >= 100 and hand(d).board is not None)
    await d.until(lambda: hand(d).scene.plane is not None)


def place(d: RunningDesk, x: float, y: float) -> QPoint:
    area = hand(d).view.price.area
    return QPoint(round(area.left() + x * area.width()), round(area.top() + y * area.height()))


async def draw_line(d: RunningDesk) -> Drawing:
    """Draw a trend line with the mouse, as a person does."""
    hand(d).view.setFocus()
    await d.act(
        lambda: d.find(QAction, "drawing.tool.trend").trigger(),
        lambda: QTest.mousePress(surface(d), LEFT, pos=place(d, 0.3, 0.7)),
        lambda: QTest.mouseMove(surface(d), place(d, 0.4, 0.5)),
        lambda: QTest.mouseRelease(surface(d), LEFT, pos=place(d, 0.6, 0.3)),
    )
    return drawn(d)[-1]


def drawn(d: RunningDesk) -> tuple[Drawing, ...]:
    board = hand(d).board
    return () if board is None else board.drawings


def test_a_drawing_survives_a_restart_and_is_there_on_every_interval(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            async with desk_running(tmp_path, venue=venue) as d:
                await d.until(d.live)
                await opened(d, "BTCUSDT")
                line = await draw_line(d)
                assert line.kind == Kind.TREND
                await opened(d, "GOLD")
                assert drawn(d) == ()
                await opened(d, "BTCUSDT")
                assert drawn(d) == (line,)
                await d.act(d.find(QToolButton, "interval_5m").click)
                await d.until(lambda: d.shown()["chart"]["interval"] == "5m")
                await ready(d)
                assert drawn(d) == (line,)
                assert hand(d).scene.sketches()
                assert await d.close() == 0
            (path,) = (tmp_path / "drawings" / "alltick").glob("btcusdt-*.json")
            assert json.loads(path.read_text())["instrument"] == "alltick:BTCUSDT"
            async with desk_running(tmp_path, venue=venue) as d:
                await d.until(d.live)
                await opened(d, "BTCUSDT")
                assert drawn(d) == (line,)

    play(scenario())


def test_what_is_drawn_in_the_last_moment_is_kept(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            async with desk_running(tmp_path, venue=venue) as d:
                await d.until(d.live)
                await opened(d, "BTCUSDT")
                before = await draw_line(d)
                await d.act(
                    lambda: QTest.keyClick(hand(d).view, Qt.Key.Key_Up), d.front.window.close
                )
                assert await d.ended() == 0
            async with desk_running(tmp_path, venue=venue) as d:
                await d.until(d.live)
                await opened(d, "BTCUSDT")
                (after,) = drawn(d)
                assert after.anchors[0].price > before.anchors[0].price

    play(scenario())


def test_a_damaged_file_is_told_and_the_one_before_it_is_shown(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            async with desk_running(tmp_path, venue=venue) as d:
                await d.until(d.live)
                await opened(d, "BTCUSDT")
                first = await draw_line(d)
                await draw_line(d)
                assert await d.close() == 0
            (path,) = (tmp_path / "drawings" / "alltick").glob("btcusdt-????????????????.json")
            path.write_text("{")
            async with desk_running(tmp_path, venue=venue) as d:
                await d.until(d.live)
                await opened(d, "BTCUSDT")
                assert drawn(d) == (first,)
                assert "The drawings are as they were before the last change." in d.messages()

    play(scenario())


def test_undo_is_the_panels_that_has_the_focus(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue, desk_running(tmp_path, venue=venue) as d:
            await d.until(d.live)
            await opened(d, "BTCUSDT")
            codes = d.codes()
            line = await draw_line(d)
            await d.act(lambda: d.select("GOLD"), lambda: d.press(Qt.Key.Key_Delete))
            await opened(d, "BTCUSDT")
            control = Qt.KeyboardModifier.ControlModifier
            await d.act(
                hand(d).view.setFocus, lambda: QTest.keyClick(hand(d).view, Qt.Key.Key_Z, control)
            )
            assert drawn(d) == ()
            assert "GOLD" not in d.codes()
            await d.act(lambda: d.press(Qt.Key.Key_Z, control))
            assert drawn(d) == ()
            assert d.codes() == codes
            await d.act(d.find(QAction, "drawing.redo").trigger)
            assert drawn(d) == (line,)
            edit = d.find(QMenu, "menu.edit").actions()
            assert d.find(QAction, "drawing.undo") in edit
            assert d.find(QAction, "watchlist.undo") in edit

    play(scenario())
