"""Whatever arrives, the codec of AllTick gives a value or an error that is meant for it."""

import json
from typing import Any

import pytest
from damage import altered, damaged, documents_of, fault
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.errors import ProtocolError, VendorError
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Trade
from alltick_desk.vendors.alltick import ALLTICK, Exchange
from alltick_desk.vendors.base import Query

PUSHES = [
    (
        b'{"cmd_id":22998,"data":{"code":"1288.HK","seq":"1605509068000001","tick_time":"1605509068",'
        b'"price":"651.12","volume":"300","turnover":"12345.6","trade_direction":1}}'
    ),
    (
        b'{"cmd_id":22999,"data":{"code":"1288.HK","seq":1605509068000001,"tick_time":1605509068000,'
        b'"bids":[{"price":"9.12","volume":"9.12"}],"asks":[{"price":"9.13","volume":"147.12"}]}}'
    ),
    b'{"ret":200,"msg":"ok","cmd_id":22005,"seq_id":123,"trace":"x","data":{}}',
    b'{"ret":606,"msg":"too many requests","cmd_id":22005,"seq_id":124,"trace":"x","data":{}}',
]
BARS = (
    b'[{"timestamp":"1677829200","open_price":"136.421","close_price":"136.412",'
    b'"high_price":"136.422","low_price":"136.407","volume":"0","turnover":"0"}]'
)
ANSWERS: dict[str, tuple[Query[Any], bytes]] = {
    "kline": (
        ALLTICK.candles("857.HK", Interval.M1, 5),
        b'{"ret":200,"msg":"ok","trace":"t","data":{"kline_list":' + BARS + b"}}",
    ),
    "batch-kline": (
        ALLTICK.latest_candles([("857.HK", Interval.M1)], 2),
        b'{"ret":200,"data":{"kline_list":[{"code":"857.HK","kline_type":1,"kline_data":'
        + BARS
        + b"}]}}",
    ),
    "trade-tick": (
        ALLTICK.latest_trades(["857.HK"]),
        (
            b'{"ret":200,"data":{"tick_list":[{"code":"857.HK","seq":"30841439","tick_time":'
            b'"1677831545217","price":"136.302","volume":"0","turnover":"0","trade_direction":0}]}}'
        ),
    ),
    "depth-tick": (
        ALLTICK.latest_depth(["857.HK"]),
        (
            b'{"ret":200,"data":{"tick_list":[{"code":"857.HK","seq":"1","tick_time":"1677831545217",'
            b'"bids":[{"price":"9.12","volume":"9.12"}],"asks":[]}]}}'
        ),
    ),
    "static_info": (
        ALLTICK.static_info(["857.HK"]),
        (
            b'{"ret":200,"data":{"static_info_list":[{"symbol":"857.HK","lot_size":"2000",'
            b'"eps":"-0.1"}]}}'
        ),
    ),
    "suspension": (
        ALLTICK.suspensions(Exchange.SSE),
        (
            b'{"success":true,"totalCount":9,"totalPages":3,"currentPage":1,"data":[{"symbol":"600000",'
            b'"publishDate":"2026-07-01","haltDate":null}]}'
        ),
    ),
}

documents = documents_of(
    [
        "cmd_id",
        "seq_id",
        "ret",
        "data",
        "code",
        "seq",
        "tick_time",
        "price",
        "volume",
        "turnover",
        "trade_direction",
        "bids",
        "asks",
        "tick_list",
        "kline_list",
        "kline_data",
        "kline_type",
        "timestamp",
        "open_price",
        "symbol",
        "success",
        "totalPages",
        "static_info_list",
    ],
    [200, 401, 22001, 22003, 22005, 22007, 22998, 22999],
)


def frame_fault(frame: bytes | str) -> Exception | None:
    return fault(lambda: ALLTICK.decode(frame), meant=(ProtocolError,))


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_frames_of_anything(frame: bytes | str) -> None:
    assert frame_fault(frame) is None


@given(documents)
def test_frames_of_any_json(document: Any) -> None:
    assert frame_fault(json.dumps(document)) is None


@given(damaged(PUSHES))
def test_damaged_frames(frame: bytes) -> None:
    assert frame_fault(frame) is None


@given(altered(PUSHES, documents))
def test_altered_frames(frame: bytes) -> None:
    assert frame_fault(frame) is None
    assert frame_fault(frame.decode()) is None


@given(st.decimals(min_value="0.00000001", max_value="1e12", places=8), st.booleans())
def test_the_digits_of_any_price_stay(price: Any, bare: bool) -> None:
    text = format(price, "f")
    literal = text if bare else f'"{text}"'
    frame = PUSHES[0].replace(b'"651.12"', literal.encode())
    trade = ALLTICK.decode(frame)
    assert isinstance(trade, Trade)
    assert trade.price == text


@pytest.mark.parametrize("call", list(ANSWERS))
def test_the_real_answers_are_read(call: str) -> None:
    query, body = ANSWERS[call]
    assert query.call == call
    assert query.parse(200, body)


@pytest.mark.parametrize("call", list(ANSWERS))
@given(
    status=st.sampled_from([200, 200, 401, 429, 500]) | st.integers(0, 999),
    body=st.binary(max_size=200) | documents.map(lambda value: json.dumps(value).encode()),
)
def test_answers_of_anything(call: str, status: int, body: bytes) -> None:
    assert fault(lambda: ANSWERS[call][0].parse(status, body)) is None
    assert (
        fault(lambda: ANSWERS[call][0].parse(200, b'{"ret":200,"success":true,"data":%b}' % body))
        is None
    )


@pytest.mark.parametrize("call", list(ANSWERS))
@given(data=st.data())
def test_damaged_and_altered_answers(call: str, data: st.DataObject) -> None:
    query, body = ANSWERS[call]
    bad = data.draw(damaged([body]) | altered([body], documents))
    assert fault(lambda: query.parse(200, bad)) is None


@given(st.integers(0, 999), st.binary(max_size=100) | altered(PUSHES, documents))
def test_handshakes_refused_with_anything(status: int, body: bytes) -> None:
    assert isinstance(ALLTICK.refused_handshake(status, body), VendorError)


@pytest.mark.parametrize("call", list(ANSWERS))
@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"data":' * 100_000, b'{"ret":200,"data":"\xff"}']
)
def test_answers_that_are_too_deep_or_no_text(call: str, body: bytes) -> None:
    with pytest.raises(ProtocolError):
        ANSWERS[call][0].parse(200, body)
