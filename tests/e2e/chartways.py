"""What a person does with several charts in the running desk, and what they show."""

from collections.abc import Callable
from typing import Any

from desk_under_test import RunningDesk
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from alltick_desk.app.chart_place import ChartPlace
from alltick_desk.ui.chart import ChartPanel

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
