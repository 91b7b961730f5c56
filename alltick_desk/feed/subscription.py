"""One channel of one socket: the list it should hold against what the vendor is known to hold.

Where a list replaces the one before it, the whole list goes out at every change. Where lists add
up, what is too much is ended by name, and what is missing is asked for only then; whatever a lost
answer leaves in doubt is ended or asked for again. Pure: times come in as monotonic seconds.
"""

from collections.abc import Iterable, Mapping
from enum import Enum

import msgspec

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.capacity import Capacity
from alltick_desk.feed.search import Culprit, Search
from alltick_desk.feed.seats import Seats
from alltick_desk.feed.standing import Coverage, Standing
from alltick_desk.model.words import Sentence
from alltick_desk.vendors.base import Channel, Detail, Wish

_CODE_VERDICTS = frozenset({Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN})
_PASSING = frozenset({Verdict.SERVER, Verdict.NETWORK, Verdict.RATE, Verdict.RATE_CLOSED})
_STUCK = 2  # so many ends of a subscription that failed
_LONG_S = 60.0  # what is refused for so long is no use for an open socket
_PATIENCE = 2  # so many refusals of a list as too long may be other sockets' doing
_SUSPECTED = Sentence(
    "Feed",
    "The vendor refused a list for one of its codes; the desk is finding out which, with the rows "
    "in sight first.",
)


class Action(Enum):
    """What a request does to the list that the vendor holds."""

    SUBSCRIBE = "subscribe"
    CANCEL = "cancel"


class Request(msgspec.Struct, frozen=True):
    """One request to send: a full list, or a difference where the vendor adds lists up.

    The wishes of a difference are of one detail, for a vendor may name it once for all codes.
    """

    channel: Channel
    action: Action
    wishes: tuple[Wish, ...]  # the detail is 0 for trades

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes alone."""
        return tuple(wish.code for wish in self.wishes)


class Flight(msgspec.Struct):
    """A request under way."""

    seq: int
    request: Request
    sent_s: float
    after: Mapping[str, Detail]  # what the vendor holds once it has accepted
    fresh: frozenset[str]  # codes that the vendor did not stream before
    ticked: bool = False  # one of them has ticked since: as good as an acknowledgement


class Subscription:
    """Decides what to ask next for one channel of one socket.

    Attributes:
        target: the codes it should hold with their details, the most important first.
        held: the codes that the vendor acknowledged, with their details.
        since: when each of these was first asked for, monotonic seconds.
        flight: the request under way, or None.
        trouble: why the whole list was refused, or ``""``.
        capacity: how many codes fit.
        resume_s: when the next request may go; in the past where nothing holds it.
    """

    __slots__ = (
        "_channel",
        "_doubtful",
        "_failed_ends",
        "_pause_s",
        "_replaces",
        "_search",
        "_seats",
        "_sure",
        "_tries",
        "capacity",
        "flight",
        "held",
        "resume_s",
        "since",
        "target",
        "trouble",
    )

    def __init__(self, channel: Channel, search: Search, *, replaces: bool, seats: Seats) -> None:
        """Take the ``search`` for what is refused on this channel."""
        self._channel = channel
        self._replaces = replaces
        self._seats = seats
        self._search = search
        self.capacity = Capacity()
        self.target: Mapping[str, Detail] = {}
        self.held: Mapping[str, Detail] = {}
        self.since: Mapping[str, float] = {}
        self.flight: Flight | None = None
        self.trouble = ""
        self.resume_s = 0.0
        self._pause_s = 0.0  # before ``resume_s``
        self._tries = 0
        self._sure = True  # where lists replace: the vendor holds exactly ``held``
        self._doubtful: dict[Wish, None] = {}  # the vendor may hold them: an answer was lost
        self._failed_ends = 0

    def aim(self, target: Mapping[str, Detail]) -> None:
        """Set what should be held; a list that was refused goes again once there is more in it.

        So only the first time: where others come into sight all the time it is no other list.
        """
        if self.trouble and self._tries <= 1 and not target.keys() <= self.target.keys():
            self.resume()
        self.target = target
        self._search.aim(target)

    def next_request(self, now_s: float) -> Request | None:
        """Return what to send now; None where nothing is to be done, or not yet."""
        if self.flight is not None or now_s < self.resume_s:
            return None
        goal = self._seats.admit(self._search.goal(self.target, self.held))
        if not self._replaces:
            return self._difference(goal)
        if self._sure and self.held == goal:
            return None
        if goal:
            return self._request(Action.SUBSCRIBE, _wishes(goal))
        return self._request(Action.CANCEL, _wishes(self.held))

    def sent(self, seq: int, request: Request, now_s: float) -> None:
        """Note that ``request`` goes out under ``seq`` now."""
        asked = {wish.code: wish.detail for wish in request.wishes}
        fresh: frozenset[str] = frozenset()
        if request.action is Action.CANCEL:
            after: Mapping[str, Detail] = {} if self._replaces else self._without(request.wishes)
        else:
            after = asked if self._replaces else {**self.held, **asked}
            # A tick of a code in an older, unanswered list would prove nothing about this one.
            doubtful = {wish.code for wish in self._doubtful}
            fresh = frozenset(asked).difference(
                self.held, doubtful if asked.keys() != doubtful else ()
            )
        self.flight = Flight(seq, request, now_s, after, fresh)

    def accepted(self) -> Culprit | None:
        """Take the acknowledgement of the request under way.

        Returns the culprit of an earlier refusal where this answer leaves only one suspect.
        """
        flight, self.flight = self.flight, None
        if flight is None:
            return None
        # What streamed before streams on; what is new cannot have come before it was asked for.
        self.since = {code: self.since.get(code, flight.sent_s) for code in flight.after}
        self.held, self._sure = flight.after, True
        for wish in tuple(self._doubtful) if self._replaces else flight.request.wishes:
            self._doubtful.pop(wish, None)
        self.trouble, self._tries = "", 0
        if flight.request.action is Action.CANCEL:
            self._failed_ends = 0
            return None
        self.capacity.accepted(len(flight.after))
        return self._search.acquit(flight.after)

    def refused(self, error: VendorError, now_s: float) -> Culprit | None:
        """Take the refusal of the request under way; return the culprit once it is known."""
        flight, self.flight = self.flight, None
        if flight is None:
            return None
        self._sure = False
        passing = error.verdict in _PASSING
        if flight.request.action is Action.CANCEL:
            self._failed_ends += 1 if passing else _STUCK
        else:
            asked = self._search.unproven(flight.request.codes)
            # A malformed list tells something about a code only where another list has worked.
            of_code = error.verdict in _CODE_VERDICTS or (
                error.verdict is Verdict.BUG and len(asked) > 0 and self._search.knows_any()
            )
            if of_code:
                return self._search.begin(asked or flight.request.codes, error)
            if error.verdict is Verdict.OVER_PLAN and flight.after:
                # Where all sockets' codes count together, it may be too long for a moment only.
                if self._seats.codes is None or self._tries >= _PATIENCE:
                    self.capacity.refused(len(flight.after), now_s)
                    return None
                passing = True
            self.trouble = str(error)
        first_s, cap_s = (5.0, 300.0) if passing else (60.0, 3600.0)
        self._pause(now_s, first_s, cap_s)
        return None

    def lost(self, now_s: float) -> Culprit | None:
        """Give up waiting for an answer: data is taken for one, otherwise the list goes again."""
        flight = self.flight
        if flight is None:
            return None
        if flight.ticked:
            return self.accepted()
        self.flight = None
        self._sure = False
        if flight.request.action is Action.SUBSCRIBE:
            self._doubtful.update(dict.fromkeys(flight.request.wishes))
        else:
            self._failed_ends += 1
            if not self._replaces:
                self.held = self._without(flight.request.wishes)
                self._doubtful.update(dict.fromkeys(flight.request.wishes))
        if self._tries:  # the first time it goes again at once
            self._pause(now_s, 5.0, 60.0)
        else:
            self._tries = 1
        return None

    def resume(self) -> None:
        """Wait no longer before the next request."""
        self.resume_s = 0.0

    def rests(self, now_s: float) -> bool:
        """Whether a socket is of no use now: nothing is held, and nothing asked for so soon."""
        if self.counted():
            return False
        refused = bool(self.trouble) and now_s < self.resume_s and self._pause_s >= _LONG_S
        return refused or not self.target

    def reset(self) -> None:
        """Forget what belonged to the socket that has just gone."""
        self.held, self.flight, self._sure = {}, None, True
        self.since = {}
        self._doubtful.clear()
        self._failed_ends = 0
        if not self.trouble:
            self.resume_s, self._tries = 0.0, 0

    def forget(self) -> None:
        """Forget what another plan or token may answer differently."""
        self._search.stop()
        self.capacity.forget()
        self.trouble, self.resume_s, self._tries = "", 0.0, 0

    @property
    def stuck(self) -> bool:
        """Whether the vendor does not end what should end; a new socket begins with nothing."""
        return not self._replaces and self._failed_ends >= _STUCK

    def counted(self) -> set[str]:
        """Return every code that the vendor holds or may hold."""
        codes = {*self.held, *(wish.code for wish in self._doubtful)}
        if self.flight is not None and self.flight.request.action is Action.SUBSCRIBE:
            codes.update(self.flight.request.codes)
        return codes

    def standing(self, code: str, socket: int) -> Standing:
        """Return where a code of the target stands; ``socket`` is the number of this socket."""
        flight = self.flight
        if code in self.held:
            return Standing(Coverage.ACKNOWLEDGED, "", socket, self.since.get(code, 0.0))
        if flight is not None and code in flight.after:
            if flight.ticked:
                return Standing(Coverage.ACKNOWLEDGED, "", socket, flight.sent_s)
            return Standing(Coverage.SENT, "", socket)
        if self.trouble:
            return Standing(Coverage.REFUSED, self.trouble, socket)
        if self._search.accuses(code):
            return Standing(Coverage.WANTED, _SUSPECTED, socket)
        return Standing(Coverage.WANTED, "", socket)

    def _difference(self, goal: Mapping[str, Detail]) -> Request | None:
        known = (*_wishes(self.held), *self._doubtful)
        surplus = [wish for wish in known if goal.get(wish.code) != wish.detail]
        if surplus:
            return self._request(Action.CANCEL, _alike(surplus))
        missing = [wish for wish in _wishes(goal) if self.held.get(wish.code) != wish.detail]
        return self._request(Action.SUBSCRIBE, _alike(missing)) if missing else None

    def _request(self, action: Action, wishes: Iterable[Wish]) -> Request:
        return Request(self._channel, action, tuple(wishes))

    def _without(self, wishes: Iterable[Wish]) -> Mapping[str, Detail]:
        ended = {wish.code for wish in wishes if self.held.get(wish.code) == wish.detail}
        return {code: detail for code, detail in self.held.items() if code not in ended}

    def _pause(self, now_s: float, first_s: float, cap_s: float) -> None:
        self._pause_s = min(cap_s, first_s * 2.0 ** min(self._tries, 20))
        self.resume_s = now_s + self._pause_s
        self._tries += 1


def _wishes(details: Mapping[str, Detail]) -> list[Wish]:
    return [Wish(code, detail) for code, detail in details.items()]


def _alike(wishes: list[Wish]) -> list[Wish]:
    """Return those of the first one's detail."""
    return [wish for wish in wishes if wish.detail == wishes[0].detail]
