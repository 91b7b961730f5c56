"""The throttle against a model that judges by when calls were sent, and case by case."""

import asyncio
import gc
import itertools

import msgspec
import pytest
from fakes import FakeClock, settle
from hypothesis import given, settings
from hypothesis import strategies as st
from throttlemodel import (
    LazyLedger,
    Stage,
    Step,
    WobblyClock,
    breaches,
    greedy,
    run,
    socket_breaches,
)

from alltick_desk.errors import StoreError, Verdict
from alltick_desk.feed.throttle import OTHER, Lane, MemoryLedger, Throttle, Ticket
from alltick_desk.model.spending import DAY_S, Spent
from alltick_desk.vendors.base import Plan, Rate
from alltick_desk.vendors.plans import PLANS, plan_named

EVERY_PLAN = [plan for plans in PLANS.values() for plan in plans]
NAMES = ["kline", "batch-kline", "trade-tick", "suspension", "candles"]
FREE = plan_named("alltick", "free")
BASIC = plan_named("alltick", "basic")
PREMIUM = plan_named("alltick", "premium")

every_plan = pytest.mark.parametrize(
    "plan", EVERY_PLAN, ids=[f"{plan.title}-{plan.codes_per_subscription}" for plan in EVERY_PLAN]
)
seconds = st.sampled_from([0.0, 0.0, 0.0, 0.02, 0.3, 1.0, 2.7, 11.0])
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


def plan_of(
    *,
    day: int | None = None,
    gap: float = 1.0,
    cross: float = 3.0,
    **rates: list[tuple[int, float]],
) -> Plan:
    """Return a small plan; ``_`` in a call's name stands for ``-``."""
    return Plan(
        name="test",
        title="Test",
        source="",
        rates={
            name.replace("_", "-"): tuple(Rate(*rate) for rate in some)
            for name, some in rates.items()
        },
        calls_per_day=day,
        codes_per_call=5,
        sets_per_batch=5,
        connections=2,
        codes_per_subscription=5,
        request_gap_s=gap,
        cross_gap_s=cross,
        reconnect_pause_s=5.0,
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


async def hold(ticket: "asyncio.Future[Ticket] | object") -> None:
    """Take a ticket and use it at once."""
    (await ticket).sent()  # type: ignore[misc]


class TestSockets:
    @settings(max_examples=80, deadline=None)
    @given(
        moves=st.lists(
            st.tuples(
                seconds,
                st.sampled_from(["request", "request", "heartbeat", "connect", "close"]),
                st.sampled_from(["a", "b", "c"]),
                seconds,
            ),
            max_size=40,
        ),
        plan=st.sampled_from([FREE, BASIC, plan_of(gap=2.0, cross=0.0)]),
    )
    def test_every_gap_is_kept(
        self, moves: list[tuple[float, str, str, float]], plan: Plan
    ) -> None:
        async def scene() -> None:
            stage = Stage(plan)
            throttle, clock = stage.throttle, stage.clock
            done: list[tuple[str, str, float]] = []
            ask = {
                "request": throttle.socket_request,
                "heartbeat": throttle.heartbeat,
                "connect": throttle.connect,
            }

            async def one(what: str, socket: str, travel_s: float) -> None:
                ticket = await ask[what](socket)
                if what != "connect":  # one that has its ticket cannot know of a later close
                    await clock.sleep(travel_s)
                ticket.sent()
                done.append((what, socket, clock.now))

            for pause_s, what, socket, travel_s in moves:
                await clock.advance(pause_s)
                if what == "close":
                    throttle.closed(socket)
                    done.append((what, socket, clock.now))
                else:
                    stage.start(one(what, socket, travel_s))
            await clock.advance(1000)
            assert len(done) == len(moves)
            assert socket_breaches(plan, done) == []

        run(scene)

    def test_first_connects_do_not_wait_for_each_other(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            begun_s = stage.clock.monotonic()
            for socket in ("a", "b", "c"):
                (await stage.throttle.connect(socket)).sent()
            assert stage.clock.monotonic() == begun_s

        run(scene)

    def test_a_close_makes_every_connect_wait(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            (await stage.throttle.connect("a")).sent()
            await stage.clock.advance(100.0)
            stage.throttle.closed("a")
            tasks = [stage.start(hold(stage.throttle.connect(socket))) for socket in ("a", "b")]
            await stage.clock.advance(9.99)
            assert not any(task.done() for task in tasks)
            await stage.clock.advance(0.02)
            assert all(task.done() for task in tasks)

        run(scene)

    @pytest.mark.parametrize(("closed", "wait_s"), [(True, 6.0), (False, 10.0)])
    def test_a_restart_keeps_the_pause(self, closed: bool, wait_s: float) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            (await stage.throttle.connect("a")).sent()
            if closed:
                stage.throttle.closed("a")
            await stage.clock.advance(4.0)
            stage.throttle = stage.new_throttle()
            tasks = [
                stage.start(hold(stage.throttle.connect("b"))),
                stage.start(hold(stage.throttle.socket_request("b"))),
            ]
            await stage.clock.advance(wait_s - 0.01)
            assert not tasks[0].done()
            assert tasks[1].done()  # three seconds after what the run before may have sent
            await stage.clock.advance(0.02)
            assert tasks[0].done()

        run(scene)

    def test_a_restart_keeps_the_gap_between_sockets(self) -> None:
        async def scene() -> None:
            stage = Stage(BASIC)
            (await stage.throttle.connect("a")).sent()
            stage.throttle = stage.new_throttle()  # after a crash
            task = stage.start(hold(stage.throttle.socket_request("a")))
            await stage.clock.advance(2.99)
            assert not task.done()
            await stage.clock.advance(0.02)
            assert task.done()

        run(scene)

    def test_a_connect_that_never_left_needs_no_pause(self) -> None:
        async def scene() -> None:
            stage = Stage(FREE)
            begun_s = stage.clock.monotonic()
            (await stage.throttle.connect("a")).cancel()
            (await stage.throttle.connect("a")).sent()
            assert stage.clock.monotonic() == begun_s

        run(scene)

    def test_a_heartbeat_goes_before_a_waiting_request(self) -> None:
        async def scene() -> None:
            stage = Stage(BASIC)
            order: list[str] = []

            async def one(what: str) -> None:
                ask = stage.throttle.heartbeat if what == "beat" else stage.throttle.socket_request
                (await ask("a")).sent()
                order.append(what)

            for what in ("first", "second", "beat"):
                stage.start(one(what))
                await settle()
            await stage.clock.advance(10)
            assert order == ["first", "beat", "second"]

        run(scene)


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
