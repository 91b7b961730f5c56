"""What the sockets of a vendor are given, and the words they report in."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import NamedTuple, Protocol

import msgspec

from alltick_desk.clock import Clock
from alltick_desk.errors import Verdict
from alltick_desk.feed.doors import Doors
from alltick_desk.feed.intake import Sink
from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.seats import Seats
from alltick_desk.vendors.base import Address, Codec


class Ticket(Protocol):
    """A right to send, taken from the limits; it is used or given back."""

    def sent(self) -> None: ...

    def cancel(self) -> None: ...


class SocketThrottle(Protocol):
    """What a session asks of the throttler; sockets are named like ``alltick/stock#1``."""

    async def connect(self, socket: str) -> Ticket: ...

    async def socket_request(self, socket: str, *, lane: Lane = Lane.CLICK) -> Ticket: ...

    async def heartbeat(self, socket: str) -> Ticket: ...

    def closed(self, socket: str) -> None: ...

    def punish(self, name: str, verdict: Verdict) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Wiring:
    """What every session of a vendor is given.

    ``address`` returns where to connect for a family, None while there is no token, and raises
    DeskError where the endpoint cannot be used. ``seats`` and ``doors`` are what all families
    share. ``report`` takes bugs. ``on_change`` is told that a state or a coverage is another one;
    it is never called for a tick. ``listed`` tells whether a list of instruments has a code.
    """

    codec: Codec
    throttle: SocketThrottle
    address: Callable[[str], Address | None]
    sink: Sink
    clock: Clock
    rng: Random
    seats: Seats
    doors: Doors
    report: Callable[[BaseException], None]
    on_change: Callable[[], None]
    listed: Callable[[str], bool] = lambda _code: False


class SocketState(Enum):
    """What can be said of a socket; the values stand in the metrics."""

    CONNECTING = "connecting"
    LIVE = "live"
    SILENT = "silent"  # open, and its heartbeat is not answered
    WAITING = "waiting"  # for the next try
    REFUSED = "refused"  # by the vendor; tried again slowly or not at all
    CLOSED = "closed"  # not wanted, or not possible without a token


class SocketHealth(msgspec.Struct, frozen=True):
    """A socket at one moment; times are monotonic seconds, None where there are none."""

    socket: str
    state: SocketState
    reason: str  # a sentence; "" while all is well
    opened_s: float | None  # when the connection came up that is there now
    last_message_s: float | None
    next_try_s: float | None
    messages: int
    decode_errors: int
    reconnects: int


class Again(Enum):
    """When to connect again."""

    SOON = "soon"  # by the growing pauses
    SLOWLY = "slowly"  # the vendor said no; knock once in a while
    WHEN_TOLD = "when told"  # not before the person says so


class Close(Enum):
    """How the vendor's side of a connection ended."""

    EXPLAINED = "explained"  # with a code or a reason, or because of us
    CLEAN = "clean"  # politely, and without a reason
    ABRUPT = "abrupt"  # without a word


class End(NamedTuple):
    """Why a connection ended or never began."""

    state: SocketState
    reason: str
    again: Again
    close: Close = Close.EXPLAINED
