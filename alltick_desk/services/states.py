"""What each row may claim: how far its subscription came, and whether its socket is well.

A row is live only while it can be proven: the vendor acknowledged the code, the socket is healthy,
and something came for it since that socket was opened. Everything else is told as what it is.
"""

from collections.abc import Callable, Iterable

from alltick_desk.feed.subscriptions import Coverage, Standing
from alltick_desk.feed.wiring import SocketHealth, SocketState
from alltick_desk.model.instrument import InstrumentKey, Trading
from alltick_desk.model.words import Sentence, joined, span
from alltick_desk.services.rows import QuoteRow, RowState

_REFUSALS = {
    Coverage.BEYOND_PLAN: RowState.BEYOND_PLAN,
    Coverage.NOT_IN_PLAN: RowState.NOT_IN_PLAN,
    Coverage.UNKNOWN_CODE: RowState.UNKNOWN_CODE,
    Coverage.REFUSED: RowState.REFUSED,
}
_TRADING = {
    Trading.NORMAL: "",
    Trading.SUSPENDED: Sentence("Rows", "The vendor says that trading is suspended."),
    Trading.DELISTED: Sentence("Rows", "The vendor says that the instrument is delisted."),
    Trading.CIRCUIT_BREAKER: Sentence(
        "Rows", "The vendor says that a circuit breaker has halted trading."
    ),
}
_TO_CONNECT = Sentence("Rows", "About to connect.")
_NOT_CONNECTED = Sentence("Rows", "Not connected.")
_CONNECTING = Sentence("Rows", "Connecting.")
_ASKED = Sentence("Rows", "Asked for, no answer yet.")
_TO_ASK = Sentence("Rows", "About to be asked for.")
_QUIET = Sentence("Rows", "Subscribed; nothing came yet. A quiet market is silent too.")
_QUIET_AGAIN = Sentence("Rows", "Subscribed again; nothing came since the reconnection.")


class StateKeeper:
    """Decides and writes ``QuoteRow.state`` and ``state_detail``.

    ``standing`` and ``socket`` tell where a code stands, and how the socket that carries it or
    would carry it is doing; both give None while its vendor is not connected, and ``why_not``
    then says why. ``holiday`` tells why a market may be quiet today, "" for no known reason.
    """

    def __init__(
        self,
        *,
        standing: Callable[[InstrumentKey], Standing | None],
        socket: Callable[[InstrumentKey, int | None], SocketHealth | None],
        why_not: Callable[[InstrumentKey], str],
        monotonic: Callable[[], float],
        holiday: Callable[[InstrumentKey], str] = lambda _key: "",
    ) -> None:
        self._standing = standing
        self._socket = socket
        self._why_not = why_not
        self._monotonic = monotonic
        self._holiday = holiday

    def refresh(self, rows: Iterable[QuoteRow]) -> list[QuoteRow]:
        """Decide anew for ``rows``; return those whose word or detail is another one."""
        now_s = self._monotonic()
        changed = []
        for row in rows:
            state, detail = self._decide(row, now_s)
            if state is not row.state or detail != row.state_detail:
                row.state, row.state_detail = state, detail
                changed.append(row)
        return changed

    def _decide(self, row: QuoteRow, now_s: float) -> tuple[RowState, str]:
        standing = self._standing(row.key)
        if standing is None:
            return RowState.OFFLINE, self._why_not(row.key)
        if (refusal := _REFUSALS.get(standing.coverage)) is not None:
            return refusal, standing.sentence
        socket = self._socket(row.key, standing.socket)
        if socket is None:
            return RowState.WAITING, _TO_CONNECT
        if socket.state is SocketState.LIVE:
            return self._connected(row, standing, socket)
        return _unconnected(row, socket, now_s)

    def _connected(
        self, row: QuoteRow, standing: Standing, socket: SocketHealth
    ) -> tuple[RowState, str]:
        if standing.coverage is not Coverage.ACKNOWLEDGED:
            return RowState.WAITING, _ASKED if standing.coverage is Coverage.SENT else _TO_ASK
        trading = _TRADING[row.trading]
        if socket.opened_s is not None and row.ticked_s >= max(socket.opened_s, standing.since_s):
            return RowState.LIVE, trading
        quiet = _QUIET_AGAIN if row.ticked_s else _QUIET
        return RowState.WAITING, joined(quiet, trading, self._holiday(row.key))


def _unconnected(row: QuoteRow, socket: SocketHealth, now_s: float) -> tuple[RowState, str]:
    if socket.state in {SocketState.CLOSED, SocketState.REFUSED}:
        return RowState.OFFLINE, socket.reason or _NOT_CONNECTED
    if row.ticked_s:
        # In a coarse unit, so that the text rests between two changes.
        age = Sentence("Rows", "Last tick {age} ago.").format(age=span(now_s - row.ticked_s))
        return RowState.STALE, joined(socket.reason, age)
    return RowState.WAITING, socket.reason or _CONNECTING
