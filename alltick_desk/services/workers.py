"""One worker for each vendor, so that the trouble of one keeps nobody waiting for another.

A call may wait for its vendor's window for a minute, and for hours for its day. And a failed round
is tried again after a pause, each time a longer one: both are that vendor's alone.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError
from alltick_desk.feed.bell import Bell

log = logging.getLogger(__name__)


class Outcome(NamedTuple):
    """What came of a round.

    Attributes:
        failed: why it has to be tried again; None where it has not.
        pause_s: seconds until something is due unasked; None where nothing is.
    """

    failed: DeskError | None = None
    pause_s: float | None = None


class _Worker:
    """One vendor's."""

    def __init__(self, clock: Clock) -> None:
        self.bell = Bell(clock)
        self.attempt = 0  # failures in a row
        self.rest_until_s = 0.0  # monotonic: no round begins before
        self.urgent = False  # but this one does


class Workers:
    """Does one round after the other at each vendor that there is work for.

    ``round_`` does what there is to do at one vendor; ``retry_s`` are the pauses after failures,
    ``about`` names the work in the log.
    """

    def __init__(
        self,
        round_: Callable[[str], Awaitable[Outcome]],
        *,
        retry_s: Sequence[float],
        about: str,
        clock: Clock,
    ) -> None:
        self._round = round_
        self._retry_s = retry_s
        self._about = about
        self._clock = clock
        self._workers: dict[str, _Worker] = {}
        self._hired = Bell(clock)

    def call(self, vendor: str, *, urgent: bool = False) -> None:
        """Have a round begin; not before a failure's pause is over, unless it is ``urgent``."""
        worker = self._workers.get(vendor)
        if worker is None:
            worker = self._workers[vendor] = _Worker(self._clock)
            self._hired.ring()
        worker.urgent = worker.urgent or urgent
        worker.bell.ring()

    def failures(self, vendor: str) -> int:
        """Return how many rounds have failed in a row."""
        worker = self._workers.get(vendor)
        return 0 if worker is None else worker.attempt

    def begin_anew(self, vendor: str) -> None:
        """Forget a vendor's failures: its plan, its token or its endpoint is another one."""
        worker = self._workers.get(vendor)
        if worker is not None:
            worker.attempt = 0
            self.call(vendor, urgent=True)

    async def run(self) -> None:
        """Work, until cancelled."""
        at_work: set[str] = set()
        async with asyncio.TaskGroup() as group:
            while True:
                for vendor in self._workers.keys() - at_work:
                    at_work.add(vendor)
                    name = f"{self._about}: {vendor}"
                    group.create_task(self._work(vendor, self._workers[vendor]), name=name)
                await self._hired.wait()

    async def _work(self, vendor: str, worker: _Worker) -> None:
        pause_s: float | None = None
        while True:
            await worker.bell.wait(pause_s)
            pause_s = worker.rest_until_s - self._clock.monotonic()
            if pause_s > 0.0 and not worker.urgent:
                continue
            worker.urgent = False
            failed, pause_s = await self._round(vendor)
            if failed is None:
                worker.attempt, worker.rest_until_s = 0, 0.0
                continue
            retry_s = self._retry_s[min(worker.attempt, len(self._retry_s) - 1)]
            worker.attempt += 1
            pause_s = retry_s if pause_s is None else min(retry_s, pause_s)
            worker.rest_until_s = self._clock.monotonic() + pause_s
            log.warning("%s: %s Next try in %.0f s.", self._about, failed, pause_s)
