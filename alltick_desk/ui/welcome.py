"""What a person sees first where no token is known."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

translate = QCoreApplication.translate


class WelcomeDialog(QDialog):
    """Offers to enter a token or to try the demo; open it with ``open()``.

    Closing it does neither: the desk stays open and offline. ``on_token`` is told whose token is
    to be entered; it and ``on_demo`` are called after the dialog has gone. ``vendors`` has the
    titles of those to choose from, ``vendor`` is the one that stands there at first.
    """

    def __init__(
        self,
        on_token: Callable[[str], None],
        on_demo: Callable[[], None],
        parent: QWidget | None = None,
        *,
        vendors: Mapping[str, str],
        vendor: str,
    ) -> None:
        super().__init__(parent)
        self._on_token = on_token
        self._on_demo = on_demo
        self.setObjectName("welcome")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)

        self._title = QLabel(self)
        font = QFont(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        layout.addWidget(self._title)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(420)
        layout.addWidget(self._text)

        choice = QHBoxLayout()
        self._label = QLabel(self)
        self._vendors = QComboBox(self)
        self._vendors.setObjectName("welcomeVendor")
        for name, title in vendors.items():
            self._vendors.addItem(title, name)
        self._vendors.setCurrentIndex(self._vendors.findData(vendor))
        self._label.setBuddy(self._vendors)
        choice.addWidget(self._label)
        choice.addWidget(self._vendors)
        choice.addStretch(1)
        layout.addLayout(choice)

        row = QHBoxLayout()
        row.addStretch(1)
        self._demo = self._button("tryDemo")
        self._token = self._button("enterToken")
        self._token.setDefault(True)
        self._demo.clicked.connect(self._choose_demo)
        self._token.clicked.connect(self._choose_token)
        row.addWidget(self._demo)
        row.addWidget(self._token)
        layout.addLayout(row)
        self._translate()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        return button

    def _translate(self) -> None:
        self.setWindowTitle(translate("Welcome", "Welcome"))
        self.setAccessibleName(translate("Welcome", "Welcome"))
        self._title.setText(translate("Welcome", "AllTick Desk needs a token"))
        self._text.setText(
            translate(
                "Welcome",
                "The token is your key to a vendor's prices; a free one is enough to begin, and "
                "one vendor is enough. "
                "Or try the demo first: a simulated exchange on this machine, with made-up prices "
                "and nothing of yours in it.",
            )
        )
        self._label.setText(translate("Welcome", "Vendor"))
        self._vendors.setAccessibleName(translate("Welcome", "Vendor"))
        for button, text in (
            (self._demo, translate("Welcome", "Try the demo")),
            (self._token, translate("Welcome", "Enter a token")),
        ):
            button.setText(text)
            button.setAccessibleName(text)

    def _choose_token(self) -> None:
        self.accept()
        self._on_token(str(self._vendors.currentData()))

    def _choose_demo(self) -> None:
        self.accept()
        self._on_demo()

    # Qt's own

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
        super().changeEvent(event)
