"""The dialog in which columns are chosen and put in order, and sets of them kept."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.watchlist.column_choice import FIRST, OFFERED, Ids
from alltick_desk.ui.watchlist.set_strip import SetStrip
from alltick_desk.ui.watchlist.sought_list import SoughtList
from alltick_desk.ui.watchlist.table_choices import TableChoices

translate = QCoreApplication.translate
_ID = int(Qt.ItemDataRole.UserRole)
_Button = QDialogButtonBox.StandardButton


class ColumnChooser(QDialog):
    """Lets a person choose; what is ticked is shown at once, and Cancel brings back what was.

    Sets are others at once: what was saved, renamed or deleted stays so.
    """

    def __init__(self, choices: TableChoices, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self._before = choices.choice
        self.setObjectName("watchlist.chooser")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = translate("Watchlist", "Columns")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._sets = SetStrip(choices, on_use=self._show_set, say=self._say, parent=self)
        self._search = QLineEdit(self)
        self._list = SoughtList(self)
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.setDefaultDropAction(Qt.DropAction.MoveAction)
        palette = (
            self._list.palette()
        )  # on a lighter ground empty boxes show their edges in the dark
        palette.setColor(QPalette.ColorRole.Base, palette.color(QPalette.ColorRole.Button))
        self._list.setPalette(palette)
        self._up = QPushButton(translate("Watchlist", "Move up"), self)
        self._down = QPushButton(translate("Watchlist", "Move down"), self)
        self._reset = QPushButton(translate("Watchlist", "Reset"), self)
        for widget, name, words in (
            (self._search, "search", translate("Watchlist", "Search columns")),
            (self._list, "list", translate("Watchlist", "Columns in their order")),
            (self._up, "up", translate("Watchlist", "Move up")),
            (self._down, "down", translate("Watchlist", "Move down")),
            (self._reset, "reset", translate("Watchlist", "Reset")),
        ):
            widget.setObjectName(f"watchlist.chooser.{name}")
            widget.setAccessibleName(words)
        self._search.setPlaceholderText(translate("Watchlist", "Search columns"))
        self._search.setClearButtonEnabled(True)
        self._lay_out()
        self._fill(choices.choice.ids)
        self._connect()
        self._search.setFocus()

    # Building

    def _lay_out(self) -> None:
        buttons = plain_buttons(QDialogButtonBox(_Button.Ok | _Button.Cancel, self))
        buttons.setObjectName("watchlist.chooser.buttons")
        for button, words in (
            (_Button.Ok, translate("Watchlist", "OK")),
            (_Button.Cancel, translate("Watchlist", "Cancel")),
        ):
            buttons.button(button).setText(words)
            buttons.button(button).setAutoDefault(False)
        buttons.button(_Button.Ok).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for push in (self._up, self._down, self._reset):
            push.setAutoDefault(False)
        beside = QVBoxLayout()
        beside.addWidget(self._up)
        beside.addWidget(self._down)
        beside.addStretch(1)
        beside.addWidget(self._reset)
        middle = QHBoxLayout()
        middle.addWidget(self._list, 1)
        middle.addLayout(beside)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setObjectName("watchlist.chooser.said")
        layout = QVBoxLayout(self)
        layout.addWidget(self._sets)
        layout.addWidget(self._search)
        layout.addLayout(middle, 1)
        layout.addWidget(self._said)
        layout.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 64, metrics.height() * 32)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._seek)
        self._list.itemChanged.connect(self._take)
        self._list.model().rowsMoved.connect(self._take)
        self._list.currentRowChanged.connect(self._show_help)
        self._up.clicked.connect(lambda: self._move(-1))
        self._down.clicked.connect(lambda: self._move(1))
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda it=step: self._move(it))
        self._reset.clicked.connect(self._go_back)

    def _fill(self, ids: Ids) -> None:
        """List the columns shown in their order, then the others."""
        self._list.blockSignals(True)
        self._list.clear()
        for name in dict.fromkeys((*ids, *OFFERED)):
            item = QListWidgetItem(translate("Watchlist", OFFERED[name].title))
            item.setData(_ID, name)
            item.setToolTip(translate("Watchlist", OFFERED[name].help))
            item.setCheckState(Qt.CheckState.Checked if name in ids else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._list.setCurrentRow(0)
        self._seek(self._search.text())

    # What a person does

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(place) for place in range(self._list.count())]

    def _ids(self) -> Ids:
        ticked = Qt.CheckState.Checked
        return tuple(str(it.data(_ID)) for it in self._items() if it.checkState() == ticked)

    def _take(self) -> None:
        ids = self._ids()
        if not ids:
            self._said.setText(
                translate("Watchlist", "With nothing ticked, the first columns are shown.")
            )
        self._choices.show(ids or FIRST)
        self._sets.follow()

    def _seek(self, text: str) -> None:
        """Show only what is looked for; the first of it becomes current."""
        words = text.casefold().split()
        found: list[QListWidgetItem] = []
        for item in self._items():
            column = OFFERED[str(item.data(_ID))]
            said = f"{item.text()}\n{item.toolTip()}\n{column.title}".casefold()
            fits = all(word in said for word in words)
            item.setHidden(not fits)
            if fits:
                found.append(item)
        if not found:
            self._list.setCurrentRow(-1)  # Space would tick what nobody sees
            self._said.setText(translate("Watchlist", "No column is called so."))
        elif words or self._list.currentRow() < 0:
            self._list.setCurrentItem(found[0])

    def _move(self, step: int) -> None:
        """Move the current column past the next one in sight."""
        place = self._list.currentRow()
        to = place + step
        while 0 <= to < self._list.count() and self._list.item(to).isHidden():
            to += step
        if place < 0 or not 0 <= to < self._list.count():
            return
        self._list.blockSignals(True)
        item = self._list.takeItem(place)
        self._list.insertItem(to, item)
        self._list.setCurrentRow(to)
        self._list.blockSignals(False)
        self._take()

    def _show_help(self, place: int) -> None:
        item = self._list.item(place)
        self._said.setText(item.toolTip() if place >= 0 else "")

    def _show_set(self) -> None:
        self._fill(self._choices.choice.ids)

    def _say(self, words: str) -> None:
        self._said.setText(words)

    def _go_back(self) -> None:
        self._choices.reset()
        self._fill(self._choices.choice.ids)
        self._sets.follow()

    # Qt's own

    def reject(self) -> None:
        self._choices.restore(self._before)
        super().reject()
