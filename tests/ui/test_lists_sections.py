"""Sections in the table: made, named, moved, folded and deleted, by keys and menus."""

import pytest
from listhands import CONTROL, NONE, ListDesk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from watchdesk import CODES, enter, key

from alltick_desk.ui.watchlist.arrangement import Sorting

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot) -> ListDesk:
    return ListDesk(qtbot)


def test_selected_rows_come_under_a_heading_of_their_own(desk: ListDesk) -> None:
    desk.select("700.HK", "EURUSD")
    desk.press(Key.Key_G, CONTROL)
    field = desk.field()
    assert field is not None
    assert field.text() == "Section 1"
    desk.write("科技")
    assert desk.shown() == ["AAPL.US", "BTCUSDT", "科技", "700.HK", "EURUSD"]
    assert desk.panel.lists.sections.heading() is not None  # and is selected
    assert desk.panel.actions_["undo"].text() == "Undo: add the section “科技”"
    desk.press(Key.Key_Z, CONTROL)
    assert desk.shown() == list(CODES)
    assert desk.panel.actions_["redo"].text() == "Redo: add the section “科技”"
    assert desk.panel.actions_["undo"].text() == "Undo: rename the list “Watchlist”"


def test_a_section_can_be_made_in_an_empty_list_and_be_given_up(desk: ListDesk) -> None:
    desk.lists.add_list("Empty")
    desk.press(Key.Key_G, CONTROL)
    desk.write("Later", Key.Key_Escape)
    assert desk.shown() == []
    desk.press(Key.Key_G, CONTROL)
    desk.write("Later")
    assert desk.shown() == ["Later"]


def test_two_sections_of_one_name_are_told_apart(desk: ListDesk) -> None:
    for code in ("700.HK", "AAPL.US"):
        desk.select(code)
        desk.press(Key.Key_G, CONTROL)
        desk.write("Same")
    assert desk.shown() == ["EURUSD", "BTCUSDT", "Same (2)", "AAPL.US", "Same", "700.HK"]


def test_f2_names_the_heading_and_the_rows_as_before(desk: ListDesk) -> None:
    desk.sections("Tech")
    desk.on("Tech")
    desk.press(Key.Key_F2)
    field = desk.field()
    assert field is not None
    height = desk.table.verticalHeader().defaultSectionSize()
    assert field.y() <= desk.line("Tech").y() <= field.y() + field.height()
    assert field.height() <= height + 8
    desk.write("Big ones")
    assert desk.shown() == ["700.HK", "Big ones", "AAPL.US", "EURUSD", "BTCUSDT"]
    assert desk.table.hasFocus()
    desk.on("AAPL.US")
    desk.press(Key.Key_F2)
    assert desk.field() is None  # the alias has its own


def test_del_takes_the_heading_and_leaves_its_rows(desk: ListDesk) -> None:
    desk.sections("Tech", "More")
    desk.on("Tech")
    desk.press(Key.Key_Delete)
    assert desk.shown() == ["700.HK", "AAPL.US", "More", "EURUSD", "BTCUSDT"]
    told = "The heading “Tech” is deleted, its rows stay."
    assert desk.messages == [told]
    desk.press(Key.Key_Z, CONTROL)
    assert desk.shown() == ["700.HK", "Tech", "AAPL.US", "More", "EURUSD", "BTCUSDT"]


def test_shift_del_takes_the_section_with_its_rows(desk: ListDesk) -> None:
    desk.sections("Tech", "More")
    desk.on("More")
    desk.press(Key.Key_Delete, SHIFT)
    assert desk.shown() == ["700.HK", "Tech", "AAPL.US"]
    told = "The section “More” is deleted with its rows (2)."
    assert desk.messages == [told]
    desk.press(Key.Key_Z, CONTROL)
    assert desk.shown()[-3:] == ["More", "EURUSD", "BTCUSDT"]


def test_shift_del_does_nothing_to_rows(desk: ListDesk) -> None:
    desk.sections("Tech")
    desk.on("AAPL.US")
    desk.press(Key.Key_Delete, SHIFT)
    assert desk.shown() == ["700.HK", "Tech", "AAPL.US", "EURUSD", "BTCUSDT"]


def test_alt_and_arrows_move_the_section_and_keep_it_in_hand(desk: ListDesk) -> None:
    desk.sections("One", "Two", "Three")
    desk.on("One")
    desk.press(Key.Key_Down, ALT)
    assert desk.shown() == ["700.HK", "Two", "EURUSD", "One", "AAPL.US", "Three", "BTCUSDT"]
    desk.press(Key.Key_Down, ALT)
    desk.press(Key.Key_Down, ALT)  # it is the last one already
    assert desk.shown() == ["700.HK", "Two", "EURUSD", "Three", "BTCUSDT", "One", "AAPL.US"]
    desk.press(Key.Key_Up, ALT)
    assert desk.shown() == ["700.HK", "Two", "EURUSD", "One", "AAPL.US", "Three", "BTCUSDT"]
    heading = desk.panel.lists.sections.heading()
    assert heading is not None
    assert heading.name == "One"


def test_alt_and_arrows_move_rows_over_headings(desk: ListDesk) -> None:
    desk.sections("Tech")
    desk.on("AAPL.US")
    desk.press(Key.Key_Up, ALT)
    assert desk.shown() == ["700.HK", "AAPL.US", "Tech", "EURUSD", "BTCUSDT"]


def test_keys_fold_one_section_and_all(desk: ListDesk) -> None:
    desk.sections("Tech", "More")
    desk.on("Tech")
    desk.press(Key.Key_Left)
    assert desk.shown() == ["700.HK", "Tech", "More", "EURUSD", "BTCUSDT"]
    desk.press(Key.Key_Left, CONTROL | SHIFT)
    assert desk.shown() == ["700.HK", "Tech", "More"]
    desk.press(Key.Key_Right, CONTROL | SHIFT)
    assert desk.shown() == ["700.HK", "Tech", "AAPL.US", "More", "EURUSD", "BTCUSDT"]


def test_what_is_added_stands_at_the_end_of_the_section_of_what_is_selected(desk: ListDesk) -> None:
    desk.sections("Tech", "More")
    desk.on("AAPL.US")
    enter(desk, "9988.HK, EURJPY")
    assert desk.panel.selected() == key("9988.HK")
    assert desk.selected_rows() == ["9988.HK", "EURJPY"]
    desk.on("AAPL.US")
    enter(desk, "BAC.US")  # and pushes nothing down
    assert desk.shown() == [
        *("700.HK", "Tech", "AAPL.US", "9988.HK", "EURJPY", "BAC.US", "More", "EURUSD", "BTCUSDT"),
    ]
    desk.on("More")
    desk.press(Key.Key_Left)  # fold it
    enter(desk, "XYZ.US")
    assert desk.shown()[-4:] == ["More", "EURUSD", "BTCUSDT", "XYZ.US"]
    desk.table.clearSelection()
    enter(desk, "END.US")
    assert desk.shown()[-1] == "END.US"


def test_the_menu_moves_rows_to_a_section(desk: ListDesk) -> None:
    desk.sections("Tech", "More & more")
    desk.select("700.HK", "BTCUSDT")
    menu = desk.menu_under("move_to_section")
    assert [it.text() for it in menu.actions()] == [
        "Above all headings",
        "Tech",
        "More && more",
    ]
    desk.pick(menu, "lists.section.1")
    assert desk.shown() == ["Tech", "AAPL.US", "700.HK", "BTCUSDT", "More & more", "EURUSD"]
    desk.pick(desk.menu_under("move_to_section"), "lists.section.0")
    assert desk.shown()[:3] == ["700.HK", "BTCUSDT", "Tech"]


@pytest.mark.parametrize("copy", [False, True])
def test_the_menu_brings_rows_to_another_list(desk: ListDesk, copy: bool) -> None:
    desk.more_lists("Tech")
    desk.lists.set_alias(key("EURUSD"), "Euro")
    desk.select("EURUSD", "700.HK")
    menu = desk.menu_under("copy_to_list" if copy else "move_to_list")
    assert [it.text() for it in menu.actions() if not it.isSeparator()] == ["Tech", "New list…"]
    desk.pick(menu, f"lists.to.{desk.named('Tech')}")
    assert desk.codes("Tech") == ["700.HK", "EURUSD"]
    assert [it.alias for it in desk.lists.book.get(desk.named("Tech")).entries] == ["", "Euro"]
    assert desk.shown() == (list(CODES) if copy else ["AAPL.US", "BTCUSDT"])
    if copy:
        desk.pick(desk.menu_under("copy_to_list"), f"lists.to.{desk.named('Tech')}")
        assert desk.messages[-1] == "The list “Tech” has all of them already."


def test_rows_become_a_new_list_in_one_step(desk: ListDesk) -> None:
    desk.select("EURUSD", "BTCUSDT")
    desk.pick(desk.menu_under("move_to_list"), "lists.to.new")
    desk.write("Round the clock")
    assert desk.codes("Round the clock") == ["EURUSD", "BTCUSDT"]
    assert desk.lists.shown.name == "Main"
    assert desk.shown() == ["700.HK", "AAPL.US"]
    desk.press(Key.Key_Z, CONTROL)
    assert desk.tabs() == ["Main"]
    assert desk.shown() == list(CODES)


def test_what_cannot_be_done_is_not_offered(desk: ListDesk) -> None:
    actions = desk.panel.lists.actions
    of_heading = ("rename_section", "delete_heading", "delete_section")
    assert not any(actions[name].isVisible() for name in (*of_heading, "fold_all"))
    assert not actions["move_to_list"].isEnabled()
    assert not actions["next"].isEnabled()
    desk.sections("Tech")
    desk.more_lists("Other")
    assert actions["next"].isEnabled()
    desk.on("AAPL.US")
    assert actions["move_to_list"].isEnabled()
    assert actions["move_to_section"].isVisible()
    assert not actions["delete_heading"].isVisible()
    desk.on("Tech")
    assert all(actions[name].isVisible() for name in of_heading)
    assert actions["move_to_list"].isEnabled()  # the section as a whole
    assert not actions["move_to_section"].isEnabled()
    desk.table.clearSelection()
    assert not actions["move_to_list"].isEnabled()


def test_the_menu_moves_a_section_to_another_list(desk: ListDesk) -> None:
    desk.sections("Tech", "More")
    desk.more_lists("Other")
    actions = desk.panel.lists.actions
    assert actions["move_to_list"].text() == "Move to list"
    desk.on("Tech")
    assert actions["move_to_list"].text() == "Move section to list"
    assert actions["copy_to_list"].text() == "Copy section to list"
    assert actions["move_to_list"] in desk.table.actions()  # which its menu is made of
    other = f"lists.to.{desk.named('Other')}"
    desk.pick(desk.menu_under("copy_to_list"), other)
    assert desk.shown() == ["700.HK", "Tech", "AAPL.US", "More", "EURUSD", "BTCUSDT"]
    assert desk.messages[-1] == "Tech copied to “Other”."
    desk.on("More")
    desk.pick(desk.menu_under("move_to_list"), other)
    assert desk.shown() == ["700.HK", "Tech", "AAPL.US"]
    desk.lists.show(desk.named("Other"))
    assert desk.shown() == ["Tech", "AAPL.US", "More", "EURUSD", "BTCUSDT"]
    desk.lists.undo()
    assert desk.shown()[-3:] == ["More", "EURUSD", "BTCUSDT"]  # where they came from


def test_a_section_becomes_a_list_of_its_own(desk: ListDesk) -> None:
    desk.sections("Tech")
    desk.on("Tech")
    desk.press(Key.Key_Left)  # folded or not
    desk.pick(desk.menu_under("move_to_list"), "lists.to.new")
    desk.write("Chips")
    assert desk.shown() == ["700.HK"]
    assert desk.tabs() == ["Main", "Chips"]
    assert desk.messages[-1] == "Tech moved to “Chips”."
    desk.lists.show(desk.named("Chips"))
    desk.press(Key.Key_Right, CONTROL | SHIFT)
    assert desk.shown() == ["Tech", "AAPL.US", "EURUSD", "BTCUSDT"]


def test_a_new_section_stands_where_its_rows_stood(desk: ListDesk) -> None:
    desk.sections("All")
    desk.watchlist.add(key(f"C{n:02}") for n in range(40))
    desk.select("AAPL.US", "EURUSD")
    desk.press(Key.Key_G, CONTROL)
    desk.write("Top")
    assert desk.shown()[:6] == ["700.HK", "Top", "AAPL.US", "EURUSD", "All", "BTCUSDT"]
    assert desk.messages == []


def test_a_section_below_the_loose_rows_says_why_and_is_in_sight(desk: ListDesk) -> None:
    desk.watchlist.add(key(f"C{n:02}") for n in range(40))
    desk.messages.clear()
    desk.select("AAPL.US", "EURUSD")
    desk.press(Key.Key_G, CONTROL)
    desk.write("Mine")
    assert desk.shown()[-3:] == ["Mine", "AAPL.US", "EURUSD"]
    told = (
        "“Mine” stands below the rows without a section: they are always above the first heading."
    )
    assert desk.messages == [told]
    seen = desk.table.viewport().rect()
    height = desk.table.verticalHeader().defaultSectionSize()
    assert desk.line("EURUSD").y() + height // 2 <= seen.bottom() + 1
    heading = desk.panel.lists.sections.heading()
    assert heading is not None
    assert heading.name == "Mine"


def test_a_section_is_made_of_a_sorted_and_filtered_table_too(desk: ListDesk) -> None:
    desk.panel.choices.sort(Sorting("code", True))
    assert desk.shown() == ["EURUSD", "BTCUSDT", "AAPL.US", "700.HK"]
    desk.select("AAPL.US", "EURUSD")
    desk.press(Key.Key_G, CONTROL)
    desk.write("Mine")
    assert desk.rows() == ["700.HK", "BTCUSDT", "AAPL.US", "EURUSD"]
    assert desk.shown() == ["BTCUSDT", "700.HK", "Mine", "EURUSD", "AAPL.US"]


def test_the_name_is_written_where_the_row_stands_after_scrolling(desk: ListDesk) -> None:
    desk.lists.add_list("Long")
    desk.watchlist.add(key(f"C{n:03}") for n in range(200))
    desk.select("C150")
    desk.press(Key.Key_G, CONTROL)
    field = desk.field()
    assert field is not None
    assert abs(field.geometry().center().y() - desk.line("C150").y()) <= 3
    QTest.keyClick(field, Key.Key_Escape, NONE)
    assert desk.table.hasFocus()
