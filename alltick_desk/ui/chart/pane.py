"""One pane of the chart: its layers, its y scale, its axis and its legend."""

import math
from bisect import insort
from collections.abc import Callable
from typing import NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QTransform

from alltick_desk.ui.chart.furniture import AxisLabels, Legend, Row
from alltick_desk.ui.chart.layers import NOTHING, Entry, Frame, Layer, LayerItem, PaneView
from alltick_desk.ui.chart.scale import Scale, Writing
from alltick_desk.ui.chart.surface import Surface
from alltick_desk.ui.chart.ticks import Tick
from alltick_desk.ui.theme import Theme

_EMPTY = QRectF()
_SLACK = 0.4  # of a margin: so near may the newest values come to an edge
_TAIL_PX = 4.0  # a line is thicker than its values
_LEAST_STRETCH, _MOST_STRETCH = 0.02, 50.0


class Fit(NamedTuple):
    """How a pane chooses its scale by itself.

    Attributes:
        below, above: margins beneath the lowest and over the highest value, shares of the pane.
        floor: the value at the lower edge; None to follow the values.
        fixed: lowest and highest value, whatever is in view; None to follow the values.
        least: the least difference between the edges.
    """

    below: float = 0.07
    above: float = 0.07
    floor: float | None = None
    fixed: tuple[float, float] | None = None
    least: float = 1e-12


class Change(NamedTuple):
    """What a tick changes in a pane.

    Attributes:
        since: the first bar that looks different.
        room: between which heights, as an area of the view; its left edge says nothing.
        outgrown: whether the scale must change.
    """

    since: int
    room: QRectF
    outgrown: bool


class Pane:
    """A part of the chart with its own y scale, over the shared x axis.

    Make one with ``ChartCanvas.add_pane``.

    Attributes:
        id: what files call it.
        title: what people call it, translated.
        weight: its share of the height, against the other panes'.
        scale: where its values stand; ``scale.area`` is its place in the view.
        axis: the place of its axis.
        writing: how its values are written.
        fit: how it chooses its scale.
        legend: the layers' figures in its corner.
        frame: which bars are shown.
        ticks: the marks of its axis.
        wanted: whether it is shown, as far as there is room for it.
        on_remove: called where a person removes it; None where nobody can.
    """

    def __init__(
        self,
        id: str,  # noqa: A002
        surface: Surface,
        writing: Writing,
        *,
        title: str = "",
        weight: float = 24.0,
        least_px: float = 48.0,
        fit: Fit | None = None,
        on_remove: Callable[[], None] | None = None,
    ) -> None:
        self.id = id
        self.title = title
        self.weight = weight
        self.least_px = least_px
        self.writing = writing
        self.fit = fit or Fit()
        self.on_remove = on_remove
        self.wanted = True
        self.manual = False
        self.frame: Frame | None = None
        self.ticks: list[Tick] = []
        self.scale = Scale(0.0, 1.0, _EMPTY)
        self.axis = _EMPTY
        self.labels = AxisLabels(surface.theme, surface.small, upright=True)
        self.legend = Legend(surface.theme, surface.small)
        self._items: list[LayerItem] = []
        self._upwards: list[LayerItem] = []  # the same, the lowest first
        self._view: PaneView | None = None
        self._exposed = _EMPTY
        self._slots = (0.0, 1.0)  # the places at the left and the right edge
        self._tail: tuple[float, float] | None = None  # heights of what the last tick painted
        self._logarithmic = False
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self._box.disableAutoRange()
        self._surface = surface
        surface.scene().addItem(self._box)

    @property
    def area(self) -> QRectF:
        """Its place in the view, in pixels; without height where it is not shown."""
        return self.scale.area

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Its layers, in the order in which they were added."""
        return tuple(item.layer for item in self._items)

    def add(self, layer: Layer, z: float = 10.0) -> None:
        """Paint a layer: candles have z 0; gaps lie below, lines and drawings above."""
        item = LayerItem(layer, self, z)
        self._items.append(item)
        insort(self._upwards, item, key=_height)
        item.setRect(self._box.rect())
        item.setParentItem(self._box)

    def remove(self, layer: Layer) -> None:
        """Paint a layer no more; ValueError where it is not here."""
        item = self._item(layer)
        self._items.remove(item)
        self._upwards.remove(item)
        self._surface.scene().removeItem(item)

    def show_layer(self, layer: Layer, *, shown: bool) -> None:
        """Paint a layer, or leave it out for a while; then it has no say in the scale either."""
        self._item(layer).setVisible(shown)

    def shows(self, layer: Layer) -> bool:
        """Whether a layer is painted."""
        return self._item(layer).isVisible()

    def stand(self, area: QRectF, axis: QRectF) -> None:
        """Take a place in the view; an empty area for none."""
        self.scale = self.scale._replace(area=area)
        self.axis = axis
        self._box.setGeometry(area)
        self._box.setVisible(area.height() > 0.0)
        for item in self._items:
            item.setRect(self._box.rect())
        self.labels.set_area(axis)

    def lay_out(self, *, logarithmic: bool, inverted: bool) -> None:
        """Choose how values are laid out; a scale that was set by hand is given up."""
        self._logarithmic, self.manual = logarithmic, False
        self.scale = self.scale._replace(inverted=inverted)

    def stretch(self, factor: float) -> None:
        """Show ``factor`` times as much of the scale, around its middle; from now on by hand."""
        low, high = self.scale.range
        middle, half = 0.5 * (low + high), 0.5 * (high - low)
        half *= min(max(factor, _LEAST_STRETCH), _MOST_STRETCH)
        if half > 0.0:
            self._set(middle - half, middle + half)

    def shift(self, pixels: float) -> None:
        """Move the picture down by so many pixels, where the scale is set by hand."""
        low, high = self.scale.range
        move = pixels / max(1.0, self.area.height()) * (high - low)
        if self.scale.inverted:
            move = -move
        self._set(low + move, high + move)

    def hold(self, low: float, high: float) -> None:
        """Show the values from ``low`` to ``high``; from now on by hand."""
        self._set(self.scale.unit(low), self.scale.unit(high))

    def show_frame(self, frame: Frame, left: float, right: float) -> None:
        """Show other bars, from one place to the other, with the scale that they ask for."""
        self.frame = frame
        self._tail = None
        if not self.manual:
            self._fit(self._extent(frame))
        self.ticks = self.writing.ticks(self.scale)
        self._slots = (left, right)

    def view(self) -> PaneView | None:
        """Return what the layers paint into now; None where there is nothing to paint."""
        exposed, frame, view = self._surface.exposed, self.frame, self._view
        if frame is None or not frame.total or self.area.isEmpty():
            return None  # there is no bar, or no room yet
        if exposed is self._exposed and view is not None:
            return view  # one for all layers, for each area that is painted
        ratio = self._surface.devicePixelRatioF()
        if (
            view is None
            or view.scale is not self.scale
            or (view.frame.version, view.ratio) != (frame.version, ratio)
        ):
            view = PaneView(frame, self.scale, self._to_device(ratio), ratio, exposed)
        else:
            view.expose(frame, exposed)
        self._view, self._exposed = view, exposed
        return view

    def paint(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint the layers, no more of them than is exposed."""
        area, view = self.area.intersected(exposed), self.view()
        if area.isEmpty() or view is None:
            return
        painter.save()
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        painter.scale(1.0 / view.ratio, 1.0 / view.ratio)
        painter.setPen(view.theme.text)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for item in self._upwards:
            if item.isVisible():
                item.paint(painter)
        painter.restore()

    def sync(self) -> None:
        """Have the layers take over what changed."""
        for item in self._items:
            item.layer.sync()

    def tick(self, frame: Frame) -> Change:
        """Take over a tick: the layers' newest values, and where they stand."""
        self.frame = frame
        changed = [item.layer.sync() for item in self._items]
        since = max(0, min(frame.live_first, *changed) - 1)  # a line comes from the bar before
        if since >= frame.last or self.area.isEmpty():
            return Change(since, _EMPTY, False)
        newest = frame._replace(first=since, last=frame.total)
        extents = []
        bounded = True
        for item, bar in zip(self._items, changed, strict=True):
            extent = item.layer.extent(newest) if item.isVisible() else None
            if extent is not None:
                extents.append(extent)
            elif item.isVisible():
                bounded &= bar == NOTHING
        before, self._tail = self._tail, None
        if not extents:
            return Change(since, self.area, False)
        low, high = min(low for low, _ in extents), max(high for _, high in extents)
        ends = sorted((self.scale.pixel(low), self.scale.pixel(high)))
        outgrown = self._outgrown(low, high)
        if bounded and not math.isnan(sum(ends)):
            self._tail = (ends[0] - _TAIL_PX, ends[1] + _TAIL_PX)
        if before is None or self._tail is None:
            return Change(since, self.area, outgrown)
        top, bottom = min(before[0], self._tail[0]), max(before[1], self._tail[1])
        room = QRectF(self.area.left(), top, self.area.width(), bottom - top)
        return Change(since, room.intersected(self.area), outgrown)

    def figures(self, index: int, theme: Theme) -> list[Row]:
        """Return what the layers say at a bar."""
        return [
            Row(item.layer, _entries(item.layer, index, theme))
            for item in self._items
            if item.isVisible()
        ]

    def discard(self) -> None:
        """Leave the scene."""
        self._surface.scene().removeItem(self._box)

    def _outgrown(self, lowest: float, highest: float) -> bool:
        """Whether values need another scale than the one that is shown."""
        if self.manual or self.fit.fixed:
            return False
        low, high = self.scale.range
        least, most = self.scale.unit(lowest), self.scale.unit(highest)
        span = _SLACK * (high - low)
        below = least < low + self.fit.below * span if self.fit.floor is None else False
        return below or most > high - self.fit.above * span

    def _to_device(self, ratio: float) -> QTransform:
        """Return what turns slots and units into device pixels."""
        (left, right), (low, high) = self._slots, self.scale.range
        area = self.scale.area
        slot, unit = area.width() / (right - left), area.height() / (high - low)
        foot = area.bottom() + low * unit
        if self.scale.inverted:
            unit, foot = -unit, area.top() - low * unit
        across = area.left() - left * slot
        return QTransform(slot * ratio, 0.0, 0.0, -unit * ratio, across * ratio, foot * ratio)

    def _item(self, layer: Layer) -> LayerItem:
        for item in self._items:
            if item.layer is layer:
                return item
        raise ValueError(f"the pane {self.id} has no such layer")

    def _extent(self, frame: Frame) -> tuple[float, float] | None:
        shown = (item.layer for item in self._items if item.isVisible())
        extents = [found for layer in shown if (found := layer.extent(frame)) is not None]
        if not extents:
            return None
        return min(low for low, _ in extents), max(high for _, high in extents)

    def _fit(self, extent: tuple[float, float] | None) -> None:
        fit = self.fit
        if fit.fixed is not None:
            extent = fit.fixed
        if extent is None:
            return
        low, high = extent
        if fit.floor is not None:
            low = fit.floor
        self.scale = scale = self.scale._replace(logarithmic=self._logarithmic and low > 0.0)
        bottom, top = scale.unit(low), scale.unit(high)
        least = fit.least / (max(low, fit.least) * 2.3) if scale.logarithmic else fit.least
        least = max(least, 1e-9 * abs(top))
        if top - bottom < least:
            top += 0.5 * (least - (top - bottom))
            bottom = top - least if fit.floor is None else bottom
        room = (top - bottom) / (1.0 - fit.below - fit.above)
        bottom -= fit.below * room
        top += fit.above * room
        self.scale = scale._replace(low=scale.of_unit(bottom), high=scale.of_unit(top))

    def _set(self, bottom: float, top: float) -> None:
        self.manual = True
        scale = self.scale
        self.scale = scale._replace(low=scale.of_unit(bottom), high=scale.of_unit(top))


def _height(item: LayerItem) -> float:
    return item.z


def _entries(layer: Layer, index: int, theme: Theme) -> tuple[Entry, ...]:
    return tuple(layer.legend(index, theme))
