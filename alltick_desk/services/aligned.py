"""One instrument's closes at the bars of another: what a line of comparison is drawn from.

Pure. Needs numpy through the series, so it is imported with the chart.
"""

from datetime import UTC, datetime

import numpy as np

from alltick_desk.model.calendar import exchange_zone, roll_s
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import TAIL, CandleSeries, Floats, Times

_DAY_S = 86_400
_HALF_DAY_S = _DAY_S // 2
_FIRST_MONDAY = 4  # in days since 1970-01-01
# Bars that lie further apart than this belong to different days, weeks or months in any zone.
_MARGIN_S = {Interval.D1: 3 * _DAY_S, Interval.W1: 9 * _DAY_S, Interval.MO1: 33 * _DAY_S}
_NO_TIMES: Times = np.empty(0, np.int64)
_NO_VALUES: Floats = np.empty(0)


class AlignedCloses:
    """The closes of ``other`` at the bars of ``main``, both of one interval.

    At each bar stands the close of the other's last bar that began before this one was over: it
    holds where the other had no trade, and is NaN before the other's history. Bars of a day and
    longer are matched by their dates, since exchanges begin their days at other moments.

    Attributes:
        begin: the first bar with a value; how many bars there are where none has one.
    """

    def __init__(self, interval: Interval, main_market: Market, other_market: Market) -> None:
        self._interval = interval
        self._markets = main_market, other_market
        self._room = _NO_VALUES
        self._count = 0
        self.begin = 0
        self._seen: tuple[object, int, object, int] | None = None  # the series and their epochs
        self._other_count = 0
        self._tail_times, self._tail_closes = _NO_TIMES, _NO_VALUES  # the other's newest rows

    @property
    def values(self) -> Floats:
        """The closes, one a bar of ``main`` as of the last ``sync``; must not be written to."""
        return self._room[: self._count]

    def sync(self, main: CandleSeries, other: CandleSeries) -> int | None:
        """Take over what changed; return the first bar that differs, None where none does.

        A few microseconds where no more than the newest bars changed, however many there are.
        """
        before = self._count
        since = self._since(main, other)
        self._remember(main, other)
        count = len(main)
        found = self._align(main.time[since:], other)
        kept = max(0, min(before, count) - since)
        same = 0
        if kept:
            was, now = self._room[since : since + kept], found[:kept]
            differs = ~((was == now) | (np.isnan(was) & np.isnan(now)))
            same = int(differs.argmax()) if differs.any() else kept
        self._put(since, found)
        if since + same == count == before:
            return None
        return since + same

    def _since(self, main: CandleSeries, other: CandleSeries) -> int:
        """Return the first bar of ``main`` that may differ from what was aligned."""
        if self._seen != (main, main.epoch, other, other.epoch):
            return 0
        since = max(0, min(self._count, len(main)) - TAIL)
        changed_s = self._changed_s(other)
        if changed_s is None:
            return since
        return min(since, int(np.searchsorted(main.time, changed_s - self._margin_s)))

    def _changed_s(self, other: CandleSeries) -> int | None:
        """Return when the first of the other's bars began that changed; None where none did."""
        first = self._other_count - len(self._tail_times)
        times, closes = other.time[first:], other.close[first:]
        kept = slice(0, len(self._tail_times))
        differs = (times[kept] != self._tail_times) | (closes[kept] != self._tail_closes)
        at = int(differs.argmax()) if differs.any() else len(self._tail_times)
        if at == len(times):
            return None
        was = self._tail_times[at] if at < len(self._tail_times) else times[at]
        return int(min(was, times[at]))

    def _remember(self, main: CandleSeries, other: CandleSeries) -> None:
        self._seen = (main, main.epoch, other, other.epoch)
        self._other_count = len(other)
        self._tail_times = other.time[-TAIL:].copy()
        self._tail_closes = other.close[-TAIL:].copy()

    def _align(self, times: Times, other: CandleSeries) -> Floats:
        if not len(times) or not len(other):
            return np.full(len(times), np.nan)
        # No bar of the other's is passed over that could be the one of the first of ``times``.
        start = int(np.searchsorted(other.time, times[0] - self._margin_s, side="right")) - 1
        start = max(0, start)
        main_market, other_market = self._markets
        marks = self._marks(times, main_market) + self._reach
        places = np.searchsorted(self._marks(other.time[start:], other_market), marks, side="right")
        closes = other.close[start:]
        return np.where(places > 0, closes[places - 1], np.nan)

    def _put(self, since: int, found: Floats) -> None:
        count = since + len(found)
        if count > len(self._room):
            grown = np.empty(count + count // 4 + TAIL)
            grown[:since] = self._room[:since]
            self._room = grown
        self._room[since:count] = found
        self._count = count
        if self.begin >= since:
            known = np.isfinite(found)
            self.begin = since + (int(known.argmax()) if known.any() else len(found))

    @property
    def _reach(self) -> int:
        """How far behind a bar's mark that of another may stand that began before its end."""
        seconds = self._interval.seconds
        return 0 if seconds is None else seconds - 1

    @property
    def _margin_s(self) -> int:
        return _MARGIN_S.get(self._interval) or self._reach

    def _marks(self, times: Times, market: Market) -> Times:
        """Return what bars are matched by: times, or days, weeks or months by their number."""
        if self._interval.seconds is not None:
            return times
        days = bar_days(times, market)
        if self._interval is Interval.W1:
            return (days - _FIRST_MONDAY) // 7
        if self._interval is Interval.MO1:
            return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return days


def bar_days(times: Times, market: Market) -> Times:
    """Return the dates that daily and longer bars are stamped with, in days since 1970.

    As ``calendar.bar_date`` does; an hour of summer time makes no difference to the nearest
    beginning of a day.
    """
    if not len(times):
        return times
    newest = datetime.fromtimestamp(int(times[-1]), UTC).astimezone(exchange_zone(market))
    offset = newest.utcoffset()
    shift = (0 if offset is None else int(offset.total_seconds())) + roll_s(market) + _HALF_DAY_S
    return (times + shift) // _DAY_S
