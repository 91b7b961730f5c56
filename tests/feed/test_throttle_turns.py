"""Whose turn it is at the throttle: by lane and arrival, what the background leaves, and when."""

import pytest
from fakes import settle
from hypothesis import given, settings
from hypothesis import strategies as st
from throttlemodel import Stage, Step, run
from throttleplans import BASIC, FREE, NAMES, PREMIUM, every_plan, plan_of, seconds

from alltick_desk.feed.throttle import Lane
from alltick_desk.model.spending import DAY_S
from alltick_desk.vendors.base import Plan
from alltick_desk.vendors.plans import plan_named


class TestOrder:
    @settings(max_examples=40, deadline=None)
    @given(lanes=st.lists(st.sampled_from(Lane), max_size=15))
    def test_lanes_then_arrival(self, lanes: list[Lane]) -> None:
        async def scene() -> None:
            stage = Stage(BASIC)
            await stage.play([Step(0.0, "kline", Lane.CLICK)])  # fills the window
            await stage.play([Step(0.0, "kline", lane) for lane in lanes])
            await stage.clock.advance(3600)
            waited = [(lane, arrival) for _, lane, arrival in stage.order[1:]]
            assert waited == sorted(waited)
            assert len(waited) == len(lanes)

        run(scene)

    def test_a_waiting_click_holds_up_no_call_whose_windows_are_free(self) -> None:
        async def scene() -> None:
            stage = Stage(BASIC)
            await stage.play([Step(0.0, "batch-kline", Lane.CLICK)])
            await stage.play([Step(0.5, "batch-kline", Lane.CLICK)])
            await stage.play([Step(0.0, "kline", Lane.BACKGROUND)])
            await stage.clock.advance(0.6)
            assert [name for name, _ in stage.sent] == ["batch-kline", "kline"]
            await stage.clock.advance(1.9)
            assert [name for name, _ in stage.sent] == ["batch-kline", "kline", "batch-kline"]

        run(scene)

    @pytest.mark.parametrize("lane", [Lane.VISIBLE, Lane.BACKGROUND])
    @pytest.mark.parametrize(
        "shared", [[(1, 1.0)], [(3, 5.0)], [(1, 0.7), (4, 6.0)], [(5, 60.0)]], ids=str
    )
    def test_a_waiting_click_is_not_put_off_by_what_goes_meanwhile(
        self, lane: Lane, shared: list[tuple[int, float]]
    ) -> None:
        plan = plan_of(all=shared, batch_kline=[(1, 7.3)])

        async def scene() -> None:
            stage = Stage(plan)
            start = stage.clock.now
            await stage.play([Step(0.0, "batch-kline", Lane.CLICK)])
            await stage.play([Step(0.0, "batch-kline", Lane.CLICK)])
            await stage.play([Step(0.0, "kline", lane) for _ in range(30)])
            await stage.clock.advance(7.3)
            clicks = [at - start for name, at in stage.sent if name == "batch-kline"]
            assert clicks == pytest.approx([0.0, 7.3])
            assert len(stage.sent) > 2  # and the others were not just shut out
            await stage.stop()

        run(scene)

    def test_a_call_of_its_own_lane_is_not_overtaken_for_good(self) -> None:
        plan = plan_of(all=[(2, 10.0)], batch_kline=[(1, 15.0)])

        async def scene() -> None:
            stage = Stage(plan)
            start = stage.clock.now
            await stage.play([Step(0.0, "batch-kline", Lane.VISIBLE)])
            await stage.play([Step(0.0, "batch-kline", Lane.VISIBLE)])
            for _ in range(20):
                await stage.play([Step(1.0, "kline", Lane.VISIBLE)])
            times = [at - start for name, at in stage.sent if name == "batch-kline"]
            assert times == pytest.approx([0.0, 15.0])
            await stage.stop()

        run(scene)


class TestBackground:
    @pytest.mark.parametrize(
        ("plan", "left"), [(PREMIUM, 120), (plan_named("itick", "free"), 2)], ids=["600", "5"]
    )
    def test_leaves_a_fifth_of_the_minute_and_two_calls_at_least(
        self, plan: Plan, left: int
    ) -> None:
        async def scene() -> None:
            stage = Stage(plan)
            minute = plan.rates["all"][-1].calls
            for _ in range(minute):
                stage.start(stage.one(Step(0.0, "kline", Lane.BACKGROUND)))
            await stage.clock.advance(59.0)
            budget = stage.throttle.budget()
            assert (len(stage.sent), budget.left_minute) == (minute - left, left)
            assert budget.waiting[Lane.BACKGROUND] == left
            assert stage.throttle.estimate("trade-tick", Lane.CLICK) == 0.0
            assert stage.throttle.estimate("trade-tick", Lane.VISIBLE) == 0.0
            await stage.stop()

        run(scene)

    def test_what_fills_the_screen_leaves_a_click_its_turn(self) -> None:
        async def scene() -> None:
            stage = Stage(plan_named("itick", "free"))
            await stage.play([Step(0.0, "kline", Lane.CLICK)])
            await stage.play([Step(0.0, "klines", Lane.VISIBLE) for _ in range(6)])
            await stage.clock.advance(15.0)
            assert [name for name, _ in stage.sent] == ["kline", *["klines"] * 3]
            assert stage.throttle.estimate("klines", Lane.VISIBLE) == pytest.approx(45.0)
            assert stage.throttle.estimate("kline", Lane.CLICK) == 0.0
            await stage.play([Step(0.0, "kline", Lane.CLICK)])
            assert len(stage.sent) == 5
            await stage.clock.advance(200.0)
            assert len(stage.sent) == 8  # and none of them is shut out
            await stage.stop()

        run(scene)

    def test_a_window_of_one_call_is_everybodys(self) -> None:
        async def scene() -> None:
            for lane in Lane:
                stage = Stage(plan_of(all=[(1, 60)]))
                await stage.play([Step(0.0, "kline", lane)])
                assert len(stage.sent) == 1

        run(scene)

    def test_leaves_a_fifth_of_the_day_and_spreads_the_rest(self) -> None:
        plan = plan_of(day=1000, all=[(1, 1)])

        async def scene() -> None:
            stage = Stage(plan)
            for _ in range(900):
                stage.start(stage.one(Step(0.0, "kline", Lane.BACKGROUND)))
            await stage.clock.advance(3500.0)
            assert len(stage.sent) == 34  # a 24th of 800, rounded up
            await stage.clock.advance(DAY_S - 3510.0)
            assert 700 <= len(stage.sent) <= 800
            assert stage.throttle.budget().left_today == 1000 - len(stage.sent)
            await stage.stop()

        run(scene)

    def test_never_takes_the_last_fifth_of_the_day(self) -> None:
        async def scene() -> None:
            stage = Stage(plan_of(day=100, all=[(10, 1)]))
            await stage.play([Step(1.0, "kline", Lane.CLICK) for _ in range(80)])
            await stage.clock.advance(2 * 3600.0)
            await stage.play([Step(0.0, "kline", Lane.BACKGROUND)])
            await stage.clock.advance(3600.0)
            assert len(stage.sent) == 80
            await stage.play([Step(0.1, "kline", Lane.CLICK) for _ in range(20)])
            assert len(stage.sent) == 100
            await stage.stop()

        run(scene)

    def test_may_use_a_window_of_one_call(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            await stage.play([Step(0.0, "suspension", Lane.BACKGROUND)])
            assert len(stage.sent) == 1

        run(scene)


class TestEstimate:
    @every_plan
    @settings(max_examples=30, deadline=None)
    @given(
        before=st.lists(
            st.builds(
                Step, pause_s=seconds, name=st.sampled_from(NAMES), lane=st.sampled_from(Lane)
            ),
            max_size=25,
        ),
        name=st.sampled_from(NAMES),
        lane=st.sampled_from([Lane.CLICK, Lane.VISIBLE, Lane.BACKGROUND]),
    )
    def test_says_when_the_call_will_go(
        self, plan: Plan, before: list[Step], name: str, lane: Lane
    ) -> None:
        async def scene() -> None:
            stage = Stage(plan)
            await stage.play(before)
            await settle()
            start, count = stage.clock.now, len(stage.tasks)
            estimate = stage.throttle.estimate(name, lane)
            task = stage.start(stage.one(Step(0.0, name, lane)))
            await stage.clock.advance(3 * 3600)
            assert task.done()
            position = [arrival for *_, arrival in stage.order].index(count + 1)
            waited = stage.sent[position][1] - start
            assert waited == pytest.approx(estimate, abs=0.01 + 0.001 * estimate)

        run(scene)

    def test_disturbs_nothing(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            ticket = await stage.throttle.call("kline", Lane.CLICK)
            await stage.play([Step(0.0, "kline", Lane.CLICK), Step(0.0, "kline", Lane.VISIBLE)])
            before = stage.throttle.budget()
            assert stage.throttle.estimate("kline", Lane.BACKGROUND) == pytest.approx(30.0)
            assert stage.throttle.estimate("kline", Lane.CLICK) == pytest.approx(20.0)
            assert stage.throttle.budget() == before
            ticket.sent()
            await stage.stop()

        run(scene)
