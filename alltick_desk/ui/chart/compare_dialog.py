"""The dialog: what a chart is compared with, and a search to add to it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.words import joined
from alltick_desk.services.comparison import MOST, Compared, Comparison
from alltick_desk.ui.chart.bar_figures import spoken_note
from alltick_desk.ui.chart.compare_line import line_colour
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.settings.parts import Hint, Problem
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.words import spoken

if TYPE_CHECKING:
    from alltick_desk.ui.chart.compare import Search

translate = QCoreApplication.translate

_SWATCH = QSize(20, 4)
_RATIO = 2.0  # sharp on every screen
_WIDTH_PX = 380
_REMOVES = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class CompareDialog(QDialog):
    """Lets a person choose what a chart is compared with; it stays open beside the chart."""

    def __init__(
        self,
        comparison: Comparison,
        search: "Search",
        theme: Theme,
        *,
        label: Callable[[InstrumentKey], str],
        name_of: Callable[[InstrumentKey], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._comparison, self._theme = comparison, theme
        self._label, self._name_of = label, name_of
        self.setObjectName("compare")
        self._hint = Hint("", self)
        self._search = search(self._add, self)
        self._said = Problem(self)
        self._said.setObjectName("compareSaid")
        self._list = _Members(self._remove_marked, self)
        self._list.itemSelectionChanged.connect(self._show_marked)
        self._remove = QPushButton(self)
        self._remove.setObjectName("compareRemove")
        self._remove.setAutoDefault(False)
        self._remove.clicked.connect(self._remove_marked)
        self._buttons = plain_buttons(QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self))
        self._buttons.rejected.connect(self.close)
        for button in self._buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]  # Enter is the search's
        foot = QHBoxLayout()
        foot.addWidget(self._remove)
        foot.addStretch(1)
        foot.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._hint)
        column.addWidget(self._search)
        column.addWidget(self._said)
        column.addWidget(self._list, 1)
        column.addLayout(foot)
        self.resize(_WIDTH_PX, self.sizeHint().height())
        self._translate()
        self._handles = (
            comparison.chosen.connect(self._show_members),
            comparison.changed.connect(self._show_members),
        )
        for handle in self._handles:
            self.destroyed.connect(handle.disconnect)
        self._show_members()

    def begin(self) -> None:
        """Come forward with the search ready to be typed into."""
        self._said.say("")
        self.show()
        self.raise_()
        self.activateWindow()
        self._search.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Show the colours of another theme."""
        self._theme = theme
        self._show_members()

    # what happens

    def _add(self, keys: Sequence[InstrumentKey]) -> None:
        self._said.say(spoken(joined(*map(self._comparison.add, keys))))

    def _remove_marked(self) -> None:
        self._said.say("")
        for row in sorted((index.row() for index in self._list.selectedIndexes()), reverse=True):
            self._comparison.remove(self._comparison.members[row].key)

    def _show_members(self) -> None:
        """Show what is compared now."""
        self._list.show_rows([self._row(member) for member in self._comparison.members])
        self._show_marked()

    def _row(self, member: Compared) -> "_Row":
        name = self._name_of(member.key)
        trouble = spoken_note(member.note)
        words = "   ".join(filter(None, (self._label(member.key), name)))
        return _Row(
            member.key,
            f"{words}\n{trouble}" if trouble else words,
            trouble,
            line_colour(member.slot, self._theme),
        )

    def _show_marked(self) -> None:
        self._remove.setEnabled(bool(self._list.selectedIndexes()))

    def _translate(self) -> None:
        self.setWindowTitle(translate("Compare", "Compare"))
        self.setAccessibleName(translate("Compare", "Compare"))
        words = translate(
            "Compare",
            "Up to {most} instruments, each as a line in percent from the first bar in view.",
        )
        self._hint.setText(words.format(most=MOST))
        self._list.setAccessibleName(translate("Compare", "Compared instruments"))
        self._remove.setText(translate("Compare", "Remove"))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
            self._show_members()


class _Row(NamedTuple):
    """One instrument as the list shows it."""

    key: InstrumentKey
    text: str
    tip: str
    colour: QColor


class _Members(QListWidget):
    """What is compared; Delete calls ``on_remove``."""

    def __init__(self, on_remove: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._on_remove = on_remove
        self._rows: list[_Row] = []
        self.setObjectName("compareMembers")
        self.setIconSize(_SWATCH)
        self.setWordWrap(True)

    def show_rows(self, rows: Sequence[_Row]) -> None:
        """Show these rows and no others; what is the same is not touched.

        The mark stays on its instrument, and goes to the next one where that is gone.
        """
        keys = [row.key for row in rows]
        marked, before = self.currentRow(), self._rows
        wanted = before[marked].key if 0 <= marked < len(before) else None
        self.blockSignals(True)  # filling it is nobody's choice
        for place in reversed(range(len(before))):
            if before[place].key not in keys:
                self.takeItem(place)
        here = [row for row in before if row.key in keys]
        for place, row in enumerate(rows):
            shown = here[place] if place < len(here) else None
            if shown is None or shown.key != row.key:
                self.insertItem(place, QListWidgetItem())
                here.insert(place, row)
                _write(self.item(place), row, None)
            else:
                _write(self.item(place), row, shown)
        while self.count() > len(rows):  # what stood in another order
            self.takeItem(len(rows))
        self._rows = list(rows)
        mark = keys.index(wanted) if wanted in keys else min(max(marked, 0), len(rows) - 1)
        if mark != self.currentRow():
            self.setCurrentRow(mark)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _REMOVES and self.currentRow() >= 0:
            self._on_remove()
            event.accept()
            return
        super().keyPressEvent(event)


def _write(item: QListWidgetItem, row: _Row, before: _Row | None) -> None:
    """Have an item show a row, where it shows something else."""
    if before is None or row.text != before.text:
        item.setText(row.text)
    if before is None or row.tip != before.tip:
        item.setToolTip(row.tip)
    if before is None or row.colour != before.colour:
        item.setIcon(_swatch(row.colour))


def _swatch(colour: QColor) -> QIcon:
    pixmap = QPixmap(_SWATCH * _RATIO)
    pixmap.setDevicePixelRatio(_RATIO)
    pixmap.fill(colour)
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # not tinted with the mark's colour
    return icon
