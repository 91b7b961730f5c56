"""The trading floor: every listed instrument, at the clock's time.

Markets are always open, all day and all week, unless a script stops them. Nothing of a stopped
instrument moves; once it trades again, its history shows prices for the time between.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from alltick_desk.clock import Clock
from alltick_desk.model.instrument import Instrument
from alltick_desk.model.interval import Interval
from alltick_desk.sim.book import Book, book_at
from alltick_desk.sim.candles import Candles
from alltick_desk.sim.listing import Listing, listings
from alltick_desk.sim.prices import Bar, Path, Tick

# Since when an instrument does not trade, Unix milliseconds; None where it does.
Stopped = Callable[[Listing], int | None]


class Floor:
    """The last trades, books and candles of every listing.

    Attributes:
        listings: every instrument by its code.
    """

    def __init__(
        self, instruments: Iterable[Instrument], *, seed: int, clock: Clock, stopped_ms: Stopped
    ) -> None:
        self.listings: Mapping[str, Listing] = listings(instruments, seed)
        self._clock = clock
        self._stopped_ms = stopped_ms
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
        return self.path(code).last(self.now_ms(self.listings[code]))

    def book(self, code: str) -> Book:
        """Return the book of this moment."""
        listing = self.listings[code]
        now_ms = self.now_ms(listing)
        return book_at(listing, self.path(code).last(now_ms), now_ms)

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

        Without ``years`` the history begins with the listing; otherwise so long ago.
        """
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
