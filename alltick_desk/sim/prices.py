"""The price path: every bar and every tick of an instrument, past and to come, as one function.

A day's bar follows from the seed, the code and the date. A day is divided into its hours, an hour
into halves, down to the minute and the minute into its ticks, each time so that the parts connect,
reach exactly the whole's high and low, and trade exactly its volume. So candles of every interval
agree with each other and with the ticks of the live stream, no matter who asked for what before.
"""

import math
import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from alltick_desk.sim import noise
from alltick_desk.sim.dividing import bridge, burst_times, portions
from alltick_desk.sim.listing import Listing

MINUTE: Final = 60
HOUR: Final = 3600
_PARTS: Final = {HOUR: 2, 1800: 2, 900: 3, 300: 5}  # how many parts a span is divided into
_REFERENCE = date(2026, 7, 1).toordinal()  # the day on which prices stand at their base
_EPOCH = date(1970, 1, 1).toordinal()
_CACHED = 12_000  # divided spans kept; about what two screens full of charts need
_FIXED_OFFSETS = {"UTC": 0, "Asia/Hong_Kong": 8 * HOUR, "Asia/Shanghai": 8 * HOUR}  # no summer
_MAX_TICKS = 600  # a minute


class Bar(msgspec.Struct, frozen=True, gc=False):
    """What was traded in [start, end), in Unix seconds; prices are not yet snapped to steps."""

    start: int
    end: int
    open: float
    high: float
    low: float
    close: float
    units: int
    turnover: float


class Tick(msgspec.Struct, frozen=True, gc=False):
    """One trade, and the best prices that stand after it.

    Attributes:
        time_ms: Unix milliseconds.
        seq: grows with every tick of the instrument.
        side: 0 unknown, 1 active buy, 2 active sell.
    """

    time_ms: int
    seq: int
    price: float
    units: int
    side: int
    bid: float
    ask: float


class Path:
    """One instrument's prices over all time."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self._zone = ZoneInfo(listing.zone)
        self._fixed_offset = _FIXED_OFFSETS.get(listing.zone)
        self._wander = noise.Wander(listing.key)
        self._anchor = self._wander(_REFERENCE)
        self._midnights: dict[int, int] = {}
        self._days: dict[int, Bar] = {}
        self._parts: dict[tuple[int, int], tuple[Bar, ...]] = {}
        self._ticks: dict[int, tuple[Tick, ...]] = {}

    def midnight(self, day: int) -> int:
        """Return when the day (an ordinal) begins where the instrument trades, Unix seconds."""
        if self._fixed_offset is not None:
            return (day - _EPOCH) * 86_400 - self._fixed_offset
        begins = self._midnights.get(day)
        if begins is None:
            local = datetime.fromordinal(day).replace(tzinfo=self._zone)
            begins = self._midnights[day] = int(local.timestamp())
        return begins

    def day_of(self, time_s: int) -> int:
        """Return the day (an ordinal) that a moment belongs to."""
        if self._fixed_offset is not None:
            return (time_s + self._fixed_offset) // 86_400 + _EPOCH
        return datetime.fromtimestamp(time_s, self._zone).toordinal()

    def day(self, day: int) -> Bar:
        """Return the whole bar of a day."""
        bar = self._days.get(day)
        if bar is None:
            bar = self._days[day] = self._make_day(day)
        return bar

    def span(self, start: int, seconds: int) -> Bar:
        """Return the whole bar of a minute, 5, 15 or 30 minutes or an hour that begins then."""
        if seconds == HOUR:
            whole = self.day(self.day_of(start))
            return self.parts(whole)[(start - whole.start) // HOUR]
        above = next(span for span, parts in _PARTS.items() if span // parts == seconds)
        whole = self.span(start - start % above, above)
        return self.parts(whole)[(start - whole.start) // seconds]

    def parts(self, bar: Bar) -> tuple[Bar, ...]:
        """Return what a day, an hour, 30, 15 or 5 minutes are made of, oldest first."""
        place = (bar.start, bar.end)
        parts = self._parts.get(place)
        if parts is None:
            if len(self._parts) >= _CACHED:
                self._parts.clear()
            parts = self._parts[place] = self._divide(bar)
        return parts

    def until(self, bar: Bar, now_ms: int) -> Bar | None:
        """Return as much of a bar as has happened; None where nothing has been traded yet."""
        if bar.end * 1000 <= now_ms:
            return bar
        if bar.start * 1000 > now_ms:
            return None
        if bar.end - bar.start == MINUTE:
            ticks = self.ticks(bar.start)
            ticks = ticks[: bisect_right(ticks, now_ms, key=_time)]
            return self._fold(bar, ticks) if ticks else None
        happened = (self.until(part, now_ms) for part in self.parts(bar))
        return merge(bar.start, bar.end, [part for part in happened if part is not None])

    def last(self, now_ms: int) -> Tick:
        """Return the newest tick that has happened."""
        minute = now_ms // 60_000 * MINUTE
        ticks = self.ticks(minute)
        count = bisect_right(ticks, now_ms, key=_time)
        return ticks[count - 1] if count else self.ticks(minute - MINUTE)[-1]

    def ticks(self, minute: int) -> tuple[Tick, ...]:
        """Return the ticks of the minute that begins at ``minute`` (Unix seconds), in order."""
        ticks = self._ticks.get(minute)
        if ticks is None:
            while len(self._ticks) >= 3:
                del self._ticks[next(iter(self._ticks))]
            ticks = self._ticks[minute] = self._make_ticks(self.span(minute, MINUTE))
        return ticks

    def ends_slot(self, tick: Tick, slot_ms: int) -> bool:
        """Return whether no further tick comes in the stretch of ``slot_ms`` that a tick is in.

        Stretches are counted from the full minute, which ``slot_ms`` must divide.
        """
        ticks = self.ticks(tick.time_ms // 60_000 * MINUTE)
        after = bisect_right(ticks, tick.time_ms, key=_time)
        if ticks[after - 1] is not tick:  # another one of the same millisecond comes after it
            return False
        return after == len(ticks) or ticks[after].time_ms // slot_ms > tick.time_ms // slot_ms

    def book_times(self, minute: int) -> tuple[int, ...]:
        """Return when books of the minute are published, Unix milliseconds, in order."""
        if not self.listing.levels:
            return ()
        draw = random.Random(noise.mix(self.listing.key ^ minute ^ 0xB00C)).random
        begins, gap = minute * 1000, 1000.0 / self.listing.book_pace
        return tuple(
            begins + int((slot + draw()) * gap) for slot in range(int(60 * self.listing.book_pace))
        )

    def _close(self, day: int) -> float:
        listing = self.listing
        return listing.base * math.exp(listing.restlessness * (self._wander(day) - self._anchor))

    def _make_day(self, day: int) -> Bar:
        listing = self.listing
        previous = self._days.get(day - 1)
        first = previous.close if previous is not None else self._close(day - 1)
        last = self._close(day)
        up, down, busy = (noise.uniform(listing.key + 7, 3 * day + i) for i in range(3))
        wick = 0.9 * listing.restlessness
        high = max(first, last) * (1.0 + wick * (0.15 + up * up))
        low = min(first, last) * (1.0 - wick * (0.15 + down * down))
        move = abs(last - first) / (first * listing.restlessness)
        units = int(listing.day_units * (0.55 + 0.7 * busy + 0.3 * min(3.0, move)))
        begins, ends = self.midnight(day), self.midnight(day + 1)
        return self._bar(begins, ends - begins, (first, high, low, last), units)

    def _divide(self, bar: Bar) -> tuple[Bar, ...]:
        seconds = bar.end - bar.start
        count = _PARTS.get(seconds) or seconds // HOUR
        span = seconds // count
        draw = random.Random(noise.mix(self.listing.key ^ (bar.start << 20) ^ seconds)).random
        points = bridge(draw, count + 1, (bar.open, bar.high, bar.low, bar.close))
        least = 1.3 * self.listing.step(bar.open)
        reach = 0.7 * (bar.high - bar.low) / count**0.5
        highs, lows = [], []
        for i in range(count):
            first, last = points[i], points[i + 1]
            high = max(first, last) + reach * draw() * draw()
            low = min(first, last) - reach * draw() * draw()
            # Even the quietest minute has room for a bid and an ask.
            if high - low < least:
                high = min(bar.high, high + least * draw())
                low = max(bar.low, min(low, high - least))
                high = max(high, low + least)
            highs.append(min(bar.high, high))
            lows.append(max(bar.low, low))
        highs[highs.index(max(highs))] = bar.high
        lows[lows.index(min(lows))] = bar.low
        units = self._share(bar, count, span, draw)
        return tuple(
            self._bar(
                bar.start + i * span, span, (points[i], highs[i], lows[i], points[i + 1]), units[i]
            )
            for i in range(count)
        )

    def _share(self, bar: Bar, count: int, span: int, draw: Callable[[], float]) -> list[int]:
        """Divide the whole's units by the hour's liveliness and by luck; nothing gets lost."""
        midnight = self.midnight(self.day_of(bar.start))
        weights = [
            self.listing.liveliness((bar.start + (i + 0.5) * span - midnight) / 60.0)
            * (0.5 + draw() + draw() ** 6)
            for i in range(count)
        ]
        return portions(bar.units, weights)

    def _make_ticks(self, bar: Bar) -> tuple[Tick, ...]:
        listing = self.listing
        draw = random.Random(noise.mix(listing.key ^ (bar.start << 20) ^ 1)).random
        count = int(60.0 * listing.pace * (0.6 + 0.8 * draw()))
        if listing.sized:
            count = min(count, bar.units)
        count = max(4, min(_MAX_TICKS, count))
        prices = bridge(draw, count, (bar.open, bar.high, bar.low, bar.close))
        inner = range(1, count - 1)
        top = max(inner, key=prices.__getitem__)
        bottom = min((i for i in inner if i != top), key=prices.__getitem__)
        prices[top], prices[bottom] = bar.high, bar.low
        pinned = {0, top, bottom, count - 1}
        times = burst_times(draw, count)
        units = portions(bar.units, [0.1 + draw() ** 4 for _ in range(count)])
        begins = bar.start * 1000
        ticks = []
        bid = ask = 0.0
        bounce = listing.spread * listing.step(bar.open) if listing.sided else 0.0
        for i in range(count):
            price = prices[i]
            if i not in pinned:  # buyers pay the ask, sellers get the bid
                price = min(bar.high, max(bar.low, price + bounce * (draw() - 0.5)))
            price = listing.snap(price)
            step = listing.step(price)
            gap = listing.spread * step
            if bid and price >= ask - step / 2:
                side, bid, ask = 1, price - gap, price
            elif bid and price <= bid + step / 2:
                side, bid, ask = 2, price, price + gap
            else:  # the minute's first, or one inside the spread: who was active is not known
                side = 0
                bid = price - listing.spread // 2 * step
                ask = bid + gap
            time_ms = begins + times[i]
            ticks.append(
                Tick(
                    time_ms=time_ms,
                    seq=time_ms * 1000 + i,
                    price=price,
                    units=units[i],
                    side=side if listing.sided else 0,
                    bid=bid if bid > 0 else step,
                    ask=ask,
                )
            )
        return tuple(ticks)

    def _fold(self, bar: Bar, ticks: Sequence[Tick]) -> Bar:
        prices = [tick.price for tick in ticks]
        return Bar(
            start=bar.start,
            end=bar.end,
            open=prices[0],
            high=max(prices),
            low=min(prices),
            close=prices[-1],
            units=sum(tick.units for tick in ticks),
            turnover=sum(tick.units * tick.price for tick in ticks) * self.listing.unit,
        )

    def _bar(
        self, start: int, seconds: int, prices: tuple[float, float, float, float], units: int
    ) -> Bar:
        """Return a bar of open, high, low, close; its turnover is made at their mean."""
        turnover = units * self.listing.unit * sum(prices) / 4.0
        return Bar(start, start + seconds, *prices, units, turnover)


def merge(start: int, end: int, bars: Sequence[Bar]) -> Bar | None:
    """Return the one bar of [start, end) that the bars, oldest first, make; None of none."""
    if not bars:
        return None
    return Bar(
        start=start,
        end=end,
        open=bars[0].open,
        high=max(bar.high for bar in bars),
        low=min(bar.low for bar in bars),
        close=bars[-1].close,
        units=sum(bar.units for bar in bars),
        turnover=sum(bar.turnover for bar in bars),
    )


def _time(tick: Tick) -> int:
    return tick.time_ms
