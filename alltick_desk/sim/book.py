"""Order books: what rests around the last trade."""

from typing import NamedTuple

from alltick_desk.sim import noise
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.prices import Tick


class Rest(NamedTuple):
    """One level, as text; the volume is "0" where the market tells no size."""

    price: str
    volume: str


_ZERO = Rest("0", "0")


class Book(NamedTuple):
    """Both sides at one moment, the best price first."""

    time_ms: int
    seq: int
    bids: tuple[Rest, ...]
    asks: tuple[Rest, ...]


def one_sided(book: Book, side: str) -> Book:
    """Return the book as a fault shows it: see ``script``."""
    match side:
        case "bids":
            return book._replace(asks=())
        case "asks":
            return book._replace(bids=())
        case "zero":
            return book._replace(asks=(_ZERO,))
        case "zeros":
            return book._replace(bids=(_ZERO,), asks=(_ZERO,))
    return book._replace(bids=(), asks=())


def book_at(listing: Listing, tick: Tick, time_ms: int) -> Book:
    """Return the book at ``time_ms``, when ``tick`` is the last trade.

    The last trade stands at the bid or the ask. A level's size belongs to its price and changes a
    little from one book to the next, so that a book looks like one queue that lives on.
    """
    step = listing.step(tick.price)
    bids, asks = [], []
    for level in range(listing.levels):
        bid, ask = tick.bid - level * step, tick.ask + level * step
        if bid > step / 2:
            bids.append(Rest(listing.text(bid), _size(listing, bid, step, level, time_ms)))
        asks.append(Rest(listing.text(ask), _size(listing, ask, step, level, time_ms)))
    return Book(time_ms, time_ms * 1000 + 999, tuple(bids), tuple(asks))


def _size(listing: Listing, price: float, step: float, level: int, time_ms: int) -> str:
    if not listing.sized:
        return "0"
    rung = round(price / step)
    steady = noise.uniform(listing.key ^ time_ms // 8_000, rung)
    moving = noise.uniform(listing.key ^ time_ms // 400, rung + 1)
    usual = listing.day_units / 1440 / 8  # an eighth of what a minute trades
    units = usual * (0.15 + 1.6 * steady * steady) * (0.8 + 0.4 * moving) * (1.0 + 0.25 * level)
    return listing.size(max(1, round(units)))
