"""The list of messages that the status bar has shown; loaded when it is first opened."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QFrame, QListWidget, QVBoxLayout, QWidget

translate = QCoreApplication.translate


class History(QFrame):
    """The last messages, newest first, in a window that a click elsewhere closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("messageHistory")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._list = QListWidget(self)
        self._list.setObjectName("messageHistoryList")
        self._list.setWordWrap(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._list)

    def open_above(self, corner: QPoint, width: int, lines: Sequence[str]) -> None:
        """Show ``lines`` in a window whose lower left corner is ``corner`` (global)."""
        for widget in (self, self._list):
            widget.setAccessibleName(translate("StatusBar", "Message history"))
        self._list.clear()
        self._list.addItems(lines or [translate("StatusBar", "No messages yet.")])
        row = self._list.sizeHintForRow(0) + 4
        height = min(320, max(3, len(lines)) * row + 24)
        self.resize(width, height)
        self.move(corner.x(), max(0, corner.y() - height))
        self.show()
        self._list.setFocus()
