"""A chart session against a fake vendor and a clock that stands still."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from fakes import FakeClock, settle

from alltick_desk.errors import DeskError, ProtocolError, VendorError, Verdict
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, LiveCandle, Trade
from alltick_desk.services.charts import ChartSession, Note, NoteKind
from alltick_desk.services.quotes import QuoteBoard

BTC = InstrumentKey("alltick", "BTCUSDT")
TENCENT = InstrumentKey("alltick", "700.HK")
T0 = 1_767_225_600
ALL = tuple(Interval)
STOCK = tuple(i for i in Interval if i not in {Interval.H2, Interval.H4})


def candle(minute: int, price: str = "10.0", volume: str = "5") -> Candle:
    return Candle(T0 + 60 * minute, price, price, price, price, volume, "0")


def refusal(verdict: Verdict) -> VendorError:
    return VendorError(f"It said {verdict.value}.", vendor="alltick", verdict=verdict, call="kline")


class Desk:
    """A session, its board and a vendor whose answers the test gives by hand."""

    def __init__(self) -> None:
        self.clock = FakeClock(wall_ms=T0 * 1000)
        self.board = QuoteBoard()
        self.asked: list[tuple[str, InstrumentKey, Interval]] = []
        self.answers: list[asyncio.Future[list[Candle]]] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.wait = 0.0
        self.changes = 0
        self.session = ChartSession(
            clock=self.clock,
            row=self.board.row,
            market=lambda key: Market.CRYPTO if key is BTC else Market.HK_STOCK,
            intervals=lambda key: ALL if key is BTC else STOCK,
            fetch=self._fetch,
            fetch_latest=self._fetch_latest,
            spawn=self._spawn,
            wait_s=lambda _key, _interval: self.wait,
            jitter=lambda: 0.0,
        )
        self._handle = self.session.changed.connect(self._count)

    def trade(self, second: float, price: str, volume: str = "1") -> None:
        ms = int((T0 + second) * 1000)
        self.board.tape("alltick").trade(Trade("BTCUSDT", 0, ms, price, volume), 0.0)

    def push(self, pushed: Candle, interval: Interval = Interval.M1) -> None:
        self.board.tape("alltick").candle(LiveCandle("BTCUSDT", interval, pushed), 0.0)

    def prices(self) -> list[float]:
        return self.session.series.close.tolist()

    async def answer(self, answer: list[Candle] | Exception) -> None:
        """Answer the question that was asked last."""
        await settle()
        if isinstance(answer, Exception):
            self.answers[-1].set_exception(answer)
        else:
            self.answers[-1].set_result(answer)
        await settle()

    async def opened(self, *minutes: int) -> None:
        self.session.open(BTC, Interval.M1)
        await self.answer([candle(minute) for minute in minutes])

    async def finish(self) -> None:
        self.session.close()
        await settle()
        for task in self.tasks:
            assert task.done(), f"{task.get_name()} is left running"
            if not task.cancelled():
                task.result()

    def _count(self) -> None:
        self.changes += 1

    async def _fetch(
        self, key: InstrumentKey, interval: Interval, count: int, end_s: int | None
    ) -> list[Candle]:
        assert count == 500
        assert end_s is None
        return await self._question("all", key, interval)

    async def _fetch_latest(self, key: InstrumentKey, interval: Interval) -> list[Candle]:
        return await self._question("newest", key, interval)

    async def _question(self, what: str, key: InstrumentKey, interval: Interval) -> list[Candle]:
        self.asked.append((what, key, interval))
        future: asyncio.Future[list[Candle]] = asyncio.get_running_loop().create_future()
        self.answers.append(future)
        return await future

    def _spawn(self, coro: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(coro, name=name)
        self.tasks.append(task)
        return task


Scene = Callable[[Desk], Coroutine[Any, Any, None]]


def play(scene: Scene) -> None:
    """Run a scene; nothing may be left running after it."""

    async def run() -> None:
        desk = Desk()
        await scene(desk)
        await desk.finish()

    asyncio.run(run())


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
        spawn = desk.session._spawn

        def deaf(coro: Coroutine[Any, Any, None], name: str) -> Deaf:
            spawn(coro, name)
            return Deaf()

        desk.session._spawn = deaf
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


def test_trades_move_the_live_bar_without_an_announcement() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        changes, version = desk.changes, desk.session.live_version
        desk.trade(10, "12.125", "3")
        assert desk.session.live_version == version + 1
        assert desk.changes == changes
        assert desk.session.series.row(-1)[1:6] == (10.0, 12.125, 10.0, 12.125, 8.0)
        assert desk.session.series.digits == 3
        desk.trade(60, "13")
        assert desk.changes == changes + 1
        assert desk.prices() == [12.125, 13.0]

    play(scene)


def test_trades_before_the_first_bars_are_left_to_the_vendor() -> None:
    async def scene(desk: Desk) -> None:
        desk.session.open(BTC, Interval.M1)
        desk.trade(1, "99")
        assert desk.prices() == []
        await desk.answer([candle(0)])
        assert desk.prices() == [10.0]

    play(scene)


def test_at_the_bars_close_the_vendors_two_bars_win() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(-1, 0)
        desk.trade(50, "12")
        desk.trade(61, "13")
        await desk.clock.advance(11.0)
        assert len(desk.asked) == 1, "the vendor is given a moment"
        await desk.clock.advance(1.0)
        assert desk.asked[1:] == [("newest", BTC, Interval.M1)]
        await desk.answer([candle(0, "12.5"), candle(1, "13.5", "40")])
        assert desk.prices() == [10.0, 12.5, 13.5]
        desk.trade(62, "14", "2")
        assert desk.session.series.row(-1).volume == 42.0

    play(scene)


def test_a_quiet_market_costs_no_calls() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        await desk.clock.advance(3600.0)
        assert len(desk.asked) == 1

    play(scene)


def test_our_newer_bar_stays_when_the_vendor_lags() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        desk.trade(61, "13")
        desk.session.refresh()
        await desk.answer([candle(0, "12.5")])
        assert desk.prices() == [12.5, 13.0]

    play(scene)


def test_an_answer_older_than_what_is_known_takes_nothing_away() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0, 1, 2, 3)
        desk.session.refresh()
        await desk.answer([candle(0, "7"), candle(1, "8")])
        assert desk.prices() == [7.0, 8.0, 10.0, 10.0]

    play(scene)


def test_after_a_reconnect_a_hole_is_filled_by_a_full_load() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0, 1)
        desk.session.refresh()
        await desk.answer([candle(30), candle(31)])
        assert [what for what, _, _ in desk.asked] == ["all", "newest", "all"]
        await desk.answer([candle(minute) for minute in range(32)])
        assert len(desk.session.series) == 32

    play(scene)


def test_after_a_reconnect_with_no_hole_two_bars_are_enough() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0, 1)
        desk.session.refresh()
        await desk.answer([candle(2, "5"), candle(3, "6")])
        assert [what for what, _, _ in desk.asked] == ["all", "newest"]
        assert desk.prices() == [10.0, 10.0, 5.0, 6.0]

    play(scene)


@pytest.mark.parametrize(
    "error", [refusal(Verdict.SERVER), refusal(Verdict.RATE), ProtocolError("It is garbled.")]
)
def test_a_failed_load_says_so_and_tries_again_slower(error: DeskError) -> None:
    garbled = isinstance(error, ProtocolError)
    told = "The vendor sent bars that cannot be read." if garbled else str(error)

    async def scene(desk: Desk) -> None:
        desk.session.open(BTC, Interval.M1)
        await desk.answer(error)
        assert str(desk.session.note) == f"{told} Trying again in 2 s."
        desk.trade(5, "12")
        assert desk.prices() == [12.0], "trades are shown meanwhile"
        await desk.clock.advance(2.0)
        await desk.answer(error)
        assert str(desk.session.note) == f"{told} Trying again in 4 s."
        assert desk.prices() == [12.0]
        await desk.clock.advance(4.0)
        await desk.answer([candle(0)])
        assert str(desk.session.note) == ""
        assert desk.prices() == [10.0]

    play(scene)


def test_the_pause_between_tries_is_capped() -> None:
    async def scene(desk: Desk) -> None:
        desk.session.open(BTC, Interval.M1)
        for _ in range(10):
            await desk.answer(refusal(Verdict.NETWORK))
            await desk.clock.advance(900.0)
        await desk.answer(refusal(Verdict.NETWORK))
        assert "in 900 s" in str(desk.session.note)

    play(scene)


@pytest.mark.parametrize("verdict", [Verdict.TOKEN, Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN])
def test_what_can_never_work_is_not_repeated(verdict: Verdict) -> None:
    async def scene(desk: Desk) -> None:
        desk.session.open(BTC, Interval.M1)
        await desk.answer(refusal(verdict))
        assert str(desk.session.note) == f"It said {verdict.value}."
        desk.trade(5, "12")
        desk.session.refresh()
        await desk.clock.advance(7200.0)
        assert len(desk.asked) == 1
        desk.session.reload()
        assert str(desk.session.note) == "Loading…"
        await desk.answer([candle(0)])
        assert str(desk.session.note) == ""

    play(scene)


def test_a_failed_refresh_keeps_what_is_shown() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0, 1)
        desk.session.refresh()
        await desk.answer(refusal(Verdict.NETWORK))
        assert desk.prices() == [10.0, 10.0]
        assert "Trying again" in str(desk.session.note)
        desk.trade(70, "11")
        assert desk.prices() == [10.0, 11.0]
        desk.session.refresh()
        await desk.answer([candle(1, "12")])
        assert desk.prices() == [10.0, 12.0]

    play(scene)


def test_bars_that_are_no_numbers_are_a_sentence() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        desk.session.refresh()
        await desk.answer([candle(0, "ten")])
        assert "cannot be read" in str(desk.session.note)
        assert desk.prices() == [10.0]

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


# Bars that the vendor pushes


def test_a_pushed_bar_replaces_the_built_one_and_trades_move_it_on() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(-1, 0)
        desk.trade(10, "12")
        changes, version = desk.changes, desk.session.live_version
        desk.push(Candle(T0, "10", "11.5", "9.5", "11.25", "40", "0"))
        assert desk.session.series.row(-1)[1:6] == (10.0, 11.5, 9.5, 11.25, 40.0)
        assert (desk.changes, desk.session.live_version) == (changes, version + 1)
        desk.trade(20, "12.125", "")
        assert desk.session.series.row(-1)[1:6] == (10.0, 12.125, 9.5, 12.125, 40.0)
        assert desk.session.forming

    play(scene)


def test_a_pushed_bar_begins_a_new_one() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        changes = desk.changes
        desk.push(candle(1, "13"))
        assert desk.prices() == [10.0, 13.0]
        assert desk.changes == changes + 1

    play(scene)


def test_the_vendors_last_word_on_a_bar_wins_though_the_next_has_begun() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        desk.push(candle(0, "11"))
        desk.trade(61, "13")
        changes = desk.changes
        desk.push(candle(0, "12"))
        assert desk.prices() == [12.0, 13.0]
        assert desk.changes == changes + 1
        desk.trade(59, "99")
        assert desk.prices() == [12.0, 13.0], "a closed bar is the vendor's"

    play(scene)


def test_bars_of_another_interval_are_not_for_this_chart() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        desk.push(candle(0, "99"), Interval.M5)
        assert desk.prices() == [10.0]
        assert desk.session.charted == (BTC, Interval.M1)
        desk.session.open(BTC, Interval.M5)
        assert desk.session.charted == (BTC, Interval.M5)
        await desk.answer([candle(0)])
        desk.push(candle(0, "11"))
        assert desk.prices() == [10.0]
        desk.push(candle(0, "12"), Interval.M5)
        assert desk.prices() == [12.0]

    play(scene)


def test_bars_that_come_before_the_first_answer_are_left_to_it() -> None:
    async def scene(desk: Desk) -> None:
        assert desk.session.charted is None
        desk.session.open(BTC, Interval.M1)
        desk.push(candle(0, "99"))
        assert desk.prices() == []
        await desk.answer([candle(0)])
        desk.push(candle(0, "11"))
        assert desk.prices() == [11.0]
        desk.session.close()
        desk.push(candle(0, "12"))
        assert desk.prices() == [11.0]
        assert not desk.board.row(BTC).candle_listeners

    play(scene)


def test_while_bars_are_pushed_their_close_costs_no_call() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(-1, 0)
        for minute in range(5):
            desk.trade(60 * minute + 50, "12")
            desk.push(candle(minute, "12.5"))
            await desk.clock.advance(60.0)
        desk.trade(60 * 5 + 1, "13")
        desk.push(candle(5, "13"))
        await desk.clock.advance(600.0)
        assert len(desk.asked) == 1
        assert desk.prices() == [10.0, 12.5, 12.5, 12.5, 12.5, 12.5, 13.0]

    play(scene)


def test_the_push_of_a_later_bar_is_word_enough_that_one_is_over() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(-1, 0)
        desk.trade(50, "12")
        desk.push(candle(1, "13"))
        desk.trade(61, "14")
        await desk.clock.advance(30.0)
        assert len(desk.asked) == 1

    play(scene)


def test_an_old_bar_that_is_pushed_again_opens_no_closed_one() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        for minute in (1, 2, 0):
            desk.push(candle(minute, f"{10 + minute}"))
        desk.trade(70, "99")
        assert desk.prices() == [10.0, 11.0, 12.0]

    play(scene)


def test_where_the_push_of_the_next_bar_does_not_come_the_vendor_is_asked() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(-1, 0)
        desk.trade(40, "12")
        desk.push(candle(0, "12"))
        desk.trade(61, "13")  # and no push for it
        await desk.clock.advance(22.0)
        assert desk.asked[1:] == [("newest", BTC, Interval.M1)]
        await desk.answer([candle(0, "12.5"), candle(1, "13.5")])
        assert desk.prices() == [10.0, 12.5, 13.5]

    play(scene)


def test_what_is_pushed_while_an_answer_is_under_way_is_younger_than_it() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(-1, 0)
        desk.session.refresh()
        await settle()
        desk.push(candle(0, "11"))
        desk.push(candle(1, "12"))
        desk.trade(70, "12.5")
        await desk.answer([candle(-1, "7"), candle(0, "8"), candle(1, "9")])
        assert desk.prices() == [7.0, 11.0, 12.5]

    play(scene)


def test_after_a_lost_connection_the_answer_is_younger_than_what_was_pushed() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(-1, 0)
        desk.push(candle(0, "11"))
        desk.session.refresh()
        await desk.answer([candle(0, "12"), candle(1, "13")])
        assert desk.prices() == [10.0, 12.0, 13.0]

    play(scene)


def test_an_answer_that_lags_takes_no_pushed_bar_away() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(-1, 0)
        for minute in range(1, 7):
            desk.push(candle(minute, f"{10 + minute}"))
        desk.session.refresh()
        await desk.answer([candle(0, "9"), candle(1, "9.5")])
        assert desk.prices() == [10.0, 9.0, 9.5, 12.0, 13.0, 14.0, 15.0, 16.0]

    play(scene)


def test_a_hole_that_pushes_have_jumped_is_filled_after_a_reconnect() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0, 1)
        desk.push(candle(30, "12"))
        desk.session.refresh()
        await desk.answer([candle(29), candle(30)])
        assert [what for what, _, _ in desk.asked] == ["all", "newest", "all"]
        await desk.answer([candle(minute) for minute in range(31)])
        assert len(desk.session.series) == 31

    play(scene)


def test_a_pushed_bar_that_is_no_number_is_a_bug_of_the_codec_and_changes_nothing() -> None:
    async def scene(desk: Desk) -> None:
        await desk.opened(0)
        with pytest.raises(ValueError, match="ten"):
            desk.push(Candle(T0, "10", "10", "10", "ten"))
        assert desk.prices() == [10.0]

    play(scene)


# Digits


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
