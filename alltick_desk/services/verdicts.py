"""What each row may claim, decided from facts alone.

A row is live only while it can be proven: the vendor acknowledged the code, the socket is healthy,
and something came for it since it was last asked for. Where nothing comes, the market's hours
decide between quiet, closed and stale; where these are unknown, nothing is claimed. Pure: every
fact comes in with the record.
"""

import math
from enum import Enum
from typing import NamedTuple

from alltick_desk.feed.standing import Coverage
from alltick_desk.feed.wiring import SocketState
from alltick_desk.model.instrument import Trading
from alltick_desk.model.words import joined
from alltick_desk.services import state_words as words
from alltick_desk.services.arrivals import came
from alltick_desk.services.halts import Halt
from alltick_desk.services.market_hours import NOT_KNOWN, MarketState, Phase
from alltick_desk.services.rows import RowState

GRACE_S = 10.0  # an answer to a subscription may take so long: before that nothing is called quiet
LATE_S = 60.0  # no silence that is shorter is called late,
LATE_FACTOR = 8.0  # nor one that is not so many times as long as usual
QUIET_S = 300.0  # after so long a silence nothing is called live


class Book(Enum):
    """What the newest order book tells beside its prices."""

    PLAIN = "plain"  # nothing, or there is none
    LIMIT_UP = "limit up"
    LIMIT_DOWN = "limit down"
    EMPTY = "empty"  # both sides, for so long that it says something


_REFUSALS = {
    Coverage.BEYOND_PLAN: RowState.BEYOND_PLAN,
    Coverage.NOT_IN_PLAN: RowState.NOT_IN_PLAN,
    Coverage.UNKNOWN_CODE: RowState.UNKNOWN_CODE,
    Coverage.REFUSED: RowState.REFUSED,
}
_LIVE = (RowState.LIVE, "")
_LIMITS = {
    Book.LIMIT_UP: (RowState.LIMIT_UP, words.NOBODY_SELLS),
    Book.LIMIT_DOWN: (RowState.LIMIT_DOWN, words.NOBODY_BUYS),
}
_OFF = frozenset({SocketState.CLOSED, SocketState.REFUSED})


class Facts(NamedTuple):
    """Everything that a row's state follows from. ``_s`` is monotonic seconds, ``_ms`` Unix ms.

    Attributes:
        coverage: how far the subscription has come; None while the vendor is not connected.
        told: the sentence that goes with it, e.g. why it was refused.
        since_s: when the code was asked for.
        socket: the socket that carries it, or would; None where there is none yet.
        trouble: what is wrong with the socket, as a sentence; "" where nothing is.
        opened_s: since when the socket is open.
        ticked_s: when the last tick arrived; 0 for never. ``priced_s``: the last price,
            ``booked_s``: the last book.
        pace_s: the longest usual silence between two; 0 while too few have come to tell.
        price_ms: the vendor's time of the last price; ``told_ms``: of that or a later book.
        first_ms: ``told_ms`` at the first tick since the code was asked for.
        now_s, now_ms: the moment, by both clocks.
        hours: what its market does.
        calendar: what the vendor's own calendar says of today, "" for nothing.
        trading: what the vendor says of trading in it.
        halt: what the lists of suspensions have of it.
        known: whether the desk knows its vendor at all.
    """

    coverage: Coverage | None
    told: str = ""
    since_s: float = 0.0
    socket: SocketState | None = None
    trouble: str = ""
    opened_s: float | None = None
    ticked_s: float = 0.0
    priced_s: float = 0.0
    booked_s: float = 0.0
    pace_s: float = 0.0
    price_ms: int = 0
    told_ms: int = 0
    first_ms: int = 0
    now_s: float = 0.0
    now_ms: int = 0
    hours: MarketState = NOT_KNOWN
    calendar: str = ""
    trading: Trading = Trading.NORMAL
    book: Book = Book.PLAIN
    halt: Halt | None = None
    known: bool = True

    @property
    def asked_s(self) -> float:
        """Nothing that came before proves anything; infinite while nothing can."""
        return math.inf if self.opened_s is None else max(self.opened_s, self.since_s)

    @property
    def heard(self) -> bool:
        """Whether a tick came since the code was asked for."""
        return self.ticked_s >= self.asked_s

    @property
    def silence_s(self) -> float:
        """How long ago the last tick came."""
        return self.now_s - self.ticked_s

    @property
    def came(self) -> str:
        """What last came, and when, as a sentence."""
        return came(self.now_s, self.ticked_s, self.priced_s, self.booked_s)

    @property
    def late_s(self) -> float:
        """A silence that is longer is not usual."""
        return max(LATE_S, LATE_FACTOR * self.pace_s)

    @property
    def in_phase(self) -> bool:
        """Whether the last tick arrived after the market opened, or closed, as it is now."""
        since_ms = self.hours.since_ms
        return since_ms is None or self.now_ms - 1000 * self.silence_s >= since_ms


class Verdict(NamedTuple):
    """What is said of a row: the word, why, and what can be done."""

    state: RowState
    reason: str
    remedy: str


def decide(facts: Facts) -> Verdict:
    """Return what facts allow to be said."""
    state, reason = _decide(facts)
    remedy = words.REMEDIES[state]
    if state is RowState.STALE and facts.socket is SocketState.LIVE:
        remedy = words.LATE_REMEDY
    if facts.told and facts.coverage is Coverage.WANTED and state is RowState.WAITING:
        remedy = words.DOUBTED_REMEDY
    if not facts.known:
        remedy = words.STRANGER_REMEDY
    return Verdict(state, reason, remedy)


def _decide(facts: Facts) -> tuple[RowState, str]:
    coverage, socket = facts.coverage, facts.socket
    if coverage is Coverage.ACKNOWLEDGED and socket is SocketState.LIVE:
        return _stopped(facts) or (_heard(facts) if facts.heard else _unheard(facts))
    if coverage is None:
        return RowState.OFFLINE, facts.told
    if (refusal := _REFUSALS.get(coverage)) is not None:
        return refusal, facts.told
    if socket is None:
        return RowState.WAITING, words.TO_CONNECT
    if socket is not SocketState.LIVE:
        return _unconnected(facts, socket)
    to_ask = facts.told or words.TO_ASK
    waiting = RowState.WAITING, words.ASKED if coverage is Coverage.SENT else to_ask
    return _unasked(facts) or waiting


def _unasked(facts: Facts) -> tuple[RowState, str] | None:
    """Return what is known of a row whatever the vendor will answer; None for nothing."""
    if facts.halt is not None:
        return RowState.HALTED, words.halted(facts.halt.since, timed=facts.halt.timed)
    return _shut(facts)


def _shut(facts: Facts) -> tuple[RowState, str] | None:
    """Return what is said of a silent row whose market does not trade; None where it may."""
    if facts.hours.phase not in {Phase.OPEN, Phase.UNKNOWN}:
        return _closed(facts)
    return (RowState.MARKET_CLOSED, facts.calendar) if facts.calendar else None


def _unconnected(facts: Facts, socket: SocketState) -> tuple[RowState, str]:
    if socket in _OFF:
        return RowState.OFFLINE, facts.trouble or words.NOT_CONNECTED
    if facts.ticked_s:
        return RowState.STALE, joined(facts.trouble, facts.came)
    return RowState.WAITING, facts.trouble or words.CONNECTING


def _stopped(facts: Facts) -> tuple[RowState, str] | None:
    """Return what is said where trading has stopped; None where nothing tells so."""
    if facts.trading is not Trading.NORMAL:
        gone = facts.trading is Trading.DELISTED
        state = RowState.HALTED_OR_DELISTED if gone else RowState.HALTED
        return state, words.TRADING[facts.trading]
    halt = facts.halt
    if halt is not None:
        # A price that was made after the halt began is stronger than a list of an hour ago.
        traded = facts.heard and (halt.over_ms is None or facts.price_ms > halt.over_ms)
        if not traded:
            return RowState.HALTED, words.halted(halt.since, timed=halt.timed)
    if facts.book is Book.EMPTY and facts.hours.phase is Phase.OPEN and facts.heard:
        return RowState.HALTED_OR_DELISTED, words.NO_BOOK_SIDES
    return None


def _heard(facts: Facts) -> tuple[RowState, str]:
    """Return what is said of a row that ticked since it was asked for."""
    phase = facts.hours.phase
    long_silent = facts.silence_s > max(QUIET_S, facts.late_s)
    if phase is Phase.UNKNOWN:
        return (RowState.WAITING, words.HOURS_UNKNOWN) if long_silent else _LIVE
    if phase is not Phase.OPEN:
        return _after_hours(facts)
    if not facts.in_phase:
        return RowState.QUIET, words.SINCE_OPENING
    if facts.book is not Book.PLAIN and not long_silent:  # nothing trades there, but orders come
        return _LIMITS[facts.book]
    return _by_pace(facts)


def _by_pace(facts: Facts) -> tuple[RowState, str]:
    """Return what is said of a row whose market is open, by how long ago its last tick came."""
    if facts.pace_s and facts.silence_s > facts.late_s:
        return RowState.STALE, joined(words.LATE, facts.came)
    return (RowState.QUIET, words.LONG_SILENT) if facts.silence_s > QUIET_S else _LIVE


def _after_hours(facts: Facts) -> tuple[RowState, str]:
    """Return what is said where its market should not trade.

    A tick is taken for a trade of now where the vendor dates it after the close, or where it is
    not the first one any more: a subscription may be answered with the last price of the day.
    """
    since_ms = facts.hours.since_ms
    of_now = facts.told_ms > facts.first_ms or (since_ms is not None and facts.told_ms >= since_ms)
    if of_now and facts.in_phase and facts.silence_s <= facts.late_s:
        return RowState.LIVE, words.OUTSIDE
    return _closed(facts)


def _unheard(facts: Facts) -> tuple[RowState, str]:
    """Return what is said of a row that has not ticked since it was asked for."""
    if (shut := _shut(facts)) is not None:
        return shut
    if facts.hours.phase is Phase.UNKNOWN or facts.now_s - facts.asked_s < GRACE_S:
        return RowState.WAITING, words.SILENT_AGAIN if facts.ticked_s else words.SILENT
    return RowState.QUIET, words.SILENT_AGAIN if facts.ticked_s else words.OPEN_SILENT


def _closed(facts: Facts) -> tuple[RowState, str]:
    return RowState.MARKET_CLOSED, joined(words.closed(facts.hours), facts.calendar)
