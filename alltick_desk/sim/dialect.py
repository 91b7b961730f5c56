"""What a vendor's dialect is to the port: it owns paths, answers requests, takes messages."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from alltick_desk.sim.book import Book
from alltick_desk.sim.http import Answer, Request
from alltick_desk.sim.limits import Judge
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.prices import Tick
from alltick_desk.sim.script import Fault
from alltick_desk.sim.websocket import Channel, Topics


def _always() -> bool:
    return True


def _nothing(_: Channel) -> None:
    return None


class Admission(NamedTuple):
    """The judgement of a handshake.

    Attributes:
        status: the HTTP status that refuses it; None where it is admitted.
        body: what the refusal says; with ``drop`` the connection is cut instead.
        token_fits: whether the connection's token is still accepted.
        pings: whether a ping frame of the protocol counts as a heartbeat.
        greet: what is done first on the connection that was admitted.
    """

    family: str = ""
    account: int = 0
    token_fits: Callable[[], bool] = _always
    status: int | None = None
    body: str = ""
    drop: bool = False
    pings: bool = False
    greet: Callable[[Channel], None] = _nothing

    @classmethod
    def refused(cls, status: int, body: str, *, drop: bool = False) -> "Admission":
        """Return a refusal."""
        return cls(status=status, body=body, drop=drop)


class Push(NamedTuple):
    """A message of the live stream; ``call`` is what faults know its kind by."""

    call: str
    payload: bytes


class PushWriter(Protocol):
    """Writes the messages of the live stream."""

    def trade_pushes(self, topics: Topics, listing: Listing, tick: Tick) -> Sequence[Push]:
        """Return the messages of a trade to a connection that subscribed these topics of it."""
        ...

    def load_pushes(
        self, topics: Topics, listing: Listing, ticks: Sequence[Tick], now_ms: int
    ) -> Sequence[Push]:
        """Return the same for a load's trades, which are of no time; the day is that of now."""
        ...

    def stop_pushes(self, topics: Topics, listing: Listing, now_ms: int) -> Sequence[Push]:
        """Return the messages of an instrument that has just been stopped."""
        ...

    def depth_push(
        self, listing: Listing, book: Book, levels: int, fault: Fault | None = None
    ) -> Push:
        """Return the message of a book; a fault takes a side away."""
        ...


class Dialect(Protocol):
    """One vendor on the port.

    Attributes:
        vendor: its name, as in the journal and in scripts.
        heartbeat_s: without a heartbeat for so long, a connection is closed.
    """

    vendor: str
    heartbeat_s: float

    @property
    def judge(self) -> Judge:
        """Who judges its limits."""
        ...

    @property
    def wire(self) -> PushWriter:
        """How it writes the live stream."""
        ...

    def owns(self, path: str) -> bool:
        """Return whether a path is this vendor's."""
        ...

    def answer(self, request: Request) -> Answer:
        """Answer an HTTP request."""
        ...

    def admit(self, request: Request, number: int) -> Admission:
        """Judge the handshake of the connection that would have this number."""
        ...

    def receive(self, channel: Channel, message: bytes, arrived_s: float) -> None:
        """Take a message that arrived on an open connection."""
        ...

    def say(self, channel: Channel, fault: Fault) -> None:
        """Send the answer of a ``ret`` fault, for which nothing asked."""
        ...

    def ended(self, channel: Channel) -> None:
        """Note that a connection is no more."""
        ...
