"""The previous closes that outlive a run, so that no exchange's day is asked for twice."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Protocol, TypeVar

from alltick_desk.clock import Clock
from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.reference import DayClose

SAVE_S = 10.0  # what came together is saved together
_AHEAD_MS = 2 * 86_400_000  # of the clock: no exchange's date can be so far ahead

T = TypeVar("T")

log = logging.getLogger(__name__)


class CloseStore(Protocol):
    """Who keeps them; blocking."""

    def load_closes(self, vendor: str) -> list[DayClose]: ...

    def save_closes(self, vendor: str, closes: Sequence[DayClose]) -> None:
        """Save them; StoreError where the disk refuses."""
        ...


class InThread(Protocol):
    """Runs a blocking call where it blocks nobody."""

    def __call__(self, call: Callable[[], T], /) -> Awaitable[T]: ...


class KnownCloses:
    """What earlier runs were told, and this one."""

    def __init__(
        self,
        store: CloseStore,
        vendors: Iterable[str],
        *,
        clock: Clock,
        in_thread: InThread = asyncio.to_thread,
    ) -> None:
        self._store = store
        self._clock = clock
        self._in_thread = in_thread
        self._known: dict[str, dict[str, DayClose]] = {vendor: {} for vendor in vendors}
        self._changed: set[str] = set()

    def get(self, key: InstrumentKey) -> DayClose | None:
        """Return what is known of an instrument."""
        return self._known.get(key.vendor, {}).get(key.code)

    def note(self, key: InstrumentKey, close: DayClose) -> None:
        """Take what a vendor told; it is saved soon."""
        known = self._known.setdefault(key.vendor, {})
        if known.get(key.code) != close:
            known[key.code] = close
            self._changed.add(key.vendor)

    async def load(self) -> None:
        """Read what earlier runs left."""
        for vendor, known in self._known.items():
            for close in await self._in_thread(partial(self._store.load_closes, vendor)):
                if self._is_possible(close):
                    known.setdefault(close.code, close)

    async def run(self) -> None:
        """Save what is new, until cancelled."""
        while True:
            await self._clock.sleep(SAVE_S)
            await self.save()

    async def save(self) -> None:
        """Save what is new; a disk that refuses is asked again at the next change."""
        changed, self._changed = self._changed, set()
        for vendor in sorted(changed):
            closes = self._recent(vendor)
            try:
                await self._in_thread(partial(self._store.save_closes, vendor, closes))
            except StoreError as error:
                log.warning("%s", error)

    def _recent(self, vendor: str) -> list[DayClose]:
        """Return what may still be of use: of the newest two dates on which anything was asked."""
        closes = list(filter(self._is_possible, self._known[vendor].values()))
        dates = sorted({close.asked for close in closes})[-2:]
        return [close for close in closes if close.asked in dates]

    def _is_possible(self, close: DayClose) -> bool:
        """Whether its date may be: one of a clock that was ahead would be the newest for ever."""
        latest = datetime.fromtimestamp((self._clock.wall_ms() + _AHEAD_MS) / 1000, UTC)
        return close.asked <= latest.date().isoformat()
