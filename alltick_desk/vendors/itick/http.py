"""iTick over HTTP: the calls for prices and candles, and how their answers are read.

Every call is a GET. The answer is ``{"code", "msg", "data"}``; a code other than 0 is a refusal.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec

from alltick_desk.errors import ProtocolError
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Depth, Quote, Trade
from alltick_desk.vendors import values
from alltick_desk.vendors.base import HttpRequest, Query
from alltick_desk.vendors.itick import rows, wire
from alltick_desk.vendors.itick.clusters import KLINE_TYPES, sign_in
from alltick_desk.vendors.itick.refusals import (
    nameless_refusal,
    read_refusal,
    refusal,
    refusal_by_status,
)
from alltick_desk.vendors.itick.symbols import Spelling, Symbol, read_symbol

T = TypeVar("T")
S = TypeVar("S")
V = TypeVar("V")

MOST_CANDLES = 500  # of one kline call
_OK = frozenset((0, 1))  # 0 by the pages; a socket's answers say 1


def request(base: str, token: str, query: Query[T], trace: str) -> HttpRequest:
    """Return the request for ``query``; the token stands in a header. There is no ``trace``."""
    del trace
    arguments = urlencode(query.params, quote_via=quote, safe=",")
    url = f"{base.rstrip('/')}{query.path}?{arguments}"
    return HttpRequest(query.method, url, sign_in(token))


def candles(
    spelling: Spelling, code: str, interval: Interval, count: int, end_s: int | None
) -> Query[list[Candle]]:
    """Ask for the newest ``count`` bars, at most 500, or those up to ``end_s``; oldest first."""
    params = _candle_params(interval, count)
    if end_s is not None:
        params["et"] = str(end_s * 1000)

    def read(found: list[wire.Row] | None) -> list[Candle]:
        return rows.read_candles(found or (), interval, "kline")

    return get(
        "kline",
        f"{code} {interval.value} {count} {end_s or 0}",
        f"/{spelling.symbol(code).cluster}/kline",
        _one(spelling.symbol(code)) | params,
        parser("kline", list[wire.Row] | None, read),
    )


def latest_candles(
    spelling: Spelling, sets: Sequence[tuple[str, Interval]], count: int
) -> Query[dict[tuple[str, Interval], list[Candle]]]:
    """Ask for the newest bars, at most 500, of many codes of one batch at one interval.

    A code that the vendor left out is missing in the answer.
    """
    codes = [code for code, _ in sets]
    intervals = {interval for _, interval in sets}
    symbols = _one_batch(spelling, codes)
    if len(intervals) != 1:
        raise ValueError("a call takes candles of one interval")
    interval = intervals.pop()

    def read(
        found: Mapping[str, list[wire.Row] | None] | None,
    ) -> dict[tuple[str, Interval], list[Candle]]:
        return {
            (code, interval): rows.read_candles(bars, interval, "klines")
            for code, bars in _matched(symbols, found)
        }

    return get(
        "klines",
        f"{','.join(codes)} {interval.value} {count}",
        f"/{next(iter(symbols)).cluster}/klines",
        _many(symbols) | _candle_params(interval, count),
        parser("klines", dict[str, list[wire.Row] | None] | None, read),
    )


def latest_trades(spelling: Spelling, codes: Sequence[str]) -> Query[list[Trade]]:
    """Ask for the last trade of each code, all of one batch.

    A code that the vendor left out, or that has no price, is missing in the answer.
    """
    return _newest(spelling, codes, "tick", rows.read_trade)


def latest_depth(spelling: Spelling, codes: Sequence[str]) -> Query[list[Depth]]:
    """Ask for the order book of each code, all of one batch; some may be missing."""
    return _newest(spelling, codes, "depth", rows.read_depth)


def quotes(spelling: Spelling, codes: Sequence[str]) -> Query[list[Quote]]:
    """Ask for the day so far of each code, all of one batch; some may be missing."""
    return _newest(spelling, codes, "quote", rows.read_quote)


def get(
    call: str,
    subject: str,
    path: str,
    params: Mapping[str, str],
    parse: Callable[[int, bytes], T],
) -> Query[T]:
    """Return a GET."""
    return Query(call, subject, "GET", path, params, None, parse)


def parser(call: str, shape: object, read: Callable[[S], T]) -> Callable[[int, bytes], T]:
    """Return what reads an answer whose data have ``shape``: it gives them to ``read``."""
    decoder = msgspec.json.Decoder(shape)

    def parse(status: int, body: bytes) -> T:
        data = _data_of(call, status, body)
        try:
            found = decoder.decode(data)
        except values.UNREADABLE:
            raise ProtocolError(f"the data of an answer to {call} have the wrong shape") from None
        return read(found)

    return parse


def one_symbol(spelling: Spelling, code: str) -> tuple[Symbol, dict[str, str]]:
    """Return a code's symbol and the parameters that name it."""
    symbol = spelling.symbol(code)
    return symbol, _one(symbol)


def _newest(
    spelling: Spelling, codes: Sequence[str], call: str, read: Callable[[str, wire.Row], V | None]
) -> Query[list[V]]:
    """Return the singular call for one code, and the plural one for more."""
    symbols = _one_batch(spelling, codes)
    cluster = next(iter(symbols)).cluster
    subject = ",".join(codes)
    if len(symbols) == 1:
        ((symbol, code),) = symbols.items()

        def read_one(found: wire.Row | None) -> list[V]:
            item = None if found is None else read(code, found)
            return [] if item is None else [item]

        return get(
            call,
            subject,
            f"/{cluster}/{call}",
            _one(symbol),
            parser(call, wire.Row | None, read_one),
        )

    def read_many(found: Mapping[str, wire.Row | None] | None) -> list[V]:
        items = [read(code, row) for code, row in _matched(symbols, found)]
        return [item for item in items if item is not None]

    plural = f"{call}s"
    return get(
        plural,
        subject,
        f"/{cluster}/{plural}",
        _many(symbols),
        parser(plural, dict[str, wire.Row | None] | None, read_many),
    )


def _matched(
    symbols: Mapping[Symbol, str], found: Mapping[str, V | None] | None
) -> list[tuple[str, V]]:
    """Return what came for the codes that were asked for, however the answer spells them."""
    first = next(iter(symbols))
    matched = []
    for spelled, item in (found or {}).items():
        code = symbols.get(_keyed(first, spelled))
        if code is not None and item is not None:
            matched.append((code, item))
    return matched


def _keyed(first: Symbol, spelled: str) -> Symbol:
    """Return the symbol of an answer's key, by the cluster and the region that were asked for."""
    return read_symbol(first.cluster, spelled, first.region)


def _one_batch(spelling: Spelling, codes: Sequence[str]) -> dict[Symbol, str]:
    symbols = {spelling.symbol(code): code for code in codes}
    if len({symbol.batch for symbol in symbols}) != 1:
        raise ValueError("a call takes codes of one cluster and region, and at least one")
    return symbols


def _one(symbol: Symbol) -> dict[str, str]:
    return {"region": symbol.region, "code": symbol.code}


def _many(symbols: Mapping[Symbol, str]) -> dict[str, str]:
    region = next(iter(symbols)).region
    return {"region": region, "codes": ",".join(symbol.code for symbol in symbols)}


def _candle_params(interval: Interval, count: int) -> dict[str, str]:
    return {"kType": str(KLINE_TYPES[interval]), "limit": str(min(count, MOST_CANDLES))}


def _data_of(call: str, status: int, body: bytes) -> bytes:
    """Return the data of an answer, ``null`` where it has none; VendorError where it is a no."""
    code, name = read_refusal(body)
    if name:
        raise refusal(name, call)
    if not 200 <= status < 300:
        raise refusal_by_status(status, call)
    if code is None:
        raise ProtocolError(f"an answer to {call} is not a JSON object with a code")
    data = bytes(wire.decode_envelope(body).data)
    if code not in _OK or (code and data == b"null"):
        raise nameless_refusal(code, call)
    return data
