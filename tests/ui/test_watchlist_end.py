"""The end of a list, where Qt puts the last line at the lower edge and cuts the first in sight."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from watchdesk import WatchDesk

from alltick_desk.ui.watchlist.view import WatchlistView

CODES = tuple(f"{number:03d}.HK" for number in range(60))


def at_the_end(qtbot: QtBot) -> tuple[WatchDesk, WatchlistView]:
    """Scroll to the end of a table whose height is no multiple of its lines'."""
    desk = WatchDesk(qtbot, codes=CODES).show(qtbot)
    view = desk.panel._view
    height = view.verticalHeader().defaultSectionSize()
    spare = view.viewport().height() % height
    desk.panel.resize(desk.panel.width(), desk.panel.height() - spare + height // 2)
    QApplication.processEvents()
    assert view.viewport().height() % height == height // 2
    view.scrollToBottom()
    QApplication.processEvents()
    return desk, view


def shot(view: WatchlistView) -> QImage:
    """Return what stands on the screen of the table: what was painted bit by bit until now."""
    window = view.window()
    whole = window.screen().grabWindow(window.winId()).toImage()
    port = view.viewport()
    return whole.copy(QRect(port.mapTo(window, QPoint()), port.size()))


def changed_lines(before: QImage, after: QImage) -> list[int]:
    """Return which lines of pixels differ."""
    across = range(before.width())
    return [
        y
        for y in range(before.height())
        if any(before.pixel(x, y) != after.pixel(x, y) for x in across)
    ]


def test_a_click_takes_the_row_that_is_painted_there(qtbot: QtBot) -> None:
    desk, view = at_the_end(qtbot)
    height = view.verticalHeader().defaultSectionSize()
    edge = view.viewport().height()
    assert view.indexAt(QPoint(5, edge - 1)).row() == len(CODES) - 1
    before = shot(view)
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(5, edge - height - height // 2),  # the last but one
    )
    QApplication.processEvents()
    assert desk.selected_rows() == [CODES[-2]]
    changed = changed_lines(before, shot(view))
    assert (changed[0], changed[-1]) == (edge - 2 * height, edge - height - 2)


def test_rows_at_the_end_are_all_in_sight_and_the_cut_one_too(qtbot: QtBot) -> None:
    _, view = at_the_end(qtbot)
    height = view.verticalHeader().defaultSectionSize()
    some = view.viewport().height() // height + 1
    assert [key.code for key in view.visible_keys()] == list(CODES[-some:])


def test_what_changes_at_the_end_is_painted_where_it_stands(qtbot: QtBot) -> None:
    desk, view = at_the_end(qtbot)
    before = shot(view)
    desk.tick(CODES[-1], "123.4")
    desk.frame()
    QApplication.processEvents()
    changed = changed_lines(before, shot(view))
    assert changed
    assert changed[0] >= view.visualRect(view.model().index(len(CODES) - 1, 0)).top()


def test_after_scrolling_to_and_fro_the_screen_is_as_if_painted_at_once(qtbot: QtBot) -> None:
    _, view = at_the_end(qtbot)
    bar = view.verticalScrollBar()
    for value in (bar.maximum(), bar.maximum() - 1, bar.maximum(), 3, bar.maximum(), 0, 1):
        bar.setValue(value)
        QApplication.processEvents()
        assert shot(view) == view.viewport().grab().toImage().convertToFormat(shot(view).format())


def test_a_field_over_a_row_at_the_end_lies_on_it(qtbot: QtBot) -> None:
    desk, view = at_the_end(qtbot)
    desk.click(CODES[-1])
    desk.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_End)
    field = view.viewport().findChild(QLineEdit)
    assert field is not None
    line = view.indexAt(field.geometry().center())
    assert abs(view.visualRect(line).top() - field.geometry().top()) <= 1
