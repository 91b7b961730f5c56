"""The lines of the day begin with what the charts have stored of it."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from alltick_desk.app.frontage import Frontage
from alltick_desk.app.market_data import MarketData
from alltick_desk.services.day_seeds import Bars, DaySeeds

LOOK_S = 1.0
_COLUMN = "day_line"


class DayLineSeeding:
    """Has the day of rows in sight read, where their line is shown.

    ``ready`` returns once the first connections were tried: nothing that comes before is to wait
    for the disk.
    """

    def __init__(
        self, front: Frontage, data: MarketData, bars: Bars, ready: Callable[[], Awaitable[object]]
    ) -> None:
        self._front = front
        self._ready = ready
        self._seeds = DaySeeds(
            bars, market=data.market, on_seed=front.panel.day_lines.seed, clock=front.clock
        )
        self._following = front.watchlist.changed.connect(self._follow)

    def begin(self, spawn: Callable[[Coroutine[Any, Any, None], str], object]) -> None:
        """Start the work."""
        self._front.panel.know(wall_ms=self._front.clock.wall_ms)
        spawn(self._seeds.run(), "days of lines")
        spawn(self._look(), "lines in sight")

    async def _look(self) -> None:
        await self._ready()
        front = self._front
        while True:
            shown = _COLUMN in front.panel.column_ids
            keys = front.panel.visible_keys() if shown else ()
            self._seeds.want(map(front.board.row, keys))
            await front.clock.sleep(LOOK_S)

    def _follow(self) -> None:
        self._seeds.keep(self._front.lists.keys)
