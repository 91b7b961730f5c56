"""What can be done with a pane: its part of the context menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from alltick_desk.ui.chart.pane import Pane

if TYPE_CHECKING:
    from alltick_desk.ui.chart.view import ChartView

translate = QCoreApplication.translate


def fill_pane_menu(menu: QMenu, view: "ChartView", pane: Pane) -> None:
    """Add the entries of a pane: an automatic scale, moving it, removing it."""
    if not menu.isEmpty():
        menu.addSeparator()
    if pane.manual:
        automatic = _entry(menu, "pane.automatic", translate("Chart", "Automatic scale"))
        automatic.triggered.connect(lambda: view.scale_automatically(pane))
    if len(view.stack.shown) > 1:
        place, last = view.stack.shown.index(pane), len(view.stack.shown) - 1
        for name, title, steps in (
            ("pane.up", translate("Chart", "Move pane up"), -1),
            ("pane.down", translate("Chart", "Move pane down"), 1),
        ):
            action = _entry(menu, name, title)
            action.setEnabled(0 <= place + steps <= last)
            action.triggered.connect(lambda _on=False, by=steps: view.move_pane(pane, by))
    remove = pane.on_remove
    if remove is not None:
        title = translate("Chart", "Remove {pane}").format(pane=pane.title)
        _entry(menu, "pane.remove", title).triggered.connect(lambda _on=False: remove())


def _entry(menu: QMenu, name: str, title: str) -> QAction:
    action = QAction(title, menu)
    action.setObjectName(f"chart.{name}")
    menu.addAction(action)
    return action
