"""Sorting, filtering and sections in the table, by mouse and keys."""

import sys
from collections import Counter
from types import FrameType

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from watchdesk import CODES, WatchDesk, colours, key

from alltick_desk.model.lists import Place
from alltick_desk.services.quotes import RowState
from alltick_desk.ui.theme import make_theme
from alltick_desk.ui.watchlist.arrangement import Sorting
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.view import WatchlistView

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PRICES = {"700.HK": "612.500", "AAPL.US": "9.5", "EURUSD": "1.08", "BTCUSDT": "65000.1"}


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> WatchDesk:
    monkeypatch.setattr("alltick_desk.ui.watchlist.live_order.EVERY_MS", 20)
    desk = WatchDesk(qtbot).show(qtbot)
    outside(desk)
    for code, price in PRICES.items():
        desk.tick(code, price)
        desk.row(code).previous_close = 10.0
    desk.live()
    return desk


def view(desk: WatchDesk) -> WatchlistView:
    table = desk.table
    assert isinstance(table, WatchlistView)
    return table


def outside(desk: WatchDesk) -> None:
    """Take the pointer away from the table."""
    QTest.mouseMove(desk.box, QPoint(5, 5))


def over(desk: WatchDesk) -> None:
    """Bring the pointer over the table, below its rows."""
    QTest.mouseMove(desk.table.viewport(), QPoint(40, desk.table.viewport().height() - 5))


# Sorting


def test_clicks_on_a_title_sort_by_value_and_come_back_to_the_own_order(desk: WatchDesk) -> None:
    desk.click_title("Last")
    assert desk.shown() == ["BTCUSDT", "700.HK", "AAPL.US", "EURUSD"]
    desk.click_title("Last")
    assert desk.shown() == ["EURUSD", "AAPL.US", "700.HK", "BTCUSDT"]
    desk.click_title("Last")
    assert desk.shown() == desk.rows() == list(CODES)
    desk.click_title("Code")
    assert desk.shown() == ["700.HK", "AAPL.US", "BTCUSDT", "EURUSD"]
    assert desk.rows() == list(CODES)
    assert not desk.watchlist.can_undo


def test_the_sorted_title_has_an_arrow(desk: WatchDesk) -> None:
    header = desk.table.horizontalHeader()
    accent = make_theme(dark=False).accent.name()
    assert accent not in colours(header.grab().toImage())
    desk.click_title("Last")
    falling = header.grab().toImage()
    assert accent in colours(falling)
    desk.click_title("Last")
    assert header.grab().toImage() != falling


def test_a_sorted_table_follows_the_values_after_a_moment(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click_title("Last")
    outside(desk)
    desk.tick("EURUSD", "70000.0")
    desk.frame()
    assert desk.shown()[0] == "BTCUSDT"
    qtbot.waitUntil(lambda: desk.shown()[0] == "EURUSD")


def test_nothing_moves_under_the_pointer_and_a_sign_tells_it(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click_title("Last")
    over(desk)
    desk.tick("EURUSD", "70000.0")
    desk.frame()
    qtbot.wait(60)
    assert desk.shown()[0] == "BTCUSDT"
    warn = make_theme(dark=False).warn.name()
    assert warn in colours(desk.table.horizontalHeader().grab().toImage())
    outside(desk)
    assert desk.shown()[0] == "EURUSD"
    assert warn not in colours(desk.table.horizontalHeader().grab().toImage())


def test_nothing_moves_while_the_keyboard_walks_the_rows(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click_title("Last")
    outside(desk)
    desk.table.setFocus()
    desk.press(Key.Key_Down)
    assert view(desk).held()
    desk.tick("EURUSD", "70000.0")
    desk.frame()
    qtbot.wait(60)
    assert desk.shown()[0] == "BTCUSDT"
    desk.box.setFocus()
    assert desk.shown()[0] == "EURUSD"


def test_sorted_once_the_order_stays(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.panel.choices.sort(Sorting("last", descending=True, live=False))
    outside(desk)
    desk.tick("EURUSD", "70000.0")
    desk.frame()
    qtbot.wait(60)
    assert desk.shown() == ["BTCUSDT", "700.HK", "AAPL.US", "EURUSD"]
    desk.watchlist.add([key("9988.HK")], 0)
    assert desk.shown() == ["BTCUSDT", "700.HK", "AAPL.US", "EURUSD", "9988.HK"]
    desk.panel.choices.sort(Sorting("last", descending=False, live=False))
    assert desk.shown()[0] == "AAPL.US"


def test_the_selection_stays_with_its_row(desk: WatchDesk) -> None:
    desk.click("EURUSD")
    desk.click("700.HK", CONTROL)
    desk.click_title("Last")
    assert desk.selected_rows() == ["700.HK", "EURUSD"]


def test_rows_of_a_sorted_table_are_not_moved_by_hand_and_it_is_said(desk: WatchDesk) -> None:
    desk.click_title("Last")
    desk.click("EURUSD")
    desk.press(Key.Key_Up, ALT)
    assert desk.rows() == list(CODES)
    assert "sorted by “Last”" in desk.messages[-1]
    assert "Own order" in desk.messages[-1]


def test_the_menu_sorts_without_a_mouse(desk: WatchDesk) -> None:
    menu = desk.panel.actions_.sort_menu.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    of_last = menu.findChild(QMenu, "watchlist.sort.last")
    assert of_last is not None
    deed(of_last, "rising").trigger()
    assert desk.shown()[0] == "EURUSD"
    menu.aboutToShow.emit()
    deed(menu, "live").trigger()
    assert desk.watchlist.lists.shown.extra["sorting"] == "last up once"
    menu.aboutToShow.emit()
    assert not deed(menu, "live").isChecked()
    deed(menu, "own").trigger()
    assert desk.shown() == list(CODES)


def deed(menu: QMenu, name: str) -> QAction:
    return next(it for it in menu.actions() if it.objectName() == f"watchlist.columns.{name}")


# The filter


def bar(desk: WatchDesk) -> QWidget:
    return desk.child(QWidget, "watchlist.filtering")


def filter_box(desk: WatchDesk) -> QLineEdit:
    return desk.child(QLineEdit, "watchlist.filter")


def type_filter(desk: WatchDesk, qtbot: QtBot, text: str, *, shows: list[str]) -> None:
    desk.press(Key.Key_F, CONTROL)
    assert filter_box(desk).hasFocus()
    QTest.keyClicks(filter_box(desk), text)
    qtbot.waitUntil(lambda: desk.shown() == shows)


def test_ctrl_f_filters_while_typing_and_tells_how_much_is_shown(
    desk: WatchDesk, qtbot: QtBot
) -> None:
    type_filter(desk, qtbot, "usd", shows=["EURUSD", "BTCUSDT"])
    assert desk.child(QLabel, "watchlist.count").text() == "2 of 4 shown"
    assert desk.rows() == list(CODES)
    assert len(desk.panel.state()) == 4
    assert [shown.code for shown in desk.panel.visible_keys()] == ["EURUSD", "BTCUSDT"]
    QTest.keyClick(filter_box(desk), Key.Key_Escape)
    assert desk.shown() == list(CODES)
    assert not bar(desk).isVisible()
    assert desk.table.hasFocus()


def test_escape_in_the_table_and_the_button_lead_out_too(desk: WatchDesk, qtbot: QtBot) -> None:
    type_filter(desk, qtbot, "usd", shows=["EURUSD", "BTCUSDT"])
    QTest.keyClick(filter_box(desk), Key.Key_Return)
    assert desk.table.hasFocus()
    assert desk.panel.selected() == key("EURUSD")
    desk.press(Key.Key_Escape)
    assert desk.shown() == list(CODES)
    type_filter(desk, qtbot, "apple", shows=["AAPL.US"])
    QTest.mouseClick(desk.child(QToolButton, "watchlist.showAll"), LEFT)
    assert desk.shown() == list(CODES)


def test_nothing_found_says_how_to_get_out(desk: WatchDesk, qtbot: QtBot) -> None:
    type_filter(desk, qtbot, "zzz", shows=[])
    assert "Esc" in view(desk).hint
    QTest.keyClick(filter_box(desk), Key.Key_Escape)
    assert "Ctrl+K" in view(desk).hint


def pick(desk: WatchDesk, kind: str, word: str) -> None:
    menu = desk.child(QPushButton, f"watchlist.filter.{kind}").menu()
    menu.aboutToShow.emit()
    next(it for it in menu.actions() if it.text() == word).trigger()


def test_market_state_and_movement_are_chosen_from_menus(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.press(Key.Key_F, CONTROL)
    pick(desk, "movements", "Up")
    assert desk.shown() == ["700.HK", "BTCUSDT"]
    pick(desk, "markets", "Crypto")
    assert desk.shown() == ["BTCUSDT"]
    button = desk.child(QPushButton, "watchlist.filter.markets")
    assert button.text() == "Market: Crypto"
    pick(desk, "markets", "Crypto")
    pick(desk, "movements", "Up")
    desk.row("EURUSD").state = RowState.STALE
    pick(desk, "states", "Stale")
    assert desk.shown() == ["EURUSD"]
    outside(desk)
    desk.row("EURUSD").state = RowState.LIVE
    desk.row("700.HK").state = RowState.STALE
    desk.panel.refresh(desk.watchlist.rows)
    qtbot.waitUntil(lambda: desk.shown() == ["700.HK"])


def test_a_move_by_hand_goes_past_the_next_row_that_is_shown(desk: WatchDesk, qtbot: QtBot) -> None:
    type_filter(desk, qtbot, "u", shows=["AAPL.US", "EURUSD", "BTCUSDT"])
    desk.table.setFocus()
    desk.click("BTCUSDT")
    desk.press(Key.Key_Up, ALT)
    desk.press(Key.Key_Up, ALT)
    assert desk.rows() == ["700.HK", "BTCUSDT", "AAPL.US", "EURUSD"]
    desk.press(Key.Key_Up, ALT)
    assert desk.rows() == ["700.HK", "BTCUSDT", "AAPL.US", "EURUSD"]
    desk.press(Key.Key_Down, ALT)
    assert desk.rows() == ["700.HK", "AAPL.US", "BTCUSDT", "EURUSD"]


def test_what_is_added_while_a_filter_hides_it_is_shown(desk: WatchDesk, qtbot: QtBot) -> None:
    type_filter(desk, qtbot, "apple", shows=["AAPL.US"])
    desk.panel.add_codes(["9988.HK"])
    assert desk.shown() == [*CODES, "9988.HK"]
    assert desk.panel.selected() == key("9988.HK")
    assert not bar(desk).isVisible()


def test_removing_a_row_of_a_filtered_table_selects_the_next_one_shown(
    desk: WatchDesk, qtbot: QtBot
) -> None:
    type_filter(desk, qtbot, "us", shows=["AAPL.US", "EURUSD", "BTCUSDT"])
    desk.table.setFocus()
    desk.click("AAPL.US")
    desk.press(Key.Key_Delete)
    assert desk.rows() == ["700.HK", "EURUSD", "BTCUSDT"]
    assert desk.panel.selected() == key("EURUSD")


def test_a_filter_over_thousands_of_rows_keeps_the_selection(qtbot: QtBot) -> None:
    desk = WatchDesk(qtbot, tuple(f"{number}.HK" for number in range(3000))).show(qtbot)
    desk.panel.select(key("1500.HK"))
    type_filter(desk, qtbot, "500.hk", shows=["500.HK", "1500.HK", "2500.HK"])
    assert desk.selected_rows() == ["1500.HK"]
    QTest.keyClick(filter_box(desk), Key.Key_Escape)
    assert desk.selected_rows() == ["1500.HK"]
    assert len(desk.shown()) == 3000


def test_a_selection_of_thousands_is_carried_over_at_once(qtbot: QtBot) -> None:
    desk = WatchDesk(qtbot, tuple(f"{number}.HK" for number in range(2000))).show(qtbot)
    desk.press(Key.Key_A, CONTROL)
    asked: Counter[str] = Counter()

    def notice(frame: FrameType, event: str, _arg: object) -> None:
        if event == "call":
            asked[frame.f_code.co_name] += 1

    sys.setprofile(notice)
    try:
        desk.panel.choices.show(("code", "last"))
    finally:
        sys.setprofile(None)
    assert asked["columnCount"] > 0, "the table was read anew"
    assert asked["flags"] < 100, "Qt did not ask about every row"
    assert desk.titles() == ["Code", "Last"]
    assert len(desk.panel.edits.selected_keys()) == 2000


def test_another_list_is_shown_without_the_filter(desk: WatchDesk, qtbot: QtBot) -> None:
    type_filter(desk, qtbot, "usd", shows=["EURUSD", "BTCUSDT"])
    desk.watchlist.lists.add_list("Other")
    desk.watchlist.add([key("9988.HK")])
    assert desk.shown() == ["9988.HK"]
    assert not bar(desk).isVisible()


def test_a_hidden_table_is_sorted_when_it_is_shown_again(desk: WatchDesk, qtbot: QtBot) -> None:
    desk.click_title("Last")
    outside(desk)
    arranged: list[None] = []
    model = desk.table.model()
    assert isinstance(model, WatchlistModel)
    desk.panel.hide()
    following = model.arranged.connect(lambda: arranged.append(None))
    desk.tick("EURUSD", "99999999")
    desk.frame()
    qtbot.wait(60)  # three times as long as between two sortings here
    assert arranged == []
    desk.panel.show()
    qtbot.waitUntil(lambda: desk.shown()[0] == "EURUSD")
    following.disconnect()


# Sections


@pytest.fixture
def sections(desk: WatchDesk) -> WatchDesk:
    desk.watchlist.lists.add_section("Currencies", Place(0, 2))
    return desk


def test_a_heading_stands_above_its_rows_and_folds_by_mouse(sections: WatchDesk) -> None:
    desk = sections
    assert desk.shown() == ["700.HK", "AAPL.US", "Currencies", "EURUSD", "BTCUSDT"]
    heading = desk.table.visualRect(desk.table.model().index(2, 0))
    QTest.mouseClick(desk.table.viewport(), LEFT, pos=heading.topLeft() + QPoint(10, 10))
    assert desk.shown() == ["700.HK", "AAPL.US", "Currencies"]
    assert not desk.watchlist.can_redo
    middle = QPoint(300, heading.center().y())
    QTest.mouseDClick(desk.table.viewport(), LEFT, pos=middle)
    assert desk.shown()[-1] == "BTCUSDT"
    assert desk.activated == []


def test_a_heading_folds_by_keys(sections: WatchDesk) -> None:
    desk = sections
    desk.click("AAPL.US")
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Left)
    assert desk.shown() == ["700.HK", "AAPL.US", "Currencies"]
    assert desk.table.currentIndex().row() == 2
    desk.press(Key.Key_Right)
    assert len(desk.shown()) == 5
    desk.press(Key.Key_Return)
    assert len(desk.shown()) == 3
    assert desk.panel.selected() is None


def test_sections_are_sorted_for_themselves(sections: WatchDesk) -> None:
    sections.click_title("Last")
    assert sections.shown() == ["700.HK", "AAPL.US", "Currencies", "BTCUSDT", "EURUSD"]


def test_a_heading_is_no_row(sections: WatchDesk) -> None:
    desk = sections
    desk.press(Key.Key_A, CONTROL)
    assert desk.panel.edits.selected_keys() == [key(code) for code in CODES]
    desk.press(Key.Key_Delete)
    assert desk.rows() == []
    assert desk.shown() == ["Currencies"]


def test_a_screen_reader_hears_the_heading(sections: WatchDesk) -> None:
    model = sections.table.model()
    said = model.index(2, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said == "Section Currencies, 2 rows."
    table = QAccessible.queryAccessibleInterface(sections.table)
    assert table.child(3 * 14 + 1).text(QAccessible.Text.Name) == "Currencies"
