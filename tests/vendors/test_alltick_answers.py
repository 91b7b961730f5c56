"""AllTick over HTTP: candles, trades and books, as documented and in every variant."""

import json
from typing import Any

import pytest

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Side, Trade
from alltick_desk.vendors.alltick import ALLTICK

TRADES_SAMPLE = (
    b'{"ret":200,"msg":"ok","trace":"edd5df80","data":{"tick_list":[{"code":"857.HK",'
    b'"seq":"30841439","tick_time":"1677831545217","price":"136.302","volume":"0",'
    b'"turnover":"0","trade_direction":0}]}}'
)
CANDLES_SAMPLE = (
    b'{"ret":200,"msg":"ok","trace":"3baaa938","data":{"code":"857.HK","kline_type":1,'
    b'"kline_list":[{"timestamp":"1677829200","open_price":"136.421","close_price":"136.412",'
    b'"high_price":"136.422","low_price":"136.407","volume":"0","turnover":"0"}]}}'
)
CANDLE = Candle(1677829200, "136.421", "136.422", "136.407", "136.412", "0", "0")


def ok(data: Any, **more: Any) -> bytes:
    return json.dumps({"ret": 200, "msg": "ok", "trace": "t", "data": data} | more).encode()


def row(time: Any = "1677829200", **changes: Any) -> dict[str, Any]:
    """Return a row of candles; ``...`` takes a field away."""
    fields: dict[str, Any] = {
        "timestamp": time,
        "open_price": "136.421",
        "close_price": "136.412",
        "high_price": "136.422",
        "low_price": "136.407",
        "volume": "0",
        "turnover": "0",
    }
    return {key: value for key, value in (fields | changes).items() if value is not ...}


# Candles


def candles_of(body: bytes, status: int = 200) -> list[Candle]:
    return ALLTICK.candles("857.HK", Interval.M1, 500).parse(status, body)


def test_the_sample_candles() -> None:
    assert candles_of(CANDLES_SAMPLE) == [CANDLE]


@pytest.mark.parametrize("time", ["1677829200", 1677829200, "1677829200000", 1677829200000])
@pytest.mark.parametrize("rows", ["kline_list", "kline_data"])
def test_times_in_either_unit_and_rows_by_either_name(time: Any, rows: str) -> None:
    assert candles_of(ok({"code": "857.HK", rows: [row(time)]})) == [CANDLE]


def test_candles_are_oldest_first_and_each_time_once() -> None:
    rows = [row(180), row(60), row("120000000000"), row(60, close_price="136.420"), row(120)]
    found = candles_of(ok({"kline_list": rows}))
    assert [candle.time_s for candle in found] == [60, 120, 180, 120_000_000]
    assert found[0].close == "136.420"


@pytest.mark.parametrize("absent", [..., None, ""])
def test_volume_and_turnover_of_a_candle_may_be_missing(absent: Any) -> None:
    (candle,) = candles_of(ok({"kline_list": [row(volume=absent, turnover=absent)]}))
    assert (candle.volume, candle.turnover) == ("", "")


def test_candles_with_bare_numbers_keep_their_digits() -> None:
    body = CANDLES_SAMPLE.replace(b'"136.421"', b"136.4210").replace(b'"1677829200"', b"1677829200")
    assert candles_of(body)[0].open == "136.4210"


@pytest.mark.parametrize("price", ["open_price", "high_price", "low_price", "close_price"])
@pytest.mark.parametrize("none", ["0", "", None, ..., 0])
def test_a_bar_without_a_price_is_left_out(price: str, none: Any) -> None:
    assert candles_of(ok({"kline_list": [row(60, **{price: none}), row()]})) == [CANDLE]


@pytest.mark.parametrize(
    "changes",
    [
        {"open_price": "-1"},
        {"close_price": "nan"},
        {"high_price": "1_0"},
        {"low_price": []},
        {"volume": "-2"},
        {"turnover": "many"},
        {"timestamp": "x"},
        {"timestamp": 0},
        {"timestamp": ...},
        {"timestamp": "9" * 30},
    ],
)
def test_a_bad_bar_spoils_the_answer(changes: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        candles_of(ok({"kline_list": [row(), row(**{"timestamp": 60, **changes})]}))


@pytest.mark.parametrize("data", [None, ..., {}, {"kline_list": None}, {"kline_list": []}])
def test_no_candles(data: Any) -> None:
    body = b'{"ret":200}' if data is ... else ok(data)
    assert candles_of(body) == []


def test_batches_are_keyed_by_code_and_interval() -> None:
    query = ALLTICK.latest_candles([("700.HK", Interval.D1), ("9.HK", Interval.M1)], 2)
    sets = [
        {"code": "700.HK", "kline_type": 8, "kline_data": [row(120), row(60)]},
        {"code": "700.HK", "kline_type": "1", "kline_list": [row()]},
        {"code": "5.HK", "kline_type": 1, "kline_data": None},
    ]
    found = query.parse(200, ok({"kline_list": sets}))
    assert list(found) == [
        ("700.HK", Interval.D1),
        ("700.HK", Interval.M1),
        ("5.HK", Interval.M1),
    ]
    assert [candle.time_s for candle in found["700.HK", Interval.D1]] == [60, 120]
    assert found["700.HK", Interval.M1] == [CANDLE]
    assert found["5.HK", Interval.M1] == []
    assert query.parse(200, ok({"kline_list": []})) == {}


@pytest.mark.parametrize(
    "entry",
    [
        {"code": "", "kline_type": 1},
        {"kline_type": 1},
        {"code": "9.HK"},
        {"code": "9.HK", "kline_type": 11},
        {"code": "9.HK", "kline_type": 1, "kline_data": {}},
    ],
)
def test_a_batch_that_is_not_documented(entry: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        ALLTICK.latest_candles([("9.HK", Interval.M1)], 2).parse(200, ok({"kline_list": [entry]}))


# Trades and books


def test_the_sample_trades() -> None:
    assert ALLTICK.latest_trades(["857.HK"]).parse(200, TRADES_SAMPLE) == [
        Trade("857.HK", 30841439, 1677831545217, "136.302", "0", "0", Side.NONE)
    ]


def test_a_short_answer_is_a_shorter_list() -> None:
    ticks = [
        {"code": "GOLD", "seq": 1, "tick_time": 1677831545, "price": "1800.10"},
        {"code": "USOIL", "seq": 2, "tick_time": 1677831545, "price": "0"},
    ]
    found = ALLTICK.latest_trades(["GOLD", "USOIL", "NONE"]).parse(200, ok({"tick_list": ticks}))
    assert [trade.code for trade in found] == ["GOLD"]
    assert ALLTICK.latest_trades(["GOLD"]).parse(200, ok({})) == []


def test_books_over_http() -> None:
    tick = {
        "code": "700.HK",
        "seq": "5",
        "tick_time": "1677831545217",
        "bids": [{"price": "612.400", "volume": "300"}],
        "asks": [{"price": "0", "volume": "0"}],
    }
    (book,) = ALLTICK.latest_depth(["700.HK"]).parse(200, ok({"tick_list": [tick]}))
    assert (book.code, book.seq, book.time_ms) == ("700.HK", 5, 1677831545217)
    assert book.sides() == Sides((Level("612.400", "300"),), ())


@pytest.mark.parametrize("ticks", [{}, "x", 5, [1], [{"code": "GOLD"}], [{"price": "1"}], [None]])
def test_bad_lists_of_trades(ticks: Any) -> None:
    with pytest.raises(ProtocolError):
        ALLTICK.latest_trades(["GOLD"]).parse(200, ok({"tick_list": ticks}))
