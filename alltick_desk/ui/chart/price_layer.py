"""The layers that are always there: prices in one of the styles, and volumes beneath."""

from enum import Enum
from typing import TypeAlias

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPolygonF

from alltick_desk.model.series import TAIL, CandleSeries
from alltick_desk.ui.chart.extremes import Extremes
from alltick_desk.ui.chart.heikin_ashi import HeikinAshi
from alltick_desk.ui.chart.layers import Frame, Kept, Layer, PaneView
from alltick_desk.ui.chart.lines import draw_values, polygon
from alltick_desk.ui.chart.pieces import mixed
from alltick_desk.ui.chart.price_shapes import (
    Columns,
    Flags,
    Hollow,
    Shapes,
    bar_shapes,
    candle_shapes,
    columns_of,
    volume_shapes,
)
from alltick_desk.ui.chart.primitives import draw_rectangles
from alltick_desk.ui.chart.pyramid import Candles, Cells, Pyramid
from alltick_desk.ui.theme import Theme

_UNSURE = 0.55  # of a colour, where the bar is still in progress and cannot be hollow


Inks: TypeAlias = tuple[QColor, QColor, QColor]  # of rises, of falls, of what is hollow


class Style(Enum):
    """How prices are drawn; the value is its word in files."""

    CANDLES = "candles"
    HOLLOW = "hollow"
    BARS = "bars"
    LINE = "line"
    AREA = "area"
    HEIKIN_ASHI = "heikin-ashi"


_CLOSES_ONLY = frozenset({Style.LINE, Style.AREA})


class PriceLayer(Layer):
    """Prices: candles, hollow candles, bars, a line, an area, or averaged candles.

    Zoomed out, a column of pixels reaches exactly from the lowest to the highest price in it.
    """

    def __init__(self) -> None:
        self._style = Style.CANDLES
        self._closed: Kept[Shapes] = Kept()
        self._live_at: Kept[Columns] = Kept()
        self._count = self._epoch = 0
        series = CandleSeries()
        self.show(series, Pyramid(series))

    @property
    def style(self) -> Style:
        """How prices are drawn."""
        return self._style

    def show(self, series: CandleSeries, pyramid: Pyramid) -> None:
        """Draw another series; its pyramid is kept in sync by who owns it."""
        self._series, self._plain = series, pyramid
        self._choose()

    def set_style(self, style: Style) -> None:
        """Draw in another style."""
        if style is not self._style:
            self._style = style
            self._choose()

    # a layer

    def sync(self) -> int:
        if self._averages is not None:
            self._averages.sync()
            self._pyramid.sync()
        count = len(self._series)
        if self._style in _CLOSES_ONLY:
            fresh = self._series.epoch != self._epoch
            since = 0 if fresh else max(0, self._count - TAIL)
            self._closes.sync(self._series.close, since)
        self._epoch, self._count = self._series.epoch, count
        return max(0, count - 1)

    def extent(self, frame: Frame) -> tuple[float, float] | None:
        if self._style in _CLOSES_ONLY:
            return self._closes.range(frame.first, frame.last, frame.group)
        return self._pyramid.range(frame)

    def paint(self, painter: QPainter, view: PaneView) -> None:
        if self._style in _CLOSES_ONLY:
            self._paint_line(painter, view)
            return
        theme, frame = view.theme, view.frame
        painter.setPen(Qt.PenStyle.NoPen)
        closed = self._closed.get(view.key, lambda: self._closed_shapes(view))
        _fill(painter, closed, theme.up, theme.down, theme.base)
        live = self._pyramid.live(frame)
        if live is None:
            return
        up, down = theme.up, theme.down
        if frame.provisional and self._style is not Style.CANDLES:
            up, down = (mixed(colour, theme.base, _UNSURE) for colour in (up, down))
        at = self._live_at.get(view.key, lambda: columns_of(live, view))
        _fill(painter, self._shapes(live, at, view, live=True), up, down, theme.base)

    # inside

    def _choose(self) -> None:
        self._averages: HeikinAshi | None = None
        self._source: Candles = self._series
        self._pyramid = self._plain
        if self._style is Style.HEIKIN_ASHI:
            self._source = self._averages = HeikinAshi(self._series)
            self._averages.sync()
            self._pyramid = Pyramid(self._source)
        self._closes = Extremes()
        self._closed, self._live_at = Kept(), Kept()
        self._count, self._epoch = 0, self._series.epoch
        self.sync()

    def _closed_shapes(self, view: PaneView) -> Shapes:
        cells = self._pyramid.closed(view.frame)
        return self._shapes(cells, columns_of(cells, view), view)

    def _shapes(self, cells: Cells, at: Columns, view: PaneView, *, live: bool = False) -> Shapes:
        rises = cells.close >= cells.open
        if self._style is Style.BARS:
            return bar_shapes(cells, at, view, rises)
        if self._style is Style.HOLLOW:
            return candle_shapes(cells, at, view, self._against_before(cells), Hollow.RISES)
        forming = live and view.frame.provisional and self._style is Style.CANDLES
        return candle_shapes(cells, at, view, rises, Hollow.ALL if forming else Hollow.NONE)

    def _against_before(self, cells: Cells) -> Flags:
        """Return which cells closed above the one before."""
        if not len(cells.close):
            return np.zeros(0, np.bool_)
        first = int(cells.left[0] + 0.5)
        before = self._source.close[first - 1] if first else cells.open[0]
        return cells.close >= np.concatenate(([before], cells.close[:-1]))

    def _paint_line(self, painter: QPainter, view: PaneView) -> None:
        closes = self._series.close
        if self._style is Style.AREA:
            self._paint_area(painter, view)
        draw_values(painter, view, closes, self._closes, view.theme.accent, width=1.5)

    def _paint_area(self, painter: QPainter, view: PaneView) -> None:
        frame = view.frame
        first, low, high = self._closes.groups(max(0, frame.first - 1), frame.last, frame.group)
        if not len(low):
            return
        bars = first + frame.group * np.arange(len(low), dtype=np.float64)
        if frame.group > 1:
            bars = np.minimum(bars + 0.5 * (frame.group - 1), frame.total - 1)
        x = view.x(bars)
        y = view.y(low if view.scale.inverted else high)
        foot = view.area.bottom()
        closed = polygon(np.concatenate((x[:1], x, x[-1:])), np.concatenate(([foot], y, [foot])))
        _wash(painter, closed, view)


class VolumeLayer(Layer):
    """Volumes as columns in the washed colours of their candles."""

    def __init__(self) -> None:
        self._closed: Kept[Shapes] = Kept()
        self._live_at: Kept[Columns] = Kept()
        self._inks: Kept[tuple[Inks, Inks]] = Kept()
        series = CandleSeries()
        self.show(series, Pyramid(series))

    def show(self, series: CandleSeries, pyramid: Pyramid) -> None:
        """Draw another series; its pyramid is kept in sync by who owns it."""
        self._series, self._pyramid = series, pyramid
        self._closed, self._live_at = Kept(), Kept()

    # a layer

    def sync(self) -> int:
        return max(0, len(self._series) - 1)

    def extent(self, frame: Frame) -> tuple[float, float] | None:
        return 0.0, self._pyramid.most_volume(frame) or 1.0

    def paint(self, painter: QPainter, view: PaneView) -> None:
        frame, theme = view.frame, view.theme
        painter.setPen(Qt.PenStyle.NoPen)
        closed = self._closed.get(view.key, lambda: self._closed_shapes(view))
        settled, unsure = self._inks.get(
            (theme,), lambda: (_washed(theme, 0.45), _washed(theme, 0.28))
        )
        _fill(painter, closed, *settled)
        live = self._pyramid.live(frame)
        if live is not None:
            inks = unsure if frame.provisional else settled
            at = self._live_at.get(view.key, lambda: columns_of(live, view))
            _fill(painter, volume_shapes(live, at, view), *inks)

    def _closed_shapes(self, view: PaneView) -> Shapes:
        cells = self._pyramid.closed(view.frame)
        return volume_shapes(cells, columns_of(cells, view), view)


def _fill(painter: QPainter, shapes: Shapes, up: QColor, down: QColor, inside: QColor) -> None:
    for colour, rects in zip((up, down, inside), shapes, strict=True):
        if len(rects):
            painter.setBrush(colour)
            draw_rectangles(painter, rects)


def _washed(theme: Theme, share: float) -> Inks:
    up, down = (mixed(colour, theme.base, share) for colour in (theme.up, theme.down))
    return up, down, theme.base


def _wash(painter: QPainter, shape: QPolygonF, view: PaneView) -> None:
    """Fill the room beneath a line, fading towards the foot."""
    colour = QColor(view.theme.accent)
    gradient = QLinearGradient(QPointF(0.0, view.area.top()), QPointF(0.0, view.area.bottom()))
    for at, share in ((0.0, 0.34), (1.0, 0.03)):
        colour.setAlphaF(share)
        gradient.setColorAt(at, colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    painter.drawPolygon(shape)
