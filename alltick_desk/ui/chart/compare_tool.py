"""What a person does with a compared instrument where its legend stands."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.ui.chart.compare_button import KEY
from alltick_desk.ui.chart.compare_line import ComparedLine, at_remove
from alltick_desk.ui.chart.tools import Pointer, Tool
from alltick_desk.ui.chart.view import ChartView

translate = QCoreApplication.translate

_LEFT = Qt.MouseButton.LeftButton


class CompareTool(Tool):
    """Removes what is compared by the mark in its row or its menu, and opens the search.

    Args:
        edit: opens the search.
        remove: compares an instrument no more; all of them for None.
        any_there: whether anything is compared.
    """

    def __init__(
        self,
        edit: Callable[[], None],
        remove: Callable[[InstrumentKey | None], None],
        any_there: Callable[[], bool],
    ) -> None:
        self._edit, self._remove, self._any_there = edit, remove, any_there
        self._view: ChartView | None = None

    def begin(self, view: ChartView) -> None:
        self._view = view

    def press(self, at: Pointer) -> bool:
        line = self._at(at)
        if line is None or at.button != _LEFT or not self._on_mark(at):
            return False
        self._remove(line.member.key)
        return True

    def move(self, at: Pointer) -> bool:
        line, view = self._at(at), self._view
        if view is None:
            return False
        surface = view.viewport()
        on_mark = line is not None and self._on_mark(at)
        tip = "" if line is None else line.trouble  # the whole sentence, where a row is cut
        if line is not None and on_mark:
            tip = translate("Compare", "Remove {code}").format(code=line.code)
        if surface.toolTip() != tip:
            surface.setToolTip(tip)
        if on_mark:
            surface.setCursor(Qt.CursorShape.PointingHandCursor)
        return on_mark

    def key(self, event: QKeyEvent) -> bool:
        if event.key() != KEY or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        self._edit()
        return True

    def fill_menu(self, at: Pointer, menu: QMenu) -> None:
        line = self._at(at)
        if line is not None:
            words = translate("Compare", "Remove {code}").format(code=line.code)
            key = line.member.key
            _entry(menu, "remove", words).triggered.connect(lambda: self._remove(key))
        self.fill(menu)

    def fill(self, menu: QMenu) -> None:
        """Add to a menu what can be done with all of them."""
        _entry(menu, "open", translate("Compare", "Compare…")).triggered.connect(self._edit)
        if self._any_there():
            stop = _entry(menu, "stop", translate("Compare", "Stop comparing"))
            stop.triggered.connect(lambda: self._remove(None))

    def _at(self, at: Pointer) -> ComparedLine | None:
        if at.pane is None:
            return None
        owner = at.pane.legend.owner_at(at.place)
        return owner if isinstance(owner, ComparedLine) else None

    def _on_mark(self, at: Pointer) -> bool:
        return at.pane is not None and at_remove(at.pane.legend, at.place)


def _entry(menu: QMenu, name: str, words: str) -> QAction:
    action = menu.addAction(words)
    action.setObjectName(f"compare.{name}")
    return action
