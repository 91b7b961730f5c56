"""Fills the gaps of an open chart in the background, as far as the vendor and the plan allow."""

import logging
from collections.abc import Callable, Sequence

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError
from alltick_desk.feed.lanes import Lane
from alltick_desk.services.bars import LiveBars
from alltick_desk.services.chart_notes import Cancellable, Patience, Spawn, final
from alltick_desk.services.gaps import ChartGap
from alltick_desk.services.history import History
from alltick_desk.services.history_pages import Vendors
from alltick_desk.store.candle_values import Gap, GapReason

# A hole of years would cost thousands of calls; the person may go there and ask for it.
MOST_PAGES = 10  # of one hole in one opening

log = logging.getLogger(__name__)


class Refill:
    """Asks for what is missing between the bars, the newest gap first, one page at a time.

    ``gaps`` returns the chart's gaps, oldest first.
    """

    def __init__(
        self,
        bars: LiveBars,
        history: History,
        vendors: Vendors | None,
        gaps: Callable[[], Sequence[ChartGap]],
        *,
        clock: Clock,
        spawn: Spawn,
        jitter: Callable[[], float],
        changed: Callable[[], None],
    ) -> None:
        self._bars = bars
        self._history = history
        self._vendors = vendors
        self._gaps = gaps
        self._clock = clock
        self._spawn = spawn
        self._jitter = jitter
        self._changed = changed
        self._asked: dict[int, int] = {}  # pages by the beginning of the hole
        self._task: Cancellable | None = None
        self._given_up = False
        self._closed = False

    def look(self) -> None:
        """Begin where there is something to fill and nothing is under way."""
        if self._vendors is None or self._task is not None or self._closed or self._given_up:
            return
        if self._bars.loaded and self._next() is not None:
            work = self._run(self._vendors)
            self._task = self._spawn(work, f"gaps {self._history.key}")

    def doubt(self) -> None:
        """Believe no refusal any more: token, plan or endpoint is another one."""
        self._given_up = False
        self._asked.clear()

    def close(self) -> None:
        """Stop; what an answer brings is not wanted any more."""
        self._closed = True
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _next(self) -> ChartGap | None:
        return next(
            (
                gap
                for gap in reversed(self._gaps())
                if gap.refillable and self._asked.get(gap.from_s, 0) < MOST_PAGES
            ),
            None,
        )

    async def _run(self, vendors: Vendors) -> None:
        patience = Patience(self._jitter)
        try:
            while (gap := self._next()) is not None:
                try:
                    await self._fill(gap, vendors)
                except DeskError as error:
                    log.warning("gaps %s: %s", self._history.key, error)
                    if final(error):
                        self._given_up = True
                        return
                    await self._clock.sleep(patience.pause_s())
                else:
                    patience = Patience(self._jitter)
        finally:
            self._task = None

    async def _fill(self, gap: ChartGap, vendors: Vendors) -> None:
        """Ask for the newest page of a gap."""
        key, interval = self._history.key, self._history.interval
        most = vendors.bars_per_call(key)
        candles = await vendors.page(key, interval, most, gap.to_s, Lane.BACKGROUND)
        if self._closed:
            return
        self._asked[gap.from_s] = self._asked.get(gap.from_s, 0) + 1
        told = [it for it in candles if it.time_s < gap.to_s]
        if told and candles[-1].time_s <= gap.to_s:
            self._bars.take_between([it for it in told if it.time_s >= gap.from_s])
            self._history.took_page(told, gap.to_s)
        else:  # the vendor has none, or did not listen to the end
            again = Gap(gap.from_s, gap.to_s, GapReason.FEWER, refillable=False)
            self._history.explain(again)
        self._changed()
