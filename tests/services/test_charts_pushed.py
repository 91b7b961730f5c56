"""A chart whose vendor pushes bars: which word on a bar counts, and what it saves."""

import pytest
from chartsdesk import Desk, candle, play
from fakes import settle
from historydesk import BTC, T0

from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle


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
