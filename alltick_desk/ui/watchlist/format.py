"""What a row reads like, cell by cell. Pure: a row in, the text on the screen out.

Signs are plain ASCII, so that a spreadsheet and a script read what a person reads.
"""

import math
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from alltick_desk.model.figures import decimals, signed
from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.lists import Entry
from alltick_desk.model.words import joined
from alltick_desk.services.arrivals import came
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.watchlist.facts import Facts, nothing_known

if TYPE_CHECKING:
    from alltick_desk.ui.watchlist.day_line import DayLine

UNKNOWN = "—"
ASKED = "…"  # unknown, and the vendor is being asked

Day: TypeAlias = tuple[int, int, int]  # year, month, day of the local calendar

_UNITS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
_UNITS_ZH = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
_TRUE_DIGITS = 15  # of a float: the sixteenth may be noise of adding up
_FIVE = 5  # figures of a price, where so many were chosen
_LARGEST = 1e18  # no market trades more; beyond it stands a power of ten


class Reading(NamedTuple):
    """What reading a row takes beside the row itself."""

    catalogue: Catalogue
    chinese: bool  # Chinese names and units
    today: Day
    states: Mapping[RowState, str]  # the words of the screen's language
    vendors: Mapping[str, str] | None = None  # their titles, where rows tell whose they are
    digits: str = "sent"  # one of the settings' DIGITS
    entry: Callable[[InstrumentKey], Entry | None] = lambda _key: None  # the person's own words
    facts: Facts = nothing_known
    proof: Callable[[QuoteRow], str] = lambda _row: ""  # how far its subscription has come
    rate: Callable[[QuoteRow], float | None] = lambda _row: None  # ticks a second
    day_line: "Callable[[QuoteRow], DayLine | None]" = lambda _row: None
    now_s: Callable[[], float] = lambda: 0.0  # monotonic
    wall_ms: Callable[[], int] = lambda: 0  # Unix milliseconds at the same moment
    say: Callable[[str], str] = str  # in the screen's language

    def as_sent(self) -> "Reading":
        """Return the same with every digit that the vendor sent."""
        return self._replace(digits="sent")


def code(row: QuoteRow, reading: Reading) -> str:
    del reading
    return row.key.code


def vendor(row: QuoteRow, reading: Reading) -> str:
    """The title of the row's vendor, "" where rows need not tell it."""
    if reading.vendors is None:
        return ""
    return reading.vendors.get(row.key.vendor, row.key.vendor)


def name(row: QuoteRow, reading: Reading) -> str:
    """The person's own name of the instrument, else its name, in the screen's language first."""
    entry = reading.entry(row.key)
    if entry is not None and entry.alias:
        return entry.alias
    known = reading.catalogue.get(row.key.code)
    first, second = known.name_en, known.name_zh
    if reading.chinese:
        first, second = second, first
    return first or second or UNKNOWN


def price(row: QuoteRow, text: str, reading: Reading) -> str:
    """A price of the row with the digits that the person chose; ``text`` is as it was sent."""
    if not text:
        return UNKNOWN
    if reading.digits == "five":
        return _five(text)
    lacking = row.digits - decimals(text)
    if reading.digits == "even" and lacking > 0:
        return f"{text}{'' if '.' in text else '.'}{'0' * lacking}"
    return row.shown(text)


def last(row: QuoteRow, reading: Reading) -> str:
    return price(row, row.last, reading)


def bid(row: QuoteRow, reading: Reading) -> str:
    return price(row, row.bid, reading)


def ask(row: QuoteRow, reading: Reading) -> str:
    return price(row, row.ask, reading)


def high(row: QuoteRow, reading: Reading) -> str:
    return price(row, row.high, reading)


def low(row: QuoteRow, reading: Reading) -> str:
    return price(row, row.low, reading)


def change(row: QuoteRow, reading: Reading) -> str:
    """Last minus previous close, signed, with the instrument's digits."""
    value = row.change
    if value is None:
        return UNKNOWN
    digits = row.digits
    if reading.digits == "five":
        digits = min(digits, decimals(price(row, row.last, reading)))
    return signed(value, digits)


def change_percent(row: QuoteRow, reading: Reading) -> str:
    """The change in percent, signed, with two digits; the column's title has the sign %."""
    del reading
    value = row.change_percent
    return UNKNOWN if value is None else signed(value, 2)


def volume(row: QuoteRow, reading: Reading) -> str:
    return UNKNOWN if row.volume is None else compact(row.volume, chinese=reading.chinese)


def turnover(row: QuoteRow, reading: Reading) -> str:
    return UNKNOWN if row.turnover is None else compact(row.turnover, chinese=reading.chinese)


def clock_time(row: QuoteRow, reading: Reading) -> str:
    """The last trade's local time of day, or its date when that was not today."""
    if not row.time_ms:
        return UNKNOWN
    at = time.localtime(row.time_ms // 1000)
    if at[:3] == reading.today:
        return f"{at.tm_hour:02d}:{at.tm_min:02d}:{at.tm_sec:02d}"
    return f"{at.tm_year}-{at.tm_mon:02d}-{at.tm_mday:02d}"


def iso_time(row: QuoteRow) -> str:
    """The last trade's time in ISO 8601 with the local zone's offset."""
    if not row.time_ms:
        return UNKNOWN
    from datetime import UTC, datetime  # late: no row says this before it is asked

    at = datetime.fromtimestamp(row.time_ms / 1000, tz=UTC).astimezone()
    return at.isoformat(timespec="milliseconds")


def state(row: QuoteRow, reading: Reading) -> str:
    return reading.states[row.state]


def state_detail(row: QuoteRow, now_s: float) -> str:
    """Why the row is in its state, and how old what it shows is, for ``ui.words.spoken``.

    ``now_s`` is monotonic; the age is left out while nothing came in this run.
    """
    # The state keeper tells a stale row's age itself: there the age is the reason.
    if not row.ticked_s or row.state is RowState.STALE:
        return row.state_detail
    return joined(row.state_detail, came(now_s, row.ticked_s, row.priced_s, row.booked_s))


def _five(text: str) -> str:
    """Round a price to five figures; what stands before the point is never rounded away."""
    value = abs(float(text))
    if not value:
        return text
    before = math.floor(math.log10(value)) + 1  # below zero for zeros behind the point
    return f"{float(text):.{min(max(0, _FIVE - before), decimals(text))}f}"


def compact(value: float, *, chinese: bool) -> str:
    """Return an amount in four significant figures and a unit: ``12.35M``, ``1235万``."""
    if not math.isfinite(value):
        return UNKNOWN
    four = f"{value:.3e}"
    if abs(value) > _LARGEST:
        return four
    rounded = float(four)  # before the unit is chosen: 999,950 is 1.000M, not 1000K
    size = abs(rounded)
    if size < 10_000:
        return _plain(rounded)
    units = _UNITS_ZH if chinese else _UNITS
    limit, unit = next(pair for pair in units if size >= pair[0])
    scaled = rounded / limit
    whole = len(str(int(abs(scaled))))
    return f"{scaled:.{max(0, 4 - whole)}f}{unit}"


def _plain(value: float) -> str:
    if value == int(value):
        return f"{value:,.0f}"
    whole = len(str(int(abs(value))))
    text = f"{value:,.{4 - whole}f}" if abs(value) >= 1 else f"{value:.8f}"
    return text.rstrip("0").rstrip(".")


def full(value: float | None) -> str:
    """Return an amount to its last true digit, for a spreadsheet; "" where it is unknown."""
    if value is None or not math.isfinite(value):
        return ""
    from decimal import Decimal  # late: nothing is copied before the first paint

    text = f"{Decimal(f'{value:.{_TRUE_DIGITS}g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def local_day() -> Day:
    """Return today in the local calendar."""
    year, month, day = time.localtime()[:3]
    return year, month, day
