"""What a vendor's dialect is to the port: it owns paths, answers requests, takes messages."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from alltick_desk.sim.book import Book
from alltick_desk.sim.http import Answer, Request
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.prices import Tick
from alltick_desk.sim.script import Fault
from alltick_desk.sim.websocket import Channel


def _always() -> bool:
    return True


class Admission(NamedTuple):
    """The judgement of a handshake.

    Attributes:
        status: the HTTP status that refuses it; None where it is admitted.
        body: what the refusal says; with ``drop`` the connection is cut instead.
        token_fits: whether the connection's token is still accepted.
    """

    family: str = ""
    account: int = 0
    token_fits: Callable[[], bool] = _always
    status: int | None = None
    body: str = ""
    drop: bool = False

    @classmethod
    def refused(cls, status: int, body: str, *, drop: bool = False) -> "Admission":
        """Return a refusal."""
        return cls(status=status, body=body, drop=drop)


class PushWriter(Protocol):
    """Writes the messages of the live stream."""

    def trade_push(self, listing: Listing, tick: Tick) -> bytes:
        """Return the message of a trade."""
        ...

    def depth_push(
        self, listing: Listing, book: Book, levels: int, fault: Fault | None = None
    ) -> bytes:
        """Return the message of a book; a fault takes a side away."""
        ...


class Dialect(Protocol):
    """One vendor on the port."""

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

    def say(self, channel: Channel, ret: int) -> None:
        """Send an answer that nothing asked for."""
        ...

    def ended(self, channel: Channel) -> None:
        """Note that a connection is no more."""
        ...
