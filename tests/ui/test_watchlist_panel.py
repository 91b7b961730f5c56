"""The panel as a person uses it: rows opened and copied, words, screen reader."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from watchdesk import WatchDesk, key

from alltick_desk.services.quotes import RowState
from alltick_desk.ui.watchlist.columns import COLUMNS

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier

# The list under the box is a window of its own; the offscreen platform cannot do all of that.
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    return WatchDesk(qtbot).show(qtbot)


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
    assert spoken[wide + 1 : wide + 5] == [
        "Code 700.HK, Waiting.",
        "Name Tencent, Waiting.",
        "Last 612.500, Waiting.",
        "Change not known, Waiting.",
    ]
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
