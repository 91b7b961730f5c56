"""One instrument's closes at the bars of another."""

import math
from collections.abc import Callable
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.calendar import bar_date, day_start
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.model.series import CandleSeries, Row
from alltick_desk.services.aligned import AlignedCloses, bar_days

T0 = 1_767_225_600
NAN = math.nan


def row(time_s: int, close: float) -> Row:
    return Row(time_s, close, close, close, close, 0.0, 0.0)


def candle(time_s: int, close: float) -> Candle:
    price = f"{close:.0f}"
    return Candle(time_s, price, price, price, price, "1")


def series(*bars: tuple[int, float]) -> CandleSeries:
    made = CandleSeries()
    for time_s, close in bars:
        made.put(row(time_s, close))
    return made


def same(found: np.ndarray, wanted: list[float]) -> bool:
    return np.array_equal(found, np.array(wanted, float), equal_nan=True)


def plain(interval: Interval = Interval.M1) -> AlignedCloses:
    return AlignedCloses(interval, Market.CRYPTO, Market.CRYPTO)


def by_hand(main: CandleSeries, other: CandleSeries, span_s: int) -> list[float]:
    """The rule as it is written: the last bar that began before this one was over."""
    found = []
    for time_s in main.time:
        begun = [
            close for at, close in zip(other.time, other.close, strict=True) if at < time_s + span_s
        ]
        found.append(float(begun[-1]) if begun else NAN)
    return found


def test_where_the_other_had_no_trade_it_holds_and_before_its_history_is_a_hole() -> None:
    main = series(*((T0 + 60 * minute, 1.0) for minute in range(7)))
    other = series((T0 + 120, 5.0), (T0 + 300, 6.0))
    aligned = plain()
    assert aligned.sync(main, other) == 0
    assert same(aligned.values, [NAN, NAN, 5.0, 5.0, 5.0, 6.0, 6.0])
    assert aligned.begin == 2


def test_bars_that_are_cut_elsewhere_stand_at_the_bar_in_which_they_begin() -> None:
    main = series(*((T0 + 3600 * hour, 1.0) for hour in range(3)))
    other = series(*((T0 + 1800 + 3600 * hour, float(hour)) for hour in range(3)))
    aligned = plain(Interval.H1)
    aligned.sync(main, other)
    assert same(aligned.values, [0.0, 1.0, 2.0])


def test_without_bars_there_is_no_value() -> None:
    aligned = plain()
    assert aligned.sync(CandleSeries(), series((T0, 1.0))) is None
    assert aligned.sync(series((T0, 1.0)), CandleSeries()) == 0
    assert same(aligned.values, [NAN])
    assert aligned.begin == 1


def test_days_are_matched_by_their_dates() -> None:
    days = [date(2026, 3, day) for day in (5, 6, 9, 10)]  # summer time begins in New York
    hong_kong = series(*((day_start(d, Market.HK_STOCK), float(d.day)) for d in days))
    new_york = series(*((day_start(d, Market.US_STOCK), float(d.day)) for d in days))
    for main, other, markets in (
        (hong_kong, new_york, (Market.HK_STOCK, Market.US_STOCK)),
        (new_york, hong_kong, (Market.US_STOCK, Market.HK_STOCK)),
    ):
        aligned = AlignedCloses(Interval.D1, *markets)
        aligned.sync(main, other)
        assert same(aligned.values, [5.0, 6.0, 9.0, 10.0])


def test_weeks_and_months_are_matched_wherever_in_them_their_bars_are_stamped() -> None:
    sunday, monday = date(2026, 3, 1), date(2026, 3, 9)
    for interval, first, second in (
        (Interval.W1, date(2026, 3, 6), monday),
        (Interval.MO1, date(2026, 2, 27), sunday),
    ):
        main = series(
            (day_start(first.replace(day=2), Market.CRYPTO), 1.0),
            (day_start(second, Market.CRYPTO), 1.0),
        )
        other = series(
            (day_start(first, Market.CRYPTO), 7.0),
            (day_start(date(2026, 3, 12), Market.CRYPTO), 8.0),
        )
        aligned = AlignedCloses(interval, Market.CRYPTO, Market.CRYPTO)
        aligned.sync(main, other)
        assert same(aligned.values, [7.0, 8.0])


@given(st.sampled_from(list(Market)), st.integers(0, 20_000), st.sampled_from(["day", "utc"]))
def test_dates_are_those_of_the_calendar(market: Market, day: int, stamped: str) -> None:
    begin = day_start(date.fromordinal(date(1970, 1, 2).toordinal() + day), market)
    time_s = begin if stamped == "day" else -(-begin // 86_400) * 86_400
    summer = time_s + 182 * 86_400  # the newest bar's offset is another one
    found = bar_days(np.array([time_s, summer]), market)[0]
    assert found == bar_date(time_s, market).toordinal() - date(1970, 1, 1).toordinal()


KINDS = ("put", "next", "touch", "merge", "older", "cut")
Change = Callable[[CandleSeries, CandleSeries], None]
MINUTE = st.integers(0, 60)
CLOSE = st.integers(1, 9).map(float)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Something that happens to one of two series: bars that are new, moved, late, or older."""
    which, kind = draw(st.integers(0, 1)), draw(st.sampled_from(KINDS))
    minute, close = draw(MINUTE), draw(CLOSE)
    off = 30 * which * draw(st.integers(0, 1))

    def change(*both: CandleSeries) -> None:
        it = both[which]
        if kind == "put":
            it.put(row(T0 + 60 * minute + off, close))
        elif kind == "next":
            it.put(row((it.last_s or T0) + 60 * (minute % 5), close))
        elif kind == "older" and len(it):
            it.prepend_columns(it.time[:1] - 60 * (1 + minute), np.full((6, 1), close), digits=0)
        elif kind == "touch" and len(it):
            it.put(row(int(it.time[-1 - minute % min(4, len(it))]), close))
        elif kind == "merge" and len(it):
            begin = int(it.time[-1 - minute % min(4, len(it))])
            it.merge(candle(begin + 60 * step + off, close) for step in range(1 + minute % 5))
        elif kind == "cut" and len(it):
            it.cut(int(it.time[len(it) * minute // 61]))

    return change


@given(st.lists(st.lists(changes(), max_size=4), max_size=12))
def test_it_is_what_the_rule_says_whatever_happens_and_tells_where_it_changed(
    steps: list[list[Change]],
) -> None:
    main, other, aligned = CandleSeries(), CandleSeries(), plain()
    for step in steps:
        before = aligned.values.copy()
        for change in step:
            change(main, other)
        since = aligned.sync(main, other)
        wanted = by_hand(main, other, 60)
        assert same(aligned.values, wanted)
        assert aligned.begin == sum(map(math.isnan, wanted))
        untouched = len(before) if since is None else since
        assert untouched <= len(before)
        assert same(aligned.values[:untouched], before[:untouched].tolist())
        if since is None:
            assert len(before) == len(wanted)


def test_a_tick_touches_the_last_bar_alone() -> None:
    main = series(*((T0 + 60 * minute, 1.0) for minute in range(1000)))
    other = series(*((T0 + 60 * minute, float(minute)) for minute in range(1000)))
    aligned = plain()
    aligned.sync(main, other)
    room = aligned.values
    other.put(row(T0 + 60 * 999, 7.5))
    assert aligned.sync(main, other) == 999
    assert aligned.sync(main, other) is None
    main.put(row(T0 + 60 * 999, 2.0))  # a tick of the chart's own
    assert aligned.sync(main, other) is None
    main.put(row(T0 + 60 * 1000, 2.0))
    assert aligned.sync(main, other) == 1000
    assert aligned.values[-1] == 7.5
    assert np.shares_memory(room, aligned.values)  # nothing was copied for it


def test_what_has_not_traded_for_long_costs_no_more() -> None:
    main = series(*((T0 + 60 * minute, 1.0) for minute in range(1000)))
    other = series((T0, 1.0), (T0 + 60, 2.0))
    aligned = plain()
    aligned.sync(main, other)
    main.put(row(T0 + 60 * 1000, 1.0))
    assert aligned.sync(main, other) == 1000
    other.put(row(T0 + 60, 3.0))
    assert aligned.sync(main, other) == 1
    assert aligned.values[-1] == 3.0


def test_newest_bars_that_the_vendor_moved_are_found_without_a_new_epoch() -> None:
    main = series(*((T0 + 60 * minute, 1.0) for minute in range(5)))
    other = series(*((T0 + 60 * minute, float(minute)) for minute in range(20)))
    aligned = plain()
    aligned.sync(main, other)
    epoch = main.epoch
    main.merge(candle(T0 + 60 * minute, 1.0) for minute in (2, 7, 9))
    assert main.epoch == epoch
    assert aligned.sync(main, other) == 3
    assert same(aligned.values, [0.0, 1.0, 2.0, 7.0, 9.0])


def test_what_the_other_has_no_longer_gives_way_to_what_it_had_before() -> None:
    main = series(*((T0 + 60 * minute, 1.0) for minute in range(20)))
    other = series(*((T0 + 60 * minute, float(minute)) for minute in range(4)))
    aligned = plain()
    aligned.sync(main, other)
    epoch = other.epoch
    other.merge(candle(T0 + 60 * minute, float(minute)) for minute in (2, 6))
    assert other.epoch == epoch
    assert aligned.sync(main, other) == 3
    assert same(aligned.values, [0.0, 1.0, *[2.0] * 4, *[6.0] * 14])


def test_a_bar_that_is_cut_elsewhere_changes_the_bar_in_which_it_begins() -> None:
    main = series(*((T0 + 60 * minute, 1.0) for minute in range(20)))
    other = series(*((T0 + 30 + 60 * minute, float(minute)) for minute in range(4)))
    aligned = plain()
    aligned.sync(main, other)
    other.put(row(T0 + 30 + 180, 8.0))
    assert aligned.sync(main, other) == 3
    assert same(aligned.values, [0.0, 1.0, 2.0, *[8.0] * 17])
