"""How a person moves in the chart: mouse, wheel and keys."""

import math
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QWidget

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries
from alltick_desk.ui.chart.canvas import ChartCanvas
from alltick_desk.ui.chart.glide import Glide
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.pane import Pane
from alltick_desk.ui.chart.pane_menu import fill_pane_menu
from alltick_desk.ui.chart.tools import Pointer, Toolbox
from alltick_desk.ui.theme import Theme

_NOTCH = 120.0  # Qt counts a wheel's notch so
_ZOOM_NOTCH = 0.85
_PAN_NOTCH = 0.1  # of the window
_ZOOM_KEY = 0.8
_PAGE = 0.8  # of the window
_STRETCH_PX = 180.0  # of a drag along the axis that doubles what is shown
_KEY = Qt.Key
_LEFT = Qt.MouseButton.LeftButton


class ChartView(ChartCanvas):
    """The canvas with its ways to move.

    Drag pans, the wheel zooms at the pointer (with Shift or sideways it pans), a double click
    shows the newest bars. A drag along the axis of a pane stretches its scale, which a double
    click there gives back to the chart; a drag of the border between two panes shares out their
    height. Arrows step from bar to bar, Home and End go to the ends, Page Up and Page Down turn
    pages, + and - zoom, 0 does what a double click does, Escape hides the crosshair. Tools come
    before all of that.

    Attributes:
        tools: what takes the mouse and the keys first.
        glide: has bars run on after a drag, where the person wants that.
        more_menu: fills further parts into the context menu; who adds a part appends to it.
        on_zone: called with the place where the person pressed on the zone's name.
        on_moved: called when other bars are in view, or the scale was set by hand.
        on_shared: called when the person has shared out the height among the panes.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        on_inspect: Callable[[int | None], None],
        parent: QWidget | None = None,
    ) -> None:
        """``on_inspect`` is called with the bar under the crosshair, None when there is none."""
        super().__init__(theme, parent)
        self._on_inspect = on_inspect
        self.on_moved: Callable[[], None] = _nothing
        self.on_zone: Callable[[QPointF], None] = _ignore
        self.on_shared: Callable[[], None] = _nothing
        self.more_menu: list[Callable[[QMenu], None]] = []
        self.glide = Glide(self._run_on, self)
        self.tools = Toolbox(self)
        self.tools.on_change.append(self._choose_cursor)
        self._place = QPointF()  # where the pointer was last
        self._drag: QPointF | None = None
        self._dragged: Pane | None = None  # whose picture is dragged up and down too
        self._stretched: Pane | None = None
        self._border: int | None = None
        self.viewport().setMouseTracking(True)
        self._choose_cursor()
        self._steps: dict[int, Callable[[], None]] = {
            _KEY.Key_Left: partial(self._step, -1),
            _KEY.Key_Right: partial(self._step, 1),
            _KEY.Key_Home: self._go_home,
            _KEY.Key_End: self._go_to_end,
            _KEY.Key_PageUp: self._page_back,
            _KEY.Key_PageDown: self._page_on,
            _KEY.Key_Plus: self._zoom_in,
            _KEY.Key_Equal: self._zoom_in,
            _KEY.Key_Minus: self._zoom_out,
            _KEY.Key_0: self.show_newest,
            _KEY.Key_Escape: self._stop_inspecting,
        }

    def show_series(self, series: CandleSeries, interval: Interval, market: Market) -> None:
        """Draw another series, from its newest bars on."""
        self.glide.stop()
        super().show_series(series, interval, market)

    def set_look(self, look: ChartLook) -> None:
        """Look, and move, as the person wants it."""
        self.glide.on = look.inertia
        super().set_look(look)

    def show_newest(self) -> None:
        """Go back to the newest bars at the usual scale, every scale automatic."""
        self.glide.stop()
        for pane in self.stack:
            pane.manual = False
        self.window_.reset(self.axis.extent)
        self._moved()

    def go_to_now(self) -> None:
        """Go to the newest bars as wide as bars are now."""
        self.glide.stop()
        self.window_.go_to_end(self.axis.extent)
        self._moved()

    def show_places(self, left: float, right: float) -> None:
        """Show the slots of the x axis from ``left`` to ``right``."""
        self.window_.show(left, right, self.axis.extent)
        self._moved()

    def scale_automatically(self, pane: Pane) -> None:
        """Let a pane choose its scale by itself again."""
        pane.manual = False
        self._moved()

    def move_pane(self, pane: Pane, steps: int) -> None:
        """Move a pane down the stack, up where negative."""
        if self.stack.move(pane, steps):
            self._arrange()

    def bring_into_view(self, index: int) -> None:
        """Move just as far as needed to have a bar in view."""
        self.window_.reveal(float(self.axis.place(float(index))), self.axis.extent)
        self._moved()

    def pointer(self, place: QPointF, event: QMouseEvent | None = None) -> Pointer:
        """Return what stands at a place of the view."""
        pane = self.stack.at(place.y())
        if pane is not None and not pane.area.left() <= place.x() < pane.area.right():
            pane = None
        return Pointer(
            place,
            pane,
            self.bar_at(place.x()),
            math.nan if pane is None else pane.scale.value(place.y()),
            Qt.MouseButton.NoButton if event is None else event.button(),
            Qt.KeyboardModifier.NoModifier if event is None else event.modifiers(),
        )

    def _inspect(self, index: int, level: float | None) -> None:
        self.crosshair.index = min(max(index, 0), len(self.series) - 1)
        self.crosshair.level = level
        self.place_crosshair()
        self._on_inspect(self.crosshair.index)

    def _stop_inspecting(self) -> None:
        self.crosshair.hide()
        self.place_crosshair()
        self._on_inspect(None)

    def _point_at(self, place: QPointF) -> None:
        self._place = place
        if len(self.series) and self.stack.area.contains(place):
            self._inspect(round(self.bar_at(place.x())), place.y())
        elif self.crosshair.index is not None:
            self._stop_inspecting()

    def _pan(self, slots: float) -> None:
        self.window_.pan(slots, self.axis.extent)
        self._moved()

    def _zoom(self, factor: float, anchor: float) -> None:
        self.window_.zoom(factor, anchor, self.axis.extent)
        self._moved()

    def _moved(self) -> None:
        self.refit()
        self.on_moved()

    # keys

    def _step(self, bars: int) -> None:
        newest = len(self.series) - 1
        index = self.crosshair.index
        if index is None:
            target = min(newest, int(self.axis.bar(self.window_.right - 0.5)))
        else:
            target = min(max(index + bars, 0), newest)
        self._go_to(target)

    def _go_to(self, index: int) -> None:
        self.window_.reveal(float(self.axis.place(float(index))), self.axis.extent)
        self.crosshair.index = index
        self._moved()
        self._inspect(index, None)

    def _go_home(self) -> None:
        self._go_to(0)

    def _go_to_end(self) -> None:
        self.window_.go_to_end(self.axis.extent)
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
        """Return the place of the bar under the crosshair, else of the newest in view."""
        if self.crosshair.index is not None:
            return float(self.axis.place(float(self.crosshair.index)))
        return min(self.window_.right, self.axis.extent - 0.5)

    # drags

    def _begin_drag(self, place: QPointF) -> None:
        border = self.stack.border_at(place.y())
        if border is not None:
            self._border = border
            return
        pane = self.stack.at(place.y())
        if pane is not None and pane.axis.contains(place):
            self._stretched, self._drag = pane, place
            return
        self._drag = place
        self.glide.follow(place.x())
        self._dragged = pane if pane is not None and pane.manual else None
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def _go_on(self, place: QPointF) -> bool:
        """Go on with a drag; True where there is one that moves no bars."""
        if self._border is not None:
            self.stack.drag(self._border, place.y())
            self._arrange()
            return True
        if self._drag is None:
            return False
        moved = place - self._drag
        self._drag = place
        if self._stretched is not None:
            self._stretched.stretch(2.0 ** (moved.y() / _STRETCH_PX))
            self._moved()
            return True
        if self._dragged is not None:
            self._dragged.shift(moved.y())
        self.glide.follow(place.x())
        self._drag_bars(moved.x())
        return False

    def _drag_bars(self, right_px: float) -> bool:
        """Move the bars to the right; False where they do not go any further."""
        before = self.window_.left
        self._pan(-right_px / self.bar_px)
        return self.window_.left != before

    def _run_on(self, right_px: float) -> bool:
        """Move the bars after a drag; the crosshair stays beneath the pointer."""
        moved = self._drag_bars(right_px)
        if self.crosshair.index is not None:
            self._point_at(self._place)
        return moved

    def _end_drag(self) -> None:
        shared, self._border = self._border is not None, None
        self._drag = self._dragged = self._stretched = None
        self._choose_cursor()
        if shared:
            self.on_shared()
        else:
            self.glide.let_go()

    def _choose_cursor(self) -> None:
        active = self.tools.active
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if active is None else active.cursor)

    def _hint(self, place: QPointF) -> None:
        """Show by the cursor what a drag would do."""
        if self.tools.active is not None:
            return
        shape = Qt.CursorShape.CrossCursor
        if self.stack.border_at(place.y()) is not None:
            shape = Qt.CursorShape.SplitVCursor
        elif any(pane.axis.contains(place) for pane in self.stack.shown):
            shape = Qt.CursorShape.SizeVerCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.glide.stop()
        if not len(self.series) or self.tools.press(self.pointer(event.position(), event)):
            return
        if event.button() == _LEFT and self.marks.zone_area.contains(event.position()):
            self.on_zone(event.position())
        elif event.button() == _LEFT:
            self._begin_drag(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        event.accept()
        if self._drag is None and self._border is None and len(self.series):
            if self.tools.move(self.pointer(place, event)):
                self._point_at(place)
                return
            self._hint(place)
        if not self._go_on(place):
            self._point_at(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if self._drag is None and self._border is None and len(self.series):
            self.tools.release(self.pointer(event.position(), event))
        elif event.button() == _LEFT:
            self._end_drag()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if not len(self.series) or self.tools.double_click(self.pointer(event.position(), event)):
            return
        if event.button() != _LEFT:
            return
        place = event.position()
        pane = self.stack.at(place.y())
        if pane is not None and pane.axis.contains(place):
            self.scale_automatically(pane)
            return
        self.show_newest()
        self._point_at(place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        if not len(self.series):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = self.pointer(QPointF(event.pos()))
        self.tools.fill_menu(at, menu)
        pane = self.stack.at(at.place.y())
        if pane is not None:
            fill_pane_menu(menu, self, pane)
        for fill in self.more_menu:
            fill(menu)
        if not menu.isEmpty():
            menu.popup(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        event.accept()
        self.glide.stop()
        if not len(self.series):
            return
        sideways = turned.x() or (
            turned.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0
        )
        if sideways:
            self._pan(-_PAN_NOTCH * self.window_.span * sideways / _NOTCH)
        elif turned.y():
            anchor = self.place_at(event.position().x())
            self._zoom(_ZOOM_NOTCH ** (turned.y() / _NOTCH), anchor)
        self._point_at(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if len(self.series) and self.tools.key(event):
            event.accept()
            return
        step = self._steps.get(event.key())
        if step is None:
            event.ignore()  # the window's own keys
            return
        event.accept()
        self.glide.stop()
        if len(self.series):
            step()

    def leaveEvent(self, event: QEvent) -> None:
        if self._drag is None and not self.tools.holds:
            self._stop_inspecting()
            self.tools.away()
        event.accept()

    def focusNextPrevChild(self, on: bool) -> bool:
        walked = self.hasFocus() and bool(len(self.series)) and self.tools.walk(on=on)
        return walked or bool(super().focusNextPrevChild(on))


def _nothing() -> None:
    """Nobody wants to know yet."""


def _ignore(_: object) -> None:
    """Nobody wants to know yet."""
