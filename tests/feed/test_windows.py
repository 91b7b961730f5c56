"""Call times, the day's count and the margin, each against the plainest model there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.feed.windows import NEVER, DayCount, Jitter, Track
from alltick_desk.model.spending import BUCKET_S, DAY_S

pauses = st.lists(st.integers(0, 40), max_size=60).map(lambda gaps: [gap / 4 for gap in gaps])


def fits(times: list[float], now: float, calls: int, seconds: float) -> bool:
    """Tell whether a call at ``now`` leaves at most ``calls`` in the window that ends with it."""
    return sum(1 for time in times if time + seconds > now) < calls


class TestTrack:
    @given(pauses=pauses, calls=st.integers(1, 5), seconds=st.sampled_from([1.0, 2.5, 10.0]))
    def test_is_free_exactly_when_the_window_has_room(
        self, pauses: list[float], calls: int, seconds: float
    ) -> None:
        track, times, now = Track(), [], 0.0
        for pause in pauses:
            now += pause
            free_at = track.free_at(calls, seconds, now)
            assert (free_at <= now) == fits(times, now, calls, seconds)
            if free_at <= now:
                track.begin()
                track.went(now, 60.0)
                times.append(now)
            else:
                assert fits(times, free_at, calls, seconds)
                assert not fits(times, free_at - 0.01, calls, seconds)

    def test_takes_a_call_on_its_way_for_now(self) -> None:
        track = Track()
        track.begin()
        assert track.free_at(1, 10.0, 5.0) == 15.0
        assert track.free_at(1, 10.0, 500.0) == 510.0
        assert track.free_at(2, 10.0, 5.0) == NEVER
        track.went(600.0, 60.0)
        assert track.free_at(1, 10.0, 605.0) == 610.0

    def test_forgets_a_call_that_never_went(self) -> None:
        track = Track()
        track.begin()
        track.undo()
        assert track.free_at(1, 10.0, 5.0) == NEVER

    def test_keeps_the_newest_call_however_old(self) -> None:
        track = Track()
        for now in (0.0, 1.0, 500.0):
            track.begin()
            track.went(now, 60.0)
        assert list(track.times) == [500.0]

    def test_counts_what_a_stretch_holds(self) -> None:
        track = Track([0.0, 1.0, 2.0])
        track.begin()
        assert track.used(60.0, 60.5) == 3
        assert track.used(60.0, 61.0) == 2

    def test_keeps_recalled_calls_in_order(self) -> None:
        track = Track([5.0])
        track.recall([7.0, 1.0])
        assert list(track.times) == [1.0, 5.0, 7.0]
        assert track.free_at(1, 10.0, 8.0) == 17.0

    def test_copies_with_calls_on_their_way_gone(self) -> None:
        track = Track([5.0])
        track.begin()
        twin = track.copy(7.0)
        assert (list(twin.times), twin.pending) == ([5.0, 7.0], 0)
        assert (list(track.times), track.pending) == ([5.0], 1)


class TestDayCount:
    @given(
        gaps=st.lists(st.integers(0, 40_000), max_size=60),
        calls=st.integers(1, 6),
        travel_s=st.sampled_from([0.0, 3.0, 400.0]),
    )
    def test_never_lets_more_than_the_day_holds(
        self, gaps: list[int], calls: int, travel_s: float
    ) -> None:
        day, times, now = DayCount(DAY_S), [], 0.0
        for gap in gaps:
            now += gap
            free_at = day.free_at(calls, DAY_S, now)
            if free_at <= now:
                bucket = day.begin(now)
                assert fits(times, now, calls, DAY_S)
                now += travel_s
                day.went(bucket, now)
                times.append(now)
            else:
                assert fits(times, free_at, calls, DAY_S)
                assert not fits(times, free_at - BUCKET_S - travel_s - 1, calls, DAY_S)

    def test_holds_a_bucket_until_its_newest_call_is_a_day_old(self) -> None:
        day = DayCount(DAY_S)
        for now in (0.0, 299.0):
            day.went(day.begin(now), now)
        assert day.used(DAY_S) == 2
        assert day.used(DAY_S + 298.9) == 2
        assert day.used(DAY_S + 299.0) == 0

    def test_counts_from_when_the_call_went(self) -> None:
        day = DayCount(DAY_S)
        day.went(day.begin(0.0), 50.0)
        assert day.free_at(1, DAY_S, 60.0) == DAY_S + 50.0

    def test_never_drops_a_call_on_its_way(self) -> None:
        day = DayCount(DAY_S)
        bucket = day.begin(0.0)
        assert day.used(3 * DAY_S) == 1
        assert day.free_at(1, DAY_S, 3 * DAY_S) == 4 * DAY_S
        day.went(bucket, 3 * DAY_S)
        assert day.used(4 * DAY_S) == 0

    def test_gives_back_what_was_never_written_down(self) -> None:
        day = DayCount(DAY_S)
        day.undo(day.begin(0.0))
        assert day.used(1.0) == 0

    def test_judges_a_shorter_stretch_by_itself(self) -> None:
        day = DayCount(DAY_S)
        for now in (0.0, 1000.0, 2000.0):
            day.went(day.begin(now), now)
        assert day.free_at(2, 3600.0, 2500.0) == 1000.0 + 3600.0
        assert day.free_at(2, 3600.0, 4600.0) == NEVER

    def test_lets_nothing_through_a_limit_of_none(self) -> None:
        assert DayCount(DAY_S).free_at(0, DAY_S, 5.0) > 5.0

    def test_adds_the_buckets_of_an_earlier_run(self) -> None:
        day = DayCount(DAY_S)
        day.recall([(-500.0, 7), (-DAY_S - 1, 100)])
        assert day.used(0.0) == 7
        day.begin(0.0)
        assert day.copy(1.0).used(DAY_S - 500.0) == 1


class TestJitter:
    def test_starts_with_the_floor(self) -> None:
        assert Jitter(0.05).margin_s == 0.05

    def test_grows_with_the_spread_and_is_capped(self) -> None:
        jitter = Jitter(0.05)
        for delay_s in (0.0, 0.06) * 10:
            jitter.add(delay_s)
        assert 0.06 < jitter.margin_s < 0.25
        for delay_s in (0.0, 5.0) * 10:
            jitter.add(delay_s)
        assert jitter.margin_s == 0.25

    def test_calms_down_again(self) -> None:
        jitter = Jitter(0.05)
        jitter.add(0.0)
        jitter.add(2.0)
        assert jitter.margin_s == 0.25
        for _ in range(60):
            jitter.add(0.0)
        assert jitter.margin_s == pytest.approx(0.05, abs=0.005)

    def test_does_not_wait_for_what_passes_anyway(self) -> None:
        jitter = Jitter(0.05)
        for _ in range(5):
            jitter.add(0.004)
        assert jitter.margin_s == pytest.approx(0.046)
        for _ in range(100):
            jitter.add(3.0)
        assert jitter.margin_s >= 0.025

    @given(st.lists(st.floats(0, 10)))
    def test_stays_off_when_turned_off(self, delays: list[float]) -> None:
        jitter = Jitter(0.0)
        for delay_s in delays:
            jitter.add(delay_s)
        assert jitter.margin_s == 0.0
