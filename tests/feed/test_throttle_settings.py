"""Another plan while calls wait, and what is told of the budget."""

import asyncio

import msgspec
import pytest
from fakes import FakeClock, settle
from throttlemodel import Stage, Step, run
from throttleplans import BASIC, FREE, PREMIUM, plan_of

from alltick_desk.feed.throttle import OTHER, Lane, MemoryLedger, Throttle
from alltick_desk.model.spending import DAY_S


class TestSettings:
    def test_a_new_plan_holds_at_once_for_those_who_wait(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            await stage.play([Step(0.0, "kline", Lane.CLICK) for _ in range(8)])
            assert len(stage.sent) == 1
            stage.throttle.configure(PREMIUM)
            await settle()
            assert len(stage.sent) == 8
            stage.throttle.configure(FREE)
            assert stage.throttle.budget().next_free_s["trade-tick"] == 10.0
            await stage.play([Step(9.0, "kline", Lane.CLICK)])
            assert len(stage.sent) == 8  # what was done under the old plan counts on
            await stage.clock.advance(1.0)
            assert len(stage.sent) == 9

        run(scene)

    def test_a_stricter_plan_holds_back_who_had_nearly_waited_enough(self) -> None:
        async def scene() -> None:
            stage = Stage(BASIC)
            await stage.play([Step(0.0, "kline", Lane.CLICK) for _ in range(2)])
            await stage.clock.advance(0.9)
            stage.throttle.configure(FREE)
            await stage.clock.advance(9.0)
            assert len(stage.sent) == 1
            await stage.clock.advance(0.2)
            assert len(stage.sent) == 2

        run(scene)

    def test_a_higher_day_limit_frees_the_rest(self) -> None:
        async def scene() -> None:
            stage = Stage(plan_of(day=2, all=[(10, 1)]))
            await stage.play([Step(0.0, "kline", Lane.CLICK) for _ in range(3)])
            assert len(stage.sent) == 2
            assert stage.throttle.estimate("kline", Lane.CLICK) == pytest.approx(2 * DAY_S, rel=1)
            stage.throttle.configure(msgspec.structs.replace(stage.plan, calls_per_day=3))
            await settle()
            assert len(stage.sent) == 3

        run(scene)

    def test_can_be_changed_before_anything_runs(self) -> None:
        clock = FakeClock()
        throttle = Throttle("test", FREE, clock=clock, ledger=MemoryLedger(clock))
        told: list[int] = []
        handle = throttle.changed.connect(lambda: told.append(1))
        throttle.configure(BASIC)
        assert told == [1]
        assert throttle.budget().left_today == 86_400
        handle.disconnect()


class TestBudget:
    def test_says_what_is_spent_and_left(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            await stage.play([Step(0.0, "kline", Lane.CLICK)])
            await stage.play([Step(0.0, "kline", lane) for lane in (Lane.CLICK, Lane.BACKGROUND)])
            await stage.clock.advance(4.0)
            budget = stage.throttle.budget()
            assert (budget.used_today, budget.left_today) == (1, 999)
            assert (budget.used_minute, budget.left_minute) == (1, 9)
            assert budget.waiting == {Lane.CLICK: 1, Lane.VISIBLE: 0, Lane.BACKGROUND: 1}
            assert budget.frozen == {}
            assert budget.next_free_s == dict.fromkeys(
                [
                    *("kline", "depth-tick", "trade-tick", "static_info", "batch-kline"),
                    *("suspension", OTHER),
                ],
                6.0,
            )
            await stage.stop()

        run(scene)

    def test_knows_plans_without_a_day_or_a_minute(self) -> None:
        async def scene() -> None:
            budget = Stage(plan_of(all=[(3, 1)])).throttle.budget()
            assert (budget.left_today, budget.left_minute) == (None, None)

        run(scene)

    def test_is_announced_once_a_turn_of_the_loop(self) -> None:
        async def scene() -> None:
            stage = Stage(PREMIUM)
            await stage.throttle.open()
            await settle()
            told: list[int] = []
            handle = stage.throttle.changed.connect(lambda: told.append(stage.clock.wall_ms()))
            tickets = await asyncio.gather(
                *(stage.throttle.call("kline", Lane.CLICK) for _ in range(5))
            )
            await settle()
            assert len(told) == 1
            for ticket in tickets:
                ticket.sent()
            await settle()
            assert len(told) == 2
            handle.disconnect()

        run(scene)
