"""What a person sees first where no token is known."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

translate = QCoreApplication.translate


class WelcomeDialog(QDialog):
    """Offers to enter a token or to try the demo; open it with ``open()``.

    Closing it does neither: the desk stays open and offline. ``on_token`` and ``on_demo`` are
    called after the dialog has gone.
    """

    def __init__(
        self,
        on_token: Callable[[], None],
        on_demo: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_token = on_token
        self._on_demo = on_demo
        self.setObjectName("welcome")
        self.setWindowTitle(translate("Welcome", "Welcome"))
        self.setAccessibleName(translate("Welcome", "Welcome"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)

        title = QLabel(translate("Welcome", "AllTick Desk needs a token"), self)
        font = QFont(title.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        layout.addWidget(title)
        text = QLabel(
            translate(
                "Welcome",
                "The token is your key to the vendor's prices; a free one is enough to begin. "
                "Or try the demo first: a simulated exchange on this machine, with made-up prices "
                "and nothing of yours in it.",
            ),
            self,
        )
        text.setWordWrap(True)
        text.setMinimumWidth(420)
        layout.addWidget(text)

        row = QHBoxLayout()
        row.addStretch(1)
        self._demo = self._button("tryDemo", translate("Welcome", "Try the demo"))
        self._token = self._button("enterToken", translate("Welcome", "Enter a token"))
        self._token.setDefault(True)
        self._demo.clicked.connect(self._choose_demo)
        self._token.clicked.connect(self._choose_token)
        row.addWidget(self._demo)
        row.addWidget(self._token)
        layout.addLayout(row)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def _choose_token(self) -> None:
        self.accept()
        self._on_token()

    def _choose_demo(self) -> None:
        self.accept()
        self._on_demo()
