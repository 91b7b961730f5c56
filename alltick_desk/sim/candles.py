"""Candles of every interval, folded from the price path."""

from datetime import date
from typing import Final

from alltick_desk.model.interval import Interval
from alltick_desk.sim.prices import HOUR, Bar, Path, merge

_SHORT: Final = frozenset(
    {Interval.M1, Interval.M5, Interval.M15, Interval.M30, Interval.H1, Interval.H2, Interval.H4}
)


class Candles:
    """One instrument's candles.

    Weeks begin on Monday and months on the 1st, at the midnight of the instrument's zone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closed: dict[tuple[Interval, int], Bar] = {}

    def bars(
        self, interval: Interval, *, count: int, now_ms: int, oldest_s: int, end_s: int = 0
    ) -> list[Bar]:
        """Return the newest ``count`` bars, oldest first; the last may be in progress.

        Bars that begin before ``oldest_s`` do not exist; with ``end_s`` those that begin after
        it are left out. All times but ``now_ms`` are Unix seconds.
        """
        newest_s = now_ms // 1000
        if end_s:
            newest_s = min(newest_s, end_s)
        starts: list[int] = []
        start = self._start_of(interval, newest_s)
        # One more than wanted: the newest may have no trade yet.
        while start >= oldest_s and len(starts) <= count:
            starts.append(start)
            start = self._start_of(interval, start - 1)
        bars = [self._bar(interval, start, now_ms) for start in reversed(starts)]
        return [bar for bar in bars if bar is not None][-count:]

    def _start_of(self, interval: Interval, time_s: int) -> int:
        if interval in _SHORT:
            return time_s - time_s % (interval.seconds or HOUR)
        day = self._path.day_of(time_s)
        if interval is Interval.W1:
            day = week_of(day)
        elif interval is Interval.MO1:
            day = month_of(day)
        return self._path.midnight(day)

    def _bar(self, interval: Interval, start: int, now_ms: int) -> Bar | None:
        closed = self._closed.get((interval, start))
        if closed is not None:
            return closed
        bar = self._fold(interval, start, now_ms)
        if bar is not None and bar.end * 1000 <= now_ms:
            if len(self._closed) >= 10_000:
                self._closed.clear()
            self._closed[interval, start] = bar
        return bar

    def _fold(self, interval: Interval, start: int, now_ms: int) -> Bar | None:
        path = self._path
        if interval in _SHORT:
            seconds = interval.seconds or HOUR
            if seconds <= HOUR:
                return path.until(path.span(start, seconds), now_ms)
            wholes = [path.span(at, HOUR) for at in range(start, start + seconds, HOUR)]
        else:
            first = path.day_of(start)
            if interval is Interval.D1:
                after = first + 1
            elif interval is Interval.W1:
                after = first + 7
            else:
                after = day_after_month(first)
            wholes = [path.day(day) for day in range(first, after)]
        happened = (path.until(whole, now_ms) for whole in wholes)
        return merge(wholes[0].start, wholes[-1].end, [bar for bar in happened if bar is not None])


def week_of(day: int) -> int:
    """Return the Monday of a day's week; days are ordinals."""
    return day - (day - 1) % 7


def month_of(day: int) -> int:
    """Return the first of a day's month; days are ordinals."""
    return date.fromordinal(day).replace(day=1).toordinal()


def day_after_month(first: int) -> int:
    """Return the first day of the month that follows the one beginning on ``first``."""
    return month_of(first + 31)
