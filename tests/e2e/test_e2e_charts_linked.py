"""Several charts in the running desk: what a group follows, and drawings they share."""

import json
from pathlib import Path

import pytest
from chartways import (
    CODES,
    LEFT,
    RATE,
    button,
    choose,
    go_to,
    lay_out,
    loaded,
    move_to,
    open_in,
    panel,
    pointed,
    shows,
)
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from venue import venue_open

from alltick_desk.model.drawings import Kind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


# Groups


def test_charts_of_one_group_follow_each_other_in_what_is_linked(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            assert not d.front.window.findChildren(QToolButton, "chartGroup")
            await lay_out(d, "four")
            await open_in(d, 2, "TSLA.US")
            await d.act(button(d, 2, "interval_15m").click)
            await choose(d, 0, "group.1")
            await choose(d, 2, "group.1")
            assert shows(d)[2] == "700.HK 15m", "who joins takes over the instrument alone"
            await choose(d, 3, "group.2")
            await d.act(lambda: d.select("GOLD"))
            await d.until(lambda: shows(d)[3] == "GOLD 1m")
            assert shows(d)[:3] == ["700.HK 1m", "700.HK 1m", "700.HK 15m"]
            await open_in(d, 0, "BTCUSDT")
            assert shows(d) == ["BTCUSDT 1m", "700.HK 1m", "BTCUSDT 15m", "GOLD 1m"]
            await choose(d, 0, "link.interval")
            assert shows(d)[2] == "BTCUSDT 1m", "the others take over what this one has"
            await d.act(button(d, 2, "interval_5m").click)
            assert shows(d) == ["BTCUSDT 5m", "700.HK 1m", "BTCUSDT 5m", "GOLD 1m"]
            await choose(d, 2, "link.instrument")
            await d.act(lambda: d.select("TSLA.US"))
            await d.until(lambda: shows(d)[2] == "TSLA.US 5m")
            assert shows(d)[0] == "BTCUSDT 5m"
            await choose(d, 2, "group.0")
            await d.act(button(d, 2, "interval_1h").click)
            assert shows(d) == ["BTCUSDT 5m", "700.HK 1m", "TSLA.US 1h", "GOLD 1m"]

    play(scenario())


def test_the_crosshair_shows_in_the_group_at_the_same_time(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["BTCUSDT", "GOLD"], rate=RATE) as d:
            await d.until(d.live)
            await lay_out(d, "four")
            await d.act(button(d, 1, "interval_5m").click)
            for number in (0, 1, 2):
                await choose(d, number, "group.3")
            await loaded(d)
            bars = len(panel(d, 0).view.series)
            windows = [panel(d, it).view.window_.left for it in (1, 2)]
            for back in (40, 33, 21):
                await d.act(move_to(d, 0, bars - back))
                time_s = pointed(d, 0)
                assert time_s is not None
                assert pointed(d, 1) == time_s // 300 * 300
                assert pointed(d, 2) == time_s
                assert pointed(d, 3) is None, "it is in no group"
            left = QEvent(QEvent.Type.Leave)
            await d.act(lambda: QApplication.sendEvent(panel(d, 0).view, left))
            assert [pointed(d, it) for it in range(4)] == [None] * 4
            assert [panel(d, it).view.window_.left for it in (1, 2)] == windows
            await choose(d, 0, "link.crosshair")
            await d.act(move_to(d, 0, bars - 40))
            assert [pointed(d, it) is None for it in range(4)] == [False, True, True, True]

    play(scenario())


# Drawings


def test_two_charts_of_one_instrument_share_its_drawings(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            async with desk_running(tmp_path, venue=venue) as d:
                await d.until(d.live)
                await d.act(lambda: d.select("BTCUSDT"))
                await d.until(lambda: shows(d) == ["BTCUSDT 1m"])
                await lay_out(d, "columns")
                await loaded(d)
                boards = [panel(d, it).drawings.board for it in (0, 1)]
                assert boards[0] is boards[1] is not None
                for number in (1, 0, 1):
                    await draw(d, number)
                for number in (0, 1):
                    assert len(panel(d, number).drawings.scene.sketches()) == 3
                edit = d.find(QMenu, "menu.edit").actions()
                assert panel(d, 1).drawings.actions["undo"] in edit
                assert panel(d, 0).drawings.actions["undo"] not in edit
                assert await d.close() == 0
            (path,) = (tmp_path / "drawings" / "alltick").glob("btcusdt-????????????????.json")
            assert len(json.loads(path.read_text())["drawings"]) == 3

    play(scenario())


async def draw(d: RunningDesk, number: int) -> None:
    """Draw a horizontal line in a chart with the mouse, after what was moved by key elsewhere."""
    drawings = panel(d, number).drawings
    view = drawings.view
    area = view.price.area
    board = drawings.board
    assert board is not None
    before = len(board.drawings)
    place = area.center().toPoint() + QPoint(0, 12 * before)
    await go_to(d, number)
    await d.act(
        drawings.actions[Kind.HORIZONTAL].trigger,
        lambda: QTest.mouseClick(view.viewport(), LEFT, pos=place),
    )
    await d.until(lambda: len(board.drawings) == before + 1)


def test_what_is_moved_by_key_is_kept_when_another_chart_is_drawn_on(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["BTCUSDT"], rate=RATE) as d:
            await d.until(d.live)
            await lay_out(d, "columns")
            await loaded(d)
            await draw(d, 0)
            board = panel(d, 0).drawings.board
            assert board is not None
            before = board.drawings[0].anchors[0].price
            await d.act(lambda: QTest.keyClick(panel(d, 0).view, Qt.Key.Key_Up))
            await draw(d, 1)
            assert board.drawings[0].anchors[0].price > before

    play(scenario())
