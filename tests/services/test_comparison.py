"""What a chart is compared with: sessions that show what the chart shows, and their sentences."""

import asyncio

import pytest
from comparisondesk import BTC, ETH, GOLD, OIL, OWN, T0, TSLA, Desk, key, play
from fakes import settle

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.model.interval import Interval
from alltick_desk.services.comparison import MOST


def test_what_is_added_has_bars_of_the_charts_interval_and_follows_it() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show(interval=Interval.M5)
        await desk.add(BTC, ETH)
        assert desk.comparison.keys == (BTC, ETH)
        assert desk.shown() == [("BTC", "5m"), ("ETH", "5m")]
        assert desk.chosen == 2
        await desk.show(GOLD, Interval.H1)
        assert desk.shown() == [("BTC", "1h"), ("ETH", "1h")]
        assert desk.asked[-2:] == [("BTC", "1h"), ("ETH", "1h")]

    play(scene)


def test_nothing_is_asked_for_before_the_chart_has_its_own_bars() -> None:
    async def scene(desk: Desk) -> None:
        desk.waits = asyncio.Event()
        await desk.add(BTC)
        await desk.show()
        await desk.add(ETH)
        assert desk.asked == [("OWN", "1m")]
        assert desk.notes() == ["Loading…", "Loading…"]
        desk.waits.set()
        await settle()
        assert desk.asked == [("OWN", "1m"), ("BTC", "1m"), ("ETH", "1m")]
        assert desk.closes()[-1] == 10.0

    play(scene)


def test_a_chart_without_bars_holds_nobody_up() -> None:
    async def scene(desk: Desk) -> None:
        words, verdict = "It has none of it.", Verdict.NOT_IN_PLAN
        desk.errors[OWN] = VendorError(words, vendor="alltick", verdict=verdict, call="kline")
        await desk.show()
        await desk.add(BTC)
        assert desk.asked == [("OWN", "1m"), ("BTC", "1m")]

    play(scene)


def test_what_was_added_before_the_chart_opened_waits_for_it() -> None:
    async def scene(desk: Desk) -> None:
        await desk.add(BTC)
        assert desk.asked == []
        assert desk.notes() == [""]
        await desk.show()
        assert desk.shown() == [("BTC", "1m")]
        assert len(desk.closes()) == 30

    play(scene)


def test_a_trade_moves_the_last_value_and_the_version() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show()
        await desk.add(BTC)
        assert desk.closes()[-1] == 10.0
        before = desk.comparison.live_version
        desk.trade("BTC", 20, "12.5")
        assert desk.comparison.live_version > before
        assert desk.closes()[-2:] == [10.0, 12.5]
        member = desk.comparison.members[0]
        desk.trade("BTC", 21, "12.6")
        assert member.sync(desk.main.series) == 29  # the last bar and no other

    play(scene)


def test_no_more_than_four_and_none_twice_nor_the_charts_own() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show()
        await desk.add(BTC, ETH, GOLD, TSLA)
        assert len(desk.comparison.keys) == MOST
        said = desk.comparison.add(OIL)
        assert said == (
            "A chart is compared with at most 4 instruments, so OIL was not added. Remove one "
            "first."
        )
        assert desk.comparison.add(ETH) == "ETH is compared already."
        assert desk.comparison.add(OWN) == "OWN is what the chart shows."
        assert desk.comparison.keys == (BTC, ETH, GOLD, TSLA)
        assert len(desk.sessions) == 1 + MOST

    play(scene)


def test_the_same_code_of_another_vendor_is_another_instrument() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show()
        await desk.add(key("OWN", "itick"))
        assert desk.shown() == [("OWN", "1m")]

    play(scene)


def test_what_is_removed_asks_nothing_any_more_and_frees_its_slot() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show()
        await desk.add(BTC, ETH, GOLD)
        gone = desk.comparison.members[1]
        desk.comparison.remove(ETH)
        desk.comparison.remove(ETH)
        assert gone.session.key is None
        assert desk.comparison.slots == (BTC, None, GOLD, None)
        version = desk.comparison.live_version
        desk.trade("ETH", 20, "12.5")
        assert desk.comparison.live_version == version
        await desk.add(TSLA)
        assert [member.slot for member in desk.comparison.members] == [0, 1, 2]
        assert desk.comparison.keys == (BTC, TSLA, GOLD)

    play(scene)


def test_an_interval_that_it_lacks_is_told_and_another_one_brings_it_back() -> None:
    async def scene(desk: Desk) -> None:
        desk.intervals[BTC] = (Interval.M1, Interval.D1)
        await desk.show(interval=Interval.H2)
        await desk.add(BTC)
        assert desk.notes() == ["The vendor has no 2h bars of it; choose another interval."]
        assert desk.asked == [("OWN", "2h")]
        await desk.show(interval=Interval.M1)
        assert desk.notes() == [""]
        assert desk.closes()[-1] == 10.0
        await desk.show(interval=Interval.H2)
        assert set(map(str, desk.closes())) == {"nan"}

    play(scene)


def test_what_the_chart_shows_itself_has_no_second_line() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show()
        await desk.add(BTC)
        await desk.show(BTC)
        assert desk.notes() == ["The chart shows it now."]
        assert desk.shown() == [None]
        await desk.show(OWN)
        assert desk.notes() == [""]
        assert desk.shown() == [("BTC", "1m")]

    play(scene)


@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN_CODE, Verdict.NOT_IN_PLAN])
def test_a_refusal_is_told_and_asked_again_with_another_plan(verdict: Verdict) -> None:
    async def scene(desk: Desk) -> None:
        error = VendorError("It has none of it.", vendor="alltick", verdict=verdict, call="kline")
        desk.errors[BTC] = error
        await desk.show()
        await desk.add(BTC)
        assert desk.notes() == ["It has none of it."]
        desk.errors.clear()
        desk.comparison.reload("itick")
        await settle()
        assert desk.notes() == ["It has none of it."]
        desk.comparison.reload("alltick")
        await settle()
        assert desk.notes() == [""]
        assert desk.closes()[-1] == 10.0

    play(scene)


def test_trades_that_do_not_come_are_told_of() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show()
        await desk.add(BTC)
        desk.not_live = "It is beyond the plan."
        assert desk.notes() == ["It is beyond the plan."]
        assert desk.closes()[-1] == 10.0

    play(scene)


def test_older_bars_are_fetched_as_far_as_the_chart_looks_back() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show()
        await desk.add(BTC)
        assert desk.closes()[:20] != [10.0] * 20
        asked_before = len(desk.paged)
        moved = -1
        while moved != len(desk.paged):  # as the chart does when bars came
            moved = len(desk.paged)
            desk.comparison.reach(T0 - 29 * 60, 4.0)
            await settle()
        assert len(desk.paged) > asked_before
        assert {code for code, _ in desk.paged} == {"BTC"}
        assert desk.closes()[:20] == [5.0] * 20

    play(scene)


def test_a_connection_that_came_back_has_the_newest_bars_asked_for() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show()
        await desk.add(BTC, ETH)
        desk.asked.clear()
        desk.comparison.refresh([ETH, GOLD])
        await settle()
        assert desk.asked == [("ETH", "1m")]

    play(scene)


def test_while_the_chart_rests_nothing_is_asked_for() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show()
        await desk.add(BTC)
        desk.main.close()
        desk.comparison.follow()
        assert desk.shown() == [None]
        version = desk.comparison.live_version
        desk.trade("BTC", 20, "12.5")
        assert desk.comparison.live_version == version
        await desk.show()
        assert desk.shown() == [("BTC", "1m")]

    play(scene)


def test_slots_can_be_filled_as_they_were() -> None:
    async def scene(desk: Desk) -> None:
        await desk.show()
        desk.comparison.fill((None, BTC, None, ETH, GOLD))
        await settle()
        assert desk.comparison.slots == (None, BTC, None, ETH)
        stays = desk.comparison.members[0].session
        desk.comparison.fill((GOLD, BTC))
        assert desk.comparison.slots == (GOLD, BTC, None, None)
        assert desk.comparison.members[1].session is stays
        assert desk.chosen == 2

    play(scene)
