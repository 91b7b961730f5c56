"""Taking codes in from the clipboard: at once where they are plain, else looked at first."""

import pytest
from importhands import FILE, Preview, paste
from listhands import CONTROL, ListDesk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
)
from pytestqt.qtbot import QtBot
from watchdesk import CODES

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot) -> ListDesk:
    return ListDesk(qtbot)


def test_plain_codes_are_pasted_below_the_selected_row_at_once(desk: ListDesk) -> None:
    desk.select("AAPL.US")
    paste(desk, "9988.HK\nEURJPY, 700.HK")
    assert desk.shown() == ["700.HK", "AAPL.US", "9988.HK", "EURJPY", "EURUSD", "BTCUSDT"]
    assert desk.selected_rows() == ["9988.HK", "EURJPY"]
    told = "Rows added: 2; in the list already: 1."
    assert desk.messages == [told]
    assert desk.panel.findChild(QDialog, "listImport") is None
    desk.press(Key.Key_Z, CONTROL)
    assert desk.shown() == list(CODES)


def test_rows_that_were_copied_are_pasted_into_another_list(desk: ListDesk) -> None:
    desk.select("AAPL.US", "EURUSD")
    desk.press(Key.Key_C, CONTROL)
    desk.lists.add_list("Other")
    desk.table.setFocus()
    desk.press(Key.Key_V, CONTROL)
    assert desk.shown() == ["AAPL.US", "EURUSD"]


def test_pasting_what_is_there_adds_nothing(desk: ListDesk) -> None:
    paste(desk, "700.HK")
    assert desk.messages == ["The list has all of them already; nothing was added."]
    paste(desk, " ")
    assert desk.messages[1:] == ["There are no codes in what was pasted."]
    assert desk.shown() == list(CODES)


@pytest.mark.parametrize("text", ["aapl\nbac", "ZZZZ.US", "so wrong", "###Tech,9988.HK"])
def test_what_is_not_plain_is_shown_first(desk: ListDesk, text: str) -> None:
    paste(desk, text)
    assert desk.shown() == list(CODES)
    preview = Preview(desk)
    assert preview.child(QLabel, "file").text() == "Pasted text"
    assert preview.child(QLabel, "how").text().startswith("Read as codes alone.")


def test_pasting_on_a_heading_fills_its_section(desk: ListDesk) -> None:
    desk.sections("Tech")
    desk.on("Tech")
    paste(desk, "9988.HK")
    assert desk.shown() == ["700.HK", "Tech", "9988.HK", "AAPL.US", "EURUSD", "BTCUSDT"]


def test_ctrl_v_in_the_add_box_still_writes(desk: ListDesk) -> None:
    QGuiApplication.clipboard().setText("9988.HK")
    desk.box.setFocus()
    QTest.keyClick(desk.box, Key.Key_V, CONTROL)
    assert desk.box.text() == "9988.HK"
    assert desk.shown() == list(CODES)


def test_every_remark_can_be_read_to_its_end(desk: ListDesk) -> None:
    paste(desk, FILE)
    preview = Preview(desk)
    preview.dialog.resize(400, 300)
    longest = max(preview.column("Remark"), key=len)
    assert longest
    table = preview.table
    width = table.columnWidth(table.model().columnCount() - 1)
    assert width > table.fontMetrics().horizontalAdvance(longest)
