"""What both vendors' answers are put together from: a bar, bars in order, a book's two sides."""

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.market import Candle
from alltick_desk.vendors import values

Prices: TypeAlias = tuple[msgspec.Raw, msgspec.Raw, msgspec.Raw, msgspec.Raw]

MOST_LEVELS = 10  # a side of the deepest book that is documented


def read_bar(
    time: msgspec.Raw, prices: Prices, volume: msgspec.Raw, turnover: msgspec.Raw
) -> Candle | None:
    """Return a bar; None without one of its prices (0, "" or null): nothing was traded.

    ``prices`` are open, high, low and close. Raises ProtocolError where the bar cannot be read, or
    has no time.
    """
    time_s = values.time_ms(time, "the time of a candle") // 1000
    opened, high, low, close = (values.price(raw, "a price of a candle") for raw in prices)
    amounts = (
        values.amount(volume, "the volume of a candle"),
        values.amount(turnover, "the turnover of a candle"),
    )
    if not time_s:
        raise ProtocolError("a candle came without its time")
    if not (opened and high and low and close):
        return None
    return Candle(time_s, opened, high, low, close, *amounts)


def in_order(bars: Iterable[Candle | None]) -> list[Candle]:
    """Return the bars oldest first, each time once: of two bars the later one counts.

    A bar that cannot be read spoils the whole answer, since ``bars`` raises: a history with a
    silent hole is worse than none.
    """
    found = {bar.time_s: bar for bar in bars if bar is not None}
    return [found[time_s] for time_s in sorted(found)]


def best_first(bids: list[Level], asks: list[Level]) -> Sides:
    """Return both sides of a book, each with the best price first.

    No document promises an order, and a book read from the wrong end shows a wrong spread.
    """
    if len(bids) > 1:
        bids.sort(key=_value, reverse=True)
    if len(asks) > 1:
        asks.sort(key=_value)
    return Sides(tuple(bids[:MOST_LEVELS]), tuple(asks[:MOST_LEVELS]))


def _value(level: Level) -> float:
    return float(level.price)
