"""What the vendors list: instruments for the catalogue, and the days their markets are closed.

Each list is kept on disk and fetched again once a week, one at a time and behind everything a
person waits for. A vendor without lists is never asked.
"""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar
from zoneinfo import ZoneInfo

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, StoreError, VendorError, Verdict
from alltick_desk.model.instrument import Catalogue, Instrument, InstrumentKey, Source
from alltick_desk.model.reference import TradingDay
from alltick_desk.model.words import Sentence
from alltick_desk.store.reference import ReferenceStore
from alltick_desk.vendors.base import Capabilities

WEEK_MS = 7 * 86_400_000
PACE_S = 60.0  # between two lists: nobody waits for them
RETRY_S = 3600.0
SLICE = 250  # instruments that the catalogue learns at once: under a millisecond

# After these a list does not come in this run, however often it is asked for.
_FINAL = frozenset({Verdict.BUG, Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN, Verdict.OVER_PLAN})

T = TypeVar("T")

log = logging.getLogger(__name__)


class Vendor(Protocol):
    """What is needed of a codec."""

    title: str
    capabilities: Capabilities

    def region_of(self, code: str) -> str: ...


class Lists(Protocol):
    """Who asks the vendors; DeskError where there is no answer."""

    def connected(self, vendor: str) -> bool: ...

    async def directory(self, vendor: str, name: str) -> list[Instrument]: ...

    async def trading_days(self, vendor: str, region: str) -> list[TradingDay]: ...


class InThread(Protocol):
    """Runs a blocking call where it blocks nobody."""

    def __call__(self, call: Callable[[], T], /) -> Awaitable[T]: ...


class _Kind(Enum):
    DIRECTORY = "list"
    CALENDAR = "calendar"


class _List(NamedTuple):
    vendor: str
    kind: _Kind
    name: str


class _Holidays(NamedTuple):
    zone: ZoneInfo
    names: Mapping[str, str]  # by ISO date


class CatalogueService:
    """Fills the catalogue from the vendors' lists, and knows their holidays.

    ``on_names`` is told that the catalogue knows more than before.
    """

    def __init__(
        self,
        vendors: Mapping[str, Vendor],
        catalogue: Catalogue,
        store: ReferenceStore,
        lists: Lists,
        *,
        on_names: Callable[[], None],
        clock: Clock,
        in_thread: InThread = asyncio.to_thread,
    ) -> None:
        self._vendors = vendors
        self._catalogue = catalogue
        self._store = store
        self._lists = lists
        self._on_names = on_names
        self._clock = clock
        self._in_thread = in_thread
        self._fetched_ms: dict[_List, int] = {}
        self._not_before_s: dict[_List, float] = {}  # monotonic, of lists that failed
        self._holidays: dict[tuple[str, str], _Holidays] = {}

    async def run(self) -> None:
        """Take what is on disk, then keep it young, until cancelled."""
        for one in self._all():
            await self._load(one)
        while True:
            await self._clock.sleep(PACE_S)
            if (due := self._next()) is not None:
                await self._fetch(due)

    def holiday(self, key: InstrumentKey) -> str:
        """Return the holiday that an instrument's market keeps today, as a sentence, or ""."""
        vendor = self._vendors.get(key.vendor)
        if vendor is None or not vendor.capabilities.calendars:
            return ""
        holidays = self._holidays.get((key.vendor, vendor.region_of(key.code)))
        if holidays is None:
            return ""
        today = datetime.fromtimestamp(self._clock.wall_ms() / 1000, UTC).astimezone(holidays.zone)
        name = holidays.names.get(today.date().isoformat())
        if name is None:
            return ""
        words = Sentence("Rows", "By {vendor}'s calendar today is a holiday: {holiday}.")
        return words.format(vendor=vendor.title, holiday=name)

    def _all(self) -> Iterator[_List]:
        for vendor, codec in self._vendors.items():
            for name in codec.capabilities.directories:
                yield _List(vendor, _Kind.DIRECTORY, name)
            for name in codec.capabilities.calendars:
                yield _List(vendor, _Kind.CALENDAR, name)

    def _next(self) -> _List | None:
        """Return the list that is longest overdue."""
        now_s, now_ms = self._clock.monotonic(), self._clock.wall_ms()
        due = [
            one
            for one in self._all()
            if self._lists.connected(one.vendor)
            and now_s >= self._not_before_s.get(one, 0.0)
            # A time ahead of now is no time: the clock was wrong then, or is.
            and not 0 <= now_ms - self._fetched_ms.get(one, -WEEK_MS) < WEEK_MS
        ]
        return min(due, key=lambda one: self._fetched_ms.get(one, 0), default=None)

    async def _load(self, one: _List) -> None:
        store = self._store
        if one.kind is _Kind.DIRECTORY:
            names = await self._in_thread(lambda: store.load_directory(one.vendor, one.name))
            if names is not None:
                self._fetched_ms[one] = names.fetched_ms
                await self._take_names(one, names.rows)
        else:
            days = await self._in_thread(lambda: store.load_calendar(one.vendor, one.name))
            if days is not None:
                self._fetched_ms[one] = days.fetched_ms
                self._take_days(one, days.rows)

    async def _fetch(self, one: _List) -> None:
        """Ask for one list; a failure only means that it is asked for later."""
        try:
            if one.kind is _Kind.DIRECTORY:
                names = await self._lists.directory(one.vendor, one.name)
                await self._take_names(one, names)
                await self._in_thread(
                    lambda: self._store.save_directory(one.vendor, one.name, names)
                )
            else:
                days = await self._lists.trading_days(one.vendor, one.name)
                self._take_days(one, days)
                await self._in_thread(lambda: self._store.save_calendar(one.vendor, one.name, days))
        except StoreError as error:  # it is known for this run all the same
            log.warning("%s", error)
        except DeskError as error:
            what = f"the {one.kind.value} {one.name}"
            log.warning("%s: %s did not come: %s", one.vendor, what, error)
            pause_s = math.inf if _is_final(error) else RETRY_S
            self._not_before_s[one] = self._clock.monotonic() + pause_s
            return
        self._fetched_ms[one] = self._clock.wall_ms()

    async def _take_names(self, one: _List, instruments: Sequence[Instrument]) -> None:
        source = Source(self._vendors[one.vendor].title, one.vendor)
        if await learn(self._catalogue, instruments, source):
            self._on_names()

    def _take_days(self, one: _List, days: Sequence[TradingDay]) -> None:
        """Take the days that have a name; without a zone nothing can be said of today."""
        named = [day for day in days if day.name and day.zone]
        if not named:
            self._holidays.pop((one.vendor, one.name), None)
            return
        try:
            zone = ZoneInfo(named[0].zone)
        except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError
            log.warning("%s: the calendar %s has no usable time zone", one.vendor, one.name)
            return
        self._holidays[one.vendor, one.name] = _Holidays(
            zone, {day.date: day.name for day in named}
        )


async def learn(catalogue: Catalogue, instruments: Iterable[Instrument], source: Source) -> int:
    """Have the catalogue learn a list in slices, so that nobody waits; return what is news."""
    rest = iter(instruments)
    news = 0
    while part := list(islice(rest, SLICE)):
        news += catalogue.extend(part, source)
        await asyncio.sleep(0)
    return news


def _is_final(error: DeskError) -> bool:
    if isinstance(error, VendorError):
        return error.verdict in _FINAL
    return isinstance(error, ProtocolError)  # it would mean as little the next time
