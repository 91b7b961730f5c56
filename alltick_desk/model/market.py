"""What happens on a market: trades, depth and candles, as immutable values.

Prices and sizes keep the vendor's own text, since its digits are the price's precision; floats
are made where arithmetic needs them.
"""

from collections.abc import Callable
from enum import IntEnum

import msgspec

from alltick_desk.model.book import Sides
from alltick_desk.model.instrument import Trading
from alltick_desk.model.interval import Interval


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


class Quote(msgspec.Struct, frozen=True, gc=False):
    """The day so far, where a vendor pushes it; "" stands for what it did not tell."""

    code: str
    time_ms: int  # the vendor's time, Unix milliseconds
    last: str
    open: str = ""
    high: str = ""
    low: str = ""
    volume: str = ""  # of the day
    turnover: str = ""  # of the day, in the instrument's currency
    change: str = ""  # last minus the previous day's close; may be below zero
    change_percent: str = ""
    trading: Trading = Trading.NORMAL


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


class LiveCandle(msgspec.Struct, frozen=True, gc=False):
    """A bar in progress as the vendor pushes it; it replaces the one built from trades."""

    code: str
    interval: Interval
    candle: Candle
