"""What is asked of iTick over HTTP: paths, parameters and where the token stands."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from itick_samples import ITICK, TOKEN

from alltick_desk.model.interval import Interval
from alltick_desk.vendors.base import Query

HK_SETS = [("700.HK", Interval.D1), ("9988.HK", Interval.D1)]


@pytest.mark.parametrize(
    ("query", "call", "path", "params"),
    [
        (
            ITICK.candles("700.HK", Interval.M5, 300),
            "kline",
            "/stock/kline",
            {"region": "HK", "code": "700", "kType": "2", "limit": "300"},
        ),
        (
            ITICK.candles("BTCUSDT", Interval.MO1, 9999, end_s=1731689407),
            "kline",
            "/crypto/kline",
            {
                "region": "BA",
                "code": "BTCUSDT",
                "kType": "10",
                "limit": "500",
                "et": "1731689407000",
            },
        ),
        (
            ITICK.latest_candles(HK_SETS, 2),
            "klines",
            "/stock/klines",
            {"region": "HK", "codes": "700,9988", "kType": "8", "limit": "2"},
        ),
        (
            ITICK.latest_trades([".DJI.US"]),
            "tick",
            "/indices/tick",
            {"region": "US", "code": "DJI"},
        ),
        (
            ITICK.latest_trades(["EURUSD", "GOLD"]),
            "ticks",
            "/forex/ticks",
            {"region": "GB", "codes": "EURUSD,GOLD"},
        ),
        (
            ITICK.latest_depth(["600519.SH"]),
            "depth",
            "/stock/depth",
            {"region": "SH", "code": "600519"},
        ),
        (
            ITICK.latest_depth(["AAPL.US", "BRK.B.US"]),
            "depths",
            "/stock/depths",
            {"region": "US", "codes": "AAPL,BRK.B"},
        ),
        (
            ITICK.newest(["fund/QQQ$US"]),
            "quote",
            "/fund/quote",
            {"region": "US", "code": "QQQ"},
        ),
        (
            ITICK.newest(["future/GC$US", "future/CL$US"]),
            "quotes",
            "/future/quotes",
            {"region": "US", "codes": "GC,CL"},
        ),
        (ITICK.static_info(["700.HK"]), "info", "/stock/info", {"region": "HK", "code": "700"}),
        (
            ITICK.directory("indices/CN"),
            "list",
            "/symbol/list",
            {"type": "indices", "region": "CN"},
        ),
        (ITICK.trading_days("HK"), "holidays", "/symbol/holidays", {"region": "HK"}),
    ],
)
def test_every_call(query: Query[Any], call: str, path: str, params: dict[str, str]) -> None:
    assert (query.call, query.method, query.document) == (call, "GET", None)
    request = ITICK.request("https://api.itick.org/", TOKEN, query, "trace")
    parts = urlsplit(request.url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "api.itick.org", path)
    assert {name: values[0] for name, values in parse_qs(parts.query).items()} == params
    assert request.headers == {"token": TOKEN}
    assert request.body is None
    assert TOKEN not in request.url
    assert TOKEN not in repr(request)
    assert TOKEN not in repr(query)


def test_the_kinds_of_bars_are_numbered_in_order() -> None:
    numbers = [ITICK.candles("700.HK", it, 1).params["kType"] for it in Interval]
    assert numbers == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]


def test_equal_questions_have_equal_subjects_and_others_have_not() -> None:
    queries: list[Query[Any]] = [
        ITICK.candles("700.HK", Interval.M1, 5),
        ITICK.candles("700.HK", Interval.M1, 5, end_s=60),
        ITICK.candles("700.HK", Interval.M1, 6),
        ITICK.candles("700.HK", Interval.M5, 5),
        ITICK.candles("9.HK", Interval.M1, 5),
        ITICK.latest_candles([("700.HK", Interval.M1)], 5),
        ITICK.latest_trades(["700.HK"]),
        ITICK.latest_trades(["700.HK", "9.HK"]),
        ITICK.latest_depth(["700.HK"]),
        ITICK.newest(["QQQ.US"]),
        ITICK.newest(["fund/QQQ$US"]),
        ITICK.directory("stock/HK"),
        ITICK.directory("stock/US"),
        ITICK.trading_days("HK"),
        ITICK.static_info(["700.HK"]),
    ]
    assert len({(query.call, query.subject) for query in queries}) == len(queries)
    again = ITICK.candles("700.HK", Interval.M1, 5)
    assert (again.call, again.subject) == (queries[0].call, queries[0].subject)


@pytest.mark.parametrize(
    "codes", [[], ["700.HK", "AAPL.US"], ["EURUSD", "NAS100"], ["AAPL.US", "fund/QQQ$US"]]
)
def test_a_call_takes_codes_of_one_batch(codes: list[str]) -> None:
    assert len({ITICK.batch_of(code) for code in codes}) != 1
    for ask in (ITICK.latest_trades, ITICK.latest_depth, ITICK.newest):
        with pytest.raises(ValueError, match="one cluster and region"):
            ask(codes)
    with pytest.raises(ValueError, match="one cluster and region"):
        ITICK.latest_candles([(code, Interval.D1) for code in codes], 2)


def test_a_call_takes_bars_of_one_interval() -> None:
    with pytest.raises(ValueError, match="one interval"):
        ITICK.latest_candles([("700.HK", Interval.D1), ("9.HK", Interval.M1)], 2)


def test_what_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="list"):
        ITICK.directory("stock/XX")
    with pytest.raises(ValueError, match="trading days"):
        ITICK.trading_days("GB")
    with pytest.raises(ValueError, match="only stocks"):
        ITICK.static_info(["EURUSD"])


def test_what_codes_belong_to() -> None:
    assert (ITICK.family_of("700.HK"), ITICK.batch_of("700.HK")) == ("stock", "stock/HK")
    assert (ITICK.family_of("BTCUSDT"), ITICK.batch_of("BTCUSDT")) == ("crypto", "crypto/BA")
    assert ITICK.family_of("future/GC$US") == "future"
    assert set(map(ITICK.family_of, ["GOLD", "NAS100", "fund/QQQ$US"])) <= set(
        ITICK.capabilities.families
    )


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("700.HK", "HK"),
        ("HSI.HK", "HK"),
        ("AAPL.US", "US"),
        (".DJI.US", "US"),
        ("600519.SH", "SH"),
        ("000001.SZ", "SH"),
        ("000001.SH", "SH"),
        ("future/GC$US", "US"),
        ("7203.JP", ""),
        ("BTCUSDT", ""),
        ("EURUSD", ""),
        ("NAS100", ""),
    ],
)
def test_the_calendar_of_a_code(code: str, region: str) -> None:
    assert ITICK.region_of(code) == region
    assert region in ("", *ITICK.capabilities.calendars)
