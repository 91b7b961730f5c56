"""How the chart is painted: what is kept, lines and texts in one call, bars joined by groups."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from chartscene import Scene, minutes
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTransform
from PySide6.QtWidgets import QApplication

from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries, Row
from alltick_desk.ui.chart import primitives
from alltick_desk.ui.chart.extremes import Extremes
from alltick_desk.ui.chart.layers import Frame, PaneView
from alltick_desk.ui.chart.lines import draw_values
from alltick_desk.ui.chart.pyramid import Pyramid
from alltick_desk.ui.chart.scale import Scale
from alltick_desk.ui.chart.texts import Texts
from alltick_desk.ui.chart.x_axis import IndexAxis
from alltick_desk.ui.theme import figures_font, make_theme

Make = Callable[..., Scene]
RED = QColor("#ff0000")


# what is kept


def test_a_new_frame_looks_the_same_when_it_is_kept(make_chart: Make) -> None:
    scene = make_chart()
    scene.wheel(1, 300, shift=True)
    scene.move(300, 150)
    painted = scene.view.grab().toImage()
    assert scene.view.grab().toImage() == painted
    scene.move(350, 180)
    assert scene.view.grab().toImage() != painted
    scene.move(300, 150)
    assert scene.view.grab().toImage() == painted


def test_a_chart_without_room_paints_nothing_and_goes_on(make_chart: Make) -> None:
    scene = make_chart()
    before = scene.view.grab().toImage()
    size = scene.view.size()
    scene.view.resize(30, 12)  # narrower than its own labels
    assert not scene.view.grab().isNull()
    scene.view.resize(size)
    assert scene.view.grab().toImage() == before


def test_what_moves_leaves_nothing_behind(make_chart: Make) -> None:
    scene = make_chart(candles=minutes(60))
    scene.panel.indicators.chart.add("ma")

    def on_screen() -> QImage:
        QApplication.processEvents()  # which paints no more than has changed
        window = scene.panel.window()
        whole = window.screen().grabWindow(window.winId()).toImage()
        corner = scene.surface.mapTo(window, QPoint())
        shown = whole.copy(QRect(corner, scene.surface.size()))
        return shown.convertToFormat(QImage.Format.Format_RGB32)

    plain = on_screen()
    for second, (x, y) in enumerate([(300.4, 150.0), (301.4, 152.0), (90.0, 20.0), (700.0, 400.0)]):
        scene.move(x, y)
        scene.trade(second, f"{612 + second}.{second}")
        scene.panel.on_frame()
        whole = scene.surface.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        assert on_screen() == whole
        assert whole != plain
    scene.view.show_history([], "There are no older bars.")
    for x in (1.0, 500.0):  # over the first bar the legend is wider than elsewhere
        scene.move(x if x > 1.0 else scene.view.x_of(0), 100.0)
        shown = on_screen()
        assert shown == scene.surface.grab().toImage().convertToFormat(shown.format())


def test_bars_that_are_dragged_are_painted_once_a_frame(make_chart: Make) -> None:
    scene = make_chart()
    painted: list[QRectF] = []
    real = scene.view.paint_panes

    def spy(painter: QPainter) -> None:
        painted.append(QRectF(scene.view.exposed))
        real(painter)

    scene.view.paint_panes = spy
    for _ in range(3):
        scene.wheel(0.5, 300, shift=True)
        scene.view.grab()
    assert painted == [QRectF(scene.view.viewport().rect())] * 3
    scene.view.grab()
    assert len(painted) == 4, "the picture that is kept"
    scene.view.grab()
    assert len(painted) == 4


def test_a_layer_finds_the_painter_as_it_was_promised(make_chart: Make) -> None:
    scene = make_chart(candles=minutes(60))
    found: list[tuple[Qt.BrushStyle, bool]] = []
    layer = scene.view.prices
    real = layer.paint

    def spy(painter: QPainter, view: PaneView) -> None:
        antialiased = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
        found.append((painter.brush().style(), antialiased))
        real(painter, view)

    layer.paint = spy
    scene.view.touch_all()
    scene.view.grab()
    assert found == [(Qt.BrushStyle.NoBrush, False)]


# lines and texts


def on_image(draw: Callable[[QPainter], None]) -> QImage:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


def drawn(values: list[float]) -> QImage:
    """Draw values from -50 to 50, ten pixels a bar."""
    column = np.array(values)
    extremes = Extremes()
    extremes.sync(column, 0)
    count, area = len(values), QRectF(0.0, 0.0, 200.0, 100.0)
    axis = IndexAxis(np.arange(count, dtype=np.int64) * 60, Interval.M1)
    frame = Frame(0, count, 1, count, axis, 1, make_theme(dark=True))
    to_device = QTransform(10.0, 0.0, 0.0, -1.0, 5.0, 50.0)
    view = PaneView(frame, Scale(-50.0, 50.0, area), to_device, 1.0, area)
    return on_image(lambda painter: draw_values(painter, view, column, extremes, RED, width=2.0))


def test_a_line_joins_neighbours_and_leaves_holes(qapp: object) -> None:
    image = drawn([0.0, 0.0, math.nan, 20.0, math.nan, 0.0, 40.0])
    reds = {x for x in range(200) if any(image.pixelColor(x, y).red() > 100 for y in (49, 50))}
    assert set(range(5, 15)) <= reds, "two neighbours"
    assert not reds & set(range(20, 50)), "a hole on either side of the third"
    assert image.pixelColor(35, 29).red() > 100, "which is a point"
    assert image.pixelColor(60, 30).red() > 100, "half-way up"


def test_where_no_block_is_taken_a_list_draws_the_same_lines(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = np.array([[5.0, 5.0, 50.0, 80.0], [60.0, 10.0, 60.0, 90.0]])

    def draw(painter: QPainter) -> None:
        painter.setPen(RED)
        primitives.draw_lines(painter, lines)
        primitives.draw_lines(painter, lines[:0])

    block = on_image(draw)
    assert block.pixelColor(60, 50) == RED
    monkeypatch.setattr(primitives.shiboken6, "wrapInstance", lambda *_: object())
    assert on_image(draw) == block


def test_a_text_is_laid_out_as_it_is_drawn(qapp: object) -> None:
    font = figures_font(QFont())
    texts = Texts(font)
    assert texts.width("612.500") == texts.width("987.123") > texts.width("612.5")
    assert texts.laid_out("612.500") is texts.laid_out("612.500")

    def write(painter: QPainter, *, laid_out: bool) -> None:
        painter.setFont(font)
        painter.setPen(RED)
        if laid_out:
            painter.drawStaticText(QPointF(5.0, 10.0), texts.laid_out("612.500"))
        else:
            painter.drawText(QRectF(5.0, 10.0, 150.0, 60.0), 0, "612.500")

    plain = on_image(lambda painter: write(painter, laid_out=False))
    assert on_image(lambda painter: write(painter, laid_out=True)) == plain
    for number in range(1200):  # none is kept for ever
        assert texts.laid_out(str(number)).text() == str(number)


# groups


@given(
    st.integers(1, 3000),
    st.sampled_from([2, 3, 4, 8, 12, 16, 48, 64, 192, 256]),
    st.lists(st.tuples(st.integers(0, 5), st.floats(1.0, 1000.0)), max_size=20),
    st.integers(0, 3000),
    st.integers(0, 3000),
)
def test_cells_of_any_stretch_follow_every_tick(
    count: int, group: int, ticks: list[tuple[int, float]], first: int, last: int
) -> None:
    series = CandleSeries()
    for number in range(count):
        price = 500.0 + number * 7919 % 97
        series.put(Row(60 * number, price, price + 2.0, price - 1.0, price + 1.0, 3.0, 0.0))
    pyramid = Pyramid(series)
    pyramid.sync()
    for back, price in ticks:
        time_s = max(0, 60 * (len(series) - back))
        series.put(Row(time_s, price, price, price, price, 5.0, 0.0))
        pyramid.sync()
    first, last = min(first, len(series)), min(last, len(series))
    cells = pyramid.cells(first, last, group)
    start = first - first % group
    parts = [slice(at, min(at + group, last)) for at in range(start, last, group)]
    assert cells.high.tolist() == [series.high[part].max() for part in parts]
    assert cells.low.tolist() == [series.low[part].min() for part in parts]
    assert cells.open.tolist() == [series.open[part][0] for part in parts]
    assert cells.close.tolist() == [series.close[part][-1] for part in parts]
    assert cells.volume.tolist() == [series.volume[part].sum() for part in parts]
    assert cells.right.tolist() == [part.stop - 0.5 for part in parts]


@given(
    st.lists(st.integers(1, 900), min_size=1, max_size=40),
    st.sampled_from([1, 2, 4, 12]),
    st.integers(0, 39),
    st.integers(1, 40),
    st.booleans(),
)
def test_extremes_of_few_bars_are_those_of_their_cells(
    prices: list[int], group: int, first: int, bars: int, long: bool
) -> None:
    series = CandleSeries()
    for number, price in enumerate(prices):
        series.put(Row(60 * number, price, price + 2.0, price - 1.0, price, price % 7, 0.0))
    pyramid = Pyramid(series)
    pyramid.sync()
    first = min(first, len(prices) - 1)
    axis, last = IndexAxis(series.time, Interval.M1), min(first + bars, len(prices))
    frame = Frame(first, last, group, len(prices), axis, 1, make_theme(dark=True))
    live = pyramid.live(frame)
    cells = [pyramid.closed(frame), *([] if live is None else [live])]
    with pytest.MonkeyPatch.context() as patch:
        if long:
            patch.setattr("alltick_desk.ui.chart.pyramid.SHORT", 0)
        found = pyramid.range(frame)
    lows, highs, volumes = (
        np.concatenate([getattr(one, name) for one in cells]) for name in ("low", "high", "volume")
    )
    assert found == (lows.min(), highs.max())
    assert pyramid.most_volume(frame) == volumes.max()


def test_the_live_cell_is_of_the_last_sync_and_the_closed_ones_of_their_frame() -> None:
    series = CandleSeries()
    for number in range(1000):
        series.put(Row(60 * number, 5.0, 6.0, 4.0, 5.0, 1.0, 0.0))
    pyramid = Pyramid(series)
    pyramid.sync()
    axis = IndexAxis(series.time, Interval.M1)
    frame = Frame(0, 1000, 16, 1000, axis, 1, make_theme(dark=True))
    closed = pyramid.closed(frame)
    assert (len(closed.high), closed.right[-1]) == (62, 991.5)
    live = pyramid.live(frame)
    assert live is not None
    assert live.high.tolist() == [6.0]
    series.put(Row(60 * 999, 5.0, 9.0, 4.0, 8.0, 1.0, 0.0))
    pyramid.sync()
    moved = pyramid.live(frame)
    assert moved is not None
    assert (moved.high.tolist(), moved.left[0], moved.right[0]) == ([9.0], 991.5, 999.5)
    assert pyramid.closed(frame) is closed
    assert pyramid.closed(frame._replace(version=2)) is not closed
    assert pyramid.live(frame._replace(last=900)) is None
