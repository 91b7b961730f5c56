"""Where the next bar begins, also after a break: by the times at which the vendor's bars began.

A market that opens at half past and rests at noon has hourly bars at 9:30, 10:30, 11:30 and 13:00.
No one offset tells that, but the bars of the days before do.
"""

from bisect import bisect_right

import numpy as np

from alltick_desk.model.calendar import Grid
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import Times
from alltick_desk.services.sessions import local_times

_DAY = 86_400
_SHORTEST_S = 3600  # every break here begins and ends at a full quarter of an hour
_LEARNED_FROM = 200  # bars
_ODD = 0.2  # bars a day: what begins more rarely was an exception


class SessionGrid(Grid):
    """A grid that has looked at a vendor's bars; until then, and for most markets, a plain one."""

    __slots__ = ("_starts",)

    def __init__(self, interval: Interval, market: Market) -> None:
        super().__init__(interval, market)
        self._starts: tuple[int, ...] = ()

    def know(self, times: Times) -> None:
        """Learn from the vendor's bars; ``times`` are their beginnings, oldest first."""
        step = self.interval.seconds
        self._starts = ()
        if step is None or step < _SHORTEST_S:
            return
        days, seconds = np.divmod(local_times(times[-_LEARNED_FROM:], self.market), _DAY)
        starts, counts = np.unique(seconds, return_counts=True)
        starts = starts[counts > _ODD * len(np.unique(days))]
        around = np.diff(starts, append=starts[:1] + _DAY)
        # Side by side they need no learning, and too near they are of summer and winter.
        if len(starts) and (around != step).any() and (around >= step // 2).all():
            self._starts = tuple(starts.tolist())

    def start(self, time_s: int) -> int:
        """Return the beginning of the bar that ``time_s`` falls into."""
        if starts := self._starts:
            second = self._second(time_s)
            passed = second - starts[bisect_right(starts, second) - 1]
            if 0 <= passed < (self.interval.seconds or 0):
                return time_s - passed
        return super().start(time_s)

    def end(self, bar_s: int) -> int:
        """Return when the bar that begins at ``bar_s`` is over."""
        end = super().end(bar_s)
        if starts := self._starts:
            second = self._second(bar_s)
            after = bisect_right(starts, second)
            if after < len(starts):
                return min(end, bar_s + starts[after] - second)
        return end

    def _second(self, time_s: int) -> int:
        return int(local_times(np.array([time_s], np.int64), self.market)[0]) % _DAY
