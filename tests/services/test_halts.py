"""The lists of halted stocks: which are asked for and when, and what they tell of a code."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from fakes import FakeClock

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.model.calendar import exchange_zone
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.reference import Suspension, SuspensionPage
from alltick_desk.services.halts import (
    AGAIN_S,
    FIRST_S,
    MOST_PAGES,
    PACE_S,
    HaltService,
    read_halt,
)
from alltick_desk.services.market_hours import MarketState, Phase
from alltick_desk.vendors.alltick import ALLTICK

SH, US, HK = (InstrumentKey("alltick", code) for code in ("600519.SH", "TSLA.US", "700.HK"))
MONDAY = 1_767_605_400_000  # 2026-01-05 09:30 UTC


class Told:
    """The hours as a test tells them."""

    phase = Phase.OPEN

    def state(self, market: Market, now_ms: int) -> MarketState:
        assert market in {Market.CN_STOCK, Market.US_STOCK}
        assert now_ms > 0
        return MarketState(self.phase)


class Lists:
    """What the vendor answers, by list; it notes every call."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.up = True
        self.calls: list[tuple[float, str, int]] = []
        self.rows: dict[str, tuple[Suspension, ...]] = {}
        self.pages = 1
        self.error: VendorError | None = None

    def connected(self, vendor: str) -> bool:
        assert vendor == "alltick"
        return self.up

    async def suspensions(self, vendor: str, name: str, page: int) -> SuspensionPage:
        assert vendor == "alltick"
        self.calls.append((self.clock.monotonic(), name, page))
        if self.error is not None:
            raise self.error
        rows = self.rows.get(name, ()) if page == self.pages else ()
        return SuspensionPage(rows, page + 1 if page < self.pages else None)


class Scene:
    """A service that runs, and all that it asks."""

    def __init__(self, *watched: InstrumentKey) -> None:
        self.clock = FakeClock()
        self.lists = Lists(self.clock)
        self.hours = Told()
        self.news = 0
        self.watched = list(watched)
        self.service = HaltService(
            {"alltick": ALLTICK},
            self.lists,
            watched=lambda: self.watched,
            hours=self.hours,
            on_news=self._note,
            clock=self.clock,
        )

    def _note(self) -> None:
        self.news += 1

    def names(self) -> list[str]:
        return [name for _, name, _ in self.lists.calls]


def play(scene: Scene, scenario: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        task = asyncio.create_task(scene.service.run())  # noqa: TID251 - cancelled below
        try:
            await scene.clock.advance(0.0)
            await scenario()
        finally:
            task.cancel()

    asyncio.run(run())


def halt(code: str = "600519.SH", **fields: str) -> Suspension:
    return Suspension(code=code, **{"publish_date": "2026-01-05", **fields})


def test_only_lists_that_could_name_a_watched_code_are_asked_for_one_a_minute() -> None:
    scene = Scene(HK, SH)

    async def scenario() -> None:
        await scene.clock.advance(FIRST_S - 1)
        assert scene.names() == []  # what fills the screen comes first
        await scene.clock.advance(20 * 60)
        assert scene.names() == ["sse"]
        scene.watched.append(US)
        await scene.clock.advance(5 * 60)
        assert sorted(scene.names()) == ["nasdaq", "nyse", "sse"]
        times = [at for at, _, _ in scene.lists.calls]
        assert min(b - a for a, b in itertools.pairwise(times)) >= 60
        assert scene.news == 3

    play(scene, scenario)


def test_a_list_comes_again_while_its_market_is_open_and_rests_while_it_is_closed() -> None:
    scene = Scene(SH)

    async def scenario() -> None:
        await scene.clock.advance(FIRST_S + AGAIN_S + 2 * PACE_S)
        assert scene.names() == ["sse"] * 2
        scene.hours.phase = Phase.CLOSED
        await scene.clock.advance(10 * AGAIN_S)
        assert scene.names() == ["sse"] * 2
        scene.hours.phase = Phase.OPEN
        await scene.clock.advance(2 * PACE_S)
        assert scene.names() == ["sse"] * 3

    play(scene, scenario)


def test_a_day_of_the_smallest_plan_has_room_for_it() -> None:
    scene = Scene(SH, US)

    async def scenario() -> None:
        await scene.clock.advance(86_400)
        assert len(scene.lists.calls) < 150  # of the thousand that Free has

    play(scene, scenario)


def test_a_list_that_does_not_come_is_left_alone_for_an_hour_or_for_good() -> None:
    scene = Scene(SH)
    scene.lists.error = VendorError("No.", vendor="alltick", verdict=Verdict.SERVER, call="x")

    async def scenario() -> None:
        await scene.clock.advance(1800)
        assert scene.names() == ["sse"]
        await scene.clock.advance(3600)
        assert scene.names() == ["sse"] * 2
        scene.lists.error = VendorError(
            "No.", vendor="alltick", verdict=Verdict.NOT_IN_PLAN, call="x"
        )
        await scene.clock.advance(86_400)
        assert scene.names() == ["sse"] * 3
        assert scene.news == 0
        assert scene.service.halt(SH) is None

    play(scene, scenario)


def test_nobody_is_asked_while_the_vendor_is_not_connected() -> None:
    scene = Scene(SH)
    scene.lists.up = False

    async def scenario() -> None:
        await scene.clock.advance(600)
        assert scene.names() == []

    play(scene, scenario)


def test_a_few_pages_are_read_and_no_more() -> None:
    scene = Scene(SH)
    scene.lists.pages = 2
    scene.lists.rows["sse"] = (halt(halt_date="2026-01-01"),)

    async def scenario() -> None:
        await scene.clock.advance(FIRST_S + 2 * PACE_S)
        assert [page for _, _, page in scene.lists.calls] == [1, 2]
        assert scene.service.halt(SH) is not None
        scene.lists.pages = 99
        await scene.clock.advance(AGAIN_S + 10 * PACE_S)
        assert max(page for _, _, page in scene.lists.calls) == MOST_PAGES

    play(scene, scenario)


def test_the_newest_halt_of_a_code_counts_and_it_ends_when_it_resumes() -> None:
    scene = Scene(SH)
    scene.lists.rows["sse"] = (
        halt(halt_date="2020-01-02", resume_date="2020-01-03", resume_time="09:30:00"),
        halt(halt_date="2020-01-01"),
    )

    async def scenario() -> None:
        now = scene.clock.wall_ms()
        found = read_halt(scene.lists.rows["sse"][0])
        assert found.until_ms is not None
        assert found.until_ms < now
        await scene.clock.advance(FIRST_S)
        assert scene.names() == ["sse"]
        assert scene.service.halt(SH) is None
        scene.lists.rows["sse"] = (halt(halt_date="2020-01-02", resume_date="2099-01-01"),)
        await scene.clock.advance(AGAIN_S + PACE_S)
        lasting = scene.service.halt(SH)
        assert lasting is not None
        assert lasting.since == "2020-01-02"
        assert scene.service.halt(InstrumentKey("itick", SH.code)) == lasting
        assert scene.service.halt(US) is None

    play(scene, scenario)


DAY_MS = 86_400_000
MIDNIGHT = MONDAY - int(17.5 * 3_600_000)  # 2026-01-05 00:00 in Shanghai


@pytest.mark.parametrize(
    ("told", "since", "timed", "over_ms"),
    [
        # Of that day nobody knows which price was made before the halt: it takes one of the next.
        (halt(halt_date="2026-01-05"), "2026-01-05", False, MIDNIGHT + DAY_MS),
        (halt("AAPL.US"), "2026-01-05", False, MIDNIGHT + 13 * 3_600_000 + DAY_MS),
        (halt(halt_date="2026-01-05", halt_time="9:30"), "2026-01-05 9:30", True, None),
        (halt(publish_date="soon"), "", False, None),
        (halt(halt_date="9999-12-31"), "9999-12-31", False, None),
    ],
)
def test_a_date_alone_is_a_day_of_the_exchange(
    told: Suspension, since: str, timed: bool, over_ms: int | None
) -> None:
    found = read_halt(told)
    assert (found.since, found.timed) == (since, timed)
    assert found.over_ms == (found.since_ms if timed else over_ms)


def test_a_price_that_is_newer_than_the_news_of_a_halt_tells_that_it_is_over() -> None:
    scene = Scene(SH)

    async def scenario() -> None:
        today = datetime.fromtimestamp(scene.clock.wall_ms() / 1000, UTC).astimezone(
            exchange_zone(Market.CN_STOCK)
        )
        dated = halt(halt_date=today.date().isoformat())
        scene.lists.rows["sse"] = (dated,)
        await scene.clock.advance(FIRST_S)
        first = scene.service.halt(SH)
        assert first is not None
        assert first.over_ms == scene.clock.wall_ms()
        await scene.clock.advance(AGAIN_S + PACE_S)  # it is on the list again
        assert len(scene.lists.calls) == 2
        assert scene.service.halt(SH) == first

    play(scene, scenario)


@pytest.mark.parametrize(
    ("told", "since_ms", "until_ms"),
    [
        # 09:30 in Shanghai is 01:30 UTC; a day without a time begins at midnight there.
        (halt(halt_date="2026-01-05", halt_time="09:30:00"), MONDAY - 8 * 3_600_000, None),
        (halt(halt_date="20260105", halt_time="09:30"), MONDAY - 8 * 3_600_000, None),
        (halt(halt_date="2026-01-05 09:30:00"), MONDAY - 8 * 3_600_000, None),
        (halt(), MONDAY - 17.5 * 3_600_000, None),
        (halt("AAPL.US", halt_date="01/05/2026", halt_time="04:30:00.123"), MONDAY, None),
        (halt(publish_date="soon"), None, None),
        (halt(halt_date="2026-02-31", publish_date=""), None, None),
        (halt(halt_date="2026-01-05", halt_time="99:99"), None, None),
        (
            halt(halt_date="2026-01-05", halt_time="09:30", resume_date="2026-01-05 13:00:00"),
            MONDAY - 8 * 3_600_000,
            MONDAY - 4.5 * 3_600_000,
        ),
    ],
)
def test_times_are_read_however_they_are_written(
    told: Suspension, since_ms: float | None, until_ms: float | None
) -> None:
    found = read_halt(told)
    assert (found.since_ms, found.until_ms) == (since_ms, until_ms)
