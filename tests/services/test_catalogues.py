"""The vendors' lists: fetched once a week behind everything else, kept, and told of."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import pytest
from fakes import FakeClock, settle

from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.model.instrument import Catalogue, Instrument, InstrumentKey, Market
from alltick_desk.model.reference import TradingDay
from alltick_desk.services.catalogues import PACE_S, RETRY_S, WEEK_MS, CatalogueService
from alltick_desk.store.reference import ReferenceStore
from alltick_desk.vendors.base import Capabilities

T = TypeVar("T")

NEW_YEAR_MS = 1_767_225_600_000  # 2026-01-01 00:00 UTC: 08:00 in Hong Kong, not yet in New York
KEY = InstrumentKey("itick", "700.HK")


def capabilities(directories: tuple[str, ...], calendars: tuple[str, ...]) -> Capabilities:
    return Capabilities(
        families=("stock",),
        heartbeat_s=20.0,
        silence_s=60.0,
        replaces_subscription=False,
        intervals=MappingProxyType({}),
        pages_history=frozenset(),
        shows_direction=frozenset(),
        book_levels=MappingProxyType({}),
        directories=directories,
        calendars=calendars,
    )


class FakeVendor:
    title = "iTick"

    def __init__(self, directories: tuple[str, ...], calendars: tuple[str, ...]) -> None:
        self.capabilities = capabilities(directories, calendars)

    def region_of(self, code: str) -> str:
        return code.rpartition(".")[2]


class FakeLists:
    """Answers with one instrument a list, named after it, and one holiday a region."""

    def __init__(self) -> None:
        self.online = True
        self.asked: list[str] = []
        self.error: DeskError | None = None
        self.days: list[TradingDay] = []

    def connected(self, vendor: str) -> bool:
        assert vendor == "itick"
        return self.online

    async def directory(self, vendor: str, name: str) -> list[Instrument]:
        self._ask(name)
        return [Instrument(f"{name}.X", f"The {vendor} {name}")]

    async def trading_days(self, vendor: str, region: str) -> list[TradingDay]:
        assert vendor == "itick"
        self._ask(region)
        return self.days

    def _ask(self, name: str) -> None:
        self.asked.append(name)
        if self.error is not None:
            raise self.error


async def in_thread(call: Callable[[], T], /) -> T:
    return call()


class Scene:
    def __init__(
        self, folder: Path, lists: tuple[str, ...] = ("A", "B"), regions: tuple[str, ...] = ()
    ) -> None:
        self.clock = FakeClock(wall_ms=NEW_YEAR_MS)
        self.catalogue = Catalogue([Instrument("700.HK", "Tencent", "腾讯", Market.HK_STOCK)])
        self.lists = FakeLists()
        self.told = 0
        self.folder = folder
        self.make(lists, regions)

    def make(self, lists: tuple[str, ...], regions: tuple[str, ...]) -> None:
        """Begin another run on the same disk."""
        vendors = {"itick": FakeVendor(lists, regions), "alltick": FakeVendor((), ())}
        self.service = CatalogueService(
            vendors,
            self.catalogue,
            ReferenceStore(self.folder, self.clock),
            self.lists,
            on_names=self._tell,
            clock=self.clock,
            in_thread=in_thread,
        )

    def _tell(self) -> None:
        self.told += 1


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., None]:
    def run_it(
        scene: Callable[[Scene], Awaitable[None]],
        *,
        lists: tuple[str, ...] = ("A", "B"),
        regions: tuple[str, ...] = (),
    ) -> None:
        async def run() -> None:
            stage = Scene(tmp_path, lists, regions)
            await scene(stage)

        asyncio.run(run())

    return run_it


class Running:
    """A service at work, for as long as the block lasts."""

    def __init__(self, service: CatalogueService) -> None:
        self._service = service

    async def __aenter__(self) -> None:
        work: Coroutine[Any, Any, None] = self._service.run()
        self._task = asyncio.get_running_loop().create_task(work)
        await settle()

    async def __aexit__(self, *_: object) -> None:
        assert not self._task.done(), self._task
        self._task.cancel()
        await settle()


def test_lists_come_one_at_a_time_and_then_for_a_week_no_more(play: Callable[..., None]) -> None:
    async def scene(desk: Scene) -> None:
        async with Running(desk.service):
            assert desk.lists.asked == []
            await desk.clock.advance(PACE_S)
            assert desk.lists.asked == ["A"]
            await desk.clock.advance(PACE_S)
            assert desk.lists.asked == ["A", "B"]
            assert desk.catalogue.get("A.X").name_en == "The itick A"
            assert desk.told == 2
            await desk.clock.advance(3600.0)
            assert len(desk.lists.asked) == 2
            desk.clock.set_wall_ms(desk.clock.wall_ms() + WEEK_MS)
            await desk.clock.advance(2 * PACE_S)
            assert desk.lists.asked == ["A", "B", "A", "B"]
            assert desk.told == 2, "nothing new"

    play(scene)


def test_the_next_run_takes_them_from_disk(play: Callable[..., None]) -> None:
    async def scene(desk: Scene) -> None:
        async with Running(desk.service):
            await desk.clock.advance(2 * PACE_S)
        desk.catalogue = Catalogue([])
        desk.make(("A", "B"), ())
        async with Running(desk.service):
            assert "A.X" in desk.catalogue
            assert "B.X" in desk.catalogue
            await desk.clock.advance(10 * PACE_S)
            assert len(desk.lists.asked) == 2

    play(scene)


def test_a_list_from_the_future_is_fetched_again(play: Callable[..., None]) -> None:
    async def scene(desk: Scene) -> None:
        async with Running(desk.service):
            await desk.clock.advance(PACE_S)
            desk.clock.set_wall_ms(NEW_YEAR_MS - WEEK_MS)
            await desk.clock.advance(PACE_S)
            assert desk.lists.asked == ["A", "A"]

    play(scene, lists=("A",))


def test_nobody_is_asked_while_not_connected(play: Callable[..., None]) -> None:
    async def scene(desk: Scene) -> None:
        desk.lists.online = False
        async with Running(desk.service):
            await desk.clock.advance(10 * PACE_S)
            assert desk.lists.asked == []
            desk.lists.online = True
            await desk.clock.advance(PACE_S)
            assert desk.lists.asked == ["A"]

    play(scene)


@pytest.mark.parametrize("verdict", [Verdict.NETWORK, Verdict.RATE, Verdict.TOKEN])
def test_what_failed_is_tried_again_an_hour_later(
    play: Callable[..., None], verdict: Verdict
) -> None:
    async def scene(desk: Scene) -> None:
        desk.lists.error = VendorError("No.", vendor="itick", verdict=verdict, call="list")
        async with Running(desk.service):
            await desk.clock.advance(PACE_S)
            desk.lists.error = None
            await desk.clock.advance(RETRY_S - 1.0)
            assert desk.lists.asked == ["A"]
            await desk.clock.advance(PACE_S)
            assert desk.lists.asked == ["A", "A"]
            assert "A.X" in desk.catalogue

    play(scene, lists=("A",))


@pytest.mark.parametrize(
    "error",
    [
        VendorError("No.", vendor="itick", verdict=Verdict.NOT_IN_PLAN, call="list"),
        ProtocolError("It means nothing."),
    ],
)
def test_what_can_never_work_costs_one_call_a_run(
    play: Callable[..., None], error: DeskError
) -> None:
    async def scene(desk: Scene) -> None:
        desk.lists.error = error
        async with Running(desk.service):
            await desk.clock.advance(4 * RETRY_S)
            assert desk.lists.asked == ["A", "B"]

    play(scene)


def test_a_full_disk_keeps_nobody_from_the_names(play: Callable[..., None], tmp_path: Path) -> None:
    async def scene(desk: Scene) -> None:
        async with Running(desk.service):
            (tmp_path / "itick").write_text("in the way", encoding="utf-8")
            await desk.clock.advance(2 * RETRY_S)
            assert desk.lists.asked == ["A", "B"]
            assert "B.X" in desk.catalogue

    play(scene)


# Holidays


def day(date: str, name: str = "New Year's Day", zone: str = "Asia/Hong_Kong") -> TradingDay:
    return TradingDay("HK", date, name, "09:30-12:00|13:00-16:00", zone)


def test_a_holiday_is_told_while_it_lasts_in_the_markets_zone(play: Callable[..., None]) -> None:
    async def scene(desk: Scene) -> None:
        desk.lists.days = [day("2025-12-25", "Christmas"), day("2026-01-01")]
        assert desk.service.holiday(KEY) == ""
        async with Running(desk.service):
            await desk.clock.advance(PACE_S)
        told = "By iTick's calendar today is a holiday: New Year's Day."
        assert desk.service.holiday(KEY) == told
        assert desk.service.holiday(InstrumentKey("itick", "AAPL.US")) == ""
        assert desk.service.holiday(InstrumentKey("alltick", "700.HK")) == ""
        assert desk.service.holiday(InstrumentKey("elsewhere", "700.HK")) == ""
        desk.clock.set_wall_ms(NEW_YEAR_MS + 16 * 3_600_000)  # midnight in Hong Kong
        assert desk.service.holiday(KEY) == ""
        desk.clock.set_wall_ms(NEW_YEAR_MS)
        desk.make((), ("HK",))
        async with Running(desk.service):
            assert desk.service.holiday(KEY) == told, "from disk"

    play(scene, lists=(), regions=("HK",))


@pytest.mark.parametrize(
    "days",
    [
        [],
        [day("2026-01-01", name="")],
        [day("2026-01-01", zone="")],
        [day("2026-01-01", zone="Nowhere/At All")],
        [day("2026-01-01", zone="../etc")],
    ],
)
def test_what_cannot_be_said_truthfully_is_not_said(
    play: Callable[..., None], days: list[TradingDay]
) -> None:
    async def scene(desk: Scene) -> None:
        desk.lists.days = days
        async with Running(desk.service):
            await desk.clock.advance(PACE_S)
            assert desk.lists.asked == ["HK"]
            assert desk.service.holiday(KEY) == ""

    play(scene, lists=(), regions=("HK",))
