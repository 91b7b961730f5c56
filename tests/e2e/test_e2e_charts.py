"""Several charts in the running desk: which is active, what they share, what is linked, kept."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from desk_under_test import RunningDesk, desk_running, play
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from venue import venue_open

from alltick_desk.app.chart_place import ChartPlace
from alltick_desk.model.drawings import Kind
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.sim.limits import describe
from alltick_desk.ui.chart import ChartPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

RATE = 20.0
LEFT = Qt.MouseButton.LeftButton
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
LAYOUTS = {"one": Qt.Key.Key_1, "columns": Qt.Key.Key_2, "rows": Qt.Key.Key_3, "four": Qt.Key.Key_4}
NUMBERS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
CODES = ("700.HK", "TSLA.US", "GOLD", "BTCUSDT")


def places(d: RunningDesk) -> list[ChartPlace]:
    """The charts that are to be seen, from left to right and down."""
    charting = d.desk._charting
    return charting.places[: len(charting.shown)]


def panel(d: RunningDesk, number: int) -> ChartPanel:
    found = places(d)[number].panel
    assert found is not None
    return found


def button(d: RunningDesk, number: int, name: str) -> QToolButton:
    """A button in a chart's heading."""
    found = panel(d, number).findChild(QToolButton, name)
    assert found is not None
    return found


def booked(d: RunningDesk) -> tuple[str, object]:
    """What the book shows, and what a snapshot says that the chart does."""
    key = d.front.book.key
    return "" if key is None else key.code, d.shown()["chart"]["instrument"]


def shows(d: RunningDesk) -> list[str]:
    """What the charts show, by what stands in their headings."""
    states = [panel(d, number).state() for number in range(len(places(d)))]
    return [f"{state['instrument']} {state['interval']}" for state in states]


def active(d: RunningDesk) -> int:
    return places(d).index(d.desk._charting.active)


def press(d: RunningDesk, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> Callable[[], None]:
    return lambda: QTest.keyClick(d.front.window, key, modifier)


async def lay_out(d: RunningDesk, layout: str) -> None:
    """Choose a layout by its key."""
    await d.until(lambda: d.front.window.findChild(QAction, f"charts.layout.{layout}"))
    await d.act(press(d, LAYOUTS[layout], ALT))
    await d.until(lambda: len(places(d)) == {"one": 1, "four": 4}.get(layout, 2))


async def go_to(d: RunningDesk, number: int) -> None:
    """Go to a chart by its key."""
    await d.act(press(d, NUMBERS[number], CTRL))
    await d.until(lambda: active(d) == number)


async def open_in(d: RunningDesk, number: int, code: str) -> None:
    """Go to a chart and click on a row."""
    await go_to(d, number)
    await d.act(lambda: d.select(code))
    await d.until(lambda: shows(d)[number].startswith(code))


async def loaded(d: RunningDesk) -> None:
    """Wait until every chart has its bars and its drawings."""
    await d.until(lambda: all(len(place.session.series) >= 50 for place in places(d)))
    everyone = range(len(places(d)))
    await d.until(lambda: all(panel(d, it).drawings.scene.plane is not None for it in everyone))


async def choose(d: RunningDesk, number: int, *names: str) -> None:
    """Choose entries in the menu of a chart's dot."""
    dot = button(d, number, "chartGroup")
    assert dot.isVisible()
    menu = dot.menu()
    assert isinstance(menu, QMenu)
    for name in names:
        menu.aboutToShow.emit()
        (entry,) = (it for it in menu.actions() if it.objectName() == f"chart.{name}")
        await d.act(entry.trigger)


def move_to(d: RunningDesk, number: int, index: int) -> Callable[[], Any]:
    """Move the pointer to a bar of a chart."""
    view = panel(d, number).view
    place = QPointF(view.x_of(index), 60.0)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        view.viewport().mapToGlobal(place),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        NONE,
    )
    return lambda: QApplication.sendEvent(view.viewport(), event)


def pointed(d: RunningDesk, number: int) -> int | None:
    """When the bar begins that a chart's crosshair stands on."""
    view = panel(d, number).view
    index = view.crosshair.index
    return None if index is None else int(view.series.time[index])


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


# Groups


def test_charts_of_one_group_follow_each_other_in_what_is_linked(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=CODES, rate=RATE) as d:
            await d.until(d.live)
            assert not d.front.window.findChildren(QToolButton, "chartGroup")
            await lay_out(d, "four")
            await open_in(d, 2, "TSLA.US")
            await d.act(button(d, 2, "interval_15m").click)
            await choose(d, 0, "group.1")
            await choose(d, 2, "group.1")
            assert shows(d)[2] == "700.HK 15m", "who joins takes over the instrument alone"
            await choose(d, 3, "group.2")
            await d.act(lambda: d.select("GOLD"))
            await d.until(lambda: shows(d)[3] == "GOLD 1m")
            assert shows(d)[:3] == ["700.HK 1m", "700.HK 1m", "700.HK 15m"]
            await open_in(d, 0, "BTCUSDT")
            assert shows(d) == ["BTCUSDT 1m", "700.HK 1m", "BTCUSDT 15m", "GOLD 1m"]
            await choose(d, 0, "link.interval")
            assert shows(d)[2] == "BTCUSDT 1m", "the others take over what this one has"
            await d.act(button(d, 2, "interval_5m").click)
            assert shows(d) == ["BTCUSDT 5m", "700.HK 1m", "BTCUSDT 5m", "GOLD 1m"]
            await choose(d, 2, "link.instrument")
            await d.act(lambda: d.select("TSLA.US"))
            await d.until(lambda: shows(d)[2] == "TSLA.US 5m")
            assert shows(d)[0] == "BTCUSDT 5m"
            await choose(d, 2, "group.0")
            await d.act(button(d, 2, "interval_1h").click)
            assert shows(d) == ["BTCUSDT 5m", "700.HK 1m", "TSLA.US 1h", "GOLD 1m"]

    play(scenario())


def test_the_crosshair_shows_in_the_group_at_the_same_time(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["BTCUSDT", "GOLD"], rate=RATE) as d:
            await d.until(d.live)
            await lay_out(d, "four")
            await d.act(button(d, 1, "interval_5m").click)
            for number in (0, 1, 2):
                await choose(d, number, "group.3")
            await loaded(d)
            bars = len(panel(d, 0).view.series)
            windows = [panel(d, it).view.window_.left for it in (1, 2)]
            for back in (40, 33, 21):
                await d.act(move_to(d, 0, bars - back))
                time_s = pointed(d, 0)
                assert time_s is not None
                assert pointed(d, 1) == time_s // 300 * 300
                assert pointed(d, 2) == time_s
                assert pointed(d, 3) is None, "it is in no group"
            left = QEvent(QEvent.Type.Leave)
            await d.act(lambda: QApplication.sendEvent(panel(d, 0).view, left))
            assert [pointed(d, it) for it in range(4)] == [None] * 4
            assert [panel(d, it).view.window_.left for it in (1, 2)] == windows
            await choose(d, 0, "link.crosshair")
            await d.act(move_to(d, 0, bars - 40))
            assert [pointed(d, it) is None for it in range(4)] == [False, True, True, True]

    play(scenario())


# Drawings


def test_two_charts_of_one_instrument_share_its_drawings(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with venue_open(rate=RATE) as venue:
            async with desk_running(tmp_path, venue=venue) as d:
                await d.until(d.live)
                await d.act(lambda: d.select("BTCUSDT"))
                await d.until(lambda: shows(d) == ["BTCUSDT 1m"])
                await lay_out(d, "columns")
                await loaded(d)
                boards = [panel(d, it).drawings.board for it in (0, 1)]
                assert boards[0] is boards[1] is not None
                for number in (1, 0, 1):
                    await draw(d, number)
                for number in (0, 1):
                    assert len(panel(d, number).drawings.scene.sketches()) == 3
                edit = d.find(QMenu, "menu.edit").actions()
                assert panel(d, 1).drawings.actions["undo"] in edit
                assert panel(d, 0).drawings.actions["undo"] not in edit
                assert await d.close() == 0
            (path,) = (tmp_path / "drawings" / "alltick").glob("btcusdt-????????????????.json")
            assert len(json.loads(path.read_text())["drawings"]) == 3

    play(scenario())


async def draw(d: RunningDesk, number: int) -> None:
    """Draw a horizontal line in a chart with the mouse, after what was moved by key elsewhere."""
    drawings = panel(d, number).drawings
    view = drawings.view
    area = view.price.area
    board = drawings.board
    assert board is not None
    before = len(board.drawings)
    place = area.center().toPoint() + QPoint(0, 12 * before)
    await go_to(d, number)
    await d.act(
        drawings.actions[Kind.HORIZONTAL].trigger,
        lambda: QTest.mouseClick(view.viewport(), LEFT, pos=place),
    )
    await d.until(lambda: len(board.drawings) == before + 1)


def test_what_is_moved_by_key_is_kept_when_another_chart_is_drawn_on(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=["BTCUSDT"], rate=RATE) as d:
            await d.until(d.live)
            await lay_out(d, "columns")
            await loaded(d)
            await draw(d, 0)
            board = panel(d, 0).drawings.board
            assert board is not None
            before = board.drawings[0].anchors[0].price
            await d.act(lambda: QTest.keyClick(panel(d, 0).view, Qt.Key.Key_Up))
            await draw(d, 1)
            assert board.drawings[0].anchors[0].price > before

    play(scenario())


# From one run to the next


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
