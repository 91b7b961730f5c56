"""The dialog that brings all lists back from one of their backups."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.errors import StoreError
from alltick_desk.model.lists import ListBook
from alltick_desk.services.lists import Lists
from alltick_desk.store.list_files import ListBackup
from alltick_desk.ui.lists import sentences
from alltick_desk.ui.lists.background import Background
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.tip_text import as_written
from alltick_desk.ui.watchlist.telling import Telling

translate = QCoreApplication.translate
_Button = QDialogButtonBox.StandardButton


class Backups(Protocol):
    """The backups that there are; it may block."""

    def list_backups(self) -> Sequence[ListBackup]:
        """Return them, the newest first."""
        ...

    def restored(self, backup: ListBackup) -> ListBook:
        """Return what a backup holds; StoreError where it is gone or the disk refuses."""
        ...


class BackupsDialog(QDialog):
    """Shows the backups of the lists and restores one; shown with ``open()``."""

    def __init__(
        self,
        backups: Backups,
        lists: Lists,
        background: Background,
        *,
        telling: Telling,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._backups = backups
        self._lists = lists
        self._background = background
        self._tell = telling
        self._found: Sequence[ListBackup] = ()
        self._open = True
        self.setObjectName("listBackups")
        title = translate("Lists", "Backups of the lists")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._says = QLabel(translate("Lists", "The backups are being read…"), self)
        self._says.setObjectName("listBackups.says")
        self._says.setWordWrap(True)
        self._table = self._make_table()
        self._box = plain_buttons(QDialogButtonBox(_Button.Ok | _Button.Close, self))
        self._restore = self._box.button(_Button.Ok)
        self._restore.setObjectName("listBackups.restore")
        self._restore.setText(translate("Lists", "Restore"))
        self._restore.setEnabled(False)
        self._box.accepted.connect(self.accept)
        self._box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._says)
        column.addWidget(self._table, 1)
        column.addWidget(self._box)
        self.resize(self.fontMetrics().averageCharWidth() * 90, self.fontMetrics().height() * 24)
        background.run(backups.list_backups, self._show, "list of backups")

    def accept(self) -> None:
        """Restore the backup that is selected."""
        place = self._table.currentRow()
        if not (0 <= place < len(self._found) and self._restore.isEnabled()):
            return
        backup = self._found[place]
        self._restore.setEnabled(False)

        def restored() -> ListBook | str:
            try:
                return self._backups.restored(backup)
            except StoreError as error:
                return str(error)

        self._background.run(restored, lambda book: self._take(book, backup), "restored lists")

    def done(self, result: int) -> None:
        """Close, and go away."""
        self._open = False
        super().done(result)
        self.deleteLater()

    def _take(self, book: ListBook | str, backup: ListBackup) -> None:
        if not self._open:
            return
        if isinstance(book, str):
            self._says.setText(book)
            self._restore.setEnabled(True)
            return
        when = _when(backup.time_s)
        if self._lists.restore(book):
            self._tell.undoable(sentences.restored(when))
        else:
            self._tell(sentences.as_they_were(when))
        super().accept()

    def _show(self, found: Sequence[ListBackup]) -> None:
        if not self._open:
            return
        self._found = found
        if found:
            self._says.setText(
                translate(
                    "Lists",
                    "Restoring replaces all lists by those of the backup. Undo (Ctrl+Z) brings "
                    "the lists of now back.",
                )
            )
        else:
            self._says.setText(
                translate(
                    "Lists",
                    "There are no backups yet. The desk makes one before it saves changed lists, "
                    "at most every ten minutes and before a list is deleted.",
                )
            )
        self._table.setRowCount(len(found))
        for row, backup in enumerate(found):
            texts = _when(backup.time_s), _listed(backup), str(backup.rows)
            cells = [QTableWidgetItem(text) for text in texts]
            cells[1].setToolTip(as_written(texts[1]))
            cells[2].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, cell in enumerate(cells):
                self._table.setItem(row, column, cell)
        if found:
            self._table.setCurrentCell(0, 0)
            self._table.setFocus()
        self._restore.setEnabled(bool(found))

    def _make_table(self) -> QTableWidget:
        titles = (
            translate("Lists", "Made"),
            translate("Lists", "Lists (rows)"),
            translate("Lists", "Rows"),
        )
        table = QTableWidget(0, len(titles), self)
        table.setObjectName("listBackups.table")
        table.setAccessibleName(self.windowTitle())
        table.setHorizontalHeaderLabels(titles)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() * 3 // 2)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.doubleClicked.connect(self.accept)
        return table


def _when(time_s: int) -> str:
    """Return a moment in the zone and the words of this computer, to the second."""
    moment, locale = QDateTime.fromSecsSinceEpoch(time_s), QLocale()
    clock = locale.timeFormat(QLocale.FormatType.ShortFormat)
    if "s" not in clock:
        clock = clock.replace("mm", "mm:ss", 1)
    day = locale.toString(moment.date(), QLocale.FormatType.ShortFormat)
    return f"{day} {locale.toString(moment.time(), clock)}"


def _listed(backup: ListBackup) -> str:
    """Return the names of a backup's lists, each with its number of rows."""
    words = translate("Lists", "{name} ({n})")
    return ", ".join(words.format(name=name, n=rows) for name, rows in backup.lists)
