"""What one family should stream against what its sockets are known to stream.

The screen says what it wants, the most important first; here it is cut at the plan's size, spread
over as few sockets as it needs, and turned into requests until every socket holds its list. Pure:
no socket, no clock; times come in as monotonic seconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

import msgspec

from alltick_desk.errors import Verdict
from alltick_desk.feed.subscription import Culprit, Flight, Request, Subscription
from alltick_desk.model.words import Sentence
from alltick_desk.vendors.base import Ack, Channel, DepthWish, Refused

BAR_S = 600.0  # a further connection that was refused is tried again after ten minutes,
BAR_CAP_S = 7200.0  # doubling up to two hours
MARK_S = 600.0  # a code refused without a known reason likewise
MARK_CAP_S = 7200.0
_CHANNELS = (Channel.TRADES, Channel.DEPTH)
_SUSPECTED = Sentence(
    "Feed",
    "The vendor refused a list with this code in it; the desk is finding out which code it meant.",
)


class Coverage(Enum):
    """How far the subscription of a code has come."""

    UNWANTED = "unwanted"  # nobody asked for it
    WANTED = "wanted"  # to be asked for
    SENT = "sent"  # asked for, no answer yet
    ACKNOWLEDGED = "acknowledged"  # the vendor accepted it, or its data came
    BEYOND_PLAN = "beyond plan"  # more codes are wanted than the plan streams
    NOT_IN_PLAN = "not in plan"
    UNKNOWN_CODE = "unknown code"
    REFUSED = "refused"  # for any other reason; tried again slowly


class Standing(msgspec.Struct, frozen=True):
    """Where a code stands.

    ``socket`` is its socket's number; ``since_s`` when an acknowledged code was first asked for
    on it, monotonic seconds: nothing that came before proves anything.
    """

    coverage: Coverage
    sentence: str = ""
    socket: int | None = None
    since_s: float = 0.0


class _Mark(msgspec.Struct, frozen=True):
    """A code that the vendor refuses."""

    coverage: Coverage
    sentence: str
    until_s: float | None  # None: never asked again under this plan and token


class _Bar(msgspec.Struct, frozen=True):
    """A further connection that the vendor turned away."""

    until_s: float
    tries: int


_COVERAGES = {
    Verdict.UNKNOWN_CODE: Coverage.UNKNOWN_CODE,
    Verdict.NOT_IN_PLAN: Coverage.NOT_IN_PLAN,
}


class Subscriptions:
    """The reconciler of one family. Sockets are numbered from 1."""

    def __init__(self, *, codes: int, connections: int, replaces: bool) -> None:
        """Take the plan's ``codes`` a channel and socket, and its ``connections``.

        ``replaces`` tells whether a list replaces the one before it or adds to it.
        """
        self._size = codes
        self._connections = connections
        self._replaces = replaces
        self._wants: dict[Channel, dict[str, int]] = {channel: {} for channel in _CHANNELS}
        self._proven: dict[Channel, set[str]] = {channel: set() for channel in _CHANNELS}
        self._opened: str | None = None
        self._seats: dict[Channel, dict[str, int]] = {channel: {} for channel in _CHANNELS}
        self._beyond: dict[Channel, dict[str, int]] = {channel: {} for channel in _CHANNELS}
        self._room: dict[Channel, int] = dict.fromkeys(_CHANNELS, 0)
        self._marks: dict[tuple[Channel, str], _Mark] = {}
        self._mark_tries: dict[tuple[Channel, str], int] = {}
        self._bars: dict[int, _Bar] = {}
        self._sockets: dict[int, dict[Channel, Subscription]] = {}
        self._served: dict[int, Channel] = {}  # which channel a socket asked for last
        self._chosen: tuple[int, ...] = ()
        self._stale = True  # the seats no longer fit what is wanted or known
        self._expires_s: float | None = None  # when a mark, a bar or a lesson ends

    # What is wanted

    def want(
        self, trades: Sequence[str], depth: Sequence[DepthWish], *, opened: str | None = None
    ) -> bool:
        """Set what should stream, the most important first; return whether that is news.

        ``opened`` is the code in chart and book, where this family has it.
        """
        self._opened = opened
        levels: dict[str, int] = {}
        for wish in depth:
            levels[wish.code] = max(wish.level, levels.get(wish.code, 0))
        wants = {Channel.TRADES: dict.fromkeys(trades, 0), Channel.DEPTH: levels}
        if all(list(wants[it].items()) == list(self._wants[it].items()) for it in _CHANNELS):
            return False
        self._wants = wants
        self._stale = True
        return True

    def configure(self, *, codes: int, connections: int) -> None:
        """Take another plan or another token: what the old one refused is asked again."""
        self._size, self._connections = codes, connections
        self._marks.clear()
        self._mark_tries.clear()
        self._bars.clear()
        for known in self._proven.values():
            known.clear()
        for pair in self._sockets.values():
            for subscription in pair.values():
                subscription.forget()
        self._stale = True

    def sockets(self, now_s: float) -> tuple[int, ...]:
        """Return the numbers of the sockets that are needed; none where nothing is wanted."""
        self._seat_all(now_s)
        return self._chosen

    def leads(self, socket: int) -> bool:
        """Whether ``socket`` carries the code in chart and book."""
        if self._opened is None:
            return False
        return any(self._seats[channel].get(self._opened) == socket for channel in _CHANNELS)

    # Requests and their answers

    def next_request(self, socket: int, now_s: float) -> Request | None:
        """Return what ``socket`` should send now; one request is under way at a time."""
        self._seat_all(now_s)
        if socket not in self._chosen or self.flight(socket) is not None:
            return None
        pair = self._pair(socket)
        last_served_last = sorted(_CHANNELS, key=lambda it: it is self._served.get(socket))
        for channel in last_served_last:
            request = pair[channel].next_request(now_s)
            if request is not None:
                return request
        return None

    def sent(self, socket: int, seq: int, request: Request, now_s: float) -> None:
        """Note that ``request`` goes out on ``socket`` under ``seq`` now."""
        self._served[socket] = request.channel
        self._pair(socket)[request.channel].sent(seq, request, now_s)

    def flight(self, socket: int) -> Flight | None:
        """Return the request that ``socket`` waits to have answered."""
        for subscription in self._pair(socket).values():
            if subscription.flight is not None:
                return subscription.flight
        return None

    def ticked(self, socket: int) -> None:
        """Note that a code newly asked for on ``socket`` has sent data."""
        flight = self.flight(socket)
        if flight is not None:
            flight.ticked = True

    def settle(self, socket: int, event: Ack | Refused, now_s: float) -> bool:
        """Take an answer; return whether it belonged to the request under way."""
        flight = self.flight(socket)
        if flight is None or not _answers(event, flight):
            return False
        subscription = self._pair(socket)[flight.request.channel]
        if isinstance(event, Ack):
            culprit = subscription.accepted()
        else:
            culprit = subscription.refused(event.error, now_s)
        self._convict(flight.request.channel, culprit, now_s)
        self._stale = True
        return True

    def ack_lost(self, socket: int, now_s: float) -> None:
        """Give up waiting for the answer to the request under way."""
        flight = self.flight(socket)
        if flight is not None:
            culprit = self._pair(socket)[flight.request.channel].lost(now_s)
            self._convict(flight.request.channel, culprit, now_s)
            self._stale = True

    def reset(self, socket: int) -> None:
        """Note that ``socket`` is gone and the vendor holds nothing for it."""
        for subscription in self._pair(socket).values():
            subscription.reset()

    def bar(self, socket: int, now_s: float) -> None:
        """Note that the vendor turned a further connection away: live with those that are."""
        tries = self._bars[socket].tries + 1 if socket in self._bars else 0
        until_s = now_s + min(BAR_CAP_S, BAR_S * 2.0 ** min(tries, 20))
        self._bars[socket] = _Bar(until_s, tries)
        self._stale = True

    def unbar(self, socket: int) -> None:
        """Note that ``socket`` has a connection."""
        self._stale |= self._bars.pop(socket, None) is not None

    def due_s(self, socket: int | None, now_s: float) -> float | None:
        """Return when to ask again without news: for ``socket``'s requests, or the sockets."""
        self._seat_all(now_s)
        times = [] if self._expires_s is None else [self._expires_s]
        if socket is not None:
            times += [subscription.resume_s for subscription in self._pair(socket).values()]
        return min((time for time in times if time > now_s), default=None)

    # What can be said

    def coverage(self, code: str, channel: Channel | None = None) -> Standing:
        """Return where a code stands: on ``channel``, else on trades, else on depth."""
        if channel is None:
            channel = Channel.TRADES if code in self._wants[Channel.TRADES] else Channel.DEPTH
        if code not in self._wants[channel]:
            return Standing(Coverage.UNWANTED)
        mark = self._marks.get((channel, code))
        if mark is not None:
            return Standing(mark.coverage, mark.sentence)
        socket = self._seats[channel].get(code)
        if socket is None:
            place = self._beyond[channel].get(code)
            return Standing(Coverage.WANTED) if place is None else self._beyond_plan(channel, place)
        return _standing(self._pair(socket)[channel], code, socket)

    def acknowledged(self) -> int:
        """Return how many codes the vendor has acknowledged, on whichever channel."""
        return len(
            {code for pair in self._sockets.values() for it in pair.values() for code in it.held}
        )

    def _beyond_plan(self, channel: Channel, place: int) -> Standing:
        room = self._room[channel]
        if any(it <= self._connections and it not in self._chosen for it in self._bars):
            why = Sentence(
                "Feed", "the vendor refused a further connection, so {room} codes stream"
            )
        elif any(self._pair(socket)[channel].learned for socket in self._chosen):
            why = Sentence("Feed", "the vendor accepts {room} codes")
        else:
            why = Sentence("Feed", "the plan streams {room} codes")
        words = Sentence("Feed", "Number {place} of {room}: {why}.")
        return Standing(
            Coverage.BEYOND_PLAN, words.format(place=place, room=room, why=why.format(room=room))
        )

    # Seats

    def _pair(self, socket: int) -> dict[Channel, Subscription]:
        pair = self._sockets.get(socket)
        if pair is None:
            pair = self._sockets[socket] = {
                channel: Subscription(channel, self._proven[channel], replaces=self._replaces)
                for channel in _CHANNELS
            }
        return pair

    def _convict(self, channel: Channel, culprit: Culprit | None, now_s: float) -> None:
        if culprit is None:
            return
        code, error = culprit.code, culprit.error
        coverage = _COVERAGES.get(error.verdict)
        if coverage is None:
            tries = self._mark_tries.get((channel, code), 0)
            self._mark_tries[channel, code] = tries + 1
            until_s = now_s + min(MARK_CAP_S, MARK_S * 2.0 ** min(tries, 20))
            self._marks[channel, code] = _Mark(Coverage.REFUSED, str(error), until_s)
            return
        mark = _Mark(coverage, str(error), None)
        for each in _CHANNELS:
            # A code that does not exist does so on every channel; a plan may lack one of them.
            everywhere = coverage is Coverage.UNKNOWN_CODE and code not in self._proven[each]
            if each is channel or everywhere:
                self._marks[each, code] = mark

    def _seat_all(self, now_s: float) -> None:
        """Give every code that may stream a socket, moving as few as possible."""
        if not self._stale and (self._expires_s is None or now_s < self._expires_s):
            return
        self._stale = False
        self._marks = {
            key: mark
            for key, mark in self._marks.items()
            if mark.until_s is None or now_s < mark.until_s
        }
        eligible = {
            channel: [code for code in wants if (channel, code) not in self._marks]
            for channel, wants in self._wants.items()
        }
        self._chosen = self._choose(eligible, now_s)
        for channel in _CHANNELS:
            self._seat(channel, eligible[channel], now_s)
        self._expires_s = min(self._expiries(now_s), default=None)

    def _choose(self, eligible: Mapping[Channel, list[str]], now_s: float) -> tuple[int, ...]:
        numbers = range(1, self._connections + 1)
        usable = [it for it in numbers if it not in self._bars or now_s >= self._bars[it].until_s]
        left = {channel: len(codes) for channel, codes in eligible.items()}
        chosen: list[int] = []
        for socket in usable or [1]:
            room = {it: self._pair(socket)[it].capacity(self._size, now_s) for it in _CHANNELS}
            if any(left[it] > 0 and room[it] > 0 for it in _CHANNELS):
                chosen.append(socket)
                for channel in _CHANNELS:
                    left[channel] -= room[channel]
        return tuple(chosen)

    def _seat(self, channel: Channel, codes: list[str], now_s: float) -> None:
        free = {it: self._pair(it)[channel].capacity(self._size, now_s) for it in self._chosen}
        room = self._room[channel] = sum(free.values())
        before, seats = self._seats[channel], dict.fromkeys(codes[:room], 0)
        for code in seats:
            socket = before.get(code, 0)
            if free.get(socket, 0) > 0:
                free[socket] -= 1
                seats[code] = socket
        spare = (socket for socket in self._chosen for _ in range(free[socket]))
        for code, socket in seats.items():
            if not socket:
                seats[code] = next(spare)
        self._seats[channel] = seats
        self._beyond[channel] = {
            code: place for place, code in enumerate(codes[room:], start=room + 1)
        }
        targets: dict[int, dict[str, int]] = {socket: {} for socket in self._sockets}
        for code, socket in seats.items():
            targets[socket][code] = self._wants[channel][code]
        for socket, target in targets.items():
            self._pair(socket)[channel].aim(target)

    def _expiries(self, now_s: float) -> Iterable[float]:
        for mark in self._marks.values():
            if mark.until_s is not None:
                yield mark.until_s
        for bar in self._bars.values():
            if bar.until_s > now_s:
                yield bar.until_s
        for pair in self._sockets.values():
            for subscription in pair.values():
                if subscription.learned_until_s is not None:
                    yield subscription.learned_until_s


def _answers(event: Ack | Refused, flight: Flight) -> bool:
    if event.seq is not None:
        return event.seq == flight.seq
    return event.channel is None or event.channel is flight.request.channel


def _standing(subscription: Subscription, code: str, socket: int) -> Standing:
    flight = subscription.flight
    if code in subscription.held:
        return Standing(Coverage.ACKNOWLEDGED, "", socket, subscription.since.get(code, 0.0))
    if flight is not None and code in flight.after:
        if flight.ticked:
            return Standing(Coverage.ACKNOWLEDGED, "", socket, flight.sent_s)
        return Standing(Coverage.SENT, "", socket)
    if subscription.trouble:
        return Standing(Coverage.REFUSED, subscription.trouble, socket)
    if subscription.suspected(code):
        return Standing(
            Coverage.WANTED,
            _SUSPECTED,
            socket,
        )
    return Standing(Coverage.WANTED, "", socket)
