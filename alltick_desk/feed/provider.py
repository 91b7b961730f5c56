"""One vendor's market data, whole: its sockets, its HTTP calls, its limits.

Everything above asks a provider and never sees a socket. The provider knows no vendor by name:
what differs comes with the codec.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import Random

import msgspec

from alltick_desk.clock import Clock
from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.allotment import Allotment, Wishes, allot, limited
from alltick_desk.feed.batch_size import BatchSize
from alltick_desk.feed.doors import Doors
from alltick_desk.feed.intake import Sink
from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.pacing import Pace
from alltick_desk.feed.pool import Pool, PoolHealth
from alltick_desk.feed.rest import Rest
from alltick_desk.feed.seats import Seats
from alltick_desk.feed.standing import Coverage, Standing
from alltick_desk.feed.throttle import Throttle
from alltick_desk.feed.wiring import SocketHealth, SocketState, Wiring
from alltick_desk.model.instrument import Instrument
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Quote, Trade
from alltick_desk.model.reference import StaticInfo, SuspensionPage, TradingDay
from alltick_desk.model.words import Sentence, joined
from alltick_desk.vendors.base import Address, Channel, Codec, Plan, Wish

_OPEN = frozenset({SocketState.LIVE, SocketState.SILENT})
_CALLS_REFUSED = Sentence(
    "Feed",
    "{vendor} refuses calls with this token. What is streamed still comes, but once the "
    "connection ends it may not come back. Enter a valid token in the settings.",
)


class Provider:
    """One vendor under one token, plan and endpoint; another token or endpoint is another provider.

    ``token`` returns the token or None; ``on_token_refused`` is told when the vendor turns it
    down; ``report`` takes bugs; ``on_change`` is told that a connection or a subscription is
    another one; ``listed`` tells whether a list of instruments has a code.
    """

    def __init__(
        self,
        codec: Codec,
        plan: Plan,
        throttle: Throttle,
        *,
        base: str,
        token: Callable[[], str | None],
        sink: Sink,
        clock: Clock,
        rng: Random,
        on_token_refused: Callable[[VendorError], None],
        report: Callable[[BaseException], None],
        on_change: Callable[[], None],
        listed: Callable[[str], bool] = lambda _code: False,
    ) -> None:
        self.codec = codec
        self.throttle = throttle
        self._plan = plan
        self._base = base
        self._token = token
        self._tell_refused = on_token_refused
        self._token_refused = False  # by a call; the sockets may go on
        self.rest = Rest(
            codec, throttle, base=base, token=token, on_token_refused=self._refused_by_call
        )
        self._batches, self._newest, self._static = (BatchSize(clock) for _ in range(3))
        self._seats = Seats(plan.codes_in_all)
        self._doors = Doors(plan.connections_in_all)
        self._on_change = on_change
        self._wishes: Wishes = {}
        self._opened: str | None = None
        self._allotment = Allotment({}, {})
        self._verdicts = 0
        self._sharing = False
        wiring = Wiring(
            codec=codec,
            throttle=throttle,
            address=self._address,
            sink=sink,
            clock=clock,
            rng=rng,
            seats=self._seats,
            doors=self._doors,
            report=report,
            on_change=self._changed,
            listed=listed,
        )
        self._pools = {family: Pool(family, plan, wiring) for family in codec.capabilities.families}

    @property
    def plan(self) -> Plan:
        """The plan in force, with the person's overrides."""
        return self._plan

    async def run(self) -> None:
        """Keep the sockets, until cancelled; then everything is closed."""
        try:
            async with asyncio.TaskGroup() as group:
                for pool in self._pools.values():
                    group.create_task(pool.run(), name=pool.name)
        finally:
            await self.rest.close()

    # Streams

    def want(self, wishes: Wishes, *, opened: str | None) -> None:
        """Stream these codes, the most important first on each channel, and no others.

        What the vendor does not have is left out: levels of a book, bars in progress. ``opened``
        is the code in chart and book, if it is this vendor's.
        """
        self._wishes, self._opened = self._offered(wishes), opened
        self._share()

    def standing(self, code: str) -> Standing:
        """Return how far the subscription of a code has come."""
        why = self._allotment.beyond.get(code)
        if why is not None:
            return Standing(Coverage.BEYOND_PLAN, why)
        return self._pool(code).coverage(code)

    def doubts(self, code: str) -> bool:
        """Whether a code was in a list that the vendor refused, and may be why."""
        standing = self.standing(code)
        return standing.coverage is Coverage.WANTED and bool(standing.sentence)

    def socket(self, code: str, number: int | None) -> SocketHealth | None:
        """Return the socket that carries a code, or else the best of its family."""
        return self._pool(code).socket(number)

    def health(self) -> dict[str, PoolHealth]:
        """Return every family's state by its name, e.g. ``"alltick/stock"``."""
        left_out = self._allotment.left_out
        return {
            pool.name: self._doubted(pool.health(instead=left_out.get(family, "")))
            for family, pool in self._pools.items()
        }

    def reconnect(self, family: str | None = None) -> None:
        """Have every socket that waits or was refused try at once, of one family or of all.

        Those that live are left alone, and the plan's pause is kept.
        """
        for name, pool in self._pools.items():
            if family is None or name == family:
                pool.reconnect()

    # Calls

    async def candles(
        self, code: str, interval: Interval, count: int, end_s: int | None, lane: Lane
    ) -> list[Candle]:
        """Return up to ``count`` bars, oldest first; VendorError or ProtocolError otherwise."""
        count = min(count, self._plan.candles_per_call)
        query = self.codec.candles(code, interval, count, end_s=end_s)
        with self._hearing([code]) as came:
            found = await self.rest.fetch(query, lane)
            came([code] if found else ())
        return found

    def batches(self, codes: Sequence[str]) -> list[list[str]]:
        """Part codes into those that one batch call of bars can ask for: of a kind, by the plan."""
        return self._batches.part(codes, self.codec.batch_of, self._plan.sets_per_batch)

    async def latest_candles(
        self, sets: Sequence[tuple[str, Interval]], count: int, lane: Lane
    ) -> dict[tuple[str, Interval], list[Candle]]:
        """Return the newest bars of many sets in one call; see ``batches``."""
        query = self.codec.latest_candles(sets, count)
        codes = [code for code, _ in sets]
        with self._batches.learning(codes), self._hearing(codes) as came:
            found = await self.rest.fetch(query, lane)
            came(code for (code, _), bars in found.items() if bars)
        return found

    @property
    def codes_per_call(self) -> int:
        """The most codes that one call for newest prices can name, as far as is known."""
        return self._newest.size(self._plan.codes_per_call)

    async def newest(self, codes: Sequence[str], lane: Lane) -> Sequence[Trade | Quote]:
        """Return the newest prices of codes that share ``batch_of``; some may be missing."""
        query = self.codec.newest(codes)
        with self._newest.learning(codes) as answered, self._hearing(codes) as came:
            found = await self.rest.fetch(query, lane)
            answered(it.code for it in found)
            came(it.code for it in found)
        return found

    def pace(self, codes: Sequence[str]) -> Pace:
        """Return how fast calls for newest prices may go on and on, in the background."""
        return self.throttle.pace(self.codec.newest(codes).call)

    def static_batches(self, codes: Sequence[str]) -> list[list[str]]:
        """Part codes into those that one call for reference data can name.

        Those that have none are left out.
        """
        capabilities = self.codec.capabilities
        most = capabilities.static_per_call or self._plan.codes_per_call
        having = [it for it in codes if self.codec.family_of(it) in capabilities.static_families]
        return self._static.part(having, self.codec.batch_of, most)

    async def static_info(self, codes: Sequence[str], lane: Lane) -> list[StaticInfo]:
        """Return the reference data of a batch; some may be missing. See ``static_batches``."""
        query = self.codec.static_info(codes)
        with self._static.learning(codes) as answered:
            found = await self.rest.fetch(query, lane)
            answered(it.code for it in found)
        return found

    async def directory(self, name: str, lane: Lane) -> list[Instrument]:
        """Return one of the vendor's lists of instruments, by the capabilities' name."""
        return await self.rest.fetch(self.codec.directory(name), lane)

    async def trading_days(self, region: str, lane: Lane) -> list[TradingDay]:
        """Return the holidays and hours of one of the capabilities' calendars."""
        return await self.rest.fetch(self.codec.trading_days(region), lane)

    async def suspensions(self, name: str, page: int, lane: Lane) -> SuspensionPage:
        """Return a page of one of the vendor's lists of halted stocks."""
        return await self.rest.fetch(self.codec.suspension_list(name, page), lane)

    # The plan

    def configure(self, plan: Plan) -> None:
        """Live by another plan from now on."""
        self._plan = plan
        for learned in (self._batches, self._newest, self._static):
            learned.forget()
        self.throttle.configure(plan)
        self._seats.configure(plan.codes_in_all)
        self._doors.configure(plan.connections_in_all)
        for pool in self._pools.values():
            pool.configure(plan)
        self._share()

    def _share(self) -> None:
        """Hand every family what it is to stream."""
        self._sharing = True
        try:
            self._hand_out()
            while self._outdated():  # what is wanted now may lift a verdict
                self._hand_out()
        finally:
            self._sharing = False

    def _hand_out(self) -> None:
        family_of = self.codec.family_of
        self._verdicts = self._verdicts_now()
        self._allotment = allotment = allot(
            self._wishes, self._plan, family_of=family_of, refused=self._refused
        )
        opened = self._opened
        for family, pool in self._pools.items():
            pool.want(
                allotment.wishes.get(family, {}),
                opened=opened if opened is not None and family_of(opened) == family else None,
                connections=allotment.connections.get(family),
            )

    @contextmanager
    def _hearing(self, codes: Sequence[str]) -> Iterator[Callable[[Iterable[str]], None]]:
        """Let the streams know what a call for ``codes`` tells of them; yield what takes who came.

        A refusal names no code, so only that of a call for one alone tells something.
        """
        try:
            yield self._came
        except VendorError as error:
            if error.verdict is Verdict.UNKNOWN_CODE and len(set(codes)) == 1:
                self._pool(codes[0]).unknown(codes[0], error)
            raise

    def _came(self, codes: Iterable[str]) -> None:
        for code in codes:
            self._pool(code).answered((code,))

    def _refused_by_call(self, error: VendorError) -> None:
        self._token_refused = True
        self._tell_refused(error)

    def _doubted(self, health: PoolHealth) -> PoolHealth:
        """Return a family's state, with what a refused call means for the connections there are."""
        if not self._token_refused or health.state not in _OPEN:
            return health
        words = joined(health.sentence, _CALLS_REFUSED.format(vendor=self.codec.title))
        return msgspec.structs.replace(health, sentence=words, token_refused=True)

    def _changed(self) -> None:
        """Give the seat of a code that the vendor has refused to the next, and tell of it all."""
        if not self._sharing and self._outdated():
            self._share()
        self._on_change()

    def _outdated(self) -> bool:
        return limited(self._plan) and self._verdicts != self._verdicts_now()

    def _verdicts_now(self) -> int:
        return sum(pool.verdicts for pool in self._pools.values())

    def _refused(self, channel: Channel, code: str) -> bool:
        return self._pool(code).refused(channel, code)

    def _offered(self, wishes: Wishes) -> Wishes:
        """Return the wishes as this vendor takes them."""
        capabilities = self.codec.capabilities
        offered = dict(wishes)
        if not capabilities.names_levels:
            offered[Channel.DEPTH] = [Wish(it.code) for it in wishes.get(Channel.DEPTH, ())]
        if not capabilities.pushes_candles:
            offered.pop(Channel.CANDLES, None)
        return offered

    def _pool(self, code: str) -> Pool:
        return self._pools[self.codec.family_of(code)]

    def _address(self, family: str) -> Address | None:
        token = self._token()
        return None if token is None else self.codec.socket_address(self._base, family, token)
