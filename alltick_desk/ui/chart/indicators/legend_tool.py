"""What a person does with an indicator where its legend stands, and with the panes beneath."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from alltick_desk.ui.chart.indicators.manager import ChartIndicators
from alltick_desk.ui.chart.tools import Pointer, Tool

translate = QCoreApplication.translate

KEY = Qt.Key.Key_I


class LegendTool(Tool):
    """Edits, hides and removes an indicator by its row in a legend; a double click edits it.

    ``edit`` opens the dialog at the place of an entry, or where one can be added for None.
    """

    def __init__(self, indicators: ChartIndicators, edit: Callable[[int | None], None]) -> None:
        self._indicators = indicators
        self._edit = edit

    def double_click(self, at: Pointer) -> bool:
        place = self._at(at)
        if place is None:
            return False
        self._edit(place)
        return True

    def key(self, event: QKeyEvent) -> bool:
        if event.key() != KEY or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        self._edit(None)
        return True

    def fill_menu(self, at: Pointer, menu: QMenu) -> None:
        menu.addSeparator()  # what comes before is about drawings
        place = self._at(at)
        if place is not None:
            self._fill_entry(menu, place)
            menu.addSeparator()
        action = menu.addAction(translate("Indicators", "Indicators…"))
        action.setObjectName("indicators.open")
        action.triggered.connect(lambda: self._edit(None))

    def _at(self, at: Pointer) -> int | None:
        if at.pane is None:
            return None
        return self._indicators.place_of(at.pane.legend.owner_at(at.place))

    def _fill_entry(self, menu: QMenu, place: int) -> None:
        indicators = self._indicators
        label = indicators.label(place)
        visible = indicators.entries[place].visible
        hide = translate("Indicators", "Hide {indicator}")
        show = translate("Indicators", "Show {indicator}")
        for name, words, deed in (
            ("edit", translate("Indicators", "Edit {indicator}…"), lambda: self._edit(place)),
            ("hide", hide if visible else show, lambda: indicators.hide(place, hidden=visible)),
            (
                "remove",
                translate("Indicators", "Remove {indicator}"),
                lambda: indicators.remove(place),
            ),
        ):
            action = menu.addAction(words.format(indicator=label))
            action.setObjectName(f"indicators.{name}")
            action.triggered.connect(deed)
