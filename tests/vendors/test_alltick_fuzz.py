"""Whatever arrives, the codec of AllTick gives a value or an error that is meant for it."""

import contextlib
import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.errors import ProtocolError, VendorError
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Depth, Trade
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

odd_texts = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "nan",
        "inf",
        "1e400",
        "1E-9",
        "1_000",
        " 1 ",
        "0x1f",
        ".",
        "-.0",
        "１２",
        "9" * 40,
        "9" * 5000,
        "200",
        "22998",
        "true",
        "null",
        "1.2.3",
        "\x00",
        "腾讯",
    ]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=20)
    | odd_texts
    | st.sampled_from([200, 401, 22001, 22003, 22005, 22007, 22998, 22999])
)
keys = st.text(max_size=5) | st.sampled_from(
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
    ]
)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=7),
    max_leaves=25,
)


def check_amount(text: str) -> None:
    """What leaves the codec can be calculated with."""
    assert text == "" or (text.isascii() and set(text) <= set("0123456789."))
    assert text == "" or 0.0 <= float(text) < math.inf


def use(value: Any) -> None:
    """Look at everything in a value, as a screen would."""
    if isinstance(value, Trade):
        assert float(value.price) > 0.0
        assert 0 < value.time_ms < 10**14
        assert 0 <= value.seq < 2**63
        check_amount(value.price)
        check_amount(value.volume)
        check_amount(value.turnover)
    elif isinstance(value, Depth):
        assert 0 <= value.time_ms < 10**14
        assert 0 <= value.seq < 2**63
        sides = value.sides()
        for side in (sides.bids, sides.asks):
            assert len(side) <= 10
            for level in side:
                assert float(level.price) > 0.0
                check_amount(level.price)
                check_amount(level.volume)
        bids = [float(level.price) for level in sides.bids]
        asks = [float(level.price) for level in sides.asks]
        assert bids == sorted(bids, reverse=True)
        assert asks == sorted(asks)
    elif isinstance(value, Candle):
        for text in (value.open, value.high, value.low, value.close):
            assert float(text) > 0.0
            check_amount(text)
        check_amount(value.volume)
        check_amount(value.turnover)
    elif isinstance(value, list):
        for item in value:
            use(item)
        if value and isinstance(value[0], Candle):
            times = [candle.time_s for candle in value]
            assert times == sorted(set(times))
    elif isinstance(value, dict):
        use(list(value.values()))


def survives(read: Callable[[], Any]) -> None:
    with contextlib.suppress(ProtocolError, VendorError):
        use(read())


def survives_frame(frame: bytes | str) -> None:
    with contextlib.suppress(ProtocolError):
        use(ALLTICK.decode(frame))


@st.composite
def damaged(draw: st.DrawFn, frames: list[bytes]) -> bytes:
    """Draw a real frame with some bytes changed, taken away or put in, or cut short."""
    frame = bytearray(draw(st.sampled_from(frames)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(frame) - 1)))
        width = draw(st.integers(0, 3))
        frame[at : at + width] = draw(st.binary(max_size=3) | st.sampled_from([b'"', b"-", b"e9"]))
    return bytes(frame[: draw(st.none() | st.integers(0, len(frame)))])


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the path of everything in a document."""
    inside: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [path] * bool(path) + [
        found for key, inner in inside for found in places(inner, (*path, key))
    ]


@st.composite
def altered(draw: st.DrawFn, frames: list[bytes]) -> bytes:
    """Draw a real frame with one or two of its values replaced by something else."""
    document = json.loads(draw(st.sampled_from(frames)))
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(places(document)))
        holder = document
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = draw(documents)
        if not places(document):
            break
    return json.dumps(document).encode("utf-8", "surrogatepass")


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_frames_of_anything(frame: bytes | str) -> None:
    survives_frame(frame)


@given(documents)
def test_frames_of_any_json(document: Any) -> None:
    survives_frame(json.dumps(document))


@given(damaged(PUSHES))
def test_damaged_frames(frame: bytes) -> None:
    survives_frame(frame)


@given(altered(PUSHES))
def test_altered_frames(frame: bytes) -> None:
    survives_frame(frame)
    survives_frame(frame.decode())


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
    survives(lambda: ANSWERS[call][0].parse(status, body))
    survives(lambda: ANSWERS[call][0].parse(200, b'{"ret":200,"success":true,"data":%b}' % body))


@pytest.mark.parametrize("call", list(ANSWERS))
@given(data=st.data())
def test_damaged_and_altered_answers(call: str, data: st.DataObject) -> None:
    query, body = ANSWERS[call]
    bad = data.draw(damaged([body]) | altered([body]))
    survives(lambda: query.parse(200, bad))


@given(st.integers(0, 999), st.binary(max_size=100) | altered(PUSHES))
def test_handshakes_refused_with_anything(status: int, body: bytes) -> None:
    assert isinstance(ALLTICK.refused_handshake(status, body), VendorError)


@pytest.mark.parametrize("call", list(ANSWERS))
@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"data":' * 100_000, b'{"ret":200,"data":"\xff"}']
)
def test_answers_that_are_too_deep_or_no_text(call: str, body: bytes) -> None:
    with pytest.raises(ProtocolError):
        ANSWERS[call][0].parse(200, body)
