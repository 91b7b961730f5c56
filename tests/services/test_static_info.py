"""Reference data: asked for where they are shown, in the fewest calls, and kept for a week."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeClock, settle

from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.reference import StaticInfo
from alltick_desk.services.refusals import REFUSED_S
from alltick_desk.services.static_info import KEEP_MS, StaticInfoService
from alltick_desk.store.figures import FigureStore


def keys(*codes: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in codes]


async def at_once(call: Callable[[], Any], /) -> Any:
    await asyncio.sleep(0)
    return call()


class Scene:
    """A vendor of which two stocks can be named in a call, and nothing else has such data."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.clock = clock
        self.asked: list[list[str]] = []
        self.news: list[str] = []
        self.seen: list[tuple[str, bool]] = []  # what the table then shows
        self.fault: Callable[[Sequence[str]], DeskError | None] = lambda _codes: None
        self.short: set[str] = set()
        self.service = StaticInfoService(
            self,
            FigureStore(folder, clock),
            on_news=lambda key: self.news.append(key.code),
            clock=clock,
            in_thread=at_once,
            on_asking=lambda key: self.seen.append((key.code, self.service.asks(key))),
        )
        self.task = asyncio.get_running_loop().create_task(self.service.run())

    def static_batches(self, keys: Sequence[InstrumentKey]) -> list[list[InstrumentKey]]:
        stocks = [key for key in keys if key.code.endswith(".US")]
        return [stocks[n : n + 2] for n in range(0, len(stocks), 2)]

    async def static_info(self, keys: Sequence[InstrumentKey]) -> list[StaticInfo]:
        codes = [key.code for key in keys]
        self.asked.append(codes)
        if (error := self.fault(codes)) is not None:
            raise error
        return [StaticInfo(code, eps="1.5") for code in codes if code not in self.short]


def play(folder: Path, *scenes: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
    """Play scenes one after the other on the same disk."""

    async def run() -> None:
        clock = FakeClock()
        for scene in scenes:
            desk = Scene(folder, clock)
            await scene(desk)
            desk.task.cancel()
            await settle()

    asyncio.run(run())


def no(verdict: Verdict) -> VendorError:
    return VendorError("No.", vendor="alltick", verdict=verdict, call="static_info")


def test_what_is_shown_is_asked_for_in_the_fewest_calls_and_kept(tmp_path: Path) -> None:
    async def first(desk: Scene) -> None:
        desk.service.want_static(keys("A.US", "BTC", "B.US", "C.US"))
        await desk.clock.advance(5.0)
        assert desk.asked == [["A.US", "B.US"], ["C.US"]]
        assert desk.news == ["A.US", "B.US", "C.US"]
        info = desk.service.info(keys("A.US")[0])
        assert info is not None
        assert info.eps == "1.5"
        desk.service.want_static(keys("A.US", "BTC", "B.US", "C.US"))
        await desk.clock.advance(5.0)
        assert len(desk.asked) == 2

    async def later(desk: Scene) -> None:
        desk.service.want_static(keys("A.US", "D.US"))
        await desk.clock.advance(5.0)
        assert desk.asked == [["D.US"]]
        assert "A.US" in desk.news, "it is known from the disk"
        await desk.clock.advance(KEEP_MS / 1000)
        assert desk.service.info(keys("A.US")[0]) is not None, "old is better than nothing"
        desk.service.want_static(keys("A.US"))
        await desk.clock.advance(5.0)
        assert desk.asked == [["D.US"], ["A.US"]]

    play(tmp_path, first, later)


def test_what_is_scrolled_past_is_not_paid_for(tmp_path: Path) -> None:
    async def scene(desk: Scene) -> None:
        desk.service.want_static(keys("A.US", "B.US"))
        await desk.clock.advance(0.1)
        desk.service.want_static(keys("C.US"))
        await desk.clock.advance(5.0)
        assert desk.asked == [["C.US"]]

    play(tmp_path, scene)


def test_a_refused_code_is_remembered_for_the_day_or_until_the_plan_changes(
    tmp_path: Path,
) -> None:
    async def scene(desk: Scene) -> None:
        desk.fault = lambda codes: no(Verdict.NOT_IN_PLAN) if "B.US" in codes else None
        desk.short = {"C.US"}
        shown = keys("A.US", "B.US", "C.US")
        for _ in range(3):
            desk.service.want_static(shown)
            await desk.clock.advance(5.0)
        assert desk.asked == [["A.US", "B.US"], ["A.US"], ["B.US"], ["C.US"]]
        desk.service.begin_anew("alltick")
        desk.service.want_static(shown)
        await desk.clock.advance(5.0)
        assert desk.asked[4:] == [["B.US", "C.US"], ["B.US"], ["C.US"]]
        await desk.clock.advance(REFUSED_S)
        desk.service.want_static(shown)
        await desk.clock.advance(5.0)
        assert len(desk.asked) == 10

    play(tmp_path, scene)


def test_a_failure_backs_off_however_often_it_is_wanted(tmp_path: Path) -> None:
    async def scene(desk: Scene) -> None:
        desk.fault = lambda _codes: no(Verdict.NETWORK)
        for _ in range(100):
            desk.service.want_static(keys("A.US"))
            await desk.clock.advance(1.0)
        assert len(desk.asked) == 3  # at once, after 15 s, after a minute more
        desk.fault = lambda _codes: None
        await desk.clock.advance(300.0)
        assert desk.news == ["A.US"]

    play(tmp_path, scene)


def test_who_is_asked_for_can_be_told_and_nobody_else(tmp_path: Path) -> None:
    async def scene(desk: Scene) -> None:
        stock, coin = keys("A.US", "BTC")
        desk.short = {"B.US"}
        for _ in range(3):
            desk.service.want_static(keys("A.US", "BTC", "B.US"))
            assert not desk.service.asks(keys("C.US")[0])
            await desk.clock.advance(1.0)
        # A coin has none: that is known with the first call, and told once.
        assert desk.seen[:3] == [("A.US", True), ("BTC", True), ("B.US", True)]
        assert sorted(desk.seen[3:]) == [("A.US", False), ("B.US", False), ("BTC", False)]
        assert not desk.service.asks(stock)
        assert not desk.service.asks(coin)

    play(tmp_path, scene)


def test_rows_are_asked_for_in_the_order_in_which_they_matter(tmp_path: Path) -> None:
    async def scene(desk: Scene) -> None:
        rows = [f"{number}.US" for number in range(100)]
        desk.service.want_static(keys("50.US", "51.US", *rows))
        await desk.clock.advance(5.0)
        assert desk.asked[:2] == [["50.US", "51.US"], ["0.US", "1.US"]]
        await desk.clock.advance(5.0)
        assert len({code for codes in desk.asked for code in codes}) == 100
        assert len(desk.asked) == 50

    play(tmp_path, scene)


@pytest.mark.parametrize("failing", [True, False])
def test_one_vendors_trouble_keeps_nobody_waiting_for_another(
    tmp_path: Path, failing: bool
) -> None:
    other = InstrumentKey("itick", "US$A")

    class Two(Scene):
        """Of the first vendor a call fails, or waits for ever: its day is used up."""

        def static_batches(self, keys: Sequence[InstrumentKey]) -> list[list[InstrumentKey]]:
            return [[key] for key in keys]

        async def static_info(self, keys: Sequence[InstrumentKey]) -> list[StaticInfo]:
            if keys[0].vendor == "alltick" and not failing:
                await asyncio.Event().wait()
            return await super().static_info(keys)

    async def run() -> None:
        desk = Two(tmp_path, FakeClock())
        desk.fault = lambda codes: no(Verdict.TOKEN) if "A.US" in codes else None
        for _ in range(5):
            desk.service.want_static([*keys("A.US"), other])
            await desk.clock.advance(1.0)
        assert desk.news == ["US$A"]
        desk.task.cancel()
        await settle()

    asyncio.run(run())


def test_an_answer_that_cannot_be_read_is_asked_for_again_in_an_hour(tmp_path: Path) -> None:
    async def scene(desk: Scene) -> None:
        desk.fault = lambda codes: ProtocolError("It means nothing.") if "A.US" in codes else None
        for _ in range(60):
            desk.service.want_static(keys("A.US", "B.US"))
            await desk.clock.advance(60.0)
        assert desk.asked[:2] == [["A.US", "B.US"], ["A.US", "B.US"]]  # it may have been the line
        assert set(map(tuple, desk.asked[2:])) == {("A.US",), ("B.US",)}
        assert desk.news == ["B.US"]
        desk.fault = lambda _codes: None
        await desk.clock.advance(60.0)
        desk.service.want_static(keys("A.US", "B.US"))
        await desk.clock.advance(60.0)
        assert desk.news == ["B.US", "A.US"]

    play(tmp_path, scene)
