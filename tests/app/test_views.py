"""What the status bar is told of budgets."""

import asyncio

import pytest
from fakes import FakeClock

from alltick_desk.app.views import budget_view
from alltick_desk.errors import Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.throttle import MemoryLedger, Throttle
from alltick_desk.vendors.plans import plan_named


def throttle_of(vendor: str) -> tuple[Throttle, FakeClock]:
    clock = FakeClock()
    plan = plan_named(vendor, "free")
    ledger = MemoryLedger(clock)
    return Throttle(vendor, plan, clock=clock, ledger=ledger, margin_s=0.0), clock


@pytest.mark.parametrize(
    ("vendor", "calls", "wait_s"), [("alltick", 1, 8.0), ("itick", 4, 0.0), ("itick", 5, 58.0)]
)
def test_a_click_waits_for_the_windows_that_it_counts_on(
    vendor: str, calls: int, wait_s: float
) -> None:
    async def main() -> None:
        throttle, clock = throttle_of(vendor)
        for _ in range(calls):
            (await throttle.call("kline", Lane.CLICK)).sent()
        await clock.advance(2)
        view = budget_view(throttle.budget())
        assert (view.used_minute, view.next_free_s) == (calls, wait_s)

    asyncio.run(main())


def test_a_click_waits_while_its_call_is_frozen() -> None:
    async def main() -> None:
        throttle, clock = throttle_of("itick")
        (await throttle.call("kline", Lane.CLICK)).sent()
        throttle.punish("kline", Verdict.RATE)
        await clock.advance(20)
        assert budget_view(throttle.budget()).next_free_s == 40.0

    asyncio.run(main())
