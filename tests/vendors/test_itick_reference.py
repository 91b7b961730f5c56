"""iTick's reference data: stocks, the lists of instruments, the days with other hours."""

from typing import Any

import pytest
from itick_samples import ITICK, ok

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.model.reference import StaticInfo, TradingDay

# Stocks


def test_what_a_stock_is() -> None:
    row = {
        "s": "700",
        "nc": "腾讯控股",
        "ne": "Tencent",
        "nh": "騰訊控股",
        "e": "SEHK",
        "c": "HKD",
        "l": 100,
        "new": {},
    }
    query = ITICK.static_info(["700.HK"])
    assert query.parse(200, ok(row)) == [
        StaticInfo(
            code="700.HK",
            name_en="Tencent",
            name_zh="腾讯控股",
            name_zh_hant="騰訊控股",
            exchange="SEHK",
            currency="HKD",
            lot_size=100,
        )
    ]
    assert query.parse(200, ok({"n": "Tencent", "l": "100"}))[0].name_en == "Tencent"
    assert query.parse(200, ok(None)) == []
    undocumented: list[Any] = [5, [], {"l": "many"}, {"ne": {}}]
    for data in undocumented:
        with pytest.raises(ProtocolError):
            query.parse(200, ok(data))


# Lists


def listed(name: str, *rows: Any) -> list[Instrument]:
    return ITICK.directory(name).parse(200, ok(list(rows)))


def test_a_list_with_short_names_and_with_names_spelled_out() -> None:
    rows = (
        {"c": "700", "n": "Tencent", "t": "stock", "e": "HKEX", "s": "Technology"},
        {"code": "9988", "name": "阿里巴巴", "region": "HK"},
        {"symbol": "5.HK", "ne": "HSBC", "nc": "汇丰控股"},
        {"c": 941, "n": "中国移动", "ne": "China Mobile", "r": "hk"},
    )
    assert listed("stock/HK", *rows) == [
        Instrument("700.HK", "Tencent", "", Market.HK_STOCK),
        Instrument("9988.HK", "", "阿里巴巴", Market.HK_STOCK),
        Instrument("5.HK", "HSBC", "汇丰控股", Market.HK_STOCK),
        Instrument("941.HK", "China Mobile", "中国移动", Market.HK_STOCK),
    ]


@pytest.mark.parametrize(
    ("name", "code", "desk_code", "market"),
    [
        ("stock/US", "AAPL", "AAPL.US", Market.US_STOCK),
        ("stock/SZ", "000001", "000001.SZ", Market.CN_STOCK),
        ("stock/SH", "000001", "stock/000001$SH", Market.CN_STOCK),
        ("forex/GB", "EURUSD", "EURUSD", Market.FOREX),
        ("forex/GB", "GOLD", "GOLD", Market.COMMODITY),
        ("crypto/BA", "ETH_USDT", "ETHUSDT", Market.CRYPTO),
        ("crypto/BA", "BTCEUR", "crypto/BTCEUR$BA", Market.CRYPTO),
        ("indices/GB", "NAS100", "NAS100", Market.CFD_INDEX),
        ("indices/GB", "VIX", "indices/VIX$GB", Market.CFD_INDEX),
        ("indices/US", "DJI", ".DJI.US", Market.INDEX),
        ("indices/HK", "HSCEI", "indices/HSCEI$HK", Market.INDEX),
        ("indices/CN", "000001", "000001.SH", Market.INDEX),
        ("future/US", "GC", "future/GC$US", Market.FUTURE),
        ("fund/US", "QQQ", "fund/QQQ$US", Market.FUND),
    ],
)
def test_what_stands_in_every_list(name: str, code: str, desk_code: str, market: Market) -> None:
    assert listed(name, {"c": code, "n": "N"}) == [Instrument(desk_code, "N", "", market)]


def test_every_list_can_be_asked_for_and_is_of_a_family() -> None:
    for name in ITICK.capabilities.directories:
        assert ITICK.directory(name).subject == name
        assert name.partition("/")[0] in ITICK.capabilities.families


def test_a_list_has_each_code_once_and_leaves_out_what_has_none() -> None:
    rows = ({"c": "1", "n": "A"}, {"n": "B"}, {"c": ""}, {"c": "x" * 70}, {"c": "1", "n": "C"})
    assert listed("stock/HK", *rows) == [Instrument("1.HK", "C", "", Market.HK_STOCK)]
    assert listed("stock/HK") == []
    assert ITICK.directory("stock/HK").parse(200, ok(None)) == []


@pytest.mark.parametrize("data", [5, {}, [5], [{"c": {}}], ["700"]])
def test_a_list_that_is_not_documented(data: Any) -> None:
    with pytest.raises(ProtocolError):
        ITICK.directory("stock/HK").parse(200, ok(data))


# Days


def days(region: str, *rows: Any) -> list[TradingDay]:
    return ITICK.trading_days(region).parse(200, ok(list(rows)))


HOURS = "09:30-12:00|13:00-16:00"
NEW_YEAR = {
    "c": "HK",
    "r": "Hong Kong",
    "d": "2026-01-01",
    "t": HOURS,
    "z": "Asia/Hong_Kong",
    "v": "New Year",
}


def test_a_day_as_documented() -> None:
    day = TradingDay("HK", "2026-01-01", "New Year", HOURS, "Asia/Hong_Kong")
    assert days("HK", NEW_YEAR) == [day]
    spelled = {
        "code": "hk",
        "date": "20260101",
        "trading_hours": HOURS,
        "timezone": "Asia/Hong_Kong",
        "name": "New Year",
    }
    assert days("HK", spelled) == [day]
    assert days("HK") == []
    assert ITICK.trading_days("HK").parse(200, ok(None)) == []


@pytest.mark.parametrize(
    "dates",
    [
        ["2026-02-17", "2026-02-18"],
        "2026-02-18,2026-02-17",
        "20260217 20260218",
        "2026/2/17;2026/2/18",
        ["2026-02-17,2026-02-18", "2026-02-17"],
    ],
)
def test_a_row_may_have_several_days(dates: Any) -> None:
    found = days("HK", NEW_YEAR | {"d": dates}, NEW_YEAR)
    assert [day.date for day in found] == ["2026-01-01", "2026-02-17", "2026-02-18"]


def test_the_days_of_other_regions_are_left_out() -> None:
    assert days("US", NEW_YEAR) == []
    for place in ("SH", "SZ", "CN", "China"):
        assert [day.region for day in days("SH", NEW_YEAR | {"c": place})] == ["SH"]
    assert len(days("HK", {key: NEW_YEAR[key] for key in ("d", "v")})) == 1


@pytest.mark.parametrize(
    "row", [5, None, {"d": {}}, {"d": [5]}, {"d": "2026-13-01"}, {"d": "2026-01-01", "v": []}]
)
def test_days_that_are_not_documented(row: Any) -> None:
    with pytest.raises(ProtocolError):
        days("HK", row)
