"""iTick's pushes: the documented ones, and every variant that is known."""

import json
from typing import Any

import pytest
from itick_samples import (
    DEPTH,
    KLINE,
    KLINE_NEWER,
    QUOTE,
    QUOTE_NEWER,
    TICK,
    TICK_NEWER,
    bare,
    changed,
    decoder,
)

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import Trading, market_by_suffix
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Depth, LiveCandle, Quote, Trade
from alltick_desk.vendors.base import Unknown
from alltick_desk.vendors.itick.socket import MOST_NAMES, Names
from alltick_desk.vendors.itick.symbols import Spelling

STAMP = 1731689407000
TRADE = Trade("AAPL.US", 0, STAMP, "225.215")
CANDLE = Candle(1731689400, "225.1", "225.3", "225.05", "225.215", "18000", "4053870.5")
NO_PRICE = Unknown("a push without a price")


def read(frame: bytes | str, cluster: str = "stock") -> Any:
    return decoder(cluster)(frame)


# Trades


@pytest.mark.parametrize("frame", [TICK, TICK_NEWER, TICK.encode()])
def test_the_sample_trades_leave_out_the_volume_of_the_day(frame: bytes | str) -> None:
    assert read(frame) == TRADE


@pytest.mark.parametrize(
    ("literal", "price"),
    [
        ("225.2", "225.2"),
        ("225.20", "225.20"),
        ("225", "225"),
        ("0.00001234", "0.00001234"),
        ("1e-7", "0.0000001"),
        ("1.234E-05", "0.00001234"),
        ("6.5e4", "65000"),
        ("0.30000000000000004", "0.3"),  # the noise of a sum
        ("225.20000000000002", "225.2"),
        ("152.60999999999999", "152.61"),
        ("1234567.1234567891", "1234567.1234567891"),
        ("0.1", "0.1"),
        ('"225.20"', "225.20"),
        ('"1e-7"', "0.0000001"),
    ],
)
def test_the_digits_of_a_price_are_those_that_came(literal: str, price: str) -> None:
    assert read(bare(TICK, "ld", literal)).price == price
    assert read(bare(QUOTE, "ld", literal)).last == price
    assert read(bare(KLINE_NEWER, "c", literal)).candle.close == price


@pytest.mark.parametrize("time", [1731689407, "1731689407", STAMP, str(STAMP)])
@pytest.mark.parametrize("code", [0, 1, "1", ...])
def test_times_in_either_unit_and_codes_of_either_kind(time: Any, code: Any) -> None:
    frame = json.loads(changed(TICK, t=time)) | {"code": code}
    frame = {key: value for key, value in frame.items() if value is not ...}
    assert read(json.dumps(frame)) == TRADE


@pytest.mark.parametrize("price", [0, "0", 0.0, "", None])
@pytest.mark.parametrize("sample", [TICK, QUOTE])
def test_a_push_without_a_price_tells_nothing(sample: str, price: Any) -> None:
    assert read(changed(sample, ld=price)) == NO_PRICE
    assert read(changed(sample, ld=...)) == NO_PRICE


def test_a_quote_without_a_price_tells_of_a_halt_all_the_same() -> None:
    nothing = dict.fromkeys(("ld", "o", "h", "l"), 0)
    quote = read(changed(QUOTE, **nothing, ts=1))
    assert isinstance(quote, Quote)
    assert (quote.last, quote.open, quote.trading) == ("", "", Trading.SUSPENDED)
    assert read(changed(QUOTE, **nothing, ts=9)) == NO_PRICE


@pytest.mark.parametrize(
    ("cluster", "spelled", "region", "code"),
    [
        ("stock", "AAPL.US", ..., "AAPL.US"),
        ("stock", "700", "HK", "700.HK"),
        ("stock", "700", "hk", "700.HK"),
        ("forex", "EURUSD", ..., "EURUSD"),
        ("forex", "GOLD", "GB", "GOLD"),
        ("crypto", "ETH_USDT", ..., "ETHUSDT"),
        ("crypto", "BA_BTC_USDT", ..., "BTCUSDT"),
        ("crypto", "BTCUSDT", "BA", "BTCUSDT"),
        ("crypto", "BTCUSDT", "OKX", "crypto/BTCUSDT$OKX"),
        ("indices", "DJI", "US", ".DJI.US"),
        ("indices", "000001", "CN", "000001.SH"),
        ("fund", "QQQ.US", ..., "fund/QQQ$US"),
        ("stock", "QQQ.US", ..., "QQQ.US"),
        ("future", "GC", "US", "future/GC$US"),
    ],
)
def test_a_push_is_of_its_socket_s_cluster(
    cluster: str, spelled: str, region: Any, code: str
) -> None:
    for sample in (TICK, QUOTE, DEPTH, KLINE, KLINE_NEWER):
        assert read(changed(sample, s=spelled, r=region), cluster).code == code


def test_more_symbols_than_are_remembered_are_read_all_the_same() -> None:
    names = Names(Spelling(market_by_suffix), "stock")
    codes = {names[f"A{number}", "US"] for number in range(MOST_NAMES + 5)}
    assert len(codes) == MOST_NAMES + 5
    assert len(names) <= MOST_NAMES
    assert names["A0", "US"] == "A0.US"


# Quotes


def test_the_sample_quotes() -> None:
    older = Quote(
        "AAPL.US", STAMP, "225.215", "226.27", "226.92", "224.44", "16742235", "3774688301.452"
    )
    assert read(QUOTE) == older
    assert read(QUOTE_NEWER) == Quote(
        "AAPL.US",
        STAMP,
        "225.215",
        "226.27",
        "226.92",
        "224.44",
        "16742235",
        "3774688301.452",
        "-1.2",
        "-0.53",
        Trading.SUSPENDED,
    )


@pytest.mark.parametrize("absent", [..., None, "", 0])
def test_a_quote_of_crypto_may_lack_its_open_high_and_low(absent: Any) -> None:
    quote = read(changed(QUOTE, o=absent, h=absent, l=absent), "crypto")
    assert (quote.open, quote.high, quote.low, quote.last) == ("", "", "", "225.215")


@pytest.mark.parametrize("absent", [..., None, ""])
def test_volume_turnover_and_change_may_be_missing(absent: Any) -> None:
    quote = read(changed(QUOTE_NEWER, v=absent, tu=absent, ch=absent, chp=absent))
    assert (quote.volume, quote.turnover, quote.change, quote.change_percent) == ("",) * 4


@pytest.mark.parametrize(
    ("state", "trading"),
    [
        (0, Trading.NORMAL),
        (1, Trading.SUSPENDED),
        ("2", Trading.DELISTED),
        (3, Trading.CIRCUIT_BREAKER),
        (4, Trading.NORMAL),
        (None, Trading.NORMAL),
    ],
)
def test_the_state_of_trading(state: Any, trading: Trading) -> None:
    assert read(changed(QUOTE, ts=state)).trading is trading


# Books


def test_the_sample_book_has_no_time_and_its_best_prices_first() -> None:
    depth = read(DEPTH)
    assert isinstance(depth, Depth)
    assert (depth.code, depth.seq, depth.time_ms) == ("AAPL.US", 0, 0)
    assert depth.sides() == Sides(
        (Level("225.22", "300"), Level("225.2", "100")),
        (Level("225.24", "1400"), Level("225.26", "200")),
    )


@pytest.mark.parametrize("text", [False, True])
def test_a_book_in_any_order_with_odd_levels(text: bool) -> None:
    levels: list[dict[str, Any]] = [
        {"po": 3, "p": 9.5, "v": 1.5, "o": 0.5},
        {"po": 1, "p": 10.25},
        {"po": 2, "p": 0, "v": 5},
        {"po": 4, "p": 1e-7, "v": 0},
    ]
    if text:
        levels = [{key: str(value) for key, value in level.items()} for level in levels]
    bids = (Level("10.25", ""), Level("9.5", "1.5"), Level("0.0000001", "0"))
    assert read(changed(DEPTH, b=levels, a=levels)).sides() == Sides(bids, bids[::-1])


@pytest.mark.parametrize("side", [..., None, []])
def test_a_side_may_be_empty(side: Any) -> None:
    depth = read(changed(DEPTH, a=side))
    assert depth.sides().asks == ()
    assert len(depth.sides().bids) == 2
    assert read(changed(DEPTH, a=side, s="AAPL", r="US", t=str(STAMP))).time_ms == STAMP


@pytest.mark.parametrize(
    "side", [5, "x", [5], [None], [{"p": -1}], [{"p": 1, "v": "x"}], [{"p": 10**40}], [{"p": {}}]]
)
def test_a_side_that_is_not_documented_is_refused(side: Any) -> None:
    with pytest.raises(ProtocolError):
        read(changed(DEPTH, b=side)).sides()


# Bars in progress


@pytest.mark.parametrize("frame", [KLINE, KLINE_NEWER])
def test_the_sample_bars(frame: str) -> None:
    assert read(frame) == LiveCandle("AAPL.US", Interval.M1, CANDLE)


def test_every_interval_in_both_shapes() -> None:
    for number, interval in enumerate(Interval, 1):
        nested = json.loads(changed(KLINE, t=number))
        nested["data"]["k"]["t"] = 1731689100000
        flat = changed(KLINE_NEWER, type=f"kline@{number}", t=1731689100)
        assert read(json.dumps(nested)).interval is interval
        assert read(flat) == read(json.dumps(nested))


def test_a_nested_bar_may_name_its_type() -> None:
    named = changed(KLINE, type="kline@5", t=5)
    assert read(named) == LiveCandle("AAPL.US", Interval.H1, CANDLE)
    assert read(changed(KLINE, type="kline@5")).interval is Interval.H1
    assert read(changed(KLINE, t="kline@5")).interval is Interval.H1


@pytest.mark.parametrize("kind", ["kline@0", "kline@11", "kline@", "kline", "news", "Tick", ""])
def test_a_push_of_another_kind_tells_nothing(kind: str) -> None:
    assert read(changed(KLINE_NEWER, type=kind)) == Unknown(
        "a push of a kind that is not documented"
    )


def test_a_bar_of_ten_minutes_is_none_of_fifteen() -> None:
    for stamp, event in (
        (1731689100, LiveCandle),
        (1731689400, Unknown),
        (1731690000, LiveCandle),
        (1731690600, Unknown),
    ):
        flat = changed(KLINE_NEWER, type="kline@3", t=stamp * 1000)
        assert isinstance(read(flat), event)
        nested = json.loads(changed(KLINE, t=3))
        nested["data"]["k"]["t"] = stamp
        assert isinstance(read(json.dumps(nested)), event)


@pytest.mark.parametrize("field", ["o", "h", "l", "c"])
@pytest.mark.parametrize("price", [0, None, "", ...])
def test_a_bar_without_one_of_its_prices_tells_nothing(field: str, price: Any) -> None:
    assert read(changed(KLINE_NEWER, **{field: price})) == NO_PRICE


# What is not documented


@pytest.mark.parametrize(
    "value",
    ["1_000", " 1 ", "0x10", "nan", "-1", "1e400", "1,5", ".", "9" * 33, "abc", True, [], {}, -1.5],
)
@pytest.mark.parametrize(
    ("sample", "field"),
    [(TICK, "ld"), (QUOTE, "ld"), (QUOTE, "o"), (QUOTE, "v"), (KLINE_NEWER, "c"), (KLINE, "s")],
)
def test_an_amount_that_is_none_is_refused(sample: str, field: str, value: Any) -> None:
    if field == "s":
        frame = json.loads(sample)
        frame["data"]["k"]["h"] = value
        sample, changes = json.dumps(frame), {}
    else:
        changes = {field: value}
    with pytest.raises(ProtocolError):
        read(changed(sample, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"s": ...},
        {"s": ""},
        {"s": 700},
        {"s": "x" * 65},
        {"r": "U S"},
        {"r": []},
        {"t": ...},
        {"t": 0},
        {"t": -5},
        {"t": "soon"},
        {"t": 10**14},
        {"t": 1.5},
    ],
)
@pytest.mark.parametrize("sample", [TICK, QUOTE, KLINE_NEWER])
def test_a_push_that_is_not_documented_is_refused(sample: str, changes: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        read(changed(sample, **changes))


def test_a_nested_bar_that_is_none_is_refused() -> None:
    with pytest.raises(ProtocolError):
        read(changed(KLINE, k=5))
    with pytest.raises(ProtocolError):
        read(changed(KLINE_NEWER, k=5))


def test_a_change_may_be_below_zero_and_nothing_else() -> None:
    quote = read(changed(QUOTE_NEWER, ch=-5, chp=-0.5))
    assert (quote.change, quote.change_percent) == ("-5", "-0.5")
    for field in ("o", "h", "l", "v", "tu"):
        with pytest.raises(ProtocolError):
            read(changed(QUOTE_NEWER, **{field: -5}))


def test_unknown_fields_are_passed_over() -> None:
    frame = json.loads(changed(TICK, new={"deep": [1, None]})) | {"later": [1]}
    assert read(json.dumps(frame)) == TRADE
