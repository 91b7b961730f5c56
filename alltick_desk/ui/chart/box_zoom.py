"""The box zoom: what lies within a rectangle that was drawn fills the chart."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter

from alltick_desk.ui.chart.pane import Pane
from alltick_desk.ui.chart.pieces import Piece, thin
from alltick_desk.ui.chart.tools import Pointer, Tool
from alltick_desk.ui.theme import Theme

if TYPE_CHECKING:
    from alltick_desk.ui.chart.view import ChartView

_CONTROL = Qt.KeyboardModifier.ControlModifier
_LEFT = Qt.MouseButton.LeftButton
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_LEAST_PX = 6.0  # a smaller box was a click
_FLAT_PX = 16.0  # a lower box means the time alone


class Band(Piece):
    """The rectangle as it is drawn."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__(theme, font)
        self.visible = False

    def span(self, box: QRectF) -> None:
        """Stand somewhere else."""
        self.set_area(box.adjusted(-1.0, -1.0, 1.0, 1.0))
        self.show()
        self.update()

    def draw(self, painter: QPainter) -> None:
        box = self.area.adjusted(1.0, 1.0, -2.0, -2.0)
        wash = QColor(self.theme.accent)
        wash.setAlphaF(0.14)
        painter.fillRect(box, wash)
        painter.setPen(thin(self.theme.accent))
        painter.drawRect(box)


class BoxZoomTool(Tool):
    """Zooms to a box: as the active tool with a drag, else (``held``) with Control and a drag.

    A box that is flat zooms the time alone and leaves the scale automatic. So do keys: Return sets
    the first bar at the crosshair, arrows move it, and Return zooms to what lies between.
    """

    def __init__(self, *, held: bool) -> None:
        self._held = held
        self._view: ChartView | None = None
        self._band: Band | None = None
        self._pane: Pane | None = None
        self._start = QPointF()
        self._from_bar: int | None = None  # where Return was pressed

    # a tool

    def begin(self, view: "ChartView") -> None:
        self._view = view
        if self._band is None:
            self._band = Band(view.theme, view.small)
            view.add_moving(self._band)
            view.redrawn.append(self._follow)

    def leave(self) -> None:
        self._pane = self._from_bar = None
        if self._band is not None:
            self._band.hide()

    def press(self, at: Pointer) -> bool:
        if at.button != _LEFT or at.pane is None or (self._held and not at.modifiers & _CONTROL):
            return False
        self._pane, self._start, self._from_bar = at.pane, at.place, None
        return True

    def move(self, at: Pointer) -> bool:
        if self._pane is None or self._band is None:
            return False
        self._band.span(self._box(at.place))
        return True

    def release(self, at: Pointer) -> bool:
        view, pane = self._view, self._pane
        if view is None or pane is None:
            return False
        box = self._box(at.place)
        self.leave()
        if box.width() < _LEAST_PX:
            return True
        if box.height() >= _FLAT_PX:
            ends = pane.scale.value(box.bottom()), pane.scale.value(box.top())
            pane.hold(min(ends), max(ends))
        left, right = (view.place_at(x) for x in (box.left(), box.right()))
        view.show_places(left, right)
        if not self._held:
            view.tools.take(None)
        return True

    def key(self, event: QKeyEvent) -> bool:
        view = self._view
        if self._held or view is None or event.key() not in _ENTER:
            return False
        bar = view.crosshair.index
        if bar is None or self._pane is not None:
            return True
        if self._from_bar is None:
            self._from_bar = bar
            self._follow()
            return True
        ends = sorted(float(view.axis.place(float(it))) for it in (self._from_bar, bar))
        view.tools.take(None)
        view.show_places(ends[0] - 0.5, ends[1] + 0.5)
        return True

    def _follow(self) -> None:
        """Have the rectangle span the bars from the first to the crosshair's."""
        view, band, first = self._view, self._band, self._from_bar
        if view is None or band is None or first is None or view.crosshair.index is None:
            return
        area, half = view.price.area, 0.5 * view.bar_px
        left, right = sorted(view.x_of(bar) for bar in (first, view.crosshair.index))
        whole = QRectF(left - half, area.top(), right - left + 2.0 * half, area.height())
        band.span(whole.intersected(area))

    def _box(self, place: QPointF) -> QRectF:
        area = QRectF() if self._pane is None else self._pane.area
        x = min(max(place.x(), area.left()), area.right())
        y = min(max(place.y(), area.top()), area.bottom())
        return QRectF(self._start, QPointF(x, y)).normalized()
