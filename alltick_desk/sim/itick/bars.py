"""The bars of each type of kline, for the calls and the pushes alike."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from alltick_desk.model.interval import Interval
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.prices import Bar, merge

# By the vendor's number.
KINDS: Mapping[int, Interval] = MappingProxyType(
    {
        1: Interval.M1,
        2: Interval.M5,
        3: Interval.M15,
        4: Interval.M30,
        5: Interval.H1,
        6: Interval.H2,
        7: Interval.H4,
        8: Interval.D1,
        9: Interval.W1,
        10: Interval.MO1,
    }
)
_THIRD: Final = 3  # which some pages call ten minutes
_TEN_MINUTES: Final = 600


class Bars:
    """Folds bars of every type, ten minutes among them."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def newest(
        self, listing: Listing, kind: int, count: int, *, end_s: int = 0, now_ms: int | None = None
    ) -> list[Bar]:
        """Return the newest bars, oldest first, as of now unless said; see ``Floor.bars``."""
        if kind == _THIRD and self._exchange.script.rules.itick.third == "10m":
            return self._ten_minutes(listing, count, end_s, now_ms)
        return self._exchange.floor.bars(
            listing.code, KINDS[kind], count, end_s=end_s, years=None, now_ms=now_ms
        )

    def day(self, listing: Listing, now_ms: int | None = None) -> Bar:
        """Return the newest day that has a trade."""
        floor = self._exchange.floor
        return floor.bars(listing.code, Interval.D1, 1, years=None, now_ms=now_ms)[-1]

    def close_before(self, listing: Listing, day: Bar) -> float:
        """Return the close of the day before."""
        path = self._exchange.floor.path(listing.code)
        return path.day(path.day_of(day.start) - 1).close

    def _ten_minutes(
        self, listing: Listing, count: int, end_s: int, now_ms: int | None
    ) -> list[Bar]:
        if end_s:  # the second half of the last bar begins after its first
            end_s += _TEN_MINUTES // 2 - end_s % _TEN_MINUTES
        halves = self._exchange.floor.bars(
            listing.code, Interval.M5, 2 * count, end_s=end_s, years=None, now_ms=now_ms
        )
        whole: dict[int, list[Bar]] = {}
        for bar in halves:
            whole.setdefault(bar.start - bar.start % _TEN_MINUTES, []).append(bar)
        merged = [merge(start, start + _TEN_MINUTES, bars) for start, bars in whole.items()]
        return [bar for bar in merged if bar is not None][-count:]
