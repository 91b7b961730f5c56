"""The tool that is always there: it points out, selects and moves what was drawn."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from alltick_desk.model.clipping import Point
from alltick_desk.model.drawing_moves import BODY, Part, moved
from alltick_desk.model.drawing_shapes import Plane
from alltick_desk.model.drawings import Anchor, Drawing, Kind
from alltick_desk.ui.chart.drawing_aim import straightened
from alltick_desk.ui.chart.tools import Pointer, Tool

if TYPE_CHECKING:
    from alltick_desk.ui.chart.drawing_control import ChartDrawings

_LEFT = Qt.MouseButton.LeftButton
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_STARTS_PX = 3.0  # a shorter way is a click
_NUDGES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class _Grip(NamedTuple):
    """What was taken with the button.

    Attributes:
        taken: the drawing under the pointer, and ``part`` what of it.
        place: where, in the view's pixels, when things stood as ``key`` says.
        anchor: where, in time and price.
        drawings: what goes along, as it was.
    """

    taken: Drawing
    part: Part
    place: QPointF
    key: object
    anchor: Anchor
    drawings: tuple[Drawing, ...]


class Picker(Tool):
    """Lights up what the pointer is at, selects by clicks and moves by drags.

    With Shift a click adds to the selection or takes from it, and a drag goes straight. What is
    locked can be selected; a drag that begins at it moves the chart.
    """

    def __init__(self, drawings: "ChartDrawings") -> None:
        self._drawings = drawings
        self._grip: _Grip | None = None
        self._dragging = False

    @property
    def busy(self) -> bool:
        """Whether something is being dragged."""
        return self._dragging

    def leave(self) -> None:
        board = self._drawings.board
        if self._dragging and board is not None:
            board.cancel()
        self._dragging = False
        self._grip = None
        self.away()

    def away(self) -> None:
        self._hover(0)

    def press(self, at: Pointer) -> bool:
        drawings = self._drawings
        board, plane = drawings.board, drawings.scene.plane
        if at.button != _LEFT or board is None or plane is None or not drawings.looking:
            return False
        found = drawings.scene.hit(at.place)
        if found is None:
            if at.pane is drawings.view.price and not at.modifiers & _SHIFT:
                drawings.select(())
            return False
        drawing, part = found
        chosen = board.selection
        if drawing.id not in chosen:
            drawings.select(chosen | {drawing.id} if at.modifiers & _SHIFT else {drawing.id})
        elif at.modifiers & _SHIFT:
            drawings.select(chosen - {drawing.id})
            return True
        if drawing.locked:
            return False
        anchor = plane.anchor(Point(at.place.x(), at.place.y()))
        along = (drawing,) if part.handle is not None else drawings.selected()
        key = drawings.scene.view_key
        self._grip = _Grip(drawing, part, at.place, key, anchor, tuple(along))
        return True

    def move(self, at: Pointer) -> bool:
        grip = self._grip
        if grip is None:
            return self._point_at(at)
        way = at.place - grip.place
        if not self._dragging and max(abs(way.x()), abs(way.y())) < _STARTS_PX:
            return True
        board, plane = self._drawings.board, self._drawings.scene.plane
        if board is not None and plane is not None:
            if not self._dragging:
                self._drawings.settle_nudge()
                self._dragging = True
                self._drawings.view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            board.preview(self._moved(grip, at, plane))
        return True

    def release(self, at: Pointer) -> bool:
        grip, self._grip = self._grip, None
        board = self._drawings.board
        if grip is None or board is None:
            return False
        if self._dragging:
            self._dragging = False
            board.settle()
            self._point_at(at)
        elif not at.modifiers & _SHIFT:
            self._drawings.select({grip.taken.id})
        return True

    def double_click(self, at: Pointer) -> bool:
        drawings = self._drawings
        found = drawings.scene.hit(at.place) if drawings.looking else None
        if at.button != _LEFT or found is None:
            return False
        drawing, _ = found
        drawings.select({drawing.id})
        if drawing.locked:
            return True
        if drawing.kind == Kind.TEXT:
            drawings.write_over(drawing)
        else:
            drawings.open_style()
        return True

    def key(self, event: QKeyEvent) -> bool:
        drawings = self._drawings
        board = drawings.board
        if board is None or not drawings.looking:
            return False
        if event.key() == Qt.Key.Key_Escape:
            if self._dragging:
                self.leave()
                return True
            had = bool(board.selection)
            drawings.select(())
            return had
        if self._dragging:
            return True  # the mouse has it
        nudge = _NUDGES.get(Qt.Key(event.key()))
        if nudge is None:
            return False
        bars, steps = nudge
        fold = 10 if event.modifiers() & _SHIFT else 1
        return drawings.nudge(fold * bars, fold * steps)

    def walk(self, *, on: bool) -> bool:
        return self._drawings.walk(on=on)

    def fill_menu(self, at: Pointer, menu: QMenu) -> None:
        if self._drawings.looking:
            self._drawings.fill_menu(at, menu)

    def _point_at(self, at: Pointer) -> bool:
        """Light up what the pointer is at, and show by the cursor what a drag would do."""
        drawings = self._drawings
        found = drawings.scene.hit(at.place) if drawings.looking else None
        if found is None:
            self._hover(0)
            return False
        drawing, part = found
        self._hover(drawing.id)
        shape = Qt.CursorShape.SizeAllCursor if part.handle is None else Qt.CursorShape.CrossCursor
        if drawing.locked:
            shape = Qt.CursorShape.PointingHandCursor
        drawings.view.viewport().setCursor(shape)
        return True

    def _hover(self, drawing_id: int) -> None:
        scene = self._drawings.scene
        if drawing_id != scene.hovered:
            scene.hovered = drawing_id
            scene.light()

    def _moved(self, grip: _Grip, at: Pointer, plane: Plane) -> list[Drawing]:
        """Return what is dragged as it stands with the pointer here."""
        aim = self._drawings.aim
        same = grip.key == self._drawings.scene.view_key
        start = Point(grip.place.x(), grip.place.y()) if same else plane.point(grip.anchor)
        end = Point(at.place.x(), at.place.y())
        drawing, part = grip.taken, grip.part
        straight = bool(at.modifiers & _SHIFT)
        if part.handle is None and len(grip.drawings) == 1 and len(drawing.anchors) == 1:
            part = Part(0)  # so that it catches at prices, wherever it was taken
        if straight and (part.handle is None or len(drawing.anchors) == 1):
            level = abs(end.x - start.x) >= abs(end.y - start.y)
            end = Point(end.x, start.y) if level else Point(start.x, end.y)
        if part.handle is None:
            return [moved(it, BODY, start, end, plane) for it in grip.drawings]

        def catch(anchor: Anchor) -> Anchor:
            base = _neighbour(drawing, part.handle or 0)
            if straight and base is not None:
                return straightened(plane.point(anchor), base, plane)
            return aim.caught(anchor, at.modifiers)

        return [moved(drawing, part, start, end, plane, magnet=catch)]


def _neighbour(drawing: Drawing, handle: int) -> Anchor | None:
    """Return the point from which a handle's angle counts; None where it has none."""
    count = len(drawing.anchors)
    if count < 2 or handle >= count:
        return None
    return drawing.anchors[handle - 1 if handle else 1]
