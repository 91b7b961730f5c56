"""The tools that draw: one a kind, by clicks, by dragging or by keys."""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from alltick_desk.model.drawings import KINDS, Anchor, Kind, new_drawing
from alltick_desk.ui.chart.announce import announce
from alltick_desk.ui.chart.drawing_pen import Pen
from alltick_desk.ui.chart.drawing_words import place_words
from alltick_desk.ui.chart.tools import Pointer, Tool

if TYPE_CHECKING:
    from alltick_desk.ui.chart.drawing_control import ChartDrawings

_LEFT = Qt.MouseButton.LeftButton
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_NEAR_PX = 5.0  # what is let go so near to where the last point is was a click


class Maker(Tool):
    """Draws one kind.

    Each point is put by a click; a drag puts two of them, where it begins and where it ends. By
    keys, arrows move the crosshair and Return puts a point there. What is being made is a gesture
    of the board, so that it is seen before it is there.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, drawings: "ChartDrawings", kind: Kind) -> None:
        self.kind = kind
        self._drawings = drawings
        self._pen = Pen(drawings.view)
        self._needed = KINDS[kind].anchors
        self._placed: list[Anchor] = []
        self._last = QPointF()  # where the last of them was put
        self._held = False  # the button is down
        self._id = 0

    @property
    def busy(self) -> bool:
        """Whether something is half done."""
        return self._held or bool(self._placed)

    def leave(self) -> None:
        if self.busy and self._drawings.board is not None:
            self._drawings.board.cancel()
        self._placed.clear()
        self._held = False

    def press(self, at: Pointer) -> bool:
        if at.button != _LEFT or at.pane is not self._drawings.view.price:
            return False
        return self._put(at)

    def double_click(self, at: Pointer) -> bool:
        return self.press(at)  # the second of two quick clicks

    def move(self, at: Pointer) -> bool:
        if self.busy:
            self._show(self._aim(at))
        return self.busy

    def release(self, at: Pointer) -> bool:
        if at.button != _LEFT or not self._held:
            return False
        self._held = False
        away = at.place - self._last
        if self._placed and max(abs(away.x()), abs(away.y())) < _NEAR_PX:
            return True  # the next point comes with the next click
        anchor = self._aim(at)
        if anchor is not None:
            self._placed.append(anchor)
            self._last = at.place
        if len(self._placed) == self._needed:
            self._finish()
        return True

    def key(self, event: QKeyEvent) -> bool:
        if self._held or self._drawings.board is None:
            return False
        if event.key() in _ENTER:
            self._put_by_key(event.modifiers())
            return True
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None:
            return False
        fold = 10 if event.modifiers() & _SHIFT else 1
        anchor = self._pen.move(fold * way[0], fold * way[1])
        if self.busy:
            self._show(self._drawings.aim.caught(anchor, Qt.KeyboardModifier.NoModifier))
        announce(self._drawings.view, place_words(anchor, self._drawings.view))
        return True

    def _put_by_key(self, modifiers: Qt.KeyboardModifier) -> None:
        board = self._drawings.board
        if board is None:
            return
        if not self._placed:
            self._id = board.new_id()
        anchor = self._drawings.aim.caught(self._pen.anchor, modifiers)
        self._placed.append(anchor)
        if len(self._placed) == self._needed:
            self._finish()
        else:
            self._show(anchor)

    def _put(self, at: Pointer) -> bool:
        board, anchor = self._drawings.board, self._aim(at)
        if board is None or anchor is None:
            return False
        self._held = True
        if not self._placed:
            self._id = board.new_id()
            if self._needed > 1:
                self._placed.append(anchor)
                self._last = at.place
        self._show(anchor)
        return True

    def _aim(self, at: Pointer) -> Anchor | None:
        base = self._placed[-1] if self._placed else None
        return self._drawings.aim.at(at.place, at.modifiers, base)

    def _show(self, anchor: Anchor | None) -> None:
        """Show what there would be if the next point were put here."""
        board = self._drawings.board
        if board is None or anchor is None or self.kind is Kind.TEXT:
            return
        anchors = [*self._placed, *[anchor] * (self._needed - len(self._placed))]
        style = self._drawings.style_for(self.kind)
        board.preview([replace(new_drawing(self.kind, anchors), id=self._id, style=style)])

    def _finish(self) -> None:
        """Put the drawing onto the board."""
        anchors = tuple(self._placed)
        drawings, made = self._drawings, self._id
        if self.kind is Kind.TEXT:
            self._placed.clear()
            drawings.write_at(anchors[0])
            return
        self._show(anchors[-1])
        self._placed.clear()
        if drawings.board is not None and drawings.board.settle():
            drawings.made(made)
