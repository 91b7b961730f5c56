"""The trading floor: every listed instrument, at the clock's time.

Markets are always open, all day and all week, unless a script stops them. Nothing of a stopped
instrument moves; once it trades again, its history shows prices for the time between.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from alltick_desk.clock import Clock
from alltick_desk.model.instrument import Instrument
from alltick_desk.model.interval import Interval
from alltick_desk.sim.book import Book, book_at, one_sided
from alltick_desk.sim.candles import Candles
from alltick_desk.sim.listing import Listing, listings
from alltick_desk.sim.prices import Bar, Path, Tick

# Since when an instrument does not trade, Unix milliseconds; None where it does.
Stopped = Callable[[Listing], int | None]
# Whether an instrument is held at its day's upper (1) or lower (-1) limit; 0 for neither.
Limit = Callable[[Listing], int]

_WIDE = ("688", "689", "300", "301", "302")  # boards whose stocks move by 20 % a day, not 10


def _free(_: Listing) -> int:
    return 0


class Floor:
    """The last trades, books and candles of every listing.

    Attributes:
        listings: every instrument by its code.
    """

    def __init__(
        self,
        instruments: Iterable[Instrument],
        *,
        seed: int,
        clock: Clock,
        stopped_ms: Stopped,
        limit_of: Limit = _free,
    ) -> None:
        self.listings: Mapping[str, Listing] = listings(instruments, seed)
        self._clock = clock
        self._stopped_ms = stopped_ms
        self._limit_of = limit_of
        self._paths: dict[str, Path] = {}
        self._candles: dict[str, Candles] = {}

    def path(self, code: str) -> Path:
        """Return the price path of a listed code."""
        path = self._paths.get(code)
        if path is None:
            path = self._paths[code] = Path(self.listings[code])
        return path

    def now_ms(self, listing: Listing) -> int:
        """Return the market time of an instrument, Unix milliseconds: stopped where it is."""
        stopped = self._stopped_ms(listing)
        return self._clock.wall_ms() if stopped is None else stopped

    def trades(self, listing: Listing) -> bool:
        """Return whether the instrument trades now."""
        return self._stopped_ms(listing) is None

    def last(self, code: str) -> Tick:
        """Return the newest trade."""
        listing = self.listings[code]
        return self.held(listing, self.path(code).last(self.now_ms(listing)))

    def book(self, code: str) -> Book:
        """Return the book of this moment."""
        listing = self.listings[code]
        return self.book_after(listing, self.path(code).last(self.now_ms(listing)))

    def book_after(self, listing: Listing, tick: Tick, time_ms: int | None = None) -> Book:
        """Return the book after a trade, at ``time_ms`` or now."""
        if time_ms is None:
            time_ms = self.now_ms(listing)
        book = book_at(listing, self.held(listing, tick), time_ms)
        limit = self._limit_of(listing)
        return one_sided(book, "bids" if limit > 0 else "asks") if limit else book

    def held(self, listing: Listing, tick: Tick) -> Tick:
        """Return a trade as it is at the day's limit, where a script holds the instrument there."""
        limit = self._limit_of(listing)
        if not limit:
            return tick
        price = self._limit_price(listing, limit)
        step = listing.step(price)
        best = (price, price + step) if limit > 0 else (price - step, price)
        return msgspec.structs.replace(tick, price=price, bid=best[0], ask=best[1])

    def _limit_price(self, listing: Listing, limit: int) -> float:
        days = self._bars(listing.code, Interval.D1, 2, years=1.0)
        close = Decimal(listing.text(days[0].close))
        share = Decimal("0.2" if listing.code.startswith(_WIDE) else "0.1")
        return float((close * (1 + limit * share)).quantize(Decimal("0.01"), ROUND_HALF_UP))

    def bars(
        self,
        code: str,
        interval: Interval,
        count: int,
        *,
        end_s: int = 0,
        years: float | None,
        now_ms: int | None = None,
    ) -> list[Bar]:
        """Return the newest candles, oldest first (see ``Candles.bars``), as of now unless said.

        Without ``years`` the history begins with the listing; otherwise so long ago. A script that
        holds the instrument at a limit is seen in the candle in progress alone.
        """
        found = self._bars(code, interval, count, end_s=end_s, years=years, now_ms=now_ms)
        listing = self.listings[code]
        limit = self._limit_of(listing)
        if limit and found and not end_s and found[-1].end * 1000 > self.now_ms(listing):
            price, last = self._limit_price(listing, limit), found[-1]
            found[-1] = msgspec.structs.replace(
                last, close=price, high=max(price, last.high), low=min(price, last.low)
            )
        return found

    def _bars(
        self,
        code: str,
        interval: Interval,
        count: int,
        *,
        end_s: int = 0,
        years: float | None,
        now_ms: int | None = None,
    ) -> list[Bar]:
        listing = self.listings[code]
        candles = self._candles.get(code)
        if candles is None:
            candles = self._candles[code] = Candles(self.path(code))
        if now_ms is None:
            now_ms = self.now_ms(listing)
        if years is None:
            oldest = self.path(code).midnight(date(listing.listed_year, 1, 1).toordinal())
        else:
            oldest = now_ms // 1000 - int(years * 365.25 * 86_400)
        return candles.bars(interval, count=count, now_ms=now_ms, oldest_s=oldest, end_s=end_s)
