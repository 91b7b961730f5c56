"""The window in which a person writes down what they think of an instrument."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import LONGEST_NOTE
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.plain_buttons import plain_buttons

translate = QCoreApplication.translate
_Button = QDialogButtonBox.StandardButton
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class NoteDialog(QDialog):
    """Writes an instrument's note in the list that is shown now; shown with ``open()``.

    ``label`` is what the instrument is called. OK and Ctrl+Enter keep the note, Escape does not.
    """

    def __init__(
        self, watchlist: Watchlist, key: InstrumentKey, label: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._lists = watchlist.lists
        self._list = watchlist.lists.shown.id
        self._key = key
        self.setObjectName("watchlist.noting")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = translate("Watchlist", "Note on {label}").format(label=label)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        entry = watchlist.entry_of(key)
        self._text = QPlainTextEdit("" if entry is None else entry.note, self)
        self._text.setObjectName("watchlist.noting.text")
        self._text.setAccessibleName(title)
        self._text.setPlaceholderText(
            translate("Watchlist", "Why you watch it, where you would buy…")
        )
        self._text.setTabChangesFocus(True)
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._text.textChanged.connect(self._bound)
        buttons = plain_buttons(QDialogButtonBox(_Button.Ok | _Button.Cancel, self))
        buttons.setObjectName("watchlist.noting.buttons")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text, 1)
        layout.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 56, metrics.height() * 12)

    def accept(self) -> None:
        """Keep what was written; a list that has gone meanwhile keeps nothing."""
        if self._list in self._lists.book:
            self._lists.set_note(self._key, self._text.toPlainText(), of=self._list)
        super().accept()

    def _bound(self) -> None:
        """Take no more than a note can have: nothing is cut later, unseen."""
        over = len(self._text.toPlainText()) - LONGEST_NOTE
        if over > 0:
            cursor = self._text.textCursor()
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, over
            )
            cursor.removeSelectedText()

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in _ENTER:  # Enter alone begins another line
            self.accept()
        else:
            super().keyPressEvent(event)
