"""Time zones by name, and how the chart names the one that it tells times in."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import QTimeZone

from alltick_desk.model.calendar import exchange_zone
from alltick_desk.model.instrument import Market

EXCHANGE, LOCAL, UNIVERSAL = "exchange", "local", "UTC"
COMMON = (
    "America/New_York",
    "America/Chicago",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Dubai",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
)
# One word for several zones tells nothing.
_AMBIGUOUS = frozenset({"CST", "CDT", "IST", "BST", "AST", "ADT", "SST", "WST", "ACT"})
_ODD = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@cache
def zone_names() -> tuple[str, ...]:
    """Return every zone's name, those of places first of all."""
    names = {name for name in available_timezones() if "/" in name and not name.startswith(_ODD)}
    return tuple(sorted(names))


def is_zone(name: str) -> bool:
    """Whether a chart can be shown in a zone of that name."""
    return name in {EXCHANGE, LOCAL, UNIVERSAL} or name in zone_names()


def zone_of(name: str, market: Market) -> ZoneInfo:
    """Return the zone of a name; UTC where the system does not tell its own."""
    if name == EXCHANGE:
        return exchange_zone(market)
    return _local() if name == LOCAL else ZoneInfo(name)


def short_name(zone: ZoneInfo, time_s: int) -> str:
    """Name a zone as it is at a moment: ``HKT``, ``EDT``, or ``UTC+5:30``."""
    moment = datetime.fromtimestamp(time_s, UTC).astimezone(zone)
    word = moment.tzname() or ""
    if word.isalpha() and word not in _AMBIGUOUS:
        return word
    offset = moment.utcoffset()
    minutes = round(offset.total_seconds() / 60.0) if offset is not None else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _local() -> ZoneInfo:
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    return ZoneInfo(name if name in available_timezones() else UNIVERSAL)
