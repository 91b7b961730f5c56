"""Two charts of the same bars: the second begins with what the first has, and asks for nothing."""

import asyncio
from pathlib import Path

import pytest
from historydesk import BTC, NOW, TENCENT, Desk, at, candle, minutes, play, refusal

from alltick_desk.errors import Verdict
from alltick_desk.feed.lanes import Lane
from alltick_desk.model.interval import Interval
from alltick_desk.services.charts import ChartSession
from alltick_desk.services.open_charts import FRESH_S
from alltick_desk.services.outages import Outage
from alltick_desk.store.candle_values import Source, Span


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def rows(chart: ChartSession) -> list[tuple[float, ...]]:
    return [tuple(chart.series.row(index)) for index in range(len(chart.series))]


def counts(desk: Desk) -> list[int]:
    return [it.count for it in desk.exchange.asked]


async def twin_of(desk: Desk) -> ChartSession:
    """Open a second chart of the same bars."""
    other = desk.chart()
    other.open(BTC, Interval.M1)
    await desk.quiet()
    return other


async def begun(desk: Desk) -> None:
    desk.exchange.give(minutes(NOW - 600, NOW + 1))
    await desk.opened()


def test_the_bar_in_progress_is_shared_and_both_go_on_alike(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await begun(desk)
        desk.trade(NOW + 0.6, "12.5", "3")
        other = await twin_of(desk)
        assert counts(desk) == [500]
        assert rows(other) == rows(desk.session)
        assert rows(other)[-1][2] == 12.5
        assert other.forming
        assert str(other.note) == ""
        desk.trade(NOW + 0.7, "8.0", "1")
        desk.trade(NOW + 1.2, "9.0")
        assert rows(other) == rows(desk.session)
        assert other.gaps(0, 500) == desk.session.gaps(0, 500)
        other.close()

    play(path, scene)


def test_older_bars_come_from_the_store_as_the_person_goes_there(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await begun(desk)
        desk.session.reach(0.0, 100.0)
        await desk.quiet()
        asked = len(desk.exchange.asked)
        other = await twin_of(desk)
        other.reach(0.0, 100.0)
        await desk.quiet()
        assert len(desk.exchange.asked) == asked
        assert rows(other) == rows(desk.session)
        assert other.beginning == desk.session.beginning
        other.close()

    play(path, scene)


def test_what_was_answered_a_while_ago_is_asked_for_again(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await begun(desk)
        await desk.clock.advance(FRESH_S - 1.0)
        second = await twin_of(desk)
        assert counts(desk) == [500]
        await desk.clock.advance(1.0)
        third = await twin_of(desk)  # the second has no newer answer either
        assert len(counts(desk)) == 2
        second.close()
        third.close()

    play(path, scene)


def test_while_nothing_is_heard_it_is_asked(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await begun(desk)
        desk.outages = [Outage(at(NOW), None)]
        other = await twin_of(desk)
        assert len(counts(desk)) == 2
        other.close()

    play(path, scene)


@pytest.mark.parametrize("verdict", [Verdict.TOKEN, Verdict.NETWORK])
def test_one_that_failed_has_nothing_to_give(path: Path, verdict: Verdict) -> None:
    async def scene(desk: Desk) -> None:
        desk.exchange.give(minutes(NOW - 600, NOW + 1))
        desk.exchange.errors = [refusal(verdict)]
        await desk.opened()
        other = await twin_of(desk)
        assert counts(desk) == [500, 500]
        assert len(other.series) == 500
        other.close()

    play(path, scene)


def test_another_interval_or_instrument_is_another_question(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await begun(desk)
        for key, interval in ((TENCENT, Interval.M1), (BTC, Interval.M5)):
            other = desk.chart()
            other.open(key, interval)
            await desk.quiet()
            other.close()
        assert len(counts(desk)) == 3
        desk.session.close()
        again = await twin_of(desk)  # of one that is closed
        assert len(counts(desk)) == 4
        again.close()

    play(path, scene)


def test_while_one_asks_the_other_asks_the_same(path: Path) -> None:
    """Equal questions are one call; what has passed in between makes no other question of it."""

    async def scene(desk: Desk) -> None:
        span = Span(at(NOW - 600), at(NOW - 21))
        desk.keep(minutes(NOW - 600, NOW - 20), source=Source.CLOSED, span=span)
        desk.exchange.give(minutes(NOW - 600, NOW + 1))
        desk.exchange.gate = asyncio.Event()
        desk.session.open(BTC, Interval.M1)
        await desk.quiet()
        await desk.clock.advance(45.0)  # the minute has changed
        other = await twin_of(desk)
        first, second = desk.exchange.asked
        assert first == second
        assert first.lane is Lane.CLICK
        desk.exchange.gate.set()
        await desk.quiet()
        assert rows(other) == rows(desk.session)
        other.close()

    play(path, scene)


def test_what_built_bars_were_off_is_counted_once(path: Path) -> None:
    async def scene(desk: Desk) -> None:
        await begun(desk)
        other = await twin_of(desk)
        desk.trade(NOW + 0.6, "10.0")
        desk.trade(NOW + 1.1, "12.5")
        desk.exchange.give([candle(NOW, "20"), candle(NOW + 1, "12.5")])
        await desk.clock.advance(90.0)
        await desk.quiet()
        assert rows(other) == rows(desk.session)
        assert rows(other)[-2][4] == 20.0
        assert desk.facts().drift.bars == 1
        other.close()

    play(path, scene)
