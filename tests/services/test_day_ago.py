"""The price of 24 hours ago: one call for a day of bars, good for the day that follows."""

import asyncio
from array import array
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeClock

from alltick_desk.errors import DeskError, VendorError, Verdict
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.services.day_ago import DayAgo
from alltick_desk.services.day_ago_kept import MOST, DayOfBars, KnownDays
from alltick_desk.store.figures import FigureStore, KeptDay

BTC, EURO, STOCK = (InstrumentKey("alltick", code) for code in ("BTCUSDT", "EURUSD", "A.US"))
MARKETS = {BTC: Market.CRYPTO, EURO: Market.FOREX, STOCK: Market.US_STOCK}
HOUR_S = 3600.0


async def at_once(call: Callable[[], Any], /) -> Any:
    await asyncio.sleep(0)
    return call()


class Scene:
    """A vendor whose price is the number of five minutes since 1970."""

    def __init__(self, folder: Path | None = None, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        # Without a folder nothing is kept: no file can be made there.
        store = FigureStore(folder or Path("nowhere"), self.clock, writes=folder is not None)
        self.known = KnownDays(store, clock=self.clock, in_thread=at_once)
        self.asked: list[list[str]] = []
        self.news: list[str] = []
        self.fault: DeskError | None = None
        self.gap_s = 0  # of the newest bars, as over a weekend
        self.ago = DayAgo(
            self,
            self.known,
            on_news=lambda key: self.news.append(key.code),
            clock=self.clock,
        )

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


def play(
    scene: Callable[[Scene], Coroutine[Any, Any, None]],
    folder: Path | None = None,
    clock: FakeClock | None = None,
) -> None:
    async def run() -> None:
        desk = Scene(folder, clock)
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
        desk.ago.want_24h([BTC])
        await desk.clock.advance(1.0)
        assert len(desk.asked) == 2  # it is known yet when somebody looks again

    play(scene)


def test_a_failure_backs_off() -> None:
    async def scene(desk: Scene) -> None:
        desk.fault = VendorError("No.", vendor="alltick", verdict=Verdict.NETWORK, call="kline")
        for _ in range(100):
            desk.ago.want_24h([BTC])
            await desk.clock.advance(1.0)
        assert len(desk.asked) == 3

    play(scene)


async def first_run(desk: Scene) -> None:
    """Learn the price of one instrument and save it."""
    desk.ago.want_24h([BTC])
    await desk.clock.advance(1.0)
    assert desk.ago.base(BTC) is not None
    await desk.known.save()


@pytest.mark.parametrize(("hours", "calls"), [(1.0, 0), (23.0, 0), (25.0, 1)])
def test_the_next_run_asks_for_none_that_is_still_of_use(
    tmp_path: Path, hours: float, calls: int
) -> None:
    async def second_run(desk: Scene) -> None:
        await desk.clock.advance(hours * HOUR_S)
        desk.ago.want_24h([BTC])
        await desk.clock.advance(1.0)
        assert len(desk.asked) == calls
        assert desk.news == ["BTCUSDT"]
        base = desk.ago.base(BTC)
        assert base is not None
        assert base.price == desk.expected()

    clock = FakeClock()
    play(first_run, tmp_path, clock)
    play(second_run, tmp_path, clock)


def test_what_is_too_old_is_not_saved_again(tmp_path: Path) -> None:
    async def second_run(desk: Scene) -> None:
        await desk.clock.advance(25 * HOUR_S)
        desk.ago.want_24h([EURO])
        await desk.clock.advance(1.0)
        await desk.known.save()
        kept = FigureStore(tmp_path, desk.clock).load_days("alltick")
        assert [each.code for each in kept] == ["EURUSD"]

    clock = FakeClock()
    play(first_run, tmp_path, clock)
    play(second_run, tmp_path, clock)


def test_after_the_bars_end_no_price_is_claimed() -> None:
    async def scene(desk: Scene) -> None:
        desk.ago.want_24h([EURO])
        await desk.clock.advance(1.0)
        assert desk.ago.base(EURO) is not None
        await desk.clock.advance(30 * HOUR_S)  # nobody looked meanwhile
        assert desk.ago.base(EURO) is None

    play(scene)


@pytest.mark.parametrize(
    ("ends_s", "closes"),
    [([1, 2], [1.0]), ([2, 1], [1.0, 1.0]), ([-5, 1], [1.0, 1.0]), ([1, 2], [1.0, float("inf")])],
)
def test_a_file_that_somebody_edited_is_not_believed(
    tmp_path: Path, ends_s: list[int], closes: list[float]
) -> None:
    class Edited(FigureStore):
        def load_days(self, vendor: str) -> list[KeptDay]:
            return [KeptDay("BTCUSDT", clock.wall_ms(), ends_s, closes)]

    clock = FakeClock()
    known = KnownDays(Edited(tmp_path, clock), clock=clock, in_thread=at_once)
    asyncio.run(known.load("alltick"))
    assert known.get(BTC) is None


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    clock = FakeClock()
    known = KnownDays(FigureStore(tmp_path, clock), clock=clock, in_thread=at_once)
    keys = [InstrumentKey("alltick", str(number)) for number in range(MOST + 1)]
    for key in keys:
        known.note(key, DayOfBars(clock.wall_ms(), array("q"), array("d")))
    assert known.get(keys[0]) is None
    assert known.get(keys[1]) is not None


def test_what_is_too_old_is_neither_loaded_nor_saved(tmp_path: Path) -> None:
    async def run() -> None:
        clock = FakeClock()
        store = FigureStore(tmp_path, clock)
        now_ms = clock.wall_ms()
        old = KeptDay("BTCUSDT", now_ms - 86_400_000, [1], [1.0])
        future = KeptDay("ETHUSDT", now_ms + 60_000, [1], [1.0])
        store.save_days("alltick", [old, future])
        known = KnownDays(store, clock=clock, in_thread=at_once)
        await known.load("alltick")
        assert known.get(BTC) is None
        assert known.get(InstrumentKey("alltick", "ETHUSDT")) is None
        known.note(BTC, DayOfBars(now_ms - 86_400_000, array("q", [1000]), array("d", [1.0])))
        known.note(EURO, DayOfBars(now_ms, array("q", [1000]), array("d", [1.0])))
        await known.save()
        assert [each.code for each in store.load_days("alltick")] == ["EURUSD"]

    asyncio.run(run())
