"""The slim bar under the table that offers for some seconds what may be wanted after an edit."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from alltick_desk.services.list_history import Step
from alltick_desk.services.lists import Lists
from alltick_desk.ui.words import spoken

SHOWN_MS = 12_000

translate = QCoreApplication.translate


class FollowUp(QWidget):
    """Says what was done, with a button for what comes next.

    It takes no keyboard away: Tab leads to it from the table. It goes by itself after a while, but
    not from under a pointer or the keyboard, and at once when another edit was made or the one
    that it tells of was taken back. Escape closes it. ``back`` then gets the keyboard.
    """

    def __init__(self, lists: Lists, *, back: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._lists = lists
        self._back = back
        self._edit: Step | None = None
        self._said, self._label = "", ""
        self._deed: Callable[[], object] | None = None
        self.setObjectName("watchlist.followUp")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._text = _OneLine(self)
        self._text.setObjectName("watchlist.followUp.text")
        self._button = self._make_button("watchlist.followUp.do", self._do)
        self._close = self._make_button("watchlist.followUp.close", self._end)
        self._close.setText("×")
        self._close.setAutoRaise(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 6, 2)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_MS)
        self.timer.timeout.connect(self._pass)
        QWidget.setTabOrder(back, self._button)
        QWidget.setTabOrder(self._button, self._close)
        self._following = lists.touched.connect(self._look)
        self.destroyed.connect(self._following.disconnect)
        self.hide()

    def offer(self, sentence: str, label: str, deed: Callable[[], object]) -> None:
        """Show what the last edit did, and a button that does ``deed``."""
        self._edit = self._lists.last_edit
        self._said, self._label, self._deed = sentence, label, deed
        self._translate()
        self.show()
        self.timer.start()

    # Inside

    def _do(self) -> None:
        deed = self._deed
        self._end()
        if deed is not None:
            deed()

    def _look(self) -> None:
        """Go when it is about the last edit no more."""
        if self._deed is not None and self._lists.last_edit is not self._edit:
            self._end()

    def _pass(self) -> None:
        """Go by itself, but not from under a hand."""
        if self.underMouse() or self._held():
            self.timer.start()
        else:
            self._end()

    def _end(self) -> None:
        self.timer.stop()
        self._deed = self._edit = None
        held = self._held()
        self.hide()
        if held:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _held(self) -> bool:
        return self._button.hasFocus() or self._close.hasFocus()

    def _make_button(self, name: str, call: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.clicked.connect(call)
        return button

    def _translate(self) -> None:
        said, label = spoken(self._said), translate("Watchlist", self._label)
        self.setAccessibleName(said)
        self._text.say(said)
        self._button.setText(label)
        self._button.setAccessibleName(label)
        self._button.setAccessibleDescription(said)
        self._button.setToolTip(said)
        close = translate("Watchlist", "Close")
        self._close.setAccessibleName(close)
        self._close.setToolTip(close)

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._button.hasFocus():
            self._do()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()


class _OneLine(QLabel):
    """A text in one line, cut where there is no room; its tip then has it whole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show a text."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        self.setText(shown)
        self.setToolTip("" if shown == self._whole else self._whole)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
