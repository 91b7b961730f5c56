"""Several charts in the running desk: what they show is there again."""

from pathlib import Path

import pytest
from chartways import (
    CODES,
    RATE,
    active,
    button,
    choose,
    go_to,
    lay_out,
    loaded,
    open_in,
    panel,
    places,
    shows,
)
from desk_under_test import desk_running, play
from PySide6.QtWidgets import QApplication, QToolButton
from venue import venue_open

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


def test_what_every_chart_shows_is_there_again(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            async with desk_running(tmp_path, venue=venue) as d:
                await d.until(d.live)
                await lay_out(d, "four")
                for number, code in enumerate(("GOLD", "BTCUSDT", "700.HK", "TSLA.US")):
                    await open_in(d, number, code)
                await choose(d, 1, "group.4")
                await choose(d, 3, "group.4", "link.interval", "link.instrument")
                await d.act(button(d, 1, "interval_1h").click)
                await go_to(d, 2)
                await d.act(lambda: look_as_line(button(d, 2, "chartStyle")))
                assert await d.close() == 0
            async with desk_running(tmp_path, venue=venue) as d:
                assert len(places(d)) == 4
                assert active(d) == 2
                await d.until(lambda: all(it.panel is not None for it in places(d)))
                was = ["GOLD 1m", "BTCUSDT 1h", "700.HK 1m", "BTCUSDT 1h"]
                await d.until(lambda: shows(d) == was)
                await loaded(d)
                assert [it.group for it in places(d)] == [0, 4, 0, 4]
                styles = [panel(d, it).look().style.value for it in range(4)]
                assert styles == ["candles", "candles", "line", "candles"]
                await d.act(button(d, 3, "interval_5m").click)
                await d.until(lambda: shows(d)[1] == "BTCUSDT 5m", "the group links as it did")
                await lay_out(d, "one")
                assert await d.close() == 0
            async with desk_running(tmp_path, venue=venue) as d:
                assert len(places(d)) == 1
                await d.until(d.live)
                assert shows(d) == ["BTCUSDT 5m"]
                await lay_out(d, "four")
                was = ["GOLD 1m", "BTCUSDT 5m", "700.HK 1m", "BTCUSDT 5m"]
                assert shows(d) == was, "and the others are where they were"
                assert active(d) == 3

    play(scenario())


def test_charts_that_come_back_have_the_colours_chosen_meanwhile(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            await lay_out(d, "columns")
            await lay_out(d, "one")
            light = panel(d, 0).view.theme.base.name()
            d.front.apply_settings(d.front.settings._replace(theme="dark"))
            await lay_out(d, "columns")
            grounds = [panel(d, number).view.theme.base.name() for number in (0, 1)]
            assert grounds[0] == grounds[1] != light

    play(scenario())


def look_as_line(styles: QToolButton) -> None:
    """Choose the style "line" in the menu of styles."""
    menu = styles.menu()
    menu.aboutToShow.emit()
    (entry,) = (it for it in menu.actions() if it.objectName() == "chart.style.line")
    entry.trigger()
