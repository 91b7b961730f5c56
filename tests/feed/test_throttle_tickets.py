"""What a ticket stands for, and what of it is in the record of an earlier run."""

import asyncio
import gc

import pytest
from fakes import FakeClock, settle
from throttlemodel import Stage, Step, run
from throttleplans import FREE, plan_of

from alltick_desk.errors import StoreError
from alltick_desk.feed.throttle import Lane, MemoryLedger
from alltick_desk.model.spending import DAY_S, Spent


class TestTickets:
    def test_windows_count_from_when_the_call_was_sent(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            ticket = await stage.throttle.call("kline", Lane.CLICK)
            await stage.clock.advance(500.0)
            assert stage.throttle.budget().next_free_s["kline"] == 10.0
            ticket.sent()
            await stage.clock.advance(4.0)
            ticket.sent()
            ticket.cancel()
            assert stage.throttle.budget().next_free_s["kline"] == 6.0

        run(scene)

    def test_a_cancelled_ticket_gives_its_windows_back_but_not_the_day(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            ticket = await stage.throttle.call("kline", Lane.CLICK)
            waiting = stage.start(stage.one(Step(0.0, "kline", Lane.CLICK)))
            await settle()
            assert not waiting.done()
            ticket.cancel()
            ticket.sent()
            await settle()
            assert waiting.done()
            assert stage.throttle.budget().used_today == 2
            assert (await stage.ledger.load()).day == ((0.0, 2),)  # type: ignore[union-attr]

        run(scene)

    def test_a_lost_ticket_counts_as_sent(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            await stage.throttle.call("kline", Lane.CLICK)
            gc.collect()
            await stage.clock.advance(10.0)
            assert stage.throttle.budget().next_free_s["kline"] == 0.0
            assert stage.throttle.budget().used_minute == 1

        run(scene)

    def test_nothing_goes_that_could_not_be_recorded(self) -> None:
        class FullDisk(MemoryLedger):
            broken = True

            async def spend(self, call: str) -> int:
                if self.broken:
                    raise StoreError("The disk is full.")
                return await super().spend(call)

            async def connecting(self, socket: str) -> None:
                if self.broken:
                    raise StoreError("The disk is full.")

        async def scene() -> None:
            clock = FakeClock()
            ledger = FullDisk(clock)
            throttle = Stage(FREE, clock, ledger).throttle
            with pytest.raises(StoreError):
                await throttle.call("kline", Lane.CLICK)
            with pytest.raises(StoreError):
                await throttle.connect("a")
            ledger.broken = False
            (await throttle.call("kline", Lane.CLICK)).sent()  # the windows were given back
            (await throttle.connect("a")).sent()

        run(scene)

    def test_a_record_that_cannot_be_read_is_tried_again(self) -> None:
        class Shy(MemoryLedger):
            tries = 0

            async def load(self) -> Spent:
                self.tries += 1
                if self.tries == 1:
                    raise StoreError("The disk has a fault.")
                return Spent(recent=(("kline", 4.0),))

        async def scene() -> None:
            clock = FakeClock()
            throttle = Stage(FREE, clock, Shy(clock)).throttle
            with pytest.raises(StoreError):
                await throttle.call("kline", Lane.CLICK)
            await asyncio.gather(throttle.open(), throttle.open())
            assert throttle.budget().next_free_s["trade-tick"] == 6.0

        run(scene)

    def test_a_caller_cancelled_as_its_turn_comes_leaves_no_trace(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            first = await stage.throttle.call("kline", Lane.CLICK)
            second = stage.start(stage.one(Step(0.0, "kline", Lane.CLICK)))
            third = stage.start(stage.one(Step(0.0, "kline", Lane.CLICK)))
            await settle()
            first.cancel()  # the second caller's turn, which it never gets to know
            second.cancel()
            await settle()
            assert second.cancelled()
            assert third.done()
            assert stage.throttle.budget().used_today == 2

        run(scene)

    def test_a_caller_cancelled_just_before_its_turn_is_passed_over(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            first = await stage.throttle.call("kline", Lane.CLICK)
            second = stage.start(stage.one(Step(0.0, "kline", Lane.CLICK)))
            third = stage.start(stage.one(Step(0.0, "kline", Lane.CLICK)))
            await settle()
            second.cancel()
            first.cancel()
            await settle()
            assert third.done()
            assert stage.throttle.budget().used_today == 2
            await asyncio.gather(second, return_exceptions=True)

        run(scene)


class TestEarlierRuns:
    def test_setting_the_clock_changes_nothing(self) -> None:
        async def scene() -> None:
            stage = Stage(plan_of(day=1, all=[(1, 10)]))
            await stage.play([Step(0.0, "kline", Lane.CLICK)])
            stage.clock.set_wall_ms(stage.clock.wall_ms() + 3 * 86_400_000)
            assert stage.throttle.estimate("kline", Lane.CLICK) == DAY_S

        run(scene)

    def test_after_a_lost_record_only_clicks_go_and_only_after_the_longest_window(self) -> None:
        class Lost(MemoryLedger):
            async def load(self) -> Spent:
                return Spent(lost_age_s=20.0)

        async def scene() -> None:
            clock = FakeClock()
            stage = Stage(FREE, clock, Lost(clock))
            await stage.throttle.open()
            budget = stage.throttle.budget()
            assert (budget.used_today, budget.left_today) == (800, 200)
            assert stage.throttle.estimate("kline", Lane.CLICK) == 40.0
            assert stage.throttle.estimate("kline", Lane.BACKGROUND) == pytest.approx(
                DAY_S - 20.0, abs=1.0
            )

        run(scene)
