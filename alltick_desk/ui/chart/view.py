"""How a person moves in the chart: mouse, wheel and keys."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from alltick_desk.ui.chart.canvas import ChartCanvas
from alltick_desk.ui.theme import Theme

_NOTCH = 120.0  # Qt counts a wheel's notch so
_ZOOM_NOTCH = 0.85
_PAN_NOTCH = 0.1  # of the window
_ZOOM_KEY = 0.8
_PAGE = 0.8  # of the window
_KEY = Qt.Key


class ChartView(ChartCanvas):
    """The canvas with its ways to move.

    Drag pans, the wheel zooms at the pointer (with Shift or sideways it pans), a double click
    shows the newest bars. Arrows step from bar to bar, Home and End go to the ends, Page Up and
    Page Down turn pages, + and - zoom, Escape hides the crosshair.

    ``on_inspect`` is called with the bar under the crosshair, None when there is none any more.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        on_inspect: Callable[[int | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._on_inspect = on_inspect
        self._drag_x: float | None = None
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self._steps: dict[int, Callable[[], None]] = {
            _KEY.Key_Left: self._step_back,
            _KEY.Key_Right: self._step_on,
            _KEY.Key_Home: self._go_home,
            _KEY.Key_End: self._go_to_end,
            _KEY.Key_PageUp: self._page_back,
            _KEY.Key_PageDown: self._page_on,
            _KEY.Key_Plus: self._zoom_in,
            _KEY.Key_Equal: self._zoom_in,
            _KEY.Key_Minus: self._zoom_out,
            _KEY.Key_Escape: self._stop_inspecting,
        }

    def show_newest(self) -> None:
        """Go back to the newest bars at the usual scale."""
        self.window_.reset(len(self.series))
        self.fit()

    def _inspect(self, index: int, level: float | None) -> None:
        self.crosshair.index = min(max(index, 0), len(self.series) - 1)
        self.crosshair.level = level
        self.place_crosshair()
        self._on_inspect(self.crosshair.index)

    def _stop_inspecting(self) -> None:
        self.crosshair.hide()
        self._on_inspect(None)

    def _point_at(self, place: QPointF) -> None:
        if len(self.series) and self.areas.panes.contains(place):
            self._inspect(round(self.bar_at(place.x())), place.y())
        elif self.crosshair.index is not None:
            self._stop_inspecting()

    def _pan(self, bars: float) -> None:
        self.window_.pan(bars, len(self.series))
        self.fit()

    def _zoom(self, factor: float, anchor: float) -> None:
        self.window_.zoom(factor, anchor, len(self.series))
        self.fit()

    # keys

    def _step(self, bars: int) -> None:
        newest = len(self.series) - 1
        index = self.crosshair.index
        if index is None:
            target = min(newest, int(self.window_.right - 0.5))
        else:
            target = min(max(index + bars, 0), newest)
        self._go_to(target)

    def _go_to(self, index: int) -> None:
        self.window_.reveal(index, len(self.series))
        self.crosshair.index = index
        self.fit()
        self._inspect(index, None)

    def _step_back(self) -> None:
        self._step(-1)

    def _step_on(self) -> None:
        self._step(1)

    def _go_home(self) -> None:
        self._go_to(0)

    def _go_to_end(self) -> None:
        self.window_.go_to_end(len(self.series))
        self._go_to(len(self.series) - 1)

    def _page_back(self) -> None:
        self._pan(-_PAGE * self.window_.span)

    def _page_on(self) -> None:
        self._pan(_PAGE * self.window_.span)

    def _zoom_in(self) -> None:
        self._zoom(_ZOOM_KEY, self._zoom_anchor())

    def _zoom_out(self) -> None:
        self._zoom(1.0 / _ZOOM_KEY, self._zoom_anchor())

    def _zoom_anchor(self) -> float:
        """Return the bar under the crosshair, else the newest in view."""
        if self.crosshair.index is not None:
            return float(self.crosshair.index)
        return min(self.window_.right, len(self.series) - 0.5)

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self.series):
            self._drag_x = event.position().x()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._drag_x is not None:
            self._pan((self._drag_x - place.x()) / self.bar_px)
            self._drag_x = place.x()
        self._point_at(place)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag_x = None
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.show_newest()
            self._point_at(event.position())
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        event.accept()
        if not len(self.series):
            return
        sideways = turned.x() or (
            turned.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0
        )
        if sideways:
            self._pan(-_PAN_NOTCH * self.window_.span * sideways / _NOTCH)
        elif turned.y():
            anchor = self.bar_at(event.position().x())
            self._zoom(_ZOOM_NOTCH ** (turned.y() / _NOTCH), anchor)
        self._point_at(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._steps.get(event.key())
        if step is None:
            event.ignore()  # the window's own keys
            return
        event.accept()
        if len(self.series):
            step()

    def leaveEvent(self, event: QEvent) -> None:
        if self._drag_x is None:
            self._stop_inspecting()
        event.accept()
