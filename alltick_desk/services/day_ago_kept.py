"""The bars that prices of 24 hours ago are read from, kept over the end of a run.

They are of use for a day: what is older is neither loaded nor saved.
"""

import asyncio
import logging
from array import array
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import pairwise
from math import isfinite
from typing import NamedTuple, Protocol, TypeVar

from alltick_desk.clock import Clock
from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.store.figures import KeptDay

USEFUL_MS = 86_400_000
SAVE_S = 10.0  # what came together is saved together
MOST = 1000  # instruments, 5 kB each

T = TypeVar("T")

log = logging.getLogger(__name__)


class DayStore(Protocol):
    """Who keeps them; blocking."""

    def load_days(self, vendor: str) -> list[KeptDay]: ...

    def save_days(self, vendor: str, days: Sequence[KeptDay]) -> None:
        """Save them; StoreError where the disk refuses."""
        ...


class InThread(Protocol):
    """Runs a blocking call where it blocks nobody."""

    def __call__(self, call: Callable[[], T], /) -> Awaitable[T]: ...


class DayOfBars(NamedTuple):
    """A day of bars: when each ended (Unix milliseconds, rising), and its close."""

    fetched_ms: int
    ends_ms: "array[int]"
    closes: "array[float]"


class KnownDays:
    """What earlier runs were told, and this one; the newest ``MOST``."""

    def __init__(
        self, store: DayStore, *, clock: Clock, in_thread: InThread = asyncio.to_thread
    ) -> None:
        self._store = store
        self._clock = clock
        self._in_thread = in_thread
        self._known: dict[InstrumentKey, DayOfBars] = {}  # the last one last
        self._loaded: set[str] = set()
        self._changed: set[str] = set()

    def get(self, key: InstrumentKey) -> DayOfBars | None:
        """Return what is known of an instrument."""
        return self._known.get(key)

    def note(self, key: InstrumentKey, day: DayOfBars) -> None:
        """Take what a vendor told; it is saved soon."""
        self._known.pop(key, None)
        self._known[key] = day
        self._changed.add(key.vendor)
        while len(self._known) > MOST:
            del self._known[next(iter(self._known))]

    def lacks(self, vendor: str) -> bool:
        """Whether what earlier runs left of a vendor has not been read yet."""
        return vendor not in self._loaded

    async def load(self, vendor: str) -> None:
        """Read what earlier runs left of a vendor, and is of use."""
        kept = await self._in_thread(partial(self._store.load_days, vendor))
        self._loaded.add(vendor)
        for each in kept:
            key = InstrumentKey(vendor, each.code)
            if self._useful(each.fetched_ms) and _sound(each) and key not in self._known:
                self._known[key] = DayOfBars(
                    each.fetched_ms,
                    array("q", [1000 * end_s for end_s in each.ends_s]),
                    array("d", each.closes),
                )

    async def run(self) -> None:
        """Save what is new, until cancelled."""
        while True:
            await self._clock.sleep(SAVE_S)
            await self.save()

    async def save(self) -> None:
        """Save what is new; a disk that refuses is asked again at the next change."""
        changed, self._changed = self._changed, set()
        for vendor in sorted(changed):
            days = [
                KeptDay(key.code, day.fetched_ms, [it // 1000 for it in day.ends_ms], [*day.closes])
                for key, day in self._known.items()
                if key.vendor == vendor and self._useful(day.fetched_ms)
            ]
            try:
                await self._in_thread(partial(self._store.save_days, vendor, days))
            except StoreError as error:
                log.warning("%s", error)

    def _useful(self, fetched_ms: int) -> bool:
        return 0 <= self._clock.wall_ms() - fetched_ms < USEFUL_MS


def _sound(kept: KeptDay) -> bool:
    """Whether what was read is what could have been written: somebody may edit the file."""
    return (
        len(kept.ends_s) == len(kept.closes)
        and all(before < after for before, after in pairwise(kept.ends_s))
        and all(map(isfinite, kept.closes))
        and all(0 <= end_s < 2**40 for end_s in kept.ends_s)
    )
