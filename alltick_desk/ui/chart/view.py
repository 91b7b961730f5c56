"""The chart in a person's hands: mouse, wheel, keys and menu."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QWidget

from alltick_desk.ui.chart.moves import ChartMoves
from alltick_desk.ui.chart.pane import Pane
from alltick_desk.ui.chart.pane_menu import fill_pane_menu
from alltick_desk.ui.chart.tools import Pointer, Toolbox
from alltick_desk.ui.theme import Theme

_NOTCH = 120.0  # Qt counts a wheel's notch so
_ZOOM_NOTCH = 0.85
_PAN_NOTCH = 0.1  # of the window
_STRETCH_PX = 180.0  # of a drag along the axis that doubles what is shown
_LEFT = Qt.MouseButton.LeftButton


class ChartView(ChartMoves):
    """The chart as a person handles it.

    Drag pans, the wheel zooms at the pointer (with Shift or sideways it pans), a double click
    shows the newest bars. A drag along the axis of a pane stretches its scale, which a double
    click there gives back to the chart; a drag of the border between two panes shares out their
    height. Arrows step from bar to bar, Home and End go to the ends, Page Up and Page Down turn
    pages, + and - zoom, 0 does what a double click does, Escape hides the crosshair. Tools come
    before all of that.

    Attributes:
        tools: what takes the mouse and the keys first.
        more_menu: fills further parts into the context menu; who adds a part appends to it.
        on_zone: called with the place where the person pressed on the zone's name.
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
        super().__init__(theme, on_inspect=on_inspect, parent=parent)
        self.on_zone: Callable[[QPointF], None] = _ignore
        self.on_shared: Callable[[], None] = _nothing
        self.more_menu: list[Callable[[QMenu], None]] = []
        self.tools = Toolbox(self)
        self.tools.on_change.append(self._choose_cursor)
        self._drag: QPointF | None = None
        self._dragged: Pane | None = None  # whose picture is dragged up and down too
        self._stretched: Pane | None = None
        self._border: int | None = None
        self.viewport().setMouseTracking(True)
        self._choose_cursor()

    def move_pane(self, pane: Pane, steps: int) -> None:
        """Move a pane down the stack, up where negative."""
        if self.stack.move(pane, steps):
            self._arrange()

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
