"""Taking codes in from files: looked at first, then added in one step."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from importhands import FILE, Preview, paste
from listhands import CONTROL, LEFT, ListDesk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot
from watchdesk import CODES, key

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot) -> ListDesk:
    return ListDesk(qtbot)


@pytest.fixture
def open_file(desk: ListDesk, tmp_path: Path) -> Callable[..., Preview]:
    def open_(text: str, name: str = "mine.csv", encoding: str = "utf-8") -> Preview:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        desk.panel.lists.actions["import"].trigger()
        asked = desk.panel.findChild(QFileDialog, "lists.importFile")
        assert asked is not None
        assert "*.csv *.tsv *.txt" in asked.nameFilters()[0]
        asked.fileSelected.emit(str(path))
        asked.reject()
        return Preview(desk)

    return open_


def test_the_preview_says_line_by_line_what_will_happen(
    desk: ListDesk, open_file: Callable[..., Preview]
) -> None:
    preview = open_file(FILE)
    assert preview.column("Line") == ["2", "3", "4", "5", "6", "7"]
    assert preview.column("As written")[:3] == ["0700.HK", "9988.HK", "bac"]
    assert preview.column("Code") == ["700.HK", "9988.HK", "BAC.US", "ZZZZ.US", "", "9988.HK"]
    assert preview.column("Name")[:3] == ["Tencent", "Alibaba", "Bank of America"]
    assert preview.column("What happens") == [
        "Already there",
        "New",
        "Mended",
        "Unknown",
        "Unreadable",
        "Already there",
    ]
    remarks = preview.column("Remark")
    assert remarks[0] == "The list has it already."
    assert remarks[2] == "“bac” is taken for BAC.US."
    assert remarks[5] == "Line 3 has it already."
    assert all(remarks[at] for at in (3, 4))
    assert preview.counts() == [
        "All: 6",
        "New: 1",
        "Mended: 1",
        "Unknown: 1",
        "Already there: 2",
        "Unreadable: 1",
    ]
    assert preview.child(QLabel, "file").text() == "mine.csv"
    how = preview.child(QLabel, "how").text()
    assert how == "Read as a table with commas between its columns, in UTF-8."
    assert preview.says() == "Rows to add: 3, into “Main”."
    assert desk.rows() == list(CODES)  # nothing has changed yet


def test_importing_is_one_step(desk: ListDesk, open_file: Callable[..., Preview]) -> None:
    open_file(FILE).take()
    assert desk.shown() == [*CODES, "9988.HK", "ZZZZ.US", "Tech", "BAC.US"]
    entry = desk.watchlist.entry_of(key("9988.HK"))
    assert entry is not None
    assert (entry.alias, entry.note) == ("Baba", "big")
    assert desk.selected_rows() == ["9988.HK", "ZZZZ.US", "BAC.US"]  # and so they are in sight
    assert desk.messages == ["Rows imported: 3."]
    assert desk.panel.actions_["undo"].text() == "Undo: import 3 rows"
    desk.table.setFocus()
    desk.press(Key.Key_Z, CONTROL)
    assert desk.shown() == list(CODES)


def test_an_import_that_is_given_up_changes_nothing(
    desk: ListDesk, open_file: Callable[..., Preview]
) -> None:
    preview = open_file(FILE)
    QTest.keyClick(preview.dialog, Key.Key_Escape)
    assert desk.shown() == list(CODES)
    assert not preview.dialog.isVisible()


def test_the_counts_choose_what_is_shown(open_file: Callable[..., Preview]) -> None:
    preview = open_file(FILE)
    preview.only("already there")
    assert preview.column("Line") == ["2", "7"]
    preview.only("mended")
    assert preview.column("Code") == ["BAC.US"]
    preview.only("all")
    assert len(preview.column("Line")) == 6


def test_what_is_not_added_looks_otherwise(open_file: Callable[..., Preview]) -> None:
    model = open_file(FILE).table.model()
    role = Qt.ItemDataRole.ForegroundRole
    colours = [model.index(row, 0).data(role) for row in range(6)]
    assert colours[1] is colours[2] is colours[3] is None
    assert isinstance(colours[0], QColor)
    assert isinstance(colours[4], QColor)
    assert colours[0] != colours[4]


def test_another_list_can_take_it(desk: ListDesk, open_file: Callable[..., Preview]) -> None:
    desk.more_lists("Other")
    preview = open_file(FILE)
    preview.take_into("Other")
    assert preview.column("What happens")[0] == "Mended"  # it is not there
    assert preview.says() == "Rows to add: 4, into “Other”."
    preview.take()
    assert desk.codes("Other") == ["700.HK", "9988.HK", "ZZZZ.US", "BAC.US"]
    assert desk.codes("Main") == list(CODES)


def test_a_new_list_is_called_like_the_file(
    desk: ListDesk, open_file: Callable[..., Preview]
) -> None:
    preview = open_file(FILE, "我的自选.csv")
    name = preview.child(QLineEdit, "name")
    assert not name.isVisible()
    preview.take_into("A new list")
    assert name.isVisible()
    assert name.text() == "我的自选"
    name.setText(" ")
    assert preview.says() == "The new list needs a name."
    assert not preview.child(QPushButton, "ok").isEnabled()
    name.setText("Mine")
    assert preview.says() == "Rows to add: 4, into “Mine”."
    preview.take()
    assert desk.tabs() == ["Main", "Mine"]
    assert desk.lists.shown.name == "Mine"
    assert desk.shown() == ["700.HK", "9988.HK", "ZZZZ.US", "Tech", "BAC.US"]
    assert desk.lists.undo() is not None
    assert desk.tabs() == ["Main"]


def test_a_file_that_names_lists_fills_them_unless_told_otherwise(
    desk: ListDesk, open_file: Callable[..., Preview]
) -> None:
    text = "list,code\nMain,9988.HK\nMade,AAPL.US\nMade,EURJPY\n"
    preview = open_file(text)
    assert preview.column("List / section") == ["Main", "Made", "Made"]
    assert preview.says() == "Rows to add: 3, into the lists that the text names."
    by_list = preview.child(QCheckBox, "byList")
    assert by_list.isVisible()
    QTest.mouseClick(by_list, LEFT, pos=QPoint(8, by_list.height() // 2))
    assert preview.says() == "Rows to add: 2, into “Main”."
    assert by_list.isVisible()
    QTest.mouseClick(by_list, LEFT, pos=QPoint(8, by_list.height() // 2))
    preview.take()
    assert desk.codes("Made") == ["AAPL.US", "EURJPY"]
    assert desk.codes("Main") == [*CODES, "9988.HK"]


def test_the_question_of_lists_is_asked_only_where_there_are_some(
    open_file: Callable[..., Preview],
) -> None:
    preview = open_file("code\n9988.HK\n")
    assert not preview.child(QCheckBox, "byList").isVisible()
    assert preview.table.isColumnHidden(4)


def test_the_vendor_is_asked_where_there_are_several(
    desk: ListDesk, open_file: Callable[..., Preview]
) -> None:
    preview = open_file(FILE)
    assert not preview.child(QComboBox, "vendor").isVisible()
    preview.dialog.reject()
    desk.vendors.use(("alltick", "itick"))
    preview = open_file("code\nEURJPY\n700.HK")
    vendor = preview.child(QComboBox, "vendor")
    assert vendor.isVisible()
    assert preview.column("Code") == ["EURJPY · AllTick", "700.HK"]
    vendor.setCurrentIndex(vendor.findText("iTick"))
    assert preview.column("Code") == ["EURJPY · iTick", "700.HK · iTick"]
    preview.take()
    assert desk.watchlist.keys[-2:] == (key("EURJPY", "itick"), key("700.HK", "itick"))


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (
            "代码;名称\nSH600519;贵州茅台\n",
            "gbk",
            "a table with semicolons between its columns, in GBK",
        ),
        (
            "code\tname\n600519.SH\tx\n",
            "utf-16",
            "a table with tabs between its columns, in UTF-16",
        ),
        ("SH600519\n", "utf-8", "codes alone, in UTF-8"),
    ],
)
def test_it_says_how_a_file_was_read(
    open_file: Callable[..., Preview], text: str, encoding: str, told: str
) -> None:
    preview = open_file(text, "list.txt", encoding)
    assert preview.child(QLabel, "how").text() == f"Read as {told}."
    assert preview.column("Code") == ["600519.SH"]


def test_a_person_may_know_the_encoding_better(
    desk: ListDesk, open_file: Callable[..., Preview]
) -> None:
    preview = open_file("code,alias\n9988.HK,阿里巴巴集團\n", "list.csv", "big5")
    encoding = preview.child(QComboBox, "encoding")
    assert encoding.isVisible()
    assert [encoding.itemText(at) for at in range(encoding.count())] == [
        "UTF-8",
        "GBK (guessed)",
        "Big5",
        "UTF-16",
    ]
    assert encoding.currentText() == "GBK (guessed)"
    encoding.setFocus()
    QTest.keyClick(encoding, Key.Key_Down)
    assert encoding.currentText() == "Big5"
    how = preview.child(QLabel, "how").text()
    assert how == "Read as a table with commas between its columns, in Big5."
    preview.take()
    entry = desk.watchlist.entry_of(key("9988.HK"))
    assert entry is not None
    assert entry.alias == "阿里巴巴集團"


def test_what_was_pasted_has_no_encoding(desk: ListDesk) -> None:
    paste(desk, "so wrong")
    assert Preview(desk).dialog.findChild(QComboBox, "listImport.encoding") is None


def test_an_empty_file_offers_nothing(open_file: Callable[..., Preview]) -> None:
    preview = open_file("")
    assert preview.says() == "There are no codes in it."
    assert not preview.child(QPushButton, "ok").isEnabled()


def test_a_file_that_cannot_be_read_is_told(desk: ListDesk, tmp_path: Path) -> None:
    desk.panel.lists.imports.open([tmp_path / "gone.csv", tmp_path])
    assert desk.messages[0] == "The file gone.csv cannot be read: the folder is not there."
    assert "cannot be read" in desk.messages[1]
    assert desk.panel.findChild(QDialog, "listImport") is None


def test_several_files_come_one_after_the_other(desk: ListDesk, tmp_path: Path) -> None:
    for name, code in (("a.txt", "9988.HK"), ("b.txt", "EURJPY")):
        (tmp_path / name).write_text(code)
    desk.panel.lists.imports.open([tmp_path / "a.txt", tmp_path / "b.txt"])
    first = Preview(desk)
    assert first.child(QLabel, "file").text() == "a.txt"
    first.take()
    second = Preview(desk)
    assert second.child(QLabel, "file").text() == "b.txt"
    second.take()
    assert desk.rows() == [*CODES, "9988.HK", "EURJPY"]


def test_a_long_text_is_read_beside_the_screen(
    desk: ListDesk, open_file: Callable[..., Preview]
) -> None:
    waiting: list[Coroutine[Any, Any, None]] = []
    text = "".join(f"{n:05}.HK\n" for n in range(1, 60_001))
    preview = open_file(text)
    desk.panel.lists.background.spawn = lambda work, _name: waiting.append(work)
    preview.take_into("A new list")  # is read anew
    assert preview.says() == "The text is being read…"
    assert not preview.child(QPushButton, "ok").isEnabled()
    preview.take_into("Main")
    assert len(waiting) == 2
    for work in reversed(waiting):  # the first one, which is late, is for nobody any more
        asyncio.run(work)
    assert preview.says() == "Rows to add: 59999, into “Main”."
    assert preview.table.model().rowCount() == 60_000
    preview.only("already there")
    assert preview.column("Code") == ["700.HK"]
