"""Columns: their words, their sets, the chooser, and the header under the mouse."""

from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from watchdesk import WatchDesk, key

from alltick_desk.ui.theme import figures_font
from alltick_desk.ui.watchlist.column_choice import (
    FIRST,
    NARROWEST,
    OFFERED,
    WIDEST,
    ColumnChoice,
    read_columns,
    write_columns,
)
from alltick_desk.ui.watchlist.column_sets import BUILT_IN, LONGEST_NAME, own_sets
from alltick_desk.ui.watchlist.columns import COLUMNS

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
T = TypeVar("T", bound=QWidget)
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    return WatchDesk(qtbot).show(qtbot)


# The words they are kept in

_IDS = st.lists(st.sampled_from(list(OFFERED)), unique=True, min_size=1).map(tuple)
_DIGITS = st.integers(100, round(100 * WIDEST)).map(lambda hundredths: hundredths / 100)
_WIDTHS = st.dictionaries(st.sampled_from(list(OFFERED)), _DIGITS, max_size=6)
_PIXELS = st.dictionaries(st.sampled_from(list(OFFERED)), st.integers(12, 4_000), max_size=6)


@given(_IDS, _WIDTHS, _PIXELS)
def test_a_choice_survives_its_words(
    ids: tuple[str, ...], widths: dict[str, float], pixels: dict[str, int]
) -> None:
    earlier = {name: width for name, width in pixels.items() if name not in widths}
    choice = ColumnChoice(ids, widths, earlier)
    assert read_columns(write_columns(choice)) == choice


@given(st.integers(14, 4_000), st.floats(4.0, 40.0))
def test_pixels_survive_as_digits_of_any_font(pixels: int, digit: float) -> None:
    choice = ColumnChoice(pixels={"last": pixels}).in_digits(digit)
    assert not choice.pixels
    digits = choice.widths["last"]
    kept_ = 1.0 < pixels / digit < WIDEST
    assert not kept_ or round(digits * digit) == pixels


@given(st.text(max_size=60))
def test_any_words_are_read_as_some_columns(text: str) -> None:
    choice = read_columns(text)
    assert choice.ids
    assert set(choice.ids) <= set(OFFERED)
    assert all(NARROWEST <= width <= WIDEST for width in choice.widths.values())
    assert all(12 <= width <= 4_000 for width in choice.pixels.values())


def test_what_is_not_known_is_passed_over() -> None:
    choice = read_columns("code, moon=80,last=90,code,low=many,high=-3,ask=99999999999,-bid=70,=5")
    earlier = {"last": 90, "bid": 70}
    assert choice == ColumnChoice(("code", "last", "low", "high", "ask"), pixels=earlier)
    choice = read_columns("code=9.5ch,last=0.5ch,low=1e2ch,high=ch,ask=700ch,-bid=7ch,bid=12.345ch")
    assert choice == ColumnChoice(
        ("code", "last", "low", "high", "ask", "bid"), {"code": 9.5, "bid": 7}
    )
    assert read_columns("") == read_columns("moon,sun") == ColumnChoice()
    assert write_columns(ColumnChoice()) == ""


def test_what_every_list_begins_with_stays() -> None:
    assert tuple(column.id for column in COLUMNS) == FIRST
    assert ColumnChoice().columns == COLUMNS
    assert len(OFFERED) >= 36


def test_the_last_column_is_never_hidden() -> None:
    assert ColumnChoice(("code",)).hiding("code").ids == ("code",)
    assert ColumnChoice(("code", "last")).hiding("code").ids == ("last",)


def test_every_column_has_words_for_people() -> None:
    for column in OFFERED.values():
        assert column.title
        assert column.help.endswith(".")
        assert column.sample
    titles = [column.title for column in OFFERED.values()]
    assert len(set(titles)) == len(titles)


def test_sets_hold_known_columns_and_own_ones_have_tidy_names() -> None:
    assert list(BUILT_IN) == ["Basic", "Trading", "Fundamentals", "Forex"]
    for ids in BUILT_IN.values():
        assert set(ids) <= set(OFFERED)
        assert len(set(ids)) == len(ids)
    own = own_sets({" b  c ": "code,last", "a" * 99: "low", "   ": "code"})
    assert {name: choice.ids for name, choice in own.items()} == {
        "a" * LONGEST_NAME: ("low",),
        "b c": ("code", "last"),
    }


# The header under the mouse


def kept(desk: WatchDesk) -> ColumnChoice:
    return read_columns(desk.watchlist.lists.shown.extra.get("columns", ""))


def drag(desk: WatchDesk, begin: QPoint, end: QPoint) -> None:
    port = desk.table.horizontalHeader().viewport()
    QTest.mousePress(port, LEFT, pos=begin)
    for step in range(1, 6):
        QTest.mouseMove(port, begin + (end - begin) * step / 5)
    QTest.mouseRelease(port, LEFT, pos=end)


def test_a_title_dragged_takes_its_column_along(desk: WatchDesk, qtbot: QtBot) -> None:
    header = desk.table.horizontalHeader()
    desk.click("EURUSD")
    middle = header.height() // 2
    begin = QPoint(header.sectionViewportPosition(12) + 40, middle)
    drag(desk, begin, QPoint(header.sectionViewportPosition(2) + 3, middle))
    qtbot.waitUntil(lambda: kept(desk).ids[:4] == ("code", "name", "state", "last"))
    assert desk.titles()[:4] == ["Code", "Name", "State", "Last"]
    assert desk.panel.selected() == key("EURUSD")
    assert not desk.watchlist.can_undo
    desk.click_title("Last")
    assert desk.watchlist.lists.shown.extra["sorting"] == "last down"


def test_a_border_dragged_is_a_width_by_hand(desk: WatchDesk, qtbot: QtBot) -> None:
    header = desk.table.horizontalHeader()
    border = header.sectionViewportPosition(3)
    middle = header.height() // 2
    before = header.sectionSize(2)
    drag(desk, QPoint(border - 1, middle), QPoint(border + 29, middle))
    qtbot.waitUntil(lambda: "last" in kept(desk).widths)
    digit = QFontMetricsF(figures_font(desk.table.font())).horizontalAdvance("0")
    assert header.sectionSize(2) == pytest.approx(before + 30, abs=1)
    assert kept(desk).widths["last"] * digit == pytest.approx(header.sectionSize(2), abs=0.5)
    header.sectionHandleDoubleClicked.emit(2)
    assert header.sectionSize(2) == before
    assert kept(desk) == ColumnChoice()


def title_menu(desk: WatchDesk, title: str) -> QMenu:
    header = desk.table.horizontalHeader()
    place = desk.titles().index(title)
    at = QPoint(header.sectionViewportPosition(place) + 5, header.height() // 2)
    header.customContextMenuRequested.emit(at)
    return next(it for it in desk.panel.findChildren(QMenu, "watchlist.titleMenu"))


def deed(menu: QMenu, name: str) -> QAction:
    found = next(
        (it for it in menu.actions() if it.objectName() == f"watchlist.columns.{name}"), None
    )
    if found is None:
        sets = menu.findChild(QMenu, "watchlist.sets")
        found = next(it for it in sets.actions() if it.objectName() == f"watchlist.columns.{name}")
    return found


def test_the_titles_menu_hides_resets_and_chooses_a_set(desk: WatchDesk, qtbot: QtBot) -> None:
    menu = title_menu(desk, "Bid")
    deed(menu, "hide").trigger()
    menu.close()
    assert "Bid" not in desk.titles()
    assert "bid" not in kept(desk).ids
    qtbot.waitUntil(lambda: not desk.panel.findChildren(QMenu, "watchlist.titleMenu"))
    menu = title_menu(desk, "Last")
    deed(menu, "set.Forex").trigger()
    menu.close()
    assert "Spread bp" in desk.titles()
    assert kept(desk).ids == BUILT_IN["Forex"]
    qtbot.waitUntil(lambda: not desk.panel.findChildren(QMenu, "watchlist.titleMenu"))
    menu = title_menu(desk, "Last")
    assert deed(menu, "set.Forex").isChecked()
    deed(menu, "reset").trigger()
    menu.close()
    assert kept(desk) == ColumnChoice()
    assert desk.titles()[:3] == ["Code", "Name", "Last"]


def test_each_list_has_its_own_columns_and_order(desk: WatchDesk) -> None:
    lists = desk.watchlist.lists
    first = lists.shown.id
    desk.panel.choices.use_set("Trading")
    desk.click_title("Code")
    lists.add_list("Other")
    desk.watchlist.add([key("EURUSD"), key("700.HK")])
    assert desk.titles()[3] == "Change"
    assert desk.shown() == ["EURUSD", "700.HK"]
    lists.show(first)
    assert desk.titles()[4] == "Day"
    assert desk.shown()[0] == "700.HK"
    assert desk.panel._model.sorting.column == "code"


# The chooser


def child(dialog: QDialog, kind: type[T], name: str) -> T:
    found = dialog.findChild(kind, f"watchlist.chooser.{name}")
    assert found is not None
    return found


@pytest.fixture
def chooser(desk: WatchDesk) -> QDialog:
    desk.panel.actions_["columns"].trigger()
    found = desk.panel.findChild(QDialog, "watchlist.chooser")
    assert found is not None
    return found


def entry(dialog: QDialog, title: str) -> int:
    listed = child(dialog, QListWidget, "list")
    return next(n for n in range(listed.count()) if listed.item(n).text() == title)


def test_a_tick_shows_a_column_and_another_hides_it(desk: WatchDesk, chooser: QDialog) -> None:
    search, listed = child(chooser, QLineEdit, "search"), child(chooser, QListWidget, "list")
    QTest.keyClicks(search, "spread bp")
    visible = [n for n in range(listed.count()) if not listed.item(n).isHidden()]
    assert [listed.item(n).text() for n in visible] == ["Spread bp"]
    assert listed.currentRow() == visible[0]
    listed.setFocus()
    QTest.keyClick(listed, Key.Key_Space)
    assert desk.titles()[-1] == "Spread bp"
    QTest.keyClick(listed, Key.Key_Space)
    assert "Spread bp" not in desk.titles()


def test_alt_arrows_and_buttons_move_a_column(desk: WatchDesk, chooser: QDialog) -> None:
    listed = child(chooser, QListWidget, "list")
    listed.setFocus()
    listed.setCurrentRow(entry(chooser, "State"))
    QTest.keyClick(listed, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert desk.titles()[-2:] == ["State", "Time"]
    QTest.mouseClick(child(chooser, QPushButton, "down"), LEFT)
    assert desk.titles()[-2:] == ["Time", "State"]


def test_a_set_is_saved_chosen_and_deleted(desk: WatchDesk, chooser: QDialog) -> None:
    sets = child(chooser, QComboBox, "sets")
    listed = child(chooser, QListWidget, "list")
    listed.item(entry(chooser, "Time")).setCheckState(Qt.CheckState.Unchecked)
    sets.setEditText("  Mine  ")
    QTest.mouseClick(child(chooser, QPushButton, "save"), LEFT)
    assert list(desk.sets[-1]) == ["Mine"]
    assert "time" not in desk.sets[-1]["Mine"]
    sets.setCurrentIndex(sets.findData("Fundamentals"))
    sets.activated.emit(sets.currentIndex())
    assert "Market cap" in desk.titles()
    assert not child(chooser, QPushButton, "delete").isEnabled()
    sets.setCurrentIndex(sets.findData("Mine"))
    sets.activated.emit(sets.currentIndex())
    assert "Time" not in desk.titles()
    assert len(desk.titles()) == 12
    QTest.mouseClick(child(chooser, QPushButton, "delete"), LEFT)
    assert desk.sets[-1] == {}
    assert "Time" not in desk.titles()


def test_a_sets_name_cannot_be_the_desks_own(desk: WatchDesk, chooser: QDialog) -> None:
    child(chooser, QComboBox, "sets").setEditText("Trading")
    QTest.mouseClick(child(chooser, QPushButton, "save"), LEFT)
    assert desk.sets == []


def test_cancel_brings_back_what_was(desk: WatchDesk, chooser: QDialog) -> None:
    listed = child(chooser, QListWidget, "list")
    for name in ("Time", "Bid", "Ask"):
        listed.item(entry(chooser, name)).setCheckState(Qt.CheckState.Unchecked)
    assert len(desk.titles()) == 10
    box = child(chooser, QDialogButtonBox, "buttons")
    QTest.mouseClick(box.button(QDialogButtonBox.StandardButton.Cancel), LEFT)
    assert len(desk.titles()) == 13
    assert kept(desk) == ColumnChoice()


def test_kept_sets_are_offered(desk: WatchDesk) -> None:
    desk.panel.take_sets({"Mine": "code,last"})
    menu = title_menu(desk, "Last")
    deed(menu, "set.Mine").trigger()
    menu.close()
    assert desk.titles() == ["Code", "Last"]
    assert QApplication.activePopupWidget() is None


def test_copied_rows_follow_the_chosen_columns(desk: WatchDesk) -> None:
    desk.panel.choices.show(("last", "name", "code"))
    desk.tick("700.HK", "612.500")
    desk.click("700.HK")
    control = Qt.KeyboardModifier.ControlModifier
    desk.press(Key.Key_C, control)
    assert QApplication.clipboard().text() == "612.500\tTencent\t700.HK\n"
    desk.press(Key.Key_C, control | Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.clipboard().text() == "Last\tName\tCode\n612.500\tTencent\t700.HK\n"
    desk.panel.choices.show(("last",))
    desk.press(Key.Key_C, control)
    assert QApplication.clipboard().text() == "700.HK\t612.500\n"
    assert desk.panel.state()[0]["Name"] == "Tencent"
    assert len(desk.panel.state()[0]) == 15
