"""One channel of one socket: the list it should hold against the list the vendor acknowledged.

A vendor refuses a list as a whole and does not say which code it meant. Here the guilty code is
found by halving: codes that were accepted before are above suspicion, half of the others is tried
with them, and what is left over when all but one have been accepted is the culprit. Pure: times
come in as monotonic seconds.
"""

from collections.abc import Mapping
from enum import Enum

import msgspec

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.vendors.base import Channel, DepthWish

CAPACITY_MEMORY_S = 3600.0  # a size learned from a refusal is tried again after an hour
_CODE_VERDICTS = frozenset({Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN})
_PASSING = frozenset({Verdict.SERVER, Verdict.NETWORK, Verdict.RATE, Verdict.RATE_CLOSED})


class Action(Enum):
    """What a request does to the list that the vendor holds."""

    SUBSCRIBE = "subscribe"
    CANCEL = "cancel"


class Request(msgspec.Struct, frozen=True):
    """One request to send: a full list, or a difference where the vendor adds lists up."""

    channel: Channel
    action: Action
    wishes: tuple[DepthWish, ...]  # the level is 0 for trades

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes alone."""
        return tuple(wish.code for wish in self.wishes)


class Culprit(msgspec.Struct, frozen=True):
    """The one code that a refusal meant."""

    code: str
    error: VendorError


class Flight(msgspec.Struct):
    """A request under way."""

    seq: int
    request: Request
    sent_s: float
    after: Mapping[str, int]  # what the vendor holds once it has accepted
    fresh: frozenset[str]  # codes that the vendor did not stream before
    ticked: bool = False  # one of them has ticked since: as good as an acknowledgement


class Subscription:
    """Decides what to ask next for one channel of one socket.

    Attributes:
        target: the codes it should hold with their levels, the most important first.
        held: the codes that the vendor acknowledged, with their levels.
        since: when each of these was first asked for, monotonic seconds.
        flight: the request under way, or None.
        trouble: why the whole list was refused, or ``""``.
    """

    __slots__ = (
        "_bad",
        "_bad_until_s",
        "_channel",
        "_doubtful",
        "_good",
        "_proven",
        "_replaces",
        "_resume_s",
        "_sure",
        "_suspects",
        "_suspicion",
        "_tries",
        "flight",
        "held",
        "since",
        "target",
        "trouble",
    )

    def __init__(self, channel: Channel, proven: set[str], *, replaces: bool) -> None:
        """Take ``proven``, the codes once accepted on this channel, shared by all sockets."""
        self._channel = channel
        self._proven = proven
        self._replaces = replaces
        self.target: Mapping[str, int] = {}
        self.held: Mapping[str, int] = {}
        self.since: Mapping[str, float] = {}
        self.flight: Flight | None = None
        self.trouble = ""
        self._sure = True  # the vendor holds exactly ``held``
        self._doubtful: set[str] = set()  # asked for, and never answered
        self._suspects: list[str] = []  # at least one of them is refused
        self._suspicion: VendorError | None = None
        self._resume_s = 0.0
        self._tries = 0
        self._good = 0  # the longest list accepted
        self._bad: int | None = None  # the shortest list refused as too long
        self._bad_until_s = 0.0

    def aim(self, target: Mapping[str, int]) -> None:
        """Set what should be held."""
        self.target = target
        if not all(code in target for code in self._suspects):
            self._suspects = []  # the guilty one may have left with those that went

    def next_request(self, now_s: float) -> Request | None:
        """Return what to send now; None where nothing is to be done, or not yet."""
        if self.flight is not None or now_s < self._resume_s:
            return None
        goal = self._goal()
        if self._replaces:
            if self._sure and self.held == goal:
                return None
            if goal:
                return self._request(Action.SUBSCRIBE, goal)
            return self._request(Action.CANCEL, self.held)
        surplus = {code: 0 for code in (*self.held, *self._doubtful) if code not in goal}
        if surplus:
            return self._request(Action.CANCEL, surplus)
        missing = {code: level for code, level in goal.items() if self.held.get(code) != level}
        return self._request(Action.SUBSCRIBE, missing) if missing else None

    def sent(self, seq: int, request: Request, now_s: float) -> None:
        """Note that ``request`` goes out under ``seq`` now."""
        asked = {wish.code: wish.level for wish in request.wishes}
        if request.action is Action.CANCEL:
            after = {code: level for code, level in self.held.items() if code not in asked}
            self.flight = Flight(seq, request, now_s, after, frozenset())
        else:
            after = asked if self._replaces else {**self.held, **asked}
            # A tick of a code in an older, unanswered list would prove nothing about this one.
            old = self._doubtful if asked.keys() != self._doubtful else ()
            fresh = frozenset(asked).difference(self.held, old)
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
        self._doubtful.difference_update(self._doubtful if self._replaces else flight.request.codes)
        self.trouble, self._tries = "", 0
        if flight.request.action is Action.CANCEL:
            return None
        self._proven.update(flight.after)
        self._good = max(self._good, len(flight.after))
        self._suspects = [code for code in self._suspects if code not in flight.after]
        if len(self._suspects) == 1 and self._suspicion is not None:
            return Culprit(self._suspects.pop(), self._suspicion)
        return None

    def refused(self, error: VendorError, now_s: float) -> Culprit | None:
        """Take the refusal of the request under way; return the culprit once it is known."""
        flight, self.flight = self.flight, None
        if flight is None:
            return None
        self._sure = False
        if flight.request.action is Action.SUBSCRIBE:
            asked = [code for code in flight.request.codes if code not in self._proven]
            # A malformed list tells something about a code only where another list has worked.
            of_code = error.verdict in _CODE_VERDICTS or (
                error.verdict is Verdict.BUG and len(asked) > 0 and bool(self._proven)
            )
            if of_code:
                return self._suspect(asked or list(flight.request.codes), error)
            if error.verdict is Verdict.OVER_PLAN and flight.after:
                self._shrink(len(flight.after), now_s)
                return None
        self.trouble = str(error)
        first_s, cap_s = (5.0, 300.0) if error.verdict in _PASSING else (60.0, 3600.0)
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
            self._doubtful.update(flight.request.codes)
        if self._tries:  # the first time it goes again at once
            self._pause(now_s, 5.0, 60.0)
        else:
            self._tries = 1
        return None

    def reset(self) -> None:
        """Forget what belonged to the socket that has just gone."""
        self.held, self.flight, self._sure = {}, None, True
        self.since = {}
        self._doubtful.clear()
        if not self.trouble:
            self._resume_s, self._tries = 0.0, 0

    def forget(self) -> None:
        """Forget what another plan or token may answer differently."""
        self._suspects = []
        self._good, self._bad = 0, None
        self.trouble, self._resume_s, self._tries = "", 0.0, 0

    def capacity(self, size: int, now_s: float) -> int:
        """Return how many codes fit: the plan's ``size``, or what a refusal has taught."""
        if self._bad is not None and now_s >= self._bad_until_s:
            self._bad = None
        if self._bad is None:
            return size
        return min(size, (self._good + self._bad) // 2)

    @property
    def learned(self) -> bool:
        """Whether the vendor has refused a list as too long."""
        return self._bad is not None

    @property
    def learned_until_s(self) -> float | None:
        """When the learned capacity is forgotten; None where there is none."""
        return None if self._bad is None else self._bad_until_s

    @property
    def resume_s(self) -> float:
        """When the next request may go; in the past where nothing holds it."""
        return self._resume_s

    def suspected(self, code: str) -> bool:
        """Whether a list with this code was refused and the culprit is being looked for."""
        return bool(self._suspects) and code in self.target and code not in self._proven

    def _goal(self) -> Mapping[str, int]:
        # While a culprit is sought, codes of which nothing is known wait: they would blur it.
        if not self._suspects:
            return self.target
        tried = set(self._suspects[: (len(self._suspects) + 1) // 2])
        return {
            code: level
            for code, level in self.target.items()
            if code in tried or (code in self._proven and code not in self._suspects)
        }

    def _request(self, action: Action, entries: Mapping[str, int]) -> Request:
        wishes = tuple(DepthWish(code, level) for code, level in entries.items())
        return Request(self._channel, action, wishes)

    def _suspect(self, codes: list[str], error: VendorError) -> Culprit | None:
        self._proven.difference_update(codes)
        self._suspicion = error
        self._suspects = codes if len(codes) > 1 else []
        return Culprit(codes[0], error) if len(codes) == 1 else None

    def _shrink(self, refused: int, now_s: float) -> None:
        self._bad = refused if self._bad is None else min(self._bad, refused)
        self._bad_until_s = now_s + CAPACITY_MEMORY_S
        if self._good >= self._bad:
            self._good = self._bad // 2  # what fitted once does not any more

    def _pause(self, now_s: float, first_s: float, cap_s: float) -> None:
        self._resume_s = now_s + min(cap_s, first_s * 2.0 ** min(self._tries, 20))
        self._tries += 1
