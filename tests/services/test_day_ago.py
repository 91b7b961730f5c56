"""The price of 24 hours ago: one call for a day of bars, good for the day that follows."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import pytest
from fakes import FakeClock

from alltick_desk.errors import DeskError, VendorError, Verdict
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.services.day_ago import DayAgo

BTC, EURO, STOCK = (InstrumentKey("alltick", code) for code in ("BTCUSDT", "EURUSD", "A.US"))
MARKETS = {BTC: Market.CRYPTO, EURO: Market.FOREX, STOCK: Market.US_STOCK}
HOUR_S = 3600.0


class Scene:
    """A vendor whose price is the number of five minutes since 1970."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.asked: list[list[str]] = []
        self.news: list[str] = []
        self.fault: DeskError | None = None
        self.gap_s = 0  # of the newest bars, as over a weekend
        self.ago = DayAgo(self, on_news=lambda key: self.news.append(key.code), clock=self.clock)

    def market(self, key: InstrumentKey) -> Market:
        return MARKETS[key]

    def day_batches(self, keys: Sequence[InstrumentKey], count: int) -> list[list[InstrumentKey]]:
        return [[key] for key in keys]

    async def day_bars(
        self, keys: Sequence[InstrumentKey], interval: Interval, count: int
    ) -> dict[InstrumentKey, list[Candle]]:
        self.asked.append([key.code for key in keys])
        if self.fault is not None:
            raise self.fault
        last = (self.clock.wall_ms() // 1000 - self.gap_s) // 300
        bars = [
            Candle(300 * n, "1", "1", "1", str(n), "", "")
            for n in range(last - count + 1, last + 1)
        ]
        return dict.fromkeys(keys, bars)

    def expected(self) -> float:
        """The price of 24 hours ago: of the last bar that was over by then."""
        return float((self.clock.wall_ms() // 1000 - 86_400) // 300 - 1)


def play(scene: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        desk = Scene()
        task = asyncio.get_running_loop().create_task(desk.ago.run())
        await scene(desk)
        assert not task.done()
        task.cancel()

    asyncio.run(run())


def test_one_call_answers_for_the_whole_day_that_follows() -> None:
    async def scene(desk: Scene) -> None:
        for _ in range(24):
            desk.ago.want_24h([BTC])
            await desk.clock.advance(HOUR_S)
            base = desk.ago.base(BTC)
            assert base is not None
            assert base.price == desk.expected()
            assert 0 <= desk.clock.wall_ms() - 86_400_000 - base.time_ms < 300_000
        assert desk.asked == [["BTCUSDT"]]
        assert desk.news == ["BTCUSDT"]
        desk.ago.want_24h([BTC])
        await desk.clock.advance(HOUR_S)
        assert len(desk.asked) == 2
        base = desk.ago.base(BTC)
        assert base is not None
        assert base.price == desk.expected()

    play(scene)


def test_only_of_what_trades_around_the_clock() -> None:
    async def scene(desk: Scene) -> None:
        desk.ago.want_24h([STOCK, EURO])
        await desk.clock.advance(1.0)
        assert desk.asked == [["EURUSD"]]
        assert desk.ago.base(STOCK) is None

    play(scene)


@pytest.mark.parametrize(("key", "known"), [(EURO, True), (BTC, False)])
def test_over_a_weekend_the_last_price_before_it_stands(key: InstrumentKey, known: bool) -> None:
    async def scene(desk: Scene) -> None:
        desk.gap_s = 2 * 86_400
        desk.ago.want_24h([key])
        await desk.clock.advance(1.0)
        assert (desk.ago.base(key) is not None) is known

    play(scene)


def test_what_is_refused_is_not_asked_for_again_on_that_day() -> None:
    async def scene(desk: Scene) -> None:
        desk.fault = VendorError("No.", vendor="alltick", verdict=Verdict.NOT_IN_PLAN, call="kline")
        for _ in range(5):
            desk.ago.want_24h([BTC])
            await desk.clock.advance(60.0)
        assert len(desk.asked) == 1
        desk.fault = None
        desk.ago.begin_anew("alltick")
        desk.ago.want_24h([BTC])
        await desk.clock.advance(1.0)
        assert desk.ago.base(BTC) is not None
        desk.ago.drop([BTC])
        assert desk.ago.base(BTC) is None

    play(scene)


def test_a_failure_backs_off() -> None:
    async def scene(desk: Scene) -> None:
        desk.fault = VendorError("No.", vendor="alltick", verdict=Verdict.NETWORK, call="kline")
        for _ in range(100):
            desk.ago.want_24h([BTC])
            await desk.clock.advance(1.0)
        assert len(desk.asked) == 3

    play(scene)
