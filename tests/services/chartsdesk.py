"""A chart session, its board and a vendor whose answers the test gives by hand."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from fakes import FakeClock, Jobs, settle
from historydesk import BTC, T0

from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, LiveCandle, Trade
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.quotes import QuoteBoard

ALL = tuple(Interval)
STOCK = tuple(i for i in Interval if i not in {Interval.H2, Interval.H4})


def candle(minute: int, price: str = "10.0", volume: str = "5") -> Candle:
    return Candle(T0 + 60 * minute, price, price, price, price, volume, "0")


class Desk:
    """A session, its board and a vendor whose answers the test gives by hand."""

    def __init__(self) -> None:
        self.clock = FakeClock(wall_ms=T0 * 1000)
        self.board = QuoteBoard()
        self.asked: list[tuple[str, InstrumentKey, Interval]] = []
        self.answers: list[asyncio.Future[list[Candle]]] = []
        self.jobs = Jobs()
        self.wait = 0.0
        self.changes = 0
        self.session = ChartSession(
            clock=self.clock,
            row=self.board.row,
            market=lambda key: Market.CRYPTO if key is BTC else Market.HK_STOCK,
            intervals=lambda key: ALL if key is BTC else STOCK,
            fetch=self._fetch,
            fetch_latest=self._fetch_latest,
            spawn=self.jobs.spawn,
            wait_s=lambda _key, _interval: self.wait,
            jitter=lambda: 0.0,
        )
        self._handle = self.session.changed.connect(self._count)

    def trade(self, second: float, price: str, volume: str = "1") -> None:
        ms = int((T0 + second) * 1000)
        self.board.tape("alltick").trade(Trade("BTCUSDT", 0, ms, price, volume), 0.0)

    def push(self, pushed: Candle, interval: Interval = Interval.M1) -> None:
        self.board.tape("alltick").candle(LiveCandle("BTCUSDT", interval, pushed), 0.0)

    def prices(self) -> list[float]:
        return self.session.series.close.tolist()

    async def answer(self, answer: list[Candle] | Exception) -> None:
        """Answer the question that was asked last."""
        await settle()
        if isinstance(answer, Exception):
            self.answers[-1].set_exception(answer)
        else:
            self.answers[-1].set_result(answer)
        await settle()

    async def opened(self, *minutes: int) -> None:
        self.session.open(BTC, Interval.M1)
        await self.answer([candle(minute) for minute in minutes])

    async def finish(self) -> None:
        self.session.close()
        await settle()
        self.jobs.check()

    def _count(self) -> None:
        self.changes += 1

    async def _fetch(
        self, key: InstrumentKey, interval: Interval, count: int, end_s: int | None
    ) -> list[Candle]:
        assert count == 500
        assert end_s is None
        return await self._question("all", key, interval)

    async def _fetch_latest(self, key: InstrumentKey, interval: Interval) -> list[Candle]:
        return await self._question("newest", key, interval)

    async def _question(self, what: str, key: InstrumentKey, interval: Interval) -> list[Candle]:
        self.asked.append((what, key, interval))
        future: asyncio.Future[list[Candle]] = asyncio.get_running_loop().create_future()
        self.answers.append(future)
        return await future


Scene = Callable[[Desk], Coroutine[Any, Any, None]]


def play(scene: Scene) -> None:
    """Run a scene; nothing may be left running after it."""

    async def run() -> None:
        desk = Desk()
        await scene(desk)
        await desk.finish()

    asyncio.run(run())
