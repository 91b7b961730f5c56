"""Scripts: what goes wrong at the exchange, when, and how it reads the unclear documents.

A script is a JSON file, an object with any of these fields::

    {
      "rules": {"numbers": "integers", "unknown_codes": "ignore"},
      "rate": 0,
      "bad_tokens": ["expired"],
      "faults": [
        {"do": "drop", "at": 12, "family": "stock"},
        {"do": "ret", "ret": 600, "on": "command", "call": "22004", "times": 1},
        {"do": "stall", "at": 30, "for": 40},
        {"do": "status", "status": 500, "call": "kline", "after": 2, "times": 3}
      ]
    }

``rules`` are the fields of ``Rules``, ``faults`` those of ``Fault``, both below. ``rate`` above 0
turns the live stream into a load of that many messages a second over all subscribed codes, three
quarters of it trades. ``extra`` lists so many made-up stocks, ``X00001.US`` and on, for loads that
need more codes than the catalogue has. ``bad_tokens`` are answered 401.

A fault strikes on an *occasion*:

- ``clock``: at its time, on every WebSocket connection that matches;
- ``handshake``, ``command``, ``push``, ``http``: on each of these that matches;
- ``state``: it simply holds from ``at`` on, ``for`` so long.

``do`` says what happens, and which occasions it can have (the first is the default):

=========  ==============================  ====================================================
drop       clock command push http          the connection is cut without a word
           handshake
close      clock command push               the WebSocket is closed with ``code`` (default 1001)
evict      clock                            it is closed without a reason, as when another program
                                            takes its place
stall      clock command push               nothing is sent any more ``for`` so long (or forever)
garbage    clock command push http          text that is no JSON comes (instead of the answer)
broken     clock command push               bytes come that are no WebSocket frame
ret        command http clock               ``ret`` is answered; 606 closes the connection too.
                                            At iTick it is HTTP's ``code``, and ``body`` the
                                            ``msg``
truncate   push command http                the message, or the HTTP body, ends in the middle
lose       command                          the command is obeyed but not answered
mute       command                          the same for heartbeats
delay      push command http                it comes ``seconds`` late
duplicate  push                             the tick comes twice
reorder    push                             the tick comes after the next one
refuse     handshake                        refused with the HTTP ``status`` (default 429)
status     http                             answered with the HTTP ``status`` (default 500)
book       state                            ``side``: only ``bids``, only ``asks``, ``zero`` (the
                                            ask side is there, with price and volume 0),
                                            ``zeros`` (both are), ``none``
token      state                            every token is invalid
shut       state                            ``markets`` (of the catalogue; default all) are closed
halt       state                            ``codes`` do not trade and are on a suspension list
limit      state                            ``codes`` trade at the day's limit and their books have
                                            one side: ``bids`` (limit up, the default) or ``asks``
delist     state                            ``codes`` do not trade, and books of zeros go on
=========  ==============================  ====================================================

Without ``vendor`` a fault strikes at both vendors.
"""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Final, Literal

import msgspec

from alltick_desk.errors import UsageError
from alltick_desk.model.instrument import Market
from alltick_desk.sim.listing import Listing

Do = Literal[
    "drop",
    "close",
    "evict",
    "stall",
    "garbage",
    "broken",
    "ret",
    "truncate",
    "lose",
    "mute",
    "delay",
    "duplicate",
    "reorder",
    "refuse",
    "status",
    "book",
    "token",
    "shut",
    "halt",
    "limit",
    "delist",
]
Occasion = Literal["clock", "handshake", "command", "push", "http", "state"]

_OCCASIONS: Final[dict[str, tuple[Occasion, ...]]] = {
    "drop": ("clock", "command", "push", "http", "handshake"),
    "close": ("clock", "command", "push"),
    "evict": ("clock",),
    "stall": ("clock", "command", "push"),
    "garbage": ("clock", "command", "push", "http"),
    "broken": ("clock", "command", "push"),
    "ret": ("command", "http", "clock"),
    "truncate": ("push", "command", "http"),
    "lose": ("command",),
    "mute": ("command",),
    "delay": ("push", "command", "http"),
    "duplicate": ("push",),
    "reorder": ("push",),
    "refuse": ("handshake",),
    "status": ("http",),
    "book": ("state",),
    "token": ("state",),
    "shut": ("state",),
    "halt": ("state",),
    "limit": ("state",),
    "delist": ("state",),
}

_HEARTBEATS: Final = ("22000", "ping")


class ITickRules(msgspec.Struct, forbid_unknown_fields=True):
    """How iTick's dialect reads its documents; every default is the newest spelling.

    Attributes:
        symbols: ``split`` into ``s`` and ``r``, or ``dotted`` as in ``AAPL.US``.
        crypto: how crypto is answered: ``plain`` as ``BTCUSDT``, ``paired`` as ``BTC_USDT``,
            ``prefixed`` as ``BA_BTC_USDT``; the last two stand without a region.
        crypto_day: whether a quote of crypto has ``o``, ``h`` and ``l``.
        klines: whether pushed klines are ``flat`` or ``nested``.
        change: whether quotes have ``ch`` and ``chp``.
        exponents: small and great numbers come as ``8.84E-6``, as some JSON writers have them.
        third: what type 3 is, 15 or 10 minutes.
        newest_first: the order of the rows of ``/kline``.
        catalogue: whether rows of ``/symbol/list`` have ``short`` or ``long`` names of fields.
        statuses: whether HTTP errors have an HTTP status of their own (401, 404).
        eviction: how a connection ends the older one of its cluster: ``close`` without a reason,
            ``drop``, or ``none``: they stand side by side.
        beyond: whether a connection beyond the plan is refused, or evicts the oldest.
    """

    symbols: Literal["split", "dotted"] = "split"
    crypto: Literal["plain", "paired", "prefixed"] = "plain"
    crypto_day: bool = True
    klines: Literal["flat", "nested"] = "flat"
    change: bool = True
    exponents: bool = False
    third: Literal["15m", "10m"] = "15m"
    newest_first: bool = False
    catalogue: Literal["short", "long"] = "short"
    statuses: bool = False
    eviction: Literal["close", "drop", "none"] = "close"
    beyond: Literal["refuse", "evict"] = "refuse"


class Rules(msgspec.Struct, forbid_unknown_fields=True):
    """How the exchange reads what the documents leave open; every default is the strict reading.

    But for ``itick`` and ``unknown_codes``, which both vendors obey, they are AllTick's.

    Attributes:
        itick: iTick's own.
        numbers: how ``seq``, times and sides of ticks are written: ``strings`` (times in ms),
            ``integers`` (and the side as a string), ``seconds`` (strings, times in s), ``mixed``
            (all of them in turn).
        unknown_codes: a code that does not exist or is not in the plan refuses the whole request
            (600, 604, E001), or is left out without a word.
        excess: too long a subscription is refused with 603 or cut; ``plan``: 603 on Free only.
        malformed_ret: what a malformed request is answered: 400, or 201 as in the examples.
        default_levels: book levels where a subscription names none; 0 for all there are.
        one_list: a subscription to trades ends the one to depth, and the other way round.
        shared_connections: both families share the plan's connections.
        shared_codes: all connections of a token share the plan's codes.
        forex_side: ``trade_direction`` of forex, metals and energy, always this.
        forex_turnover: whether these carry a turnover of "0" at all.
        paged_suspensions: the suspension lists obey page and size, or come whole.
        deep_energy: oil and contracts on indices page back by timestamp too.
    """

    numbers: Literal["strings", "integers", "seconds", "mixed"] = "strings"
    unknown_codes: Literal["refuse", "ignore"] = "refuse"
    excess: Literal["plan", "refuse", "ignore"] = "plan"
    malformed_ret: int = 400
    default_levels: int = 0
    one_list: bool = False
    shared_connections: bool = False
    shared_codes: bool = False
    forex_side: Literal[0, 1] = 0
    forex_turnover: bool = False
    paged_suspensions: bool = True
    deep_energy: bool = False
    itick: ITickRules = msgspec.field(default_factory=ITickRules)


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, rename={"lasts": "for"}):
    """One thing that goes wrong.

    Attributes:
        do, on: what, and on which occasion; see the module.
        at: seconds after the exchange's start from which on it can strike.
        lasts: for how many seconds (``for`` in a file); None for ever.
        after: how many matching occasions pass unharmed first.
        times: how often it strikes; None for ever. On the clock it is once unless said.
        every: seconds between two strikes on the clock.
        vendor, family, connection, call, codes: strikes only these; None for all. A family is
            AllTick's or a cluster of iTick's. A call is an HTTP call's name, or that of a command
            or push: AllTick's number as text; iTick's ``subscribe``, ``unsubscribe``, ``ping``,
            ``auth``, and ``tick``, ``quote``, ``depth``, ``kline@1`` and on. ``connection``
            counts from 1, over both vendors.
        seen, struck: counters: the matching occasions, and the strikes.
    """

    do: Do
    on: Occasion | None = None
    at: float = 0.0
    lasts: float | None = None
    after: int = 0
    times: int | None = None
    every: float = 1.0
    vendor: Literal["alltick", "itick"] | None = None
    family: Literal["stock", "other", "forex", "indices", "crypto", "future", "fund"] | None = None
    connection: int | None = None
    call: str | None = None
    codes: list[str] | None = None
    markets: list[str] | None = None
    code: int = 1001
    ret: int = 606
    status: int | None = None
    body: str | None = None
    seconds: float = 1.0
    side: Literal["none", "bids", "asks", "zero", "zeros"] = "none"
    seen: int = 0
    struck: int = 0

    def __post_init__(self) -> None:
        possible = _OCCASIONS[self.do]
        if self.on is None:
            self.on = possible[0]
        elif self.on not in possible:
            raise ValueError(f"{self.do} strikes on {' or '.join(possible)}, not on {self.on}")
        if self.on == "clock" and self.times is None:
            self.times = 1
        if self.do == "delist":
            self.side = "zeros"
        if self.status is not None:
            HTTPStatus(self.status)  # ValueError for one that does not exist
        known = {market.value for market in Market}
        for market in self.markets or ():
            if market not in known:
                raise ValueError(f"{market!r} is not a market")

    def holds(self, now_s: float) -> bool:
        """Return whether it can strike at ``now_s`` (seconds after the exchange's start)."""
        # A stall's length belongs to the silence, not to the time in which it can begin.
        lasts = self.lasts if self.do != "stall" else None
        in_time = self.at <= now_s and (lasts is None or now_s < self.at + lasts)
        return in_time and (self.times is None or self.struck < self.times)


class Script(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Everything a script says; may be changed while the exchange runs."""

    rules: Rules = msgspec.field(default_factory=Rules)
    faults: list[Fault] = msgspec.field(default_factory=list)
    bad_tokens: list[str] = msgspec.field(default_factory=list)
    rate: int = 0
    extra: int = 0

    @classmethod
    def read(cls, path: Path) -> "Script":
        """Read a script file; UsageError with a sentence where it is not one."""
        try:
            return msgspec.json.decode(path.read_bytes(), type=cls)
        except OSError as error:
            raise UsageError(f"the script {path} cannot be read: {error.strerror}") from error
        except (msgspec.MsgspecError, ValueError) as error:
            raise UsageError(f"the script {path} is not one: {error}") from error

    def strike(
        self,
        occasion: Occasion,
        now_s: float,
        *,
        vendor: str | None = None,
        family: str | None = None,
        call: str | None = None,
        connection: int | None = None,
        code: str | None = None,
    ) -> Fault | None:
        """Count an occasion; return the first fault that strikes on it."""
        for fault in self.faults:
            if fault.on == occasion and fault.holds(now_s):
                if not _matches(
                    fault,
                    vendor=vendor,
                    family=family,
                    call=call,
                    connection=connection,
                    code=code,
                ):
                    continue
                fault.seen += 1
                if fault.seen > fault.after:
                    fault.struck += 1
                    return fault
        return None

    def due(self, now_s: float) -> Iterator[Fault]:
        """Iterate over the faults that strike on the clock now, and count their strikes."""
        for fault in self.faults:
            ready_s = fault.at + fault.struck * fault.every
            if fault.on == "clock" and now_s >= ready_s and fault.holds(now_s):
                fault.struck += 1
                yield fault

    def state(
        self,
        do: Do,
        now_s: float,
        *,
        listing: Listing | None = None,
        vendor: str | None = None,
        family: str | None = None,
    ) -> Fault | None:
        """Return the first fault of a kind that holds, for an instrument or a vendor's family."""
        for fault in self.faults:
            if fault.do == do and fault.holds(now_s):
                if listing is None:
                    if fault.vendor in (None, vendor) and fault.family in (None, family):
                        return fault
                elif _concerns(fault, listing):
                    return fault
        return None

    def watches(self, occasion: Occasion) -> bool:
        """Return whether any fault could ever strike on such occasions."""
        return any(fault.on == occasion for fault in self.faults)


def _matches(
    fault: Fault,
    *,
    vendor: str | None,
    family: str | None,
    call: str | None,
    connection: int | None,
    code: str | None,
) -> bool:
    return (
        fault.vendor in (None, vendor)
        and fault.family in (None, family)
        and (call in _HEARTBEATS if fault.do == "mute" else fault.call in (None, call))
        and fault.connection in (None, connection)
        and (fault.codes is None or code in fault.codes)
    )


def _concerns(fault: Fault, listing: Listing) -> bool:
    return (
        fault.family in (None, listing.family)
        and (fault.codes is None or listing.code in fault.codes)
        and (fault.markets is None or listing.market.value in fault.markets)
    )
