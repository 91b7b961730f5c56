"""The last column of a table is read to its end, in a wide window and in a narrow one."""

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from alltick_desk.ui.lists.last_column import LastColumn

LONG = "Left out: the vendor does not know this code, and no list of instruments has it either."


@pytest.fixture
def table(qtbot: QtBot) -> QTableView:
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(0, 2, table))
    table.verticalHeader().hide()
    table.resize(260, 120)
    LastColumn(table)
    table.show()
    return table


def fill(table: QTableView, *remarks: str) -> None:
    model = table.model()
    assert isinstance(model, QStandardItemModel)
    model.beginResetModel()
    model.setRowCount(0)
    for remark in remarks:
        model.appendRow([QStandardItem("700.HK"), QStandardItem(remark)])
    model.endResetModel()


def needed(table: QTableView, text: str) -> int:
    return table.fontMetrics().horizontalAdvance(text)


def test_a_long_remark_is_whole_and_one_scrolls_to_its_end(table: QTableView) -> None:
    fill(table, "", LONG)
    assert table.columnWidth(1) > needed(table, LONG)
    QApplication.processEvents()
    assert table.horizontalScrollBar().maximum() > 0


def test_a_short_one_takes_what_is_left(table: QTableView) -> None:
    fill(table, LONG)
    fill(table, "New.")
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
    table.setColumnWidth(0, 60)
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
    table.resize(500, 120)
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
    QApplication.processEvents()
    assert table.horizontalScrollBar().maximum() == 0
