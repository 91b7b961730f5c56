"""A table under a person's hands: whether they are on it, and what they do to its sections."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from alltick_desk.observe import Hook
from alltick_desk.ui.watchlist.arrangement import Heading
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.scrolled import line_at

if TYPE_CHECKING:  # the first window is painted without
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

_STEPS = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


class Drags(Protocol):
    """Starts drags, and takes what is dragged over the table."""

    def start(self) -> None:
        """Have the person drag what is selected."""
        ...

    def enter(self, event: "QDragEnterEvent") -> None:
        """Look at what comes."""
        ...

    def move(self, event: "QDragMoveEvent") -> None:
        """Show where it would go."""
        ...

    def leave(self) -> None:
        """Forget it."""
        ...

    def drop(self, event: "QDropEvent") -> None:
        """Take it in."""
        ...


class HandledTable(QTableView):
    """Shows a WatchlistModel whose headings fold by mouse and keys.

    Attributes:
        fold_wanted: emitted with a section's number and whether it is to be folded.
        hand_moved: emitted when a hand came to the table or left it.
        fold_room: how far from the left a click folds, in pixels.
        drags: does what is dragged; None where nothing is.
    """

    def __init__(self, model: WatchlistModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fold_wanted: Hook[[int, bool]] = Hook()
        self.hand_moved: Hook[[]] = Hook()
        self.fold_room = 0
        self.drags: Drags | None = None
        self._source = model
        self._pointed = self._by_keys = False

    def held(self) -> bool:
        """Whether nothing may move now: somebody points at the table or walks it by keys."""
        return self._pointed or (self._by_keys and self.hasFocus())

    def _heading_at(self, y: int) -> Heading | None:
        return self._source.heading_at(int(line_at(self, y)))

    def _fold(self, heading: Heading, folded: bool) -> None:
        if not self._source.filter.on:  # what was found is shown, folded or not
            self.fold_wanted.emit(heading.number, folded)

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        heading = self._source.heading_at(self.currentIndex().row())
        key = event.key()
        if heading is not None and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._fold(heading, key == Qt.Key.Key_Left)
            return
        super().keyPressEvent(event)
        if key in _STEPS:
            self._by_keys = True
            self.hand_moved.emit()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Have Home and End lead to the first and the last row: a row's first cell says nothing."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self._source.rowCount() - 1,
        }
        if action in ends:
            return self._source.index(ends[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keys = False
        super().mousePressEvent(event)
        heading = self._heading_at(round(event.position().y()))
        if (
            heading is not None
            and event.button() == Qt.MouseButton.LeftButton
            and event.position().x() < self.fold_room
        ):
            self._fold(heading, not heading.folded)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        heading = self._heading_at(round(event.position().y()))
        if heading is None:
            super().mouseDoubleClickEvent(event)
        elif event.position().x() >= self.fold_room:
            self._fold(heading, not heading.folded)
        else:
            self.mousePressEvent(event)  # two quick clicks at the mark are two

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._pointed = True
        self.hand_moved.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = False
        self.hand_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._by_keys = False
        self.hand_moved.emit()

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        del supportedActions
        if self.drags is not None:
            self.drags.start()

    def dragEnterEvent(self, event: "QDragEnterEvent") -> None:
        if self.drags is not None:
            self.drags.enter(event)

    def dragMoveEvent(self, event: "QDragMoveEvent") -> None:
        if self.drags is not None:
            self.drags.move(event)

    def dragLeaveEvent(self, event: "QDragLeaveEvent") -> None:
        del event
        if self.drags is not None:
            self.drags.leave()

    def dropEvent(self, event: "QDropEvent") -> None:
        if self.drags is not None:
            self.drags.drop(event)
