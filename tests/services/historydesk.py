"""A chart with a store and a vendor that pages, for the tests of its history."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fakes import FakeClock, Jobs, settle

from alltick_desk.errors import StoreError, VendorError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Trade
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.history_keeper import HistoryKeeper
from alltick_desk.services.outages import Outage
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.store.candle_base import CandleBase
from alltick_desk.store.candle_columns import StoredCandles
from alltick_desk.store.candle_values import SeriesFacts, SeriesName

BTC = InstrumentKey("alltick", "BTCUSDT")
TENCENT = InstrumentKey("alltick", "700.HK")
T0 = 1_767_225_600
NOW = 10_000  # the minute that is in progress when a scene begins


def at(minute: int) -> int:
    return T0 + 60 * minute


def candle(minute: int, price: str = "10.0", volume: str = "5") -> Candle:
    return Candle(at(minute), price, price, price, price, volume, "")


def minutes(start: int, stop: int) -> list[Candle]:
    return [candle(it) for it in range(start, stop)]


def refusal(verdict: Verdict) -> VendorError:
    return VendorError(f"It said {verdict.value}.", vendor="alltick", verdict=verdict, call="kline")


class Question(NamedTuple):
    """What a vendor was asked."""

    count: int
    end: int | None  # the minute
    lane: Lane


class AtOnce:
    """The candle store without its thread; ``error`` makes every call fail."""

    def __init__(self, path: Path, clock: FakeClock) -> None:
        self.base = CandleBase(path, clock=clock)
        self.error: StoreError | None = None
        self.calls: list[str] = []
        self.gate: asyncio.Event | None = None

    async def load(
        self,
        key: InstrumentKey,
        interval: Interval,
        *,
        count: int | None = None,
        before_s: int | None = None,
    ) -> StoredCandles:
        await self._begin("load")
        return self.base.load(SeriesName(key, interval), count, before_s)

    async def facts(self, key: InstrumentKey, interval: Interval) -> SeriesFacts:
        await self._begin("facts")
        return self.base.facts(SeriesName(key, interval))

    async def save(
        self, key: InstrumentKey, interval: Interval, candles: Sequence[Candle], **more: Any
    ) -> None:
        await self._begin("save")
        self.base.save(SeriesName(key, interval), candles, more.pop("source"), **more)

    async def explain(self, key: InstrumentKey, interval: Interval, gap: Any) -> None:
        await self._begin("explain")
        self.base.explain(SeriesName(key, interval), gap)

    async def add_drift(self, key: InstrumentKey, interval: Interval, drift: Any) -> None:
        await self._begin("drift")
        self.base.add_drift(SeriesName(key, interval), drift)

    async def _begin(self, call: str) -> None:
        self.calls.append(call)
        await asyncio.sleep(0)
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error


class Exchange:
    """A vendor that has the bars of some minutes, and may refuse, wait or ignore the end."""

    def __init__(self) -> None:
        self.has: dict[int, Candle] = {}
        self.pages = True
        self.heeds_end = True
        self.asked: list[Question] = []
        self.latest_asked = 0
        self.errors: list[Exception] = []
        self.background_errors: list[Exception] = []
        self.gate: asyncio.Event | None = None
        self.wait = 0.0

    def give(self, candles: Sequence[Candle]) -> None:
        self.has.update({it.time_s: it for it in candles})

    def title(self, _key: InstrumentKey) -> str:
        return "AllTick"

    def pages_history(self, _key: InstrumentKey) -> bool:
        return self.pages

    def bars_per_call(self, _key: InstrumentKey) -> int:
        return 500

    def wait_s(self, _key: InstrumentKey, _interval: Interval, _lane: Lane = Lane.CLICK) -> float:
        return self.wait

    async def page(
        self, _key: InstrumentKey, _interval: Interval, count: int, end_s: int | None, lane: Lane
    ) -> list[Candle]:
        end = None if end_s is None else (end_s - T0) // 60
        self.asked.append(Question(count, end, lane))
        await asyncio.sleep(0)
        if self.gate is not None:
            await self.gate.wait()
        if self.errors:
            raise self.errors.pop(0)
        if self.background_errors and lane is Lane.BACKGROUND:
            raise self.background_errors.pop(0)
        told = sorted(self.has)
        if end_s is not None and self.heeds_end:
            told = [time_s for time_s in told if time_s <= end_s]
        return [self.has[time_s] for time_s in told[-count:]]

    async def newest(
        self, key: InstrumentKey, interval: Interval, count: int, end_s: int | None
    ) -> list[Candle]:
        return await self.page(key, interval, count, end_s, Lane.CLICK)

    async def latest(self, _key: InstrumentKey, _interval: Interval) -> list[Candle]:
        self.latest_asked += 1
        await asyncio.sleep(0)
        return [self.has[time_s] for time_s in sorted(self.has)[-2:]]


class Desk:
    """A session on a store and an exchange; ``market`` is that of every instrument."""

    def __init__(self, path: Path, clock: FakeClock, *, market: Market = Market.CRYPTO) -> None:
        self.clock = clock
        self.store = AtOnce(path, clock)
        self.exchange = Exchange()
        self.board = QuoteBoard()
        self.complaints: list[str] = []
        self.outages: list[Outage] = []
        self.jobs = Jobs()
        self.changes = 0
        self.keeper = HistoryKeeper(
            self.store, spawn=self.jobs.spawn, complain=self.complaints.append
        )
        self.session = self.chart(market)
        self._handle = self.session.changed.connect(self._count)

    def chart(self, market: Market = Market.CRYPTO) -> ChartSession:
        """Return one more chart of the same desk."""
        return ChartSession(
            clock=self.clock,
            row=self.board.row,
            market=lambda _key: market,
            intervals=lambda _key: tuple(Interval),
            fetch=self.exchange.newest,
            fetch_latest=self.exchange.latest,
            spawn=self.jobs.spawn,
            wait_s=self.exchange.wait_s,
            jitter=lambda: 0.0,
            keeper=self.keeper,
            vendors=self.exchange,
            outages=lambda _key: self.outages,
        )

    def keep(self, candles: Sequence[Candle], **more: Any) -> None:
        """Have bars stored from an earlier run."""
        self.store.base.save(SeriesName(BTC, Interval.M1), candles, **more)

    def stored(self) -> list[int]:
        """Return the minutes of what is stored."""
        found = self.store.base.load(SeriesName(BTC, Interval.M1), None, None)
        return [(int(it) - T0) // 60 for it in found.time]

    def facts(self) -> SeriesFacts:
        return self.store.base.facts(SeriesName(BTC, Interval.M1))

    def shown(self) -> list[int]:
        """Return the minutes of what is shown."""
        return [(int(it) - T0) // 60 for it in self.session.series.time]

    def trade(self, minute: float, price: str, volume: str = "1", *, seq: int = 0) -> None:
        ms = int((T0 + 60 * minute) * 1000)
        self.board.tape("alltick").trade(Trade("BTCUSDT", seq, ms, price, volume), 0.0)

    async def opened(self) -> None:
        self.session.open(BTC, Interval.M1)
        await self.quiet()

    async def opened_with_errors(self, count: int, verdict: Verdict = Verdict.NETWORK) -> None:
        """Open, and have the first pages in the background fail."""
        self.exchange.background_errors = [refusal(verdict) for _ in range(count)]
        await self.opened()

    async def quiet(self) -> None:
        """Wait until nothing more happens by itself."""
        for _ in range(20):
            await settle()

    async def finish(self) -> None:
        self.session.close()
        await self.quiet()
        self.store.base.close()
        self.jobs.check()

    def _count(self) -> None:
        self.changes += 1


Scene = Callable[[Desk], Coroutine[Any, Any, None]]


def play(path: Path, scene: Scene, *, market: Market = Market.CRYPTO) -> None:
    """Run a scene in the middle of minute ``NOW``; nothing may be left running after it."""

    async def run() -> None:
        desk = Desk(path, FakeClock(wall_ms=at(NOW) * 1000 + 30_000), market=market)
        await scene(desk)
        await desk.finish()

    asyncio.run(run())
