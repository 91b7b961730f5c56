"""The dialog that shows what a product list holds, and how it is read, before it is imported."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.model.instrument import Catalogue, Instrument
from alltick_desk.services.catalogue_import import Choice, Tally, read_lines
from alltick_desk.services.catalogue_import_guess import guess
from alltick_desk.services.catalogue_import_sheets import Sheet
from alltick_desk.ui.catalogue_import_sheet import SheetForm, market_title
from alltick_desk.ui.catalogue_import_words import counted, outcome_word
from alltick_desk.ui.plain_buttons import plain_buttons

SHOWN = 12  # lines of the preview
SLICE_S = 0.003  # of counting between two looks at what else is to be done

translate = QCoreApplication.translate
_Button = QDialogButtonBox.StandardButton


class Chosen(NamedTuple):
    """What is imported: under which name, whose codes, and the instruments."""

    name: str
    vendor: str
    instruments: tuple[Instrument, ...]


class ProductListDialog(QDialog):
    """Shows the sheets of a file, how each is read, its first lines and what becomes of all.

    ``on_import`` gets what the person wants of it. Show it with ``open()``.
    """

    def __init__(
        self,
        name: str,
        sheets: Sequence[Sheet],
        catalogue: Catalogue,
        *,
        titles: Mapping[str, str],
        on_import: Callable[[Chosen], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._catalogue = catalogue
        self._on_import = on_import
        stem = name.rpartition(".")[0]
        self._choices = [Choice.of(sheet, guess(sheet, stem)) for sheet in sheets]
        self._tally = Tally()
        self._counting: Iterator[None] = iter(())
        self.setObjectName("productList")
        title = translate("Import", "Import product list")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._sheet = QComboBox(self)
        self._sheet.setObjectName("productList.sheet")
        self._sheet.setAccessibleName(translate("Import", "Sheet"))
        self._vendor = QComboBox(self)
        self._vendor.setObjectName("productList.vendor")
        self._vendor.setAccessibleName(translate("Import", "Codes of"))
        self._form = SheetForm(self._take_choice, self)
        self._table = self._make_table()
        self._counts = QLabel(self)
        self._counts.setObjectName("productList.counts")
        self._counts.setWordWrap(True)
        self._buttons = plain_buttons(QDialogButtonBox(_Button.Ok | _Button.Cancel, self))
        self._ok = self._buttons.button(_Button.Ok)
        self._ok.setObjectName("productList.import")
        self._ok.setText(translate("Import", "Import"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._work = QTimer(self)
        self._work.setInterval(0)
        self._work.timeout.connect(self._count_on)
        self._lay_out(titles)
        self.resize(self.fontMetrics().averageCharWidth() * 110, self.fontMetrics().height() * 34)
        wanted = [place for place, choice in enumerate(self._choices) if choice.wanted]
        self._sheet.setCurrentIndex(wanted[0] if wanted else 0)
        self._sheet.currentIndexChanged.connect(self._show_sheet)
        self._show_sheet()
        self._count()

    def accept(self) -> None:
        """Import what was read."""
        if not self._ok.isEnabled():
            return  # the count goes on, or there is nothing
        vendor = str(self._vendor.currentData() or "")
        self._on_import(Chosen(self._name, vendor, tuple(self._tally.instruments.values())))
        super().accept()

    def done(self, result: int) -> None:
        """Close, and go away."""
        self._work.stop()
        super().done(result)
        self.deleteLater()

    # Building

    def _lay_out(self, titles: Mapping[str, str]) -> None:
        for choice in self._choices:
            self._sheet.addItem(choice.sheet.name or self._name)
        for vendor, title in titles.items():
            self._vendor.addItem(title, vendor)
        self._vendor.addItem(translate("Import", "Any vendor"), "")
        head = QFormLayout()
        file = QLabel(self._name, self)
        file.setToolTip(self._name)
        file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addRow(translate("Import", "File:"), file)
        head.addRow(translate("Import", "Codes of:"), self._vendor)
        if len(self._choices) > 1:
            head.addRow(translate("Import", "Sheet:"), self._sheet)
        else:
            self._sheet.hide()
        upper = QHBoxLayout()
        upper.addLayout(head, 2)
        upper.addSpacing(self.fontMetrics().averageCharWidth() * 2)
        upper.addWidget(self._form, 3)
        column = QVBoxLayout(self)
        column.addLayout(upper)
        column.addWidget(self._table, 1)
        column.addWidget(self._counts)
        column.addWidget(self._buttons)

    def _make_table(self) -> QTableWidget:
        titles = (
            translate("Import", "Line"),
            translate("Import", "Code"),
            translate("Import", "English name"),
            translate("Import", "Chinese name"),
            translate("Import", "Market"),
            translate("Import", "What happens"),
        )
        table = QTableWidget(0, len(titles), self)
        table.setObjectName("productList.preview")
        table.setAccessibleName(translate("Import", "The first lines as they are read"))
        table.setHorizontalHeaderLabels(titles)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() * 3 // 2)
        table.setAlternatingRowColors(True)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        return table

    # What the person does

    def _show_sheet(self) -> None:
        choice = self._choices[self._sheet.currentIndex()]
        self._form.show_choice(choice)
        self._preview(choice)

    def _take_choice(self, choice: Choice) -> None:
        self._choices[self._sheet.currentIndex()] = choice
        self._preview(choice)
        self._count()

    def _preview(self, choice: Choice) -> None:
        lines = list(islice(read_lines(choice, self._catalogue), SHOWN)) if choice.wanted else []
        self._table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            code, name_en, name_zh, market, name_hant = line.instrument
            chinese = " / ".join(filter(None, (name_zh, name_hant)))
            told = market_title(market) if code else ""
            texts = (str(line.number), code, name_en, chinese, told, outcome_word(line.outcome))
            for column, text in enumerate(texts):
                self._table.setItem(row, column, QTableWidgetItem(text))

    # Counting

    def _count(self) -> None:
        self._tally = Tally()
        self._counting = self._each()
        self._ok.setEnabled(False)
        self._counts.setText(translate("Import", "The lines are being counted…"))
        self._work.start()

    def _each(self) -> Iterator[None]:
        for choice in self._choices:
            if choice.wanted:
                yield from self._tally.count(choice, self._catalogue)

    def _count_on(self) -> None:
        end_s = time.perf_counter() + SLICE_S
        for _ in self._counting:
            if time.perf_counter() >= end_s:
                return
        self._work.stop()
        self._ok.setEnabled(bool(self._tally.instruments))
        self._counts.setText(counted(self._tally))
        sheet = self._choices[self._sheet.currentIndex()]
        if not self._tally.instruments and sheet.wanted and sheet.columns.code is None:
            self._counts.setText(translate("Import", "Choose the column that has the codes."))
