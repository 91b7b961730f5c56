"""What a vendor is to the rest of the desk: a codec, its capabilities and its plans.

There is no subclass per vendor above this line: one session, one REST client and one subscription
manager serve every vendor, and what differs is data.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import msgspec

from alltick_desk.errors import VendorError
from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Depth, LiveCandle, Quote, Trade
from alltick_desk.model.reference import StaticInfo, SuspensionPage, TradingDay

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Channel(Enum):
    """What a subscription delivers."""

    TRADES = "trades"
    DEPTH = "depth"
    CANDLES = "candles"  # bars in progress, where the vendor pushes them


class Ack(msgspec.Struct, frozen=True):
    """The vendor accepted request ``seq``; None where its answer names none."""

    seq: int | None
    channel: Channel | None  # None for a cancellation


class Refused(msgspec.Struct, frozen=True):
    """The vendor turned request ``seq`` down."""

    seq: int | None
    channel: Channel | None
    error: VendorError


class Ready(msgspec.Struct, frozen=True):
    """The vendor accepted the token on this socket: requests may be sent now."""


class Alive(msgspec.Struct, frozen=True):
    """The vendor answered a heartbeat."""


class Unknown(msgspec.Struct, frozen=True):
    """Well-formed, but nothing the desk has a use for, e.g. a command of a later version."""

    what: str


Control: TypeAlias = Ack | Refused | Ready | Alive | Unknown
Event: TypeAlias = Trade | Depth | Quote | LiveCandle | Control


class Address(msgspec.Struct, frozen=True):
    """Where to connect. Secret: the URL or a header carries the token. No repr shows either."""

    url: str
    headers: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return "Address(…)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []  # msgspec's own shows every field to prettier printers


class HttpRequest(msgspec.Struct, frozen=True):
    """One HTTP request, complete. Secret like an Address."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None

    def __repr__(self) -> str:
        return f"HttpRequest({self.method} …)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []


class Query(msgspec.Struct, Generic[T_co], frozen=True):
    """A question to a vendor's HTTP side, and how to read the answer.

    ``parse(status, body)`` returns the answer or raises VendorError or ProtocolError.
    """

    call: str  # the limit it counts against, e.g. "kline", "batch-kline"
    subject: str  # what it asks for, so that equal questions can share one answer
    method: str
    path: str
    params: Mapping[str, str]
    document: object | None  # the vendor's JSON document, without its envelope
    parse: Callable[[int, bytes], T_co]


Detail: TypeAlias = int | Interval


class Wish(msgspec.Struct, frozen=True):
    """One code to subscribe on a channel, and what of it.

    ``detail`` is the levels of a book (1 for best bid and ask, the market's most for all; always 0
    where the vendor's subscriptions name none), the interval of bars, and 0 for trades.
    """

    code: str
    detail: Detail = 0


class Capabilities(msgspec.Struct, frozen=True):
    """How a vendor differs, as data.

    Attributes:
        families: what its sockets are counted by.
        heartbeat_s: how often the client must speak.
        silence_s: a socket that answers no heartbeat for so long is dead.
        replaces_subscription: a list replaces the one before it; otherwise it adds.
        intervals: by market; one that is missing here has them all.
        pages_history: markets whose candles can be asked for by end time.
        shows_direction: markets whose trade side means something.
        book_levels: the deepest book there is, by market.
        names_levels: a subscription to a book names how many levels it wants.
        signs_in: a socket tells when it has accepted the token; before that nothing may be asked.
        evicts: a further connection may end an older one of the same family without a word.
        pushes_day: the day's open, high, low, volume, turnover and change are pushed.
        pushes_candles: bars in progress can be subscribed; they replace those built from trades.
        infers_digits: prices come as numbers, so the digits are the most that were seen.
        directories: the lists of its instruments that can be asked for, by name.
        calendars: the regions whose trading days can be asked for.
        suspensions: the lists of halted stocks that can be asked for, by name, each with the
            ending of the codes it tells of.
        static_families: those whose codes have reference data.
        static_per_call: codes that one call for them names, where it is not the plan that says so.
        bars_per_batch: the most bars of one set in a batch call.
    """

    families: tuple[str, ...]
    heartbeat_s: float
    silence_s: float
    replaces_subscription: bool
    intervals: Mapping[Market, tuple[Interval, ...]]
    pages_history: frozenset[Market]
    shows_direction: frozenset[Market]
    book_levels: Mapping[Market, int]
    names_levels: bool = True
    signs_in: bool = False
    evicts: bool = False
    pushes_day: bool = False
    pushes_candles: bool = False
    infers_digits: bool = False
    directories: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    suspensions: Mapping[str, str] = {}
    static_families: tuple[str, ...] = ()
    static_per_call: int | None = None
    bars_per_batch: int = 2


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
        connections_in_all: sockets of all families together; None for no such limit.
        codes_in_all: codes of the token on all sockets together, each once on however many
            channels; None for no such limit.
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
    connections_in_all: int | None = None
    codes_in_all: int | None = None


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

    def batch_of(self, code: str) -> str:
        """Return what codes must share to be asked for in one call, e.g. their family."""
        ...

    def region_of(self, code: str) -> str:
        """Return which of the capabilities' ``calendars`` a code follows, "" for none."""
        ...

    # WebSocket

    def socket_address(self, base: str, family: str, token: str) -> Address: ...

    def heartbeat(self, seq: int, now_ms: int) -> str:
        """Return a heartbeat; ``now_ms`` is the machine's Unix time."""
        ...

    def subscribe(self, channel: Channel, wishes: Sequence[Wish], seq: int) -> str:
        """Return a subscription to ``wishes``, all of one family, on one channel."""
        ...

    def cancel(self, channel: Channel, wishes: Sequence[Wish], seq: int) -> str:
        """Return the end of a subscription; a vendor may end the whole channel."""
        ...

    def decoder(self, family: str) -> Callable[[bytes | str], Event]:
        """Return what reads one frame of a family's sockets, and raises only ProtocolError.

        A socket asks for it once: frames need not tell their family.
        """
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
    ) -> Query[dict[tuple[str, Interval], list[Candle]]]:
        """Ask for the newest bars of many sets that share ``batch_of`` and the interval."""
        ...

    def latest_trades(self, codes: Sequence[str]) -> Query[list[Trade]]: ...

    def latest_depth(self, codes: Sequence[str]) -> Query[list[Depth]]: ...

    def newest(self, codes: Sequence[str]) -> Query[Sequence[Trade | Quote]]:
        """Ask for the newest price of codes that share ``batch_of``, by the call that tells most.

        A code that the vendor left out, or that has no price, is missing in the answer.
        """
        ...

    def static_info(self, codes: Sequence[str]) -> Query[list[StaticInfo]]:
        """Ask for the reference data of codes of one of the capabilities' ``static_families``.

        A code that the vendor left out is missing in the answer.
        """
        ...

    def directory(self, name: str) -> Query[list[Instrument]]:
        """Ask for one of the capabilities' ``directories``."""
        ...

    def trading_days(self, region: str) -> Query[list[TradingDay]]:
        """Ask for the holidays and hours of one of the capabilities' ``calendars``."""
        ...

    def suspension_list(self, name: str, page: int) -> Query[SuspensionPage]:
        """Ask for a page of one of the capabilities' ``suspensions``, from 1."""
        ...
