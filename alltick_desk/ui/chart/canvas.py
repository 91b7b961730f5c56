"""The chart's canvas: a stack of panes over one x axis, and what stands around them."""

import math
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries
from alltick_desk.services.gaps import ChartGap
from alltick_desk.ui.chart.crosshair import Crosshair
from alltick_desk.ui.chart.figures import is_dated, moment_text, price_text
from alltick_desk.ui.chart.history_marks import HistoryMarks
from alltick_desk.ui.chart.layers import Frame
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.marks import Marks
from alltick_desk.ui.chart.pane import Fit, Pane
from alltick_desk.ui.chart.pieces import PADDING, Message
from alltick_desk.ui.chart.price_layer import PriceLayer, VolumeLayer
from alltick_desk.ui.chart.pyramid import Pyramid, group_for
from alltick_desk.ui.chart.quote_lines import QuoteLines, Sides
from alltick_desk.ui.chart.scale import PriceWriting, ScaleKind, VolumeWriting, Writing
from alltick_desk.ui.chart.stack import Stack
from alltick_desk.ui.chart.surface import Surface
from alltick_desk.ui.chart.window import Window
from alltick_desk.ui.chart.x_axis import ClockAxis, IndexAxis, XAxis
from alltick_desk.ui.chart.zones import short_name, zone_of
from alltick_desk.ui.theme import Theme

_VOLUME_FIT = Fit(below=0.0, above=0.07, floor=0.0)


class ChartCanvas(Surface):
    """Draws the bars that its ``window_`` shows; knows no mouse and no keys.

    Attributes:
        series, interval, market: what is shown.
        window_: which slots of the x axis are in view; call ``refit`` after moving it.
        axis: where the bars stand among the slots.
        stack: the panes from top to bottom.
        price, volume: the panes that are always there.
        marks: the time axis and the grid.
        crosshair: call ``place_crosshair`` after moving it.
        redrawn: called whenever things may stand elsewhere.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.series = CandleSeries()
        self.interval = Interval.M1
        self.market = Market.UNKNOWN
        self.window_ = Window()
        self.axis: XAxis = IndexAxis(self.series.time, self.interval)
        self.redrawn: list[Callable[[], None]] = []
        self._look = ChartLook()
        self._forming = False
        self._pyramid = Pyramid(self.series)
        self._count = 0
        self._epoch = self.series.epoch
        self._anchor_s, self._anchor_place = 0, 0.0  # the first bar in view
        self._version = 0
        self._axis_px = 0.0
        self._prices, self._volumes = PriceWriting(), VolumeWriting()

        self.marks = Marks(self)
        self._message = Message(theme, self.font())
        self.crosshair = Crosshair(theme, self.small)
        self.quotes = QuoteLines(theme, self.small)
        self.add_above(self._message)
        for piece in (*self.quotes.pieces, *self.crosshair.pieces):
            self.add_moving(piece)
        self.stack = Stack()
        self.price = self.add_pane("price", self._prices, weight=81.0, least_px=96.0)
        self.volume = self.add_pane("volume", self._volumes, weight=19.0, fit=_VOLUME_FIT)
        self.prices, self.volumes = PriceLayer(), VolumeLayer()
        self.price.add(self.prices, 0.0)
        self.volume.add(self.volumes, 0.0)
        self._history = HistoryMarks(self.price, self.volume, self.small)
        self.gaps = self._history.gaps
        self._built = True  # pyqtgraph resizes before that

    # what is shown

    def show_series(self, series: CandleSeries, interval: Interval, market: Market) -> None:
        """Draw another series, from its newest bars on."""
        self.series, self.interval, self.market = series, interval, market
        self._pyramid = Pyramid(series)
        self._pyramid.sync()
        self.prices.show(series, self._pyramid)
        self.volumes.show(series, self._pyramid)
        self._count, self._epoch = len(series), series.epoch
        self.axis = self._make_axis()
        for pane in self.stack:
            pane.manual = False
        self.window_ = Window(self.window_.ahead)
        self.window_.reset(self.axis.extent)
        self.crosshair.hide()
        self._arrange()

    def sync(self) -> None:
        """Take over bars that came or went, without a jump of what is looked at."""
        count, before = len(self.series), self.axis.extent
        self.axis = self._make_axis()
        shift = 0.0
        if self.series.epoch != self._epoch and self._count and count:
            anchor = max(self.series.index(self._anchor_s), 0)
            shift = float(self.axis.place(float(anchor))) - self._anchor_place
            if self.crosshair.index is not None:
                moved = self.crosshair.index + round(shift)
                self.crosshair.index = min(max(moved, 0), count - 1)
        self.window_.follow(shift, before, self.axis.extent)
        self._count, self._epoch = count, self.series.epoch
        self._arrange()

    def refresh_live(self, *, forming: bool) -> None:
        """Redraw the last bar, and all only where it outgrew a pane."""
        self._forming = forming
        frame = self.price.frame
        if not self._count or frame is None:
            return
        self._pyramid.sync()
        if forming != frame.provisional:
            frame = frame._replace(provisional=forming)
        changes = [pane.tick(frame) for pane in self.stack]
        digits = self.series.digits != self._prices.digits
        if frame.last >= self._count and (digits or any(change.outgrown for change in changes)):
            self.refit()
            return
        for since, room, _ in changes:
            left = max(0.0, math.floor(self.x_of(since)) - 1.0)
            if left < room.right():
                self.touch(room.adjusted(left - room.left(), 0.0, 0.0, 0.0))
        self._place_quotes()
        if self.crosshair.index in {None, self._count - 1}:
            self.place_crosshair()

    def set_moment(self, *, remaining: str | None = None, sides: Sides | None = None) -> None:
        """Say how long the last bar has to go, "" for nothing, and where bid and ask are."""
        longer = len(remaining or "") > len(self.quotes.remaining)
        if not self.quotes.tell(remaining, sides):
            return
        self._place_quotes()
        if longer and self._count and self.price.frame is not None:
            self._widen_axis()

    def say(self, text: str) -> None:
        """Show a sentence in the middle of the price pane; "" for none."""
        self._message.say(text)

    def show_history(self, gaps: Sequence[ChartGap], beginning: str) -> None:
        """Mark holes, and say in front of the first bar why there are no older ones."""
        if self._history.show(gaps, beginning):
            self.refit()

    # how it is shown

    def set_look(self, look: ChartLook) -> None:
        """Look as the person wants it; a scale that was set by hand stays if it can."""
        before, self._look = self._look, look
        self.prices.set_style(look.style)
        if (look.scale, look.inverted) != (before.scale, before.inverted):
            logarithmic = look.scale is ScaleKind.LOGARITHMIC
            self.price.lay_out(logarithmic=logarithmic, inverted=look.inverted)
        if look.by_clock != before.by_clock:
            self._change_axis()
        self._arrange()

    def set_chinese(self, chinese: bool) -> None:
        """Choose between Chinese and English units of volume."""
        if chinese != self._volumes.chinese:
            self._volumes.chinese = chinese
            self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        super().set_theme(theme)
        self.refit()

    # panes

    def add_pane(
        self,
        name: str,
        writing: Writing,
        *,
        title: str = "",
        weight: float = 24.0,
        least_px: float = 48.0,
        fit: Fit | None = None,
        before: Pane | None = None,
        on_remove: Callable[[], None] | None = None,
    ) -> Pane:
        """Make a pane at the foot of the stack, or above another; ``arrange`` shows it."""
        pane = Pane(
            name,
            self,
            writing,
            title=title,
            weight=weight,
            least_px=least_px,
            fit=fit,
            on_remove=on_remove,
        )
        self.stack.add(pane, before)
        self.add_above(pane.labels)
        self.add_moving(pane.legend)
        return pane

    def remove_pane(self, pane: Pane) -> None:
        """Take a pane and its layers away."""
        self.stack.remove(pane)
        self.remove_piece(pane.labels)
        self.remove_piece(pane.legend)
        pane.discard()
        self._arrange()

    def arrange(self) -> None:
        """Share out the room after panes came or went, then draw."""
        self._arrange()

    # where things stand

    @property
    def bar_px(self) -> float:
        """Pixels from slot to slot."""
        return float(self.price.area.width()) / self.window_.span

    @property
    def last_price_text(self) -> str:
        """The label of the last price, "" while it is out of view."""
        return self.quotes.last.tag.text.partition("\n")[0]

    def bar_at(self, x: float) -> float:
        """Return the bar, with its fraction, at a pixel."""
        return self.axis.bar(self.place_at(x))

    def place_at(self, x: float) -> float:
        """Return the slot, with its fraction, at a pixel."""
        return self.window_.left + (x - self.price.area.left()) / max(self.bar_px, 1e-9)

    def x_of(self, index: float) -> float:
        """Return the pixel of the middle of a bar."""
        place = float(self.axis.place(index))
        return float(self.price.area.left()) + (place - self.window_.left) * self.bar_px

    @property
    def zone(self) -> ZoneInfo:
        """The zone by whose clock times are told."""
        return zone_of(self._look.zone, self.market)

    def zone_text(self, time_s: int) -> str:
        """Name the zone at a moment; "" where bars are dates, the same in any zone."""
        return "" if is_dated(self.interval) else short_name(self.zone, time_s)

    def moment_text(self, time_s: int) -> str:
        """Write a bar's time by the clock of the chart's zone."""
        return moment_text(time_s, self.interval, self.market, self.zone)

    def clock_text(self, time_s: int) -> str:
        """Write a moment by the chart's clock, with its zone."""
        words = moment_text(time_s, Interval.M1, self.market, self.zone)
        return f"{words} {short_name(self.zone, time_s)}"

    # drawing

    def refit(self) -> None:
        """Draw what the window shows, with every automatic scale fitted to it."""
        if not self._count or self.price.area.width() < 1.0:
            self._clear()
            return
        self._pyramid.sync()
        for pane in self.stack:
            pane.sync()
        frame = self._frame()
        self._anchor_s = int(self.series.time[frame.first])
        self._anchor_place = float(self.axis.place(float(frame.first)))
        self._prices.digits = self.series.digits
        percent = self._look.scale is ScaleKind.PERCENT
        self._prices.base = float(self.series.close[frame.first]) if percent else None
        self.price.fit = self.price.fit._replace(least=4.0 * 10.0**-self.series.digits)
        for pane in self.stack:
            pane.show_frame(frame, self.window_.left, self.window_.right)
        if self._widen_axis():
            return  # it has drawn anew
        self.marks.mark(self, frame)
        self._place_quotes()
        self.place_crosshair()
        self.touch_all()
        for tell in tuple(self.redrawn):
            tell()

    def place_crosshair(self) -> None:
        """Put the crosshair, and the legends, where its bar and the pointer stand now."""
        cross = self.crosshair
        if cross.index is not None and not 0 <= cross.index < self._count:
            cross.hide()
        index = cross.index
        self._tell(self._count - 1 if index is None else index)
        if index is None:
            cross.hide()
            return
        moment = self.moment_text(int(self.series.time[index]))
        cross.place(self.x_of(index), moment, self.stack.area, self.marks.time_area)
        if cross.level is None:
            close = float(self.series.close[index])
            cross.level_at(self.price.scale.pixel(close), self.price)
        else:
            cross.level_at(cross.level, self.stack.at(cross.level))

    def _tell(self, index: int) -> None:
        """Have every pane's legend say its layers' figures at a bar."""
        for pane in self.stack:
            rows = pane.figures(index, self.theme) if index >= 0 and pane.area.height() else ()
            pane.legend.show_rows(rows, pane.area)

    def _make_axis(self) -> XAxis:
        by_clock = self._look.by_clock and self.market is Market.CRYPTO
        return (ClockAxis if by_clock else IndexAxis)(self.series.time, self.interval)

    def _change_axis(self) -> None:
        """Lay bars out in another way, with the same ones in the middle."""
        window = self.window_
        middle = self.axis.bar(0.5 * (window.left + window.right))
        self.axis = self._make_axis()
        if window.moved:
            move = float(self.axis.place(middle)) - 0.5 * (window.left + window.right)
            window.pan(move, self.axis.extent)
        else:
            window.reset(self.axis.extent)

    def _frame(self) -> Frame:
        self._version += 1
        width = self.price.area.width() * self.devicePixelRatioF()
        first, last = self.axis.between(self.window_.left, self.window_.right)
        return Frame(
            first=first,
            last=last,
            group=group_for(self.window_.span, width),
            total=self._count,
            axis=self.axis,
            version=self._version,
            theme=self.theme,
            provisional=self._forming,
        )

    def _widen_axis(self) -> bool:
        """Give the y axes the room that their labels need; True where that changed."""
        newest = price_text(float(self.series.close[-1]), self.series.digits)
        texts = [newest, self.quotes.remaining, *self.stack.axis_texts]
        needed = max(map(self.words.width, texts)) + 2.0 * PADDING
        if self._axis_px - 10.0 <= needed <= self._axis_px:
            return False
        self._axis_px = math.ceil(needed) + 2.0
        self._arrange()
        return True

    def _place_quotes(self) -> None:
        if self._count:
            self.quotes.place(self.series.row(-1), self.theme, self.price)

    def _clear(self) -> None:
        for pane in self.stack:
            pane.frame = None
            pane.labels.set_labels(())
            pane.legend.show_rows((), pane.area)
        self.marks.clear()
        self.quotes.hide()
        self.crosshair.hide()
        self.touch_all()

    def _arrange(self) -> None:
        """Share out the room, then draw."""
        width, height = float(self.width()), float(self.height())
        panes = max(1.0, height - self.marks.time_px)
        self.volume.wanted = bool(self._count) and bool(np.any(self.series.volume))
        self.stack.arrange(width, panes, self._axis_px)
        self.marks.stand(width, panes)
        self._message.set_area(QRectF(0.0, 0.0, width, panes))
        self.refit()

    # a surface; Qt

    def paint_panes(self, painter: QPainter) -> None:
        for pane in self.stack:
            pane.paint(painter, self.exposed)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if getattr(self, "_built", False):
            self._arrange()
