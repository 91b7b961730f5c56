"""Previous closes that outlive a run: on the same day of the exchange none is asked for again."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeClock, settle

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.calendar import session_date
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Candle, Quote, Trade
from alltick_desk.model.reference import DayClose
from alltick_desk.services.closes import SAVE_S, KnownCloses
from alltick_desk.services.days import DayService
from alltick_desk.services.market_hours import known_hours
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.services.rows import QuoteRow
from alltick_desk.services.sources import CloseFrom
from alltick_desk.store.figures import FigureStore

KEY = InstrumentKey("alltick", "700.HK")
MONDAY = 1_767_542_400  # 2026-01-05 00:00 in Hong Kong
TUESDAY = MONDAY + 86_400
NOON_S = 43_200
HOUR_S = 3600.0


async def at_once(call: Callable[[], Any], /) -> Any:
    await asyncio.sleep(0)
    return call()


class Run:
    """One run of the desk on a disk that outlives it."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.clock = clock
        self.board = QuoteBoard()
        self.row = self.board.row(KEY)
        self.asked: list[Lane] = []
        self.connected = True
        self.day_s = TUESDAY
        self.high = "615.000"
        self.closes = KnownCloses(
            FigureStore(folder, clock), ["alltick"], clock=clock, in_thread=at_once
        )
        self.days = DayService(
            batches=lambda keys: [keys] if keys else [],
            fetch=self.fetch,
            refused=lambda _key: False,
            row=self.board.row,
            market=lambda _key: Market.HK_STOCK,
            on_row=lambda _row: None,
            clock=clock,
            closes=self.closes,
            hours=lambda _key: known_hours().state(Market.HK_STOCK, clock.wall_ms()),
        )
        self.task = asyncio.get_running_loop().create_task(self.days.run())

    async def fetch(
        self, keys: Sequence[InstrumentKey], lane: Lane
    ) -> dict[InstrumentKey, list[Candle]]:
        if not self.connected:
            raise VendorError("No token.", vendor="alltick", verdict=Verdict.TOKEN, call="")
        self.asked.append(lane)
        bars = [
            Candle(self.day_s - 86_400, "1", "1", "1", "600.000", "1", "1"),
            Candle(self.day_s, "605.000", self.high, "604.000", "610.000", "9", "9"),
        ]
        return dict.fromkeys(keys, bars)


def play(
    folder: Path,
    *scenes: Callable[[Run], Coroutine[Any, Any, None]],
    start_s: int = TUESDAY + NOON_S,
) -> None:
    async def run() -> None:
        clock = FakeClock(wall_ms=start_s * 1000)
        for scene in scenes:
            desk = Run(folder, clock)
            await scene(desk)
            desk.task.cancel()
            await settle()

    asyncio.run(run())


async def first(desk: Run) -> None:
    """Ask, as on a first start, and save."""
    desk.days.want([KEY])
    await desk.clock.advance(SAVE_S + 1)
    assert desk.asked == [Lane.VISIBLE]
    assert (desk.row.previous_close, desk.row.close_date) == (600.0, "2026-01-05")


def test_the_next_run_of_the_day_knows_the_close_before_it_is_connected(tmp_path: Path) -> None:
    async def second(desk: Run) -> None:
        desk.connected = False
        desk.days.want([KEY])
        await desk.clock.advance(1.0)
        row = desk.row
        assert (row.previous_close, row.close_date, row.close_from, row.day) == (
            600.0,
            "2026-01-05",
            CloseFrom.BAR,
            "2026-01-06",
        )
        desk.connected = True
        desk.days.want([KEY])
        await desk.clock.advance(1.0)
        assert desk.asked == [Lane.BACKGROUND], "for the day's range alone"
        assert row.high == "615.000"
        desk.days.want([KEY])  # the connection was lost
        await desk.clock.advance(1.0)
        assert desk.asked == [Lane.BACKGROUND, Lane.VISIBLE]

    play(tmp_path, first, second)


def test_after_the_close_nothing_is_asked_for_again(tmp_path: Path) -> None:
    async def evening(desk: Run) -> None:
        await desk.clock.advance(4.5 * HOUR_S)
        await first(desk)

    async def later(desk: Run) -> None:
        show_last_values(desk.row, TUESDAY)
        desk.days.want([KEY])
        await desk.clock.advance(60.0)
        assert desk.asked == []
        assert desk.row.change == 10.0

    play(tmp_path, evening, later)


@pytest.mark.parametrize(
    ("hour", "day_s"),
    [
        pytest.param(8.0, MONDAY, id="before the opening"),
        pytest.param(12.5, TUESDAY, id="at lunch"),
        pytest.param(16.1, TUESDAY, id="during the closing auction"),
    ],
)
def test_what_was_told_while_there_was_more_to_come_is_not_the_days_last(
    tmp_path: Path, hour: float, day_s: int
) -> None:
    async def early(desk: Run) -> None:
        await desk.clock.advance(hour * HOUR_S)
        desk.day_s = day_s
        desk.days.want([KEY])
        await desk.clock.advance(SAVE_S + 1)
        assert desk.asked == [Lane.VISIBLE]

    async def evening(desk: Run) -> None:
        await desk.clock.advance((17.0 - hour) * HOUR_S)
        show_last_values(desk.row, day_s)
        desk.high = "699.000"
        desk.days.want([KEY])
        await desk.clock.advance(60.0)
        assert (desk.row.high, desk.row.day) == ("699.000", "2026-01-06")

    play(tmp_path, early, evening, start_s=TUESDAY)


def show_last_values(row: QuoteRow, day_s: int) -> None:
    """Put into a row what it showed of a day when the run before ended."""
    row.last, row.value, row.high = "610.000", 610.0, "615.000"
    row.day = session_date(day_s * 1000, Market.HK_STOCK)
    row.time_ms = (day_s + NOON_S) * 1000


def test_on_another_day_the_vendor_is_asked(tmp_path: Path) -> None:
    async def next_day(desk: Run) -> None:
        await desk.clock.advance(86_400.0)
        desk.day_s = TUESDAY + 86_400
        desk.days.want([KEY])
        await desk.clock.advance(1.0)
        assert desk.asked == [Lane.VISIBLE]
        assert desk.row.close_date == "2026-01-06"

    play(tmp_path, first, next_day)


def test_a_price_of_a_later_day_makes_the_kept_close_useless(tmp_path: Path) -> None:
    async def rolled(desk: Run) -> None:
        tape = desk.board.tape("alltick")
        tape.trade(Trade(KEY.code, 1, (TUESDAY + 86_400 + NOON_S) * 1000, "630.000"), 1.0)
        desk.days.want([KEY])
        await desk.clock.advance(1.0)
        assert desk.asked == [Lane.VISIBLE]
        assert (desk.row.previous_close, desk.row.close_date) == (610.0, "2026-01-06")

    play(tmp_path, first, rolled)


def test_rows_whose_day_begins_one_after_the_other_are_asked_for_together(tmp_path: Path) -> None:
    async def scene(desk: Run) -> None:
        await first(desk)
        tape = desk.board.tape("alltick")
        others = [InstrumentKey("alltick", f"{n}.HK") for n in range(3)]
        for key in others:
            desk.board.row(key).day = "2026-01-06"
        for key in others:
            when_ms = (TUESDAY + 86_400 + NOON_S) * 1000
            tape.trade(Trade(key.code, 1, when_ms, "630.000"), desk.clock.monotonic())
            desk.days.check_roll(desk.board.rows())
            await desk.clock.advance(1.0)
        await desk.clock.advance(5.0)
        assert len(desk.asked) == 2

    play(tmp_path, scene)


def test_a_late_quote_of_yesterday_puts_no_old_figure_back(tmp_path: Path) -> None:
    async def scene(desk: Run) -> None:
        tape = desk.board.tape("alltick")
        tape.quote(
            Quote(KEY.code, (TUESDAY + NOON_S) * 1000, "612.5", high="615", change="12.5"), 1.0
        )
        desk.days.check_roll(desk.board.rows())
        assert desk.row.previous_close == 600.0
        today_ms = (TUESDAY + 86_400 + NOON_S) * 1000
        tape.trade(Trade(KEY.code, 0, today_ms, "630"), 2.0)
        desk.days.check_roll(desk.board.rows())
        late = Quote(
            KEY.code, (TUESDAY + NOON_S) * 1000 + 9, "611", high="615", volume="5", change="11"
        )
        tape.quote(late, 3.0)
        row = desk.row
        assert (row.previous_close, row.high, row.volume, row.last) == (None, "630", None, "630")

    play(tmp_path, scene)


def test_what_is_old_is_not_kept_for_ever(tmp_path: Path) -> None:
    clock = FakeClock(wall_ms=(TUESDAY + NOON_S) * 1000)
    store = FigureStore(tmp_path, clock)

    async def run() -> None:
        closes = KnownCloses(store, ["alltick"], clock=clock, in_thread=at_once)
        for day in ("2026-01-05", "2026-01-06", "2026-01-07"):
            key = InstrumentKey("alltick", day)
            closes.note(key, DayClose(day, "1.5", day, day, day))
        await closes.save()

    asyncio.run(run())
    assert [close.code for close in store.load_closes("alltick")] == ["2026-01-06", "2026-01-07"]


def note(closes: KnownCloses, code: str, day: str) -> None:
    closes.note(InstrumentKey("alltick", code), DayClose(code, "1.5", day, day, day))


def test_closes_of_a_clock_that_was_ahead_keep_none_from_being_saved(tmp_path: Path) -> None:
    clock = FakeClock(wall_ms=(TUESDAY + NOON_S) * 1000)
    store = FigureStore(tmp_path, clock)

    async def wrong() -> None:
        clock.set_wall_ms((TUESDAY + 400 * 86_400) * 1000)
        closes = KnownCloses(store, ["alltick"], clock=clock, in_thread=at_once)
        note(closes, "A", "2027-02-09")
        note(closes, "B", "2027-02-10")
        await closes.save()
        assert len(store.load_closes("alltick")) == 2

    async def right() -> None:
        clock.set_wall_ms((TUESDAY + NOON_S) * 1000)
        closes = KnownCloses(store, ["alltick"], clock=clock, in_thread=at_once)
        await closes.load()
        assert closes.get(InstrumentKey("alltick", "A")) is None
        note(closes, "C", "2026-01-05")
        note(closes, "D", "2026-01-06")
        note(closes, "E", "2026-01-07")  # tomorrow already, where the sun rises first
        await closes.save()
        assert [close.code for close in store.load_closes("alltick")] == ["D", "E"]

    asyncio.run(wrong())
    asyncio.run(right())


def test_a_clock_set_right_during_a_run_saves_what_it_tells_from_then_on(tmp_path: Path) -> None:
    clock = FakeClock(wall_ms=(TUESDAY + 400 * 86_400) * 1000)
    store = FigureStore(tmp_path, clock)

    async def run() -> None:
        closes = KnownCloses(store, ["alltick"], clock=clock, in_thread=at_once)
        note(closes, "A", "2027-02-09")
        note(closes, "B", "2027-02-10")
        clock.set_wall_ms((TUESDAY + NOON_S) * 1000)
        note(closes, "C", "2026-01-06")
        await closes.save()
        assert [close.code for close in store.load_closes("alltick")] == ["C"]

    asyncio.run(run())
