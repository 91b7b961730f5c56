"""How AllTick writes ticks, books, candles and answers."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import msgspec

from alltick_desk.model.instrument import Market
from alltick_desk.sim.book import Book, Rest, one_sided
from alltick_desk.sim.dialect import Push
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.prices import Bar, Tick
from alltick_desk.sim.script import Fault, Script
from alltick_desk.sim.websocket import Topics

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
        if fault is not None:
            book = one_sided(book, fault.side)
        return {
            "code": listing.code,
            **self._stamp(book.seq, book.time_ms),
            "bids": [_level(listing, rest) for rest in book.bids[:levels]],
            "asks": [_level(listing, rest) for rest in book.asks[:levels]],
        }

    def trade_pushes(self, topics: Topics, listing: Listing, tick: Tick) -> Sequence[Push]:
        """Return a 22998 message."""
        del topics  # there is one kind only
        row = self.trade(listing, tick)
        payload = msgspec.json.encode({"cmd_id": TRADE_PUSH, "data": row})
        return (Push(str(TRADE_PUSH), payload),)

    def load_pushes(
        self, topics: Topics, listing: Listing, ticks: Sequence[Tick], now_ms: int
    ) -> Sequence[Push]:
        """Return the 22998 messages of a load."""
        del now_ms
        return [push for tick in ticks for push in self.trade_pushes(topics, listing, tick)]

    def stop_pushes(self, topics: Topics, listing: Listing, now_ms: int) -> Sequence[Push]:
        """Return nothing: AllTick is silent about a halt."""
        del topics, listing, now_ms
        return ()

    def depth_push(
        self, listing: Listing, book: Book, levels: int, fault: Fault | None = None
    ) -> Push:
        """Return a 22999 message."""
        row = self.depth(listing, book, levels, fault)
        payload = msgspec.json.encode({"cmd_id": DEPTH_PUSH, "data": row})
        return Push(str(DEPTH_PUSH), payload)

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
