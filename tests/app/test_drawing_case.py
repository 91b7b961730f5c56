"""Boards between the disk and a chart, without either."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from fakes import FakeClock

from alltick_desk.app.drawings import DrawingCase
from alltick_desk.model.drawings import Anchor, Kind, new_drawing
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.drawings import DrawingBoard

APPLE, GOLD = InstrumentKey("alltick", "AAPL.US"), InstrumentKey("alltick", "GOLD")
LINE = new_drawing(Kind.HORIZONTAL, [Anchor(0.0, 1.0)])


class Chart:
    """Remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[DrawingBoard | None] = []

    def show(self, board: DrawingBoard | None) -> None:
        self.shown.append(board)


class Case:
    def __init__(self, folder: Path, *, writes: bool = True) -> None:
        self.tasks: list[asyncio.Task[Any]] = []
        self.case = DrawingCase(
            folder, clock=FakeClock(), writes=writes, spawn=self._spawn, say=print
        )

    def open(self, key: InstrumentKey, chart: Chart) -> None:
        self.case.open(key, chart)  # type: ignore[arg-type]

    async def read(self) -> None:
        while self.tasks:
            await self.tasks.pop()

    def _spawn(self, work: Coroutine[Any, Any, Any], name: str) -> object:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self.tasks.append(task)
        return task


def board_of(chart: Chart) -> DrawingBoard:
    board = chart.shown[-1]
    assert board is not None
    return board


def test_a_board_is_shown_when_it_is_read_and_at_once_after_that(tmp_path: Path) -> None:
    async def scenario() -> None:
        case, chart = Case(tmp_path), Chart()
        case.open(APPLE, chart)
        assert chart.shown == [None], "not another instrument's meanwhile"
        await case.read()
        apple = board_of(chart)
        case.open(GOLD, chart)
        await case.read()
        assert board_of(chart) is not apple
        case.open(APPLE, chart)
        assert board_of(chart) is apple
        assert not case.tasks
        await case.case.close()

    asyncio.run(scenario())


def test_what_is_read_too_late_is_not_shown(tmp_path: Path) -> None:
    async def scenario() -> None:
        case, chart = Case(tmp_path), Chart()
        case.open(APPLE, chart)
        case.open(GOLD, chart)
        await case.read()
        assert [board is None for board in chart.shown] == [True, True, False]
        gold = board_of(chart)
        case.open(APPLE, chart)
        assert board_of(chart) is not gold
        await case.case.close()
        assert chart.shown[-1] is None

    asyncio.run(scenario())


def test_once_closed_nothing_opens(tmp_path: Path) -> None:
    async def scenario() -> None:
        case, chart = Case(tmp_path), Chart()
        await case.case.close()
        case.open(APPLE, chart)
        assert not case.tasks
        assert chart.shown == []

    asyncio.run(scenario())


def test_two_charts_of_an_instrument_share_a_board(tmp_path: Path) -> None:
    async def scenario() -> None:
        case, one, other = Case(tmp_path), Chart(), Chart()
        case.open(APPLE, one)
        case.open(APPLE, other)
        await case.read()
        assert board_of(one) is board_of(other)
        await case.case.close()

    asyncio.run(scenario())


def test_beside_another_desk_nothing_is_written(tmp_path: Path) -> None:
    async def scenario(*, writes: bool) -> None:
        case, chart = Case(tmp_path, writes=writes), Chart()
        case.open(APPLE, chart)
        await case.read()
        board_of(chart).add(LINE)
        await case.case.close()

    asyncio.run(scenario(writes=False))
    assert list(tmp_path.rglob("*")) == []
    asyncio.run(scenario(writes=True))
    assert [path.suffix for path in tmp_path.rglob("aapl*")] == [".json"]
