"""What the bar under the table offers after an edit, and how it goes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from listhands import CONTROL, LEFT, ListDesk
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from watchdesk import CODES, key

from alltick_desk.model.lists import ListBook
from alltick_desk.store.list_files import ListBackup
from alltick_desk.ui.watchlist.follow_up import FollowUp

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
BY_KEYS = "Undo (Ctrl+Z) reverses it."


@pytest.fixture
def desk(qtbot: QtBot) -> ListDesk:
    return ListDesk(qtbot)


def bar(desk: ListDesk) -> FollowUp | None:
    """Return the bar while it is shown."""
    found = desk.panel.findChild(FollowUp, "watchlist.followUp")
    return found if found is not None and found.isVisible() else None


def offer(desk: ListDesk) -> QToolButton:
    assert bar(desk) is not None, "nothing is offered"
    return desk.child(QToolButton, "watchlist.followUp.do")


def pass_by(desk: ListDesk) -> None:
    """Have its time run out."""
    shown = bar(desk)
    assert shown is not None
    shown.timer.timeout.emit()


def remove(desk: ListDesk) -> None:
    desk.select("AAPL.US")
    desk.press(Key.Key_Delete)


def remove_section(desk: ListDesk) -> None:
    desk.sections("Tech")
    desk.on("Tech")
    desk.press(Key.Key_Delete, SHIFT)


def delete_list(desk: ListDesk) -> None:
    desk.more_lists("Other")
    desk.bar.setFocus()
    QTest.keyClick(desk.bar, Key.Key_Delete)


def paste(desk: ListDesk) -> None:
    QGuiApplication.clipboard().setText("9988.HK")
    desk.press(Key.Key_V, CONTROL)


def move_to_another(desk: ListDesk) -> None:
    desk.more_lists("Other")
    desk.select("AAPL.US")
    desk.pick(desk.menu_under("move_to_list"), f"lists.to.{desk.named('Other')}")


@pytest.mark.parametrize("edit", [remove, remove_section, delete_list, paste, move_to_another])
def test_what_was_done_can_be_taken_back_by_one_click(
    desk: ListDesk, edit: Callable[[ListDesk], None]
) -> None:
    edit(desk)
    said = desk.child(QLabel, "watchlist.followUp.text")
    # Only the bar, which goes with the next edit, says what Ctrl+Z would do.
    assert said.accessibleName() == f"{desk.messages[-1]} {BY_KEYS}"
    assert "Ctrl+Z" not in desk.messages[-1]
    assert offer(desk).text() == "Undo"
    before = desk.lists.last_edit
    QTest.mouseClick(offer(desk), LEFT)
    assert desk.lists.last_edit is not before
    assert desk.lists.can_redo
    assert desk.codes("Main") == list(CODES)
    assert desk.messages[-1].startswith("Undone: ")
    assert bar(desk) is None


def test_the_promised_keys_count_wherever_the_keyboard_was(desk: ListDesk, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chart = QLineEdit(window)
    column = QVBoxLayout(window)
    column.addWidget(chart)
    column.addWidget(desk.panel)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    desk.more_lists("Other")
    chart.setFocus()
    assert QApplication.focusWidget() is chart
    desk.pick(desk.panel.lists.tabs.menu_of(desk.named("Other")), "lists.menu.delete")
    assert desk.child(QLabel, "watchlist.followUp.text").accessibleName().endswith(BY_KEYS)
    keyboard = QApplication.focusWidget()
    assert keyboard is desk.table
    QTest.keyClick(keyboard, Key.Key_Z, CONTROL)
    assert desk.tabs() == ["Main", "Other"]
    desk.panel.setParent(None)


def test_it_is_reached_and_left_by_keys(desk: ListDesk) -> None:
    remove(desk)
    assert desk.table.hasFocus()  # it took nothing away
    QTest.keyClick(desk.table, Key.Key_Tab)
    assert QApplication.focusWidget() is offer(desk)
    assert offer(desk).accessibleDescription() == f"{desk.messages[-1]} {BY_KEYS}"
    pass_by(desk)
    assert bar(desk) is not None  # it does not go from under the keyboard
    QTest.keyClick(offer(desk), Key.Key_Return)
    assert desk.rows() == list(CODES)
    assert desk.table.hasFocus()
    remove(desk)
    QTest.keyClick(desk.table, Key.Key_Tab)
    QTest.keyClick(offer(desk), Key.Key_Escape)
    assert bar(desk) is None
    assert desk.table.hasFocus()
    assert desk.rows() == ["700.HK", "EURUSD", "BTCUSDT"]


def test_it_goes_by_itself_or_when_closed(desk: ListDesk) -> None:
    remove(desk)
    shown = bar(desk)
    assert shown is not None
    assert shown.timer.isActive()
    pass_by(desk)
    assert bar(desk) is None
    desk.press(Key.Key_Z, CONTROL)
    remove(desk)
    QTest.mouseClick(desk.child(QToolButton, "watchlist.followUp.close"), LEFT)
    assert bar(desk) is None
    assert len(desk.rows()) == 3


def test_it_goes_when_it_would_take_something_else_back(desk: ListDesk) -> None:
    remove(desk)
    desk.lists.fold([], folded=True)
    desk.lists.add_list("More")
    assert bar(desk) is None
    desk.lists.undo()
    desk.lists.undo()
    remove(desk)
    assert bar(desk) is not None
    desk.press(Key.Key_Z, CONTROL)
    assert bar(desk) is None


def test_looking_at_another_list_leaves_it(desk: ListDesk) -> None:
    desk.more_lists("Other")
    remove(desk)
    desk.lists.show(desk.named("Other"))
    assert bar(desk) is not None
    QTest.mouseClick(offer(desk), LEFT)
    assert desk.shown() == list(CODES)  # undo led back


def test_what_changes_nothing_or_is_seen_offers_nothing(desk: ListDesk) -> None:
    QGuiApplication.clipboard().setText("700.HK")
    desk.press(Key.Key_V, CONTROL)
    desk.select("AAPL.US")
    desk.press(Key.Key_Space)
    assert bar(desk) is None


def test_a_text_without_room_is_cut_and_told_whole(desk: ListDesk, qtbot: QtBot) -> None:
    remove(desk)
    said = desk.child(QLabel, "watchlist.followUp.text")
    assert said.text() == f"{desk.messages[-1]} {BY_KEYS}"
    desk.panel.resize(320, 360)  # or the least it can be
    desk.lists.show(desk.lists.add_list("自选" * 40))
    desk.bar.setFocus()
    QTest.keyClick(desk.bar, Key.Key_Delete)
    qtbot.waitUntil(lambda: said.text().endswith("…"))
    assert said.toolTip() == f"{desk.messages[-1]} {BY_KEYS}"
    assert offer(desk).width() >= offer(desk).sizeHint().width()


def test_an_import_that_changes_nothing_offers_no_other_edit(
    desk: ListDesk, tmp_path: Path
) -> None:
    desk.sections("Tech")
    (tmp_path / "list.csv").write_text("section,code\nTech,\n")
    desk.panel.lists.imports.open([tmp_path / "list.csv"])
    dialog = desk.panel.window().findChild(QDialog, "listImport")
    assert dialog is not None
    dialog.accept()
    assert desk.messages == ["The list has all of them already; nothing was added."]
    assert bar(desk) is None


def test_a_backup_that_was_restored_can_be_left_again(desk: ListDesk) -> None:
    class Kept:
        def list_backups(self) -> list[ListBackup]:
            return [ListBackup(Path("x"), 1_700_000_000, (("Main", 4),), 4)]

        def restored(self, _backup: ListBackup) -> ListBook:
            return first

    first = desk.lists.book
    desk.panel.lists.keep_backups(Kept())

    def restore() -> None:
        desk.panel.lists.show_backups()
        dialog = desk.panel.findChildren(QDialog, "listBackups")[-1]
        assert isinstance(dialog, QDialog)
        dialog.accept()

    restore()
    assert desk.messages[-1].endswith("are those of now; nothing was changed.")
    assert bar(desk) is None
    desk.more_lists("Other")
    restore()
    assert desk.tabs() == ["Main"]
    QTest.mouseClick(offer(desk), LEFT)
    assert desk.tabs() == ["Main", "Other"]


# Notes


def write_note(desk: ListDesk, code: str, text: str) -> None:
    desk.select(code)
    desk.press(Key.Key_F2, SHIFT)
    window = desk.panel.findChild(QWidget, "watchlist.noting")
    assert window is not None
    field = window.findChild(QPlainTextEdit)
    assert field is not None
    field.setPlainText(text)
    QTest.keyClick(field, Key.Key_Return, CONTROL)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_note_that_no_column_shows_tells_where_it_is(desk: ListDesk) -> None:
    write_note(desk, "AAPL.US", "Buy below 200")
    told = "The note on AAPL.US is kept: the tip of its name shows it. The column “Note” is hidden."
    assert desk.messages == [told]
    assert offer(desk).text() == "Show the column"
    QTest.mouseClick(offer(desk), LEFT)
    assert desk.titles()[:3] == ["Code", "Name", "Note"]
    assert bar(desk) is None
    place = desk.shown().index("AAPL.US")
    assert desk.table.model().index(place, 2).data() == "Buy below 200"
    write_note(desk, "700.HK", "seen at once")
    assert bar(desk) is None
    assert desk.messages == [told]


def test_a_note_that_was_wiped_out_tells_nothing(desk: ListDesk) -> None:
    desk.lists.set_note(key("AAPL.US"), "x")
    desk.messages.clear()
    write_note(desk, "AAPL.US", "")
    assert desk.messages == []
    assert bar(desk) is None


def test_the_row_in_hand_stays_in_sight(desk: ListDesk) -> None:
    desk.watchlist.add(key(f"C{n:02}") for n in range(60))
    port = desk.table.viewport()
    lowest = port.height() // desk.table.verticalHeader().defaultSectionSize() - 1
    code, after = desk.shown()[lowest : lowest + 2]
    desk.select(code)
    assert desk.table.verticalScrollBar().value() == 0
    desk.press(Key.Key_Delete)
    assert bar(desk) is not None
    row = desk.table.visualRect(desk.table.currentIndex())
    assert desk.selected_rows() == [after]
    assert port.rect().contains(row.center())
