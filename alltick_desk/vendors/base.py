"""What a vendor is to the rest of the desk: a codec, its capabilities and its plans.

There is no subclass per vendor above this line: one session, one REST client and one subscription
manager serve every vendor, and what differs is data.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Generic, Protocol, TypeAlias, TypeVar

import msgspec

from alltick_desk.errors import VendorError
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Depth, Trade

T = TypeVar("T")


class Channel(Enum):
    """What a subscription delivers."""

    TRADES = "trades"
    DEPTH = "depth"


class Ack(msgspec.Struct, frozen=True):
    """The vendor accepted request ``seq``; None where its answer names none."""

    seq: int | None
    channel: Channel | None  # None for a cancellation


class Refused(msgspec.Struct, frozen=True):
    """The vendor turned request ``seq`` down."""

    seq: int | None
    channel: Channel | None
    error: VendorError


class Alive(msgspec.Struct, frozen=True):
    """The vendor answered a heartbeat."""


class Unknown(msgspec.Struct, frozen=True):
    """Well-formed, but nothing the desk has a use for, e.g. a command of a later version."""

    what: str


Event: TypeAlias = Trade | Depth | Ack | Refused | Alive | Unknown


class Address(msgspec.Struct, frozen=True):
    """Where to connect. Secret: the URL or a header carries the token. Its repr shows neither."""

    url: str
    headers: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return "Address(…)"


class HttpRequest(msgspec.Struct, frozen=True):
    """One HTTP request, complete. Secret like an Address."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None

    def __repr__(self) -> str:
        return f"HttpRequest({self.method} …)"


class Query(msgspec.Struct, Generic[T], frozen=True):
    """A question to a vendor's HTTP side, and how to read the answer.

    ``parse(status, body)`` returns the answer or raises VendorError or ProtocolError.
    """

    call: str  # the limit it counts against, e.g. "kline", "batch-kline"
    subject: str  # what it asks for, so that equal questions can share one answer
    method: str
    path: str
    params: Mapping[str, str]
    document: object | None  # the vendor's JSON document, without its envelope
    parse: Callable[[int, bytes], T]


class DepthWish(msgspec.Struct, frozen=True):
    """An order book to subscribe: ``level`` 1 for best bid and ask, the market's most for all."""

    code: str
    level: int


class Capabilities(msgspec.Struct, frozen=True):
    """How a vendor differs, as data."""

    families: tuple[str, ...]  # sockets are counted by family
    heartbeat_s: float  # how often the client must speak
    silence_s: float  # a socket that answers no heartbeat for so long is dead
    replaces_subscription: bool  # a list replaces the one before it; otherwise it adds
    intervals: Mapping[Market, tuple[Interval, ...]]
    pages_history: frozenset[Market]  # markets whose candles can be asked for by end time
    shows_direction: frozenset[Market]  # markets whose trade side means something
    book_levels: Mapping[Market, int]  # the deepest book there is


class Rate(msgspec.Struct, frozen=True):
    """At most ``calls`` in any ``seconds``."""

    calls: int
    seconds: float


class Plan(msgspec.Struct, frozen=True):
    """What a token may do: every limit the client must keep.

    Attributes:
        name, title: as on the command line, and for people, who get it translated (context
            "Plans"), as they do ``source``: the vendor's page and the date it was read.
        rates: windows by call name; ``"all"`` counts every HTTP call. A call with no entry is
            held by ``"all"`` alone.
        calls_per_day: all HTTP calls in any 24 hours; None where the vendor names no such limit.
        codes_per_call, sets_per_batch: the largest batches of codes and of candle sets.
        connections: sockets of one family at once.
        codes_per_subscription: codes of one channel on one socket.
        request_gap_s: between two requests on one socket.
        cross_gap_s: between two requests on different sockets.
        reconnect_pause_s: before a socket is opened again.
        candles_per_call: bars of one history call.
    """

    name: str
    title: str
    source: str
    rates: Mapping[str, tuple[Rate, ...]]
    calls_per_day: int | None
    codes_per_call: int
    sets_per_batch: int
    connections: int
    codes_per_subscription: int
    request_gap_s: float = 1.0
    cross_gap_s: float = 3.0
    reconnect_pause_s: float = 3.0
    candles_per_call: int = 500


class Codec(Protocol):
    """A vendor's language, with no IO inside.

    ``base`` is always the HTTP base address, e.g. ``https://quote.alltick.co``; the WebSocket
    address is derived from it (http to ws, https to wss).
    """

    vendor: str
    title: str
    default_base: str
    capabilities: Capabilities

    def family_of(self, code: str) -> str: ...

    # WebSocket

    def socket_address(self, base: str, family: str, token: str) -> Address: ...

    def heartbeat(self, seq: int) -> str: ...

    def subscribe_trades(self, codes: Sequence[str], seq: int) -> str: ...

    def subscribe_depth(self, wishes: Sequence[DepthWish], seq: int) -> str: ...

    def cancel(self, channel: Channel, codes: Sequence[str], seq: int) -> str: ...

    def decode(self, frame: bytes | str) -> Event:
        """Read one frame; raises only ProtocolError."""
        ...

    def refused_handshake(self, status: int, body: bytes) -> VendorError: ...

    # HTTP

    def request(self, base: str, token: str, query: Query[T], trace: str) -> HttpRequest: ...

    def candles(
        self, code: str, interval: Interval, count: int, *, end_s: int | None = None
    ) -> Query[list[Candle]]:
        """Ask for the newest ``count`` bars, or those up to ``end_s``; oldest first."""
        ...

    def latest_candles(
        self, sets: Sequence[tuple[str, Interval]], count: int
    ) -> Query[dict[tuple[str, Interval], list[Candle]]]: ...

    def latest_trades(self, codes: Sequence[str]) -> Query[list[Trade]]: ...

    def latest_depth(self, codes: Sequence[str]) -> Query[list[Depth]]: ...
