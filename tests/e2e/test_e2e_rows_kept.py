"""Rows that go and come back, lists that are opened, and columns that take more than prices."""

from pathlib import Path

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from venue import venue_open

from alltick_desk.model.instrument import Catalogue, InstrumentKey, Market
from alltick_desk.resources import resource
from alltick_desk.services.market_hours import MarketState, Phase

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)

RATE = 20.0
CODES = ("700.HK", "AAPL.US", "TSLA.US", "MSFT.US")
CTRL = Qt.KeyboardModifier.ControlModifier


def cell(d: RunningDesk, code: str, column: str) -> str:
    """Return what stands in a cell of the table."""
    model = d.front.panel._model
    place = model.place(InstrumentKey(d.vendor, code))
    assert place is not None
    (number,) = [number for number, it in enumerate(model.columns) if it.id == column]
    return str(model.index(place, number).data())


def test_undo_brings_a_removed_row_back_with_its_figures_and_not_live_by_them(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(lambda: d.live() and d.row("AAPL.US").previous_close)
            row = d.row("AAPL.US")
            await d.act(lambda: d.select("AAPL.US"), lambda: d.press(Qt.Key.Key_Delete))
            # The chart goes to another instrument, so that nothing shows the row any more.
            await d.act(lambda: d.select("TSLA.US"), lambda: d.press(Qt.Key.Key_Return))
            await d.until(lambda: row not in list(d.front.board.rows()))
            await d.during(20)
            kept = (row.last, row.previous_close, row.high)
            assert all(kept)
            d.exchange.fault("shut", codes=["AAPL.US"])
            await d.act(lambda: d.press(Qt.Key.Key_Z, CTRL))
            assert d.row("AAPL.US") is row
            assert (row.last, row.previous_close, row.high) == kept
            assert cell(d, "AAPL.US", "last") == row.last
            # It is asked for again, and what came before it went proves nothing.
            await d.during(3, lambda: d.state("AAPL.US") == "Waiting")
            await d.until(lambda: d.state("AAPL.US") == "Quiet")
            d.exchange.heal()
            await d.until(d.live)
        assert not d.exchange.breaches

    play(scenario())


class Closed:
    """The hours of markets that rest, all of them."""

    def state(self, market: object, now_ms: int) -> MarketState:
        del market, now_ms
        return MarketState(Phase.CLOSED)


def test_of_a_list_just_opened_is_said_at_once_what_needs_no_answer(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES[:2], rate=RATE, hours=Closed()) as d:
            lists = d.front.lists
            first, second = lists.shown.id, lists.add_list("Second")
            lists.show(second)
            d.front.watchlist.add([InstrumentKey("alltick", code) for code in CODES[1:]])
            await d.until(lambda: all(row.last for row in d.rows()))
            await d.act(lambda: lists.show(first))
            await d.during(20)
            sent = len(d.exchange.journal)
            await d.act(lambda: lists.show(second))
            states = {code: d.state(code) for code in CODES[2:]}
            assert len(d.exchange.journal) == sent  # nobody was asked yet
            assert states == dict.fromkeys(CODES[2:], "Market closed")

    play(scenario())


def test_to_sort_by_a_figure_of_the_issuer_asks_for_all_rows(
    tmp_path: Path, qapp: QApplication
) -> None:
    everything = Catalogue.read(resource("catalogue.csv"))
    stocks = {Market.HK_STOCK, Market.US_STOCK, Market.CN_STOCK}
    codes = tuple(it.code for it in everything if it.market in stocks)[:80]
    assert len(codes) > 40  # more than the table shows at once

    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=codes, rate=RATE) as d:
            choices, refreshing = d.front.panel.choices, d.desk._refreshing
            await d.until(lambda: d.row(codes[0]).last)
            await d.act(lambda: choices.show(("code", "last", "eps")))
            keys = {InstrumentKey("alltick", code) for code in codes}

            def known() -> set[InstrumentKey]:
                return {key for key in keys if refreshing.info(key) is not None}

            await d.until(known)
            seen = set(d.front.panel.visible_keys())
            await d.during(10, lambda: known() <= seen)  # what nobody sees is not paid for
            assert seen < keys
            await d.act(lambda: choices.cycle("eps"))
            hidden = (keys - seen).pop()
            await d.until(lambda: known() == keys)
            assert float(cell(d, hidden.code, "eps"))
        assert not d.exchange.breaches

    play(scenario())


def test_the_line_of_the_day_begins_with_what_charts_have_stored(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            async with desk_running(tmp_path, symbols=CODES, venue=venue) as d:
                await d.act(lambda: d.find(QToolButton, "interval_1m").click())
                await d.until(lambda: len(d.chart.series) >= 100)
                await d.until(d.live)
                opened = d.chart.key
                assert opened is not None
            async with desk_running(tmp_path, symbols=CODES, venue=venue) as d:
                began_s = d.clock.monotonic()
                await d.act(lambda: d.front.panel.choices.show(("code", "last", "day_line")))
                lines, row = d.front.panel.day_lines, d.row(opened.code)

                def seeded() -> bool:
                    line = lines.of(row)
                    return line is not None and line.seeded

                await d.until(seeded)
                line = lines.of(row)
                assert line is not None
                assert line.times_s[0] < began_s - 600
                model = d.front.panel._model
                place = model.place(opened)
                assert place is not None
                tip = str(model.index(place, 2).data(Qt.ItemDataRole.ToolTipRole))
                assert "bars that charts have stored" in tip
                assert "It is complete since" in tip
                other = lines.of(d.row(CODES[-1]))
                assert other is None or other.times_s[0] >= began_s

    play(scenario())


def test_a_row_of_a_vendor_that_nobody_knows_says_what_can_be_done_and_that_works(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES[:1], rate=RATE) as d:
            stranger = d.about("elsewhere")
            key = InstrumentKey("elsewhere", "AAPL.US")
            d.front.watchlist.add([key])
            await d.until(lambda: stranger.state("AAPL.US") == "Offline")
            assert "Also watch at" in stranger.row("AAPL.US").state_remedy
            await d.act(lambda: stranger.select("AAPL.US"))
            action = d.front.panel.actions_["also.alltick"]
            assert action.text() == "Also watch at AllTick"
            assert action.isEnabled()
            await d.act(action.trigger)
            await d.until(lambda: d.state("AAPL.US") == "Live")

    play(scenario())
