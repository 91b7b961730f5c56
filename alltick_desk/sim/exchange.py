"""The exchange: what all parts of the simulation share, and what tests look at.

::

    exchange = Exchange(plan="free", seed=7, clock=clock)
    async with serve(exchange) as server:
        ...                                   # point a client at server.base_url
    assert not exchange.breaches
"""

from collections import Counter, deque
from collections.abc import Iterable
from typing import Any, Protocol

import msgspec

from alltick_desk.clock import Clock, SystemClock
from alltick_desk.model.instrument import Catalogue, Instrument, Market
from alltick_desk.resources import resource
from alltick_desk.sim.alltick.judge import Judge as AllTickJudge
from alltick_desk.sim.alltick.plans import plan_named as alltick_plan
from alltick_desk.sim.floor import Floor
from alltick_desk.sim.itick.judge import Judge as ITickJudge
from alltick_desk.sim.itick.plans import plan_named as itick_plan_named
from alltick_desk.sim.itick.symbols import ITICK_ONLY
from alltick_desk.sim.limits import Breach
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.script import Do, Fault, Occasion, Script


class Entry(msgspec.Struct):
    """One thing that arrived.

    Attributes:
        at_s: the clock's monotonic seconds at the arrival.
        vendor: ``"alltick"`` or ``"itick"``.
        kind: ``"http"``, ``"handshake"`` or ``"command"``.
        family: AllTick's ``"stock"`` or ``"other"``, a cluster of iTick's, or "" where the path
            tells none.
        call: the HTTP call's name, or the command: AllTick's number as text, iTick's word.
        document: what was sent, parsed; None where it could not be.
        connection: the WebSocket connection's number.
        account: the token's number, in order of first appearance; 0 without a token.
        ret: what was answered, AllTick's ``ret`` or iTick's ``code``; None for nothing (yet). A
            handshake's is its HTTP status.
    """

    at_s: float
    vendor: str
    kind: str
    family: str
    call: str
    document: Any = None
    connection: int | None = None
    account: int = 0
    ret: int | None = None


class Connection(Protocol):
    """What one can see of an open WebSocket connection."""

    number: int
    vendor: str
    family: str
    account: int
    opened_s: float
    trades: dict[str, None]  # the codes whose trades are pushed, in order
    depths: dict[str, int]  # the codes whose books are pushed, each with its levels
    topics: dict[str, tuple[str, ...]]  # by code: what of its trades, where there are several kinds
    sent: int  # messages


def _made_up(count: int) -> list[Instrument]:
    """Return stocks that exist nowhere."""
    return [
        Instrument(f"X{number:05}.US", f"Made-up Company {number}", "", Market.US_STOCK)
        for number in range(1, count + 1)
    ]


class Exchange:
    """A simulated exchange: the market, the limits, the faults, and the record of all that came.

    Attributes:
        breaches: every limit that was broken.
        journal: the newest requests, handshakes and commands.
        connections: the WebSocket connections that are open, by number.
        counts: how often each HTTP call came, by name: AllTick's ``"kline"``, iTick's
            ``"itick/kline"``.
        plan, judge: AllTick's plan, and who judges it; ``itick_plan``, ``itick_judge``: iTick's.
        skipped: messages of a load that slow readers did not take.
        script: rules and faults; both may be changed in place at any time.
        version: grows whenever a subscription or a connection changes.
    """

    def __init__(
        self,
        *,
        plan: str = "premium",
        itick_plan: str = "premium",
        seed: int = 1,
        clock: Clock | None = None,
        script: Script | None = None,
        slack_s: float = 0.0,
        instruments: Iterable[Instrument] | None = None,
    ) -> None:
        """Open the exchange; UsageError where there is no such plan.

        ``plan`` is AllTick's. ``slack_s`` is the judges' (see ``limits.Judge``); ``instruments``
        default to the catalogue and what only iTick has.
        """
        self.clock = clock if clock is not None else SystemClock()
        self.script = script if script is not None else Script()
        self.seed = seed
        self.plan = alltick_plan(plan)
        self.itick_plan = itick_plan_named(itick_plan)
        self.breaches: list[Breach] = []
        self.journal: deque[Entry] = deque(maxlen=20_000)
        self.connections: dict[int, Connection] = {}
        self.counts: Counter[str] = Counter()
        self.skipped = 0
        self.version = 0
        report = self.breaches.append
        self.judge = AllTickJudge(self.plan, self.clock, report, slack_s=slack_s)
        self.itick_judge = ITickJudge(self.itick_plan, self.clock, report, slack_s=slack_s)
        if instruments is None:
            catalogue = Catalogue.read(resource("catalogue.csv"))
            instruments = [*catalogue, *ITICK_ONLY, *_made_up(self.script.extra)]
        self.floor = Floor(
            instruments,
            seed=seed,
            clock=self.clock,
            stopped_ms=self.stopped_ms,
            limit_of=self.limit_of,
        )
        self._started_s = self.clock.monotonic()
        self._started_ms = self.clock.wall_ms()
        self._accounts: dict[str, int] = {}

    def now_s(self) -> float:
        """Return the seconds since the exchange was opened: the time base of its script."""
        return self.clock.monotonic() - self._started_s

    def fault(self, do: Do, **fields: Any) -> Fault:
        """Add a fault that can strike from now on (see ``Fault``), and return it."""
        fault = Fault(do=do, **{"at": self.now_s(), **fields})
        self.script.faults.append(fault)
        return fault

    def heal(self) -> None:
        """Take back every fault."""
        self.script.faults.clear()

    def strike(self, occasion: Occasion, **of: Any) -> Fault | None:
        """Return the fault that strikes now on an occasion (see ``Script.strike``)."""
        if not self.script.faults:
            return None
        return self.script.strike(occasion, self.now_s(), **of)

    def stopped_ms(self, listing: Listing) -> int | None:
        """Return since when an instrument does not trade, Unix ms; None where it does."""
        if not self.script.faults:
            return None
        now_s = self.now_s()
        for do in ("shut", "halt", "delist"):
            fault = self.script.state(do, now_s, listing=listing)
            if fault is not None:
                return self._started_ms + int(fault.at * 1000)
        return None

    def limit_of(self, listing: Listing) -> int:
        """Return 1 where a script holds an instrument at its upper limit, -1 at the lower, or 0."""
        if not self.script.faults:
            return 0
        fault = self.script.state("limit", self.now_s(), listing=listing)
        return 0 if fault is None else -1 if fault.side == "asks" else 1

    def delisted(self, listing: Listing) -> bool:
        """Return whether a script has taken an instrument off the market for good."""
        if not self.script.faults:
            return False
        return self.script.state("delist", self.now_s(), listing=listing) is not None

    def book_fault(self, listing: Listing) -> Fault | None:
        """Return the fault that takes a side of an instrument's book away, or both."""
        if not self.script.faults:
            return None
        now_s = self.now_s()
        for do in ("book", "delist"):
            fault = self.script.state(do, now_s, listing=listing)
            if fault is not None:
                return fault
        return None

    def token_fits(self, token: str, vendor: str, family: str) -> bool:
        """Return whether a token is accepted now."""
        if not token or token in self.script.bad_tokens:
            return False
        now_s = self.now_s()
        return self.script.state("token", now_s, vendor=vendor, family=family) is None

    def changed(self) -> None:
        """Note that a subscription or a connection changed."""
        self.version += 1

    def account(self, token: str) -> int:
        """Return the number of a token, from 1; the record never holds the token itself."""
        return self._accounts.setdefault(token, len(self._accounts) + 1) if token else 0
