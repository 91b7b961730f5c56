"""A simulated exchange that is served, and the clock that it shares with the desk.

The clock runs fast, so that minutes of limits pass in seconds.
"""

import asyncio
import contextlib
import heapq
import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass

from fakes import ScaledClock

from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.script import Script
from alltick_desk.sim.server import Server, serve

RATE = 12.0
TURN_S = 0.001
LONGEST_TURN_S = 0.002  # what a turn that took longer counts as
MONDAY_MS = 1_767_605_400_000  # 2026-01-05 09:30 UTC


class PacedClock(ScaledClock):
    """A ScaledClock that moves in turns of the loop, a little in each, however long a turn takes.

    A machine that is busy, a window that paints or a disk that syncs would otherwise cost a good
    part of a second of this clock's time, which on the way between the two ends would look like a
    broken limit. Here such a stall costs the test its own time, and the desk none of its.
    """

    def __init__(self, rate: float) -> None:
        super().__init__(rate)
        self.rate = rate
        self._turned_s = time.monotonic()
        self._epoch_ms = MONDAY_MS
        self._now_s = 0.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._running = False
        self.held: Callable[[], bool] = bool  # True: time stands still

    def monotonic(self) -> float:
        return self._now_s

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        awake = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now_s + seconds, next(self._order), awake))
        await awake

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Let time pass inside the block."""
        self._running = True
        self._turn()
        try:
            yield
        finally:
            self._running = False
            for _, _, awake in self._sleepers:
                awake.cancel()
            self._sleepers.clear()

    def _turn(self) -> None:
        if not self._running:
            return
        asyncio.get_running_loop().call_later(TURN_S, self._turn)
        now_s = time.monotonic()
        passed_s, self._turned_s = now_s - self._turned_s, now_s
        if self.held():
            return
        self._now_s += min(passed_s, LONGEST_TURN_S) * self.rate
        while self._sleepers and self._sleepers[0][0] <= self._now_s:
            _, _, awake = heapq.heappop(self._sleepers)
            if not awake.done():
                awake.set_result(None)


@dataclass
class Venue:
    """A simulated exchange that is served, and its clock."""

    exchange: Exchange
    server: Server
    clock: PacedClock


@contextlib.asynccontextmanager
async def venue_open(
    *,
    plan: str = "premium",
    itick_plan: str = "premium",
    rate: float = RATE,
    script: Script | None = None,
    clock: PacedClock | None = None,
) -> AsyncIterator[Venue]:
    """Serve an exchange for as long as the block runs; ``clock`` is one that runs already."""
    async with contextlib.AsyncExitStack() as stack:
        if clock is None:
            clock = PacedClock(rate)
            stack.enter_context(clock.running())
        # A message is a turn or two on its way, and a new connection a few more.
        slack_s = 2 * LONGEST_TURN_S * clock.rate
        exchange = Exchange(
            plan=plan, itick_plan=itick_plan, clock=clock, script=script, slack_s=slack_s
        )
        server = await stack.enter_async_context(serve(exchange))
        yield Venue(exchange, server, clock)
