"""The strip above the table: what symbols are added with, and buttons for what is done most."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from alltick_desk.ui.watchlist.actions import WatchlistActions

_SHOWN = ("filter", "up", "down", "remove")
_ARROWS = {"up": Qt.ArrowType.UpArrow, "down": Qt.ArrowType.DownArrow}


class Strip(QHBoxLayout):
    """Lays out ``adding`` and a button for some of the actions, in ``panel``."""

    def __init__(self, adding: QWidget, actions: WatchlistActions, panel: QWidget) -> None:
        super().__init__()
        self._actions = actions
        self._buttons = {name: self._button(name, panel) for name in _SHOWN}
        self.setContentsMargins(6, 4, 6, 4)
        self.setSpacing(6)  # the layout around it has none, which it would take over
        self.addWidget(adding, 2)
        self.addStretch(3)
        for button in self._buttons.values():
            self.addWidget(button)

    def translate(self) -> None:
        """Name the buttons as their actions are called now."""
        for name, button in self._buttons.items():
            button.setAccessibleName(self._actions[name].text())

    def _button(self, name: str, panel: QWidget) -> QToolButton:
        button = QToolButton(panel)
        button.setObjectName(f"watchlist.{name}.button")
        button.setDefaultAction(self._actions[name])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if name in _ARROWS:
            button.setArrowType(_ARROWS[name])
        return button
