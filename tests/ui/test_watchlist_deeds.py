"""What a person does with rows: remove, move, undo, and the menu of it all."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from watchdesk import CODES, WatchDesk, key, push

from alltick_desk.services.quotes import RowState

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

# The list under the box is a window of its own; the offscreen platform cannot do all of that.
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    return WatchDesk(qtbot).show(qtbot)


def test_del_removes_and_selects_what_follows(desk: WatchDesk) -> None:
    desk.click("AAPL.US")
    desk.press(Key.Key_Delete)
    assert desk.rows() == ["700.HK", "EURUSD", "BTCUSDT"]
    assert desk.panel.selected() == key("EURUSD")
    assert desk.messages == ["AAPL.US removed."]


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


def test_a_pin_promises_nothing_that_the_vendor_refuses(desk: WatchDesk) -> None:
    desk.live()
    desk.row("AAPL.US").state = RowState.NOT_IN_PLAN
    desk.row("EURUSD").state = RowState.UNKNOWN_CODE
    desk.click("AAPL.US")
    desk.press(Key.Key_Space)
    refused = "Pinned, but refused by the vendor: {}. The state's tip tells why."
    assert desk.messages == [refused.format("AAPL.US")]
    desk.press(Key.Key_Space)
    desk.press(Key.Key_A, CONTROL)
    desk.press(Key.Key_Space)
    able = "700.HK, BTCUSDT pinned: live first, however full the plan is."
    assert desk.messages[1:] == [
        "AAPL.US no longer pinned.",
        f"{able} {refused.format('AAPL.US, EURUSD')}",
    ]


def test_thousands_of_rows_come_and_go_in_one_selection(desk: WatchDesk) -> None:
    codes = [f"C{number:04}.US" for number in range(2_000)]
    told: list[int] = []
    desk.table.selectionModel().selectionChanged.connect(
        lambda: told.append(len(desk.panel.edits.selected_keys()))
    )
    assert desk.panel.edits.select([key("AAPL.US"), key("BTCUSDT")])
    assert told == [2]
    assert desk.selected_rows() == ["AAPL.US", "BTCUSDT"]
    assert desk.panel.selected() == key("AAPL.US")
    told.clear()
    desk.panel.add_codes(codes)
    assert desk.panel.edits.select([*map(key, codes)])
    desk.press(Key.Key_Delete)
    assert desk.rows() == list(CODES)
    told.clear()
    desk.press(Key.Key_Z, CONTROL)
    assert told == [2_000]
    assert [its.code for its in desk.panel.edits.selected_keys()] == codes


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


def test_both_enter_keys_open_the_chart_and_the_menu_says_so(desk: WatchDesk) -> None:
    assert desk.panel.actions_["open"].shortcut().toString() == "Enter"
    desk.click("AAPL.US")
    for enter in (Key.Key_Return, Key.Key_Enter):
        desk.press(enter)
    assert desk.activated == ["AAPL.US", "AAPL.US"]
    assert desk.panel.actions_["open"].toolTip().endswith("(Enter, Return)")


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
