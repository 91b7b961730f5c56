"""Keeps every row's state: gathers the facts, and writes what they allow to be said.

Nothing happens per tick: a row is looked at about once a second, and when a frame shows a tick of
one that is not live. What is decided is in ``verdicts``.
"""

import math
from collections.abc import Callable, Iterable, Sequence

from alltick_desk.errors import ProtocolError
from alltick_desk.feed.standing import Coverage, Standing
from alltick_desk.feed.wiring import SocketHealth, SocketState
from alltick_desk.model.book import Level
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.words import joined
from alltick_desk.services import state_words as words
from alltick_desk.services.arrivals import came
from alltick_desk.services.halts import Halt
from alltick_desk.services.market_hours import (
    Hours,
    MarketState,
    NeverKnown,
    Phase,
    hours_market,
)
from alltick_desk.services.price_limits import at_limit
from alltick_desk.services.rows import QuoteRow
from alltick_desk.services.verdicts import Book, Facts, decide

BEATS = 8  # so many looks with news before a row's pace is believed
EMPTY_MS = 60_000  # an empty book tells something once nothing was traded for so long
_PACE_KEEPS = 0.98  # of the longest silence, with every further tick

_ASKED = frozenset({Coverage.WANTED, Coverage.SENT, Coverage.ACKNOWLEDGED})
_STOCKS = frozenset({Market.US_STOCK, Market.HK_STOCK, Market.CN_STOCK})


class StateKeeper:
    """Decides and writes ``QuoteRow.state``, ``state_detail`` and ``state_remedy``.

    ``standing`` and ``socket`` tell where a code stands, and how the socket that carries it or
    would carry it is doing; both give None while its vendor is not connected, and ``why_not``
    then says why. ``holiday`` tells what the vendor's own calendar says of today, "" for nothing;
    ``market`` what the catalogue says of a code, ``hours`` when markets trade, ``halt`` what the
    suspension lists have. ``on_bad_book`` is told of a book whose levels mean nothing; ``knows``
    tells whether the desk knows an instrument's vendor.
    """

    def __init__(
        self,
        *,
        standing: Callable[[InstrumentKey], Standing | None],
        socket: Callable[[InstrumentKey, int | None], SocketHealth | None],
        why_not: Callable[[InstrumentKey], str],
        monotonic: Callable[[], float],
        wall_ms: Callable[[], int] = lambda: 0,
        holiday: Callable[[InstrumentKey], str] = lambda _key: "",
        market: Callable[[InstrumentKey], Market] = lambda _key: Market.UNKNOWN,
        hours: Hours | None = None,
        halt: Callable[[InstrumentKey], Halt | None] = lambda _key: None,
        on_bad_book: Callable[[ProtocolError], None] = lambda _error: None,
        knows: Callable[[InstrumentKey], bool] = lambda _key: True,
    ) -> None:
        self._standing = standing
        self._socket = socket
        self._why_not = why_not
        self._monotonic = monotonic
        self._wall_ms = wall_ms
        self._holiday = holiday
        self._market = market
        self._hours = hours or NeverKnown()
        self._halt = halt
        self._on_bad_book = on_bad_book
        self._knows = knows

    def refresh(self, rows: Iterable[QuoteRow]) -> list[QuoteRow]:
        """Decide anew for ``rows``; return those whose word, reason or remedy is another one."""
        now_s, now_ms = self._monotonic(), self._wall_ms()
        changed = []
        for row in rows:
            state, reason, remedy = decide(self._facts(row, now_s, now_ms))
            if (
                state is not row.state
                or reason != row.state_detail
                or remedy is not row.state_remedy
            ):
                row.state, row.state_detail, row.state_remedy = state, reason, remedy
                changed.append(row)
        return changed

    def proof(self, row: QuoteRow) -> str:
        """Return how far a row's subscription has come and what came of it, "" for no vendor."""
        standing, now_s = self._standing(row.key), self._monotonic()
        if standing is None:
            return ""
        answered = standing.coverage is Coverage.ACKNOWLEDGED
        if not answered:
            sent = standing.coverage is Coverage.SENT
            if sent or standing.coverage is Coverage.WANTED:
                return words.asked(sent_s=0.0 if sent else None, answered=False)
            return ""  # it is refused, or nobody wants it: the reason says so
        socket = self._socket(row.key, standing.socket)
        since_s = max(standing.since_s, row.away_s)
        opened_s = None if socket is None else socket.opened_s
        heard = opened_s is not None and row.ticked_s >= max(opened_s, since_s)
        first_s = max(0.0, row.first_s - standing.since_s) if heard else None
        return joined(
            words.asked(sent_s=now_s - standing.since_s, answered=True),
            words.ticks(first_s, came(now_s, row.ticked_s, row.priced_s, row.booked_s)),
        )

    def _facts(self, row: QuoteRow, now_s: float, now_ms: int) -> Facts:
        key = row.key
        standing = self._standing(key)
        if standing is None:
            return Facts(None, self._why_not(key), known=self._knows(key))
        coverage, told = standing.coverage, standing.sentence
        socket = self._socket(key, standing.socket)
        if socket is None:
            return Facts(coverage, told)
        if socket.state is not SocketState.LIVE or coverage not in _ASKED:
            return Facts(
                coverage,
                told,
                socket=socket.state,
                trouble=socket.reason,
                ticked_s=row.ticked_s,
                priced_s=row.priced_s,
                booked_s=row.booked_s,
                now_s=now_s,
            )
        market = self._market(key)
        hours = self._hours.state(hours_market(key.code, market), now_ms)
        if coverage is not Coverage.ACKNOWLEDGED:
            return Facts(
                coverage,
                told,
                socket=socket.state,
                now_s=now_s,
                hours=hours,
                calendar=self._holiday(key),
                halt=self._halt(key),
            )
        since_s = max(standing.since_s, row.away_s)
        asked_s = math.inf if socket.opened_s is None else max(socket.opened_s, since_s)
        heard = row.ticked_s >= asked_s
        if heard and row.ticked_s != row.looked_s:
            _follow(row, asked_s)
        # A row that ticks while its market may trade needs no calendar to say why it is silent.
        phase = hours.phase
        awake = heard and (phase is Phase.OPEN or phase is Phase.UNKNOWN)
        return Facts(
            coverage,
            told,
            since_s,
            socket.state,
            "",
            socket.opened_s,
            row.ticked_s,
            row.priced_s,
            row.booked_s,
            row.pace_s if row.beats >= BEATS else 0.0,
            row.time_ms,
            _told_ms(row),
            row.first_ms,
            now_s,
            now_ms,
            hours,
            "" if awake else self._holiday(key),
            row.trading,
            self._book(row, market, hours, now_s),
            self._halt(key),
        )

    def _book(self, row: QuoteRow, market: Market, hours: MarketState, now_s: float) -> Book:
        """Return what the newest book tells; it is read only where it may tell something."""
        depth = row.depth
        if depth is None or hours.phase is not Phase.OPEN or market not in _STOCKS:
            return Book.PLAIN
        limit = 0
        if market is Market.CN_STOCK and row.last and row.previous_close is not None:
            limit = at_limit(row.key.code, row.value, row.previous_close)
        # Nobody trades before the opening, so that tells nothing.
        untraded_ms = depth.time_ms - max(row.time_ms, hours.since_ms or 0)
        untraded = untraded_ms > EMPTY_MS and (
            row.time_ms > 0 or now_s - row.first_s > EMPTY_MS / 1000
        )
        if not limit and not untraded:
            return Book.PLAIN
        try:
            bids, asks = row.sides()
        except ProtocolError as error:
            self._on_bad_book(error)
            return Book.PLAIN
        if not bids and not asks:
            return Book.EMPTY if untraded else Book.PLAIN
        return _one_sided(row, bids, asks, limit)


def _one_sided(row: QuoteRow, bids: Sequence[Level], asks: Sequence[Level], limit: int) -> Book:
    """Return what a book of one side tells of a price that is at a ``limit``, as ``at_limit``."""
    if limit > 0 and not asks and float(bids[0].price) == row.value:
        return Book.LIMIT_UP
    if limit < 0 and not bids and float(asks[0].price) == row.value:
        return Book.LIMIT_DOWN
    return Book.PLAIN


def _told_ms(row: QuoteRow) -> int:
    """Return the vendor's time of the newest price or book."""
    return row.time_ms if row.depth is None else max(row.time_ms, row.depth.time_ms)


def _follow(row: QuoteRow, asked_s: float) -> None:
    """Take notice of a row's first tick since it was asked for, and of its pace from then on."""
    if row.first_s < asked_s:
        row.first_s, row.first_ms = row.ticked_s, _told_ms(row)
        row.beats, row.pace_s = 0, 0.0
    else:
        row.beats += 1
        row.pace_s = max(row.ticked_s - row.looked_s, _PACE_KEEPS * row.pace_s)
    row.looked_s = row.ticked_s
