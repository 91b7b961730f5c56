"""Days and bars by the exchange's own calendar."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.calendar import (
    Grid,
    bar_date,
    bucket_start,
    day_start,
    exchange_zone,
    home_market,
    session_date,
)
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval

NEW_YORK = ZoneInfo("America/New_York")
HONG_KONG = ZoneInfo("Asia/Hong_Kong")


def at(text: str, zone: ZoneInfo | None = None) -> int:
    """Unix seconds of a wall-clock time; UTC where no zone is given."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone or UTC).timestamp())


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (Interval.M1, "2026-11-20 14:37:00"),
        (Interval.M5, "2026-11-20 14:35:00"),
        (Interval.M15, "2026-11-20 14:30:00"),
        (Interval.M30, "2026-11-20 14:30:00"),
        (Interval.H1, "2026-11-20 14:00:00"),
        (Interval.H2, "2026-11-20 14:00:00"),
        (Interval.H4, "2026-11-20 12:00:00"),
        (Interval.D1, "2026-11-20 00:00:00"),
        (Interval.W1, "2026-11-16 00:00:00"),
        (Interval.MO1, "2026-11-01 00:00:00"),
    ],
)
def test_buckets_of_crypto_are_cut_in_utc(interval: Interval, expected: str) -> None:
    assert bucket_start(at("2026-11-20 14:37:41"), interval, Market.CRYPTO) == at(expected)


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (Interval.D1, "2026-11-20"),
        (Interval.W1, "2026-11-16"),
        (Interval.MO1, "2026-11-01"),
    ],
)
def test_a_stock_follows_its_exchange_not_utc(interval: Interval, expected: str) -> None:
    # 00:10 in Hong Kong is still the day before in UTC.
    moment = at("2026-11-20 00:10", HONG_KONG)
    assert bucket_start(moment, interval, Market.HK_STOCK) == at(expected, HONG_KONG)


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-08", 23), ("2026-06-01", 24), ("2026-11-01", 25)],
)
def test_days_of_new_york_follow_summer_time(day: str, hours: int) -> None:
    begin = bucket_start(at(f"{day} 12:00", NEW_YORK), Interval.D1, Market.US_STOCK)
    assert begin == at(f"{day} 00:00", NEW_YORK)
    grid = Grid(Interval.D1, Market.US_STOCK)
    assert grid.end(begin) - begin == hours * 3600


def test_a_month_of_new_york_begins_in_the_other_season() -> None:
    # March begins in winter time and ends in summer time.
    moment = at("2026-03-31 23:30", NEW_YORK)
    begin = bucket_start(moment, Interval.MO1, Market.US_STOCK)
    assert begin == at("2026-03-01 05:00")
    assert Grid(Interval.MO1, Market.US_STOCK).end(begin) == at("2026-04-01 04:00")


def test_december_is_followed_by_january() -> None:
    grid = Grid(Interval.MO1, Market.CRYPTO)
    assert grid.end(at("2026-12-01 00:00")) == at("2027-01-01 00:00")


@pytest.mark.parametrize(
    ("market", "moment", "expected"),
    [
        (Market.HK_STOCK, at("2026-11-19 16:30"), "2026-11-20"),
        (Market.CN_STOCK, at("2026-11-19 15:59"), "2026-11-19"),
        (Market.US_STOCK, at("2026-11-20 02:00"), "2026-11-19"),
        (Market.CRYPTO, at("2026-11-20 23:59"), "2026-11-20"),
        (Market.UNKNOWN, at("2026-11-20 23:59"), "2026-11-20"),
        (Market.FOREX, at("2026-11-20 16:59", NEW_YORK), "2026-11-20"),
        (Market.FOREX, at("2026-11-19 17:00", NEW_YORK), "2026-11-20"),
        (Market.COMMODITY, at("2026-07-19 17:00", NEW_YORK), "2026-07-20"),
    ],
)
def test_session_dates(market: Market, moment: int, expected: str) -> None:
    assert session_date(moment * 1000 + 999, market) == expected


def test_the_forex_week_begins_on_sunday_afternoon() -> None:
    moment = at("2026-11-20 10:00", NEW_YORK)
    assert bucket_start(moment, Interval.W1, Market.FOREX) == at("2026-11-15 17:00", NEW_YORK)


@pytest.mark.parametrize(
    ("stamp", "market"),
    [
        (at("2026-11-20 00:00", NEW_YORK), Market.US_STOCK),
        (at("2026-11-20 00:00"), Market.US_STOCK),
        (at("2026-11-20 09:30", NEW_YORK), Market.US_STOCK),
        (at("2026-11-20 00:00"), Market.HK_STOCK),
        (at("2026-11-20 00:00", HONG_KONG), Market.HK_STOCK),
        (at("2026-11-20 00:00"), Market.FOREX),
        (at("2026-11-19 17:00", NEW_YORK), Market.FOREX),
        (at("2026-11-20 00:00"), Market.CRYPTO),
    ],
)
def test_a_daily_bar_names_its_date_however_it_is_stamped(stamp: int, market: Market) -> None:
    assert bar_date(stamp, market) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("code", "market", "expected"),
    [
        ("HSI.HK", Market.INDEX, Market.HK_STOCK),
        (".DJI.US", Market.INDEX, Market.US_STOCK),
        ("000001.SH", Market.INDEX, Market.CN_STOCK),
        ("VIX", Market.INDEX, Market.UNKNOWN),
        ("indices/HSCEI$HK", Market.INDEX, Market.HK_STOCK),
        ("future/GC$US", Market.FUTURE, Market.US_STOCK),
        ("future/IF$CN", Market.FUTURE, Market.CN_STOCK),
        ("fund/QQQ$US", Market.FUND, Market.US_STOCK),
        ("indices/DJI$GB", Market.INDEX, Market.UNKNOWN),
        ("BTCUSDT", Market.CRYPTO, Market.CRYPTO),
    ],
)
def test_an_index_a_future_and_a_fund_keep_the_calendar_of_its_exchange(
    code: str, market: Market, expected: Market
) -> None:
    assert home_market(code, market) is expected


def test_a_grid_learns_hours_that_begin_at_half_past() -> None:
    grid = Grid(Interval.H1, Market.US_STOCK)
    grid.learn(at("2026-11-20 09:30", NEW_YORK))
    assert grid.start(at("2026-11-20 10:29", NEW_YORK)) == at("2026-11-20 09:30", NEW_YORK)
    assert grid.start(at("2026-11-20 10:30", NEW_YORK)) == at("2026-11-20 10:30", NEW_YORK)


def test_a_grid_learns_days_that_are_stamped_in_utc() -> None:
    grid = Grid(Interval.D1, Market.US_STOCK)
    grid.learn(at("2026-11-19 00:00"))
    assert grid.end(at("2026-11-19 00:00")) == at("2026-11-20 00:00")
    assert grid.start(at("2026-11-20 11:00", NEW_YORK)) == at("2026-11-20 00:00")


def test_a_week_stamped_with_its_first_trading_day_ends_with_the_week() -> None:
    tuesday = at("2026-11-17 00:00", HONG_KONG)
    grid = Grid(Interval.W1, Market.HK_STOCK)
    grid.learn(tuesday)
    assert grid.end(tuesday) == at("2026-11-23 00:00", HONG_KONG)


MOMENTS = st.integers(at("2000-01-01 00:00"), at("2040-01-01 00:00"))


@given(MOMENTS, st.sampled_from(Interval), st.sampled_from(Market))
def test_every_moment_lies_in_its_bucket(moment: int, interval: Interval, market: Market) -> None:
    grid = Grid(interval, market)
    start = grid.start(moment)
    assert start <= moment < grid.end(start)
    assert grid.start(start) == start
    assert grid.start(grid.end(start)) == grid.end(start)
    assert grid.start(grid.end(start) - 1) == start


@given(MOMENTS, st.sampled_from(Market))
def test_a_day_start_belongs_to_its_session(moment: int, market: Market) -> None:
    day = date.fromisoformat(session_date(moment * 1000, market))
    start = day_start(day, market)
    assert session_date(start * 1000, market) == day.isoformat()
    assert session_date(start * 1000 - 1, market) < day.isoformat()
    assert datetime.fromtimestamp(start, exchange_zone(market)).minute == 0
