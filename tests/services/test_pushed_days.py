"""The day where the vendor pushes it: what is asked for all the same, and what a new date does."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fakes import FakeClock, settle

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Candle, Quote, Trade
from alltick_desk.services.day_figures import apply_daily_bars
from alltick_desk.services.days import DailyBars, DayService
from alltick_desk.services.quotes import QuoteBoard

KEY = InstrumentKey("itick", "700.HK")
OTHER = InstrumentKey("itick", "9988.HK")
MONDAY = 1_767_542_400  # 2026-01-05 00:00 in Hong Kong
TUESDAY = MONDAY + 86_400
WEDNESDAY = TUESDAY + 86_400
NOON_S = 43_200


def bar(time_s: int, close: str) -> Candle:
    return Candle(time_s, "601", "615", "599", close, "1000", "5000")


BARS = [bar(MONDAY, "600"), bar(TUESDAY, "610")]


def quote(day_s: int, last: str = "612.5", *, code: str = KEY.code, **told: str) -> Quote:
    return Quote(code, (day_s + NOON_S) * 1000, last, **told)


def whole(day_s: int, last: str = "612.5", *, code: str = KEY.code) -> Quote:
    figures = {"open": "605", "high": "614", "low": "603", "volume": "900", "turnover": "4500"}
    return quote(day_s, last, code=code, change="2.5", **figures)


class Scene:
    """A day service over a vendor that pushes, and answers with two bars."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.board = QuoteBoard()
        self.tape = self.board.tape("itick")
        self.row = self.board.row(KEY)
        self.streams = True
        self.failures = 0
        self.asked: list[tuple[str, ...]] = []
        self.days = DayService(
            batches=lambda keys: [keys] if keys else [],
            fetch=self._fetch,
            refused=lambda _key: False,
            pushes=lambda _key: self.streams,
            row=self.board.row,
            market=lambda _key: Market.HK_STOCK,
            on_row=lambda _row: None,
            clock=self.clock,
        )

    def push(self, told: Quote) -> None:
        self.tape.quote(told, self.clock.monotonic())

    def roll(self) -> None:
        self.days.check_roll(self.board.rows())

    async def _fetch(self, keys: Sequence[InstrumentKey], lane: Lane) -> DailyBars:
        self.asked.append(tuple(key.code for key in keys))
        if self.failures:
            self.failures -= 1
            raise VendorError("no", vendor="itick", verdict=Verdict.NETWORK, call="klines")
        return dict.fromkeys(keys, BARS)


def play(scene: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        stage = Scene()
        task = asyncio.get_running_loop().create_task(stage.days.run())
        await scene(stage)
        await settle()
        assert not task.done()
        task.cancel()

    asyncio.run(run())


def test_what_is_pushed_within_the_grace_costs_no_call() -> None:
    async def scene(desk: Scene) -> None:
        desk.days.want([KEY])
        await desk.clock.advance(4.0)
        desk.push(whole(TUESDAY))
        await desk.clock.advance(60.0)
        assert desk.asked == []
        desk.roll()
        assert desk.row.day == "2026-01-06"
        assert desk.row.previous_close == 610.0

    play(scene)


def test_where_no_push_comes_the_grace_ends_in_one_call() -> None:
    async def scene(desk: Scene) -> None:
        desk.board.row(OTHER)
        desk.days.want([KEY, OTHER])
        await desk.clock.advance(2.0)
        desk.push(whole(TUESDAY, code=OTHER.code))
        await desk.clock.advance(2.9)
        assert desk.asked == []
        await desk.clock.advance(0.2)
        assert desk.asked == [("700.HK",)]
        assert desk.row.previous_close == 600.0
        await desk.clock.advance(600.0)
        assert len(desk.asked) == 1

    play(scene)


def test_what_is_not_streamed_is_asked_for_at_once() -> None:
    async def scene(desk: Scene) -> None:
        desk.streams = False
        desk.days.want([KEY])
        await settle()
        assert desk.asked == [("700.HK",)]

    play(scene)


def test_what_was_pushed_before_a_lost_connection_is_not_enough() -> None:
    async def scene(desk: Scene) -> None:
        desk.push(whole(TUESDAY))
        await desk.clock.advance(10.0)
        desk.days.want([KEY])
        await desk.clock.advance(6.0)
        assert desk.asked == [("700.HK",)]

    play(scene)


def test_a_quote_without_a_change_leaves_the_previous_close_to_a_call() -> None:
    async def scene(desk: Scene) -> None:
        desk.days.want([KEY])
        desk.push(quote(TUESDAY, high="614", low="603", volume="900"))
        await desk.clock.advance(6.0)
        assert desk.asked == [("700.HK",)]
        row = desk.row
        assert (row.previous_close, row.open, row.turnover) == (600.0, "601", 5000.0)
        assert (row.high, row.low, row.volume) == ("614", "603", 900.0), "as pushed"

    play(scene)


def test_a_failed_call_does_not_prolong_another_ones_grace() -> None:
    async def scene(desk: Scene) -> None:
        desk.failures = 3
        desk.streams = False
        desk.days.want([KEY])
        await desk.clock.advance(6.0)  # two failures: the next try is far away
        assert len(desk.asked) == 2
        desk.streams = True
        desk.days.want([OTHER])
        await desk.clock.advance(5.1)
        assert OTHER.code in desk.asked[-1]

    play(scene)


def test_a_new_date_in_a_quote_empties_what_it_does_not_tell() -> None:
    async def scene(desk: Scene) -> None:
        desk.push(whole(TUESDAY))
        desk.roll()
        desk.push(quote(WEDNESDAY, "620", high="621"))
        desk.roll()
        row = desk.row
        assert row.day == "2026-01-07"
        assert (row.high, row.low, row.open) == ("621", "620", "")
        assert (row.previous_close, row.volume, row.turnover) == (None, None, None)
        await desk.clock.advance(6.0)
        assert desk.asked == [("700.HK",)]
        assert row.previous_close == 610.0

    play(scene)


def test_a_new_date_that_is_pushed_whole_costs_no_call() -> None:
    async def scene(desk: Scene) -> None:
        desk.push(whole(TUESDAY))
        desk.roll()
        desk.push(whole(WEDNESDAY, "613"))
        desk.roll()
        row = desk.row
        assert (row.day, row.previous_close, row.high, row.low) == (
            "2026-01-07",
            610.5,
            "614",
            "603",
        )
        assert (row.open, row.volume, row.turnover) == ("605", 900.0, 4500.0)
        await desk.clock.advance(60.0)
        assert desk.asked == []

    play(scene)


def test_a_trade_of_the_new_date_waits_for_its_quote() -> None:
    async def scene(desk: Scene) -> None:
        desk.push(whole(TUESDAY))
        desk.roll()
        desk.tape.trade(Trade(KEY.code, 0, (WEDNESDAY + NOON_S) * 1000, "630"), 1.0)
        desk.roll()
        assert (desk.row.previous_close, desk.row.high) == (None, "630")
        await desk.clock.advance(1.0)
        desk.push(whole(WEDNESDAY, "630"))
        desk.roll()
        await desk.clock.advance(60.0)
        assert desk.asked == []
        assert desk.row.previous_close == 627.5

    play(scene)


def test_bars_fill_in_only_what_the_quote_of_their_day_did_not_tell() -> None:
    board = QuoteBoard()
    row = board.row(KEY)
    board.tape("itick").quote(whole(TUESDAY), 1.0)
    apply_daily_bars(row, BARS, Market.HK_STOCK)
    assert (row.previous_close, row.open, row.high, row.low) == (610.0, "605", "614", "603")
    assert (row.volume, row.turnover, row.last) == (900.0, 4500.0, "612.5")
    board.tape("itick").quote(whole(WEDNESDAY, "615"), 1.0)
    apply_daily_bars(row, BARS, Market.HK_STOCK)
    assert (row.previous_close, row.high, row.day) == (612.5, "615", "2026-01-07")
