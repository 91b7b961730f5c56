"""The dialog with the product lists that were imported: what there is, and away with it."""

from collections.abc import Callable, Mapping

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

from alltick_desk.services.catalogue_import_lists import ProductLists
from alltick_desk.store.imports import ImportedList
from alltick_desk.ui.catalogue_import_words import number
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

_Role = QDialogButtonBox.ButtonRole


class ProductListShelf(QDialog):
    """Shows the imported lists. Show it with ``open()``.

    ``on_remove`` is told which list to remove, ``on_restore`` which removed one to bring back;
    both are given what to call when that is done: with "", or with a sentence on why it is not.
    """

    def __init__(
        self,
        lists: ProductLists,
        *,
        titles: Mapping[str, str],
        on_import: Callable[[], None],
        on_remove: Callable[[ImportedList, Callable[[str], None]], object],
        on_restore: Callable[[ImportedList, Callable[[str], None]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._known = lists
        self._lists = list(lists.lists)
        self._busy = False  # with what was asked last; it takes no second
        self._open = True
        self._fault = ""
        self._titles = titles
        self._on_import = on_import
        self._on_remove = on_remove
        self._on_restore = on_restore
        self.setObjectName("productLists")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Import", "Product lists"))
        self.setAccessibleName(translate("Import", "Product lists"))
        self._note = QLabel(self)
        self._note.setObjectName("productLists.note")
        self._note.setWordWrap(True)
        self._table = self._make_table()
        self._buttons = plain_buttons(QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self))
        self._remove = self._buttons.addButton("", _Role.ActionRole)
        self._remove.setObjectName("productLists.remove")
        self._remove.clicked.connect(self._take_away)
        importing = self._buttons.addButton(translate("Import", "Import…"), _Role.ActionRole)
        importing.setObjectName("productLists.import")
        importing.clicked.connect(self._import)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._note, self._table, self._buttons):
            column.addWidget(widget)
        self.resize(self.fontMetrics().averageCharWidth() * 80, self.fontMetrics().height() * 18)
        self._show()

    def _make_table(self) -> QTableWidget:
        titles = (
            translate("Import", "List"),
            translate("Import", "Codes of"),
            translate("Import", "Instruments"),
            translate("Import", "Imported"),
        )
        table = QTableWidget(len(self._lists), len(titles), self)
        table.setObjectName("productLists.table")
        table.setAccessibleName(translate("Import", "Product lists"))
        table.setHorizontalHeaderLabels(titles)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.itemSelectionChanged.connect(self._name_button)
        return table

    def _show(self) -> None:
        locale = QLocale()
        there = {one.name for one in self._known.lists}
        for row, one in enumerate(self._lists):
            when = QDateTime.fromMSecsSinceEpoch(one.imported_ms)
            removed = translate("Import", "{list} (removed)").format(list=one.name)
            texts = (
                one.name if one.name in there else removed,
                self._titles.get(one.vendor, one.vendor) or translate("Import", "Any vendor"),
                number(len(one.instruments)),
                locale.toString(when, QLocale.FormatType.ShortFormat),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if one.name not in there:
                    item.setForeground(self.palette().placeholderText())
                self._table.setItem(row, column, item)
        if self._lists and self._table.currentRow() < 0:
            self._table.selectRow(0)
        self._note.setText(
            spoken(self._fault)
            or translate(
                "Import",
                "What these lists have can be found by code and name when a symbol is added.",
            )
            if self._lists
            else translate(
                "Import",
                "No product list was imported yet. The vendors offer them as workbooks; so "
                "their instruments can be found by name.",
            )
        )
        self._name_button()

    def _chosen(self) -> ImportedList | None:
        row = self._table.currentRow()
        return self._lists[row] if 0 <= row < len(self._lists) else None

    def _name_button(self) -> None:
        one = self._chosen()
        gone = one is not None and self._is_gone(one)
        self._remove.setEnabled(one is not None)
        self._remove.setText(
            translate("Import", "Bring back") if gone else translate("Import", "Remove")
        )

    def _take_away(self) -> None:
        one = self._chosen()
        if one is None or self._busy:
            return
        self._busy, self._fault = True, ""
        self._show()
        deed = self._on_restore if self._is_gone(one) else self._on_remove
        deed(one, self._finish)

    def _finish(self, fault: str) -> None:
        """Show what there is now, and why it is not what was asked for."""
        if self._open:
            self._busy, self._fault = False, fault
            self._show()

    def _is_gone(self, one: ImportedList) -> bool:
        return one.name not in {it.name for it in self._known.lists}

    def done(self, result: int) -> None:
        """Close; what is still under way is told elsewhere."""
        self._open = False
        super().done(result)

    def _import(self) -> None:
        self.close()
        self._on_import()
