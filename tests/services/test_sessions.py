"""Trading hours are learned from the bars."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.calendar import exchange_zone
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import Times
from alltick_desk.services.sessions import Sessions, local_times
from alltick_desk.store.candle_values import Span

HOURS = {
    Market.HK_STOCK: ((570, 720), (780, 960)),
    Market.CN_STOCK: ((570, 690), (780, 900)),
    Market.US_STOCK: ((570, 960),),
}
FIRST = date(2026, 3, 2)  # a Monday; New York changes its clocks on the 8th


def moment(day: date, minute: int, market: Market) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=exchange_zone(market))
    return int((midnight + timedelta(minutes=minute)).timestamp())


def bars(market: Market, days: int, step: int = 1) -> Iterator[int]:
    """Give the beginnings of the bars of so many days from ``FIRST`` on, weekends left out."""
    for number in range(days):
        day = FIRST + timedelta(days=number)
        if day.weekday() < 5:
            for begin, end in HOURS[market]:
                yield from (moment(day, it, market) for it in range(begin, end, step))


def times(market: Market, days: int, step: int = 1) -> Times:
    return np.array(list(bars(market, days, step)), np.int64)


@pytest.mark.parametrize("market", HOURS)
@pytest.mark.parametrize("days", [2, 12])
def test_hours_and_breaks_are_learned(market: Market, days: int) -> None:
    learned = Sessions.learn(times(market, days), Interval.M1, market)
    assert learned.hours == tuple((60 * begin, 60 * end) for begin, end in HOURS[market])
    assert learned.days == frozenset(range(5))


@pytest.mark.parametrize("market", HOURS)
def test_a_night_a_weekend_and_a_lunch_expect_no_bars(market: Market) -> None:
    known = times(market, 12, 5)
    learned = Sessions.learn(known, Interval.M5, market)
    holes = [Span(a + 300, b) for a, b in pairwise(known.tolist()) if b - a > 300]
    assert len(holes) > 8
    assert [learned.expected(a, b) for a, b in holes] == [()] * len(holes)


def test_of_a_hole_over_a_night_the_open_hours_are_expected() -> None:
    market = Market.HK_STOCK
    learned = Sessions.learn(times(market, 5), Interval.M1, market)
    day, night = FIRST + timedelta(days=1), FIRST + timedelta(days=2)
    found = learned.expected(moment(day, 700, market), moment(night, 600, market))
    assert found == (
        Span(moment(day, 700, market), moment(day, 720, market)),
        Span(moment(day, 780, market), moment(day, 960, market)),
        Span(moment(night, 570, market), moment(night, 600, market)),
    )


def test_one_day_is_too_little_to_tell() -> None:
    learned = Sessions.learn(times(Market.HK_STOCK, 1), Interval.M1, Market.HK_STOCK)
    assert learned.hours is None
    assert learned.expected(0, 1000) is None


def test_minutes_in_which_nobody_traded_are_no_break() -> None:
    sparse = times(Market.US_STOCK, 12)[::7]
    learned = Sessions.learn(sparse, Interval.M1, Market.US_STOCK)
    assert learned.hours is not None
    ((begin, end),) = learned.hours
    assert begin == pytest.approx(570 * 60, abs=420)
    assert end == pytest.approx(960 * 60, abs=420)


def test_an_odd_print_at_night_is_no_session() -> None:
    odd = moment(FIRST + timedelta(days=3), 60, Market.US_STOCK)
    known = np.sort(np.append(times(Market.US_STOCK, 7, 5), odd))
    learned = Sessions.learn(known, Interval.M5, Market.US_STOCK)
    assert learned.hours == ((570 * 60, 960 * 60),)


def test_crypto_never_closes() -> None:
    learned = Sessions.learn(np.zeros(0, np.int64), Interval.M1, Market.CRYPTO)
    assert learned.expected(600, 12_000) == (Span(600, 12_000),)
    assert learned.expected(600, 10 * 86_400) == (Span(600, 10 * 86_400),)


def test_forex_closes_from_friday_to_sunday_at_five_in_new_york() -> None:
    zone = ZoneInfo("America/New_York")
    start = int(datetime(2026, 3, 1, 17, tzinfo=zone).timestamp())  # a Sunday
    week = np.arange(start, start + 5 * 86_400, 300)
    learned = Sessions.learn(week, Interval.M5, Market.FOREX)
    friday = int(datetime(2026, 3, 6, 17, tzinfo=zone).timestamp())
    sunday = int(datetime(2026, 3, 8, 17, tzinfo=zone).timestamp())  # and summer time began
    assert learned.expected(friday, sunday) == ()
    assert learned.expected(friday - 900, sunday + 600) == (
        Span(friday - 900, friday),
        Span(sunday, sunday + 600),
    )


def test_days_are_expected_from_monday_to_friday() -> None:
    market = Market.US_STOCK
    stamps = [
        moment(FIRST + timedelta(days=it), 0, market) for it in range(12) if it % 7 not in (2, 5, 6)
    ]
    learned = Sessions.learn(np.array(stamps), Interval.D1, market)
    tuesday, wednesday, thursday = (
        moment(FIRST + timedelta(days=it), 0, market) for it in (1, 2, 3)
    )
    assert learned.expected(wednesday, thursday) == (Span(wednesday, thursday),)
    assert learned.expected(tuesday, thursday) == (Span(tuesday, thursday),)
    saturday, monday = (moment(FIRST + timedelta(days=it), 0, market) for it in (5, 7))
    assert learned.expected(saturday, monday) == ()


@given(
    st.lists(st.integers(1_500_000_000, 1_900_000_000), min_size=1, max_size=30),
    st.sampled_from([Market.US_STOCK, Market.HK_STOCK, Market.FOREX, Market.CRYPTO]),
)
def test_local_times_are_the_wall_clocks(moments: list[int], market: Market) -> None:
    zone = exchange_zone(market)
    moved = 25_200 if market is Market.FOREX else 0
    found = local_times(np.array(moments, np.int64), market)
    for time_s, local in zip(moments, found.tolist(), strict=True):
        wall = datetime.fromtimestamp(time_s, UTC).astimezone(zone)
        noon = datetime.fromtimestamp(time_s // 86_400 * 86_400 + 43_200, UTC).astimezone(zone)
        if wall.utcoffset() == noon.utcoffset():  # not in the hours before a change of clocks
            seconds = int(wall.replace(tzinfo=UTC).timestamp())
            assert local == seconds + moved


def test_a_holiday_and_a_half_day_come_from_the_table() -> None:
    # The lunar new year of 2026: a half day on Monday the 16th, then closed to Thursday.
    learned = Sessions.learn(times(Market.HK_STOCK, 5), Interval.M1, Market.HK_STOCK)
    zone = ZoneInfo("Asia/Hong_Kong")

    def at(day: int, hour: int, minute: int = 0) -> int:
        return int(datetime(2026, 2, day, hour, minute, tzinfo=zone).timestamp())

    assert learned.expected(at(16, 9, 30), at(20, 10)) == (
        Span(at(16, 9, 30), at(16, 12)),
        Span(at(20, 9, 30), at(20, 10)),
    )
    daily = Sessions(Market.HK_STOCK, Interval.D1)
    assert daily.expected(at(16, 0), at(21, 0)) == (
        Span(at(16, 0), at(17, 0)),
        Span(at(20, 0), at(21, 0)),
    )


def test_a_half_day_cuts_no_hours_that_go_on_after_the_regular_ones() -> None:
    wide = Sessions(Market.US_STOCK, Interval.M1, hours=((4 * 3600, 20 * 3600),))
    zone = ZoneInfo("America/New_York")
    day = datetime(2026, 11, 27, tzinfo=zone)
    from_s = int(day.replace(hour=12).timestamp())
    assert wide.expected(from_s, from_s + 3600 * 4) == (Span(from_s, from_s + 3600 * 4),)
    holiday_s = from_s - 86_400
    assert wide.expected(holiday_s, holiday_s + 3600) == ()
