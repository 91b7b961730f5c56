"""A chart session opens, changes what it shows, and waits for the plan."""

from collections.abc import Coroutine
from typing import Any

from chartsdesk import STOCK, Desk, candle, play
from fakes import settle
from historydesk import BTC, TENCENT

from alltick_desk.model.interval import Interval
from alltick_desk.services.charts import Note, NoteKind


def test_opening_shows_loading_then_bars() -> None:
    async def scene(desk: Desk) -> None:
        desk.session.open(BTC, Interval.M1)
        assert str(desk.session.note) == "Loading…"
        assert desk.changes == 1
        await desk.answer([candle(0), candle(1, "11.25")])
        assert desk.asked == [("all", BTC, Interval.M1)]
        assert desk.prices() == [10.0, 11.25]
        assert desk.session.series.digits == 2
        assert desk.session.note == Note(NoteKind.NONE)
        assert desk.changes > 1

    play(scene)


def test_no_bars_is_said() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened()
        assert str(desk.session.note) == "No bars"
        desk.trade(5, "10")
        assert str(desk.session.note) == ""
        assert desk.prices() == [10.0]

    play(scene)


def test_the_wait_for_the_plan_counts_down() -> None:
    async def scene(desk: Desk) -> None:
        desk.wait = 6.4
        desk.session.open(BTC, Interval.M1)
        await settle()
        assert str(desk.session.note) == "Waiting 7 s for the plan's next free call"
        changes = desk.changes
        await desk.clock.advance(2.0)
        assert str(desk.session.note) == "Waiting 5 s for the plan's next free call"
        assert desk.changes > changes
        await desk.clock.advance(4.5)
        assert str(desk.session.note) == "Loading…"
        await desk.answer([candle(0)])
        assert str(desk.session.note) == ""

    play(scene)


def test_switching_drops_the_old_load() -> None:
    async def scene(desk: Desk) -> None:
        desk.session.open(BTC, Interval.M1)
        await settle()
        desk.session.open(TENCENT, Interval.M5)
        await settle()
        old, new = desk.answers
        if not old.done():
            old.set_result([candle(0, "1")])
        await settle()
        assert desk.prices() == []
        new.set_result([candle(0, "600")])
        await settle()
        assert desk.prices() == [600.0]
        desk.trade(5, "7")
        assert desk.prices() == [600.0], "trades of the old instrument are not listened to"
        assert not desk.board.row(BTC).listeners

    play(scene)


class Deaf:
    """A task that cannot be cancelled."""

    def cancel(self) -> None:
        """Go on all the same."""


def test_what_an_old_load_brings_in_the_end_is_not_wanted() -> None:
    async def scene(desk: Desk) -> None:
        spawn = desk.session._asking._spawn

        def deaf(coro: Coroutine[Any, Any, None], name: str) -> Deaf:
            spawn(coro, name)
            return Deaf()

        desk.session._asking._spawn = deaf
        desk.session.open(BTC, Interval.M1)
        await settle()
        desk.session.open(TENCENT, Interval.M5)
        await desk.answer([candle(0, "600")])
        desk.answers[0].set_result([candle(0, "1"), candle(1, "2")])
        await settle()
        assert desk.prices() == [600.0]

    play(scene)


def test_opening_the_same_again_asks_nothing() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        desk.session.open(BTC, Interval.M1)
        await settle()
        assert len(desk.asked) == 1

    play(scene)


def test_an_interval_that_the_market_lacks_gives_way_to_the_next_shorter() -> None:
    async def scene(desk: Desk) -> None:
        desk.session.open(TENCENT, Interval.H4)
        assert desk.session.interval is Interval.H1
        assert desk.session.intervals == STOCK
        await desk.answer([])

    play(scene)


def test_a_refresh_while_loading_does_not_ask_twice() -> None:
    async def scene(desk: Desk) -> None:
        desk.session.open(BTC, Interval.M1)
        await settle()
        desk.session.refresh()
        await desk.answer([candle(0)])
        assert len(desk.asked) == 1

    play(scene)


def test_the_last_bar_is_in_progress_until_its_time_is_over() -> None:
    async def scene(desk: Desk) -> None:
        assert not desk.session.forming
        await desk.opened(-1, 0)
        assert desk.session.forming
        await desk.clock.advance(60.0)
        assert not desk.session.forming

    play(scene)


def test_chart_and_row_write_prices_alike() -> None:
    async def scene(desk: Desk) -> None:
        row = desk.board.row(BTC)
        row.see("1.12345")
        desk.session.open(BTC, Interval.M1)
        assert desk.session.series.digits == 5
        await desk.answer([candle(0, "10.1234567")])
        assert row.digits == 7
        desk.session.open(BTC, Interval.M5)
        assert desk.session.series.digits == 7, "another interval has no fewer"
        await desk.answer([candle(0)])
        row.see("1.12345678")
        desk.trade(10, "10")
        assert desk.session.series.digits == 8

    play(scene)
