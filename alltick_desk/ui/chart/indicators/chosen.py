"""The list of the indicators on the chart."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from alltick_desk.ui.chart.indicators.manager import ChartIndicators
from alltick_desk.ui.chart.indicators.swatch import swatch
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

_REMOVE = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class ChosenList(QListWidget):
    """Shows what is on the chart, ticked where it is drawn; Delete removes what is marked.

    ``on_mark`` is called with the place that is marked, None for none.
    """

    def __init__(
        self,
        indicators: ChartIndicators,
        theme: Theme,
        on_mark: Callable[[int | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._indicators, self._theme, self._on_mark = indicators, theme, on_mark
        self.setObjectName("indicatorsChosen")
        self.setAccessibleName(translate("Indicators", "Indicators on the chart"))
        self.itemChanged.connect(self._ticked)
        self.currentRowChanged.connect(self._marked)

    @property
    def place(self) -> int | None:
        """The place that is marked."""
        row = self.currentRow()
        return row if row >= 0 else None

    def set_theme(self, theme: Theme) -> None:
        """Show the colours of another theme."""
        self._theme = theme
        self.refresh()

    def refresh(self) -> None:
        """Show what is chosen now; the mark stays at its place."""
        entries = self._indicators.entries
        with QSignalBlocker(self):
            while self.count() > len(entries):
                self.takeItem(self.count() - 1)
            while self.count() < len(entries):
                item = QListWidgetItem()
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                self.addItem(item)
            for place in range(len(entries)):
                self._fill(self.item(place), place)
            if entries and self.currentRow() < 0:
                self.setCurrentRow(0)
        self._on_mark(self.place)

    def mark(self, place: int) -> None:
        """Mark a place."""
        self.setCurrentRow(place)

    def _fill(self, item: QListWidgetItem, place: int) -> None:
        entry, hint = self._indicators.entries[place], spoken(self._indicators.hint(place))
        checked = Qt.CheckState.Checked if entry.visible else Qt.CheckState.Unchecked
        item.setText(self._indicators.label(place))
        item.setCheckState(checked)
        item.setToolTip(hint)
        item.setForeground(self._theme.muted if hint or not entry.visible else self._theme.text)
        if entry.indicator is not None:
            item.setIcon(swatch(entry.colour(entry.indicator.lines[0].id), self._theme))

    def _ticked(self, item: QListWidgetItem) -> None:
        hidden = item.checkState() is Qt.CheckState.Unchecked
        self._indicators.hide(self.row(item), hidden=hidden)

    def _marked(self, _row: int) -> None:
        self._on_mark(self.place)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _REMOVE and self.place is not None:
            self._indicators.remove(self.place)
            event.accept()
            return
        super().keyPressEvent(event)
