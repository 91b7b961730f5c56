"""Reference data of stocks: lot, currency, earnings, shares; fetched only where they are shown.

They change a few times a year, so they are kept on disk for a week. They are asked for in the
fewest calls and behind everything that a person waits for; what a vendor refuses is not asked for
again before a day has passed.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, StoreError, VendorError, Verdict
from alltick_desk.feed.bell import Bell
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.reference import StaticInfo
from alltick_desk.store.figures import KeptInfo

KEEP_MS = 7 * 86_400_000
REFUSED_S = 86_400.0
RETRY_S = (15.0, 60.0, 300.0, 900.0)
TOGETHER_S = 0.5  # what comes into sight one after the other is asked for together

T = TypeVar("T")

_REFUSALS = frozenset({Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN, Verdict.BUG})

log = logging.getLogger(__name__)


class StaticStore(Protocol):
    """Who keeps them; blocking."""

    def load_static(self, vendor: str) -> list[KeptInfo]: ...

    def save_static(self, vendor: str, infos: Sequence[KeptInfo]) -> None:
        """Save them; StoreError where the disk refuses."""
        ...


class Vendors(Protocol):
    """Who is asked; DeskError where there is no answer."""

    def static_batches(self, keys: Sequence[InstrumentKey]) -> Sequence[Sequence[InstrumentKey]]:
        """Part instruments into calls; those that have no reference data are left out."""
        ...

    async def static_info(self, keys: Sequence[InstrumentKey]) -> Sequence[StaticInfo]:
        """Return the reference data of one batch."""
        ...


class InThread(Protocol):
    """Runs a blocking call where it blocks nobody."""

    def __call__(self, call: Callable[[], T], /) -> Awaitable[T]: ...


class StaticInfoService:
    """Knows the reference data of what was asked for; ``on_news`` is told of whom it came."""

    def __init__(
        self,
        vendors: Vendors,
        store: StaticStore,
        *,
        on_news: Callable[[InstrumentKey], None],
        clock: Clock,
        in_thread: InThread = asyncio.to_thread,
    ) -> None:
        self._vendors = vendors
        self._store = store
        self._on_news = on_news
        self._clock = clock
        self._in_thread = in_thread
        self._known: dict[str, dict[str, KeptInfo]] = {}  # by vendor; one is there once it is read
        self._wanted: dict[InstrumentKey, None] = {}
        self._not_before_s: dict[InstrumentKey, float] = {}  # monotonic, of what was refused
        self._attempt = 0
        self._retry_s = 0.0  # monotonic: nothing is asked for before
        self._bell = Bell(clock)

    def info(self, key: InstrumentKey) -> StaticInfo | None:
        """Return what is known of an instrument, however old; None for nothing."""
        known = self._known.get(key.vendor)
        kept = None if known is None else known.get(key.code)
        return None if kept is None else kept.info

    def want_static(self, keys: Iterable[InstrumentKey]) -> None:
        """Have what is unknown or old of ``keys`` fetched, and of nothing that waited before.

        Those are the rows in sight: what has been scrolled past is not paid for.
        """
        self._wanted = dict.fromkeys(key for key in keys if self._is_due(key))
        if self._wanted:
            self._bell.ring()

    def begin_anew(self, vendor: str) -> None:
        """Forget what a vendor refused: its plan or its token is another one."""
        for key in [key for key in self._not_before_s if key.vendor == vendor]:
            del self._not_before_s[key]
        self._retry_s = 0.0
        self._bell.ring()

    async def run(self) -> None:
        """Fetch what is wanted, until cancelled."""
        pause_s: float | None = None
        while True:
            await self._bell.wait(pause_s)
            pause_s = self._retry_s - self._clock.monotonic()
            if pause_s > 0.0:
                continue
            await self._clock.sleep(TOGETHER_S)
            pause_s = await self._round()

    async def _round(self) -> float | None:
        """Ask for one batch after the other; return how long to wait after a failure."""
        while True:
            for vendor in {key.vendor for key in self._wanted}.difference(self._known):
                await self._load(vendor)
            self._wanted = dict.fromkeys(key for key in self._wanted if self._is_due(key))
            # Parted anew before each call, since other rows may be in sight by then.
            known = [key for key in self._wanted if key.vendor in self._known]
            batches = self._vendors.static_batches(known)
            if not batches:
                if len(known) == len(self._wanted):
                    self._wanted.clear()
                    return None
                continue  # others came into sight meanwhile
            try:
                await self._take(batches[0])
            except DeskError as error:
                pause_s = RETRY_S[min(self._attempt, len(RETRY_S) - 1)]
                self._attempt += 1
                self._retry_s = self._clock.monotonic() + pause_s
                log.warning("reference data: %s Next try in %.0f s.", error, pause_s)
                return pause_s
            self._attempt = 0

    async def _take(self, keys: Sequence[InstrumentKey]) -> None:
        """Ask for one batch; a refusal that names no code is narrowed down by halving."""
        try:
            found = await self._vendors.static_info(keys)
        except DeskError as error:
            if not _of_a_code(error):
                raise
            half = len(keys) // 2
            if half:
                await self._take(keys[:half])
                await self._take(keys[half:])
                return
            log.info("%s has no reference data: %s", keys[0], error)
            found = []
        now_ms = self._clock.wall_ms()
        by_code = {info.code: info for info in found}
        vendor = keys[0].vendor
        for key in keys:
            info = by_code.get(key.code)
            if info is None:
                self._not_before_s[key] = self._clock.monotonic() + REFUSED_S
            else:
                self._known[vendor][key.code] = KeptInfo(now_ms, info)
                self._on_news(key)
        if by_code:
            await self._save(vendor)

    def _is_due(self, key: InstrumentKey) -> bool:
        if self._clock.monotonic() < self._not_before_s.get(key, 0.0):
            return False
        known = self._known.get(key.vendor)
        kept = None if known is None else known.get(key.code)
        if kept is None:
            return True
        age_ms = self._clock.wall_ms() - kept.fetched_ms
        return not 0 <= age_ms < KEEP_MS  # what comes from the future may be of any age

    async def _load(self, vendor: str) -> None:
        kept = await self._in_thread(lambda: self._store.load_static(vendor))
        self._known[vendor] = {each.info.code: each for each in kept}
        for key in self._wanted:
            if key.vendor == vendor and key.code in self._known[vendor]:
                self._on_news(key)

    async def _save(self, vendor: str) -> None:
        infos = list(self._known[vendor].values())
        try:
            await self._in_thread(lambda: self._store.save_static(vendor, infos))
        except StoreError as error:  # it is known for this run all the same
            log.warning("%s", error)


def _of_a_code(error: DeskError) -> bool:
    if isinstance(error, VendorError):
        return error.verdict in _REFUSALS
    return isinstance(error, ProtocolError)  # it may be for one code
