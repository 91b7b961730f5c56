"""What happens on a market: trades, depth and candles, as immutable values.

Prices and sizes keep the vendor's own text, since its digits are the price's precision; floats
are made where arithmetic needs them.
"""

import math
from collections.abc import Callable
from enum import IntEnum

import msgspec


class Side(IntEnum):
    """Who moved the price, by the vendor's number."""

    NONE = 0  # neutral or unknown
    BUY = 1  # at the ask or above
    SELL = 2  # at the bid or below


class Trade(msgspec.Struct, frozen=True, gc=False):
    """One trade, or for forex and metals one price."""

    code: str
    seq: int  # grows per instrument; 0 where the vendor gave none
    time_ms: int  # the vendor's time, Unix milliseconds
    price: str  # decimal text, as sent
    volume: str = ""  # "" where the vendor gave none
    turnover: str = ""  # in the instrument's currency; "" where the vendor gave none
    side: Side = Side.NONE


class Level(msgspec.Struct, frozen=True, gc=False):
    """One price of a book and what rests there."""

    price: str
    volume: str  # "" or "0" where the market tells no size


class Sides(msgspec.Struct, frozen=True):
    """Both sides of a book, the best price first; either may be empty."""

    bids: tuple[Level, ...]
    asks: tuple[Level, ...]


class Depth(msgspec.Struct, frozen=True):
    """An order book at one moment, its levels still as they were sent.

    A feed sends far more books than are looked at, so the levels are read when asked for.
    """

    code: str
    seq: int
    time_ms: int
    raw_bids: bytes
    raw_asks: bytes
    unpack: Callable[[bytes, bytes], Sides]

    def sides(self) -> Sides:
        """Decode the levels; ProtocolError where they are not what the vendor documents."""
        return self.unpack(self.raw_bids, self.raw_asks)


class Candle(msgspec.Struct, frozen=True, gc=False):
    """One bar as the vendor gave it."""

    time_s: int  # the bar's beginning, Unix seconds
    open: str
    high: str
    low: str
    close: str
    volume: str = ""
    turnover: str = ""


def number(text: str) -> float:
    """Return the float of decimal text; ValueError unless it is finite."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is not a finite number")
    return value


def decimals(text: str) -> int:
    """Return how many digits stand behind the point: 3 for ``"612.500"``."""
    return len(text.partition(".")[2])
