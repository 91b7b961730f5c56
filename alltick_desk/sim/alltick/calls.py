"""AllTick's HTTP calls, from the arrived document to the answered data."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.sim.alltick import wire
from alltick_desk.sim.alltick.documents import Reader
from alltick_desk.sim.alltick.facts import static_info
from alltick_desk.sim.alltick.plans import BARS, BATCH_BARS
from alltick_desk.sim.alltick.wire import Refusal, Wire, candle
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.listing import STOCK, Listing

# By the vendor's kline_type.
INTERVALS: Mapping[int, Interval] = MappingProxyType(
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
_NOT_FOR_STOCKS: Final = (6, 7)


class Calls:
    """Answers the data of each call; raises Refusal."""

    def __init__(self, exchange: Exchange, wire_: Wire, reader: Reader) -> None:
        self._exchange = exchange
        self._wire = wire_
        self._reader = reader
        self._handlers: dict[str, Callable[[dict[str, Any], str], dict[str, Any]]] = {
            "kline": self._kline,
            "batch-kline": self._batch_kline,
            "trade-tick": self._trade_tick,
            "depth-tick": self._depth_tick,
            "static_info": self._static_info,
        }

    def data(self, call: str, document: object, family: str) -> dict[str, Any]:
        """Return what a call's document is answered with."""
        return self._handlers[call](self._reader.data(document), family)

    def _kline(self, data: dict[str, Any], family: str) -> dict[str, Any]:
        listing, kind, rows = self._candles(data, family, BARS, "kline")
        return {"code": listing.code, "kline_type": kind, "kline_list": rows}

    def _batch_kline(self, data: dict[str, Any], family: str) -> dict[str, Any]:
        sets = data.get("data_list")
        if not isinstance(sets, list) or not sets:
            raise self._reader.malformed()
        exchange = self._exchange
        if exchange.judge.excess("sets", "batch-kline", len(sets), exchange.plan.sets):
            raise Refusal(wire.LEVEL_NOT_ENOUGH)
        answered = []
        for each in sets:
            if not isinstance(each, dict):
                raise self._reader.malformed()
            try:
                listing, kind, rows = self._candles(each, family, BATCH_BARS, "batch-kline")
            except Refusal as refusal:
                if self._left_out(refusal):
                    continue
                raise
            answered.append({"code": listing.code, "kline_type": kind, "kline_data": rows})
        return {"kline_list": answered}

    def _candles(
        self, data: dict[str, Any], family: str, most: int, call: str
    ) -> tuple[Listing, int, list[dict[str, str]]]:
        reader, exchange = self._reader, self._exchange
        kind = reader.integer(data, "kline_type")
        count = reader.integer(data, "query_kline_num")
        end_s = reader.integer(data, "kline_timestamp_end", 0)
        reader.integer(data, "adjust_type", 0)
        listing = reader.listing(data.get("code"), family)
        if kind not in INTERVALS or (listing.family == STOCK and kind in _NOT_FOR_STOCKS):
            raise reader.malformed()
        if count < 1 or (end_s and not self._pages(listing)):
            raise reader.malformed()
        if exchange.judge.excess("bars", call, count, most):
            raise Refusal(wire.LEVEL_NOT_ENOUGH)
        years = None if listing.family == STOCK else exchange.plan.years
        bars = exchange.floor.bars(listing.code, INTERVALS[kind], count, end_s=end_s, years=years)
        return listing, kind, [candle(listing, bar) for bar in bars]

    def _pages(self, listing: Listing) -> bool:
        if listing.market in (Market.COMMODITY, Market.CFD_INDEX):
            return listing.pages or self._exchange.script.rules.deep_energy
        return listing.pages

    def _trade_tick(self, data: dict[str, Any], family: str) -> dict[str, Any]:
        floor = self._exchange.floor
        return {
            "tick_list": [
                self._wire.trade(listing, floor.last(listing.code))
                for listing in self._listings(data, family, "trade-tick")
            ]
        }

    def _depth_tick(self, data: dict[str, Any], family: str) -> dict[str, Any]:
        exchange = self._exchange
        rows = []
        for listing in self._listings(data, family, "depth-tick"):
            fault = exchange.book_fault(listing)
            book = exchange.floor.book(listing.code)
            rows.append(self._wire.depth(listing, book, listing.levels, fault))
        return {"tick_list": rows}

    def _static_info(self, data: dict[str, Any], family: str) -> dict[str, Any]:
        listings = self._listings(data, family, "static_info")
        return {"static_info_list": [static_info(listing) for listing in listings]}

    def _listings(self, data: dict[str, Any], family: str, call: str) -> list[Listing]:
        """Return the listings asked for, as many as the plan answers; the rest without a word."""
        exchange = self._exchange
        symbols = self._reader.symbols(data)
        exchange.judge.excess("codes", call, len(symbols), exchange.plan.codes)
        symbols = self._reader.known(symbols[: exchange.plan.codes], family)
        return [exchange.floor.listings[symbol["code"]] for symbol in symbols]

    def _left_out(self, refusal: Refusal) -> bool:
        return self._exchange.script.rules.unknown_codes == "ignore" and refusal.ret in (
            wire.CODE_INVALID,
            wire.CODE_UNAUTHORIZED,
        )
