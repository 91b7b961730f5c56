"""A list with hidden lines, by the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alltick_desk.ui.watchlist.sought_list import SoughtList

Key = Qt.Key
SEEN = (4, 5, 20, 31)


@pytest.mark.parametrize(
    ("start", "key", "to"),
    [
        (20, Key.Key_Home, 4),
        (5, Key.Key_End, 31),
        (20, Key.Key_PageUp, 4),
        (4, Key.Key_PageDown, 31),
        (5, Key.Key_Down, 20),
        (20, Key.Key_Up, 5),
        (31, Key.Key_Down, 31),
        (4, Key.Key_Up, 4),
    ],
)
def test_no_key_leads_to_a_hidden_line(qtbot: QtBot, start: int, key: Qt.Key, to: int) -> None:
    found = SoughtList()
    qtbot.addWidget(found)
    found.addItems([f"line {number}" for number in range(40)])
    for row in range(40):
        found.setRowHidden(row, row not in SEEN)
    found.resize(200, 300)
    with qtbot.waitExposed(found):
        found.show()
    found.setCurrentRow(start)
    QTest.keyClick(found, key)
    assert found.currentRow() == to


def test_a_list_of_which_nothing_is_seen_stays_where_it_is(qtbot: QtBot) -> None:
    found = SoughtList()
    qtbot.addWidget(found)
    found.addItems(["one", "two"])
    for row in range(2):
        found.setRowHidden(row, True)
    QTest.keyClick(found, Key.Key_End)
    assert found.currentRow() in {-1, 0}
