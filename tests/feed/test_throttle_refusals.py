"""What the throttle does when the vendor says that it is too much."""

import asyncio

import pytest
from throttlemodel import Stage, Step, hold, run
from throttleplans import PREMIUM

from alltick_desk.errors import Verdict
from alltick_desk.feed.throttle import Lane
from alltick_desk.vendors.plans import plan_named


class TestRefusals:
    @pytest.mark.parametrize("verdict", [Verdict.RATE, Verdict.RATE_CLOSED])
    def test_freeze_the_call_and_halve_its_rate_for_ten_minutes(self, verdict: Verdict) -> None:
        async def scene() -> None:
            stage = Stage(PREMIUM)
            throttle = stage.throttle
            throttle.punish("kline", verdict)
            assert throttle.budget().frozen == {"kline": 10.0}
            assert throttle.estimate("kline", Lane.CLICK) == 10.0
            assert throttle.estimate("trade-tick", Lane.CLICK) == 0.0
            for _ in range(12):
                stage.start(stage.one(Step(0.0, "kline", Lane.CLICK)))
            await stage.clock.advance(9.9)
            assert stage.sent == []
            await stage.clock.advance(0.1)
            assert len(stage.sent) == 5
            assert throttle.budget().frozen == {}
            await stage.clock.advance(1.0)
            assert len(stage.sent) == 10
            await stage.clock.advance(598.5)
            await stage.play([Step(0.0, "kline", Lane.CLICK) for _ in range(10)])
            assert len(stage.sent) == 17
            await stage.clock.advance(0.6)
            assert len(stage.sent) == 22

        run(scene)

    def test_that_go_on_freeze_longer_and_slow_down_more(self) -> None:
        async def scene() -> None:
            stage = Stage(PREMIUM)
            frozen = []
            for _ in range(4):
                stage.throttle.punish("kline", Verdict.RATE)
                stage.throttle.punish("kline", Verdict.RATE)  # of the same haste
                frozen.append(stage.throttle.budget().frozen["kline"])
                await stage.clock.advance(frozen[-1])
            assert frozen == pytest.approx([10.0, 20.0, 40.0, 40.0])
            await stage.play([Step(0.0, "kline", Lane.CLICK) for _ in range(3)])
            assert len(stage.sent) == 1  # an eighth of ten in a second
            await stage.clock.advance(5.0)
            assert len(stage.sent) == 3

        run(scene)

    def test_of_a_call_without_windows_of_its_own_slow_it_by_those_of_all(self) -> None:
        plan = plan_named("itick", "base")

        async def scene() -> None:
            stage = Stage(plan)
            stage.throttle.punish("candles", Verdict.RATE)
            await stage.clock.advance(60.0)
            await stage.play([Step(0.0, "candles", Lane.CLICK) for _ in range(70)])
            await stage.play([Step(0.0, "depth", Lane.CLICK) for _ in range(40)])
            assert [name for name, _ in stage.sent].count("candles") == 60
            assert [name for name, _ in stage.sent].count("depth") == 40
            await stage.stop()

        run(scene)

    def test_of_another_kind_change_nothing(self) -> None:
        async def scene() -> None:
            stage = Stage(PREMIUM)
            for verdict in set(Verdict) - {Verdict.RATE, Verdict.RATE_CLOSED}:
                stage.throttle.punish("kline", verdict)
            assert stage.throttle.budget().frozen == {}

        run(scene)

    @pytest.mark.parametrize("name", ["a", "socket"])
    def test_of_a_socket_hold_its_requests_and_its_next_connect(self, name: str) -> None:
        async def scene() -> None:
            stage = Stage(PREMIUM)
            throttle, clock = stage.throttle, stage.clock
            (await throttle.connect("a")).sent()
            throttle.punish(name, Verdict.RATE_CLOSED)
            throttle.closed("a")
            assert throttle.budget().frozen == {"a": 10.0}
            waiting = stage.start(hold(throttle.connect("a")))
            await clock.advance(9.9)
            assert not waiting.done()
            await clock.advance(0.1)
            assert waiting.done()
            times = []

            async def request() -> None:
                (await throttle.socket_request("a")).sent()
                times.append(clock.now)

            await asyncio.gather(stage.start(request()), stage.start(request()), clock.advance(5))
            assert times[1] - times[0] == pytest.approx(2.0)

        run(scene)
