"""Stand-ins that the tests share."""

import asyncio
import heapq
import itertools
import time
from collections.abc import Coroutine
from typing import Any


class FakeClock:
    """A clock that stands still until told to move.

    ``sleep`` parks the caller; ``advance`` moves the time and wakes sleepers in order.
    """

    def __init__(self, *, wall_ms: int = 1_767_225_600_000) -> None:
        self.now = 1000.0
        self._wall_offset_ms = wall_ms - int(self.now * 1000)
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def wall_ms(self) -> int:
        return int(self.now * 1000) + self._wall_offset_ms

    def monotonic(self) -> float:
        return self.now

    def set_wall_ms(self, wall_ms: int) -> None:
        """Set the system clock, as a person or a time server does."""
        self._wall_offset_ms = wall_ms - int(self.now * 1000)

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), future))
        await future

    async def advance(self, seconds: float) -> None:
        """Move the time forward, letting everything that wakes run in between."""
        end = self.now + seconds
        await settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            at, _, future = heapq.heappop(self._sleepers)
            self.now = max(self.now, at)
            if not future.done():
                future.set_result(None)
            await settle()
        self.now = end
        await settle()


class ScaledClock:
    """A clock that runs ``rate`` times as fast as the machine's, shared by both ends of a test."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._start = time.monotonic()
        self._epoch_ms = time.time_ns() // 1_000_000

    def wall_ms(self) -> int:
        return self._epoch_ms + int(self.monotonic() * 1000)

    def monotonic(self) -> float:
        return (time.monotonic() - self._start) * self._rate

    async def sleep(self, seconds: float) -> None:
        deadline = self.monotonic() + seconds
        await asyncio.sleep(max(0.0, seconds / self._rate))
        while (left := deadline - self.monotonic()) > 0:
            await asyncio.sleep(left / self._rate)


class Jobs:
    """The tasks of a scene, which must have come to a good end when it has."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.append(task)
        return task

    def check(self) -> None:
        """Make sure that nothing runs on, and that nothing failed unseen."""
        for task in self._tasks:
            assert task.done(), f"{task.get_name()} is left running"
            if not task.cancelled():
                task.result()


async def settle() -> None:
    """Let every task that can run do so."""
    for _ in range(20):
        await asyncio.sleep(0)
