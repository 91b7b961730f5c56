"""One vendor's market data, whole: its sockets, its HTTP calls, its limits.

Everything above asks a provider and never sees a socket. The provider knows no vendor by name:
what differs comes with the codec.
"""

import asyncio
from collections.abc import Callable, Sequence
from random import Random

from alltick_desk.clock import Clock
from alltick_desk.errors import VendorError
from alltick_desk.feed.intake import Sink
from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.pool import Pool, PoolHealth
from alltick_desk.feed.rest import Rest
from alltick_desk.feed.subscriptions import Standing
from alltick_desk.feed.throttle import Throttle
from alltick_desk.feed.wiring import SocketHealth, Wiring
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.vendors.base import Address, Codec, DepthWish, Plan


class Provider:
    """One vendor under one token, plan and endpoint; another token or endpoint is another provider.

    ``token`` returns the token or None; ``on_token_refused`` is told when the vendor turns it
    down; ``report`` takes bugs; ``on_change`` is told that a connection or a subscription is
    another one.
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
    ) -> None:
        self.codec = codec
        self.throttle = throttle
        self._plan = plan
        self._base = base
        self._token = token
        self.rest = Rest(codec, throttle, base=base, token=token, on_token_refused=on_token_refused)
        wiring = Wiring(
            codec=codec,
            throttle=throttle,
            address=self._address,
            sink=sink,
            clock=clock,
            rng=rng,
            report=report,
            on_change=on_change,
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

    def want(
        self, trades: Sequence[str], depth: Sequence[DepthWish], *, opened: str | None
    ) -> None:
        """Stream these codes, the most important first, and no others.

        ``opened`` is the code in chart and book, if it is this vendor's.
        """
        family_of = self.codec.family_of
        for family, pool in self._pools.items():
            pool.want(
                [code for code in trades if family_of(code) == family],
                [wish for wish in depth if family_of(wish.code) == family],
                opened=opened if opened is not None and family_of(opened) == family else None,
            )

    def standing(self, code: str) -> Standing:
        """Return how far the subscription of a code has come."""
        return self._pool(code).coverage(code)

    def socket(self, code: str, number: int | None) -> SocketHealth | None:
        """Return the socket that carries a code, or else the best of its family."""
        return self._pool(code).socket(number)

    def health(self) -> dict[str, PoolHealth]:
        """Return every family's state by its name, e.g. ``"alltick/stock"``."""
        return {pool.name: pool.health() for pool in self._pools.values()}

    # Calls

    async def candles(
        self, code: str, interval: Interval, count: int, end_s: int | None, lane: Lane
    ) -> list[Candle]:
        """Return up to ``count`` bars, oldest first; VendorError or ProtocolError otherwise."""
        count = min(count, self._plan.candles_per_call)
        return await self.rest.fetch(self.codec.candles(code, interval, count, end_s=end_s), lane)

    def batches(self, codes: Sequence[str]) -> list[list[str]]:
        """Part codes into those that one batch call can ask for: of a family, by the plan."""
        by_family: dict[str, list[str]] = {}
        for code in codes:
            by_family.setdefault(self.codec.family_of(code), []).append(code)
        size = self._plan.sets_per_batch
        return [
            family_codes[start : start + size]
            for family_codes in by_family.values()
            for start in range(0, len(family_codes), size)
        ]

    async def latest_candles(
        self, sets: Sequence[tuple[str, Interval]], count: int, lane: Lane
    ) -> dict[tuple[str, Interval], list[Candle]]:
        """Return the newest bars of many sets in one call; see ``batches``."""
        return await self.rest.fetch(self.codec.latest_candles(sets, count), lane)

    # The plan

    def configure(self, plan: Plan) -> None:
        """Live by another plan from now on."""
        self._plan = plan
        self.throttle.configure(plan)
        for pool in self._pools.values():
            pool.configure(plan)

    def _pool(self, code: str) -> Pool:
        return self._pools[self.codec.family_of(code)]

    def _address(self, family: str) -> Address | None:
        token = self._token()
        return None if token is None else self.codec.socket_address(self._base, family, token)
