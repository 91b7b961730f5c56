"""The table's titles, filters and sorting by the keyboard alone, and what a screen reader says."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from watchdesk import CODES, WatchDesk, colours, key

from alltick_desk.model.reference import StaticInfo
from alltick_desk.services.quotes import RowState
from alltick_desk.ui.watchlist.column_choice import FIRST, OFFERED
from alltick_desk.ui.watchlist.facts import Known

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
Key = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    desk = WatchDesk(qtbot).show(qtbot)
    for code, price in zip(CODES, ("612.5", "188", "1.08", "64000"), strict=True):
        desk.tick(code, price)
    desk.row("700.HK").previous_close = 600.0
    desk.row("AAPL.US").previous_close = 200.0
    desk.live()
    return desk


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def tap(key_: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup or focused(), key_, modifier)
    QApplication.processEvents()  # a menu lets its button up later


def to_titles(desk: WatchDesk) -> QWidget:
    desk.table.setFocus()
    tap(Key.Key_Backtab, SHIFT)
    titles = desk.table.horizontalHeader()
    assert focused() is titles
    return titles


def menu_key(widget: QWidget) -> None:
    """Press the menu key: a platform sends this event for it."""
    at = widget.rect().center()
    by_key = QContextMenuEvent.Reason.Keyboard
    event = QContextMenuEvent(by_key, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)


# The titles


def test_tab_leads_through_the_panel_as_one_reads_it(desk: WatchDesk) -> None:
    desk.press(Key.Key_F, CONTROL)
    names: list[str] = []
    widget = desk.panel.findChild(QWidget, "lists.tabs")
    assert widget is not None
    widget.setFocus()
    while focused() is not desk.table and len(names) < 30:
        names.append(focused().objectName())
        tap(Key.Key_Tab)
    assert names == [
        *("lists.tabs", "lists.new", "lists.all", "watchlist.add", "watchlist.add.button"),
        *("watchlist.filter.button", "watchlist.filter"),
        *(f"watchlist.filter.{name}" for name in ("markets", "states", "movements")),
        *("watchlist.showAll", "watchlist.titles"),
    ]


def test_the_keyboard_walks_the_titles_and_sorts(desk: WatchDesk) -> None:
    titles = to_titles(desk)
    tap(Key.Key_Right)
    tap(Key.Key_Right)
    assert titles.accessibleName() == "Title Last"
    assert "Enter sorts" in titles.accessibleDescription()
    tap(Key.Key_Return)
    assert desk.shown() == ["BTCUSDT", "700.HK", "AAPL.US", "EURUSD"]
    tap(Key.Key_Space)
    assert desk.shown() == ["EURUSD", "AAPL.US", "700.HK", "BTCUSDT"]
    tap(Key.Key_Return)
    assert desk.shown() == list(CODES)
    tap(Key.Key_Home)
    assert titles.accessibleName() == "Title Code"
    tap(Key.Key_Left)
    assert titles.accessibleName() == "Title Code"
    tap(Key.Key_Down)
    assert desk.table.hasFocus()


def test_the_title_under_the_keyboard_is_seen_and_in_sight(desk: WatchDesk) -> None:
    accent = desk.panel._theme.accent.name()
    desk.panel.choices.show(tuple(OFFERED))
    header = desk.table.horizontalHeader()
    assert accent not in colours(header.grab().toImage())
    to_titles(desk)
    tap(Key.Key_End)
    left = header.sectionViewportPosition(header.count() - 1)
    width = header.sectionSize(header.count() - 1)
    assert 0 <= left <= header.viewport().width() - width
    port = header.viewport()
    assert accent in colours(port.grab().toImage().copy(left, 0, width, port.height()))
    tap(Key.Key_Home)
    assert header.sectionViewportPosition(0) == 0
    tap(Key.Key_Escape)
    assert accent not in colours(header.grab().toImage())


def test_alt_arrows_move_a_column_and_shift_arrows_size_it(desk: WatchDesk, qtbot: QtBot) -> None:
    header = to_titles(desk)
    tap(Key.Key_Left, ALT)
    tap(Key.Key_Right, ALT)
    qtbot.waitUntil(lambda: desk.titles()[:2] == ["Name", "Code"])
    qtbot.waitUntil(lambda: desk.panel.column_ids[:2] == ("name", "code"))
    assert header.accessibleName() == "Title Code"
    before = desk.table.columnWidth(1)
    tap(Key.Key_Right, SHIFT)
    assert desk.table.columnWidth(1) > before
    tap(Key.Key_Left, SHIFT)
    assert desk.table.columnWidth(1) == pytest.approx(before, abs=1)
    qtbot.waitUntil(lambda: "code=" in desk.watchlist.lists.shown.extra.get("columns", ""))


def test_the_menu_key_opens_the_menu_of_the_title(desk: WatchDesk, qtbot: QtBot) -> None:
    header = to_titles(desk)
    for _ in range(5):
        tap(Key.Key_Right)
    assert header.accessibleName() == "Title Bid"
    menu_key(header)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[:2] == ["Sort, smallest first", "Sort, greatest first"]
    hide = words.index("Hide this column")
    for _ in range(hide + 1):
        tap(Key.Key_Down)
    tap(Key.Key_Return)
    assert "Bid" not in desk.titles()
    qtbot.waitUntil(lambda: not desk.panel.findChildren(QMenu, "watchlist.titleMenu"))
    menu_key(header)
    for _ in range(words.index("Reset columns") + 1):
        tap(Key.Key_Down)
    tap(Key.Key_Return)
    assert desk.panel.column_ids == FIRST


def test_the_mouse_asks_for_the_menu_where_it_is(desk: WatchDesk) -> None:
    header = desk.table.horizontalHeader()
    asked: list[QPoint] = []
    header.customContextMenuRequested.connect(asked.append)
    port = header.viewport()
    at = QPoint(header.sectionViewportPosition(3) + 4, 5)
    by_mouse = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(port, QContextMenuEvent(by_mouse, at, port.mapToGlobal(at)))
    assert asked == [at]
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()


def test_the_chooser_opens_from_the_menu_and_resets(desk: WatchDesk) -> None:
    desk.panel.choices.use_set("Forex")
    header = to_titles(desk)
    menu_key(header)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    for _ in range(words.index("Columns…") + 1):
        tap(Key.Key_Down)
    tap(Key.Key_Return)
    chooser = desk.panel.findChild(QDialog, "watchlist.chooser")
    assert chooser is not None
    reset = chooser.findChild(QWidget, "watchlist.chooser.reset")
    assert reset is not None
    widget = chooser.focusWidget()
    for _ in range(12):
        if widget is reset:
            break
        QTest.keyClick(widget, Key.Key_Tab)
        widget = chooser.focusWidget()
    QTest.keyClick(widget, Key.Key_Space)
    assert desk.panel.column_ids == FIRST


# The filter


def to_filter(desk: WatchDesk, name: str) -> QWidget:
    desk.press(Key.Key_F, CONTROL)
    for _ in range(5):
        if focused().objectName() == f"watchlist.filter.{name}":
            break
        tap(Key.Key_Tab)
    return focused()


@pytest.mark.parametrize("opener", [Key.Key_Return, Key.Key_Space, Key.Key_Down])
def test_the_filters_menus_open_and_choose_by_keys(desk: WatchDesk, opener: Qt.Key) -> None:
    button = to_filter(desk, "movements")
    tap(opener)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Up", "Unchanged", "Down"]
    tap(Key.Key_Down)
    tap(Key.Key_Down)
    tap(Key.Key_Return)
    assert desk.shown() == ["AAPL.US"]
    assert focused() is button
    assert button.accessibleName() == "Movement: Down"


def test_a_market_and_a_state_are_chosen_by_keys(desk: WatchDesk) -> None:
    desk.row("EURUSD").state = RowState.STALE
    to_filter(desk, "markets")
    tap(Key.Key_Return)
    tap(Key.Key_Return)  # the first that there is: US stocks
    assert desk.shown() == ["AAPL.US"]
    tap(Key.Key_Return)
    tap(Key.Key_Return)
    assert desk.shown() == list(CODES)
    tap(Key.Key_Tab)
    tap(Key.Key_Down)
    tap(Key.Key_Down)
    tap(Key.Key_Return)
    assert desk.shown() == ["EURUSD"]
    tap(Key.Key_Escape)
    assert desk.shown() == list(CODES)
    assert desk.table.hasFocus()


def test_enter_at_show_all_shows_all(desk: WatchDesk) -> None:
    desk.press(Key.Key_F, CONTROL)
    QTest.keyClicks(focused(), "txkg")
    tap(Key.Key_Down)
    assert desk.shown() == ["700.HK"]
    desk.press(Key.Key_F, CONTROL)
    for _ in range(4):
        tap(Key.Key_Tab)
    assert focused().objectName() == "watchlist.showAll"
    tap(Key.Key_Return)
    assert desk.shown() == list(CODES)
    assert desk.table.hasFocus()


# What a screen reader says


def test_every_cell_says_its_column_its_value_and_the_state(qtbot: QtBot) -> None:
    info = StaticInfo("700.HK", exchange="SEHK", currency="HKD", lot_size=100, eps="20.5")
    desk = WatchDesk(qtbot, ("700.HK",), facts=lambda _: Known(info)).show(qtbot)
    desk.panel.choices.show(tuple(OFFERED))
    desk.tick("700.HK", "612.500")
    desk.row("700.HK").state = RowState.STALE
    table = QAccessible.queryAccessibleInterface(desk.table)
    names = [table.child(n).text(QAccessible.Text.Name) for n in range(table.childCount())]
    cells = names[len(OFFERED) + 2 :]  # behind the titles, a corner and the row's hidden header
    assert len(cells) == len(OFFERED)
    for place, (column, said) in enumerate(zip(OFFERED.values(), cells, strict=True)):
        assert said.startswith(f"{column.title} "), said
        if column.id != "state":
            assert said.endswith(", Stale."), said
        text = str(desk.table.model().index(0, place).data())
        assert ("not known" if text == "—" else text) in said
    by_id = dict(zip(OFFERED, cells, strict=True))
    assert by_id["code"] == "Code 700.HK, Stale."
    assert by_id["last"] == "Last 612.500, Stale."
    assert by_id["state"] == "State Stale."
    assert by_id["eps"] == "EPS 20.5, Stale."
    assert by_id["bid"] == "Bid not known, Stale."
    assert key("700.HK") in desk.panel.visible_keys()


def test_the_keyboard_stays_on_a_title_where_the_columns_become_fewer(desk: WatchDesk) -> None:
    to_titles(desk)
    tap(Key.Key_End)
    shown = desk.panel.choices.choice.ids[:4]
    desk.panel.choices.show(shown)
    assert desk.panel._view.titles.current == 3
    tap(Key.Key_Return)
    assert desk.panel.choices.sorted_by == shown[3]
