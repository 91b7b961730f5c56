"""What one family should stream against what its sockets are known to stream.

The screen says what it wants, the most important first; here it is cut at the plan's size, spread
over as few sockets as it needs, and turned into requests until every socket holds its list. Pure:
no socket, no clock; times come in as monotonic seconds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from alltick_desk.errors import VendorError
from alltick_desk.feed.refusals import Bars, Marks
from alltick_desk.feed.search import Culprit, Search
from alltick_desk.feed.seats import Seats
from alltick_desk.feed.spread import Spread, choose, spread
from alltick_desk.feed.standing import Coverage, Standing
from alltick_desk.feed.subscription import Action, Flight, Request, Subscription
from alltick_desk.model.words import Sentence
from alltick_desk.vendors.base import Ack, Channel, Detail, Refused, Wish

__all__ = ["Coverage", "Standing", "Subscriptions"]

_CHANNELS = tuple(Channel)


class Subscriptions:
    """The reconciler of one family. Sockets are numbered from 1."""

    def __init__(
        self,
        *,
        codes: int,
        connections: int,
        replaces: bool,
        seats: Seats | None = None,
        listed: Callable[[str], bool] = lambda _code: False,
    ) -> None:
        """Take the plan's ``codes`` a channel and socket, and its ``connections``.

        ``replaces`` tells whether a list replaces the one before it or adds to it. ``seats`` are
        what all families of the token share. ``listed`` tells of a code whether anybody's list of
        instruments has it: then it is the last to be suspected.
        """
        self._size = codes
        self._connections = self._most = connections
        self._replaces = replaces
        self._seats = seats or Seats()
        self._seats.join(self._counted)
        self._listed = listed
        self._answered: set[str] = set()  # a call was answered for them
        self._wants: dict[Channel, dict[str, Detail]] = {channel: {} for channel in _CHANNELS}
        self._proven: dict[Channel, set[str]] = {channel: set() for channel in _CHANNELS}
        self._opened: str | None = None
        self._spread: dict[Channel, Spread] = dict.fromkeys(_CHANNELS, Spread())
        self._marks = Marks()
        self._bars = Bars()
        self._sockets: dict[int, dict[Channel, Subscription]] = {}
        self._served: dict[int, list[Channel]] = {}  # a socket's channels, the last asked for last
        self._chosen: tuple[int, ...] = ()
        self._resting: set[int] = set()  # those of them that nothing is asked on now
        self._stale = True  # the spread no longer fits what is wanted or known
        self._expires_s: float | None = None  # when a mark, a bar or a lesson ends

    # What is wanted

    def want(
        self,
        wishes: Mapping[Channel, Sequence[Wish]],
        *,
        opened: str | None = None,
        connections: int | None = None,
    ) -> bool:
        """Set what should stream, the most important first; return whether that is news.

        Of two wishes for one code on one channel the deeper book counts. ``opened`` is the code
        in chart and book, where this family has it. ``connections`` is this family's share of the
        plan's, where all families share some.
        """
        self._opened = opened
        most = self._connections if connections is None else connections
        wants = {channel: _details(wishes.get(channel, ())) for channel in _CHANNELS}
        same = all(list(wants[it].items()) == list(self._wants[it].items()) for it in _CHANNELS)
        if same and most == self._most:
            return False
        for code, detail in wants[Channel.CANDLES].items():
            other = self._wants[Channel.CANDLES].get(code, detail) != detail
            if other and not self._marks.final(Channel.TRADES, code):
                self._marks.drop(Channel.CANDLES, code)  # it was the interval that was refused
        self._wants, self._most = wants, most
        self._stale = True
        return True

    def configure(self, *, codes: int, connections: int) -> None:
        """Take another plan or another token: what the old one refused is asked again."""
        self._size = codes
        self._connections = self._most = connections
        self._marks.clear()
        self._bars.clear()
        for known in (*self._proven.values(), self._answered):
            known.clear()
        for subscription in self._every():
            subscription.forget()
        self._stale = True

    def sockets(self, now_s: float) -> tuple[int, ...]:
        """Return the numbers of the sockets that are needed now.

        None where nothing is wanted. One whose whole list is refused for longer is needed again
        when the list may go again, or more is wanted.
        """
        self._spread_all(now_s)
        self._resting = {it for it in self._chosen if self._rests(it, now_s)}
        return tuple(it for it in self._chosen if it not in self._resting)

    def leads(self, socket: int) -> bool:
        """Whether ``socket`` carries the code in chart and book."""
        if self._opened is None:
            return False
        return any(it.socket_of.get(self._opened) == socket for it in self._spread.values())

    def resume(self) -> None:
        """Ask again at once for what was refused for a while: a person says so."""
        for subscription in self._every():
            subscription.resume()

    # Requests and their answers

    def next_request(self, socket: int, now_s: float) -> Request | None:
        """Return what ``socket`` should send now; one request is under way at a time.

        What is to end goes before what is to begin, for it may have to make room.
        """
        self._spread_all(now_s)
        if socket not in self._chosen or self.flight(socket) is not None:
            return None
        channels = self._channels(socket)
        first: Request | None = None
        for channel in self._served.get(socket, _CHANNELS):
            request = channels[channel].next_request(now_s)
            if request is not None and request.action is Action.CANCEL:
                return request
            first = first or request
        return first

    def sent(self, socket: int, seq: int, request: Request, now_s: float) -> None:
        """Note that ``request`` goes out on ``socket`` under ``seq`` now."""
        served = self._served.setdefault(socket, list(_CHANNELS))
        served.remove(request.channel)
        served.append(request.channel)
        self._channels(socket)[request.channel].sent(seq, request, now_s)

    def flight(self, socket: int) -> Flight | None:
        """Return the request that ``socket`` waits to have answered."""
        for subscription in self._channels(socket).values():
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
        subscription = self._channels(socket)[flight.request.channel]
        if isinstance(event, Ack):
            culprit = subscription.accepted()
        else:
            culprit = subscription.refused(event.error, now_s)
        self._convict(flight.request.channel, culprit, now_s)
        self._seats.free()
        return True

    def ack_lost(self, socket: int, now_s: float) -> None:
        """Give up waiting for the answer to the request under way."""
        flight = self.flight(socket)
        if flight is not None:
            culprit = self._channels(socket)[flight.request.channel].lost(now_s)
            self._convict(flight.request.channel, culprit, now_s)
            self._seats.free()

    def stuck(self, socket: int) -> bool:
        """Whether the vendor does not end on ``socket`` what should end."""
        return any(subscription.stuck for subscription in self._channels(socket).values())

    def reset(self, socket: int) -> None:
        """Note that ``socket`` is gone and the vendor holds nothing for it."""
        for subscription in self._channels(socket).values():
            subscription.reset()
        self._seats.free()

    def bar(self, socket: int, now_s: float) -> None:
        """Note that the vendor turned a further connection away: live with those that are."""
        self._bars.put(socket, now_s)
        self._stale = True

    def unbar(self, socket: int) -> None:
        """Note that ``socket`` has had a good connection."""
        self._stale |= self._bars.lift(socket)

    def due_s(self, socket: int | None, now_s: float) -> float | None:
        """Return when to ask again without news: for ``socket``'s requests, or the sockets."""
        self._spread_all(now_s)
        times = [] if self._expires_s is None else [self._expires_s]
        for each in self._resting if socket is None else (socket,):
            times += [subscription.resume_s for subscription in self._channels(each).values()]
        return min((time for time in times if time > now_s), default=None)

    # What calls tell

    def answered(self, codes: Iterable[str]) -> None:
        """Note that a call was answered for ``codes``: they exist."""
        self._answered.update(codes)

    def unknown(self, code: str, error: VendorError, now_s: float) -> bool:
        """Note that a call was refused, since a ``code`` does not exist; return whether it is news.

        What has ever been accepted on a socket is believed more.
        """
        known = any(code in proven for proven in self._proven.values())
        if known or all(self._marks.final(channel, code) for channel in _CHANNELS):
            return False
        self._marks.convict(Channel.TRADES, code, error, now_s, proven=self._proven)
        self._stale = True
        return True

    # What can be said

    def coverage(self, code: str, channel: Channel | None = None) -> Standing:
        """Return where a code stands: on ``channel``, else on trades, else on depth."""
        if channel is None:
            channel = Channel.TRADES if code in self._wants[Channel.TRADES] else Channel.DEPTH
        if code not in self._wants[channel]:
            return Standing(Coverage.UNWANTED)
        refused = self._marks.standing(channel, code)
        if refused is not None:
            return refused
        found = self._spread[channel]
        socket = found.socket_of.get(code)
        if socket is None:
            place = found.beyond.get(code)
            return Standing(Coverage.WANTED) if place is None else self._beyond_plan(channel, place)
        return self._channels(socket)[channel].standing(code, socket)

    def acknowledged(self) -> int:
        """Return how many codes the vendor has acknowledged, on whichever channel."""
        return len({code for subscription in self._every() for code in subscription.held})

    @property
    def shut_out(self) -> bool:
        """Whether codes are wanted and the vendor refuses them all, for good or for now."""
        wanted = [(channel, code) for channel in _CHANNELS for code in self._wants[channel]]
        if all(self._marks.standing(*each) is not None for each in wanted):
            return bool(wanted)
        return self._most > 0 and not self._stale and self._resting.issuperset(self._chosen)

    def refused(self, channel: Channel, code: str) -> bool:
        """Whether the vendor has refused a code on a channel for good."""
        return self._marks.final(channel, code)

    @property
    def verdicts(self) -> int:
        """Grows with every change of what ``refused`` tells."""
        return self._marks.verdicts

    def _beyond_plan(self, channel: Channel, place: int) -> Standing:
        room = self._spread[channel].room
        if not room and self._most:
            none = Sentence(
                "Feed", "The vendor accepts no code here now; the desk asks again later."
            )
            return Standing(Coverage.BEYOND_PLAN, none)
        if self._bars.hold_back(self._connections, self._chosen):
            why = Sentence(
                "Feed", "the vendor refused a further connection, so {room} codes stream"
            )
        elif any(self._channels(it)[channel].capacity.until_s for it in self._chosen):
            why = Sentence("Feed", "the vendor accepts {room} codes")
        else:
            why = Sentence("Feed", "the plan streams {room} codes")
        words = Sentence("Feed", "Number {place} of {room}: {why}.")
        return Standing(
            Coverage.BEYOND_PLAN, words.format(place=place, room=room, why=why.format(room=room))
        )

    # The sockets' shares

    def _rests(self, socket: int, now_s: float) -> bool:
        return all(it.rests(now_s) for it in self._channels(socket).values())

    def _channels(self, socket: int) -> dict[Channel, Subscription]:
        channels = self._sockets.get(socket)
        if channels is None:
            searches: list[Search] = []
            for channel in _CHANNELS:
                ahead = tuple(searches)
                searches.append(Search(self._proven[channel], likely=self._is_likely, ahead=ahead))
            channels = self._sockets[socket] = {
                channel: Subscription(channel, search, replaces=self._replaces, seats=self._seats)
                for channel, search in zip(_CHANNELS, searches, strict=True)
            }
        return channels

    def _is_likely(self, code: str) -> bool:
        return code in self._answered or self._listed(code)

    def _every(self) -> Iterable[Subscription]:
        return (it for channels in self._sockets.values() for it in channels.values())

    def _counted(self) -> set[str]:
        return set[str]().union(*(subscription.counted() for subscription in self._every()))

    def _convict(self, channel: Channel, culprit: Culprit | None, now_s: float) -> None:
        if culprit is not None:
            self._marks.convict(channel, culprit.code, culprit.error, now_s, proven=self._proven)
        self._stale = True

    def _capacity(self, socket: int, channel: Channel, now_s: float) -> int:
        return self._channels(socket)[channel].capacity.size(self._size, now_s)

    def _spread_all(self, now_s: float) -> None:
        """Give every code that may stream a socket."""
        if not self._stale and (self._expires_s is None or now_s < self._expires_s):
            return
        self._stale = False
        self._marks.expire(now_s)
        eligible = {
            channel: [code for code in wants if self._marks.standing(channel, code) is None]
            for channel, wants in self._wants.items()
        }
        self._chosen = choose(
            self._bars.usable(self._connections, now_s),
            {channel: len(codes) for channel, codes in eligible.items()},
            lambda socket, channel: self._capacity(socket, channel, now_s),
            most=self._most,
        )
        for channel, codes in eligible.items():
            rooms = {socket: self._capacity(socket, channel, now_s) for socket in self._chosen}
            before = self._spread[channel].socket_of
            found = self._spread[channel] = spread(codes, rooms, before)
            targets: dict[int, dict[str, Detail]] = {socket: {} for socket in self._sockets}
            for code, socket in found.socket_of.items():
                targets[socket][code] = self._wants[channel][code]
            for socket, target in targets.items():
                self._channels(socket)[channel].aim(target)
        lessons = (it.capacity.until_s for it in self._every())
        self._expires_s = min(
            (*self._marks.ends(), *self._bars.ends(now_s), *(it for it in lessons if it)),
            default=None,
        )


def _details(wishes: Iterable[Wish]) -> dict[str, Detail]:
    details: dict[str, Detail] = {}
    for wish in wishes:
        known = details.setdefault(wish.code, wish.detail)
        if isinstance(known, int) and isinstance(wish.detail, int):
            details[wish.code] = max(known, wish.detail)
    return details


def _answers(event: Ack | Refused, flight: Flight) -> bool:
    if event.seq is not None:
        return event.seq == flight.seq
    return event.channel is None or event.channel is flight.request.channel
