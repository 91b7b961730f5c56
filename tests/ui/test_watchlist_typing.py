"""The panel's box as a person uses it: typed, chosen from what matches, pasted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from watchdesk import CODES, WatchDesk, enter, key, push

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier

# The list under the box is a window of its own; the offscreen platform cannot do all of that.
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    return WatchDesk(qtbot).show(qtbot)


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


def test_an_unclear_beginning_means_the_first_match(desk: WatchDesk) -> None:
    QTest.keyClicks(desk.box, "BA")
    popup = desk.matches()
    assert popup.isVisible()
    assert popup.currentIndex().row() == 0
    QTest.keyClick(desk.box, Key.Key_Return)
    assert desk.rows()[-1] == "BAC.US"


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


def test_copied_rows_can_be_pasted_into_the_box(desk: WatchDesk) -> None:
    desk.press(Key.Key_A, CONTROL)
    desk.press(Key.Key_C, CONTROL)
    desk.press(Key.Key_Delete)
    desk.box.setFocus()
    QTest.keyClick(desk.box, Key.Key_V, CONTROL)
    QTest.keyClick(desk.box, Key.Key_Return)
    assert desk.rows() == list(CODES)
