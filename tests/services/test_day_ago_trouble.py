"""The price of 24 hours ago: what one code's or one vendor's trouble costs the others."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeClock

from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.services.day_ago import DayAgo
from alltick_desk.services.day_ago_kept import KnownDays
from alltick_desk.store.figures import FigureStore

COINS = [InstrumentKey("itick", f"C{number}") for number in range(8)]
BAD = COINS[2]
OTHER = InstrumentKey("alltick", "BTCUSDT")


async def at_once(call: Callable[[], Any], /) -> Any:
    await asyncio.sleep(0)
    return call()


class Scene:
    """A vendor that is asked for all coins at once, and another one."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.asked: list[list[str]] = []
        self.fault: Callable[[Sequence[InstrumentKey]], DeskError | None] = lambda _keys: None
        self.waits: set[str] = set()  # vendors whose day is used up
        store = FigureStore(Path("nowhere"), self.clock, writes=False)
        known = KnownDays(store, clock=self.clock, in_thread=at_once)
        self.ago = DayAgo(self, known, on_news=lambda _key: None, clock=self.clock)

    def market(self, key: InstrumentKey) -> Market:
        return Market.CRYPTO

    def day_batches(self, keys: Sequence[InstrumentKey], count: int) -> list[list[InstrumentKey]]:
        vendors = sorted({key.vendor for key in keys})
        return [[key for key in keys if key.vendor == vendor] for vendor in vendors]

    async def day_bars(
        self, keys: Sequence[InstrumentKey], interval: Interval, count: int
    ) -> dict[InstrumentKey, list[Candle]]:
        self.asked.append([key.code for key in keys])
        if keys[0].vendor in self.waits:
            await asyncio.Event().wait()
        if (error := self.fault(keys)) is not None:
            raise error
        last = self.clock.wall_ms() // 300_000
        bars = [Candle(300 * n, "1", "1", "1", "2", "", "") for n in range(last - count, last + 1)]
        return dict.fromkeys(keys, bars)

    async def look(self, keys: Sequence[InstrumentKey], seconds: int) -> None:
        """Have the rows in sight, which are wanted anew each second."""
        for _ in range(seconds):
            self.ago.want_24h(keys)
            await self.clock.advance(1.0)

    def known(self, keys: Sequence[InstrumentKey]) -> list[InstrumentKey]:
        return [key for key in keys if self.ago.base(key) is not None]


def play(scene: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        desk = Scene()
        task = asyncio.get_running_loop().create_task(desk.ago.run())
        await scene(desk)
        assert not task.done()
        task.cancel()

    asyncio.run(run())


def no(verdict: Verdict, vendor: str = "itick") -> VendorError:
    return VendorError("No.", vendor=vendor, verdict=verdict, call="klines")


@pytest.mark.parametrize("fault", [no(Verdict.UNKNOWN_CODE), no(Verdict.NOT_IN_PLAN)])
def test_a_code_that_is_refused_costs_no_other_its_price(fault: DeskError) -> None:
    async def scene(desk: Scene) -> None:
        desk.fault = lambda keys: fault if BAD in keys else None
        await desk.look(COINS, 10)
        assert desk.known(COINS) == [key for key in COINS if key != BAD]
        assert len(desk.asked) == 7, "eight, four, two, one, one, two, four"
        await desk.look(COINS, 600)
        assert len(desk.asked) == 7

    play(scene)


@pytest.mark.parametrize("bad", [COINS[0], BAD, COINS[-1]])
def test_a_code_that_cannot_be_read_costs_the_others_a_moment(bad: InstrumentKey) -> None:
    async def scene(desk: Scene) -> None:
        desk.fault = lambda keys: ProtocolError("Unread.") if bad in keys else None
        await desk.look(COINS, 60)
        assert desk.known(COINS) == [key for key in COINS if key != bad]
        calls = len(desk.asked)
        desk.fault = lambda _keys: None
        await desk.look(COINS, 60)
        assert len(desk.asked) == calls
        await desk.clock.advance(3600.0)
        await desk.look(COINS, 1)
        assert desk.known(COINS) == COINS

    play(scene)


def test_a_network_that_answers_everything_by_itself_costs_little_and_no_time() -> None:
    async def scene(desk: Scene) -> None:
        desk.fault = lambda _keys: ProtocolError("A network wants a login first.")
        await desk.look(COINS, 50)
        assert len(desk.asked) <= 4  # the batch, and again with the first and the last alone
        desk.fault = lambda _keys: None
        await desk.look(COINS, 60)
        assert desk.known(COINS) == COINS

    play(scene)


@pytest.mark.parametrize("verdict", [Verdict.TOKEN, Verdict.NETWORK, Verdict.SERVER, Verdict.RATE])
def test_a_vendor_that_fails_keeps_nobody_waiting_for_another(verdict: Verdict) -> None:
    async def scene(desk: Scene) -> None:
        desk.fault = lambda keys: no(verdict, "alltick") if OTHER in keys else None
        await desk.look([OTHER, *COINS], 5)
        assert desk.known(COINS) == COINS

    play(scene)


def test_nor_does_one_whose_day_is_used_up() -> None:
    async def scene(desk: Scene) -> None:
        desk.waits = {"alltick"}
        await desk.look([OTHER, *COINS], 5)
        assert desk.known(COINS) == COINS
        desk.waits = set()
        await desk.look([OTHER], 1)
        assert desk.known([OTHER]) == [], "its call still waits"

    play(scene)
