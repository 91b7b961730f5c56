"""What a person drew, between the disk and the chart."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from alltick_desk.clock import Clock
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.drawings import DrawingBoards
from alltick_desk.store.drawings import DrawingStore
from alltick_desk.ui.chart.drawing_control import ChartDrawings


class DrawingCase:
    """Opens an instrument's drawings on a chart, and keeps them as they change.

    Args:
        folder: where they lie.
        writes: False where another desk holds the profile: then nothing is kept.
        say: told where a file could not be read or written.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock,
        writes: bool,
        spawn: Callable[[Coroutine[Any, Any, Any], str], object],
        say: Callable[[str], None],
    ) -> None:
        self._store = DrawingStore(folder, clock=clock, writes=writes)
        self._noting = self._store.noted.connect(say)
        self._boards = DrawingBoards(self._store)
        self._spawn = spawn
        self._wanted: dict[ChartDrawings, InstrumentKey] = {}
        self._closed = False

    def open(self, key: InstrumentKey, chart: ChartDrawings) -> None:
        """Show an instrument's drawings on a chart as soon as they are read."""
        if self._closed or self._wanted.get(chart) == key:
            return
        self._wanted[chart] = key
        board = self._boards.boards.get(key)
        chart.show(board)
        if board is None:
            self._spawn(self._read(key, chart), "drawings")

    async def close(self) -> None:
        """Keep what is not kept yet; what is half done is given up, and nothing opens any more."""
        self._closed = True
        for chart in self._wanted:
            chart.show(None)
        self._wanted.clear()
        await self._store.close()

    async def _read(self, key: InstrumentKey, chart: ChartDrawings) -> None:
        board = await self._boards.open(key)
        if self._wanted.get(chart) == key:  # no other instrument was opened meanwhile
            chart.show(board)
