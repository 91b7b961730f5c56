"""How AllTick writes ticks, books, candles and answers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from alltick_desk.model.instrument import Market
from alltick_desk.sim.book import Book, Rest
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.prices import Bar, Tick
from alltick_desk.sim.script import Fault, Script

OK: Final = 200
DATA_INVALID: Final = 400  # also 201 and 202 in examples
TOKEN_INVALID: Final = 401
QUERY_INVALID: Final = 402
RATE_LIMIT: Final = 429
CODE_INVALID: Final = 600
BODY_EMPTY: Final = 601
LEVEL_NOT_ENOUGH: Final = 603
CODE_UNAUTHORIZED: Final = 604
TOO_MANY_REQUESTS: Final = 605
TOO_MANY_CLOSING: Final = 606

MESSAGES: Mapping[int, str] = MappingProxyType(
    {
        OK: "ok",
        201: "request header param invalid",
        202: "request data param invalid",
        DATA_INVALID: "request data param invalid",
        TOKEN_INVALID: "token invalid",
        QUERY_INVALID: "query invalid",
        RATE_LIMIT: "rate limit",
        CODE_INVALID: "code invalid",
        BODY_EMPTY: "body empty",
        LEVEL_NOT_ENOUGH: "token level not enough",
        CODE_UNAUTHORIZED: "code unauthorized",
        TOO_MANY_REQUESTS: "too many requests",
        TOO_MANY_CLOSING: "too many requests and connection will be closed",
    }
)

TRADE_PUSH: Final = 22998
DEPTH_PUSH: Final = 22999
_SIDELESS: Final = frozenset({Market.FOREX, Market.COMMODITY})
_ZERO: Final = Rest("0", "0")


class Refusal(Exception):  # noqa: N818 - no error of ours
    """A request is answered with this ``ret`` and no data."""

    def __init__(self, ret: int) -> None:
        super().__init__(message(ret))
        self.ret = ret


def message(ret: int) -> str:
    """Return the ``msg`` that goes with a ``ret``."""
    return MESSAGES.get(ret, "error")


def envelope(ret: int, trace: str, data: object, msg: str | None = None) -> dict[str, Any]:
    """Return an HTTP answer's document."""
    return {
        "ret": ret,
        "msg": message(ret) if msg is None else msg,
        "trace": trace,
        "data": data,
    }


class Wire:
    """Writes what the market did, in the variant that the rules ask for."""

    def __init__(self, script: Script) -> None:
        self._script = script

    def trade(self, listing: Listing, tick: Tick) -> dict[str, Any]:
        """Return the trade as a push and ``/trade-tick`` carry it."""
        row: dict[str, Any] = {"code": listing.code, **self._stamp(tick.seq, tick.time_ms)}
        row["price"] = listing.text(tick.price)
        row["volume"] = listing.size(tick.units)
        if listing.sized:
            row["turnover"] = listing.money(tick.units * listing.unit * tick.price)
        elif self._script.rules.forex_turnover:
            row["turnover"] = "0"
        side = self._script.rules.forex_side if listing.market in _SIDELESS else tick.side
        row["trade_direction"] = str(side) if self._variant(tick.seq) == "integers" else side
        return row

    def depth(
        self, listing: Listing, book: Book, levels: int, fault: Fault | None = None
    ) -> dict[str, Any]:
        """Return the book as a push and ``/depth-tick`` carry it; a fault takes a side away."""
        bids, asks = book.bids[:levels], book.asks[:levels]
        match fault.side if fault is not None else None:
            case "none":
                bids = asks = ()
            case "bids":
                asks = ()
            case "asks":
                bids = ()
            case "zero":
                asks = (_ZERO,)
        return {
            "code": listing.code,
            **self._stamp(book.seq, book.time_ms),
            "bids": [_level(listing, rest) for rest in bids],
            "asks": [_level(listing, rest) for rest in asks],
        }

    def trade_push(self, listing: Listing, tick: Tick) -> bytes:
        """Return a 22998 message."""
        return msgspec.json.encode({"cmd_id": TRADE_PUSH, "data": self.trade(listing, tick)})

    def depth_push(
        self, listing: Listing, book: Book, levels: int, fault: Fault | None = None
    ) -> bytes:
        """Return a 22999 message."""
        row = self.depth(listing, book, levels, fault)
        return msgspec.json.encode({"cmd_id": DEPTH_PUSH, "data": row})

    def _stamp(self, seq: int, time_ms: int) -> dict[str, Any]:
        match self._variant(seq):
            case "integers":
                return {"seq": seq, "tick_time": time_ms}
            case "seconds":
                return {"seq": str(seq), "tick_time": str(time_ms // 1000)}
            case _:
                return {"seq": str(seq), "tick_time": str(time_ms)}

    def _variant(self, seq: int) -> str:
        if self._script.rules.numbers == "mixed":
            return ("strings", "integers", "seconds")[seq // 1000 % 3]
        return self._script.rules.numbers


def candle(listing: Listing, bar: Bar) -> dict[str, str]:
    """Return a row of ``/kline``."""
    return {
        "timestamp": str(bar.start),
        "open_price": listing.text(bar.open),
        "close_price": listing.text(bar.close),
        "high_price": listing.text(bar.high),
        "low_price": listing.text(bar.low),
        "volume": listing.size(bar.units),
        "turnover": listing.money(bar.turnover),
    }


def _level(listing: Listing, rest: Rest) -> dict[str, str]:
    if listing.market is Market.CFD_INDEX:
        return {"price": rest.price}  # these carry no volume at all, forex and metals a "0"
    return {"price": rest.price, "volume": rest.volume}
