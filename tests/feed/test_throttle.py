"""The throttle against a model that judges by when calls were sent."""

import asyncio
import itertools

import pytest
from fakes import FakeClock
from hypothesis import given, settings
from hypothesis import strategies as st
from throttlemodel import LazyLedger, Stage, Step, WobblyClock, breaches, greedy, run
from throttleplans import BASIC, NAMES, every_plan, plan_of, seconds

from alltick_desk.feed.throttle import Lane
from alltick_desk.model.spending import DAY_S
from alltick_desk.vendors.base import Plan

steps = st.lists(
    st.builds(
        Step,
        pause_s=seconds,
        name=st.sampled_from(NAMES),
        lane=st.sampled_from(Lane),
        travel_s=seconds,
        fate=st.sampled_from(["send", "send", "send", "send", "cancel", "leave"]),
    ),
    max_size=40,
)


class TestLimits:
    @every_plan
    @settings(max_examples=40, deadline=None)
    @given(steps=steps, wobble=st.sampled_from([0.0, 0.05, 0.4]))
    def test_no_window_ever_holds_one_call_too_many(
        self, plan: Plan, steps: list[Step], wobble: float
    ) -> None:
        async def scene() -> None:
            stage = Stage(plan, WobblyClock(wobble))
            await stage.play(steps)
            await stage.clock.advance(3 * 3600)
            assert breaches(plan, stage.sent) == []
            # Nobody is forgotten, and who left has left no trace.
            assert all(task.done() for task in stage.tasks)
            budget = stage.throttle.budget()
            assert set(budget.waiting.values()) == {0}
            assert set(budget.next_free_s.values()) <= {0.0}
            assert budget.used_minute == 0
            await asyncio.gather(*stage.tasks, return_exceptions=True)

        run(scene)

    @every_plan
    @settings(max_examples=20, deadline=None)
    @given(runs=st.lists(st.tuples(steps, st.booleans(), seconds), min_size=2, max_size=3))
    def test_neither_a_restart_nor_a_crash_overspends(
        self, plan: Plan, runs: list[tuple[list[Step], bool, float]]
    ) -> None:
        async def scene() -> None:
            clock = FakeClock()
            ledger = LazyLedger(clock)
            sent: list[tuple[str, float]] = []
            for callers, crash, down_s in runs:
                stage = Stage(plan, clock, ledger, sent=sent)
                await stage.play(callers)
                if crash:
                    ledger = ledger.after_crash()
                await stage.stop()
                await clock.advance(down_s)
            assert breaches(plan, sent) == []

        run(scene)

    @settings(max_examples=60, deadline=None)
    @given(
        steps=st.lists(
            st.builds(
                Step,
                pause_s=st.sampled_from([0.0, 1.0, 400.0, 9_000.0, 50_000.0]),
                name=st.just("kline"),
                lane=st.sampled_from(Lane),
                travel_s=st.sampled_from([0.0, 2.0, 700.0]),
                fate=st.sampled_from(["send", "send", "cancel"]),
            ),
            max_size=30,
        ),
        restart_at=st.integers(0, 30),
        crash=st.booleans(),
    )
    def test_no_day_ever_holds_one_call_too_many(
        self, steps: list[Step], restart_at: int, crash: bool
    ) -> None:
        plan = plan_of(day=4, all=[(10, 1)])

        async def scene() -> None:
            clock = FakeClock()
            ledger = LazyLedger(clock)
            sent: list[tuple[str, float]] = []
            for some in (steps[:restart_at], steps[restart_at:]):
                stage = Stage(plan, clock, ledger, sent=sent)
                await stage.play(some)
                if crash:
                    ledger = ledger.after_crash()
                await stage.stop()
            assert breaches(plan, sent) == []

        run(scene)

    @pytest.mark.parametrize("crash", [False, True])
    def test_the_day_outlives_a_restart(self, crash: bool) -> None:
        plan = plan_of(day=4, all=[(10, 1)])

        async def scene() -> None:
            clock = FakeClock()
            ledger = LazyLedger(clock)
            start = clock.now
            sent: list[tuple[str, float]] = []
            for _ in range(2):
                stage = Stage(plan, clock, ledger, sent=sent)
                await stage.play([Step(3600.0, "kline", Lane.CLICK) for _ in range(3)])
                await clock.advance(600.0)
                if crash:
                    ledger = ledger.after_crash()
                await stage.stop()
            assert len(sent) == 4
            stage = Stage(plan, clock, ledger, sent=sent)
            await stage.play([Step(0.0, "kline", Lane.CLICK)])
            await clock.advance(DAY_S)
            assert len(sent) == 5
            # The ledger learned that the first call went when the second one came.
            assert DAY_S + 3600.0 <= sent[-1][1] - start <= DAY_S + 7200.0

        run(scene)

    @every_plan
    @pytest.mark.parametrize("names", [["kline"], ["batch-kline"], NAMES], ids=" ".join)
    def test_uses_what_the_windows_allow(self, plan: Plan, names: list[str]) -> None:
        shared = [(rate.calls, rate.seconds) for rate in plan.rates["all"]]
        own = (
            [(r.calls, r.seconds) for r in plan.rates.get(names[0], ())] if len(names) == 1 else []
        )
        end_s = 300.0 if plan.rates["all"][0].calls <= 10 else 130.0
        workers = max(calls for calls, seconds in shared + own if seconds <= 60)

        async def scene() -> None:
            stage = Stage(plan)

            async def caller(name: str) -> None:
                while True:
                    ticket = await stage.throttle.call(name, Lane.CLICK)
                    ticket.sent()
                    stage.sent.append((name, stage.clock.now))

            for number in range(workers + len(names)):
                stage.start(caller(names[number % len(names)]))
            await stage.clock.advance(end_s - 0.001)
            await stage.stop()
            assert breaches(plan, stage.sent) == []
            assert len(stage.sent) >= 0.99 * greedy(shared + own, end_s)

        run(scene)

    def test_the_day_is_used_up_and_comes_back(self) -> None:
        plan = plan_of(day=50, all=[(1, 1)])

        async def scene() -> None:
            stage = Stage(plan)
            for _ in range(200):
                stage.start(stage.one(Step(0.0, "kline", Lane.CLICK)))
            await stage.clock.advance(3600)
            assert len(stage.sent) == 50
            await stage.clock.advance(3 * DAY_S)
            assert len(stage.sent) == 200
            assert breaches(plan, stage.sent) == []

        run(scene)

    def test_the_margin_is_kept_on_the_wire(self) -> None:
        async def scene() -> None:
            stage = Stage(plan_of(all=[(1, 10)]), margin_s=0.05)
            await stage.play([Step(0.0, "kline", Lane.CLICK, travel_s=2.0) for _ in range(5)])
            await stage.clock.advance(100)
            times = [at for _, at in stage.sent]
            gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
            assert len(gaps) == 4
            assert min(gaps) > 12.0249  # the window, half the margin, and two seconds' travel

        run(scene)

    def test_the_margin_grows_with_jitter(self) -> None:
        async def scene() -> None:
            calm, restless = Stage(BASIC, margin_s=0.05), Stage(BASIC, margin_s=0.05)
            for number in range(10):
                for stage, travel_s in ((calm, 0.0), (restless, 0.3 * (number % 2))):
                    await stage.play([Step(5.0, "kline", Lane.CLICK, travel_s=travel_s)])
                    await stage.clock.advance(2.0)
            await asyncio.gather(*calm.tasks, *restless.tasks)
            for stage, margin_s in ((calm, 0.05), (restless, 0.25)):
                await stage.play([Step(0.0, "kline", Lane.CLICK)])
                left = stage.throttle.budget().next_free_s["kline"]
                assert left == pytest.approx(1.0 + margin_s)

        run(scene)
