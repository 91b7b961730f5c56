"""Saving and copying the chart's picture, with the questions that belong to it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPixmap

from alltick_desk.ui.chart.picture import copy_picture, picture, save_picture
from alltick_desk.ui.save_dialog import save_dialog
from alltick_desk.ui.theme import Theme

if TYPE_CHECKING:
    from alltick_desk.ui.chart.panel import ChartPanel

translate = QCoreApplication.translate

_UNSAFE = re.compile(r'[<>:"/\\|?*\s-]+')


class Pictures:
    """Makes pictures of a panel's chart.

    Args:
        words: gives the title, what is shown, and the colours.
        say: tells the person what became of it.
    """

    def __init__(
        self,
        panel: "ChartPanel",
        words: Callable[[], tuple[str, str, Theme]],
        say: Callable[[str], None],
    ) -> None:
        self._panel = panel
        self._words = words
        self._say = say

    def copy(self) -> None:
        """Put a picture on the clipboard."""
        copy_picture(picture(self._panel.view, *self._words()))
        self._say(translate("Chart", "The chart's picture is on the clipboard."))

    def save(self) -> None:
        """Ask for a file and write a picture of this moment into it."""
        title, words, theme = self._words()
        made = picture(self._panel.view, title, words, theme)
        dialog = save_dialog(
            self._panel,
            name="savePicture",
            title=translate("Chart", "Save picture"),
            filters=(translate("Chart", "Pictures (*.png *.jpg *.webp)"),),
            suffix="png",
        )
        dialog.selectFile(_UNSAFE.sub("-", f"{title} {words}").strip("-") + ".png")
        dialog.fileSelected.connect(lambda name: self.write(made, Path(name)))
        dialog.open()

    def write(self, made: QPixmap, path: Path) -> None:
        """Write a picture, and say what became of it."""
        if save_picture(made, path):
            words = translate("Chart", "The chart's picture is saved as {path}.")
        else:
            words = translate(
                "Chart",
                "The picture could not be written to {path}. Choose another folder, or make room.",
            )
        self._say(words.format(path=path))
