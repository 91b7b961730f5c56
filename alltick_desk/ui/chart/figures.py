"""Numbers and times as the chart writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from alltick_desk.model.calendar import bar_date, exchange_zone
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval

UNKNOWN = "—"
# From which size on, the divisor, and its letter.
_UNITS = ((1e12, 1e12, "T"), (1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e5, 1e3, "K"))
_UNITS_ZH = ((1e12, 1e12, "万亿"), (1e8, 1e8, "亿"), (1e4, 1e4, "万"))


def price_text(value: float, digits: int) -> str:
    """Write a price with exactly the instrument's digits."""
    return f"{value:.{digits}f}"


def volume_text(value: float, *, chinese: bool = False) -> str:
    """Write a volume in at most seven characters: 1234, 0.052, 123.5K, 1.234M, 123.4万."""
    for least, unit, letter in _UNITS_ZH if chinese else _UNITS:
        if value >= least:
            scaled = value / unit
            places = 1 if scaled >= 100 else 2 if scaled >= 10 else 3
            return _shortened(f"{scaled:.{places}f}") + letter
    if value >= 1000 or value == int(value):
        return f"{value:.0f}"
    places = 1 if value >= 100 else 2 if value >= 10 else 4
    return _shortened(f"{value:.{places}f}")


def is_dated(interval: Interval) -> bool:
    """Whether bars of the interval are dates rather than moments."""
    return interval.seconds is None


def moment_text(
    time_s: int, interval: Interval, market: Market, zone: ZoneInfo | None = None
) -> str:
    """Write a bar's time by the clock of a zone: "2026-11-20 14:32", or its date.

    The zone is the exchange's where None is given; dates are the exchange's in any zone.
    """
    if is_dated(interval):
        return bar_date(time_s, market).isoformat()
    local = datetime.fromtimestamp(time_s, UTC).astimezone(zone or exchange_zone(market))
    return local.strftime("%Y-%m-%d %H:%M")


def moment_iso(time_s: int, market: Market) -> str:
    """Write a bar's beginning as ISO 8601 with the exchange's zone."""
    return datetime.fromtimestamp(time_s, UTC).astimezone(exchange_zone(market)).isoformat()


def _shortened(text: str) -> str:
    """Drop zeros that tell nothing behind a point."""
    return text.rstrip("0").rstrip(".")
