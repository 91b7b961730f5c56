"""What is said of a row's state: why it is so, and what a person can do."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from alltick_desk.model.instrument import Trading
from alltick_desk.model.words import Sentence, joined, span
from alltick_desk.services.market_hours import MarketState, Phase
from alltick_desk.services.rows import RowState

TO_CONNECT = Sentence("Rows", "About to connect.")
NOT_CONNECTED = Sentence("Rows", "Not connected.")
CONNECTING = Sentence("Rows", "Connecting.")
ASKED = Sentence("Rows", "Asked for, no answer yet.")
TO_ASK = Sentence("Rows", "About to be asked for.")
SILENT = Sentence("Rows", "Subscribed; nothing came yet. A quiet market is silent too.")
SILENT_AGAIN = Sentence("Rows", "Subscribed again; nothing came since then.")
OPEN_SILENT = Sentence("Rows", "Subscribed, and its market is open; nothing came yet.")
SINCE_OPENING = Sentence("Rows", "Its market is open; nothing came since the opening.")
LONG_SILENT = Sentence("Rows", "Its market is open; nothing came for a while, which is usual here.")
HOURS_UNKNOWN = Sentence(
    "Rows", "Nothing came for a while, and the desk does not know this market's hours."
)
OUTSIDE = Sentence("Rows", "It trades outside regular hours.")
LATE = Sentence(
    "Rows", "Its market is open and its connection is well, but its ticks have stopped coming."
)
NO_BOOK_SIDES = Sentence(
    "Rows", "Its order book is empty on both sides, and nothing is traded while its market is open."
)
NOBODY_SELLS = Sentence("Rows", "The price is at the day's upper limit, and nobody sells.")
NOBODY_BUYS = Sentence("Rows", "The price is at the day's lower limit, and nobody buys.")

TRADING: Mapping[Trading, str] = {
    Trading.NORMAL: "",
    Trading.SUSPENDED: Sentence("Rows", "The vendor says that trading is suspended."),
    Trading.DELISTED: Sentence("Rows", "The vendor says that the instrument is delisted."),
    Trading.CIRCUIT_BREAKER: Sentence(
        "Rows", "The vendor says that a circuit breaker has halted trading."
    ),
}

_BY_ITSELF = Sentence("Rows", "Nothing needs to be done: the next tick makes it live.")
_AT_OPENING = Sentence("Rows", "Nothing needs to be done: it goes live when its market opens.")
_RESUMING = Sentence("Rows", "Nothing needs to be done: it goes live when trading resumes.")
_AT_LIMIT = Sentence(
    "Rows", "Nothing needs to be done: it changes when both sides of the book are there again."
)
_LOOK_UP = Sentence(
    "Rows", "Look it up in the exchange's notices; remove the row if it is not traded any more."
)
_RECONNECTS = Sentence(
    "Rows",
    "The desk connects again by itself; the menu of the connection in the status bar does it now.",
)
STRANGER_REMEDY = Sentence(
    "Rows",
    "Choose “Also watch at …” in the row's menu to have a vendor that the desk knows, then remove "
    "this row; or take a newer version of the desk.",
)
DOUBTED_REMEDY = Sentence(
    "Rows", "Nothing needs to be done: the row goes live, or says that its code is refused."
)
LATE_REMEDY = Sentence(
    "Rows", "If it stays so, look it up in the exchange's notices: trading may be halted."
)
_MOVE_UP = Sentence(
    "Rows", "Move the row up or pin it, and it streams in place of another; or take a larger plan."
)
_OTHER_PLAN = Sentence(
    "Rows", "Remove the row; or check that the plan in the settings is the token's."
)
_SPELLING = Sentence("Rows", "Remove the row, and add the code as the vendor spells it.")
_ASKED_AGAIN = Sentence("Rows", "The desk asks for it again after a while.")
_SETTINGS = Sentence("Rows", "Enter a token, or check the connection, in the settings.")

REMEDIES: Mapping[RowState, str] = {
    RowState.LIVE: "",
    RowState.WAITING: _BY_ITSELF,
    RowState.QUIET: _BY_ITSELF,
    RowState.MARKET_CLOSED: _AT_OPENING,
    RowState.HALTED: _RESUMING,
    RowState.LIMIT_UP: _AT_LIMIT,
    RowState.LIMIT_DOWN: _AT_LIMIT,
    RowState.HALTED_OR_DELISTED: _LOOK_UP,
    RowState.STALE: _RECONNECTS,
    RowState.OFFLINE: _SETTINGS,
    RowState.BEYOND_PLAN: _MOVE_UP,
    RowState.NOT_IN_PLAN: _OTHER_PLAN,
    RowState.UNKNOWN_CODE: _SPELLING,
    RowState.REFUSED: _ASKED_AGAIN,
}


def asked(*, sent_s: float | None, answered: bool) -> str:
    """Tell how far a subscription has come; ``sent_s`` is its age, None where it was not sent."""
    if answered:
        words = Sentence("Rows", "Requested, sent {age} ago, acknowledged.")
        return words.format(age=span(sent_s or 0.0))
    if sent_s is None:
        return Sentence("Rows", "Requested; not sent yet.")
    return Sentence("Rows", "Requested and sent; not acknowledged yet.")


def ticks(first_s: float | None, latest: str) -> str:
    """Tell how long after the request the first tick came, None for not yet; then the ``latest``.

    That is what ``came`` tells.
    """
    if first_s is None:
        return Sentence("Rows", "No tick since.")
    words = Sentence("Rows", "First tick {after} later.")
    return joined(words.format(after=span(first_s)), latest)


@lru_cache(maxsize=32)  # thousands of rows say the same, every second
def closed(hours: MarketState) -> str:
    """Tell why a market does not trade, and when it does again."""
    when = "" if hours.until_ms is None else _moment(hours.until_ms, hours.zone)
    if hours.phase is Phase.BREAK:
        words = Sentence("Rows", "The market rests; it goes on at {when} by its own clock.")
        return words.format(when=when)
    if hours.phase is Phase.HOLIDAY:
        return _holiday(hours.holiday, when)
    if not when:
        return Sentence("Rows", "The market is closed.")
    words = Sentence("Rows", "The market is closed; it opens at {when} by its own clock.")
    return words.format(when=when)


def _holiday(name: str, when: str) -> str:
    if name and when:
        words = Sentence(
            "Rows",
            "The market is closed for a holiday, {holiday}; it opens at {when} by its own clock.",
        )
        return words.format(holiday=name, when=when)
    if when:
        words = Sentence(
            "Rows", "The market is closed for a holiday; it opens at {when} by its own clock."
        )
        return words.format(when=when)
    return Sentence("Rows", "The market is closed for a holiday.")


def halted(since: str, *, timed: bool) -> str:
    """Tell of a halt on a vendor's list; ``since`` is as the list has it, "" for nothing.

    It is a date, or a date and a time by the exchange's clock where it is ``timed``: of a date
    alone no time is claimed.
    """
    if not since:
        return Sentence("Rows", "It is on the exchange's list of suspensions.")
    if not timed:
        words = Sentence("Rows", "By the exchange's list of suspensions it is halted from {date}.")
        return words.format(date=since)
    words = Sentence(
        "Rows",
        "By the exchange's list of suspensions it is halted since {when} by its own clock.",
    )
    return words.format(when=since)


def _moment(time_ms: int, zone: str) -> str:
    moment = datetime.fromtimestamp(time_ms / 1000, UTC).astimezone(ZoneInfo(zone))
    return f"{moment:%Y-%m-%d %H:%M}"
