"""A chart's indicators with all that a person has for them: a button, a key, menus, a dialog."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton

from alltick_desk.services.template_shelf import TemplateShelf
from alltick_desk.ui.chart.controls import ChartControls
from alltick_desk.ui.chart.icons import Icon, icon
from alltick_desk.ui.chart.indicators.legend_tool import KEY, LegendTool
from alltick_desk.ui.chart.indicators.manager import ChartIndicators
from alltick_desk.ui.chart.view import ChartView
from alltick_desk.ui.theme import Theme

if TYPE_CHECKING:  # loaded when the dialog is first opened
    from alltick_desk.ui.chart.indicators.dialog import IndicatorsDialog

translate = QCoreApplication.translate


class IndicatorControls:
    """Puts the indicators' button among the chart's controls and opens the dialog.

    Attributes:
        chart: the indicators themselves.
        button: what opens the dialog.
        dialog: made when it is first opened.
    """

    def __init__(
        self, view: ChartView, controls: ChartControls, shelf: TemplateShelf, theme: Theme
    ) -> None:
        self.chart = ChartIndicators(view)
        self.dialog: IndicatorsDialog | None = None
        self._view, self._shelf, self._theme = view, shelf, theme
        self._tool = LegendTool(self.chart, self.edit)
        view.tools.keep(self._tool)
        self.button = QToolButton(controls)
        self.button.setObjectName("chartIndicators")
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._open)
        controls.add(self.button)
        controls.more.append(self._fill_menu)
        self.set_theme(theme)

    def begin(self, saved: str | None) -> str:
        """Show the indicators of last time, or those that new charts begin with where it is None.

        Returns a sentence for the person where they could not be read, else "".
        """
        if saved is not None:
            return self.chart.restore(saved)
        default = self._shelf.default
        if default is not None:
            self.chart.set_entries(default.entries)
        return ""

    def edit(self, place: int | None) -> None:
        """Open the dialog at an entry; at the search for None."""
        if self.dialog is None:
            from alltick_desk.ui.chart.indicators.dialog import IndicatorsDialog

            self.dialog = IndicatorsDialog(
                self.chart, self._shelf, self._theme, self._view.window()
            )
        self.dialog.edit(place)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.button.setIcon(icon(Icon.INDICATORS, theme.text))
        if self.dialog is not None:
            self.dialog.set_theme(theme)

    def translate(self, *, chinese: bool) -> None:
        """Take the words, and the units, of the current language."""
        self.button.setAccessibleName(translate("Indicators", "Indicators"))
        words = translate("Indicators", "Indicators ({key})")
        self.button.setToolTip(words.format(key=QKeySequence(KEY).toString()))
        self.chart.set_chinese(chinese)

    def _open(self) -> None:
        self.edit(None)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addSeparator()
        action = menu.addAction(translate("Indicators", "Indicators…"))
        action.setObjectName("chart.indicators")
        action.triggered.connect(self._open)
