"""Times on an axis that counts bars, so that nights and weekends take no room.

Bar i reaches from i - 0.5 to i + 0.5. The time from its beginning on runs through that slot, so
any moment stands within the bar that it belongs to, on every interval: half past ten lies in the
minute's bar, and in the day's. What passes between the end of a bar and the next one's beginning,
a night or a holiday, is pressed into the right edge of the slot. So each moment has one place on
the axis, and each place one moment.

Before the first bar and after the last the axis goes on with bars that are not there yet: the
fullest of the weeks next to the edge is repeated, with its nights and its weekend. Where less
than a week is known the bars follow each other without a break.
"""

import math
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from alltick_desk.model.interval import Interval

_DAY = 86_400.0
_WEEK = 7.0 * _DAY
_MONTH = 365.2425 / 12.0 * _DAY
_LONGEST = {Interval.D1: _DAY, Interval.W1: _WEEK, Interval.MO1: 31.0 * _DAY}
_WEEKS = 4  # looked at for the fullest, so that a holiday is not taken for the rule
_REMEMBERED = 4096
_BREAK = 0.02  # of a slot, for the time that has no bar


class Times(Protocol):
    """Unix seconds in ascending order: a list, or a series' column."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Any: ...


class TimeAxis:
    """Where moments stand among the bars of one series; make a new one when bars come or go.

    Args:
        times: beginnings of the bars, each once. ValueError where there is none.
        interval: the bars' span.
    """

    def __init__(self, times: Times, interval: Interval) -> None:
        if not len(times):
            raise ValueError("an axis needs a bar")
        self._times = times
        self._count = len(times)
        self._first, self._last = int(times[0]), int(times[self._count - 1])
        self._span = float(interval.seconds or _LONGEST[interval])
        self._step = _MONTH if interval is Interval.MO1 else self._span
        self._places: dict[float, float] = {}
        self._repeats = interval is not Interval.MO1  # a month is longer than the week

    def index_at(self, time_s: float) -> float:
        """Return the place of a moment on the axis, in bars.

        It is remembered: as a chart is dragged the same few moments are asked for in each frame.
        """
        place = self._places.get(time_s)
        if place is None:
            if len(self._places) >= _REMEMBERED:
                self._places.clear()
            place = self._places[time_s] = self._place_of(time_s)
        return place

    def time_at(self, index: float) -> float:
        """Return the moment that stands at a place, Unix seconds."""
        bar = math.floor(index + 0.5)
        share = index + 0.5 - bar
        begin, end = self._begin(bar), self._begin(bar + 1)
        own = min(self._span, end - begin)
        idle = end - begin - own
        if not idle:
            return begin + share * own
        if share < 1.0 - _BREAK:
            return begin + share / (1.0 - _BREAK) * own
        return end - (1.0 - share) / _BREAK * idle

    def _place_of(self, time_s: float) -> float:
        bar = self._bar_of(time_s)
        begin, end = self._begin(bar), self._begin(bar + 1)
        own = min(self._span, end - begin)
        idle = end - begin - own
        passed = time_s - begin
        if not idle:
            return bar - 0.5 + passed / own
        if passed < own:
            return bar - 0.5 + (1.0 - _BREAK) * passed / own
        return bar + 0.5 - _BREAK * (end - time_s) / idle

    def _begin(self, bar: int) -> float:
        if bar < 0:
            return self._before.begin(bar)
        if bar >= self._count:
            return self._after.begin(bar - self._count)
        return float(self._times[bar])

    def _bar_of(self, time_s: float) -> int:
        """Return the last bar that began by then."""
        if time_s >= self._last:
            return self._count - 1 + max(self._after.begun_by(time_s), 0)
        if time_s < self._first:
            return min(self._before.begun_by(time_s) - 1, -1)
        return bisect_right(self._times, time_s) - 1

    @cached_property
    def _after(self) -> "_Rhythm":
        # Half a bar of slack: by summer time a bar may stand an hour beside the week before's.
        origin = self._last + 0.5 * self._span
        weeks = [
            _Week(bisect_right(self._times, at), bisect_right(self._times, at + _WEEK), at)
            for at in (origin - weeks * _WEEK for weeks in range(1, _WEEKS + 1))
            if self._repeats and self._first <= at
        ]
        if not weeks:
            return self._unbroken(self._last + self._step)
        return _Rhythm(self._times, max(weeks, key=_bars), origin, _WEEK)

    @cached_property
    def _before(self) -> "_Rhythm":
        origin = self._first - 0.5 * self._span
        weeks = [
            _Week(bisect_left(self._times, at), bisect_left(self._times, at + _WEEK), at)
            for at in (origin + weeks * _WEEK for weeks in range(_WEEKS))
            if self._repeats and at + _WEEK <= self._last + self._span
        ]
        if not weeks:
            return self._unbroken(self._first)
        return _Rhythm(self._times, max(weeks, key=_bars), origin, _WEEK)

    def _unbroken(self, origin: float) -> "_Rhythm":
        return _Rhythm(self._times, _Week(0, 1, self._first), origin, self._step)


class _Week(NamedTuple):
    """The bars from ``start`` to before ``stop``, of the stretch of time that begins ``at``."""

    start: int
    stop: int
    at: float


def _bars(week: _Week) -> int:
    return week.stop - week.start


class _Rhythm:
    """The bars of a stretch of time, repeated every ``period`` in both directions.

    Bar 0 is its first one, as if the stretch began at ``origin``.
    """

    __slots__ = ("_count", "_origin", "_period", "_times", "_week")

    def __init__(self, times: Times, week: _Week, origin: float, period: float) -> None:
        self._times = times
        self._week = week
        self._count = _bars(week)
        self._origin, self._period = origin, period

    def begin(self, bar: int) -> float:
        """Return when a bar begins."""
        turn, place = divmod(bar, self._count)
        passed = float(self._times[self._week.start + place]) - self._week.at
        return self._origin + turn * self._period + passed

    def begun_by(self, time_s: float) -> int:
        """Return how many bars from 0 on began by then; negative where bars before 0 had not."""
        turn, rest = divmod(time_s - self._origin, self._period)
        start, stop, at = self._week
        place = bisect_right(self._times, rest + at, start, stop)
        return int(turn) * self._count + place - start
