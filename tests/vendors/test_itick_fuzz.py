"""Whatever arrives, the codec of iTick gives a value or an error that is meant for it."""

import json
import math
from typing import Any

import pytest
from damage import altered, damaged, documents_of, fault
from hypothesis import example, given
from hypothesis import strategies as st
from itick_samples import (
    ANSWERS,
    BAR,
    ITICK,
    KLINE_NEWER,
    PUSHES,
    QUOTE_NEWER,
    TICK,
    TOKEN,
    bare,
    decoder,
    ok,
)

from alltick_desk.errors import ProtocolError, VendorError
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import LiveCandle, Quote, Trade
from alltick_desk.vendors.base import Query, Refused
from alltick_desk.vendors.itick.symbols import CLUSTERS

FRAMES = [frame.encode() for frame in (*PUSHES, *ANSWERS)]
CALLS: dict[str, tuple[Query[Any], bytes]] = {
    "kline": (ITICK.candles("700.HK", Interval.M15, 5), ok([BAR | {"t": 1731689100}])),
    "klines": (ITICK.latest_candles([("700.HK", Interval.M1)], 2), ok({"700": [BAR]})),
    "tick": (ITICK.latest_trades(["700.HK"]), ok({"s": "700", "ld": 1.5, "t": 1731689407000})),
    "quotes": (
        ITICK.newest(["700.HK", "9.HK"]),
        ok({"700.HK": {"ld": 1.5, "t": 1731689407000, "ch": -1}}),
    ),
    "depths": (
        ITICK.latest_depth(["BTCUSDT", "ETHUSDT"]),
        ok({"BTC_USDT": {"a": [{"p": 1.5, "v": 2}], "b": []}}),
    ),
    "info": (ITICK.static_info(["700.HK"]), ok({"ne": "Tencent", "l": 100})),
    "list": (ITICK.directory("stock/HK"), ok([{"c": "700", "n": "Tencent", "e": "HKEX"}])),
    "holidays": (
        ITICK.trading_days("HK"),
        ok([{"c": "HK", "d": ["2026-01-01"], "t": "09:30-12:00", "v": "New Year"}]),
    ),
}

documents = documents_of(
    [
        *("code", "msg", "resAc", "data", "params", "s", "r", "type", "t", "ld", "o", "h", "l"),
        *("c", "v", "tu", "ts", "ch", "chp", "a", "b", "k", "p", "po", "n", "d", "region", "700"),
    ],
    [0, 1, 3, 200, 401, 900, 1731689400, 1731689400000],
)


def frame_fault(frame: bytes | str, cluster: str = "stock") -> Exception | None:
    return fault(lambda: decoder(cluster)(frame), meant=(ProtocolError,))


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_frames_of_anything(frame: bytes | str) -> None:
    assert frame_fault(frame) is None


@given(documents)
def test_frames_of_any_json(document: Any) -> None:
    assert frame_fault(json.dumps(document)) is None


@given(damaged(FRAMES), st.sampled_from(CLUSTERS))
def test_damaged_frames(frame: bytes, cluster: str) -> None:
    assert frame_fault(frame, cluster) is None


@given(altered(FRAMES, documents), st.sampled_from(CLUSTERS))
def test_altered_frames(frame: bytes, cluster: str) -> None:
    assert frame_fault(frame, cluster) is None
    assert frame_fault(frame.decode(), cluster) is None


@given(altered(FRAMES, documents), damaged(FRAMES))
def test_no_frame_tells_the_token(changed: bytes, broken: bytes) -> None:
    for frame in (changed, broken):
        if f'"s": "{TOKEN}' in frame.decode("utf-8", "replace"):
            continue  # a symbol of its own
        try:
            event = decoder()(frame)
        except ProtocolError as error:
            told = repr(error)
        else:
            told = repr(event) + (str(event.error) if isinstance(event, Refused) else "")
        assert TOKEN not in told


@given(st.decimals(min_value="0.00000001", max_value="9999999", places=8), st.booleans())
def test_the_digits_of_any_price_stay(price: Any, bare_number: bool) -> None:
    text = format(price, "f")
    literal = text if bare_number else f'"{text}"'
    trade = decoder()(bare(TICK, "ld", literal))
    quote = decoder()(bare(QUOTE_NEWER, "h", literal))
    live = decoder()(bare(KLINE_NEWER, "l", literal))
    assert isinstance(trade, Trade)
    assert isinstance(quote, Quote)
    assert isinstance(live, LiveCandle)
    assert trade.price == quote.high == live.candle.low == text


@given(st.floats(min_value=1e-9, max_value=1e15))
@example(10000000000000.969)  # fifteen digits of it are shorter, and another number
def test_a_float_as_any_serializer_writes_it_keeps_its_value_and_no_more_digits(
    price: float,
) -> None:
    trade = decoder()(bare(TICK, "ld", repr(price)))
    assert isinstance(trade, Trade)
    # Noise may go: the sixteenth digit and beyond, where it stands behind zeros or nines.
    assert math.isclose(float(trade.price), price, rel_tol=1e-15)
    assert "e" not in trade.price


@pytest.mark.parametrize("call", list(CALLS))
def test_the_real_answers_are_read(call: str) -> None:
    query, body = CALLS[call]
    assert query.call == call
    assert query.parse(200, body)


@pytest.mark.parametrize("call", list(CALLS))
@given(
    status=st.sampled_from([200, 200, 401, 429, 500]) | st.integers(0, 999),
    body=st.binary(max_size=200) | documents.map(lambda value: json.dumps(value).encode()),
)
def test_answers_of_anything(call: str, status: int, body: bytes) -> None:
    assert fault(lambda: CALLS[call][0].parse(status, body)) is None
    assert fault(lambda: CALLS[call][0].parse(200, b'{"code":0,"data":%b}' % body)) is None


@pytest.mark.parametrize("call", list(CALLS))
@given(data=st.data())
def test_damaged_and_altered_answers(call: str, data: st.DataObject) -> None:
    query, body = CALLS[call]
    bad = data.draw(damaged([body]) | altered([body], documents))
    assert fault(lambda: query.parse(200, bad)) is None


@given(st.integers(0, 999), st.binary(max_size=100) | altered(FRAMES, documents))
def test_handshakes_refused_with_anything(status: int, body: bytes) -> None:
    assert isinstance(ITICK.refused_handshake(status, body), VendorError)


@pytest.mark.parametrize("call", list(CALLS))
@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"data":' * 100_000, b'{"code":0,"data":"\xff"}']
)
def test_answers_that_are_too_deep_or_no_text(call: str, body: bytes) -> None:
    with pytest.raises(ProtocolError):
        CALLS[call][0].parse(200, body)
