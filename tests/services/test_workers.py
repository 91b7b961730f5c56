"""One worker for each vendor: whose trouble is nobody else's, and how long a pause is."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from fakes import FakeClock, settle

from alltick_desk.errors import DeskError, VendorError, Verdict
from alltick_desk.services.workers import Outcome, Workers

RETRY_S = (10.0, 60.0)


class Scene:
    """Two vendors' work, as much of it as fails or waits as a test says."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.at_s: dict[str, list[float]] = {"a": [], "b": []}  # when rounds began
        self.fault: dict[str, DeskError] = {}
        self.pause_s: float | None = None
        self.held: dict[str, asyncio.Event] = {}
        self.workers = Workers(self.round, retry_s=RETRY_S, about="work", clock=self.clock)

    async def round(self, vendor: str) -> Outcome:
        self.at_s[vendor].append(self.clock.monotonic() - 1000.0)
        if vendor in self.held:
            await self.held[vendor].wait()
        return Outcome(self.fault.get(vendor), self.pause_s)

    def fail(self, vendor: str) -> None:
        self.fault[vendor] = VendorError("No.", vendor=vendor, verdict=Verdict.SERVER, call="x")


def play(scene: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        desk = Scene()
        task = asyncio.get_running_loop().create_task(desk.workers.run())
        await settle()
        await scene(desk)
        assert not task.done()
        task.cancel()
        await settle()
        assert task.done()

    asyncio.run(run())


def test_a_vendor_whose_call_waits_holds_up_no_other() -> None:
    async def scene(desk: Scene) -> None:
        desk.held["a"] = asyncio.Event()
        desk.workers.call("a")
        desk.workers.call("b")
        await desk.clock.advance(36_000.0)
        desk.workers.call("b")
        await settle()
        assert (len(desk.at_s["a"]), len(desk.at_s["b"])) == (1, 2)

    play(scene)


def test_a_vendors_pauses_grow_and_are_its_own() -> None:
    async def scene(desk: Scene) -> None:
        desk.fail("a")
        for _ in range(100):
            desk.workers.call("a")
            desk.workers.call("b")
            await desk.clock.advance(1.0)
        assert desk.at_s["a"] == [0.0, 10.0, 70.0]
        assert len(desk.at_s["b"]) == 100
        assert (desk.workers.failures("a"), desk.workers.failures("b")) == (3, 0)

    play(scene)


def test_what_failed_is_tried_again_unasked_until_it_succeeds() -> None:
    async def scene(desk: Scene) -> None:
        desk.fail("a")
        desk.workers.call("a")
        await desk.clock.advance(5.0)
        desk.fault.clear()
        await desk.clock.advance(1000.0)
        assert desk.at_s["a"] == [0.0, 10.0]
        desk.fail("a")
        desk.workers.call("a")
        await desk.clock.advance(15.0)
        assert desk.at_s["a"] == [0.0, 10.0, 1005.0, 1015.0], "the first pause again"

    play(scene)


def test_what_is_urgent_waits_for_no_pause_and_loses_nothing_during_a_round() -> None:
    async def scene(desk: Scene) -> None:
        desk.fail("a")
        desk.workers.call("a")
        await desk.clock.advance(1.0)
        desk.held["a"] = asyncio.Event()
        desk.workers.call("a", urgent=True)
        await desk.clock.advance(1.0)
        desk.workers.call("a", urgent=True)
        await desk.clock.advance(1.0)
        desk.held["a"].set()
        await desk.clock.advance(1.0)
        assert desk.at_s["a"] == [0.0, 1.0, 3.0]
        desk.workers.call("a")
        await desk.clock.advance(50.0)
        assert desk.at_s["a"] == [0.0, 1.0, 3.0], "what is not waits for it"

    play(scene)


def test_a_vendor_begun_anew_has_not_failed_yet() -> None:
    async def scene(desk: Scene) -> None:
        desk.fail("a")
        desk.workers.call("a")
        await desk.clock.advance(30.0)
        assert desk.workers.failures("a") == 2
        desk.workers.begin_anew("a")
        desk.workers.begin_anew("b")  # of which nothing was wanted yet
        await desk.clock.advance(10.0)
        assert desk.at_s == {"a": [0.0, 10.0, 30.0, 40.0], "b": []}

    play(scene)


@pytest.mark.parametrize("failing", [True, False])
def test_what_is_due_unasked_waits_for_no_failures_pause(failing: bool) -> None:
    async def scene(desk: Scene) -> None:
        desk.pause_s = 4.0
        if failing:
            desk.fail("a")
        desk.workers.call("a")
        await desk.clock.advance(9.0)
        assert desk.at_s["a"] == [0.0, 4.0, 8.0]

    play(scene)
