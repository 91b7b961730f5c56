"""What a person notices after a day with the table: words, keys and places that stay right."""

import pytest
from listhands import CONTROL, Hands, ListDesk
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPlainTextEdit
from pytestqt.qtbot import QtBot
from watchdesk import CODES, key

from alltick_desk.model.lists import LONGEST_NOTE, Place
from alltick_desk.ui.watchlist.chooser import ColumnChooser
from alltick_desk.ui.watchlist.columns import BY_ID
from alltick_desk.ui.watchlist.filter_bar import TYPING_MS
from alltick_desk.ui.watchlist.match_list import MatchList
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.note_dialog import NoteDialog

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot) -> ListDesk:
    return ListDesk(qtbot)


# Undo says what it did, wherever the keyboard is


def test_undo_and_redo_say_what_they_did(desk: ListDesk) -> None:
    desk.select("700.HK")
    desk.press(Key.Key_Delete)
    desk.press(Key.Key_Z, CONTROL)
    assert desk.messages[-1] == "Undone: remove 700.HK."
    desk.press(Key.Key_Y, CONTROL)
    assert desk.messages[-1] == "Done again: remove 700.HK."
    told = len(desk.messages)
    desk.press(Key.Key_Y, CONTROL)
    assert len(desk.messages) == told


def test_undo_works_from_the_box_that_has_just_added_a_row(desk: ListDesk) -> None:
    QTest.keyClicks(desk.box, "BAC.US")
    QTest.keyClick(desk.box, Key.Key_Return)
    assert "BAC.US" in desk.shown()
    QTest.keyClick(desk.box, Key.Key_Z, CONTROL)
    assert "BAC.US" not in desk.shown()
    QTest.keyClick(desk.box, Key.Key_Y, CONTROL)
    assert "BAC.US" in desk.shown()


def test_undo_in_the_box_is_about_its_text_while_it_has_some(desk: ListDesk) -> None:
    QTest.keyClicks(desk.box, "BAC")
    QTest.keyClick(desk.box, Key.Key_Z, CONTROL)
    assert desk.box.text() == ""
    assert desk.shown() == list(CODES)


def test_a_list_that_comes_back_selects_none_of_its_rows(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    desk.lists.add_list("Other")
    desk.panel.add_codes(["BAC.US", "700.HK"])
    desk.lists.delete_list()
    desk.lists.show(desk.named("Main"))
    desk.select("700.HK")
    desk.press(Key.Key_Z, CONTROL)
    assert desk.lists.shown.name == "Other"
    assert "BAC.US" not in desk.selected_rows()


# What was added or has gone


def test_a_row_added_to_a_folded_section_is_seen(desk: ListDesk) -> None:
    desk.lists.add_section("Rest", Place(0, 2))
    desk.lists.fold([1], folded=True)
    desk.panel.add_codes(["BAC.US"])
    assert desk.shown()[-1] == "BAC.US"
    assert desk.selected_rows() == ["BAC.US"]


def test_rows_that_left_for_another_list_leave_the_next_one_selected(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    desk.select("AAPL.US")
    Hands(desk.lift()).drop(desk.bar, desk.tab("Tech"))
    assert desk.shown() == ["700.HK", "EURUSD", "BTCUSDT"]
    assert desk.selected_rows() == ["EURUSD"]


# The list under the box


def test_the_list_under_the_box_is_as_high_as_its_rows(desk: ListDesk) -> None:
    QTest.keyClicks(desk.box, "e")
    popup = desk.box.findChild(MatchList)
    assert isinstance(popup, MatchList)
    high = popup.height()
    QTest.keyClicks(desk.box, "urjpy")
    rows = popup.view.model().rowCount() * popup.view.sizeHintForRow(0)
    assert rows < popup.height() < high
    assert popup.note.geometry().top() <= popup.view.geometry().bottom() + 1
    assert popup.note.height() <= popup.note.heightForWidth(popup.note.width())


# Columns


def test_a_search_for_no_column_says_so_and_ticks_nothing(desk: ListDesk) -> None:
    desk.panel.tools.choose_columns()
    chooser = desk.panel.findChild(ColumnChooser, "watchlist.chooser")
    assert chooser is not None
    titles = desk.titles()
    search = chooser.findChild(QLineEdit, "watchlist.chooser.search")
    columns = chooser.findChild(QListWidget, "watchlist.chooser.list")
    assert search is not None
    assert columns is not None
    QTest.keyClicks(search, "stat")
    QTest.keyClicks(search, "zzz")
    said = chooser.findChild(QLabel, "watchlist.chooser.said")
    assert said is not None
    assert said.text() == "No column is called so."
    QTest.keyClick(columns, Key.Key_Space)
    assert desk.titles() == titles
    chooser.reject()


# The filter


def test_a_filter_shows_what_it_found_from_the_top(desk: ListDesk) -> None:
    desk.panel.add_codes(["BAC.US", "TSLA.US", "MSFT.US"])
    desk.select("700.HK")
    desk.press(Key.Key_F, CONTROL)
    chrome = desk.panel.height() - desk.table.viewport().height()
    desk.panel.resize(900, chrome + desk.table.verticalHeader().defaultSectionSize() * 3 // 2)
    box = desk.child(QLineEdit, "watchlist.filter")
    QTest.keyClicks(box, ".us")
    QTest.qWait(2 * TYPING_MS)
    assert desk.shown()[0] == "AAPL.US"
    assert desk.table.verticalScrollBar().value() == 0


# From list to list


def test_every_list_is_found_as_it_was_left(desk: ListDesk) -> None:
    desk.panel.add_codes([f"R{number}.US" for number in range(80)])
    desk.lists.add_list("Long")
    desk.panel.add_codes([f"S{number}.US" for number in range(80)])
    desk.lists.show(desk.named("Main"))
    desk.select("R70.US")
    left = desk.table.verticalScrollBar().value()
    assert left > 0
    desk.press(Key.Key_Tab, CONTROL)
    assert desk.lists.shown.name == "Long"
    assert desk.table.verticalScrollBar().value() == 0
    assert desk.selected_rows() == []
    desk.press(Key.Key_Tab, CONTROL)
    assert desk.table.verticalScrollBar().value() == left
    desk.press(Key.Key_Down)
    assert desk.selected_rows() == ["R71.US"]


def test_what_both_lists_have_stays_selected_and_headings_do_not(desk: ListDesk) -> None:
    desk.lists.add_section("Ours", Place(0, 2))
    desk.lists.add_list("Other")
    desk.panel.add_codes(["BAC.US", "EURUSD"])
    desk.lists.add_section("Theirs", Place(0, 1))
    desk.lists.show(desk.named("Main"))
    desk.select("EURUSD")
    desk.press(Key.Key_Tab, CONTROL)
    assert desk.selected_rows() == ["EURUSD"]
    assert desk.table.currentIndex().row() == desk.shown().index("EURUSD")
    desk.on("Theirs")
    desk.press(Key.Key_Tab, CONTROL)
    assert desk.selected_rows() == []


def test_a_lists_menu_takes_its_entries_along(desk: ListDesk) -> None:
    def actions() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(desk.panel.findChildren(QAction))

    tabs, before = desk.panel.lists.tabs, actions()
    for menu in (tabs.menu_of(desk.lists.shown.id), tabs.all_menu()):
        menu.popup(QPoint(0, 0))
        menu.hide()
    assert actions() == before


def test_the_line_of_the_day_is_still_there_when_one_comes_back(desk: ListDesk) -> None:
    model = desk.table.model()
    assert isinstance(model, WatchlistModel)
    desk.tick("700.HK", "612.5")
    desk.frame()
    desk.more_lists("Other")
    desk.press(Key.Key_Tab, CONTROL)
    desk.press(Key.Key_Tab, CONTROL)
    line = model.reading.day_line(desk.row("700.HK"))
    assert line is not None
    assert list(line.values) == [612.5]


# Tips and notes


def test_a_tip_shows_words_as_they_were_written(desk: ListDesk) -> None:
    desk.panel.add_codes(["<b>ODD</b>"])
    cell = desk.table.model().index(4, BY_ID["name"])
    assert "&lt;b&gt;ODD&lt;/b&gt;" in str(cell.data(Qt.ItemDataRole.ToolTipRole))
    desk.lists.rename_list("<i>Main</i>")
    assert "&lt;i&gt;Main" in desk.bar.tabToolTip(0)
    assert desk.bar.accessibleTabName(0) == "<i>Main</i>, rows: 5"


def note_of(desk: ListDesk, code: str) -> str:
    entry = desk.watchlist.entry_of(key(code))
    assert entry is not None
    return entry.note


def note_window(desk: ListDesk) -> tuple[NoteDialog, QPlainTextEdit]:
    """Ask for the note of what is selected, by its keys."""
    desk.press(Key.Key_F2, SHIFT)
    dialog = desk.child(NoteDialog, "watchlist.noting")
    text = dialog.findChild(QPlainTextEdit, "watchlist.noting.text")
    assert text is not None
    return dialog, text


def test_a_note_is_written_read_and_undone(desk: ListDesk) -> None:
    desk.select("700.HK")
    dialog, text = note_window(desk)
    assert dialog.windowTitle() == "Note on 700.HK"
    QTest.keyClicks(text, "Sold half")
    QTest.keyClick(text, Key.Key_Return)
    QTest.keyClicks(text, "in May")
    QTest.keyClick(text, Key.Key_Return, CONTROL)
    assert note_of(desk, "700.HK") == "Sold half\nin May"
    cell = desk.table.model().index(0, BY_ID["name"])
    assert str(cell.data(Qt.ItemDataRole.ToolTipRole)).endswith("Sold half\nin May")
    desk.press(Key.Key_Z, CONTROL)
    assert note_of(desk, "700.HK") == ""


def test_a_note_that_is_given_up_stays_as_it_was(desk: ListDesk) -> None:
    desk.lists.set_note(key("700.HK"), "Keep")
    desk.select("700.HK")
    _, text = note_window(desk)
    assert text.toPlainText() == "Keep"
    QTest.keyClicks(text, " not")
    QTest.keyClick(text, Key.Key_Escape)
    assert note_of(desk, "700.HK") == "Keep"


def test_a_note_stays_with_its_list_and_takes_no_more_than_it_can_keep(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    desk.select("700.HK")
    dialog, text = note_window(desk)
    text.insertPlainText("x" * (LONGEST_NOTE + 50))
    desk.lists.show(desk.named("Tech"))
    dialog.accept()
    desk.lists.show(desk.named("Main"))
    assert note_of(desk, "700.HK") == "x" * LONGEST_NOTE
