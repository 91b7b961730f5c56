"""AllTick over HTTP: the calls for prices and candles, and how their answers are read.

A GET carries one JSON document in the parameter ``query``, batch-kline carries it as its body:
``{"trace", "data"}``. The answer is ``{"ret", "msg", "trace", "data"}``. The HTTP status does not
always agree with ``ret``, so the status counts only where the body names no ``ret``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec

from alltick_desk.errors import ProtocolError
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Depth, Trade
from alltick_desk.vendors import values
from alltick_desk.vendors.alltick import wire
from alltick_desk.vendors.alltick.families import HTTP_PATHS, OTHER, STOCK, family_of, one_family
from alltick_desk.vendors.alltick.refusals import OK, refusal, refusal_by_status
from alltick_desk.vendors.alltick.ticks import read_depth, read_trade
from alltick_desk.vendors.base import HttpRequest, Query
from alltick_desk.vendors.pieces import in_order, read_bar

T = TypeVar("T")
S = TypeVar("S")

MOST_CANDLES = 500  # of one kline call; more is answered 603 by the error table
MOST_LATEST = 2  # of one set in batch-kline

_KLINE_TYPES: Mapping[Interval, int] = {
    Interval.M1: 1,
    Interval.M5: 2,
    Interval.M15: 3,
    Interval.M30: 4,
    Interval.H1: 5,
    Interval.H2: 6,
    Interval.H4: 7,
    Interval.D1: 8,
    Interval.W1: 9,
    Interval.MO1: 10,
}
_INTERVALS: Mapping[int | None, Interval] = {
    number: interval for interval, number in _KLINE_TYPES.items()
}
_JSON: Mapping[str, str] = {"Content-Type": "application/json"}


def request(base: str, token: str, query: Query[T], trace: str) -> HttpRequest:
    """Return the request for ``query``; ``trace`` is a new unique text of at most 64 characters.

    The token stands in the URL, since a header is not read.
    """
    if len(trace) > 64:
        raise ValueError("a trace has at most 64 characters")
    params = {"token": token, **query.params}
    body = None
    headers: Mapping[str, str] = {}
    if query.document is not None:
        document = msgspec.json.encode({"trace": trace, "data": query.document})
        if query.method == "POST":
            body, headers = document, _JSON
        else:
            params["query"] = document.decode()
    arguments = urlencode(params, quote_via=quote, safe="")
    return HttpRequest(query.method, f"{base.rstrip('/')}{query.path}?{arguments}", headers, body)


def candles(
    code: str, interval: Interval, count: int, *, end_s: int | None = None
) -> Query[list[Candle]]:
    """Ask for the newest ``count`` bars, at most 500, or those up to ``end_s``; oldest first.

    Raises ValueError for an end with a stock, whose history cannot be paged.
    """
    if end_s is not None and family_of(code) == STOCK:
        raise ValueError(f"the history of {code} cannot be asked for by its end")
    return Query(
        call="kline",
        subject=f"{code} {interval.value} {count} {end_s or 0}",
        method="GET",
        path=f"{HTTP_PATHS[family_of(code)]}/kline",
        params={},
        document=_candle_set(code, interval, min(count, MOST_CANDLES), end_s or 0),
        parse=_parser("kline", wire.Klines, _read_klines),
    )


def latest_candles(
    sets: Sequence[tuple[str, Interval]], count: int
) -> Query[dict[tuple[str, Interval], list[Candle]]]:
    """Ask for the newest bars, at most 2, of many sets of one family at once.

    A set that the vendor left out is missing in the answer.
    """
    family = one_family(code for code, _ in sets)
    wanted = [_candle_set(code, interval, min(count, MOST_LATEST), 0) for code, interval in sets]
    named = ",".join(f"{code} {interval.value}" for code, interval in sets)
    return Query(
        call="batch-kline",
        subject=f"{named} {count}",
        method="POST",
        path=f"{HTTP_PATHS[family]}/batch-kline",
        params={},
        document={"data_list": wanted},
        parse=_parser("batch-kline", wire.KlineBatch, _read_batch),
    )


def latest_trades(codes: Sequence[str]) -> Query[list[Trade]]:
    """Ask for the last trade of each code, all of one family.

    A code that the vendor left out, or that has no price, is missing in the answer.
    """
    return symbols_query("trade-tick", codes, wire.TickList, _read_trades)


def latest_depth(codes: Sequence[str]) -> Query[list[Depth]]:
    """Ask for the order book of each code, all of one family; some may be missing."""
    return symbols_query("depth-tick", codes, wire.BookList, _read_books)


def symbols_query(
    call: str, codes: Sequence[str], shape: type[S], read: Callable[[S], T]
) -> Query[T]:
    """Return a GET that names codes; its data is decoded as ``shape`` and read by ``read``."""
    return Query(
        call=call,
        subject=",".join(codes),
        method="GET",
        path=f"{HTTP_PATHS[one_family(codes)]}/{call}",
        params={},
        document={"symbol_list": [{"code": code} for code in codes]},
        parse=_parser(call, shape, read),
    )


def _candle_set(code: str, interval: Interval, count: int, end_s: int) -> dict[str, object]:
    if family_of(code) != OTHER and interval in (Interval.H2, Interval.H4):
        raise ValueError(f"{code} has no candles of {interval.value}")
    return {
        "code": code,
        "kline_type": _KLINE_TYPES[interval],
        "kline_timestamp_end": end_s,
        "query_kline_num": count,
        "adjust_type": 0,
    }


def _parser(call: str, shape: type[S], read: Callable[[S], T]) -> Callable[[int, bytes], T]:
    decoder = msgspec.json.Decoder(shape)

    def parse(status: int, body: bytes) -> T:
        data = _data_of(call, status, body)
        try:
            found = decoder.decode(b"{}" if data == b"null" else data)
        except values.UNREADABLE:
            raise ProtocolError(f"the data of an answer to {call} have the wrong shape") from None
        return read(found)

    return parse


def _data_of(call: str, status: int, body: bytes) -> bytes:
    """Return the data of an answer, ``null`` where it has none; VendorError where it is a no."""
    try:
        envelope = wire.decode_envelope(body)
        ret = values.whole(envelope.ret, "the ret of an answer", signed=True)
    except (*values.UNREADABLE, ProtocolError):
        ret = None
    if ret is None:
        if 200 <= status < 300:
            raise ProtocolError(f"an answer to {call} is not a JSON object with a ret")
        raise refusal_by_status(status, call)
    if ret != OK:
        raise refusal(ret, call)
    return bytes(envelope.data)


def _read_klines(klines: wire.Klines) -> list[Candle]:
    return in_order(
        read_bar(
            row.timestamp,
            (row.open_price, row.high_price, row.low_price, row.close_price),
            row.volume,
            row.turnover,
        )
        for row in klines.kline_list or klines.kline_data or ()
    )


def _read_batch(batch: wire.KlineBatch) -> dict[tuple[str, Interval], list[Candle]]:
    answer: dict[tuple[str, Interval], list[Candle]] = {}
    for klines in batch.kline_list or ():
        code = values.word(klines.code, "the code of candles")
        interval = _INTERVALS.get(values.whole(klines.kline_type, "the type of candles"))
        if interval is None:
            raise ProtocolError("candles came with a type that is not documented")
        answer[code, interval] = _read_klines(klines)
    return answer


def _read_trades(ticks: wire.TickList) -> list[Trade]:
    trades = (read_trade(tick) for tick in ticks.tick_list or ())
    return [trade for trade in trades if trade is not None]


def _read_books(books: wire.BookList) -> list[Depth]:
    return [read_depth(book) for book in books.tick_list or ()]
