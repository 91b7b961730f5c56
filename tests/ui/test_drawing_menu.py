"""What a double click and the menus do to what was drawn."""

import pytest
from drawdesk import NONE, DrawDesk
from drawnkinds import BODIES, CENTRE, drawn
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alltick_desk.model.drawings import Kind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


def test_a_double_click_types_a_text_anew(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TEXT)
    QTest.mouseDClick(desk.surface, Qt.MouseButton.LeftButton, NONE, desk.place(BODIES[Kind.TEXT]))
    desk.type("Other")
    QTest.keyClick(desk.box(), Qt.Key.Key_Return)
    assert desk.only.style.text == "Other"
    QTest.mouseDClick(desk.surface, Qt.MouseButton.LeftButton, NONE, desk.place(BODIES[Kind.TEXT]))
    QTest.keyClick(desk.box(), Qt.Key.Key_Delete)
    QTest.keyClick(desk.box(), Qt.Key.Key_Return)
    assert desk.board.drawings == (), "a text of nothing is none"


def test_a_double_click_on_a_line_asks_for_its_style(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    QTest.mouseDClick(desk.surface, Qt.MouseButton.LeftButton, NONE, desk.place(BODIES[Kind.TREND]))
    dialog = desk.drawings._dialog
    assert dialog is not None
    dialog.reject()
    assert desk.drawings._dialog is None


def test_the_menu_offers_what_can_be_done(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    assert "remove" not in desk.menu(CENTRE)
    assert "remove_all" in desk.menu(CENTRE)
    offered = desk.menu(BODIES[Kind.TREND])
    assert desk.board.selection == {desk.only.id}
    assert {"style", "duplicate", "lock", "hide", "front", "back", "remove"} <= set(offered)
    assert "text" not in offered
    offered["remove"].trigger()
    assert desk.board.drawings == ()
    assert desk.menu(CENTRE) == {}


def test_hidden_ones_are_shown_again(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    shown = desk.picture()
    desk.menu(BODIES[Kind.TREND])["hide"].trigger()
    assert desk.only.hidden
    assert desk.board.selection == frozenset()
    assert desk.picture() != shown
    desk.menu(CENTRE)["show_all"].trigger()
    assert not desk.only.hidden


def test_order_can_be_changed(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    one = desk.draw(Kind.TREND, (0.1, 0.2), (0.3, 0.3))
    other = desk.draw(Kind.TREND, (0.1, 0.6), (0.3, 0.7))
    desk.menu((0.2, 0.25))["front"].trigger()
    assert desk.board.drawings == (other, one)
    desk.action("back").trigger()
    assert desk.board.drawings == (one, other)


def test_all_are_locked_hidden_and_removed_at_once(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    for share in (0.2, 0.4, 0.6):
        desk.draw(Kind.HORIZONTAL, (0.5, share))
    before = desk.board.drawings
    desk.action("lock_all").trigger()
    assert all(it.locked for it in desk.board.drawings)
    assert not desk.action("remove_all").isEnabled()
    desk.action("lock_all").trigger()
    assert not any(it.locked for it in desk.board.drawings)
    desk.action("hide_all").trigger()
    assert all(it.hidden for it in desk.board.drawings)
    desk.action("show_all").trigger()
    desk.action("remove_all").trigger()
    assert desk.board.drawings == ()
    assert desk.messages == ["Drawings removed: 3. Undo brings them back."]
    desk.action("undo").trigger()
    assert desk.board.drawings == before
