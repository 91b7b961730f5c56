"""Small widgets that the pages share."""

from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget


class Hint(QLabel):
    """A muted sentence that wraps."""

    role = QPalette.ColorRole.PlaceholderText

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        self.setForegroundRole(self.role)
        self.setContentsMargins(0, 0, 0, 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


class Problem(Hint):
    """What is wrong with the field above; takes no room while nothing is."""

    role = QPalette.ColorRole.BrightText

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show the sentence, or vanish with an empty one."""
        self.setText(sentence)
        self.setVisible(bool(sentence))


class OfVendor(QWidget):
    """A page about one vendor, below the choice of which; whichever page is shown has the choice.

    So it stands only where it means something, and the tabs stand still.
    """

    def __init__(self, page: QWidget, choice: QWidget) -> None:
        super().__init__()
        self._choice = choice
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(page, 1)

    def take_choice(self) -> None:
        """Have the choice stand here."""
        if self._choice.parentWidget() is not self:
            self._column.insertWidget(0, self._choice)
            self._choice.show()

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        self.take_choice()
        super().showEvent(event)


def raise_page(page: QWidget) -> None:
    """Lift a page off the window, so that fields and check boxes show their edges in the dark."""
    page.setBackgroundRole(QPalette.ColorRole.AlternateBase)
    page.setAutoFillBackground(True)
