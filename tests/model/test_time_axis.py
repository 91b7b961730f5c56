"""Times among bars: on every interval, over nights and weekends, before the first and after now."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.calendar import day_start
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.time_axis import TimeAxis

HOUR, DAY, WEEK = 3600, 86_400, 604_800
MONDAY = int(datetime(2026, 1, 5, tzinfo=UTC).timestamp())


def sessions(weeks: int, *, step: int, closed: Sequence[int] = ()) -> list[int]:
    """Bars of a market that is open from 10 to 16 UTC, Monday to Friday, but on closed days."""
    return [
        MONDAY + day * DAY + second
        for day in range(7 * weeks)
        if day % 7 < 5 and day not in closed
        for second in range(10 * HOUR, 16 * HOUR, step)
    ]


def days(weeks: int, *, closed: Sequence[int] = ()) -> list[int]:
    return [MONDAY + day * DAY for day in range(7 * weeks) if day % 7 < 5 and day not in closed]


MINUTES = TimeAxis(sessions(3, step=60), Interval.M1)
DAYS = TimeAxis(days(8), Interval.D1)
MANY = (
    MINUTES,
    DAYS,
    TimeAxis([MONDAY], Interval.M1),
    TimeAxis([MONDAY, MONDAY + 120, MONDAY + DAY], Interval.M1),
    TimeAxis([MONDAY + week * WEEK for week in range(9)], Interval.W1),
    TimeAxis([MONDAY + month * 30 * DAY for month in range(9)], Interval.MO1),
    TimeAxis(np.array(sessions(5, step=HOUR, closed=range(14, 19)), np.int64), Interval.H1),
)


@given(st.sampled_from(MANY), st.floats(-1e5, 1e5))
def test_a_place_is_found_again_by_its_time(axis: TimeAxis, index: float) -> None:
    assert axis.index_at(axis.time_at(index)) == pytest.approx(index, abs=1e-4)


@given(st.sampled_from(MANY), st.floats(MONDAY - 80 * WEEK, MONDAY + 80 * WEEK))
def test_a_time_is_found_again_by_its_place(axis: TimeAxis, time_s: float) -> None:
    # What is pressed into a hundredth of a bar comes back less sharp.
    assert axis.time_at(axis.index_at(time_s)) == pytest.approx(time_s, abs=0.5)


@given(st.sampled_from(MANY), st.floats(-3e3, 3e3), st.floats(1e-3, 3e3))
def test_later_is_further_right(axis: TimeAxis, index: float, more: float) -> None:
    assert axis.time_at(index) < axis.time_at(index + more)


@st.composite
def irregular(draw: st.DrawFn) -> TimeAxis:
    """Bars of days as no calendar has them."""
    gaps = draw(st.lists(st.sampled_from((23, 24, 25, 36, 72, 240)), min_size=1, max_size=30))
    return TimeAxis([MONDAY + HOUR * passed for passed in accumulate(gaps)], Interval.D1)


@given(irregular(), st.floats(-60, 90), st.floats(1e-3, 60))
def test_no_series_confuses_the_axis(axis: TimeAxis, index: float, more: float) -> None:
    time_s = axis.time_at(index)
    assert time_s < axis.time_at(index + more)
    assert axis.index_at(time_s) == pytest.approx(index, abs=1e-4)


def test_an_hour_beside_the_week_that_is_repeated_is_no_trouble() -> None:
    late = [MONDAY + HOUR, *(MONDAY + day * DAY for day in range(1, 21) if day != 3)]
    early = [*(MONDAY + day * DAY for day in range(20) if day != 18), MONDAY + 20 * DAY - HOUR]
    for times in (late, early):
        axis = TimeAxis(times, Interval.D1)
        for edge in (times[0], times[-1]):
            for time_s in range(edge - DAY, edge + DAY, 600):
                assert axis.time_at(axis.index_at(time_s)) == pytest.approx(time_s, abs=1.0)


@given(st.integers(0, 1079), st.floats(0.0, 59.9))
def test_a_moment_stands_within_its_own_bar(bar: int, seconds: float) -> None:
    begin = sessions(3, step=60)[bar]
    assert bar - 0.5 <= MINUTES.index_at(begin + seconds) < bar + 0.5


def test_a_bar_begins_at_the_left_edge_of_its_slot() -> None:
    assert MINUTES.index_at(sessions(3, step=60)[77]) == 76.5
    assert MINUTES.time_at(77) == sessions(3, step=60)[77] + 30


def test_the_night_takes_no_room() -> None:
    last = sessions(3, step=60)[359]
    assert MINUTES.index_at(last + 60) == pytest.approx(359.5, abs=0.021)
    assert MINUTES.index_at(last + 6 * HOUR) == pytest.approx(359.5, abs=0.021)
    assert MINUTES.index_at(last + 60) < MINUTES.index_at(last + 6 * HOUR) < 359.5


def test_what_was_drawn_on_minutes_stands_in_its_day() -> None:
    minutes, opened = sessions(3, step=60), days(8)
    for bar in (0, 17, 359, 360, 1079, 5 * 360 - 1):
        day = round(DAYS.index_at(MINUTES.time_at(bar)))
        assert opened[day] <= minutes[bar] < opened[day] + DAY


def test_what_was_drawn_on_days_stands_in_the_days_minutes() -> None:
    minutes, opened = sessions(3, step=60), days(8)
    for day in range(15):
        bar = round(MINUTES.index_at(DAYS.time_at(day)))
        assert opened[day] <= minutes[bar] < opened[day] + DAY


def test_a_week_ahead_is_like_the_last_one() -> None:
    known = sessions(3, step=60)
    axis = TimeAxis(known[:-100], Interval.M1)  # 100 minutes before Friday's close
    for ahead in range(-100, 0):
        assert axis.index_at(known[ahead]) == pytest.approx(len(known) + ahead - 0.5)
    monday = known[-1800] + WEEK
    assert axis.index_at(monday) == pytest.approx(len(known) - 0.5)
    assert axis.index_at(monday + 5 * WEEK + HOUR) == pytest.approx(
        len(known) - 0.5 + 5 * 1800 + 60
    )


def test_days_ahead_leave_the_weekend_out() -> None:
    ahead = days(12)
    for place, time_s in enumerate(ahead):
        assert DAYS.index_at(time_s) == pytest.approx(place - 0.5)
    friday_morning = TimeAxis(days(8)[:-1], Interval.D1)
    assert friday_morning.index_at(days(9)[-5]) == pytest.approx(39.5)


def test_weeks_before_the_first_are_like_the_first_ones() -> None:
    axis = TimeAxis(sessions(9, step=60)[6 * 1800 :], Interval.M1)
    for bar in (-1, -359, -360, -361, -1800, -6 * 1800):
        middle = sessions(9, step=60)[6 * 1800 + bar] + 30
        assert axis.time_at(bar) == pytest.approx(middle, abs=1.0)


def test_a_week_of_holidays_is_not_taken_for_the_rule() -> None:
    closed = range(14, 21)  # the third week
    known = sessions(4, step=60, closed=closed)[: 2 * 1800 + 60]  # an hour after the holidays
    axis = TimeAxis(known, Interval.M1)
    assert axis.time_at(len(known)) == known[-1] + 60 + 30
    assert axis.index_at(known[-1] + DAY) == pytest.approx(len(known) - 1.5 + 360)


@pytest.mark.parametrize("begin", [datetime(2026, 2, 2), datetime(2026, 9, 28)])  # noqa: DTZ001
def test_summer_time_takes_and_gives_no_day(begin: datetime) -> None:
    first = begin.toordinal()
    dates = [datetime.fromordinal(first + day).date() for day in range(70) if day % 7 < 5]
    known = [day_start(date, Market.US_STOCK) for date in dates]
    for count in range(8, 40):
        axis = TimeAxis(known[:count], Interval.D1)
        for ahead in range(count, count + 10):
            assert axis.index_at(known[ahead] + 12 * HOUR) == pytest.approx(ahead, abs=0.1)


def test_bars_follow_each_other_where_less_than_a_week_is_known() -> None:
    axis = TimeAxis(sessions(1, step=60)[:500], Interval.M1)
    assert axis.time_at(510) == axis.time_at(499) + 11 * 60
    assert axis.time_at(-10) == axis.time_at(0) - 10 * 60


def test_around_the_clock_there_is_no_break() -> None:
    axis = TimeAxis(range(MONDAY, MONDAY + 3 * WEEK, 900), Interval.M15)
    for index in (-5000.0, -0.5, 3.25, 2015.5, 9999.75):
        assert axis.time_at(index) == pytest.approx(MONDAY + (index + 0.5) * 900)


def test_months_are_as_long_as_they_are() -> None:
    begins = [
        int(datetime(2024 + month // 12, month % 12 + 1, 1, tzinfo=UTC).timestamp())
        for month in range(24)
    ]
    axis = TimeAxis(begins[:18], Interval.MO1)
    for month in range(18, 24):
        assert axis.index_at(begins[month] + 15 * DAY) == pytest.approx(month, abs=0.1)
    for one, other in pairwise(range(17)):
        assert axis.time_at(one + 0.5) == begins[other]


def test_what_is_remembered_has_an_end() -> None:
    axis = TimeAxis(sessions(3, step=60), Interval.M1)
    places = [axis.index_at(MONDAY + 60 * minute) for minute in range(5000)]
    assert places == [axis.index_at(MONDAY + 60 * minute) for minute in range(5000)]


def test_no_bars_are_no_axis() -> None:
    with pytest.raises(ValueError, match="bar"):
        TimeAxis([], Interval.M1)
