"""The panel as a person uses it: mouse, keyboard, clipboard, screen reader."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from watchdesk import CODES, WatchDesk, key

from alltick_desk.services.quotes import RowState
from alltick_desk.ui.watchlist.columns import COLUMNS

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

# The list under the box is a window of its own; the offscreen platform cannot do all of that.
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    return WatchDesk(qtbot).show(qtbot)


def enter(desk: WatchDesk, text: str) -> None:
    QTest.keyClicks(desk.box, text)
    QTest.keyClick(desk.box, Key.Key_Return)


def push(desk: WatchDesk, name: str) -> None:
    button = desk.child(QToolButton, f"watchlist.{name}.button")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# Adding


def test_typing_a_code_and_enter_adds_and_selects_it(desk: WatchDesk) -> None:
    enter(desk, "9988.hk")
    assert desk.rows() == [*CODES, "9988.HK"]
    assert desk.panel.selected() == key("9988.HK")
    assert desk.box.text() == ""
    assert desk.messages == ["9988.HK added."]


def test_typing_a_name_offers_it_and_enter_takes_the_highlight(desk: WatchDesk) -> None:
    QTest.keyClicks(desk.box, "bank")
    popup = desk.matches()
    assert popup.isVisible()
    assert "Bank of America" in str(popup.currentIndex().data())
    QTest.keyClick(desk.box, Key.Key_Return)
    assert desk.rows()[-1] == "BAC.US"
    assert desk.messages == ["BAC.US added."]
    assert not popup.isVisible()


def test_arrows_choose_among_the_matches(desk: WatchDesk) -> None:
    QTest.keyClicks(desk.box, "eur")
    popup = desk.matches()
    QTest.keyClick(desk.box, Key.Key_Down)
    chosen = str(popup.currentIndex().data(Qt.ItemDataRole.EditRole))
    assert desk.box.text() == "eur"  # what was typed stays until it is taken
    QTest.keyClick(desk.box, Key.Key_Return)
    assert desk.panel.selected() == key(chosen)
    assert desk.messages[-1].endswith(f"{chosen}.") or chosen in desk.rows()


def test_a_click_takes_a_match(desk: WatchDesk) -> None:
    QTest.keyClicks(desk.box, "ali")
    popup = desk.matches()
    centre = popup.visualRect(popup.model().index(0, 0)).center()
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert desk.rows()[-1] == "9988.HK"
    assert desk.box.text() == ""


def test_an_unclear_beginning_highlights_nothing_and_is_taken_as_typed(desk: WatchDesk) -> None:
    QTest.keyClicks(desk.box, "BA")
    popup = desk.matches()
    assert popup.isVisible()
    assert not popup.currentIndex().isValid()
    QTest.keyClick(desk.box, Key.Key_Return)
    assert desk.rows()[-1] == "BA"


def test_escape_closes_the_list_then_empties_the_box(desk: WatchDesk) -> None:
    QTest.keyClicks(desk.box, "bank")
    popup = desk.matches()
    QTest.keyClick(desk.box, Key.Key_Escape)
    assert not popup.isVisible()
    assert desk.box.text() == "bank"
    QTest.keyClick(desk.box, Key.Key_Escape)
    assert desk.box.text() == ""
    assert desk.rows() == list(CODES)


def test_text_without_a_match_can_only_be_added_as_typed(desk: WatchDesk) -> None:
    QTest.keyClicks(desk.box, "bank")
    QTest.keyClicks(desk.box, "zzz")
    assert desk.matches().model().rowCount() == 1
    assert desk.matches().currentIndex().data() == "Add bankzzz as typed"


def test_several_codes_at_once(desk: WatchDesk) -> None:
    enter(desk, "9988.HK, BAC.US 700.HK")
    assert desk.rows() == [*CODES, "9988.HK", "BAC.US"]
    assert desk.messages == ["9988.HK, BAC.US added. In the list already: 700.HK."]


def test_many_codes_are_counted(desk: WatchDesk) -> None:
    enter(desk, "A.US,B.US,C.US,D.US,E.US")
    assert desk.messages[0].startswith("5 symbols added.")


def test_pasting_lines_and_the_button(desk: WatchDesk) -> None:
    QGuiApplication.clipboard().setText("9988.HK\nBank of America\n")
    desk.box.setFocus()
    QTest.keyClick(desk.box, Key.Key_V, CONTROL)
    push(desk, "add")
    assert desk.rows() == [*CODES, "9988.HK", "BAC.US"]


def test_an_unknown_code_is_added_as_typed_and_said_so(desk: WatchDesk) -> None:
    enter(desk, "Foo.US")
    assert desk.rows()[-1] == "Foo.US"
    assert desk.messages == ["Foo.US added. Not in the catalogue, the vendor will tell: Foo.US."]


def test_a_code_that_is_there_is_selected_and_said_so(desk: WatchDesk) -> None:
    enter(desk, "eurusd")
    assert desk.rows() == list(CODES)
    assert desk.panel.selected() == key("EURUSD")
    assert desk.messages == ["In the list already: EURUSD."]


def test_enter_in_an_empty_box_does_nothing(desk: WatchDesk) -> None:
    QTest.keyClick(desk.box, Key.Key_Return)
    push(desk, "add")
    assert desk.messages == []
    assert not desk.watchlist.can_undo


def test_ctrl_k_goes_to_the_box(desk: WatchDesk) -> None:
    assert not desk.box.hasFocus()
    desk.press(Key.Key_K, CONTROL)
    assert desk.box.hasFocus()


# Removing and moving


def test_del_removes_and_selects_what_follows(desk: WatchDesk) -> None:
    desk.click("AAPL.US")
    desk.press(Key.Key_Delete)
    assert desk.rows() == ["700.HK", "EURUSD", "BTCUSDT"]
    assert desk.panel.selected() == key("EURUSD")
    assert desk.messages == ["AAPL.US removed; Undo (Ctrl+Z) reverses it."]


def test_the_last_row_is_followed_by_the_one_before(desk: WatchDesk) -> None:
    desk.click("BTCUSDT")
    push(desk, "remove")
    assert desk.panel.selected() == key("EURUSD")


def test_removing_everything_leaves_an_empty_list(desk: WatchDesk) -> None:
    desk.press(Key.Key_A, CONTROL)
    desk.press(Key.Key_Delete)
    assert desk.rows() == []
    assert desk.panel.selected() is None
    assert desk.panel.state() == []


def test_del_in_the_box_removes_a_letter_and_no_row(desk: WatchDesk) -> None:
    desk.click("AAPL.US")
    desk.box.setFocus()
    QTest.keyClicks(desk.box, "zz")
    QTest.keyClick(desk.box, Key.Key_Home)
    QTest.keyClick(desk.box, Key.Key_Delete)
    assert desk.box.text() == "z"
    assert desk.rows() == list(CODES)


def test_alt_arrows_move_the_selected_rows_together(desk: WatchDesk) -> None:
    desk.click("EURUSD")
    desk.click("BTCUSDT", SHIFT)
    desk.press(Key.Key_Up, ALT)
    assert desk.rows() == ["700.HK", "EURUSD", "BTCUSDT", "AAPL.US"]
    assert desk.selected_rows() == ["EURUSD", "BTCUSDT"]
    desk.press(Key.Key_Up, ALT)
    desk.press(Key.Key_Up, ALT)
    assert desk.rows() == ["EURUSD", "BTCUSDT", "700.HK", "AAPL.US"]
    desk.press(Key.Key_Down, ALT)
    assert desk.rows() == ["700.HK", "EURUSD", "BTCUSDT", "AAPL.US"]
    assert desk.selected_rows() == ["EURUSD", "BTCUSDT"]


def test_buttons_move_rows_that_are_apart(desk: WatchDesk) -> None:
    desk.click("AAPL.US")
    desk.click("BTCUSDT", CONTROL)
    push(desk, "up")
    assert desk.rows() == ["AAPL.US", "700.HK", "BTCUSDT", "EURUSD"]
    push(desk, "down")
    assert desk.rows() == list(CODES)
    assert desk.selected_rows() == ["AAPL.US", "BTCUSDT"]


def test_undo_and_redo_by_keys(desk: WatchDesk) -> None:
    desk.click("700.HK")
    desk.click("AAPL.US", SHIFT)
    desk.press(Key.Key_Delete)
    desk.press(Key.Key_Z, CONTROL)
    assert desk.rows() == list(CODES)
    assert desk.selected_rows() == ["700.HK", "AAPL.US"]
    desk.press(Key.Key_Y, CONTROL)
    assert desk.rows() == ["EURUSD", "BTCUSDT"]
    desk.press(Key.Key_Z, CONTROL)
    desk.press(Key.Key_Z, CONTROL | SHIFT)
    assert desk.rows() == ["EURUSD", "BTCUSDT"]


def test_actions_are_offered_only_where_they_do_something(desk: WatchDesk) -> None:
    actions = desk.panel.actions_
    assert not actions["remove"].isEnabled()
    assert not actions["undo"].isEnabled()
    desk.click("700.HK")
    assert all(actions[name].isEnabled() for name in ("open", "copy", "up", "down", "remove"))
    desk.press(Key.Key_Delete)
    assert actions["undo"].isEnabled()
    assert not actions["redo"].isEnabled()
    desk.press(Key.Key_Z, CONTROL)
    assert actions["redo"].isEnabled()


def test_the_context_menu_has_every_deed(desk: WatchDesk) -> None:
    assert desk.table.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    menu = QMenu()
    menu.addActions(desk.table.actions())
    offered = [it for it in menu.actions() if it.isVisible() and not it.isSeparator()]
    assert [action.text() for action in offered] == [
        "Open chart",
        "Copy rows",
        "Copy rows with titles",
        "Where does this come from?",
        "Pin",
        "Alias…",
        "Note…",
        "Move up",
        "Move down",
        "Remove",
        "Undo",
        "Redo",
        "Filter",
        "Show all rows",
        "Sort by",
        "Columns…",
        "Paste",
        "Move to list",
        "Copy to list",
        "New section",
    ]


# Selecting and opening


def test_the_selected_row_is_opened_after_a_moment(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click("EURUSD")
    qtbot.waitUntil(lambda: desk.opened == ["EURUSD"])
    assert desk.activated == []


def test_running_through_rows_opens_only_where_it_stops(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click("700.HK")
    for _ in range(3):
        desk.press(Key.Key_Down)
    qtbot.waitUntil(lambda: desk.opened == ["BTCUSDT"])
    qtbot.wait(50)
    assert desk.opened == ["BTCUSDT"]


def test_coming_back_to_the_open_row_opens_nothing(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click("AAPL.US")
    qtbot.waitUntil(lambda: desk.opened == ["AAPL.US"])
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Up)
    qtbot.wait(250)
    assert desk.opened == ["AAPL.US"]


def test_enter_opens_at_once(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click("AAPL.US")
    desk.press(Key.Key_Return)
    assert desk.opened == ["AAPL.US"]
    assert desk.activated == ["AAPL.US"]
    qtbot.wait(250)
    assert desk.opened == ["AAPL.US"]


def test_a_double_click_opens(desk: WatchDesk) -> None:
    desk.click("AAPL.US")
    centre = desk.table.visualRect(desk.table.model().index(1, 2)).center()
    QTest.mouseDClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert desk.activated == ["AAPL.US"]


def test_moving_the_selected_row_opens_nothing_anew(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click("AAPL.US")
    qtbot.waitUntil(lambda: desk.opened == ["AAPL.US"])
    desk.press(Key.Key_Up, ALT)
    qtbot.wait(250)
    assert desk.opened == ["AAPL.US"]


def test_select_by_program(desk: WatchDesk) -> None:
    assert desk.panel.selected() is None
    assert desk.panel.select(key("BTCUSDT"))
    assert desk.panel.selected() == key("BTCUSDT")
    assert not desk.panel.select(key("FOO"))
    assert desk.panel.selected() == key("BTCUSDT")


# Copying


def test_ctrl_c_copies_the_selected_rows_as_a_table(desk: WatchDesk) -> None:
    row = desk.tick("700.HK", "612.500")
    row.volume = 12_345_678.0
    desk.book("700.HK", "612.400", "612.600")
    desk.click("EURUSD")
    desk.click("700.HK", CONTROL)
    desk.press(Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in lines] == ["700.HK", "EURUSD"]
    cells = lines[0].split("\t")
    assert len(cells) == 13
    assert cells[1:3] == ["Tencent", "612.500"]
    assert cells[5:7] == ["612.400", "612.600"]
    assert cells[9] == "12345678"
    assert lines[1].split("\t")[2] == ""


def test_copied_rows_can_be_pasted_into_the_box(desk: WatchDesk) -> None:
    desk.press(Key.Key_A, CONTROL)
    desk.press(Key.Key_C, CONTROL)
    desk.press(Key.Key_Delete)
    desk.box.setFocus()
    QTest.keyClick(desk.box, Key.Key_V, CONTROL)
    QTest.keyClick(desk.box, Key.Key_Return)
    assert desk.rows() == list(CODES)


# What scripts and screen readers get


def test_state_has_all_rows_also_those_out_of_sight(qtbot: QtBot) -> None:
    desk = WatchDesk(qtbot, tuple(f"{n}.HK" for n in range(100))).show(qtbot)
    desk.book("99.HK", "1.10", "1.20")
    desk.tick("99.HK", "1.15").state = RowState.LIVE
    read = desk.panel.state()
    assert len(read) == 100
    assert read[99]["Code"] == "99.HK"
    assert (read[99]["Last"], read[99]["Bid"], read[99]["State"]) == ("1.15", "1.10", "Live")
    assert read[0]["Last"] == "—"


def test_a_bad_book_keeps_the_prices_and_is_counted(desk: WatchDesk) -> None:
    desk.book("700.HK", "1.10", "1.20")
    desk.frame()
    desk.book("700.HK", "bad", "")
    assert desk.frame() == 1
    assert len(desk.bad) == 1
    assert desk.panel.state()[0]["Bid"] == "1.10"


def test_chinese_shows_chinese_names(qtbot: QtBot) -> None:
    desk = WatchDesk(qtbot, lang="zh_CN").show(qtbot)
    assert desk.panel.state()[0]["Name"] == "腾讯控股"
    desk.panel.set_language("en")
    assert desk.panel.state()[0]["Name"] == "Tencent"


def accessible(widget: QWidget) -> "tuple[str, QAccessible.Role]":
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name), interface.role()


def test_every_widget_has_a_name_for_a_screen_reader(desk: WatchDesk) -> None:
    assert accessible(desk.table) == ("Watchlist", QAccessible.Role.Table)
    assert accessible(desk.box) == ("Add symbol", QAccessible.Role.EditableText)
    names = {accessible(button)[0] for button in desk.panel.findChildren(QToolButton)}
    scrolling = {"Scroll Left", "Scroll Right"}  # Qt's own, for more tabs than there is room for
    own = {"Add", "Filter", "Move up", "Move down", "Remove", "New list", "All lists"}
    assert names == own | scrolling
    for widget in (desk.panel, desk.table, desk.box, *desk.panel.findChildren(QToolButton)):
        assert widget.objectName()


def test_a_screen_reader_can_walk_the_cells(desk: WatchDesk) -> None:
    desk.tick("700.HK", "612.500")
    table = QAccessible.queryAccessibleInterface(desk.table)
    spoken = [table.child(n).text(QAccessible.Text.Name) for n in range(table.childCount())]
    wide = len(COLUMNS) + 1  # Qt counts the hidden header of the rows
    assert spoken[1:6] == ["Code", "Name", "Last", "Change", "Change %"]
    assert spoken[wide + 1 : wide + 5] == ["700.HK", "Tencent", "612.500", "not known"]
    told = table.child(wide + 1).text(QAccessible.Text.Description)
    assert told.startswith("Tencent, 612.500, Waiting.")


def test_the_words_follow_the_language(desk: WatchDesk) -> None:
    desk.panel.actions_["remove"].setText("…")
    QApplication.sendEvent(desk.panel, QEvent(QEvent.Type.LanguageChange))
    assert desk.panel.actions_["remove"].text() == "Remove"


def test_tab_leads_from_the_box_to_the_table(desk: WatchDesk) -> None:
    desk.box.setFocus()
    for _ in range(8):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        if desk.table.hasFocus():
            break
    assert desk.table.hasFocus()
