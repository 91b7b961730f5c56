"""Small widgets that the pages share."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


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


def raise_page(page: QWidget) -> None:
    """Lift a page off the window, so that fields and check boxes show their edges in the dark."""
    page.setBackgroundRole(QPalette.ColorRole.AlternateBase)
    page.setAutoFillBackground(True)
