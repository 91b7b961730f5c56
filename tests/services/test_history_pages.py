"""Going back in a chart: pages as they are wanted, each once, and an honest end."""

import asyncio
from pathlib import Path

import pytest
from historydesk import BTC, NOW, Desk, at, minutes, play, refusal

from alltick_desk.errors import ProtocolError, Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.services.chart_notes import NoteKind
from alltick_desk.services.history_pages import Begins
from alltick_desk.store.candle_values import Source, Span


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def pages(desk: Desk) -> list[tuple[int, int | None, Lane]]:
    """Return what was asked beyond the newest bars."""
    return [tuple(it) for it in desk.exchange.asked if it.end is not None]


def test_nothing_older_is_asked_for_before_the_person_goes_there(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        assert pages(desk) == []
        desk.session.reach(350.0, 150.0)
        await desk.quiet()
        assert pages(desk) == []
        assert desk.session.beginning is None

    play(path, scene)


def test_a_page_is_there_before_the_edge_is_reached(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        desk.session.reach(200.0, 150.0)
        await desk.quiet()
        assert pages(desk) == [(500, NOW - 499, Lane.VISIBLE)]
        assert desk.shown() == list(range(NOW - 998, NOW + 1))
        assert desk.stored() == desk.shown()
        assert desk.facts().spans == (Span(at(NOW - 998), at(NOW)),)
        assert desk.session.note.kind is NoteKind.NONE
        desk.session.reach(699.0, 150.0)
        await desk.quiet()
        assert len(pages(desk)) == 1

    play(path, scene)


def test_dragging_makes_no_storm_and_no_page_is_asked_for_twice(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        desk.exchange.gate = asyncio.Event()
        for first in range(200, -50, -1):
            desk.session.reach(float(first), 150.0)
            if first % 10 == 0:
                await desk.quiet()
        assert len(pages(desk)) == 1
        assert str(desk.session.note) == "Loading older bars…"
        desk.exchange.gate.set()
        await desk.quiet()
        ends = [end for _, end, _ in pages(desk)]
        assert len(ends) == len(set(ends))
        assert ends == [NOW - 499]

    play(path, scene)


def test_a_far_jump_to_the_left_is_filled_as_far_as_is_looked_at(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 9000, NOW + 1))
        await desk.opened()
        desk.session.reach(-2000.0, 5000.0)  # zoomed out, with empty space on the left
        await desk.quiet()
        assert len(pages(desk)) == 3, "a thousand bars ahead are enough"
        assert desk.shown()[0] == NOW - 499 - 3 * 499

    play(path, scene)


def test_the_wait_for_the_plan_is_told(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        desk.exchange.wait = 8.4
        desk.exchange.gate = asyncio.Event()
        desk.session.reach(0.0, 150.0)
        await desk.quiet()
        told = "Older bars: waiting {} s for the plan's next free call"
        assert str(desk.session.note) == told.format(9)
        changes = desk.changes
        await desk.clock.advance(5.0)
        assert str(desk.session.note) == told.format(4)
        assert desk.changes >= changes + 5
        await desk.clock.advance(5.0)
        assert str(desk.session.note) == "Loading older bars…"
        desk.exchange.gate.set()
        await desk.quiet()
        assert str(desk.session.note) == ""

    play(path, scene)


def test_the_store_is_asked_first(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.keep(minutes(NOW - 900, NOW), source=Source.CLOSED, span=Span(at(NOW - 900), at(NOW)))
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        assert desk.shown() == list(range(NOW - 900, NOW + 1))
        desk.session.reach(0.0, 100.0)
        await desk.quiet()
        assert [end for _, end, _ in pages(desk)] == [NOW - 900]

    play(path, scene)


def test_the_end_of_the_vendors_history_is_told_and_kept(path: Path) -> None:
    async def first(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 800, NOW + 1))
        await desk.opened()
        desk.session.reach(0.0, 150.0)
        await desk.quiet()
        assert [end for _, end, _ in pages(desk)] == [NOW - 499]
        assert desk.session.beginning is None, "fewer bars than were asked for are no proof"
        desk.session.reach(0.0, 150.0)
        await desk.quiet()
        assert [end for _, end, _ in pages(desk)] == [NOW - 499, NOW - 800]
        beginning = desk.session.beginning
        assert beginning is not None
        assert (beginning.time_s, beginning.kind) == (at(NOW - 800), Begins.VENDOR)
        assert beginning.reason == "AllTick's history begins here: it has no older bars."
        for _ in range(3):
            desk.session.reach(0.0, 150.0)
            await desk.quiet()
        assert len(pages(desk)) == 2
        assert desk.facts().history_begins_s == at(NOW - 800)

    async def second(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 800, NOW + 1))
        await desk.opened()
        assert desk.session.beginning is not None, "the store knows it"
        assert pages(desk) == []
        for _ in range(3):
            desk.session.reach(0.0, 150.0)
            await desk.quiet()
        assert [end for _, end, _ in pages(desk)] == [NOW - 800], "asked again once a run"
        desk.exchange.give(minutes(NOW - 2000, NOW + 1))
        desk.session.reload()  # another plan gives more
        await desk.quiet()
        assert desk.session.beginning is None
        assert desk.shown()[0] == NOW - 1299

    play(path, first)
    play(path, second)


def test_a_stock_has_the_newest_500_and_what_was_kept(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.pages = False
        desk.keep(minutes(NOW - 800, NOW), source=Source.CLOSED, span=Span(at(NOW - 800), at(NOW)))
        desk.exchange.give(minutes(NOW - 499, NOW + 1))
        await desk.opened()
        desk.session.reach(0.0, 150.0)
        await desk.quiet()
        assert pages(desk) == []
        beginning = desk.session.beginning
        assert beginning is not None
        assert (beginning.time_s, beginning.kind) == (at(NOW - 800), Begins.NEWEST_ONLY)
        assert beginning.reason == (
            "AllTick gives only the newest 500 bars of this instrument; older ones are what this "
            "desk has kept."
        )

    play(path, scene)


def test_a_vendor_that_does_not_listen_to_the_end_gives_the_newest_only(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.heeds_end = False
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        for _ in range(3):
            desk.session.reach(0.0, 150.0)
            await desk.quiet()
        assert len(pages(desk)) == 1
        assert desk.session.beginning is not None
        assert desk.session.beginning.kind is Begins.NEWEST_ONLY
        assert desk.facts().history_begins_s is None

    play(path, scene)


@pytest.mark.parametrize(
    "error",
    [refusal(Verdict.NETWORK), refusal(Verdict.RATE), ProtocolError("It is garbled.")],
)
def test_a_page_that_fails_is_asked_for_again_with_growing_pauses(
    path: Path, error: Exception
) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        desk.exchange.errors = [error, error, error]
        for _ in range(10):
            desk.session.reach(0.0, 150.0)
        await desk.quiet()
        assert len(pages(desk)) == 1
        assert "Trying again in 2 s." in str(desk.session.note)
        await desk.clock.advance(1.9)
        desk.session.reach(0.0, 150.0)
        await desk.quiet()
        assert len(pages(desk)) == 1
        await desk.clock.advance(0.2)
        assert len(pages(desk)) == 2
        assert "Trying again in 4 s." in str(desk.session.note)
        await desk.clock.advance(4.0)
        assert "Trying again in 8 s." in str(desk.session.note)
        await desk.clock.advance(8.0)
        await desk.quiet()
        assert {end for _, end, _ in pages(desk)} == {NOW - 499}
        assert desk.shown()[0] == NOW - 998
        assert str(desk.session.note) == ""

    play(path, scene)


def test_who_goes_back_to_now_while_a_page_fails_asks_no_more(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        desk.exchange.errors = [refusal(Verdict.NETWORK)]
        desk.session.reach(0.0, 150.0)
        await desk.quiet()
        desk.session.reach(349.0, 150.0)
        await desk.clock.advance(60.0)
        assert len(pages(desk)) == 1
        assert str(desk.session.note) == ""

    play(path, scene)


def test_a_refusal_of_the_page_is_the_end_and_is_told_in_its_words(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        desk.exchange.errors = [refusal(Verdict.OVER_PLAN)]
        for _ in range(3):
            desk.session.reach(0.0, 150.0)
            await desk.quiet()
        assert len(pages(desk)) == 1
        assert desk.session.beginning is not None
        assert desk.session.beginning.kind is Begins.REFUSED
        assert desk.session.beginning.reason == "It said over-plan."
        assert desk.facts().history_begins_s is None

    play(path, scene)


def test_a_refused_token_says_nothing_of_the_history(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        desk.exchange.errors = [refusal(Verdict.TOKEN)]
        for _ in range(3):
            desk.session.reach(0.0, 150.0)
            await desk.quiet()
        assert len(pages(desk)) == 1
        assert desk.session.beginning is None
        desk.session.reload()
        await desk.quiet()
        assert len(pages(desk)) == 2, "with another token it goes on"

    play(path, scene)


def test_a_page_that_comes_after_the_chart_was_left_is_not_wanted(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        desk.exchange.gate = asyncio.Event()
        desk.session.reach(0.0, 150.0)
        await desk.quiet()
        desk.session.open(BTC, Interval.H1)
        desk.exchange.gate.set()
        await desk.quiet()
        assert len(desk.stored()) == 500
        assert desk.session.beginning is None

    play(path, scene)


def test_bars_that_are_no_numbers_are_not_taken(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 499, NOW + 1))
        desk.exchange.give([Candle(at(NOW - 500), "1", "1", "1", "one")])
        await desk.opened()
        desk.session.reach(0.0, 150.0)
        await desk.quiet()
        assert "cannot be read" in str(desk.session.note)
        assert desk.shown()[0] == NOW - 499

    play(path, scene)


def test_live_bars_go_on_while_a_page_is_under_way(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 3000, NOW + 1))
        await desk.opened()
        desk.exchange.gate = asyncio.Event()
        desk.session.reach(0.0, 150.0)
        await desk.quiet()
        desk.trade(NOW + 0.9, "11.5")
        desk.trade(NOW + 1.1, "12.5")
        desk.exchange.gate.set()
        await desk.quiet()
        assert desk.shown() == list(range(NOW - 998, NOW + 2))
        assert desk.session.series.close[-2:].tolist() == [11.5, 12.5]

    play(path, scene)
