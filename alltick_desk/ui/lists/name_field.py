"""A field to write a name where it stands: of a tab, of a section's heading."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from alltick_desk.model.lists import LONGEST_NAME, clean_name

LEAST_WIDTH = 14  # characters


class NameField(QLineEdit):
    """Goes away when it is done: Enter and leaving it keep the name, Escape does not.

    ``on_name`` gets a name that is none of spaces only, ``on_end`` is called in any case, after
    it; ``back`` gets the keyboard then.
    """

    def __init__(
        self,
        parent: QWidget,
        text: str,
        *,
        title: str,
        back: QWidget,
        on_name: Callable[[str], object],
        on_end: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName("lists.name")
        self.setAccessibleName(title)
        self.setPlaceholderText(title)
        self.setMaxLength(LONGEST_NAME)
        self._room = parent
        self._back = back
        self._on_name = on_name
        self._on_end = on_end
        self._done = False
        self._pressed = False
        self.selectAll()

    def least_width(self) -> int:
        """Return how wide it is at least, in device-independent pixels."""
        return self.fontMetrics().averageCharWidth() * LEAST_WIDTH

    def open_over(self, room: QRect) -> None:
        """Show it over a part of its parent, as large as it needs and the parent has room for."""
        parent = self._room.rect()
        width = min(max(room.width(), self.least_width()), parent.width())
        height = max(room.height(), min(self.minimumSizeHint().height(), parent.height()))
        left = max(0, min(room.left(), parent.right() + 1 - width))
        top = max(0, min(room.top(), parent.bottom() + 1 - height))
        self.setGeometry(left, top, width, height)
        self.open()

    def open(self) -> None:
        """Show it where it is, and write in it."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, *, keep: bool) -> None:
        """Be done with it."""
        if self._done:
            return
        self._done = True
        name = clean_name(self.text())
        held = self.hasFocus()
        self.hide()
        if keep and name:
            self._on_name(name)
        self._on_end()
        if held:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finish(keep=True)
        elif key == Qt.Key.Key_Escape:
            self.finish(keep=False)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = True
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed:
            super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Leave all of the text selected where the first click was not here: it opened this."""
        if self._pressed:
            super().mouseDoubleClickEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:  # its own menu is no leaving
            self.finish(keep=True)
