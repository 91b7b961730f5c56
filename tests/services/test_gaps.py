"""Each hole among the bars is found, once, and explained by what is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import Times
from alltick_desk.services.gaps import ChartGap, Known, find_gaps, to_keep
from alltick_desk.services.outages import Outage
from alltick_desk.services.sessions import Sessions
from alltick_desk.store.candle_values import Gap, GapReason, Span

T0 = 1_767_225_600  # 2026-01-01T00:00:00Z, a Thursday
ALWAYS = Sessions.learn(np.zeros(0, np.int64), Interval.M1, Market.CRYPTO)
AGAIN = "The desk asks for them when the plan has a call to spare."
GONE = "The vendor does not give them any more."


def at(minute: float) -> int:
    return T0 + int(60 * minute)


def series(*minutes: int) -> Times:
    return np.array([at(it) for it in minutes], np.int64)


def told(gaps: list[ChartGap]) -> list[tuple[int, int, int, GapReason]]:
    return [(it.after, (it.from_s - T0) // 60, (it.to_s - T0) // 60, it.kind) for it in gaps]


def test_bars_side_by_side_have_no_gap() -> None:
    assert find_gaps(series(*range(100)), ALWAYS, Known()) == []
    assert find_gaps(series(3), ALWAYS, Known()) == []
    assert find_gaps(series(), ALWAYS, Known()) == []


def test_a_hole_of_which_nothing_is_known() -> None:
    (gap,) = find_gaps(series(0, 1, 5, 6), ALWAYS, Known(pages=True))
    assert told([gap]) == [(1, 2, 5, GapReason.UNKNOWN)]
    assert gap.refillable
    assert gap.reason == f"These bars were never loaded. {AGAIN}"


def test_what_cannot_be_asked_for_is_marked_so() -> None:
    (gap,) = find_gaps(series(0, 5), ALWAYS, Known(pages=False))
    assert not gap.refillable
    assert gap.reason == f"These bars were never loaded. {GONE}"


def test_where_the_vendor_told_all_nothing_was_traded() -> None:
    known = Known(spans=(Span(at(0), at(5)),), pages=True)
    (gap,) = find_gaps(series(0, 1, 5), ALWAYS, known)
    assert told([gap]) == [(1, 2, 5, GapReason.FEWER)]
    assert not gap.refillable
    assert gap.reason.startswith("The vendor has no bars here")


def test_a_hole_of_two_reasons_has_two_gaps() -> None:
    known = Known(spans=(Span(at(0), at(4)), Span(at(6), at(9))), pages=True)
    assert told(find_gaps(series(1, 8), ALWAYS, known)) == [
        (0, 2, 4, GapReason.FEWER),
        (0, 4, 6, GapReason.UNKNOWN),
        (0, 6, 8, GapReason.FEWER),
    ]


def test_an_outage_is_told_with_its_times() -> None:
    known = Known(outages=(Outage(at(2.4), at(5.1)),), pages=True, heard_from_s=at(0))
    (gap,) = find_gaps(series(0, 1, 6), ALWAYS, known)
    assert told([gap]) == [(1, 2, 6, GapReason.DISCONNECTED)]
    assert gap.reason == f"The desk was not connected from 00:02 to 00:05. {AGAIN}"
    assert to_keep([gap]) == [Gap(at(2), at(6), GapReason.DISCONNECTED)]


def test_the_times_of_an_outage_are_the_exchanges() -> None:
    sessions = Sessions(Market.HK_STOCK, Interval.M1)
    known = Known(outages=(Outage(at(2), None),))
    (gap,) = find_gaps(series(0, 1, 6), sessions, known)
    assert gap.reason.startswith("The desk was not connected from 08:02 to 08:06.")


def test_an_outage_of_an_earlier_run_is_remembered() -> None:
    known = Known(told=(Gap(at(2), at(6), GapReason.DISCONNECTED),), pages=True)
    (gap,) = find_gaps(series(0, 1, 6), ALWAYS, known)
    assert gap.reason == f"The desk was not connected here. {AGAIN}"
    known = Known(told=(Gap(at(2), at(6), GapReason.DISCONNECTED, refillable=False),), pages=True)
    (gap,) = find_gaps(series(0, 1, 6), ALWAYS, known)
    assert not gap.refillable


def test_a_page_that_brought_nothing_is_not_asked_for_again() -> None:
    known = Known(told=(Gap(at(2), at(6), GapReason.FEWER, refillable=False),), pages=True)
    (gap,) = find_gaps(series(0, 1, 6), ALWAYS, known)
    assert (gap.kind, gap.refillable) == (GapReason.FEWER, False)


def test_while_the_desk_listens_an_empty_minute_is_one_without_trades() -> None:
    known = Known(heard_from_s=at(3), pages=True)
    assert told(find_gaps(series(0, 3, 4, 8), ALWAYS, known)) == [
        (0, 1, 3, GapReason.UNKNOWN),
        (2, 5, 8, GapReason.FEWER),
    ]


def hong_kong(*days: int) -> Times:
    """Return the minutes of January's days of Hong Kong (eight hours ahead)."""
    hours = [*range(570, 720), *range(780, 960)]
    return np.array([T0 + 86_400 * (day - 1) - 28_800 + 60 * it for day in days for it in hours])


def test_nights_and_breaks_are_the_market_closed() -> None:
    known = hong_kong(5, 6, 7)
    sessions = Sessions.learn(known, Interval.M1, Market.HK_STOCK)
    found = find_gaps(known, sessions, Known(pages=True))
    assert {it.kind for it in found} == {GapReason.CLOSED}
    assert len(found) == 5
    assert found[0].reason == "The market was closed."
    assert [it.after for it in found] == [149, 329, 479, 659, 809]


def test_of_a_missing_day_the_open_hours_are_the_gap() -> None:
    known = hong_kong(5, 6, 8)
    sessions = Sessions.learn(known, Interval.M1, Market.HK_STOCK)
    found = [it for it in find_gaps(known, sessions, Known()) if it.after == 659]
    assert [it.kind for it in found] == [
        *(GapReason.CLOSED, GapReason.UNKNOWN, GapReason.CLOSED),
        *(GapReason.UNKNOWN, GapReason.CLOSED),
    ]
    assert sum(it.to_s - it.from_s for it in found if it.kind is GapReason.UNKNOWN) == 330 * 60


def test_bars_off_the_grid_have_no_gap_where_no_bar_has_room() -> None:
    stamps = [T0 - 28_800 + 60 * it for it in (570, 630, 690, 780, 840, 900)]
    known = np.array([it + 86_400 * day for day in (4, 5) for it in stamps])
    sessions = Sessions.learn(known, Interval.H1, Market.HK_STOCK)
    assert told(find_gaps(known, sessions, Known()))[0][0] == 5
    assert {it.kind for it in find_gaps(known, sessions, Known())} == {GapReason.CLOSED}


def shanghai(*dates: str) -> Times:
    """Return the minutes of days of Shanghai (eight hours ahead)."""
    hours = [*range(570, 690), *range(780, 900)]
    days = np.array(dates, "datetime64[s]").astype(int)
    return np.array([day - 28_800 + 60 * it for day in days.tolist() for it in hours])


# The table does not know the holidays of mainland China in 2027: the week of February 8 is one.
NEW_YEAR = ("2027-02-03", "2027-02-04", "2027-02-05", "2027-02-15", "2027-02-16")


def test_a_day_that_no_table_covers_is_no_gap_where_the_vendor_has_no_bars_of_it() -> None:
    known = shanghai(*NEW_YEAR)
    sessions = Sessions.learn(known, Interval.M1, Market.CN_STOCK)
    whole = Known(spans=(Span(int(known[0]), int(known[-1]) + 60),), pages=True)
    assert {it.kind for it in find_gaps(known, sessions, whole)} == {GapReason.CLOSED}
    days = np.array(NEW_YEAR, "datetime64[s]").astype(int) - 28_800
    daily = Sessions.learn(days, Interval.D1, Market.CN_STOCK)
    whole = Known(spans=(Span(int(days[0]), int(days[-1]) + 86_400),), pages=True)
    assert find_gaps(days, daily, whole) == []
    covered = days - 364 * 86_400  # in 2026 that week was none
    whole = Known(spans=(Span(int(covered[0]), int(covered[-1]) + 86_400),), pages=True)
    assert {it.kind for it in find_gaps(covered, daily, whole)} == {GapReason.FEWER}


def test_a_part_of_such_a_day_is_a_gap_for_the_market_was_open() -> None:
    known = shanghai(*NEW_YEAR)
    known = np.delete(known, range(400, 460))  # of the second day
    sessions = Sessions.learn(known, Interval.M1, Market.CN_STOCK)
    whole = Known(spans=(Span(int(known[0]), int(known[-1]) + 60),), pages=True)
    (gap,) = (it for it in find_gaps(known, sessions, whole) if it.kind is not GapReason.CLOSED)
    assert (gap.after, gap.kind, gap.to_s - gap.from_s) == (399, GapReason.FEWER, 3600)


def test_a_hole_of_months_is_one_gap_however_many_such_days_are_in_it() -> None:
    known = shanghai("2027-02-03", "2027-02-04", "2027-06-01")
    sessions = Sessions.learn(known, Interval.M1, Market.CN_STOCK)
    found = [it for it in find_gaps(known, sessions, Known()) if it.after == 479]
    assert [(it.kind, it.refillable) for it in found] == [(GapReason.UNKNOWN, False)]


def test_of_such_a_day_the_vendor_is_asked_where_it_can_tell_and_the_outage_is_told() -> None:
    known = shanghai(*NEW_YEAR)
    sessions = Sessions.learn(known, Interval.M1, Market.CN_STOCK)

    def kinds(facts: Known) -> set[tuple[GapReason, bool]]:
        return {(it.kind, it.refillable) for it in find_gaps(known, sessions, facts)}

    closed = (GapReason.CLOSED, False)
    assert kinds(Known(pages=True)) == {closed, (GapReason.UNKNOWN, True)}
    assert kinds(Known(pages=False)) == {closed}, "nothing is known, and never will be"
    outage = Outage(int(known[700]), int(known[730]))
    lost = (GapReason.DISCONNECTED, False)
    assert kinds(Known(outages=(outage,))) == {closed, lost}


@pytest.mark.parametrize("interval", [Interval.D1, Interval.W1, Interval.MO1])
def test_days_weeks_and_months_have_gaps_only_where_one_is_missing(interval: Interval) -> None:
    dates = np.arange("2026-01-01", "2027-01-01", dtype="datetime64[D]")
    number = (dates.astype(int) + 3) % 7
    chosen = {
        Interval.D1: number < 5,
        Interval.W1: number == 0,
        Interval.MO1: dates == dates.astype("datetime64[M]"),
    }[interval]
    known = dates[chosen].astype("datetime64[s]").astype(np.int64)
    sessions = Sessions.learn(known, interval, Market.US_STOCK)
    assert find_gaps(known, sessions, Known()) == []
    (gap,) = find_gaps(np.delete(known, 7), sessions, Known())
    assert (gap.after, gap.kind) == (6, GapReason.UNKNOWN)


def test_only_what_is_in_view_is_looked_at() -> None:
    known = series(0, 2, 4, 6, 8)
    found = find_gaps(known, ALWAYS, Known(), first=1, last=3)
    assert [it.after for it in found] == [1, 2]
    assert find_gaps(known, ALWAYS, Known(), first=-5, last=99) == find_gaps(known, ALWAYS, Known())
    assert find_gaps(known, ALWAYS, Known(), first=4, last=9) == []


MINUTES = st.sets(st.integers(0, 300), min_size=2, max_size=60)
STRETCH = st.tuples(st.integers(0, 300), st.integers(1, 60))


@given(
    MINUTES,
    st.tuples(*(st.lists(STRETCH, max_size=4) for _ in range(3))),
    st.none() | st.integers(0, 300),
    st.booleans(),
)
def test_bars_and_gaps_together_cover_everything_once(
    minutes: set[int],
    known_stretches: tuple[list[tuple[int, int]], ...],
    heard: int | None,
    pages: bool,
) -> None:
    spans, outages, kept = known_stretches
    order = sorted(minutes)
    known = Known(
        spans=tuple(Span(at(start), at(start + length)) for start, length in sorted(spans)),
        told=tuple(
            Gap(at(start), at(start + length), GapReason.DISCONNECTED) for start, length in kept
        ),
        outages=tuple(Outage(at(start), at(start + length)) for start, length in outages),
        heard_from_s=None if heard is None else at(heard),
        pages=pages,
    )
    gaps = find_gaps(series(*order), ALWAYS, known)
    covered = [minute for gap in gaps for minute in told_minutes(gap)]
    assert sorted([*covered, *order]) == list(range(order[0], order[-1] + 1))
    for gap in gaps:
        assert order[gap.after] < (gap.from_s - T0) // 60
        assert (gap.to_s - T0) // 60 <= order[gap.after + 1]
        assert gap.reason
        assert pages or not gap.refillable
        whole = all(any(a <= it < a + n for a, n in spans) for it in told_minutes(gap))
        if whole:
            assert gap.kind is GapReason.FEWER, "the vendor's word is the surest"


def told_minutes(gap: ChartGap) -> range:
    return range((gap.from_s - T0) // 60, (gap.to_s - T0) // 60)
