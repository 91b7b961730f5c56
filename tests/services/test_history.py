"""Opening a chart: what is stored at once, then only what is missing; and what is kept of it."""

import asyncio
from pathlib import Path

import pytest
from fakes import settle
from historydesk import BTC, NOW, Desk, at, candle, minutes, play, refusal

from alltick_desk.errors import StoreError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, LiveCandle
from alltick_desk.services.chart_notes import NoteKind
from alltick_desk.services.history import AT_ONCE, FIRST_PIECE, PIECE
from alltick_desk.store.candle_values import Drift, SeriesName, Source, Span


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def test_what_is_stored_is_shown_before_the_vendor_answers(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(minutes(NOW - 20, NOW), source=Source.CLOSED, span=Span(at(NOW - 20), at(NOW)))
        desk.exchange.give(minutes(NOW - 600, NOW + 1))
        desk.exchange.gate = asyncio.Event()
        await desk.opened()
        assert desk.shown() == list(range(NOW - 20, NOW))
        assert desk.session.series.digits == 1
        assert desk.session.note.kind is NoteKind.LOADING
        desk.exchange.gate.set()
        await desk.quiet()
        assert desk.shown() == list(range(NOW - 20, NOW + 1))
        assert desk.session.note.kind is NoteKind.NONE

    play(path, scene)


def test_only_what_is_missing_is_asked_for(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(
            minutes(NOW - 20, NOW - 8),
            source=Source.CLOSED,
            in_progress_from_s=at(NOW - 9),
            span=Span(at(NOW - 20), at(NOW - 9)),
        )
        desk.exchange.give(minutes(NOW - 600, NOW + 1))
        await desk.opened()
        (question,) = desk.exchange.asked
        assert question.end is None
        assert 10 <= question.count <= 13
        assert desk.shown() == list(range(NOW - 20, NOW + 1))
        assert desk.facts().spans == (Span(at(NOW - 20), at(NOW)),)

    play(path, scene)


def test_the_newest_500_are_asked_for_where_nothing_or_something_old_is_stored(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.pages = False
        desk.keep(minutes(0, 10), source=Source.CLOSED, span=Span(at(0), at(10)))
        desk.exchange.give(minutes(NOW - 600, NOW + 1))
        await desk.opened()
        assert [it.count for it in desk.exchange.asked] == [500]
        assert desk.shown() == [*range(10), *range(NOW - 499, NOW + 1)]
        assert desk.stored() == desk.shown()
        assert desk.facts().spans == (Span(at(0), at(10)), Span(at(NOW - 499), at(NOW)))

    play(path, scene)


def test_a_clock_that_is_slow_leaves_no_hole(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(minutes(NOW - 99, NOW - 50), source=Source.CLOSED, span=Span(at(0), at(NOW - 50)))
        desk.exchange.give(minutes(NOW - 600, NOW + 1))
        desk.clock.set_wall_ms(at(NOW - 49) * 1000)
        await desk.opened()
        assert [it.count for it in desk.exchange.asked] == [3, 500]
        assert desk.shown() == list(range(NOW - 499, NOW + 1))

    play(path, scene)


def test_the_vendors_newest_bar_is_kept_as_one_in_progress(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 5, NOW + 1))
        await desk.opened()
        sources = desk.store.base.load(SeriesName(BTC, Interval.M1), None, None).source.tolist()
        assert sources == 5 * [Source.CLOSED] + [Source.IN_PROGRESS]

    play(path, scene)


def test_an_answer_is_not_asked_for_again_the_next_time(path: Path) -> None:
    async def first(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 600, NOW + 1))
        await desk.opened()
        assert len(desk.exchange.asked) == 1

    async def second(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 600, NOW + 1))
        await desk.opened()
        (question,) = desk.exchange.asked
        assert question.count <= 3
        assert desk.shown() == list(range(NOW - 499, NOW + 1))

    play(path, first)
    play(path, second)


def test_trades_carry_the_stored_bars_on_while_the_vendor_is_silent(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(
            minutes(NOW - 20, NOW + 1),
            source=Source.CLOSED,
            in_progress_from_s=at(NOW),
            span=Span(at(NOW - 20), at(NOW)),
        )
        desk.exchange.gate = asyncio.Event()
        desk.exchange.give(minutes(NOW - 20, NOW + 2))
        await desk.opened()
        desk.trade(NOW + 0.9, "12.0", "3")
        assert desk.session.series.row(-1)[1:6] == (10.0, 12.0, 10.0, 12.0, 8.0)
        desk.trade(NOW + 1.1, "13.0")
        assert desk.shown()[-2:] == [NOW, NOW + 1]
        desk.exchange.gate.set()
        await desk.quiet()
        assert desk.session.series.row(-1).close == 10.0
        assert desk.session.drift is None, "the store's bar was not heard from its beginning"

    play(path, scene)


def test_a_large_store_comes_in_pieces(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        count = FIRST_PIECE + PIECE + 10
        desk.keep(minutes(NOW - count, NOW), source=Source.CLOSED)
        desk.exchange.gate = asyncio.Event()
        lengths = []
        handle = desk.session.changed.connect(lambda: lengths.append(len(desk.session.series)))
        await desk.opened()
        handle.disconnect()
        assert sorted(set(lengths) - {0}) == [FIRST_PIECE, FIRST_PIECE + PIECE, count]
        assert desk.shown() == list(range(NOW - count, NOW))
        desk.exchange.gate.set()

    play(path, scene)


def test_more_than_is_loaded_at_once_waits_for_the_person(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        count = AT_ONCE + FIRST_PIECE + 5
        desk.keep(minutes(NOW - count, NOW), source=Source.CLOSED)
        desk.exchange.give(minutes(NOW - 10, NOW))
        await desk.opened()
        assert len(desk.session.series) == AT_ONCE + FIRST_PIECE
        assert desk.session.beginning is None
        desk.session.reach(100.0, 200.0)
        await desk.quiet()
        assert len(desk.session.series) == count

    play(path, scene)


def test_a_store_that_fails_costs_nobody_the_chart_and_is_told_of_once(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.store.error = StoreError("The disk is full.")
        desk.exchange.give(minutes(NOW - 600, NOW + 1))
        await desk.opened()
        assert desk.shown() == list(range(NOW - 499, NOW + 1))
        assert desk.complaints == ["The disk is full."]
        desk.store.error = None
        desk.session.reload()
        await desk.quiet()
        assert desk.stored() == desk.shown()
        desk.store.error = StoreError("The disk is full.")
        desk.session.reload()
        await desk.quiet()
        assert len(desk.complaints) == 2

    play(path, scene)


def test_a_chart_that_was_left_takes_nothing_from_the_store(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(minutes(NOW - 20, NOW), source=Source.CLOSED)
        desk.store.gate = asyncio.Event()
        desk.session.open(BTC, Interval.M1)
        await settle()
        desk.session.open(BTC, Interval.H1)
        desk.store.gate.set()
        await desk.quiet()
        assert desk.session.interval is Interval.H1
        assert desk.shown() == []

    play(path, scene)


def test_with_no_connection_what_is_stored_stays_with_a_word(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(minutes(NOW - 20, NOW), source=Source.CLOSED)
        desk.exchange.errors = [refusal(Verdict.TOKEN)]
        await desk.opened()
        assert len(desk.shown()) == 20
        assert str(desk.session.note) == "It said token."
        desk.exchange.give(minutes(NOW - 20, NOW + 1))
        desk.session.reload()
        await desk.quiet()
        assert len(desk.shown()) == 21
        assert str(desk.session.note) == ""

    play(path, scene)


def test_the_desk_is_waited_for_but_the_store_is_not(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        ready = asyncio.Event()
        desk.session._ready = ready.wait
        desk.keep(minutes(NOW - 20, NOW), source=Source.CLOSED)
        desk.exchange.give(minutes(NOW - 20, NOW + 1))
        await desk.opened()
        assert (len(desk.shown()), desk.exchange.asked) == (20, [])
        desk.session.reload()
        await desk.quiet()
        assert desk.exchange.asked == []
        ready.set()
        await desk.quiet()
        assert len(desk.shown()) == 21
        assert len(desk.exchange.asked) == 1

    play(path, scene)


# What is built and pushed is kept, too


def test_a_built_bar_is_kept_until_the_vendors_comes(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 2, NOW + 1))
        await desk.opened()
        desk.trade(NOW + 0.9, "12.0", "3")
        desk.trade(NOW + 1.1, "13.25")
        desk.trade(NOW + 2.1, "14.0")
        await desk.quiet()
        found = desk.store.base.load(SeriesName(BTC, Interval.M1), 2, None).candles()
        assert found[-1] == Candle(at(NOW + 1), *4 * ["13.25"], "1")
        assert desk.stored()[-1] == NOW + 1
        desk.session.close()
        await desk.quiet()
        assert desk.stored()[-1] == NOW + 2, "what was in progress is kept, too"
        desk.session.open(BTC, Interval.M1)
        desk.exchange.give([candle(NOW + 1, "13.5"), candle(NOW + 2, "14.5")])
        await desk.quiet()
        found = desk.store.base.load(SeriesName(BTC, Interval.M1), 2, None).candles()
        assert [float(it.close) for it in found] == [13.5, 14.5]

    play(path, scene)


def test_a_pushed_bar_is_kept_once_a_later_one_was_pushed(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 2, NOW + 1))
        await desk.opened()
        tape = desk.board.tape("alltick")
        for minute, price in ((0, "11"), (0, "12"), (1, "13"), (0, "12.5"), (1, "14")):
            pushed = candle(NOW + minute, price)
            tape.candle(LiveCandle("BTCUSDT", Interval.M1, pushed), 0.0)
        await desk.quiet()
        found = desk.store.base.load(SeriesName(BTC, Interval.M1), 1, None)
        assert desk.stored()[-1] == NOW
        assert found.source.tolist() == [Source.CLOSED]
        assert found.close.tolist() == [12.5]

    play(path, scene)


# Drift


def test_the_drift_is_measured_when_the_vendors_bar_comes(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 2, NOW + 1))
        await desk.opened()
        assert desk.session.drift is None
        desk.trade(NOW + 0.6, "10.0")
        desk.trade(NOW + 1.1, "12.5")
        desk.exchange.give([Candle(at(NOW), "10", "12.5", "10", "12.5"), candle(NOW + 1, "12.5")])
        await desk.clock.advance(90.0)
        await desk.quiet()
        assert desk.exchange.latest_asked == 1
        drift = desk.session.drift
        assert drift is not None
        assert drift.bars == 1
        assert drift.mean_percent == pytest.approx(20.0)  # 10.0 instead of 12.5
        assert drift.worst_percent == pytest.approx(20.0)
        assert drift.mean_steps == pytest.approx(25.0)  # of 0.1
        assert desk.facts().drift == Drift(1, 0.2, 0.2, 0.2, 0.2, 0.0, 0.0, at(NOW))

    play(path, scene)


def test_a_bar_that_was_heard_in_part_is_not_compared(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 2, NOW + 1))
        await desk.opened()
        desk.trade(NOW + 0.6, "10.0")
        desk.trade(NOW + 1.1, "12.5")
        desk.exchange.give([candle(NOW, "20"), candle(NOW + 1, "12.5")])
        desk.session.refresh()  # the connection was lost in between
        await desk.quiet()
        assert desk.session.series.close[-2] == 20.0
        assert desk.session.drift is None

    play(path, scene)


def test_two_charts_of_one_series_share_the_store(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 600, NOW + 1))
        await desk.opened()
        other = desk.chart()
        other.open(BTC, Interval.M1)
        await desk.quiet()
        assert other.series.time.tolist() == desk.session.series.time.tolist()
        assert other.series is not desk.session.series
        assert [it.count for it in desk.exchange.asked] == [500]
        assert [it.lane for it in desk.exchange.asked] == [Lane.CLICK]
        other.close()

    play(path, scene)
