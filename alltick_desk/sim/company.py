"""Where a stock is listed: seeded, and plausible at best."""

from typing import Final, NamedTuple

from alltick_desk.sim import noise
from alltick_desk.sim.listing import Listing

# Where the big ones are listed; of other US stocks two in five are taken for Nasdaq's.
_NASDAQ: Final = frozenset(
    {
        *("AAPL", "AMD", "AMZN", "AVGO", "COST", "CSCO", "GOOG", "GOOGL"),
        *("INTC", "META", "MSFT", "NFLX", "NVDA", "PLTR", "TSLA"),
    }
)


class Home(NamedTuple):
    """A stock's exchange, its board there, the currency and the lot."""

    exchange: str
    board: str
    currency: str
    lot: int


def home(listing: Listing) -> Home:
    """Return where a stock is listed."""
    match listing.ending:
        case ".HK":
            return Home("SEHK", "HKEquity", "HKD", 100)
        case ".SH":
            return Home("SSE", "SHMainConnect", "CNY", 100)
        case ".SZ":
            return Home("SZSE", "SZMainConnect", "CNY", 100)
        case _:
            nasdaq = listing.code[:-3] in _NASDAQ or (not listing.busy and draw(listing, 7) < 0.4)
            return Home("NASD" if nasdaq else "NYSE", "USMain", "USD", 1)


def draw(listing: Listing, what: int) -> float:
    """Return the number of [0, 1) that decides one fact about a company."""
    return noise.uniform(listing.key, 1000 + what)
