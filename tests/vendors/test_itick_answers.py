"""What iTick answers over HTTP: candles, trades, books and quotes."""

from typing import Any

import pytest
from itick_samples import BAR, ITICK, ok

from alltick_desk.errors import ProtocolError, VendorError, Verdict
from alltick_desk.model.book import Level
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Quote, Trade

CANDLE = Candle(1731689400, "225.1", "225.3", "225.05", "225.215", "18000", "4053870.5")
STAMP = 1731689407000
TICK = {"s": "700", "ld": 415.2, "v": 1600, "t": STAMP}


def bar(time_s: int, **more: Any) -> dict[str, Any]:
    return BAR | {"t": time_s * 1000} | more


def candles(body: bytes, interval: Interval = Interval.M1) -> list[Candle]:
    return ITICK.candles("700.HK", interval, 5).parse(200, body)


# Candles


def test_candles_as_documented() -> None:
    assert candles(ok([BAR])) == [CANDLE]
    assert candles(ok([])) == []
    assert candles(ok(None)) == []


def test_candles_spelled_otherwise() -> None:
    text = {key: str(value) for key, value in BAR.items()}
    assert candles(ok([text])) == [CANDLE]
    assert candles(ok([text | {"t": 1731689400}])) == [CANDLE]
    assert candles(ok([BAR], code="0", msg="ok")) == [CANDLE]
    assert candles(ok([BAR], code=1)) == [CANDLE]
    assert candles(b'{"code":0,"data":[' + candle_literal("1e-7") + b"]}")[0].close == "0.0000001"


def candle_literal(close: str) -> bytes:
    return f'{{"t":1731689400000,"o":1,"h":1,"l":1,"c":{close}}}'.encode()


def test_candles_come_oldest_first_and_each_once() -> None:
    later, twice = bar(1731689460), bar(1731689400, c=226)
    found = candles(ok([later, BAR, twice]))
    assert [candle.time_s for candle in found] == [1731689400, 1731689460]
    assert found[0].close == "226"


@pytest.mark.parametrize("field", ["o", "h", "l", "c"])
@pytest.mark.parametrize("price", [0, "", None])
def test_a_bar_without_one_of_its_prices_is_left_out(field: str, price: Any) -> None:
    assert candles(ok([bar(1731689460, **{field: price}), BAR])) == [CANDLE]


@pytest.mark.parametrize(
    "data", [5, "x", {}, [5], [None], [bar(0)], [bar(1, c=-1)], [bar(1, v="x")], [{"o": 1}]]
)
def test_candles_that_are_not_documented(data: Any) -> None:
    with pytest.raises(ProtocolError):
        candles(ok(data))


QUARTER = 1731689100  # a quarter of an hour begins


@pytest.mark.parametrize(
    ("times", "fine"),
    [
        ([0, 900, 1800], True),
        ([0, 900, 5400], True),
        ([0], True),
        ([], True),
        ([900, 0], True),
        ([0, 600, 1200], False),
        ([600, 0], False),
        ([0, 5400, 6000], False),
        ([600], False),
    ],
)
def test_bars_of_ten_minutes_are_believed(times: list[int], fine: bool) -> None:
    body = ok([bar(QUARTER + time) for time in times])
    together = ITICK.latest_candles([("700.HK", Interval.M15)], 500)
    if fine:
        assert len(candles(body, Interval.M15)) == len(times)
        return
    assert candles(body, Interval.M5)
    with pytest.raises(VendorError, match="ten minutes") as caught:
        candles(body, Interval.M15)
    assert (caught.value.verdict, caught.value.call) == (Verdict.BUG, "kline")
    with pytest.raises(VendorError, match="ten minutes"):
        together.parse(200, ok({"700": [bar(QUARTER + time) for time in times]}))


@pytest.mark.parametrize("spelled", ["{}", "{}.HK", "{}$HK"])
def test_candles_of_many(spelled: str) -> None:
    sets = [("700.HK", Interval.D1), ("9988.HK", Interval.D1), ("5.HK", Interval.D1)]
    body = ok(
        {
            spelled.format("9988"): [BAR],
            spelled.format("700"): [],
            spelled.format("5"): None,
            spelled.format("941"): [BAR],
        }
    )
    assert ITICK.latest_candles(sets, 2).parse(200, body) == {
        ("9988.HK", Interval.D1): [CANDLE],
        ("700.HK", Interval.D1): [],
    }


@pytest.mark.parametrize("spelled", ["ETHUSDT", "ETH_USDT", "BA_ETH_USDT", "ETHUSDT$BA"])
def test_keys_of_crypto(spelled: str) -> None:
    query = ITICK.latest_trades(["BTCUSDT", "ETHUSDT"])
    found = query.parse(200, ok({spelled: {"ld": 3000.5, "t": STAMP}}))
    assert found == [Trade("ETHUSDT", 0, STAMP, "3000.5")]


def test_many_of_nothing() -> None:
    sets = [("700.HK", Interval.D1)]
    assert ITICK.latest_candles(sets, 2).parse(200, ok(None)) == {}
    assert ITICK.latest_trades(["700.HK", "9.HK"]).parse(200, ok({})) == []
    assert ITICK.latest_trades(["700.HK"]).parse(200, ok(None)) == []


# Trades, quotes, books


def test_the_last_trade_of_one_and_of_many() -> None:
    trade = Trade("700.HK", 0, STAMP, "415.2")
    assert ITICK.latest_trades(["700.HK"]).parse(200, ok(TICK)) == [trade]
    other = TICK | {"s": "9.HK", "ld": "5.10"}
    untraded = TICK | {"ld": 0}
    many = ITICK.latest_trades(["700.HK", "9.HK", "5.HK"])
    body = ok({"700": TICK, "9.HK": other, "5": untraded})
    assert many.parse(200, body) == [trade, Trade("9.HK", 0, STAMP, "5.10")]


def test_the_day_so_far_of_one_and_of_many() -> None:
    row = {"s": "700", "r": "HK", "ld": 415.2, "o": 410, "t": STAMP, "ch": -1.5, "chp": -0.36}
    quote = Quote("700.HK", STAMP, "415.2", "410", change="-1.5", change_percent="-0.36")
    assert ITICK.newest(["700.HK"]).parse(200, ok(row)) == [quote]
    assert ITICK.newest(["700.HK", "9.HK"]).parse(200, ok({"700$HK": row})) == [quote]


def test_the_book_of_one_and_of_many() -> None:
    row = {"s": "700", "a": [{"po": 1, "p": 415.4, "v": 100, "o": 1}], "b": []}
    (depth,) = ITICK.latest_depth(["700.HK"]).parse(200, ok(row))
    assert (depth.code, depth.time_ms) == ("700.HK", 0)
    assert depth.sides().asks == (Level("415.4", "100"),)
    assert depth.sides().bids == ()
    (again,) = ITICK.latest_depth(["700.HK", "9.HK"]).parse(200, ok({"700": row, "9": None}))
    assert again == depth


@pytest.mark.parametrize("data", [5, [], {"ld": 1}, {"ld": {}, "t": STAMP}, {"ld": -1, "t": STAMP}])
def test_a_trade_that_is_not_documented(data: Any) -> None:
    with pytest.raises(ProtocolError):
        ITICK.latest_trades(["700.HK"]).parse(200, ok(data))
    with pytest.raises(ProtocolError):
        ITICK.latest_trades(["700.HK", "9.HK"]).parse(200, ok({"700": data}))
