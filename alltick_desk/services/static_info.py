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
from alltick_desk.errors import DeskError, StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.reference import StaticInfo
from alltick_desk.services.refusals import Refusals, of_a_code, of_the_line
from alltick_desk.services.workers import Outcome, Workers
from alltick_desk.store.figures import KeptInfo

KEEP_MS = 7 * 86_400_000
RETRY_S = (15.0, 60.0, 300.0, 900.0)
TOGETHER_S = 0.5  # what comes into sight one after the other is asked for together

T = TypeVar("T")

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
    """Knows the reference data of what was asked for.

    ``on_news`` is told of whom it came, ``on_asking`` of whom ``asks`` has changed.
    """

    def __init__(
        self,
        vendors: Vendors,
        store: StaticStore,
        *,
        on_news: Callable[[InstrumentKey], None],
        clock: Clock,
        in_thread: InThread = asyncio.to_thread,
        on_asking: Callable[[InstrumentKey], None] = lambda _key: None,
    ) -> None:
        self._on_asking = on_asking
        self._vendors = vendors
        self._store = store
        self._on_news = on_news
        self._clock = clock
        self._in_thread = in_thread
        self._known: dict[str, dict[str, KeptInfo]] = {}  # by vendor; one is there once it is read
        self._wanted: dict[InstrumentKey, None] = {}
        self._idle: dict[str, frozenset[InstrumentKey]] = {}  # of these no call can be made now
        self._refusals = Refusals(clock)
        self._workers = Workers(self._round, retry_s=RETRY_S, about="reference data", clock=clock)

    def info(self, key: InstrumentKey) -> StaticInfo | None:
        """Return what is known of an instrument, however old; None for nothing."""
        known = self._known.get(key.vendor)
        kept = None if known is None else known.get(key.code)
        return None if kept is None else kept.info

    def asks(self, key: InstrumentKey) -> bool:
        """Whether what is unknown of an instrument is being asked for."""
        return key in self._wanted and key not in self._idle.get(key.vendor, ())

    def want_static(self, keys: Iterable[InstrumentKey]) -> None:
        """Have what is unknown or old of ``keys`` fetched, and of nothing that waited before.

        Those are the rows in sight, and then those that the table is sorted by: what has been
        scrolled past is not paid for.
        """
        before = self._wanted
        self._wanted = dict.fromkeys(key for key in keys if self._is_due(key))
        for key in self._wanted:
            if key not in before and self.asks(key) and self.info(key) is None:
                self._on_asking(key)
        for vendor in {key.vendor for key in self._wanted}:
            self._workers.call(vendor)

    def begin_anew(self, vendor: str) -> None:
        """Forget what a vendor refused: its plan or its token is another one."""
        self._refusals.begin_anew(vendor)
        self._workers.begin_anew(vendor)

    async def run(self) -> None:
        """Fetch what is wanted, until cancelled."""
        await self._workers.run()

    async def _round(self, vendor: str) -> Outcome:
        """Ask a vendor for one batch after the other."""
        await self._clock.sleep(TOGETHER_S)
        if vendor not in self._known:
            await self._load(vendor)
        while True:
            ours = [key for key in self._wanted if key.vendor == vendor]
            # Parted anew before each call, since other rows may be in sight by then.
            keys = list(filter(self._is_due, ours))
            for key in set(ours).difference(keys):
                del self._wanted[key]
            batches = self._vendors.static_batches(keys)
            before = self._idle.get(vendor, frozenset())
            self._idle[vendor] = frozenset(keys).difference(*batches)
            for key in self._idle[vendor] - before:
                self._on_asking(key)
            if not batches:
                for key in keys:
                    self._wanted.pop(key, None)
                return Outcome()
            try:
                await self._take(batches[0])
            except DeskError as error:
                return Outcome(error)

    async def _take(self, keys: Sequence[InstrumentKey], *, whole: bool = True) -> None:
        """Ask for one batch; a refusal that names no code is narrowed down by halving."""
        found: Sequence[StaticInfo] = ()
        why: DeskError | None = None
        try:
            found = await self._vendors.static_info(keys)
        except DeskError as error:
            tries = self._workers.failures(keys[0].vendor)
            ask = self._vendors.static_info
            if not of_a_code(error) or (
                whole and await of_the_line(error, keys, ask, failures=tries)
            ):
                raise
            if half := len(keys) // 2:
                await self._take(keys[:half], whole=False)
                await self._take(keys[half:], whole=False)
                return
            log.info("%s has no reference data: %s", keys[0], error)
            why = error
        now_ms = self._clock.wall_ms()
        by_code = {info.code: info for info in found}
        vendor = keys[0].vendor
        for key in keys:
            info = by_code.get(key.code)
            if info is None:
                self._refusals.note([key], why)
            else:
                self._known[vendor][key.code] = KeptInfo(now_ms, info)
                self._on_news(key)
            self._wanted.pop(key, None)
            self._on_asking(key)
        if by_code:
            await self._save(vendor)

    def _is_due(self, key: InstrumentKey) -> bool:
        if key in self._refusals:
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
