"""The box in which a text is typed, where it will stand on the chart."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from alltick_desk.model.drawings import LONGEST_TEXT

translate = QCoreApplication.translate

_LEAST_PX = 120.0
_ROOM_PX = 24.0


class TypingBox(QLineEdit):
    """Asks for a line of text; Enter and a click elsewhere keep it, Escape does not.

    ``on_done`` is called once, with the text or None; the box is gone then.
    """

    def __init__(self, text: str, on_done: Callable[[str | None], None], parent: QWidget) -> None:
        super().__init__(text, parent)
        self._on_done: Callable[[str | None], None] | None = on_done
        self._parent = parent
        self._place = QPointF()
        self.setObjectName("drawingText")
        self.setMaxLength(LONGEST_TEXT)
        self.setAccessibleName(translate("Drawings", "Text"))
        self.setPlaceholderText(translate("Drawings", "Text"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textChanged.connect(self._fit)
        self.returnPressed.connect(self._keep)

    def stand(self, place: QPointF) -> None:
        """Have the text's lower left corner at a place of the parent."""
        self._place = place
        self._fit()

    def give_up(self) -> None:
        """Vanish without a word."""
        self._done(None)

    def _keep(self) -> None:
        self._done(self.text())

    def _done(self, text: str | None) -> None:
        tell, self._on_done = self._on_done, None
        if tell is not None:
            tell(text)
            self.hide()
            self.deleteLater()

    def _fit(self) -> None:
        parent = self._parent
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + _ROOM_PX
        width = min(max(width, _LEAST_PX), float(parent.width()))
        height = float(self.sizeHint().height())
        left = min(max(self._place.x() - 4.0, 0.0), parent.width() - width)
        top = min(max(self._place.y() - height + 3.0, 0.0), parent.height() - height)
        self.setGeometry(round(left), round(top), round(width), round(height))

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self._done(None)
            return
        super().keyPressEvent(event)
        event.accept()  # whatever it is, it is not the chart's

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._keep()
