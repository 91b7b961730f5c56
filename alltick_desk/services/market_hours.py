"""Whether a market trades at a moment: by a table for stock exchanges, by rule for the others.

The table (``resources/tables/sessions.json``, made by ``packaging/tables.py``) knows an exchange's
days from one date to another. Outside of these, and where no rule is certain, the phase is
UNKNOWN: nothing is claimed. The moment comes in as Unix milliseconds; there is no clock here.

No vendor tells the hours of what no stock exchange lists, so the rules are the field's convention,
by New York's clock: forex from Sunday 17:00 to Friday 17:00; metals, energy and contracts on
indices from Sunday 18:00 to Friday 17:00, with a rest from 17:00 to 18:00 each day. Around
holidays these differ from house to house, so those days are UNKNOWN. Crypto never closes. A
future keeps its contract's hours, which nobody tells.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from alltick_desk.model.calendar import home_market
from alltick_desk.model.instrument import Market
from alltick_desk.resources import resource

TABLE = "tables/sessions.json"

_DAY = timedelta(days=1)
_AROUND = 21  # days that are looked at; the longest holidays take eleven
_BREAK_MS = 3 * 3_600_000  # a longer pause is no break between two sessions of a day
_FIVE, _SIX, _MIDNIGHT = 17 * 60, 18 * 60, 24 * 60
_NEW_YORK = "America/New_York"
_NEW_YEAR, _CHRISTMAS = (1, 1), (12, 25)  # month and day
_SUNDAY, _SATURDAY, _FRIDAY = 6, 5, 4


class Phase(Enum):
    """What a market does."""

    OPEN = "open"
    BREAK = "break"  # between two sessions of one day
    CLOSED = "closed"
    HOLIDAY = "holiday"  # closed on a weekday
    UNKNOWN = "unknown"


class MarketState(NamedTuple):
    """A market at one moment.

    Attributes:
        since_ms: since when it trades, or does not; None where nobody knows.
        until_ms: until when; of a market that is not open, when it opens next.
        holiday: the holiday's name in English, "" where the table has none.
        zone: the name of its clock's zone.
    """

    phase: Phase
    since_ms: int | None = None
    until_ms: int | None = None
    holiday: str = ""
    zone: str = "UTC"


NOT_KNOWN = MarketState(Phase.UNKNOWN)
OPEN_ALWAYS = MarketState(Phase.OPEN)


class Hours(Protocol):
    """Who knows when markets trade."""

    def state(self, market: Market, now_ms: int) -> MarketState:
        """Return what a market does at a moment; UNKNOWN where nobody can tell."""
        ...


class AlwaysOpen:
    """The hours of an exchange that never closes by itself, such as the simulated one."""

    def state(self, market: Market, now_ms: int) -> MarketState:
        """Return that it is open."""
        del market, now_ms
        return OPEN_ALWAYS


class NeverKnown:
    """The hours where nothing is known of them."""

    def state(self, market: Market, now_ms: int) -> MarketState:
        """Return that nobody knows."""
        del market, now_ms
        return NOT_KNOWN


class Part(NamedTuple):
    """A stretch of a day in minutes by the market's clock; it trades, or nobody knows."""

    begin: int
    end: int
    known: bool = True


class Exchange(NamedTuple):
    """One exchange's days from ``first`` to ``last``, both included, by its own clock."""

    zone: str
    first: date
    last: date
    hours: tuple[Part, ...]  # of an ordinary day
    closed: Mapping[date, str]  # weekdays, with the holiday's name
    other: Mapping[date, tuple[Part, ...]]  # days of other hours

    def covers(self, day: date) -> bool:
        """Whether anything is known of a day."""
        return self.first <= day <= self.last

    def on(self, day: date) -> tuple[Part, ...]:
        """Return a day's parts, in order."""
        if not self.covers(day):
            return (Part(0, _MIDNIGHT, known=False),)
        if day in self.closed:
            return ()
        usual = self.hours if day.weekday() < _SATURDAY else ()
        return self.other.get(day, usual)


class RoundTheClock(NamedTuple):
    """A market that trades day and night from Sunday to Friday, by rule.

    Attributes:
        opens: minutes of a day at which a trading date begins, the day before.
        exchange: whose holidays make its hours uncertain; None for those of the whole world.
    """

    opens: int
    exchange: Exchange | None = None
    zone: str = _NEW_YORK

    def on(self, day: date) -> tuple[Part, ...]:
        """Return a day's parts, in order: the rest of its own date, and the next one's begin."""
        parts = []
        if day.weekday() < _SATURDAY:
            parts.append(Part(0, _FIVE, self._ordinary(day)))
        if day.weekday() not in {_FRIDAY, _SATURDAY}:
            parts.append(Part(self.opens, _MIDNIGHT, self._ordinary(day + _DAY)))
        return tuple(parts)

    def _ordinary(self, day: date) -> bool:
        if (day.month, day.day) in {_NEW_YEAR, _CHRISTMAS}:
            return False
        if self.exchange is None:
            return True
        return self.exchange.covers(day) and self.exchange.on(day) == self.exchange.hours


class _Span(NamedTuple):
    begin_ms: int
    end_ms: int
    known: bool


class MarketHours:
    """The hours of every market; ``exchanges`` are those of which there is a table."""

    def __init__(self, exchanges: Mapping[Market, Exchange]) -> None:
        self.exchanges = exchanges
        metals = RoundTheClock(_SIX, exchanges.get(Market.US_STOCK))
        self._schedules: dict[Market, Exchange | RoundTheClock] = {
            **exchanges,
            Market.FOREX: RoundTheClock(_FIVE),
            Market.COMMODITY: metals,
            Market.CFD_INDEX: metals,
        }
        self._found: dict[Market, tuple[int, int, MarketState]] = {}

    @classmethod
    def read(cls, path: Path) -> "MarketHours":
        """Read the table; OSError, KeyError or ValueError where it cannot be."""
        told = json.loads(path.read_text(encoding="utf-8"))["markets"]
        return cls({Market(name): _read_exchange(each) for name, each in told.items()})

    def state(self, market: Market, now_ms: int) -> MarketState:
        """Return what a market does at a moment; UNKNOWN where nobody can tell."""
        if market is Market.CRYPTO:
            return OPEN_ALWAYS
        schedule = self._schedules.get(market)
        if schedule is None:
            return NOT_KNOWN
        found = self._found.get(market)
        # Every row asks, every second: a state holds until it ends, or the day does.
        if found is None or not found[0] <= now_ms < found[1]:
            found = self._found[market] = _find(schedule, now_ms)
        return found[2]


@cache
def known_hours() -> MarketHours:
    """Return the hours by the table that comes with the desk, read once.

    Raises FileNotFoundError where the installation is incomplete.
    """
    return MarketHours.read(resource(TABLE))


def hours_market(code: str, market: Market) -> Market:
    """Return the market whose hours a code keeps; UNKNOWN where nobody tells.

    ``market`` is the catalogue's.
    """
    return Market.UNKNOWN if market is Market.FUTURE else home_market(code, market)


def _find(schedule: Exchange | RoundTheClock, now_ms: int) -> tuple[int, int, MarketState]:
    """Return the state at a moment, and from when to when it is the same."""
    zone = ZoneInfo(schedule.zone)
    today = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone).date()
    days = [today + number * _DAY for number in range(-_AROUND, _AROUND + 1)]
    spans = _joined(
        _Span(_at(day, part.begin, zone), _at(day, part.end, zone), part.known)
        for day in days
        for part in schedule.on(day)
    )
    before: _Span | None = None
    after: _Span | None = None
    for place, span in enumerate(spans):
        if span.begin_ms <= now_ms < span.end_ms:
            return *span[:2], _inside(spans, place, zone)
        if span.begin_ms > now_ms:
            after = span
            break
        before = span
    since_ms = before.end_ms if before is not None and before.known else None
    until_ms = after.begin_ms if after is not None and after.known else None
    phase, name = Phase.CLOSED, ""
    if isinstance(schedule, Exchange) and today in schedule.closed:
        phase, name = Phase.HOLIDAY, schedule.closed[today]
    elif since_ms is not None and until_ms is not None and until_ms - since_ms <= _BREAK_MS:
        phase = Phase.BREAK
    from_ms = max(_at(today, 0, zone), before.end_ms if before is not None else 0)
    to_ms = _at(today, _MIDNIGHT, zone)
    if after is not None:
        to_ms = min(to_ms, after.begin_ms)
    return from_ms, to_ms, MarketState(phase, since_ms, until_ms, name, zone.key)


def _inside(spans: list[_Span], place: int, zone: ZoneInfo) -> MarketState:
    """Return the state within a span; where it touches one of another kind its edge is unsure."""
    begin_ms, end_ms, known = spans[place]
    if not known:
        return NOT_KNOWN._replace(zone=zone.key)
    unsure = {edge for span in spans if not span.known for edge in (span.begin_ms, span.end_ms)}
    return MarketState(
        Phase.OPEN,
        None if begin_ms in unsure else begin_ms,
        None if end_ms in unsure else end_ms,
        "",
        zone.key,
    )


def _joined(spans: Iterable[_Span]) -> list[_Span]:
    """Return spans with those of a kind that touch made one."""
    found: list[_Span] = []
    for span in spans:
        if found and found[-1].end_ms == span.begin_ms and found[-1].known is span.known:
            found[-1] = found[-1]._replace(end_ms=span.end_ms)
        else:
            found.append(span)
    return found


def _at(day: date, minute: int, zone: ZoneInfo) -> int:
    """Return a minute of a day by a zone's clock, Unix milliseconds."""
    moment = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    return int(moment.timestamp()) * 1000  # wall-clock arithmetic: also on a day of 23 hours


def _read_exchange(told: Mapping[str, Any]) -> Exchange:
    return Exchange(
        zone=str(told["zone"]),
        first=date.fromisoformat(str(told["from"])),
        last=date.fromisoformat(str(told["until"])),
        hours=_read_parts(str(told["hours"])),
        closed={date.fromisoformat(day): name for day, name in told["closed"].items()},
        other={date.fromisoformat(day): _read_parts(hours) for day, hours in told["other"].items()},
    )


def _read_parts(text: str) -> tuple[Part, ...]:
    """Read ``09:30-12:00 13:00-16:00``."""
    return tuple(
        Part(_minute(begin), _minute(end))
        for begin, _, end in (part.partition("-") for part in text.split())
    )


def _minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    return 60 * int(hour) + int(minute)
