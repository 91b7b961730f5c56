"""The record of what a token spent, which outlives the run that spent it.

The file that keeps it is ``store.budget.BudgetFile``; it fits ``Ledger`` without knowing it.
"""

import itertools
from collections import deque
from typing import Protocol

from alltick_desk.clock import Clock
from alltick_desk.model.spending import BUCKET_S, DAY_S, Spent

RECENT_S = 600.0  # how long a call is remembered by itself, unless ``keep`` asks for more


class Ledger(Protocol):
    """What a throttle needs of a record.

    ``spend`` and ``connecting`` are safe on disk when they return. The others may be written later:
    a record that does not know whether a call went must take it for going now.
    """

    async def load(self) -> Spent:
        """Return what was spent in the last 24 hours; raises StoreError."""
        ...

    def keep(self, seconds: float) -> None:
        """Remember single calls for at least so long."""
        ...

    async def spend(self, call: str) -> int:
        """Count one call that is about to go and return its number; raises StoreError."""
        ...

    def sent(self, entry: int) -> None:
        """Note that the call went just now."""
        ...

    def cancelled(self, entry: int) -> None:
        """Note that the call did not go; the day's count keeps it."""
        ...

    async def connecting(self, socket: str) -> None:
        """Note that a socket is about to be opened; raises StoreError."""
        ...

    def closed(self, socket: str) -> None:
        """Note that a socket is closed."""
        ...


class MemoryLedger:
    """A record that ends with the program, for a vendor whose limits do so too."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._keep_s = RECENT_S
        self._numbers = itertools.count(1)
        self._day: dict[int, tuple[float, int]] = {}  # bucket: its newest call, its calls
        # Calls that went, oldest first, and those of which it is not known; each with its bucket.
        self._went: deque[tuple[str, float]] = deque()
        self._unsure: dict[int, tuple[str, int]] = {}
        self._sockets: dict[str, float | None] = {}  # None: open

    async def load(self) -> Spent:
        for entry in tuple(self._unsure):
            self.sent(entry)
        for socket, at in tuple(self._sockets.items()):
            if at is None:
                self.closed(socket)
        now = self._clock.monotonic()
        return Spent(
            day=tuple((now - at, calls) for at, calls in self._day.values() if at + DAY_S > now),
            recent=tuple((call, now - at) for call, at in self._went),
            socket_age_s=min(
                (now - at for at in self._sockets.values() if at is not None), default=None
            ),
        )

    def keep(self, seconds: float) -> None:
        self._keep_s = max(RECENT_S, seconds)

    async def spend(self, call: str) -> int:
        now = self._clock.monotonic()
        bucket = int(now // BUCKET_S)
        self._day[bucket] = (now, self._day.get(bucket, (now, 0))[1] + 1)
        entry = next(self._numbers)
        self._unsure[entry] = (call, bucket)
        return entry

    def sent(self, entry: int) -> None:
        now = self._clock.monotonic()
        call, bucket = self._unsure.pop(entry)
        self._day[bucket] = (now, self._day[bucket][1])
        self._went.append((call, now))
        while self._went[0][1] + self._keep_s <= now:
            self._went.popleft()
        oldest = next(iter(self._day))
        if self._day[oldest][0] + DAY_S <= now:
            del self._day[oldest]

    def cancelled(self, entry: int) -> None:
        del self._unsure[entry]

    async def connecting(self, socket: str) -> None:
        self._sockets[socket] = None

    def closed(self, socket: str) -> None:
        self._sockets[socket] = self._clock.monotonic()
