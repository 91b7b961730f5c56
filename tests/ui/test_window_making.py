"""Every indicator and every drawing, through the real window: by mouse, and by keys alone."""

import math
from collections.abc import Callable, Iterator

import pytest
from chartscene import Scene, minute
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidget, QTreeWidgetItemIterator
from windowhands import WindowChart

from alltick_desk.model.drawings import KINDS, Drawing, Kind
from alltick_desk.services.indicators.catalogue import INDICATORS
from alltick_desk.services.indicators.library import obstacle
from alltick_desk.ui.chart.drawing_actions import _TOOL_KEYS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

Make = Callable[..., Scene]
Key = Qt.Key
BOTH = pytest.mark.parametrize("mouse", [True, False], ids=["mouse", "keys"])
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SHARES = ((0.3, 0.3), (0.6, 0.6), (0.5, 0.2))


@pytest.fixture
def chart(make_chart: Make) -> Iterator[WindowChart]:
    bars = [
        minute(at, 600.0 + 9.0 * math.sin(at / 7.0) + at % 5, f"{100 + at * at % 37}")
        for at in range(-499, 1)
    ]
    made = WindowChart(make_chart(candles=bars))
    yield made
    made.end()


# indicators


@BOTH
@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_is_added_and_told(chart: WindowChart, name: str, *, mouse: bool) -> None:
    indicator = INDICATORS[name]
    if indicator.function and obstacle():
        pytest.skip(str(obstacle()))
    chart.push("chartIndicators", mouse=mouse)
    dialog = chart.panel.indicators.dialog
    assert dialog is not None
    if mouse:
        tree = dialog.findChild(QTreeWidget, "indicatorOffer")
        item = next(
            it.value()
            for it in iterated(QTreeWidgetItemIterator(tree))
            if it.value().data(0, Qt.ItemDataRole.UserRole) == name
        )
        tree.scrollToItem(item)
        place = tree.visualItemRect(item).center()
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    else:
        dialog.activateWindow()
        assert QApplication.focusWidget().objectName() == "indicatorSearch"
        chart.type(f"{indicator.short} {indicator.title.split()[0]}")
        chart.key(Key.Key_Return)
    assert [entry.id for entry in chart.panel.indicators.chart.entries] == [name]
    dialog.close()
    chart.come_back()
    legends = [
        pane.legend.text for pane in chart.view.stack.shown if indicator.short in pane.legend.text
    ]
    assert len(legends) == 1
    # The lagging line of a cloud has nothing to say of the newest bars.
    assert legends[0].count("—") == (name == "ichimoku"), "it has a value at the newest bar"
    before = legends[0]
    if mouse:
        chart.scene.move(chart.view.x_of(470), 150.0)
    else:
        chart.key(Key.Key_Left, times=30)
    pane = next(it for it in chart.view.stack.shown if indicator.short in it.legend.text)
    assert pane.legend.text != before, "and another one at another bar"


# drawings


def text_typed(chart: WindowChart, kind: Kind) -> None:
    if kind is Kind.TEXT:
        chart.type("Hello")
        chart.key(Key.Key_Return)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_a_drawing_is_made_with_the_mouse(chart: WindowChart, kind: Kind) -> None:
    chart.choose(f"drawing.tool.{kind.value}", mouse=True, button="chartDraw")
    for share in SHARES[: KINDS[kind].anchors]:
        chart.click(chart.within(*share))
    text_typed(chart, kind)
    assert [drawing.kind for drawing in chart.board.drawings] == [kind]


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_a_drawing_is_made_with_keys(chart: WindowChart, kind: Kind) -> None:
    view = chart.view
    chart.key(Key.Key_Left, times=40)  # to bar 460
    chart.key(Key[f"Key_{_TOOL_KEYS[kind][-1]}"], ALT)
    assert chart.panel.drawings.kind is kind
    points = []
    for way in range(KINDS[kind].anchors):
        if way:
            chart.key(Key.Key_Right, times=5)
        bar = view.crosshair.index
        if way:
            ahead = chart.board.drawings[-1].anchors[-1]
            assert ahead.time_s == view.axis.time_at(float(bar)), "seen before it is there"
        assert bar == 460 + 5 * way
        points += [view.axis.time_at(float(bar)), float(view.series.close[bar])]
        chart.key(Key.Key_Return)
    text_typed(chart, kind)
    (drawing,) = chart.board.drawings
    assert drawing.kind == kind
    found = [value for it in drawing.anchors for value in (it.time_s, it.price)]
    assert found == pytest.approx(points)
    assert chart.panel.drawings.kind is None
    assert chart.board.selection == {drawing.id}


def test_a_tool_is_chosen_in_the_menu_with_keys(chart: WindowChart) -> None:
    chart.choose("drawing.tool.ray", mouse=False, button="chartDraw")
    assert chart.panel.drawings.kind is Kind.RAY
    chart.key(Key.Key_Left)
    assert chart.view.crosshair.index is not None, "the chart has the keys"


def test_arrows_take_a_point_off_the_close(chart: WindowChart) -> None:
    view = chart.view
    chart.key(Key.Key_Left, times=20)
    chart.key(Key.Key_L, ALT)
    close = float(view.series.close[view.crosshair.index])
    chart.key(Key.Key_Up)
    (above,) = heights(chart)
    assert view.price.scale.pixel(above) < view.price.scale.pixel(close)
    chart.key(Key.Key_Up, SHIFT)
    (far,) = heights(chart)
    assert far - close == pytest.approx(11 * (above - close))
    chart.key(Key.Key_Return)
    assert only(chart).anchors[0].price == pytest.approx(far)


def test_a_point_out_of_view_is_brought_into_it(chart: WindowChart) -> None:
    chart.key(Key.Key_T, ALT)
    chart.key(Key.Key_Left, SHIFT, times=40)
    assert chart.view.crosshair.index == 99
    assert chart.view.window_.shows(99)
    chart.key(Key.Key_Home)
    chart.key(Key.Key_Return)
    chart.key(Key.Key_Right)
    chart.key(Key.Key_Return)
    times = [it.time_s for it in only(chart).anchors]
    assert times == [chart.view.axis.time_at(0.0), chart.view.axis.time_at(1.0)]


def test_where_a_point_would_be_is_read_out(chart: WindowChart) -> None:
    chart.key(Key.Key_T, ALT)
    chart.key(Key.Key_Left)
    view = chart.view
    index = view.crosshair.index
    close, moment = float(view.series.close[index]), view.moment_text(int(view.series.time[index]))
    assert chart.scene.read_out() == f"{close:.3f} on {moment}"


def test_escape_gives_up_what_keys_began(chart: WindowChart) -> None:
    chart.key(Key.Key_T, ALT)
    chart.key(Key.Key_Return)
    chart.key(Key.Key_Left)
    chart.key(Key.Key_Escape)
    assert chart.board.drawings == ()
    assert chart.panel.drawings.kind is None


def test_what_keys_began_the_mouse_may_end(chart: WindowChart) -> None:
    chart.key(Key.Key_T, ALT)
    chart.key(Key.Key_Left, times=5)
    chart.key(Key.Key_Return)
    chart.click(chart.within(0.4, 0.4))
    assert len(only(chart).anchors) == 2


def test_what_is_drawn_is_found_moved_removed_and_brought_back_with_keys(
    chart: WindowChart,
) -> None:
    chart.key(Key.Key_L, ALT)
    chart.key(Key.Key_Return)
    drawn = only(chart)
    chart.key(Key.Key_Escape)
    assert chart.board.selection == frozenset()
    chart.key(Key.Key_Tab)
    assert chart.board.selection == {drawn.id}
    chart.key(Key.Key_Up, times=2)
    assert only(chart).anchors[0].price > drawn.anchors[0].price
    chart.key(Key.Key_Delete)
    assert chart.board.drawings == ()
    chart.key(Key.Key_Z, CONTROL)
    chart.key(Key.Key_Z, CONTROL)
    assert only(chart).anchors == drawn.anchors


def only(chart: WindowChart) -> Drawing:
    (drawing,) = chart.board.drawings
    return drawing


def heights(chart: WindowChart) -> list[float]:
    """Return the price at the crosshair."""
    level = chart.view.crosshair.level
    return [] if level is None else [chart.view.price.scale.value(level)]


def iterated(walk: QTreeWidgetItemIterator) -> Iterator[QTreeWidgetItemIterator]:
    while walk.value() is not None:
        yield walk
        walk += 1
