"""Which stocks are halted, by the suspension lists of the vendors that have some.

A list is asked for only where the watchlist holds a code that it could name, behind everything a
person waits for, and again every half hour: few enough calls for the smallest plan's day.
"""

import logging
import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol

from alltick_desk.clock import Clock
from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.model.calendar import exchange_zone
from alltick_desk.model.instrument import InstrumentKey, Market, market_by_suffix
from alltick_desk.model.reference import Suspension, SuspensionPage
from alltick_desk.services.market_hours import Hours, Phase
from alltick_desk.vendors.base import Capabilities

FIRST_S = 90.0  # before that the plan's calls fill the screen
PACE_S = 61.0  # between two calls: the vendor allows one a minute
AGAIN_S = 1800.0
RETRY_S = 3600.0
MOST_PAGES = 3  # the newest halts; what is older has ended, or shows by its silence

_FINAL = frozenset({Verdict.BUG, Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN, Verdict.OVER_PLAN})
_DATE = re.compile(r"(?<!\d)(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?!\d)")
_US_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?")

log = logging.getLogger(__name__)


class Vendor(Protocol):
    """What is needed of a codec."""

    capabilities: Capabilities


class Lists(Protocol):
    """Who asks the vendors; DeskError where there is no answer."""

    def connected(self, vendor: str) -> bool: ...

    async def suspensions(self, vendor: str, name: str, page: int) -> SuspensionPage: ...


class Halt(NamedTuple):
    """A halt that lasts; Unix milliseconds, None where the list does not tell.

    Attributes:
        since_ms: when it begins; of a date alone, when the exchange's day begins.
        until_ms: when it ends.
        since: its date (ISO), with the time by the exchange's clock where it is ``timed``; ""
            where the list tells none.
        over_ms: a price that was made later tells that it is over.
    """

    since_ms: int | None
    until_ms: int | None
    since: str = ""
    timed: bool = False
    over_ms: int | None = None


class _List(NamedTuple):
    vendor: str
    name: str


class HaltService:
    """Asks for the lists, and answers of a code whether it is halted now.

    ``watched`` are the instruments on the screen; ``on_news`` is told that a list came.
    """

    def __init__(
        self,
        vendors: Mapping[str, Vendor],
        lists: Lists,
        *,
        watched: Callable[[], Iterable[InstrumentKey]],
        hours: Hours,
        on_news: Callable[[], None],
        clock: Clock,
    ) -> None:
        self._vendors = vendors
        self._lists = lists
        self._watched = watched
        self._hours = hours
        self._on_news = on_news
        self._clock = clock
        self._due_s: dict[_List, float] = {}  # monotonic; a list that is missing here is due
        self._halts: dict[_List, dict[str, Halt]] = {}

    def halt(self, key: InstrumentKey) -> Halt | None:
        """Return the halt that a code is in now, by whichever vendor's list; None for none."""
        if not self._halts:
            return None
        now_ms = self._clock.wall_ms()
        for halts in self._halts.values():
            found = halts.get(key.code)
            if found is not None and _lasts(found, now_ms):
                return found
        return None

    async def run(self) -> None:
        """Keep the lists young, until cancelled."""
        await self._clock.sleep(FIRST_S)
        while True:
            one = self._next()
            if one is not None:
                await self._fetch(one)
            await self._clock.sleep(PACE_S)

    def _next(self) -> _List | None:
        """Return a list that is due and could name a code of the watchlist."""
        endings = {key.code[-3:] for key in self._watched()}
        now_s, now_ms = self._clock.monotonic(), self._clock.wall_ms()
        for vendor, codec in self._vendors.items():
            if not self._lists.connected(vendor):
                continue
            for name, ending in codec.capabilities.suspensions.items():
                one = _List(vendor, name)
                if ending not in endings or now_s < self._due_s.get(one, 0.0):
                    continue
                # While its market is closed a list that is known brings nothing new.
                known = one in self._halts
                state = self._hours.state(market_by_suffix(ending), now_ms)
                if not known or state.phase in {Phase.OPEN, Phase.UNKNOWN}:
                    return one
        return None

    async def _fetch(self, one: _List) -> None:
        """Ask for a list's newest pages; a failure only means that it is asked for later."""
        found: dict[str, Halt] = {}
        known, now_ms = self._halts.get(one, {}), self._clock.wall_ms()
        page: int | None = 1
        try:
            while page is not None and page <= MOST_PAGES:
                if page > 1:
                    await self._clock.sleep(PACE_S)
                answer = await self._lists.suspensions(one.vendor, one.name, page)
                for each in answer.suspensions:
                    _take(found, each)
                page = answer.next_page
        except DeskError as error:
            log.warning("%s: the list of suspensions %s did not come: %s", *one, error)
            final = isinstance(error, ProtocolError) or (
                isinstance(error, VendorError) and error.verdict in _FINAL
            )
            self._due_s[one] = math.inf if final else self._clock.monotonic() + RETRY_S
            return
        self._due_s[one] = self._clock.monotonic() + AGAIN_S
        self._halts[one] = {
            code: _first_told(halt, known.get(code), now_ms) for code, halt in found.items()
        }
        self._on_news()


def _take(found: dict[str, Halt], told: Suspension) -> None:
    """Keep a code's newest halt; of two that are as new, the one that the list has first."""
    halt = read_halt(told)
    known = found.get(told.code)
    if known is None or (halt.since_ms or 0) > (known.since_ms or 0):
        found[told.code] = halt


def read_halt(told: Suspension) -> Halt:
    """Return when a halt begins and ends, by its exchange's clock.

    A day without a time is the exchange's day. A time that cannot be read is one that is not told.
    """
    market = market_by_suffix(told.code)
    begun = _day(told.halt_date) or _day(told.publish_date)
    ends = _day(told.resume_date)
    time = told.halt_time or told.halt_date
    since_ms = _moment(begun, time, market)
    clock = _TIME.search(time)
    timed = clock is not None and since_ms is not None
    since = "" if begun is None else begun.isoformat()
    return Halt(
        since_ms,
        _moment(ends, told.resume_time or told.resume_date, market),
        f"{since} {clock.group()}" if timed and clock is not None else since,
        timed,
        since_ms if timed or begun is None else _end_of(begun, market),
    )


def _first_told(halt: Halt, known: Halt | None, now_ms: int) -> Halt:
    """Return a halt with what a price has to be later than, to tell that it is over.

    Of a halt that is given by its date alone nobody knows whether a price of that day was made
    before it. One that was made after the desk first heard of the halt was not.
    """
    if halt.timed or halt.since_ms is None or halt.over_ms is None:
        return halt
    if known is not None and known._replace(over_ms=None) == halt._replace(over_ms=None):
        return known
    return halt._replace(over_ms=min(halt.over_ms, max(halt.since_ms, now_ms)))


def _lasts(halt: Halt, now_ms: int) -> bool:
    begun = halt.since_ms is None or halt.since_ms <= now_ms
    return begun and (halt.until_ms is None or now_ms < halt.until_ms)


def _day(text: str) -> date | None:
    """Return the date in a text: ``2026-01-05``, ``20260105`` or ``01/05/2026``."""
    if (found := _US_DATE.search(text)) is not None:
        month, day, year = (int(it) for it in found.groups())
    elif (found := _DATE.search(text)) is not None:
        year, month, day = (int(it) for it in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end_of(day: date, market: Market) -> int | None:
    """Return when the exchange's day ends, Unix milliseconds."""
    try:
        return _moment(day + timedelta(days=1), "", market)
    except OverflowError:
        return None


def _moment(day: date | None, text: str, market: Market) -> int | None:
    """Return a day's time in Unix milliseconds; the exchange's midnight where there is none."""
    if day is None:
        return None
    found = _TIME.search(text)
    hour, minute, second = (int(it or 0) for it in found.groups()) if found else (0, 0, 0)
    try:
        moment = datetime(
            day.year, day.month, day.day, hour, minute, second, tzinfo=exchange_zone(market)
        )
        return int(moment.astimezone(UTC).timestamp()) * 1000
    except (ValueError, OverflowError):
        return None
