"""What can be done with several charts, as actions with keys: for the View menu and the button."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.ui.chart.deck import DeckLayout

translate = QCoreApplication.translate

_LAYOUTS = {
    DeckLayout.ONE: (QT_TRANSLATE_NOOP("Deck", "One chart"), "Alt+1"),
    DeckLayout.COLUMNS: (QT_TRANSLATE_NOOP("Deck", "Two side by side"), "Alt+2"),
    DeckLayout.ROWS: (QT_TRANSLATE_NOOP("Deck", "Two one above the other"), "Alt+3"),
    DeckLayout.FOUR: (QT_TRANSLATE_NOOP("Deck", "Four charts"), "Alt+4"),
}
_STEPS = {
    1: (QT_TRANSLATE_NOOP("Deck", "Next chart"), "F6"),
    -1: (QT_TRANSLATE_NOOP("Deck", "Previous chart"), "Shift+F6"),
}


class DeckActions:
    """The actions, and the submenu that holds them all.

    Args:
        window: where the keys count.
        arrange: called with the layout that was chosen.
        step: called with 1 or -1 for the next chart or the one before.
        go_to: called with the number of a chart, from 0.
        fill_group: fills in what can be done with the active chart's group.

    Attributes:
        menu: for the View menu.
        layouts: the actions that choose a layout, in their order.
    """

    def __init__(
        self,
        window: QWidget,
        *,
        arrange: Callable[[DeckLayout], None],
        step: Callable[[int], None],
        go_to: Callable[[int], None],
        fill_group: Callable[[QMenu], None],
    ) -> None:
        self._window = window
        self.menu = QMenu(window)
        self.menu.setObjectName("menu.charts")
        self._by_layout = {
            layout: self._make(f"layout.{layout.value}", key, partial(arrange, layout))
            for layout, (_, key) in _LAYOUTS.items()
        }
        choice = QActionGroup(self.menu)
        for action in self._by_layout.values():
            action.setCheckable(True)
            choice.addAction(action)
        self._by_step = {
            by: self._make("next" if by > 0 else "previous", key, partial(step, by))
            for by, (_, key) in _STEPS.items()
        }
        self._by_number = [
            self._make(f"go.{number + 1}", f"Ctrl+{number + 1}", partial(go_to, number))
            for number in range(DeckLayout.FOUR.count)
        ]
        self._group = QMenu(self.menu)
        self._group.setObjectName("menu.chartGroup")
        self._group.aboutToShow.connect(lambda: fill_group(self._group))
        for actions in (self._by_layout.values(), self._by_step.values(), self._by_number):
            self.menu.addActions(list(actions))
            self.menu.addSeparator()
        self.menu.addMenu(self._group)
        self.translate()

    @property
    def layouts(self) -> list[QAction]:
        return list(self._by_layout.values())

    def show_layout(self, layout: DeckLayout) -> None:
        """Offer only what can be done now."""
        self._by_layout[layout].setChecked(True)
        for action in self._by_step.values():
            action.setEnabled(layout.count > 1)
        for number, action in enumerate(self._by_number):
            action.setEnabled(1 < layout.count > number)
            action.setVisible(1 < layout.count > number)
        self._group.setEnabled(layout.count > 1)

    def translate(self) -> None:
        """Take the words of the current language."""
        self.menu.setTitle(translate("Deck", "Charts"))
        self._group.setTitle(translate("Deck", "Group of this chart"))
        for layout, (words, _) in _LAYOUTS.items():
            self._by_layout[layout].setText(translate("Deck", words))
        for by, (words, _) in _STEPS.items():
            self._by_step[by].setText(translate("Deck", words))
        for number, action in enumerate(self._by_number):
            action.setText(translate("Deck", "Chart {number}").format(number=number + 1))

    def _make(self, name: str, key: str, call: Callable[[], None]) -> QAction:
        action = QAction(self._window)
        action.setObjectName(f"charts.{name}")
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _on=False: call())
        return action
