"""The chart's tools by mouse and keyboard: measuring, box zoom, back to now, panes, pictures."""

from collections.abc import Callable
from pathlib import Path

import pytest
from chartscene import Scene, minute, minutes
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from alltick_desk.ui.chart.layers import Entry, Frame, Layer, PaneView
from alltick_desk.ui.chart.pane import Fit
from alltick_desk.ui.chart.scale import PlainWriting
from alltick_desk.ui.chart.tools import Pointer, Tool
from alltick_desk.ui.theme import Theme

Make = Callable[..., Scene]
NO_POPUPS = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def ruler(scene: Scene) -> tuple[str, ...]:
    """Return what is measured, nothing where no ruler is shown."""
    for piece in scene.view._moving:
        if type(piece).__name__ == "Ruler" and piece.visible:
            return tuple(piece.lines)
    return ()


def test_shift_and_a_drag_measure_bars_time_and_price(make_chart: Make) -> None:
    scene = make_chart()
    edges = scene.edges()
    view = scene.view
    start = (view.x_of(400), view.price.scale.pixel(605.0))
    end = (view.x_of(465), view.price.scale.pixel(617.1))
    scene.drag(start, end, SHIFT)
    moved, counted = ruler(scene)
    change, percent = moved.split()
    assert float(change) == pytest.approx(12.1, abs=0.1)
    assert float(percent.rstrip("%")) == pytest.approx(2.0, abs=0.02)
    assert counted == "65 bars, 1:05 h"
    assert scene.edges() == edges, "measuring moves nothing"
    scene.wheel(2, 300, shift=True)
    assert ruler(scene) == (moved, counted), "it stays with its bars"
    scene.click(200, 200)
    assert ruler(scene) == ()


def test_escape_puts_the_ruler_away(make_chart: Make) -> None:
    scene = make_chart()
    scene.drag((200, 200), (300, 120), SHIFT)
    assert ruler(scene)
    scene.key(Qt.Key.Key_Escape)
    assert ruler(scene) == ()


def test_shift_and_a_click_measure_nothing(make_chart: Make) -> None:
    scene = make_chart()
    QTest.mouseClick(scene.surface, Qt.MouseButton.LeftButton, SHIFT, QPoint(200, 200))
    assert ruler(scene) == ()


def test_the_button_measures_from_click_to_click(make_chart: Make) -> None:
    scene = make_chart()
    button = scene.tool_button("chartMeasure")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isChecked()
    view = scene.view
    scene.click(view.x_of(400), 200)
    scene.move(view.x_of(410), 150)
    assert ruler(scene)[1] == "10 bars, 10 min"
    scene.click(view.x_of(399), 150)
    scene.move(view.x_of(450), 100)
    assert ruler(scene)[1] == "1 bar, 1 min", "the second click has ended it"
    scene.key(Qt.Key.Key_Escape)
    assert not button.isChecked()
    assert ruler(scene) == ()


def test_keys_measure_too(make_chart: Make) -> None:
    scene = make_chart()
    scene.key(Qt.Key.Key_Home)
    QTest.mouseClick(scene.tool_button("chartMeasure"), Qt.MouseButton.LeftButton)
    scene.key(Qt.Key.Key_Return)
    for _ in range(3):
        scene.key(Qt.Key.Key_Right)
    closes = scene.view.series.close
    moved, counted = ruler(scene)
    assert counted == "3 bars, 3 min"
    assert moved.startswith(f"{closes[3] - closes[0]:+.3f}")
    scene.key(Qt.Key.Key_Up)
    assert ruler(scene)[0] != moved
    scene.key(Qt.Key.Key_Return)
    scene.key(Qt.Key.Key_Right)
    assert ruler(scene)[1] == counted, "Return has ended it"


def test_control_and_a_drag_zoom_to_a_box(make_chart: Make) -> None:
    scene = make_chart()
    view = scene.view
    left, right = view.place_at(300), view.place_at(500)
    low, high = view.price.scale.value(250), view.price.scale.value(100)
    scene.drag((300, 100), (500, 250), CONTROL)
    assert scene.edges() == pytest.approx((left, right))
    assert view.price.scale[:2] == pytest.approx((low, high))
    assert view.price.manual
    QTest.mouseDClick(scene.surface, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    assert not view.price.manual


def test_a_flat_box_zooms_the_time_alone(make_chart: Make) -> None:
    scene = make_chart()
    QTest.mouseClick(scene.tool_button("chartBoxZoom"), Qt.MouseButton.LeftButton)
    left, right = scene.view.place_at(300), scene.view.place_at(500)
    scene.drag((300, 100), (500, 105))
    assert scene.edges() == pytest.approx((left, right))
    assert not scene.view.price.manual
    assert not scene.tool_button("chartBoxZoom").isChecked(), "once is enough"


def test_one_tool_at_a_time(make_chart: Make) -> None:
    scene = make_chart()
    QTest.mouseClick(scene.tool_button("chartMeasure"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(scene.tool_button("chartBoxZoom"), Qt.MouseButton.LeftButton)
    assert not scene.tool_button("chartMeasure").isChecked()
    assert scene.tool_button("chartBoxZoom").isChecked()
    QTest.mouseClick(scene.tool_button("chartBoxZoom"), Qt.MouseButton.LeftButton)
    assert scene.view.tools.active is None


def test_the_way_back_to_now_shows_while_the_newest_bar_does_not(make_chart: Make) -> None:
    scene = make_chart()
    button = scene.tool_button("chartNow")
    assert button.isHidden()
    scene.key(Qt.Key.Key_PageUp)
    assert not button.isHidden()
    span = scene.view.window_.span
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert scene.view.window_.shows(499)
    assert scene.view.window_.span == pytest.approx(span)
    assert button.isHidden()


# panes and layers


class Level(Layer):
    """A flat line that counts how it is asked."""

    def __init__(self, value: float) -> None:
        self.value = value
        self.painted = 0
        self.since: int | None = None

    def sync(self) -> int:
        return super().sync() if self.since is None else self.since

    def extent(self, frame: Frame) -> tuple[float, float] | None:
        return self.value, self.value

    def legend(self, index: int, theme: Theme) -> tuple[Entry, ...]:
        return (Entry("LEVEL", f"{self.value + index:g}"),)

    def paint(self, painter: object, view: PaneView) -> None:
        self.painted += 1
        self.view = view


@NO_POPUPS
def test_a_pane_has_its_scale_its_labels_and_its_legend(make_chart: Make) -> None:
    scene = make_chart()
    removed: list[bool] = []
    pane = scene.view.add_pane(
        "level",
        PlainWriting(1),
        title="Level",
        fit=Fit(fixed=(0.0, 100.0)),
        on_remove=lambda: removed.append(True),
    )
    layer = Level(30.0)
    pane.add(layer)
    scene.view._arrange()
    assert pane.area.top() == scene.view.volume.area.bottom()
    assert pane.area.height() >= pane.least_px
    assert pane.scale.low < 0.0
    assert "50" in pane.labels.texts
    scene.move(scene.view.x_of(450), pane.scale.pixel(60.0))
    assert pane.legend.text == "LEVEL 480"
    assert scene.view.crosshair.texts[1] == "60.0"
    assert scene.read_out().endswith("LEVEL 480"), "a screen reader hears it too"
    scene.view.grab()
    assert layer.view.y_at(30.0) == pytest.approx(pane.scale.pixel(30.0), abs=0.01)
    assert layer.view.x_at(450.0) == pytest.approx(scene.view.x_of(450), abs=0.01)
    menu = context_menu(scene, pane.area.center().toPoint())
    by_name = {action.objectName(): action for action in menu.actions()}
    assert by_name["chart.pane.down"].isEnabled() is False
    by_name["chart.pane.up"].trigger()
    assert pane.area.bottom() == scene.view.volume.area.top()
    by_name["chart.pane.remove"].trigger()
    assert removed == [True]
    scene.view.remove_pane(pane)
    assert scene.view.stack.find("level") is None
    assert scene.view.stack.area.bottom() == scene.view.volume.area.bottom()


def context_menu(scene: Scene, place: QPoint) -> QMenu:
    at = scene.surface.mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, at)
    QApplication.sendEvent(scene.surface, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.hide()
    return menu


def test_a_layer_whose_tail_alone_changed_is_painted_there_alone(make_chart: Make) -> None:
    candles = minutes(500)
    candles[-20] = minute(-19, 610.0, "500")  # the live volume is far from the price pane
    scene = make_chart(candles=candles)
    layer = Level(605.0)
    scene.view.price.add(layer)
    scene.view.refit()
    scene.view.grab()
    assert layer.view.exposed[0] < scene.edges()[0] + 2
    scene.trade(9, "610")
    scene.panel.on_frame()
    scene.view.grab()
    painted = layer.painted
    scene.move(300, 150)
    scene.view.grab()
    assert layer.painted == painted, "the crosshair paints no layer"
    scene.trade(10, "611")
    scene.panel.on_frame()
    scene.view.grab()
    assert layer.painted == painted + 1
    assert layer.view.exposed[0] > 490
    layer.since = 450
    scene.trade(11, "612")
    scene.panel.on_frame()
    scene.view.grab()
    assert 440 < layer.view.exposed[0] < 452


def test_a_hidden_layer_has_no_say(make_chart: Make) -> None:
    scene = make_chart()
    layer = Level(900.0)
    scene.view.price.add(layer)
    scene.view.refit()
    assert scene.view.price.scale.high > 900
    scene.view.price.show_layer(layer, shown=False)
    scene.view.refit()
    assert scene.view.price.scale.high < 700
    assert scene.view.price.legend.text == ""


def test_a_border_is_dragged_as_far_as_both_panes_allow(make_chart: Make) -> None:
    scene = make_chart()
    view = scene.view
    border = view.volume.area.top()
    scene.drag((300, border), (300, border - 80))
    assert view.volume.area.top() == pytest.approx(border - 80, abs=1.5)
    scene.drag((300, border - 80), (300, 5))
    assert view.price.area.height() == pytest.approx(view.price.least_px, abs=1.5)
    assert scene.panel.look().heights["volume"] > 19.0


def test_lower_panes_give_way_where_there_is_no_room(make_chart: Make) -> None:
    scene = make_chart()
    for number in range(4):
        scene.view.add_pane(f"p{number}", PlainWriting()).add(Level(1.0))
    scene.view._arrange()
    assert len(scene.view.stack.shown) == 6
    scene.view.resize(600, 260)
    shown = scene.view.stack.shown
    assert shown[0] is scene.view.price
    assert len(shown) < 6
    assert all(pane.area.height() >= pane.least_px for pane in shown)


class Recorder(Tool):
    """Takes what it is told to, and writes everything down."""

    def __init__(self, takes: bool) -> None:
        self.takes = takes
        self.seen: list[str] = []

    def press(self, at: Pointer) -> bool:
        self.seen.append(f"press {round(at.bar)}")
        return self.takes

    def move(self, at: Pointer) -> bool:
        self.seen.append("move")
        return self.takes

    def release(self, at: Pointer) -> bool:
        self.seen.append("release")
        return self.takes

    def key(self, event: QKeyEvent) -> bool:
        self.seen.append(f"key {event.key()}")
        return self.takes

    def leave(self) -> None:
        self.seen.append("leave")


def test_a_tool_that_takes_everything_leaves_the_chart_alone(make_chart: Make) -> None:
    scene = make_chart()
    tool, edges = Recorder(takes=True), scene.edges()
    scene.view.tools.take(tool)
    scene.drag((scene.view.x_of(450), 150), (500, 150))
    scene.key(Qt.Key.Key_Home)
    assert scene.edges() == edges
    assert tool.seen == ["press 450", "move", "move", "release", f"key {int(Qt.Key.Key_Home)}"]
    scene.key(Qt.Key.Key_Escape)
    assert tool.seen[-1] == "leave"
    assert scene.view.tools.active is None


def test_a_tool_that_takes_nothing_hinders_nothing(make_chart: Make) -> None:
    scene = make_chart()
    tool, (left, _) = Recorder(takes=False), scene.edges()
    scene.view.tools.keep(tool)
    scene.drag((300, 150), (400, 150))
    assert scene.edges()[0] < left
    scene.view.tools.drop(tool)
    seen = len(tool.seen)
    scene.key(Qt.Key.Key_Left)
    assert len(tool.seen) == seen


# pictures


def test_the_picture_is_copied_with_what_it_shows(make_chart: Make) -> None:
    scene = make_chart()
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    scene.choose("copyPicture")
    image = clipboard.image()
    assert image.width() == scene.view.width()
    head = image.height() - scene.view.height()
    assert head > 15
    ground = scene.panel._theme.base
    inked = [x for x in range(image.width()) if image.pixelColor(x, head // 2) != ground]
    assert len(inked) > 30, "title, interval, time and zone are written above"
    words = scene.panel._picture_words()[:2]
    assert words == ("Tencent 700.HK", "1m  2026-11-20 09:52 HKT")
    assert scene.said == ["The chart's picture is on the clipboard."]


def test_the_picture_is_saved(make_chart: Make, tmp_path: Path) -> None:
    scene = make_chart()
    scene.choose("savePicture")
    dialog = scene.panel.findChild(QFileDialog, "savePicture")
    path = tmp_path / "chart.png"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    assert QImage(str(path)).width() == scene.view.width()
    assert scene.said == [f"The chart's picture is saved as {path}."]
    scene.panel._pictures.write(scene.view.grab(), tmp_path / "no such folder" / "a.png")
    assert scene.said[-1].startswith("The picture could not be written to")


def test_export_is_offered_where_somebody_does_it(make_chart: Make) -> None:
    scene = make_chart()
    assert not scene.entry("export").isEnabled()
    asked: list[bool] = []
    scene.panel.on_export = lambda: asked.append(True)
    scene.choose("export")
    assert asked == [True]
