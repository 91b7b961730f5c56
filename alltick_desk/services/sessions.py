"""When a market trades, learned from its own bars, since no vendor publishes all trading hours.

What the vendor's bars show wins over a table of regular hours, for a vendor may also send what is
traded before and after them. But a holiday no bar can teach: those, and the days that end early,
come from the table of ``market_hours``. Of days before and after those that the table covers
nobody knows whether they were holidays: bars are expected, but their absence proves nothing.

A trading day is the exchange's, from the moment on at which its date changes. Within it the hours
are those in which bars were seen; the breaks are what lies between them. Some markets need no
learning: crypto never closes, and nothing but crypto trades on a weekend unless it was seen to.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np

from alltick_desk.model.calendar import bar_date, day_start, exchange_zone, roll_s, session_date
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import Times
from alltick_desk.services.market_hours import Exchange, known_hours
from alltick_desk.store.candle_values import Span, merged

_DAY = 86_400
_LEARNED_FROM = 2000  # bars
_FEWEST_DAYS = 2
_BREAK_S = 2700  # a shorter stretch without bars is no break: nobody traded
_AUCTION_S = 1800  # the last prices may be made so long after the end
_ODD = 0.2  # bars a day: hours with fewer are odd prints, not a session
_WEEK = frozenset(range(5))
_EVERY_DAY = frozenset(range(7))
_MOST_DAYS = 60  # that are looked at one by one
_ALL_DAY = ((0, _DAY),)


class Sessions:
    """The trading hours of one market, as bars of one interval show them.

    Attributes:
        days: the weekdays on which it trades, Monday is 0.
        hours: stretches of a trading day, seconds from its beginning; None while too few bars are
            known. For a day and longer they mean nothing.
    """

    def __init__(
        self,
        market: Market,
        interval: Interval,
        *,
        days: frozenset[int] = _WEEK,
        hours: tuple[tuple[int, int], ...] | None = None,
    ) -> None:
        self.market = market
        self.interval = interval
        self.days = days
        self.hours = hours
        self._known: dict[tuple[int, int, int], tuple[Span, ...]] = {}

    @classmethod
    def learn(cls, times: Times, interval: Interval, market: Market) -> "Sessions":
        """Return the hours that the newest of these beginnings of bars show."""
        if market is Market.CRYPTO:
            return cls(market, interval, days=_EVERY_DAY, hours=_ALL_DAY)
        times = times[-_LEARNED_FROM:]
        if interval.seconds is None:
            seen = {bar_date(it, market).weekday() for it in times[-100:].tolist()}
            return cls(market, interval, days=_WEEK | seen)
        local = local_times(times, market)
        day, second = np.divmod(local, _DAY)
        count = len(np.unique(day))
        if count < _FEWEST_DAYS:
            return cls(market, interval)
        seen = set(((np.unique(day) + 3) % 7).tolist())  # the epoch was a Thursday
        return cls(market, interval, days=_WEEK | seen, hours=_hours(second, count, interval))

    def expected(self, from_s: int, to_s: int) -> tuple[Span, ...] | None:
        """Return the parts of a stretch in which bars are expected; None where nobody can tell."""
        if self.interval.seconds is None:
            return self._expected_days(from_s, to_s)
        if self.hours is None or to_s - from_s > _MOST_DAYS * _DAY:
            return None
        local = int(local_times(np.array([from_s]), self.market)[0])
        place = ((local // _DAY + 3) % 7, local % _DAY, to_s - from_s)
        if self._odd_days(from_s, to_s):
            return self._expected_hours(from_s, to_s, self.hours)
        # Most stretches are alike: a night is followed by another one.
        if place not in self._known:
            found = self._expected_hours(from_s, to_s, self.hours)
            self._known[place] = tuple(Span(a - from_s, b - from_s) for a, b in found)
        return tuple(Span(a + from_s, b + from_s) for a, b in self._known[place])

    def doubtful(self, from_s: int, to_s: int) -> tuple[Span, ...]:
        """Return the days of a stretch of which nobody knows whether the market opened at all.

        Only whole ones: where there are bars of a day, the market did open on it.
        """
        exchange = known_hours().exchanges.get(self.market)
        if exchange is None:
            return ()
        if self.interval is Interval.D1:
            days = self._bar_days(from_s, to_s)
        else:
            if not self.hours:
                return ()
            opens, closes = self.hours[0][0], self.hours[-1][1]
            if to_s - from_s < closes - opens:  # as most are, of what is seldom traded
                return ()
            days = [
                day
                for day, start in self._days(from_s, to_s)
                if from_s <= start + opens and start + closes <= to_s
            ]
        return merged(
            self._whole(day)
            for day in days
            if day.weekday() in self.days and not exchange.covers(day)
        )

    def _expected_hours(
        self, from_s: int, to_s: int, hours: tuple[tuple[int, int], ...]
    ) -> tuple[Span, ...]:
        found = [
            Span(max(from_s, start + begin), min(to_s, start + end))
            for day, start in self._days(from_s, to_s)
            if day.weekday() in self.days
            for begin, end in self._on(day, hours)
        ]
        least = self.interval.seconds or 0
        return tuple(it for it in merged(found) if it.to_s - it.from_s >= least)

    def _expected_days(self, from_s: int, to_s: int) -> tuple[Span, ...]:
        if self.interval is not Interval.D1:
            return (Span(from_s, to_s),)
        return merged(
            self._whole(it)
            for it in self._bar_days(from_s, to_s)
            if it.weekday() in self.days and not self._is_holiday(it)
        )

    def _days(self, from_s: int, to_s: int) -> Iterator[tuple[date, int]]:
        """Give the days that a stretch touches, and when each begins."""
        day = date.fromisoformat(session_date(from_s * 1000, self.market))
        while (start := day_start(day, self.market)) < to_s:
            yield day, start
            day += timedelta(days=1)

    def _bar_days(self, from_s: int, to_s: int) -> list[date]:
        """Return the days whose daily bars begin in a stretch that begins and ends with one."""
        first, end = bar_date(from_s, self.market), bar_date(to_s, self.market)
        return [first + timedelta(days=number) for number in range((end - first).days)]

    def _whole(self, day: date) -> Span:
        following = day + timedelta(days=1)
        return Span(day_start(day, self.market), day_start(following, self.market))

    def _exchange(self, day: date) -> Exchange | None:
        """Return the table that knows of a day, where there is one."""
        exchange = known_hours().exchanges.get(self.market)
        return exchange if exchange is not None and exchange.covers(day) else None

    def _is_holiday(self, day: date) -> bool:
        exchange = self._exchange(day)
        return exchange is not None and day in exchange.closed

    def _odd_days(self, from_s: int, to_s: int) -> bool:
        """Whether a stretch has a holiday in it, or a day that ends early."""
        for day, _ in self._days(from_s, to_s):
            exchange = self._exchange(day)
            if exchange is not None and (day in exchange.closed or day in exchange.other):
                return True
        return False

    def _on(self, day: date, hours: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        """Return the stretches of one day, of which ``hours`` are the usual ones."""
        exchange = self._exchange(day)
        if exchange is None:
            return hours
        if day in exchange.closed:
            return ()
        if not hours or day not in exchange.other:
            return hours
        beyond = hours[-1][1] - 60 * exchange.hours[-1].end
        if beyond > _AUCTION_S:
            return hours  # it goes on after the regular hours, and nobody tells until when
        end = 60 * exchange.other[day][-1].end + max(0, beyond)
        return tuple((begin, min(close, end)) for begin, close in hours if begin < end)


def local_times(times: Times, market: Market) -> Times:
    """Return times by the exchange's wall clock, moved so that its trading day begins at midnight.

    The offset is that of noon (UTC) of each day: clocks are changed on a Sunday, before it.
    """
    days, which = np.unique(times // _DAY, return_inverse=True)
    zone = exchange_zone(market)
    offsets = []
    for day in days.tolist():
        noon = datetime.fromtimestamp(day * _DAY + _DAY // 2, UTC).astimezone(zone)
        offset = noon.utcoffset() or timedelta()
        offsets.append(int(offset.total_seconds()))
    local: Times = times + np.array(offsets, np.int64)[which] + roll_s(market)
    return local


def _hours(second: Times, days: int, interval: Interval) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a day in which bars began, without breaks that are none."""
    step = interval.seconds or _DAY
    slots, counts = np.unique(second, return_counts=True)
    cuts = np.flatnonzero(np.diff(slots) - step >= _BREAK_S) + 1
    found = []
    for some, seen in zip(np.split(slots, cuts), np.split(counts, cuts), strict=True):
        if seen.sum() > _ODD * days:
            found.append((int(some[0]), min(int(some[-1]) + step, _DAY)))
    return tuple(found)
