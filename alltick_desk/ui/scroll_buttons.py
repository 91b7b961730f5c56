"""The buttons that Qt puts beside tabs that have no room: a screen reader calls them by name."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTabBar, QToolButton

_WORDS = {"ScrollLeftButton": "Scroll Left", "ScrollRightButton": "Scroll Right"}


def name_scroll_buttons(bar: QTabBar) -> None:
    """Name them in the language of now, in Qt's words: Qt does it only when it makes them."""
    for name, words in _WORDS.items():
        for button in bar.findChildren(QToolButton, name):
            button.setAccessibleName(QCoreApplication.translate("QTabBar", words))
