"""Gaps of an open chart are filled in the background, and never asked for twice."""

from pathlib import Path

import pytest
from historydesk import NOW, Desk, at, minutes, play

from alltick_desk.errors import Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.instrument import Market
from alltick_desk.services.gaps_refill import MOST_PAGES
from alltick_desk.services.outages import Outage
from alltick_desk.store.candle_values import Gap, GapReason, Source, Span


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def background(desk: Desk) -> list[int | None]:
    """Return the ends of the pages that were asked for in the background."""
    return [it.end for it in desk.exchange.asked if it.lane is Lane.BACKGROUND]


def keep_old(desk: Desk, start: int, stop: int) -> None:
    desk.keep(minutes(start, stop), source=Source.CLOSED, span=Span(at(start), at(stop)))


def test_the_hole_between_then_and_now_is_filled(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        keep_old(desk, NOW - 1500, NOW - 1400)
        desk.exchange.give(minutes(NOW - 1500, NOW + 1))
        await desk.opened()
        assert background(desk) == [NOW - 499, NOW - 998]
        assert desk.shown() == list(range(NOW - 1500, NOW + 1))
        assert desk.stored() == desk.shown()
        assert desk.session.gaps(0, 2000) == []
        assert desk.facts().spans == (Span(at(NOW - 1500), at(NOW)),)

    play(path, scene)


def test_a_hole_is_told_as_one_until_it_is_filled(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        keep_old(desk, NOW - 900, NOW - 800)
        desk.exchange.give(minutes(NOW - 900, NOW + 1))
        await desk.opened_with_errors(1)
        (gap,) = desk.session.gaps(0, 2000)
        assert gap[:4] == (99, at(NOW - 800), at(NOW - 499), GapReason.UNKNOWN)
        assert gap.refillable
        changes = desk.changes
        await desk.clock.advance(2.0)
        await desk.quiet()
        assert desk.session.gaps(0, 2000) == []
        assert desk.changes > changes

    play(path, scene)


def test_what_the_vendor_does_not_have_is_asked_for_once(path: Path) -> None:
    async def first(desk: Desk) -> None:
        keep_old(desk, NOW - 900, NOW - 800)
        desk.exchange.give([*minutes(NOW - 900, NOW - 800), *minutes(NOW - 499, NOW + 1)])
        await desk.opened()
        assert background(desk) == [NOW - 499]
        (gap,) = desk.session.gaps(0, 2000)
        assert (gap.after, gap.kind, gap.refillable) == (99, GapReason.FEWER, False)

    async def second(desk: Desk) -> None:
        desk.exchange.give([*minutes(NOW - 900, NOW - 800), *minutes(NOW - 499, NOW + 1)])
        await desk.opened()
        assert background(desk) == []
        (gap,) = desk.session.gaps(0, 2000)
        assert gap.kind is GapReason.FEWER

    play(path, first)
    play(path, second)


def test_a_page_that_brings_nothing_ends_it(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        keep_old(desk, NOW - 900, NOW - 800)
        desk.exchange.give(minutes(NOW - 499, NOW + 1))
        await desk.opened()
        assert background(desk) == [NOW - 499]
        (gap,) = desk.session.gaps(0, 2000)
        assert (gap.kind, gap.refillable) == (GapReason.FEWER, False)
        (kept,) = desk.facts().gaps
        assert kept == Gap(at(NOW - 800), at(NOW - 499), GapReason.FEWER, refillable=False)

    play(path, scene)


def test_a_hole_of_years_costs_no_more_than_some_pages(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        keep_old(desk, 0, 10)
        desk.exchange.give(minutes(0, NOW + 1))
        await desk.opened()
        assert len(background(desk)) >= MOST_PAGES
        assert len(background(desk)) == len(set(background(desk)))
        assert len(background(desk)) <= MOST_PAGES

    play(path, scene)


def test_a_stock_is_not_asked_for_what_it_does_not_give(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.pages = False
        keep_old(desk, NOW - 900, NOW - 800)
        desk.exchange.give(minutes(NOW - 499, NOW + 1))
        await desk.opened()
        assert background(desk) == []
        gaps = [it for it in desk.session.gaps(0, 2000) if it.kind is not GapReason.CLOSED]
        assert gaps
        assert not any(it.refillable for it in gaps)
        assert "does not give them any more" in gaps[0].reason

    play(path, scene, market=Market.UNKNOWN)


def test_a_failing_vendor_is_asked_with_growing_pauses_and_says_nothing(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        keep_old(desk, NOW - 900, NOW - 800)
        desk.exchange.give(minutes(NOW - 900, NOW + 1))
        await desk.opened_with_errors(3)
        assert len(background(desk)) == 1
        assert str(desk.session.note) == ""
        await desk.clock.advance(2.0)
        assert len(background(desk)) == 2
        await desk.clock.advance(3.9)
        assert len(background(desk)) == 2
        await desk.clock.advance(20.0)
        await desk.quiet()
        assert desk.session.gaps(0, 2000) == []

    play(path, scene)


def test_a_refusal_ends_it_until_the_chart_is_loaded_anew(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        keep_old(desk, NOW - 900, NOW - 800)
        desk.exchange.give(minutes(NOW - 900, NOW + 1))
        await desk.opened_with_errors(1, Verdict.OVER_PLAN)
        await desk.clock.advance(5000.0)
        assert len(background(desk)) == 1
        desk.session.reload()
        await desk.quiet()
        assert len(background(desk)) == 2
        assert desk.session.gaps(0, 2000) == []

    play(path, scene)


def test_an_outage_is_told_kept_and_filled(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 499, NOW + 1))
        await desk.opened()
        desk.trade(NOW + 0.5, "10.5")
        desk.outages = [Outage(at(NOW + 1) + 5, at(NOW + 4) - 5)]
        desk.trade(NOW + 4.2, "11.0")
        desk.trade(NOW + 7.2, "11.0")
        first, second = desk.session.gaps(490, 600)
        assert (first.from_s, first.to_s) == (at(NOW + 1), at(NOW + 4))
        assert first.kind is GapReason.DISCONNECTED
        assert first.refillable
        assert (second.from_s, second.kind) == (at(NOW + 5), GapReason.FEWER)
        desk.exchange.give(minutes(NOW + 1, NOW + 8))
        desk.session.refresh()
        await desk.quiet()
        assert desk.session.gaps(0, 2000) == []
        assert desk.shown()[-8:] == list(range(NOW, NOW + 8))

    play(path, scene)


def test_the_hole_is_left_alone_once_the_chart_is(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        keep_old(desk, NOW - 900, NOW - 800)
        desk.exchange.give(minutes(NOW - 900, NOW + 1))
        await desk.opened_with_errors(1)
        desk.session.close()
        await desk.clock.advance(100.0)
        assert len(background(desk)) == 1
        assert desk.session.gaps(0, 2000) == []

    play(path, scene)
