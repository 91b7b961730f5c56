"""A chart, what it is compared with, and a vendor that answers at once."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from fakes import FakeClock, Jobs, settle

from alltick_desk.errors import VendorError
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Trade
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.comparison import Comparison, Facts
from alltick_desk.services.quotes import QuoteBoard

T0 = 1_767_225_600
ALL = tuple(Interval)


def key(code: str, vendor: str = "alltick") -> InstrumentKey:
    return InstrumentKey(vendor, code)


OWN, BTC, ETH, GOLD, TSLA, OIL = map(key, ("OWN", "BTC", "ETH", "GOLD", "TSLA", "OIL"))


def candle(minute: int, price: float) -> Candle:
    text = f"{price:.1f}"
    return Candle(T0 + 60 * minute, text, text, text, text, "1")


class Desk:
    """A chart, what it is compared with, and a vendor that answers at once."""

    def __init__(self) -> None:
        self.clock = FakeClock(wall_ms=T0 * 1000)
        self.board = QuoteBoard()
        self.intervals: dict[InstrumentKey, Sequence[Interval]] = {}
        self.asked: list[tuple[str, str]] = []
        self.paged: list[tuple[str, int | None]] = []
        self.errors: dict[InstrumentKey, VendorError] = {}
        self.jobs = Jobs()
        self.sessions: list[ChartSession] = []
        self.chosen = self.changes = 0
        self.not_live = ""
        self.waits: asyncio.Event | None = None  # what the chart's own bars wait for
        self.main = self._session(None)
        facts = Facts(self._intervals, lambda _key: self.not_live)
        self.comparison = Comparison(self.main, self._session, facts)
        self._handles = (
            self.comparison.chosen.connect(self._count_chosen),
            self.comparison.changed.connect(self._count_changes),
        )

    async def show(self, of: InstrumentKey = OWN, interval: Interval = Interval.M1) -> None:
        self.main.open(of, interval)
        await settle()

    async def add(self, *keys: InstrumentKey) -> None:
        for each in keys:
            assert not self.comparison.add(each)
        await settle()

    def trade(self, code: str, second: float, price: str) -> None:
        ms = int((T0 + second) * 1000)
        self.board.tape("alltick").trade(Trade(code, 0, ms, price, "1"), 0.0)

    def closes(self, number: int = 0) -> list[float]:
        member = self.comparison.members[number]
        member.sync(self.main.series)
        return member.closes.values.tolist()

    def notes(self) -> list[str]:
        return [str(member.note) for member in self.comparison.members]

    def shown(self) -> list[tuple[str, str] | None]:
        return [
            None if it.charted is None else (it.charted[0].code, it.charted[1].value)
            for it in (member.session for member in self.comparison.members)
        ]

    async def finish(self) -> None:
        self.comparison.close()
        self.main.close()
        await settle()
        assert all(not session.key for session in self.sessions)
        self.jobs.check()

    # the vendor

    def title(self, _key: InstrumentKey) -> str:
        return "AllTick"

    def pages_history(self, _key: InstrumentKey) -> bool:
        return True

    def bars_per_call(self, _key: InstrumentKey) -> int:
        return 10

    def wait_s(self, _key: InstrumentKey, _interval: Interval, _lane: Lane) -> float:
        return 0.0

    async def page(
        self, of: InstrumentKey, _interval: Interval, count: int, end_s: int | None, _lane: Lane
    ) -> list[Candle]:
        last = 0 if end_s is None else (end_s - T0) // 60
        self.paged.append((of.code, last))
        return [candle(minute, 5.0) for minute in range(last - count + 1, last + 1)]

    def _session(self, ready: Callable[[], Awaitable[None]] | None) -> ChartSession:
        session = ChartSession(
            clock=self.clock,
            row=self.board.row,
            market=lambda _key: Market.CRYPTO,
            intervals=self._intervals,
            fetch=self._fetch,
            fetch_latest=self._fetch_latest,
            spawn=self.jobs.spawn,
            jitter=lambda: 0.0,
            vendors=self,
            ready=ready,
        )
        self.sessions.append(session)
        return session

    def _intervals(self, of: InstrumentKey) -> Sequence[Interval]:
        return self.intervals.get(of, ALL)

    async def _fetch(
        self, of: InstrumentKey, interval: Interval, _count: int, _end_s: int | None
    ) -> list[Candle]:
        self.asked.append((of.code, interval.value))
        if of == OWN and self.waits is not None:
            await self.waits.wait()
        if of in self.errors:
            raise self.errors[of]
        first = -29 if of == OWN else -9
        return [candle(minute, 10.0) for minute in range(first, 1)]

    async def _fetch_latest(self, of: InstrumentKey, interval: Interval) -> list[Candle]:
        return (await self._fetch(of, interval, 2, None))[-2:]

    def _count_chosen(self) -> None:
        self.chosen += 1

    def _count_changes(self) -> None:
        self.changes += 1


def play(scene: Callable[[Desk], Coroutine[Any, Any, None]]) -> None:
    """Run a scene; nothing may be left running after it."""

    async def run() -> None:
        desk = Desk()
        await scene(desk)
        await desk.finish()

    asyncio.run(run())
