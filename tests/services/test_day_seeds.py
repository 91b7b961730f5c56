"""What the store has of a row's day: of bars of several lengths, and honest about holes."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

import numpy as np
import pytest
from fakes import FakeClock, settle

from alltick_desk.model.calendar import day_start, session_date
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.services.day_seeds import DaySeed, DaySeeds
from alltick_desk.services.rows import QuoteRow
from alltick_desk.store.candle_columns import StoredCandles
from alltick_desk.store.candle_values import SeriesFacts, Span

KEY = InstrumentKey("alltick", "700.HK")
HK = Market.HK_STOCK
M1, M5 = Interval.M1, Interval.M5


class Scene:
    """A store that holds what a test puts there; bars cost the number of minutes of the day."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.day = session_date(self.clock.wall_ms(), HK)
        self.begin_s = day_start(date.fromisoformat(self.day), HK)
        self.clock.now += 43_200 - (self.clock.wall_ms() // 1000 - self.begin_s)  # noon
        self.bars: dict[Interval, list[int]] = {}
        self.spans: dict[Interval, tuple[Span, ...]] = {}
        self.asked: list[Interval] = []
        self.seeds: list[DaySeed] = []
        self.row = QuoteRow(KEY)
        self.row.day = self.day
        self.service = DaySeeds(
            self,
            market=lambda _key: HK,
            on_seed=lambda _row, seed: self.seeds.append(seed),
            clock=self.clock,
        )
        self.task = asyncio.get_running_loop().create_task(self.service.run())

    def put(self, interval: Interval, *minutes: int, whole: tuple[int, int] | None = None) -> None:
        """Store bars that begin so many minutes after midnight; ``whole`` is a span of it."""
        self.bars[interval] = [self.begin_s + 60 * minute for minute in minutes]
        if whole is not None:
            self.spans[interval] = (Span(*(self.begin_s + 60 * it for it in whole)),)

    async def facts(self, key: InstrumentKey, interval: Interval) -> SeriesFacts:
        assert key == KEY
        self.asked.append(interval)
        times = self.bars.get(interval, [])
        return SeriesFacts(
            bars=len(times),
            first_s=min(times, default=None),
            last_s=max(times, default=None),
            spans=self.spans.get(interval, ()),
        )

    async def load(
        self, key: InstrumentKey, interval: Interval, count: int, before_s: int | None = None
    ) -> StoredCandles:
        times = [it for it in self.bars[interval] if before_s is None or it < before_s][-count:]
        found = StoredCandles.empty(len(times))
        found.time[:] = times
        found.values[:] = (np.array(times) - self.begin_s) / 60
        return found

    async def seed(self) -> DaySeed:
        self.service.want([self.row])
        await settle()
        return self.seeds[-1]

    def minute(self, at_s: float) -> float:
        """Return a monotonic time in minutes of the day."""
        wall_s = at_s - self.clock.monotonic() + self.clock.wall_ms() / 1000
        return float(round((wall_s - self.begin_s) / 60, 6))


def play(scene: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        desk = Scene()
        await scene(desk)
        assert not desk.task.done()
        desk.task.cancel()

    asyncio.run(run())


def test_the_finest_bars_count_and_coarser_ones_before_them() -> None:
    async def scene(desk: Scene) -> None:
        desk.put(M1, *range(700, 710), whole=(700, 709))
        desk.put(M5, -5, *range(570, 710, 5), whole=(300, 705))
        seed = await desk.seed()
        assert seed.day == desk.day
        assert list(seed.values) == [*range(570, 700, 5), *range(700, 710)]
        assert [desk.minute(at_s) for at_s in seed.times_s][:2] == [575, 580]
        assert desk.minute(seed.times_s[-1]) == 710
        assert desk.minute(seed.whole_s) == 300
        assert desk.minute(seed.until_s) == 710

    play(scene)


@pytest.mark.parametrize(
    ("whole", "since"),
    [((640, 709), 640), ((-600, 709), 0), ((640, 700), 710), ((-600, -1), 710), (None, 710)],
)
def test_nothing_is_called_complete_that_has_holes(
    whole: tuple[int, int] | None, since: int
) -> None:
    async def scene(desk: Scene) -> None:
        desk.put(M1, *range(640, 710), whole=whole)
        seed = await desk.seed()
        assert desk.minute(seed.whole_s) == since

    play(scene)


def test_a_bar_in_progress_ends_now() -> None:
    async def scene(desk: Scene) -> None:
        desk.put(M5, 715, 720)
        seed = await desk.seed()
        assert [desk.minute(at_s) for at_s in seed.times_s] == [720, 720]

    play(scene)


def test_a_day_is_read_once_and_only_when_it_is_known_which() -> None:
    async def scene(desk: Scene) -> None:
        desk.row.day = ""
        desk.service.want([desk.row])
        await settle()
        assert desk.asked == []
        desk.row.day = desk.day
        assert (await desk.seed()).values == ()
        asked = len(desk.asked)
        await desk.seed()
        assert len(desk.asked) == asked
        desk.row.day = "2001-01-02"
        assert (await desk.seed()).day == "2001-01-02"
        desk.service.keep([])
        await desk.seed()
        assert len(desk.asked) == 3 * asked

    play(scene)
