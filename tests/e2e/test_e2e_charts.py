"""Several charts in the running desk: which is active, and what they cost."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from chartways import (
    CODES,
    LEFT,
    RATE,
    SHIFT,
    active,
    booked,
    button,
    go_to,
    lay_out,
    loaded,
    open_in,
    panel,
    places,
    press,
    shows,
)
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.sim.limits import describe

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


# The active chart


def test_a_click_in_the_list_opens_in_the_active_chart_and_the_book_follows(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            await d.act(lambda: d.select("GOLD"))
            await d.until(lambda: shows(d) == ["GOLD 1m"])
            await lay_out(d, "columns")
            assert shows(d) == ["GOLD 1m", "GOLD 1m"], "a new chart begins as the active one is"
            await loaded(d)
            await d.act(press(d, Qt.Key.Key_F6))
            assert active(d) == 1
            await d.act(lambda: d.select("BTCUSDT"))
            await d.until(lambda: shows(d) == ["GOLD 1m", "BTCUSDT 1m"])
            assert booked(d) == ("BTCUSDT", "BTCUSDT")
            await d.act(press(d, Qt.Key.Key_F6))
            assert active(d) == 0, "after the last comes the first"
            await d.until(lambda: d.front.panel.selected() == InstrumentKey("alltick", "GOLD"))
            assert booked(d) == ("GOLD", "GOLD")
            await d.act(press(d, Qt.Key.Key_F6, SHIFT))
            assert active(d) == 1
            first = panel(d, 0).view.viewport()
            await d.act(lambda: QTest.mouseClick(first, LEFT, pos=QPoint(60, 60)))
            assert active(d) == 0
            await d.during(2)
            assert shows(d) == ["GOLD 1m", "BTCUSDT 1m"], "to go to a chart opens nothing in it"

    play(scenario())


def test_an_interval_is_chosen_for_one_chart_which_becomes_the_active_one(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            await lay_out(d, "rows")
            await loaded(d)
            await d.act(button(d, 1, "interval_5m").click)
            await d.until(lambda: shows(d) == ["700.HK 1m", "700.HK 5m"])
            assert active(d) == 1
            await loaded(d)
            assert panel(d, 1).view.interval is Interval.M5

    play(scenario())


def test_the_active_chart_stays_when_others_go_and_they_come_back(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            await lay_out(d, "four")
            for number, code in enumerate(CODES):
                await open_in(d, number, code)
            await go_to(d, 2)
            await lay_out(d, "one")
            assert shows(d) == ["GOLD 1m"]
            sessions = [it.session for it in d.desk._charting.places]
            assert [it.key is None for it in sessions] == [False, True, True, True]
            assert panel(d, 0).view.hasFocus()
            await lay_out(d, "four")
            await loaded(d)
            assert shows(d) == [f"{it} 1m" for it in CODES], "each is where it was"
            assert active(d) == 2
            await go_to(d, 3)
            await lay_out(d, "columns")
            assert shows(d) == ["700.HK 1m", "BTCUSDT 1m"]
            await lay_out(d, "four")
            assert shows(d) == [f"{it} 1m" for it in CODES]

    play(scenario())


def test_the_view_menu_and_the_button_offer_the_layouts(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            await d.until(lambda: d.front.window.findChild(QMenu, "menu.charts"))
            charts = d.find(QMenu, "menu.charts")
            assert charts.menuAction() in d.find(QMenu, "menu.view").actions()
            offered = d.find(QMenu, "chartLayout.menu").actions()
            assert [it.text() for it in offered] == [
                "One chart",
                "Two side by side",
                "Two one above the other",
                "Four charts",
            ]
            assert [it.isChecked() for it in offered] == [True, False, False, False]
            assert not d.find(QAction, "charts.next").isEnabled()
            await d.act(offered[1].trigger)
            assert len(places(d)) == 2
            assert offered[1].isChecked()
            assert d.find(QAction, "charts.next").isEnabled()
            assert not d.find(QAction, "charts.go.3").isVisible()

    play(scenario())


# What the vendor is asked


def test_four_charts_keep_to_the_plan_and_say_what_they_wait_for(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        codes = ("BTCUSDT", "GOLD")
        async with desk_running(tmp_path, plan="free", symbols=codes, rate=30) as d:
            await d.until(d.live)
            await d.until(lambda: len(d.chart.series) >= 500)
            await lay_out(d, "four")
            await open_in(d, 1, "GOLD")
            for number, interval in ((2, "5m"), (3, "15m")):
                await d.act(button(d, number, f"interval_{interval}").click)
            waiting: set[int] = set()

            def all_there() -> bool:
                waiting.update(
                    number
                    for number, place in enumerate(places(d))
                    if "Waiting" in str(place.session.note)
                )
                return all(len(place.session.series) >= 500 for place in places(d))

            await d.until(all_there)
            assert len(waiting) >= 2
        assert not d.exchange.breaches, describe(d.exchange.breaches)

    play(scenario())


def test_a_charted_instrument_streams_without_a_row_until_its_chart_is_gone(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            await lay_out(d, "columns")
            await open_in(d, 1, "GOLD")
            await go_to(d, 0)
            await d.act(lambda: d.select("GOLD"), lambda: d.press(Qt.Key.Key_Delete))
            await d.until(lambda: "GOLD" not in d.codes())
            await d.during(5)
            assert shows(d)[1] == "GOLD 1m"
            assert "GOLD" in d.subscribed("trades")
            bars = places(d)[1].session.live_version
            await d.until(lambda: places(d)[1].session.live_version > bars)
            await lay_out(d, "one")
            await d.until(lambda: d.subscribed("trades") == {it for it in CODES if it != "GOLD"})

    play(scenario())


def test_bars_are_pushed_to_every_chart_where_the_vendor_has_them(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        codes = ["BTCUSDT", "ETHUSDT"]
        async with desk_running(tmp_path, vendor="itick", symbols=codes, rate=RATE) as d:
            await d.until(d.live)
            await lay_out(d, "columns")
            await open_in(d, 1, "ETHUSDT")
            await d.until(lambda: pushed(d) == {("BTCUSDT", "kline@1"), ("ETHUSDT", "kline@1")})
            await d.act(button(d, 1, "interval_5m").click)
            await d.until(lambda: pushed(d) == {("BTCUSDT", "kline@1"), ("ETHUSDT", "kline@2")})
            await lay_out(d, "one")
            await d.until(lambda: pushed(d) == {("ETHUSDT", "kline@2")})
        assert not d.exchange.breaches

    play(scenario())


def pushed(d: RunningDesk) -> set[tuple[str, str]]:
    """Whose bars the exchange pushes, and which."""
    topics: Sequence[tuple[str, str]] = [
        (code, topic)
        for connection in d.connections()
        for code, topics in connection.topics.items()
        for topic in topics
    ]
    return {each for each in topics if each[1].startswith("kline@")}
