"""A chart's bars while trades come: built here, and made good by the vendor's."""

from chartsdesk import Desk, candle, play
from historydesk import BTC

from alltick_desk.model.interval import Interval


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
