"""Many lists as tabs, by mouse and keys."""

import pytest
from listhands import CONTROL, LEFT, Hands, ListDesk, text_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot
from watchdesk import CODES, key

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot) -> ListDesk:
    return ListDesk(qtbot)


def plus(desk: ListDesk) -> QToolButton:
    return desk.child(QToolButton, "lists.new")


def test_the_plus_makes_a_list_that_is_named_in_place(desk: ListDesk) -> None:
    QTest.mouseClick(plus(desk), LEFT)
    field = desk.field()
    assert field is not None
    assert field.hasFocus()
    assert field.selectedText() == "List 1"
    desk.write("港股通")
    assert desk.tabs() == ["Main", "港股通"]
    assert desk.lists.shown.name == "港股通"
    assert desk.shown() == []
    assert desk.table.hasFocus()
    desk.press(Key.Key_Z, CONTROL)
    assert desk.tabs() == ["Main"]  # naming it was the same step
    assert desk.shown() == list(CODES)


@pytest.mark.parametrize(("text", "end"), [("Tech", Key.Key_Escape), ("  ", Key.Key_Return)])
def test_a_new_list_can_be_given_up(desk: ListDesk, text: str, end: Key) -> None:
    QTest.mouseClick(plus(desk), LEFT)
    desk.write(text, end)
    assert desk.tabs() == ["Main"]
    assert not plus(desk).isHidden()
    assert desk.field() is None


def test_a_double_click_on_the_plus_leaves_the_whole_name_selected(desk: ListDesk) -> None:
    QTest.mouseClick(plus(desk), LEFT)
    field = desk.field()
    assert field is not None
    at = QPoint(8, field.height() // 2)
    QTest.mouseDClick(field, LEFT, pos=at)  # Qt sends the second half to what stands there now
    assert field.selectedText() == "List 1"
    QTest.mouseClick(field, LEFT, pos=at)
    QTest.mouseDClick(field, LEFT, pos=at)
    assert field.selectedText() == "List"  # one that began here selects a word, as anywhere


def test_the_field_hides_no_other_tab(desk: ListDesk) -> None:
    desk.more_lists("B", "C")
    desk.lists.rename_list("A")
    QApplication.processEvents()  # the tabs take their room
    before = [desk.bar.tabRect(at) for at in range(3)]
    QTest.mouseDClick(desk.bar, LEFT, pos=desk.tab("A"))
    field = desk.field()
    assert field is not None
    second = desk.bar.tabRect(1).translated(desk.bar.mapTo(desk.panel.lists.tabs, QPoint()))
    assert field.geometry().right() < second.left()
    assert field.width() >= field.least_width()
    desk.write("A")
    assert [desk.bar.tabRect(at) for at in range(3)] == before


def test_leaving_the_field_keeps_the_name(desk: ListDesk) -> None:
    QTest.mouseClick(plus(desk), LEFT)
    field = desk.field()
    assert field is not None
    field.setText("Tech")
    desk.table.setFocus()
    assert desk.tabs() == ["Main", "Tech"]


def test_a_click_on_a_tab_shows_its_list_with_its_own_view(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    desk.panel.choices.hide("bid")
    titles = desk.titles()
    QTest.mouseClick(desk.bar, LEFT, pos=desk.tab("Tech"))
    assert desk.lists.shown.name == "Tech"
    assert desk.shown() == []
    assert "Bid" in desk.titles()
    QTest.mouseClick(desk.bar, LEFT, pos=desk.tab("Main"))
    assert desk.titles() == titles
    assert desk.shown() == list(CODES)


@pytest.mark.parametrize(
    ("forth", "back"),
    [
        ((Key.Key_Tab, CONTROL), (Key.Key_Backtab, CONTROL | SHIFT)),
        ((Key.Key_PageDown, CONTROL), (Key.Key_PageUp, CONTROL)),
    ],
)
def test_keys_go_from_list_to_list(
    desk: ListDesk,
    forth: tuple[Key, Qt.KeyboardModifier],
    back: tuple[Key, Qt.KeyboardModifier],
) -> None:
    desk.more_lists("Tech", "Coins")
    seen = []
    for step in (forth, forth, forth, back):
        desk.press(*step)
        seen.append(desk.lists.shown.name)
    assert seen == ["Tech", "Coins", "Main", "Coins"]


def test_the_keys_choose_a_market_while_the_add_box_has_its_list_open(
    desk: ListDesk, qtbot: QtBot
) -> None:
    desk.more_lists("Tech")
    desk.box.setFocus()
    QTest.keyClicks(desk.box, "b")
    qtbot.waitUntil(lambda: desk.matches().isVisible())
    QTest.keyClick(desk.box, Key.Key_PageDown, CONTROL)
    assert desk.lists.shown.name == "Main"
    QTest.keyClick(desk.box, Key.Key_Escape)
    QTest.keyClick(desk.box, Key.Key_PageDown, CONTROL)
    assert desk.lists.shown.name == "Tech"


def test_a_double_click_renames_the_tab_in_place(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    QApplication.processEvents()  # the tabs take their room
    QTest.mouseDClick(desk.bar, LEFT, pos=desk.tab("Tech"))
    field = desk.field()
    assert field is not None
    assert field.text() == "Tech"
    room = desk.bar.tabRect(1).translated(desk.bar.pos())
    assert field.geometry().topLeft() == room.topLeft()  # no other tab is covered on the left
    assert field.width() == room.width()
    desk.write("R&D 科技")
    assert [one.name for one in desk.lists.book.lists] == ["Main", "R&D 科技"]
    assert desk.tabs() == ["Main", "R&&D 科技"]  # or the D would be underlined
    QTest.mouseDClick(desk.bar, LEFT, pos=desk.tab("R&&D 科技"))
    field = desk.field()
    assert field is not None
    assert field.text() == "R&D 科技"


def test_f2_and_del_on_a_tab_are_about_the_list(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    desk.bar.setFocus()
    QTest.keyClick(desk.bar, Key.Key_F2)
    desk.write("Mine")
    assert desk.tabs() == ["Mine", "Tech"]
    assert desk.bar.hasFocus()
    QTest.keyClick(desk.bar, Key.Key_Delete)
    assert desk.tabs() == ["Tech"]
    assert desk.messages == ["The list “Mine” is deleted."]
    QTest.keyClick(desk.bar, Key.Key_Z, CONTROL)
    assert desk.tabs() == ["Mine", "Tech"]
    assert desk.lists.shown.name == "Mine"
    assert desk.shown() == list(CODES)


def test_a_tab_is_dragged_to_another_place_in_one_step(desk: ListDesk) -> None:
    desk.more_lists("Tech", "Coins")
    before = desk.lists.book.lists
    last = desk.bar.tabRect(2)
    QTest.mousePress(desk.bar, LEFT, pos=desk.tab("Main"))
    for x in range(desk.tab("Main").x(), last.right() - 2, 4):
        QTest.mouseMove(desk.bar, QPoint(x, last.center().y()))
    QTest.mouseRelease(desk.bar, LEFT, pos=QPoint(last.right() - 2, last.center().y()))
    assert desk.tabs() == ["Tech", "Coins", "Main"]
    assert [one.name for one in desk.lists.book.lists] == ["Tech", "Coins", "Main"]
    desk.press(Key.Key_Z, CONTROL)
    assert desk.lists.book.lists == before
    assert desk.tabs() == ["Main", "Tech", "Coins"]


def test_keys_move_the_tab(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    desk.press(Key.Key_PageDown, CONTROL | SHIFT)
    assert desk.tabs() == ["Tech", "Main"]
    desk.press(Key.Key_PageDown, CONTROL | SHIFT)  # it is the last one already
    assert desk.tabs() == ["Tech", "Main"]
    desk.press(Key.Key_PageUp, CONTROL | SHIFT)
    assert desk.tabs() == ["Main", "Tech"]


def open_menu(desk: ListDesk, at: QPoint) -> QMenu:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, desk.bar.mapToGlobal(at))
    QApplication.sendEvent(desk.bar, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_a_tabs_menu_is_about_its_list_not_the_one_shown(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    desk.lists.copy_to(desk.named("Tech"), [key("AAPL.US"), key("EURUSD")])
    desk.pick(open_menu(desk, desk.tab("Tech")), "lists.menu.copy")
    assert QGuiApplication.clipboard().text() == "AAPL.US\nEURUSD\n"
    desk.pick(open_menu(desk, desk.tab("Tech")), "lists.menu.duplicate")
    assert desk.tabs() == ["Main", "Tech", "Tech (2)"]
    assert desk.codes("Tech (2)") == ["AAPL.US", "EURUSD"]
    desk.lists.show(desk.named("Main"))
    desk.pick(open_menu(desk, desk.tab("Tech")), "lists.menu.delete")
    assert desk.tabs() == ["Main", "Tech (2)"]
    assert desk.lists.shown.name == "Main"
    desk.pick(open_menu(desk, desk.tab("Tech (2)")), "lists.menu.rename")
    desk.write("Third")
    assert desk.tabs() == ["Main", "Third"]


def test_the_tabs_menu_says_the_keys(desk: ListDesk) -> None:
    menu = desk.panel.lists.tabs.menu_of(desk.lists.shown.id)
    keys = {it.objectName(): it.shortcut().toString() for it in menu.actions()}
    assert keys["lists.menu.new"] == "Ctrl+T"
    assert keys["lists.menu.rename"] == "F2"
    desk.table.setFocus()
    desk.press(Key.Key_T, CONTROL)  # the menu's own is no second one
    assert desk.field() is not None


def test_the_menu_of_all_lists_shows_each(desk: ListDesk) -> None:
    desk.more_lists(*(f"List number {n} 列表" for n in range(40)))
    QApplication.processEvents()
    assert desk.panel.width() // 2 < desk.bar.width() < desk.panel.width()
    menu = desk.panel.lists.tabs.all_menu()
    shown = [it for it in menu.actions() if it.objectName().startswith("lists.show.")]
    assert [it.text() for it in shown] == [one.name for one in desk.lists.book.lists]
    assert [it.text() for it in shown if it.isChecked()] == ["Main"]
    shown[-1].trigger()
    QApplication.processEvents()
    assert desk.lists.shown.name == "List number 39 列表"
    place = desk.bar.tabRect(desk.bar.currentIndex())
    assert desk.bar.rect().contains(place.center())  # scrolled into sight


def test_a_long_name_is_shortened_and_its_tip_has_it_whole(desk: ListDesk) -> None:
    name = "The longest name that anybody ever gave to a list of theirs"
    desk.more_lists(name)
    desk.lists.copy_to(desk.named(name), [key("AAPL.US")])
    assert desk.bar.tabRect(1).width() < desk.bar.fontMetrics().horizontalAdvance(name)
    assert desk.bar.tabToolTip(1) == f"{name}, rows: 1"
    assert desk.bar.tabToolTip(0) == "Main, rows: 4"
    desk.watchlist.remove([key("AAPL.US")])
    assert desk.bar.tabToolTip(0) == "Main, rows: 3"


def test_the_plus_stands_beside_the_last_tab(desk: ListDesk) -> None:
    last = desk.bar.mapTo(desk.panel, desk.bar.tabRect(0).topRight()).x()
    assert 0 <= plus(desk).mapTo(desk.panel, QPoint(0, 0)).x() - last <= 8


def test_screen_readers_hear_the_tabs_and_their_rows(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    told = QAccessible.queryAccessibleInterface(desk.bar)
    assert told.role() is QAccessible.Role.PageTabList
    names = [told.child(at).text(QAccessible.Text.Name) for at in range(2)]
    assert names == ["Main, rows: 4", "Tech, rows: 0"]


@pytest.mark.parametrize("copy", [False, True])
def test_rows_are_dropped_on_a_tab(desk: ListDesk, copy: bool) -> None:
    desk.more_lists("Tech")
    desk.select("AAPL.US", "BTCUSDT")
    hands = Hands(desk.lift())
    held = CONTROL if copy else Qt.KeyboardModifier.NoModifier
    does = Qt.DropAction.CopyAction if copy else Qt.DropAction.MoveAction
    assert hands.over(desk.bar, desk.tab("Tech"), held) is does
    hands.drop(desk.bar, desk.tab("Tech"), held)
    assert desk.codes("Tech") == ["AAPL.US", "BTCUSDT"]
    assert desk.codes("Main") == (list(CODES) if copy else ["700.HK", "EURUSD"])
    word = "copied" if copy else "moved"
    told = f"AAPL.US, BTCUSDT {word} to “Tech”."
    assert desk.messages == [told]
    desk.press(Key.Key_Z, CONTROL)
    assert desk.codes("Main") == list(CODES)
    assert desk.codes("Tech") == []


@pytest.mark.parametrize(
    ("copy", "told"),
    [
        (False, "In “Tech” already, so only taken out here: AAPL.US."),
        (True, "In “Tech” already: AAPL.US."),
    ],
)
def test_what_a_list_had_already_is_not_said_to_have_come(
    desk: ListDesk, copy: bool, told: str
) -> None:
    desk.more_lists("Tech")
    tech = desk.named("Tech")
    desk.lists.copy_to(tech, [key("AAPL.US")])
    desk.select("AAPL.US", "EURUSD")
    desk.pick(desk.menu_under("copy_to_list" if copy else "move_to_list"), f"lists.to.{tech}")
    word = "copied" if copy else "moved"
    assert desk.messages == [f"EURUSD {word} to “Tech”. {told}"]
    assert desk.codes("Tech") == ["AAPL.US", "EURUSD"]


def test_what_only_left_a_list_is_said_to_have_left(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    tech = desk.named("Tech")
    desk.lists.copy_to(tech, [key("AAPL.US")])
    desk.select("AAPL.US")
    desk.pick(desk.menu_under("move_to_list"), f"lists.to.{tech}")
    assert desk.messages == ["In “Tech” already, so only taken out here: AAPL.US."]


def test_what_is_held_over_a_tab_opens_it(desk: ListDesk, qtbot: QtBot) -> None:
    desk.more_lists("Tech")
    desk.bar.opening.setInterval(10)
    desk.select("AAPL.US")
    hands = Hands(desk.lift())
    hands.over(desk.bar, desk.tab("Tech"))
    qtbot.waitUntil(lambda: desk.lists.shown.name == "Tech")
    hands.drop(desk.table.viewport(), QPoint(50, 5))
    assert desk.shown() == ["AAPL.US"]
    assert desk.codes("Main") == ["700.HK", "EURUSD", "BTCUSDT"]


def test_text_from_outside_is_dropped_on_a_tab(desk: ListDesk) -> None:
    desk.more_lists("Tech")
    Hands(text_of("9988.HK", "AAPL.US")).drop(desk.bar, desk.tab("Tech"))
    assert desk.codes("Tech") == ["9988.HK", "AAPL.US"]
    assert desk.messages == ["Rows added: 2."]
