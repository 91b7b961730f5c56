"""How endless work is paced: never more than it may, and in the end all of it."""

import asyncio
import math

import pytest
from fakes import FakeClock
from hypothesis import given, settings
from hypothesis import strategies as st

from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.ledger import MemoryLedger
from alltick_desk.feed.pacing import PART, Drop, steady_gap_s
from alltick_desk.feed.throttle import Throttle
from alltick_desk.sim.alltick.plans import plan_named as sim_plan_named
from alltick_desk.sim.limits import Window
from alltick_desk.vendors.plans import plan_named

SPAN_S = 1000.0


def test_an_unspent_budget_is_spread_evenly() -> None:
    assert steady_gap_s(100, SPAN_S, []) == 10.0


def test_what_is_spent_is_waited_for_until_it_comes_back() -> None:
    assert steady_gap_s(10, SPAN_S, [Drop(900.0, 9)]) == 450.0
    assert steady_gap_s(10, SPAN_S, [Drop(900.0, 10)]) == 900.0
    assert steady_gap_s(10, SPAN_S, [Drop(5.0, 5), Drop(10.0, 5)]) == 100.0


def test_where_nothing_is_allowed_nothing_goes() -> None:
    assert math.isinf(steady_gap_s(0, SPAN_S, []))


PAST = st.lists(st.builds(Drop, st.floats(1.0, SPAN_S), st.integers(1, 20)), max_size=12)
OTHERS = st.lists(st.tuples(st.floats(0.0, 2 * SPAN_S), st.integers(1, 5)), max_size=8)


def played(calls: int, past: list[Drop], others: list[tuple[float, int]]) -> list[float]:
    """Return when calls went in two spans; what others spend comes unasked, at any time."""
    drops = list(past)  # from the beginning on
    coming = sorted(others)
    now_s = last_s = 0.0
    went: list[float] = []
    while now_s < 2 * SPAN_S:
        counted = [Drop(at_s - now_s, number) for at_s, number in drops if at_s > now_s]
        used = sum(drop.calls for drop in counted)
        next_s = last_s + steady_gap_s(calls, SPAN_S, counted)
        if used >= calls:  # as the throttle sees to it
            next_s = max(next_s, now_s + min(drop.in_s for drop in counted))
        if coming and coming[0][0] <= max(next_s, now_s):
            at_s, number = coming.pop(0)
            now_s = max(now_s, at_s)
            drops.append(Drop(now_s + SPAN_S, number))
        elif next_s > now_s:
            now_s = next_s
        else:
            assert used + 1 <= calls
            drops.append(Drop(now_s + SPAN_S, 1))
            went.append(now_s)
            last_s = now_s
    return went


@given(st.integers(1, 60), PAST, OTHERS)
@settings(max_examples=100, deadline=None)
def test_the_pace_never_overspends(
    calls: int, past: list[Drop], others: list[tuple[float, int]]
) -> None:
    assert len(played(calls, past, others)) <= 2 * calls + 1


@given(st.integers(1, 60), PAST)
@settings(max_examples=100, deadline=None)
def test_the_pace_uses_up_what_it_may(calls: int, past: list[Drop]) -> None:
    second = [at_s for at_s in played(calls, past, []) if at_s > SPAN_S]
    assert len(second) >= calls - 1


@pytest.mark.parametrize("foreground", [0, 150])
def test_a_free_day_lasts_a_day(foreground: int) -> None:
    """Call as paced for a day and a half; a judge of the exchange's own counts every window."""
    plan, judged = plan_named("alltick", "free"), sim_plan_named("free")
    windows = [Window(rate, 0.0) for rate in (judged.each, *judged.together, judged.day)]

    async def scenario() -> None:
        clock = FakeClock()
        throttle = Throttle("alltick", plan, clock=clock, ledger=MemoryLedger(clock))
        went: list[float] = []
        clicks = [6 * 3600.0 + 15.0 * number for number in range(foreground)]

        async def call(lane: Lane) -> None:
            ticket = await throttle.call("trade-tick", lane)
            ticket.sent()
            kept = [window.take(clock.monotonic()) for window in windows]
            assert all(kept)

        begun_s = last_s = clock.monotonic()
        while (now_s := clock.monotonic()) < begun_s + 1.5 * 86_400:
            gap_s = throttle.pace("trade-tick").gap_s
            if clicks and clicks[0] <= now_s - begun_s:
                clicks.pop(0)
                task = asyncio.get_running_loop().create_task(call(Lane.CLICK))
            elif now_s >= last_s + gap_s:
                task = asyncio.get_running_loop().create_task(call(Lane.BACKGROUND))
                went.append(now_s)
                last_s = now_s
            else:
                await clock.advance(15.0)
                continue
            while not task.done():
                await clock.advance(5.0)
            task.result()
        day = [at_s for at_s in went if at_s < begun_s + 86_400]
        share = 0.8 * judged.day.calls
        assert 0.9 * PART * (share - foreground) <= len(day) <= share - foreground
        by_hour = [sum(int((at_s - begun_s) // 7200) == hour for at_s in day) for hour in range(12)]
        assert min(by_hour) > 0
        assert min(by_hour[6:]) >= 0.8 * max(by_hour[6:]), "to the end of the day"

    asyncio.run(scenario())


def test_a_plan_without_a_day_is_paced_by_its_minute() -> None:
    async def scenario() -> None:
        clock = FakeClock()
        throttle = Throttle(
            "itick", plan_named("itick", "free"), clock=clock, ledger=MemoryLedger(clock)
        )
        pace = throttle.pace("quotes")
        assert pace.gap_s == pytest.approx(60 / 3 / PART)
        assert pace.free_s == 0.0
        for _ in range(3):
            (await throttle.call("quotes", Lane.CLICK)).sent()
        assert 59.0 < throttle.pace("quotes").free_s < 61.0

    asyncio.run(scenario())
