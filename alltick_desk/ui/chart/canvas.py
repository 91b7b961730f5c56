"""The chart's canvas: two panes over one x axis of bar numbers, and what stands around them."""

import math

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries
from alltick_desk.ui.chart.candle_item import CandleItem, VolumeItem
from alltick_desk.ui.chart.crosshair import Crosshair
from alltick_desk.ui.chart.figures import moment_text, price_text, volume_text
from alltick_desk.ui.chart.furniture import PADDING, AxisLabels, Grid, Line, Message, Piece, Tag
from alltick_desk.ui.chart.panes import Areas, Scale, arranged
from alltick_desk.ui.chart.pyramid import Cells, Pyramid, group_for
from alltick_desk.ui.chart.ticks import Tick, price_ticks, time_ticks, volume_ticks
from alltick_desk.ui.chart.window import Window
from alltick_desk.ui.theme import Theme, figures_font

_MARGIN = 0.07  # of the pane's height, above the highest and below the lowest price
_LABEL_SHARE = 0.92  # of the font's size
_EMPTY = QRectF()


class ChartCanvas(pg.GraphicsView):  # type: ignore[misc]
    """Draws the bars that its ``window`` shows; knows no mouse and no keys."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False, background=theme.base)
        self.setCentralItem(None)
        self.theme = theme
        self.series = CandleSeries()
        self.window_ = Window()
        self._interval = Interval.M1
        self._market = Market.UNKNOWN
        self._pyramid = Pyramid(self.series)
        self._count = 0
        self._epoch = self.series.epoch
        self._anchor_s = 0  # the time of the first bar in view
        self._group = 1
        self._axis_px = 0.0
        self._chinese = False
        self._areas = Areas()
        self._prices = Scale(0.0, 1.0, _EMPTY)
        self._volumes = Scale(0.0, 1.0, _EMPTY)

        font = figures_font(self.font())
        font.setPointSizeF(font.pointSizeF() * _LABEL_SHARE)
        self._metrics = QFontMetricsF(font)
        self._grid = Grid(theme, font)
        self._price_labels = AxisLabels(theme, font, upright=True)
        self._volume_labels = AxisLabels(theme, font, upright=True)
        self._time_labels = AxisLabels(theme, font, upright=False)
        self._last_line = Line(theme, font)
        self._last_tag = Tag(theme, font, upright=True)
        self._message = Message(theme, self.font())
        self.crosshair = Crosshair(theme, font)
        self._grid.setZValue(-1000.0)  # pyqtgraph's boxes lie low
        self._last_line.setZValue(20.0)
        self._last_tag.setZValue(20.0)
        self._pieces: tuple[Piece, ...] = (
            self._grid,
            self._price_labels,
            self._volume_labels,
            self._time_labels,
            self._last_line,
            self._last_tag,
            self._message,
            *self.crosshair.items,
        )
        for piece in self._pieces:
            self.scene().addItem(piece)
        self._price_box, self._volume_box = self._box(), self._box()
        self._candles = CandleItem(theme)
        self._live_candle = CandleItem(theme, provisional=True)
        self._bars = VolumeItem(theme)
        self._live_bar = VolumeItem(theme, provisional=True)
        for item in (self._candles, self._live_candle):
            self._price_box.addItem(item, ignoreBounds=True)
        for item in (self._bars, self._live_bar):
            self._volume_box.addItem(item, ignoreBounds=True)

    def set_chinese(self, chinese: bool) -> None:
        """Choose between Chinese and English units of volume."""
        if chinese != self._chinese:
            self._chinese = chinese
            self._arrange()

    @property
    def bar_px(self) -> float:
        """Pixels from bar to bar."""
        return float(self._areas.price.width()) / self.window_.span

    @property
    def areas(self) -> Areas:
        """Where the panes and axes stand."""
        return self._areas

    @property
    def last_price_text(self) -> str:
        """The label of the last price, "" while it is out of view."""
        return self._last_tag.text

    def bar_at(self, x: float) -> float:
        """Return the place on the x axis, in bars, of a pixel."""
        return self.window_.left + (x - self._areas.price.left()) / max(self.bar_px, 1e-9)

    def x_of(self, index: float) -> float:
        """Return the pixel of a place on the x axis."""
        return float(self._areas.price.left()) + (index - self.window_.left) * self.bar_px

    def show_series(self, series: CandleSeries, interval: Interval, market: Market) -> None:
        """Draw another series, from its newest bars on."""
        self.series, self._interval, self._market = series, interval, market
        self._pyramid = Pyramid(series)
        self._count, self._epoch = len(series), series.epoch
        self.window_ = Window()
        self.window_.reset(self._count)
        self.crosshair.hide()
        self._arrange()

    def sync(self) -> None:
        """Take over bars that came or went, without a jump of what is looked at."""
        count = len(self.series)
        shift = 0
        if self.series.epoch != self._epoch and self._count and count:
            was_first = self._first_in_view(self._count)
            shift = max(self.series.index(self._anchor_s), 0) - was_first
            if self.crosshair.index is not None:
                self.crosshair.index = min(max(self.crosshair.index + shift, 0), count - 1)
        self.window_.follow(shift, self._count, count)
        self._count, self._epoch = count, self.series.epoch
        self._arrange()

    def refresh_live(self, *, forming: bool) -> None:
        """Redraw the last bar, and all only where it outgrew the pane."""
        for item in (self._live_candle, self._live_bar):
            item.provisional = forming
        if not self._count or not self.window_.shows(self._count - 1):
            return
        self._pyramid.sync()
        live = self._live_cells()
        room = 0.4 * _MARGIN * (self._prices.high - self._prices.low)
        if (
            live.low[0] < self._prices.low + room
            or live.high[0] > self._prices.high - room
            or live.volume[0] > self._volumes.high
        ):
            self.fit()
            return
        self._draw_live(live)
        self._place_last()
        if self.crosshair.index == self._count - 1:
            self.place_crosshair()

    def say(self, text: str) -> None:
        """Show a sentence in the middle of the price pane; "" for none."""
        self._message.say(text)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.theme = theme
        self.setBackground(theme.base)
        for piece in self._pieces:
            piece.set_theme(theme)
        for item in (self._candles, self._live_candle, self._bars, self._live_bar):
            item.set_theme(theme)
        self._place_last()
        self.place_crosshair()

    def fit(self) -> None:
        """Draw what the window shows, with the y axes fitted to it."""
        count, window = self._count, self.window_
        if not count or self._areas.price.width() < 1.0:
            self._clear()
            return
        self._pyramid.sync()
        self._group = group_for(window.span, self._areas.price.width() * self.devicePixelRatioF())
        first = self._first_in_view(count)
        last = min(count, math.floor(window.right + 0.5) + 1)
        live_first = (count - 1) // self._group * self._group
        cells = self._pyramid.cells(first, min(last, live_first), self._group)
        live = self._live_cells() if last > live_first else None
        self._anchor_s = int(self.series.time[min(first, count - 1)])
        self._scale(cells, live)
        if self._widen_axis():
            return  # it has fitted anew
        bounds = QRectF(window.left, self._prices.low, window.span, 0.0)
        bounds.setHeight(self._prices.high - self._prices.low)
        self._candles.set_cells(cells, bounds)
        self._bars.set_cells(cells, QRectF(window.left, 0.0, window.span, self._volumes.high))
        self._draw_live(live)
        self._mark(first, last)
        self._place_last()
        self.place_crosshair()

    def place_crosshair(self) -> None:
        """Put the crosshair where its bar and the pointer stand now."""
        cross = self.crosshair
        if cross.index is None or not 0 <= cross.index < self._count:
            cross.hide()
            return
        row = self.series.row(cross.index)
        level = self._prices.pixel(row.close) if cross.level is None else cross.level
        if level <= self._areas.price.bottom():
            value = price_text(self._prices.value(level), self.series.digits)
        else:
            value = volume_text(max(0.0, self._volumes.value(level)), chinese=self._chinese)
        moment = moment_text(row.time_s, self._interval, self._market)
        cross.place(self.x_of(cross.index), moment, level, value, self._areas)

    def _first_in_view(self, count: int) -> int:
        return min(max(0, math.floor(self.window_.left + 0.5)), max(0, count - 1))

    def _live_cells(self) -> Cells:
        first = (self._count - 1) // self._group * self._group
        return self._pyramid.cells(first, self._count, self._group)

    def _draw_live(self, live: Cells | None) -> None:
        if live is None:
            self._live_candle.set_cells(None, _EMPTY)
            self._live_bar.set_cells(None, _EMPTY)
            return
        left, width = float(live.left[0]), float(live.right[0] - live.left[0])
        low, high, volume = float(live.low[0]), float(live.high[0]), float(live.volume[0])
        # Edges are rounded to pixels, so a little more than the bar itself is painted.
        x = 2.0 / self.bar_px
        y = 2.0 / self._areas.price.height() * (self._prices.high - self._prices.low)
        self._live_candle.set_cells(
            live, QRectF(left - x, low - y, width + 2.0 * x, high - low + 2.0 * y)
        )
        y = 2.0 / max(1.0, self._areas.volume.height()) * self._volumes.high
        self._live_bar.set_cells(live, QRectF(left - x, -y, width + 2.0 * x, volume + 2.0 * y))

    def _scale(self, cells: Cells, live: Cells | None) -> None:
        """Fit both y axes to what is in view."""
        ranges = [r for part in (cells, live) if part is not None and (r := part.range())]
        volumes = [
            float(part.volume.max())
            for part in (cells, live)
            if part is not None and len(part.volume)
        ]
        low, high = self._prices.low, self._prices.high
        if ranges:
            low, high = min(r[0] for r in ranges), max(r[1] for r in ranges)
            least = max(4.0 * 10.0**-self.series.digits, 1e-9 * abs(high))
            room = 0.5 * max(0.0, least - (high - low))
            room += (high - low + 2.0 * room) * _MARGIN / (1.0 - 2.0 * _MARGIN)
            low, high = low - room, high + room
        self._prices = Scale(low, high, self._areas.price)
        self._volumes = Scale(0.0, 1.08 * max(volumes, default=0.0) or 1.0, self._areas.volume)
        x = (self.window_.left, self.window_.right)
        self._price_box.setRange(xRange=x, yRange=(low, high), padding=0)
        self._volume_box.setRange(xRange=x, yRange=(0.0, self._volumes.high), padding=0)

    def _widen_axis(self) -> bool:
        """Give the price axis the room that its labels need; True where that changed."""
        digits = self.series.digits
        texts = [price_text(value, digits) for value in self._prices[:2]]
        texts.append(price_text(float(self.series.close[-1]), digits))
        texts += [tick.text for tick in self._volume_ticks()]
        needed = max(map(self._metrics.horizontalAdvance, texts)) + 2.0 * PADDING
        if self._axis_px - 10.0 <= needed <= self._axis_px:
            return False
        self._axis_px = math.ceil(needed) + 2.0
        self._arrange()
        return True

    def _volume_ticks(self) -> list[Tick]:
        return volume_ticks(self._volumes.high, self._areas.volume.height(), chinese=self._chinese)

    def _mark(self, first: int, last: int) -> None:
        """Set grid lines and labels."""
        price, volume = self._areas.price, self._areas.volume
        levels = price_ticks(
            self._prices.low, self._prices.high, price.height(), self.series.digits
        )
        heights = [self._prices.pixel(tick.at) for tick in levels]
        self._price_labels.set_labels(
            [(y, tick.text, False) for y, tick in zip(heights, levels, strict=True)]
        )
        borders = []
        labels = []
        if volume.height():
            marks = self._volume_ticks()
            labels = [(self._volumes.pixel(tick.at), tick.text, False) for tick in marks]
            borders.append(volume.top())
        self._volume_labels.set_labels(labels)
        text = "0000-00-00" if self._interval.seconds is None else "00-00 00"
        moments = time_ticks(
            self.series,
            (first, last),
            interval=self._interval,
            market=self._market,
            bar_px=self.bar_px,
            least_px=self._metrics.horizontalAdvance(text) + 3.0 * PADDING,
        )
        places = [self.x_of(tick.at) for tick in moments]
        self._time_labels.set_labels(
            [(x, tick.text, tick.major) for x, tick in zip(places, moments, strict=True)]
        )
        self._grid.set_lines(heights, places, [*borders, self._areas.time_axis.top()])

    def _place_last(self) -> None:
        price = self._areas.price
        if not self._count or not price.height():
            return
        row = self.series.row(-1)
        y = self._prices.pixel(row.close)
        if not price.top() <= y <= price.bottom():
            self._last_line.hide()
            self._last_tag.hide()
            self._price_labels.leave_free(_EMPTY)
            return
        colour = self.theme.up if row.close >= row.open else self.theme.down
        start = QPointF(price.left(), round(y))
        self._last_line.show_between(start, QPointF(price.right() - 1.0, round(y)), colour)
        text = price_text(row.close, self.series.digits)
        self._last_tag.show_at(y, text, colour, self._areas.price_axis)
        self._price_labels.leave_free(self._last_tag.area.adjusted(0.0, 3.0, 0.0, -3.0))

    def _clear(self) -> None:
        for item in (self._candles, self._live_candle, self._bars, self._live_bar):
            item.set_cells(None, _EMPTY)
        for labels in (self._price_labels, self._volume_labels, self._time_labels):
            labels.set_labels(())
        self._grid.set_lines((), (), ())
        self._last_line.hide()
        self._last_tag.hide()
        self.crosshair.hide()

    def _arrange(self) -> None:
        """Share out the room, then draw."""
        self._areas = areas = arranged(
            float(self.width()),
            float(self.height()),
            axis_px=self._axis_px,
            time_px=math.ceil(self._metrics.height()) + PADDING,
            with_volume=bool(self._count) and bool(self.series.volume.any()),
        )
        self._price_box.setGeometry(areas.price)
        self._volume_box.setGeometry(areas.volume.adjusted(0.0, 1.0, 0.0, 0.0))
        self._volume_box.setVisible(areas.volume.height() > 0.0)
        self._grid.set_area(QRectF(areas.panes))
        self._price_labels.set_area(areas.price_axis)
        self._volume_labels.set_area(areas.volume_axis)
        self._time_labels.set_area(areas.time_axis)
        self._message.set_area(QRectF(0.0, 0.0, float(self.width()), areas.time_axis.top()))
        self.fit()

    def _box(self) -> pg.ViewBox:
        box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        box.disableAutoRange()
        self.scene().addItem(box)
        return box

    # Qt

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_live_bar"):  # pyqtgraph resizes before it is built
            self._arrange()
