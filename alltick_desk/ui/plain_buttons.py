"""Buttons of dialogs without the icons that some desktops have Qt put on them.

Those are of another age, and of light windows: in the dark some can hardly be seen.
"""

from typing import TypeVar

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox

B = TypeVar("B", QDialogButtonBox, QMessageBox)


def plain_buttons(box: B) -> B:
    """Take the icons off the buttons of ``box``, and return it."""
    for button in box.buttons():
        button.setIcon(QIcon())
    return box
