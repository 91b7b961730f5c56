"""The sessions and holidays of the stock exchanges, from ``exchange_calendars``.

The file tells, for each market, the hours of an ordinary day by the exchange's own clock, the
weekdays on which it is closed, with the holiday's name where the library has one, and the days of
other hours. It tells them from one date to another: beyond these nothing is known.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

TABLE = Path(__file__).resolve().parent.parent / "resources" / "tables" / "sessions.json"

# The desk's markets, by the exchange whose calendar they keep. Shenzhen keeps Shanghai's.
EXCHANGES = {"us_stock": "XNYS", "hk_stock": "XHKG", "cn_stock": "XSHG"}
YEARS_BACK = 2
YEARS_AHEAD = 3


def make() -> str:
    """Return the table's text."""
    year = time.gmtime().tm_year
    first, last = date(year - YEARS_BACK, 1, 1), date(year + YEARS_AHEAD, 12, 31)
    library = f"exchange_calendars {version('exchange-calendars')}"
    table = {
        "about": f"Made by packaging/tables.py with {library}; hours by the exchange's own clock.",
        "markets": {
            market: describe(exchange, first, last) for market, exchange in EXCHANGES.items()
        },
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def describe(exchange: str, first: date, last: date) -> dict[str, Any]:
    """Return what is known of an exchange between two dates, as far as the library knows it."""
    import exchange_calendars as library

    kind = library.calendar_utils._default_calendar_factories[exchange]  # noqa: SLF001 - its bounds are told nowhere else
    bound = kind.bound_max()
    if bound is not None:
        last = min(last, bound.date())
    calendar = library.get_calendar(exchange, start=first, end=last)
    days = {row.Index.date(): _hours(row, calendar.tz) for row in calendar.schedule.itertuples()}
    usual = Counter(days.values()).most_common(1)[0][0]
    names = _names(calendar, first, last)
    closed = {}
    day = first
    while day <= last:
        if day.weekday() < 5 and day not in days:
            closed[day.isoformat()] = names.get(day, "")
        day += timedelta(days=1)
    return {
        "zone": str(calendar.tz),
        "from": first.isoformat(),
        "until": last.isoformat(),
        "hours": usual,
        "closed": closed,
        "other": {
            day.isoformat(): hours
            for day, hours in days.items()
            if hours != usual or day.weekday() > 4
        },
    }


def _hours(row: Any, zone: Any) -> str:
    """Return a session's stretches, e.g. ``09:30-12:00 13:00-16:00``."""
    times = [row.open, row.break_start, row.break_end, row.close]
    told = [f"{it.tz_convert(zone):%H:%M}" for it in times if it == it]  # noqa: PLR0124 - NaT is not itself
    return " ".join(f"{told[at]}-{told[at + 1]}" for at in range(0, len(told), 2))


def _names(calendar: Any, first: date, last: date) -> dict[date, str]:
    """Return the names of holidays by date; a library's own list may have none."""
    if calendar.regular_holidays is None:
        return {}
    named = calendar.regular_holidays.holidays(
        f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}", return_name=True
    )
    return {day.date(): str(name) for day, name in named.items()}
