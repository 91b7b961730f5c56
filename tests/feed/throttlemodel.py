"""The plainest model of a plan's limits, and a stage on which a throttle is watched."""

import asyncio
import copy
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from fakes import FakeClock

from alltick_desk.feed.throttle import Lane, Ledger, MemoryLedger, Throttle, Ticket
from alltick_desk.model.spending import DAY_S, Spent
from alltick_desk.vendors.base import Plan

TOLERANCE_S = 1e-6  # of the arithmetic


def too_close(times: list[float], calls: int, seconds: float) -> bool:
    """Tell whether some window of ``seconds`` holds more than ``calls`` of the times."""
    ordered = sorted(times)
    return any(
        later - earlier < seconds - TOLERANCE_S
        for earlier, later in zip(ordered, ordered[calls:], strict=False)
    )


def breaches(plan: Plan, sent: list[tuple[str, float]]) -> list[str]:
    """Return what a vendor that sees each call when it is sent would complain of."""
    by_name: defaultdict[str, list[float]] = defaultdict(list)
    for name, at in sent:
        by_name[name].append(at)
        by_name["all"].append(at)
    found = [
        f"{name}: more than {rate.calls} in {rate.seconds} s"
        for name, rates in plan.rates.items()
        for rate in rates
        if too_close(by_name[name], rate.calls, rate.seconds)
    ]
    if plan.calls_per_day is not None and too_close(by_name["all"], plan.calls_per_day, DAY_S):
        found.append("the day")
    return found


def socket_breaches(plan: Plan, done: list[tuple[str, str, float]]) -> list[str]:
    """Judge what happened on sockets: (what, socket, when), in order."""
    found = []
    closed_at: list[float] = []
    last: dict[tuple[str, str], float] = {}
    for what, socket, at in done:
        near = {
            "request": [("request", socket), ("heartbeat", socket)],
            "heartbeat": [("request", socket)],
            "connect": [],
            "close": [],
        }[what]
        late = [plan.request_gap_s - (at - last[key]) for key in near if key in last]
        if what == "request":
            late += [
                plan.cross_gap_s - (at - time)
                for (kind, other), time in last.items()
                if kind == "request" and other != socket
            ]
        if what == "connect":
            before = [*closed_at, *(t for key, t in last.items() if key == ("connect", socket))]
            late += [plan.reconnect_pause_s - (at - time) for time in before]
        if max(late, default=0.0) > TOLERANCE_S:
            found.append(f"{what} on {socket} at {at}")
        if what == "close":
            closed_at.append(at)
        last[what, socket] = at
    return found


def greedy(limits: list[tuple[int, float]], end_s: float) -> int:
    """Return how many calls the limits allow from 0 up to ``end_s``."""
    times: list[float] = []
    while True:
        at = max((times[-n] + w for n, w in limits if len(times) >= n), default=0.0)
        if at >= end_s:
            return len(times)
        times.append(at)


class WobblyClock(FakeClock):
    """Sleeps end early and late by turns, by a part of their length."""

    def __init__(self, wobble: float) -> None:
        super().__init__()
        self._wobble = wobble

    async def sleep(self, seconds: float) -> None:
        self._wobble = -self._wobble
        await super().sleep(seconds * (1 + self._wobble))


class LazyLedger:
    """Writes that a call was sent only with the next call, as a file does."""

    def __init__(self, clock: FakeClock, inner: MemoryLedger | None = None) -> None:
        self._clock = clock
        self._inner = inner or MemoryLedger(clock)
        self._unwritten: list[int] = []
        self.keep = self._inner.keep
        self.cancelled = self._inner.cancelled
        self.connecting = self._inner.connecting
        self.closed = self._inner.closed

    async def load(self) -> Spent:
        self._write()
        return await self._inner.load()

    async def spend(self, call: str) -> int:
        self._write()
        return await self._inner.spend(call)

    def sent(self, entry: int) -> None:
        self._unwritten.append(entry)

    def _write(self) -> None:
        for entry in self._unwritten:
            self._inner.sent(entry)
        self._unwritten.clear()

    def after_crash(self) -> "LazyLedger":
        """Return what a restart finds."""
        return LazyLedger(self._clock, copy.deepcopy(self._inner, {id(self._clock): self._clock}))


@dataclass
class Step:
    """One caller: comes ``pause_s`` after the one before, and does what ``fate`` says.

    ``send`` sends after ``travel_s``, ``cancel`` gives the ticket back then, ``leave`` ends the
    task at that time, whatever it waits for.
    """

    pause_s: float
    name: str
    lane: Lane
    travel_s: float = 0.0
    fate: str = "send"


@dataclass
class Stage:
    """A throttle under a clock, and all that it let through."""

    plan: Plan
    clock: FakeClock = field(default_factory=FakeClock)
    ledger: Ledger | None = None
    margin_s: float = 0.0
    sent: list[tuple[str, float]] = field(default_factory=list)
    order: list[tuple[str, int, int]] = field(default_factory=list)  # name, lane, arrival

    def __post_init__(self) -> None:
        self.ledger = self.ledger or MemoryLedger(self.clock)
        self.throttle = self.new_throttle()
        self.tasks: list[asyncio.Task[None]] = []

    def new_throttle(self) -> Throttle:
        assert self.ledger is not None
        return Throttle(
            "test", self.plan, clock=self.clock, ledger=self.ledger, margin_s=self.margin_s
        )

    async def one(self, step: Step) -> None:
        """Be one caller."""
        arrival = len(self.tasks)
        ticket = await self.throttle.call(step.name, step.lane)
        try:
            if step.travel_s:
                await self.clock.sleep(step.travel_s)
        except asyncio.CancelledError:
            ticket.cancel()
            raise
        if step.fate == "cancel":
            ticket.cancel()
            return
        ticket.sent()
        self.sent.append((step.name, self.clock.now))
        self.order.append((step.name, step.lane, arrival))

    def start(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(coroutine)
        self.tasks.append(task)
        return task

    async def play(self, steps: list[Step]) -> None:
        """Let the callers come."""
        leaving: list[tuple[float, asyncio.Task[None]]] = []
        for step in steps:
            await self._advance(step.pause_s, leaving)
            task = self.start(self.one(step))
            if step.fate == "leave":
                leaving.append((self.clock.now + step.travel_s, task))
        await self._advance(max((at - self.clock.now for at, _ in leaving), default=0.0), leaving)

    async def _advance(
        self, seconds: float, leaving: list[tuple[float, asyncio.Task[None]]]
    ) -> None:
        end = self.clock.now + max(0.0, seconds)
        for at, task in sorted(leaving, key=lambda one: one[0]):
            if at <= end:
                await self.clock.advance(max(0.0, at - self.clock.now))
                task.cancel()
                leaving.remove((at, task))
        await self.clock.advance(max(0.0, end - self.clock.now))

    async def stop(self) -> None:
        """End every caller that still waits."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def hold(ticket: Awaitable[Ticket]) -> None:
    """Take a ticket and use it at once."""
    (await ticket).sent()


def run(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Play a scene that leaves no task behind."""

    async def watched() -> None:
        await scene()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        assert not others, others

    asyncio.run(watched())
