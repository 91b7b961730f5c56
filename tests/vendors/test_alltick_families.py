"""What differs by market at AllTick."""

import pytest

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.alltick import ALLTICK

ABSENT = {Market.FUTURE, Market.FUND}  # AllTick has none


def test_intervals_by_market() -> None:
    intervals = ALLTICK.capabilities.intervals
    assert set(intervals) == set(Market) - ABSENT
    for market in (Market.US_STOCK, Market.HK_STOCK, Market.CN_STOCK, Market.INDEX):
        assert set(Interval) - set(intervals[market]) == {Interval.H2, Interval.H4}
    for market in (Market.FOREX, Market.COMMODITY, Market.CRYPTO, Market.CFD_INDEX):
        assert intervals[market] == tuple(Interval)


def test_books_histories_and_directions_by_market() -> None:
    capabilities = ALLTICK.capabilities
    deep = {market: levels for market, levels in capabilities.book_levels.items() if levels > 1}
    assert deep == {
        Market.HK_STOCK: 10,
        Market.CN_STOCK: 5,
        Market.CRYPTO: 5,
        Market.UNKNOWN: 5,
    }
    assert set(capabilities.book_levels) == set(Market) - ABSENT
    assert capabilities.pages_history == {Market.FOREX, Market.COMMODITY, Market.CRYPTO}
    assert not capabilities.shows_direction & {Market.FOREX, Market.COMMODITY}
    assert (capabilities.heartbeat_s, capabilities.silence_s) == (10.0, 30.0)
    assert capabilities.families == ("stock", "other")
    assert capabilities.replaces_subscription


@pytest.mark.parametrize(
    "code", ["AAPL.US", "700.HK", "000001.SH", "399001.SZ", ".DJI.US", "HSI.HK"]
)
def test_the_stock_family(code: str) -> None:
    assert ALLTICK.family_of(code) == "stock"


@pytest.mark.parametrize(
    "code", ["EURUSD", "GOLD", "Silver", "BTCUSDT", "USOIL", "NAS100", "x.us", ""]
)
def test_the_other_family(code: str) -> None:
    assert ALLTICK.family_of(code) == "other"
