"""Bars begin where the vendor's began on the days before, also after a break."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.calendar import Grid
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Trade
from alltick_desk.model.series import Times
from alltick_desk.services.bars import LiveBars
from alltick_desk.services.session_grid import SessionGrid

MONDAY = 1_767_542_400  # 2026-01-05, midnight in Hong Kong
STARTS = (570, 630, 690, 780, 840, 900)  # minutes: an hourly bar at half past, and after lunch


def hourly(days: int) -> Times:
    return np.array(
        [MONDAY + 86_400 * day + 60 * minute for day in range(days) for minute in STARTS], np.int64
    )


def grid(days: int = 3, interval: Interval = Interval.H1) -> SessionGrid:
    made = SessionGrid(interval, Market.HK_STOCK)
    made.know(hourly(days))
    made.learn(int(hourly(days)[-1]))
    return made


@pytest.mark.parametrize(
    ("minute", "start", "end"),
    [(571, 570, 630), (719, 690, 750), (781, 780, 840), (955, 900, 960), (629, 570, 630)],
)
def test_the_next_days_bars_begin_as_those_before(minute: int, start: int, end: int) -> None:
    tomorrow = MONDAY + 3 * 86_400
    known = grid()
    assert known.start(tomorrow + 60 * minute) == tomorrow + 60 * start
    assert known.end(tomorrow + 60 * start) == tomorrow + 60 * end


def test_a_bar_ends_where_the_next_is_known_to_begin() -> None:
    starts = np.array([MONDAY + 86_400 * day + 60 * it for day in (0, 1) for it in (570, 690, 780)])
    known = SessionGrid(Interval.H2, Market.HK_STOCK)
    known.know(starts)
    assert known.end(MONDAY + 60 * 690) == MONDAY + 60 * 780


def test_outside_the_known_hours_the_plain_grid_counts() -> None:
    night = MONDAY + 3 * 86_400 + 60 * 60 * 20 + 100
    known = grid()
    plain = Grid(Interval.H1, Market.HK_STOCK, known.offset_s)
    assert known.start(night) == plain.start(night)


def test_a_market_without_a_break_needs_no_learning() -> None:
    known = SessionGrid(Interval.H1, Market.CRYPTO)
    known.know(np.arange(MONDAY, MONDAY + 100 * 3600, 3600))
    assert known._starts == ()


def test_summer_and_winter_together_are_no_session() -> None:
    winter = np.arange(MONDAY, MONDAY + 10 * 86_400, 14_400)
    summer = winter + 10 * 86_400 + 3600
    known = SessionGrid(Interval.H4, Market.FOREX)
    known.know(np.concatenate([winter, summer]))
    assert known._starts == ()


@given(st.integers(0, 86_399), st.sampled_from(list(Interval)))
def test_every_moment_lies_in_its_bar(second: int, interval: Interval) -> None:
    known = grid(5, interval)
    moment = MONDAY + 5 * 86_400 + second
    start = known.start(moment)
    assert start <= moment
    assert moment < known.end(start)


def test_the_first_trade_after_the_night_and_after_lunch_begins_the_vendors_bar() -> None:
    bars = LiveBars(Interval.H1, Market.HK_STOCK)
    bars.take([Candle(int(it), "10", "10", "10", "10") for it in hourly(3)])
    tomorrow = MONDAY + 3 * 86_400
    for number, minute in enumerate((570, 640, 715, 780, 845), 1):
        trade = Trade("700.HK", number, (tomorrow + 60 * minute) * 1000, "11", "1")
        assert bars.trade(trade) is not None
    begun = [(int(it) - tomorrow) // 60 for it in bars.series.time[-5:]]
    assert begun == [570, 630, 690, 780, 840]
