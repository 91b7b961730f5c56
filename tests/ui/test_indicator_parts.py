"""The parts of the chart's indicators: colours, figures, clouds, what is added."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from PySide6.QtWidgets import QApplication
from sight import SIGHTS, THEMES, lab, linear, luminance

from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries
from alltick_desk.services.indicators.catalogue import BOLL, MA, MACD
from alltick_desk.services.indicators.declaration import PALETTE, RISE_FALL, Figures
from alltick_desk.services.indicators.templates import Entry
from alltick_desk.ui.chart.extremes import Extremes
from alltick_desk.ui.chart.indicators.palette import DARK, LIGHT, NAMES, colour_of, pair_of
from alltick_desk.ui.chart.indicators.selection import fresh
from alltick_desk.ui.chart.indicators.shapes import draw_cloud, draw_columns, draw_dots
from alltick_desk.ui.chart.indicators.values import Curve
from alltick_desk.ui.chart.indicators.writing import IndicatorWriting
from alltick_desk.ui.chart.layers import Frame, PaneView
from alltick_desk.ui.chart.scale import Scale
from alltick_desk.ui.chart.x_axis import IndexAxis
from alltick_desk.ui.theme import Theme


@pytest.mark.parametrize("theme", THEMES, ids=["dark", "light"])
def test_the_palette_is_told_apart_by_everybody(theme: Theme) -> None:
    colours = [colour_of(place, theme) for place in range(PALETTE)]
    for sight, matrix in SIGHTS.items():
        seen = [lab(matrix @ linear(colour)) for colour in colours]
        for one, other in combinations(range(PALETTE), 2):
            apart = float(np.linalg.norm(seen[one] - seen[other]))
            assert apart > 14.0, (sight, NAMES[one], NAMES[other])
    for colour in colours:
        bright, dim = sorted((luminance(colour), luminance(theme.base)), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 3.0, colour.name()


def test_a_colour_is_of_the_palette_of_the_theme_or_a_persons_own() -> None:
    dark, light = THEMES
    assert len(NAMES) == len(DARK) == len(LIGHT) == PALETTE
    assert colour_of(1, dark) != colour_of(1, light)
    assert colour_of("#123456", dark) == QColor("#123456")
    assert pair_of(RISE_FALL, light) == (light.up, light.down)
    assert pair_of(2, dark) == (colour_of(2, dark),) * 2


def test_what_is_added_is_told_from_what_is_there() -> None:
    first = fresh(MA, (), ())
    assert first == Entry("ma")
    second = fresh(MA, [first], [first])
    assert (second.parameters, second.colours) == ({"period": 30}, {"ma": 1})
    # In a pane of its own it may look as declared.
    assert fresh(MACD, [first], []) == Entry("macd")
    lines = fresh(BOLL, [], [Entry("ma", colours={"ma": 2})]).colours
    assert lines["upper"] == lines["lower"] != 2
    many = [Entry("ma", {"period": period}) for period in (5, 10, 20, 30, 60, 120, 250, 500)]
    assert fresh(MA, many, []).parameters == {}


@pytest.mark.parametrize(
    ("figures", "value", "text"),
    [
        (Figures.PRICE, 1.5, "1.500"),
        (Figures.PLAIN, 70.0, "70.00"),
        (Figures.VOLUME, 1_234_567.0, "1.235M"),
        (Figures.VOLUME, -1_234_567.0, "-1.235M"),
        (Figures.PRICE, float("nan"), "—"),
    ],
)
def test_figures(figures: Figures, value: float, text: str) -> None:
    series = CandleSeries()
    series.digits = 3
    assert IndicatorWriting(figures, series).text(value) == text


def test_an_axis_may_go_below_nothing() -> None:
    writing = IndicatorWriting(Figures.VOLUME, CandleSeries())
    marks = writing.ticks(Scale(-3e6, 1e6, QRectF(0.0, 0.0, 60.0, 120.0)))
    assert marks[0].text.startswith("-")
    assert all(-3e6 <= mark.at <= 1e6 for mark in marks)


# Shapes, ten pixels a bar and one a unit, zero at the foot of a hundred


BARS = 20


@pytest.fixture
def canvas(qapp: QApplication) -> QImage:
    image = QImage(10 * BARS, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    return image


def view_of(image: QImage, *, group: int = 1, total: int = BARS) -> PaneView:
    times = np.arange(total, dtype=np.int64) * 60
    frame = Frame(0, total, group, total, IndexAxis(times, Interval.M1), 1, THEMES[0])
    area = QRectF(0.0, 0.0, image.width(), image.height())
    slot = image.width() / total
    to_device = QTransform(slot, 0.0, 0.0, -1.0, 0.5 * slot, 50.0)
    return PaneView(frame, Scale(-50.0, 50.0, area), to_device, 1.0, area)


def curve(values: list[float], shift: int = 0) -> Curve:
    array = np.array(values)
    extremes = Extremes()
    extremes.sync(array, 0)
    return Curve(array, extremes, shift)


RISE, FALL = QColor("#00ff00"), QColor("#ff0000")


def at(image: QImage, bar: float, value: float, slot: float = 10.0) -> QColor:
    return image.pixelColor(int((bar + 0.5) * slot), int(50.0 - value))


def test_a_cloud_changes_colour_where_its_lines_cross(canvas: QImage) -> None:
    painter = QPainter(canvas)
    one, other = curve([-20.0, 20.0] * 10), curve([0.0] * 20)
    draw_cloud(painter, view_of(canvas), (one, other), (RISE, FALL))
    painter.end()
    assert at(canvas, 0.2, -5.0) == FALL
    assert at(canvas, 0.8, 5.0) == RISE
    assert at(canvas, 0.2, 5.0) == QColor("black")
    assert at(canvas, 0.8, -5.0) == QColor("black")
    assert at(canvas, 1.0, 25.0) == QColor("black")


def test_a_cloud_has_holes_where_a_line_has_none(canvas: QImage) -> None:
    painter = QPainter(canvas)
    nothing = float("nan")
    one = curve([10.0] * 8 + [nothing] * 4 + [10.0] * 8)
    draw_cloud(painter, view_of(canvas), (one, curve([-10.0] * 20)), (RISE, FALL))
    painter.end()
    assert at(canvas, 3.0, 0.0) == at(canvas, 15.0, 0.0) == RISE
    assert at(canvas, 9.5, 0.0) == QColor("black")


def test_zoomed_out_a_cloud_is_made_of_columns(canvas: QImage) -> None:
    total = 10 * BARS * 4
    painter = QPainter(canvas)
    half = total // 2
    lines = curve([20.0] * half + [-20.0] * half), curve([0.0] * total)
    draw_cloud(painter, view_of(canvas, group=4, total=total), lines, (RISE, FALL))
    painter.end()
    assert at(canvas, 5.0, 10.0) == RISE
    assert at(canvas, 15.0, -10.0) == FALL
    assert at(canvas, 5.0, -10.0) == at(canvas, 15.0, 10.0) == QColor("black")


def test_columns_stand_on_zero(canvas: QImage) -> None:
    painter = QPainter(canvas)
    nothing = float("nan")
    row = curve([nothing, 20.0, -20.0, 0.0], shift=1)
    draw_columns(painter, view_of(canvas), row, RISE, FALL)
    painter.end()
    assert at(canvas, 1.0, 10.0) == QColor("black")
    assert at(canvas, 2.0, 10.0) == RISE
    assert at(canvas, 3.0, -10.0) == FALL
    assert at(canvas, 2.0, -10.0) == at(canvas, 3.0, 10.0) == QColor("black")
    assert at(canvas, 2.45, 10.0) == QColor("black")  # there is room between two columns


def test_dots_stand_at_their_values(canvas: QImage) -> None:
    painter = QPainter(canvas)
    draw_dots(painter, view_of(canvas), curve([5.0, float("nan"), 15.0]), RISE)
    painter.end()
    assert at(canvas, 0.0, 5.0) == RISE
    assert at(canvas, 2.0, 15.0) == RISE
    assert at(canvas, 1.0, 10.0) == QColor("black")
