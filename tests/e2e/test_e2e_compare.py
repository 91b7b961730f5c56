"""A chart compared with other instruments: in the running desk, after a restart, out of sight."""

import json
from functools import partial
from pathlib import Path

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton
from venue import venue_open

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.sim.limits import describe
from alltick_desk.ui.chart.deck import DeckLayout
from alltick_desk.ui.chart.scale import ScaleKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

BTC, GOLD = (InstrumentKey("alltick", code) for code in ("BTCUSDT", "GOLD"))
CODES = ("700.HK", "TSLA.US")
RATE = 20.0


def streamed(d: RunningDesk, *codes: str) -> bool:
    """Whether the desk asks for the trades of these, as of its newest list."""
    family = d.provider.codec.family_of(codes[0])
    lists = d.lists("trades", family)
    return bool(lists) and set(codes) <= set(lists[-1])


async def compare(d: RunningDesk, *codes: str) -> None:
    """Open the search by its key, and type."""
    await d.until(d.find(QToolButton, "chartCompare").isEnabled)
    view = d.panel.view

    def open_search() -> None:
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_C)

    await d.act(open_search)
    dialog = d.panel.compare.dialog
    assert dialog is not None
    box = dialog.findChild(QLineEdit, "compare.add")
    assert box is not None
    assert dialog.focusWidget() is box
    for code in codes:
        await d.act(
            partial(QTest.keyClicks, box, code),
            partial(QTest.keyClick, box, Qt.Key.Key_Return),
        )


def rows(d: RunningDesk) -> dict[str, str]:
    """What the price pane's legend says of each that is compared."""
    told = {}
    for part in d.panel.view.price.legend.text.split("×"):
        code, _, words = part.strip().partition("  ")
        told[code] = words
    return told


def drawn(d: RunningDesk, *codes: str) -> bool:
    """Whether all of them have lines."""
    told = rows(d)
    return all("%" in told.get(code, "") for code in codes)


def kept(folder: Path) -> str:
    """What the layout file says that the first chart is compared with."""
    choices = json.loads((folder / "layout.json").read_bytes())["choices"]
    return str(choices.get("chart.compared", ""))


def test_what_is_compared_moves_and_is_there_again_after_a_restart(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            async with desk_running(tmp_path, symbols=CODES, venue=venue) as d:
                await d.until(lambda: len(d.chart.series) >= 100)
                await compare(d, "BTCUSDT", "GOLD")
                await d.until(lambda: drawn(d, "BTCUSDT", "GOLD"))
                await d.until(lambda: streamed(d, "BTCUSDT", "GOLD"))
                assert known(d) >= {BTC, GOLD}
                before = rows(d)["BTCUSDT"]
                await d.until(lambda: rows(d)["BTCUSDT"] != before)
                assert d.panel.look().scale is ScaleKind.PERCENT
                assert await d.close() == 0
            assert '"alltick:BTCUSDT", "alltick:GOLD"' in kept(tmp_path)
            async with desk_running(tmp_path, symbols=CODES, venue=venue) as d:
                await d.until(lambda: len(d.chart.series) >= 100)
                await d.until(lambda: drawn(d, "BTCUSDT", "GOLD"))
                await d.until(lambda: streamed(d, "BTCUSDT", "GOLD"))
                comparison = d.panel.compare
                await d.act(lambda: comparison.remove(None))
                await d.until(lambda: not drawn(d, "BTCUSDT"))
                assert d.panel.look().scale is ScaleKind.LINEAR
                await d.until(lambda: BTC not in known(d) and GOLD not in known(d))
                assert await d.close() == 0
            assert not kept(tmp_path)
            assert not venue.exchange.breaches, describe(venue.exchange.breaches)

    play(scenario())


def test_nothing_is_loaded_for_comparing_before_the_first_connections(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(lambda: d.desk._charting.active.panel is not None)
            button = d.find(QToolButton, "chartCompare")
            assert not button.isEnabled()
            assert d.desk._maker.comparing is None
            assert d.panel._compare is None
            await d.until(button.isEnabled)

    play(scenario())


def test_a_hidden_chart_asks_for_nothing_that_it_is_compared_with(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(lambda: len(d.chart.series) >= 100)
            charting = d.desk._charting
            await d.act(lambda: charting.lay_out(DeckLayout.COLUMNS))
            await d.until(lambda: all(place.panel for place in charting.places))
            other = charting.places[1]
            await d.act(lambda: charting.activate(other))
            await d.until(lambda: len(d.chart.series) >= 100)
            await compare(d, "GOLD")
            await d.until(lambda: drawn(d, "GOLD"))
            await d.until(lambda: streamed(d, "GOLD"))
            await d.act(lambda: charting.activate(charting.places[0]))
            await d.act(lambda: charting.lay_out(DeckLayout.ONE))
            assert not charting.compared
            assert other.panel is not None
            comparison = other.panel.compare._comparison
            assert comparison is not None
            assert [one.session.key for one in comparison.members] == [None]
            await d.until(lambda: GOLD not in known(d))
            await d.act(lambda: charting.lay_out(DeckLayout.COLUMNS))
            assert list(charting.compared) == [GOLD]
            await d.act(lambda: charting.activate(other))
            await d.until(lambda: drawn(d, "GOLD"))
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def known(d: RunningDesk) -> set[InstrumentKey]:
    """What the board keeps rows of."""
    return {row.key for row in d.front.board.rows()}
