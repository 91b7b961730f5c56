"""Every way to look at the chart, through the real window: by mouse, and by keys alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chartscene import Scene
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
)
from windowhands import WindowChart

from alltick_desk.model.instrument import Market
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.price_layer import Style
from alltick_desk.ui.chart.scale import ScaleKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

Make = Callable[..., Scene]
Open = Callable[..., WindowChart]
Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
BOTH = pytest.mark.parametrize("mouse", [True, False], ids=["mouse", "keys"])


@pytest.fixture
def in_window(make_chart: Make) -> Iterator[Open]:
    charts: list[WindowChart] = []

    def build(count: int = 500, **options: object) -> WindowChart:
        charts.append(WindowChart(make_chart(count, **options)))
        return charts[-1]

    yield build
    for chart in charts:
        chart.end()


# the crosshair and its legend


@BOTH
def test_the_crosshair_stands_on_a_bar_and_its_figures_are_told(
    in_window: Open, *, mouse: bool
) -> None:
    chart = in_window()
    view = chart.view
    if mouse:
        chart.scene.move(view.x_of(480) + 1.0, 200.0)
    else:
        chart.key(Key.Key_Left, times=20)
    index = view.crosshair.index
    assert index == 480
    close = f"{view.series.close[index]:.3f}"
    assert close in chart.scene.read_out()
    assert view.crosshair.texts[0] == view.moment_text(int(view.series.time[index]))
    chart.key(Key.Key_Escape)
    assert view.crosshair.index is None


# moving about


@BOTH
def test_zooming_in_and_out(in_window: Open, *, mouse: bool) -> None:
    chart = in_window()
    view = chart.view
    chart.key(Key.Key_Left, times=30)
    index = view.crosshair.index
    x, span = view.x_of(index), view.window_.span
    for narrower in (True, False):
        if mouse:
            chart.scene.wheel(1 if narrower else -1, round(x), 200)
        else:
            chart.key(Key.Key_Plus if narrower else Key.Key_Minus)
        assert (view.window_.span < span) is narrower
        assert view.x_of(index) == pytest.approx(x, abs=2.0), "zoomed at the pointer, or crosshair"
        span = view.window_.span
    assert chart.scene.edges() == pytest.approx((view.window_.left, view.window_.right))


@BOTH
def test_going_back_and_to_now(in_window: Open, *, mouse: bool) -> None:
    chart = in_window()
    view = chart.view
    left, span = view.window_.left, view.window_.span
    if mouse:
        chart.scene.drag((300.0, 200.0), (700.0, 200.0))
    else:
        chart.key(Key.Key_PageUp)
    assert view.window_.left < left
    assert not chart.button("chartNow").isHidden()
    chart.push("chartNow", mouse=mouse)
    assert view.window_.shows(len(view.series) - 1)
    assert view.window_.span == pytest.approx(span)
    assert chart.button("chartNow").isHidden()
    assert QApplication.focusWidget() is view


def test_home_and_end_go_to_the_ends(in_window: Open) -> None:
    chart = in_window()
    chart.key(Key.Key_Home)
    assert chart.view.crosshair.index == 0
    assert chart.view.window_.shows(0)
    chart.key(Key.Key_End)
    assert chart.view.crosshair.index == len(chart.view.series) - 1
    assert chart.view.window_.shows(len(chart.view.series) - 1)


def test_a_double_click_resets(in_window: Open) -> None:
    chart = in_window()
    before = chart.scene.edges()
    chart.scene.wheel(-4, 300, 200)
    chart.scene.drag((300.0, 200.0), (700.0, 200.0))
    assert chart.scene.edges() != before
    QTest.mouseDClick(chart.scene.surface, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert chart.scene.edges() == pytest.approx(before)


# measuring and box zoom


def measured(chart: WindowChart) -> tuple[str, ...]:
    rulers = [it for it in chart.view._moving if type(it).__name__ == "Ruler" and it.visible]
    return tuple(rulers[0].lines) if rulers else ()


@BOTH
def test_measuring(in_window: Open, *, mouse: bool) -> None:
    chart = in_window()
    view = chart.view
    if not mouse:
        chart.key(Key.Key_Left, times=40)
    chart.push("chartMeasure", mouse=mouse)
    assert chart.button("chartMeasure").isChecked()
    if mouse:
        chart.click((view.x_of(460), 250.0))
        chart.scene.move(view.x_of(470), 200.0)
        chart.click((view.x_of(470), 200.0))
    else:
        assert QApplication.focusWidget() is view
        chart.key(Key.Key_Return)
        chart.key(Key.Key_Right, times=10)
        chart.key(Key.Key_Return)
    change, counted = measured(chart)
    assert counted == "10 bars, 10 min"
    assert change.endswith("%")
    chart.key(Key.Key_Escape)
    assert measured(chart) == ()
    assert not chart.button("chartMeasure").isChecked()


@BOTH
def test_zooming_to_a_box(in_window: Open, *, mouse: bool) -> None:
    chart = in_window()
    view = chart.view
    if not mouse:
        chart.key(Key.Key_Left, times=40)
    chart.push("chartBoxZoom", mouse=mouse)
    assert chart.button("chartBoxZoom").isChecked()
    if mouse:
        half = 0.5 * view.bar_px
        chart.scene.drag((view.x_of(460) - half, 300.0), (view.x_of(480) + half, 304.0))
    else:
        chart.key(Key.Key_Return)
        chart.key(Key.Key_Right, times=20)
        bands = [it for it in view._moving if type(it).__name__ == "Band" and it.visible]
        assert bands[0].area.width() == pytest.approx(21 * view.bar_px, abs=4.0)
        chart.key(Key.Key_Return)
    assert chart.scene.edges() == pytest.approx((459.5, 480.5), abs=0.1)
    assert not chart.button("chartBoxZoom").isChecked()
    assert not [it for it in view._moving if type(it).__name__ == "Band" and it.visible]


def test_a_box_that_is_given_up_zooms_nothing(in_window: Open) -> None:
    chart = in_window()
    before = chart.scene.edges()
    chart.key(Key.Key_Left, times=5)
    chart.push("chartBoxZoom", mouse=False)
    chart.key(Key.Key_Return)
    chart.key(Key.Key_Left, times=5)
    chart.key(Key.Key_Escape)
    assert chart.scene.edges() == before
    assert not chart.button("chartBoxZoom").isChecked()
    assert not [it for it in chart.view._moving if type(it).__name__ == "Band" and it.visible]


def test_shift_measures_and_control_zooms_without_a_button(in_window: Open) -> None:
    chart = in_window()
    view = chart.view
    chart.scene.drag((view.x_of(460), 250.0), (view.x_of(470), 200.0), SHIFT)
    assert measured(chart)[1] == "10 bars, 10 min"
    before = view.window_.span
    chart.scene.drag((view.x_of(460), 300.0), (view.x_of(470), 200.0), CONTROL)
    assert view.window_.span < 0.2 * before
    assert view.price.manual


# what the menu offers

PLAIN = ChartLook()
CHOICES = {
    **{f"style.{it.value}": PLAIN._replace(style=it) for it in Style},
    **{f"scale.{it.value}": PLAIN._replace(scale=it) for it in ScaleKind},
    "inverted": PLAIN._replace(inverted=True),
    "byClock": PLAIN._replace(by_clock=True),
    "countdown": PLAIN._replace(countdown=False),
    "bidAsk": PLAIN._replace(bid_ask=True),
    "zone.exchange": PLAIN,
    "zone.local": PLAIN._replace(zone="local"),
    "zone.UTC": PLAIN._replace(zone="UTC"),
    "zone.Asia/Tokyo": PLAIN._replace(zone="Asia/Tokyo"),
}
# What is chosen first where the choice is the one that stands there already.
OTHERWISE = {
    "style.candles": PLAIN._replace(style=Style.AREA),
    "scale.linear": PLAIN._replace(scale=ScaleKind.PERCENT),
    "zone.exchange": PLAIN._replace(zone="UTC"),
}


@BOTH
@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_of_the_menu(in_window: Open, choice: str, *, mouse: bool) -> None:
    chart = in_window(market=Market.CRYPTO)
    chart.panel.set_look(OTHERWISE.get(choice, PLAIN))
    before = chart.panel.look()._replace(heights={})
    assert before != CHOICES[choice]
    chart.choose(f"chart.{choice}", mouse=mouse)
    assert chart.panel.look()._replace(heights={}) == CHOICES[choice]
    assert chart.scene.looks[-1] == chart.panel.look(), "told to whom keeps it"


@BOTH
@pytest.mark.parametrize("style", list(Style), ids=lambda style: style.value)
def test_a_style_from_its_own_button(in_window: Open, style: Style, *, mouse: bool) -> None:
    chart = in_window()
    other = Style.BARS if style is Style.LINE else Style.LINE
    chart.panel.set_look(PLAIN._replace(style=other))
    chart.choose(f"chart.style.{style.value}", mouse=mouse, button="chartStyle")
    assert chart.panel.look().style is style


@BOTH
def test_a_stretched_scale_is_given_back(in_window: Open, *, mouse: bool) -> None:
    chart = in_window()
    view = chart.view
    axis = view.price.axis.center()
    chart.scene.drag((axis.x(), axis.y()), (axis.x(), axis.y() + 80.0))
    assert view.price.manual
    chart.choose("chart.automatic", mouse=mouse)
    assert not view.price.manual


@BOTH
def test_any_other_zone(in_window: Open, *, mouse: bool) -> None:
    chart = in_window()
    chart.choose("chart.zone.other", mouse=mouse)
    dialog = chart.window.findChild(QDialog, "zoneDialog")
    assert dialog is not None
    dialog.activateWindow()
    if mouse:
        names = dialog.findChild(QListWidget, "zoneList")
        item = next(
            names.item(row) for row in range(names.count()) if "Kathmandu" in names.item(row).text()
        )
        names.scrollToItem(item)
        place = names.visualItemRect(item).center()
        QTest.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=place)
        ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
        QTest.mouseClick(ok, Qt.MouseButton.LeftButton)
    else:
        chart.type("kathm")
        chart.key(Key.Key_Return)
    assert chart.panel.look().zone == "Asia/Kathmandu"
    assert chart.view.marks.zone == "UTC+5:45"


# pictures and files


@BOTH
def test_the_picture_is_copied(in_window: Open, *, mouse: bool) -> None:
    chart = in_window()
    QGuiApplication.clipboard().clear()
    chart.choose("chart.copyPicture", mouse=mouse)
    assert QGuiApplication.clipboard().image().width() == chart.view.width()
    assert chart.scene.said == ["The chart's picture is on the clipboard."]


@BOTH
def test_the_picture_is_saved(in_window: Open, tmp_path: Path, *, mouse: bool) -> None:
    chart = in_window()
    chart.choose("chart.savePicture", mouse=mouse)
    dialog = chart.window.findChild(QFileDialog, "savePicture")
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("Tencent-700.HK-1m-2026-11-20-09-52-HKT.png")
    dialog.setDirectory(str(tmp_path))
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "chart.png")
    if mouse:
        box = dialog.findChild(QDialogButtonBox, "buttonBox")
        save = box.button(QDialogButtonBox.StandardButton.Save)
        QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(name, Key.Key_Return)
    path = tmp_path / "chart.png"
    assert QImage(str(path)).width() == chart.view.width()
    assert chart.scene.said == [f"The chart's picture is saved as {path}."]


@BOTH
def test_export_is_asked_for(in_window: Open, *, mouse: bool) -> None:
    chart = in_window()
    asked: list[bool] = []
    chart.panel.on_export = lambda: asked.append(True)
    chart.choose("chart.export", mouse=mouse)
    assert asked == [True]
