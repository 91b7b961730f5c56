"""The window: places, menus, the layout that survives, and closing."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QMenu,
    QMessageBox,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from alltick_desk.ui.main_window import FIRST_SIZE, MainWindow

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

NAMES = ("watchlist", "chart", "book")


class Panel(QWidget):
    """A panel with wishes of its own about its size."""

    def __init__(self, wish: QSize) -> None:
        super().__init__()
        self._wish = wish

    def sizeHint(self) -> QSize:
        return self._wish

    def minimumSizeHint(self) -> QSize:
        return self._wish


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def dock(window: MainWindow, name: str) -> QDockWidget:
    found = window.findChild(QDockWidget, f"dock.{name}")
    assert found is not None
    return found


def places(window: MainWindow) -> dict[str, QRect]:
    return {name: dock(window, name).geometry() for name in NAMES}


def menu_words(window: MainWindow, name: str) -> list[str]:
    menu = window.findChild(QMenu, f"menu.{name}")
    assert menu is not None
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def trigger(window: MainWindow, name: str) -> None:
    action = window.findChild(QAction, f"window.{name}")
    assert action is not None
    action.trigger()


# Places


def test_the_first_layout_has_the_list_across_the_top(window: MainWindow) -> None:
    assert window.size() == FIRST_SIZE
    where = places(window)
    assert where["watchlist"].width() >= FIRST_SIZE.width() - 4
    assert where["watchlist"].bottom() < where["chart"].top()
    assert where["chart"].right() < where["book"].left()
    assert where["chart"].top() == where["book"].top()
    assert where["chart"].width() > 2 * where["book"].width()
    assert 0.35 < where["watchlist"].height() / window.height() < 0.55


def test_every_place_has_a_calm_placeholder(window: MainWindow) -> None:
    for name, title in zip(NAMES, ("Watchlist", "Chart", "Order book"), strict=True):
        placeholder = window.panel(name)
        assert isinstance(placeholder, QLabel)
        assert placeholder.text() == title
        assert placeholder.accessibleName() == f"{title} is being made ready"
        assert dock(window, name).windowTitle() == title


@pytest.mark.parametrize("wish", [QSize(10, 10), QSize(3000, 2000)])
def test_a_panel_that_comes_late_moves_nothing(
    window: MainWindow, qtbot: QtBot, wish: QSize
) -> None:
    before = places(window)
    for name in NAMES:
        panel = Panel(wish)
        window.place(name, panel)
        assert window.panel(name) is panel
        assert panel.isVisible()
    qtbot.wait(20)
    assert places(window) == before
    assert window.size() == FIRST_SIZE
    assert not window.findChildren(QLabel, "placeholder.chart")


def test_a_panel_fills_its_place(window: MainWindow, qtbot: QtBot) -> None:
    panel = QWidget()
    inside = QVBoxLayout(panel)
    inside.addWidget(QLabel("chart"))
    window.place("chart", panel)
    qtbot.waitUntil(lambda: panel.width() == dock(window, "chart").width())


def test_the_status_bar_has_its_own_place(window: MainWindow) -> None:
    bar = QStatusBar()
    window.place("status", bar)
    assert window.statusBar() is bar
    with pytest.raises(TypeError):
        window.place("status", QWidget())
    with pytest.raises(KeyError):
        window.place("news", QWidget())


# Menus


def test_the_menus(window: MainWindow) -> None:
    assert menu_words(window, "file") == ["Settings…", "Quit"]
    assert menu_words(window, "edit") == []
    assert menu_words(window, "view") == ["Watchlist", "Chart", "Order book", "Reset layout"]
    assert menu_words(window, "help") == ["Keyboard…", "About…"]


def test_the_edit_menu_is_given(window: MainWindow) -> None:
    undo, redo = QAction("Undo", window), QAction("Redo", window)
    window.set_edit_actions([undo])
    window.set_edit_actions([undo, redo])
    assert menu_words(window, "edit") == ["Undo", "Redo"]


def test_settings_ask_the_application(qtbot: QtBot) -> None:
    asked: list[int] = []
    window = MainWindow(on_settings=lambda: asked.append(1))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    trigger(window, "settings")
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert asked == [1, 1]


def test_a_view_action_hides_and_shows_a_panel(window: MainWindow) -> None:
    toggle = dock(window, "chart").toggleViewAction()
    toggle.trigger()
    assert not dock(window, "chart").isVisible()
    toggle.trigger()
    assert dock(window, "chart").isVisible()
    assert toggle.isChecked()


def test_about_is_a_window_that_blocks_nothing(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "about")
    box = window.findChild(QMessageBox, "about")
    assert box is not None
    assert box.isVisible()
    assert "AllTick Desk" in box.text()
    assert "MIT" in box.informativeText()
    box.accept()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "about") is None)


# The layout


def rearrange(window: MainWindow) -> None:
    """Change what can be changed; the offscreen platform's screen is 800 pixels wide."""
    dock(window, "book").hide()
    window.resizeDocks(
        [dock(window, "watchlist"), dock(window, "chart")], [200, 500], Qt.Orientation.Vertical
    )
    window.resize(760, 700)


def test_the_layout_survives(window: MainWindow, qtbot: QtBot) -> None:
    rearrange(window)
    qtbot.wait(10)
    state, before = window.layout_state(), places(window)
    other = MainWindow()
    qtbot.addWidget(other)
    assert other.restore_layout(state)
    with qtbot.waitExposed(other):
        other.show()
    assert other.size() == QSize(760, 700)
    assert not dock(other, "book").isVisible()
    assert places(other)["watchlist"].height() == before["watchlist"].height()
    for name in NAMES:
        other.place(name, Panel(QSize(900, 900)))
    assert places(other)["watchlist"].height() == before["watchlist"].height()


def test_reset_brings_the_first_layout_back(window: MainWindow, qtbot: QtBot) -> None:
    first = places(window)
    rearrange(window)
    dock(window, "chart").setFloating(True)
    window.resize(FIRST_SIZE)
    trigger(window, "reset")
    qtbot.waitUntil(lambda: places(window) == first)
    assert not dock(window, "chart").isFloating()
    assert dock(window, "book").isVisible()


@pytest.mark.parametrize(
    "broken",
    [b"", b"ATD", b"nonsense" * 20, b"ATDL\xff\xff\xff\xffrest", b"ATDL\x00\x00\x00\x00docks"],
)
def test_a_layout_that_is_none_changes_nothing(window: MainWindow, broken: bytes) -> None:
    before = places(window)
    assert not window.restore_layout(broken)
    assert places(window) == before


def test_a_layout_of_another_kind_changes_nothing(window: MainWindow) -> None:
    state = window.layout_state()
    assert not window.restore_layout(b"XXXX" + state[4:])
    assert window.restore_layout(state)


def test_a_cut_layout_changes_nothing(window: MainWindow) -> None:
    state, before = window.layout_state(), places(window)
    for length in range(0, len(state) - 60, 37):
        assert not window.restore_layout(state[:length])
    assert places(window) == before


@pytest.mark.parametrize("corner", [(-5000, -5000), (9000, 40), (30, 9000)])
def test_a_window_beyond_the_screens_is_brought_back(qtbot: QtBot, corner: tuple[int, int]) -> None:
    away = MainWindow()
    qtbot.addWidget(away)
    away.show()
    away.setGeometry(QRect(*corner, 5000, 4000))
    state = away.layout_state()
    window = MainWindow()
    qtbot.addWidget(window)
    assert window.restore_layout(state)
    window.show()
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(window.geometry())


def test_a_window_that_is_hardly_on_the_screen_is_brought_back(qtbot: QtBot) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    away = MainWindow()
    qtbot.addWidget(away)
    away.show()
    away.setGeometry(QRect(room.right() - 30, 100, 500, 400))
    window = MainWindow()
    qtbot.addWidget(window)
    assert window.restore_layout(away.layout_state())
    window.show()
    assert room.contains(window.geometry())
    assert window.size() == QSize(500, 400)


# Closing


def test_closing_asks_and_a_no_keeps_the_window(qtbot: QtBot) -> None:
    answers = [False, True]
    asked: list[int] = []

    def on_close() -> bool:
        asked.append(1)
        return answers.pop(0)

    window = MainWindow(on_close=on_close)
    qtbot.addWidget(window)
    window.show()
    trigger(window, "quit")
    assert window.isVisible()
    window.close()
    assert not window.isVisible()
    assert len(asked) == 2


def test_everything_has_a_name(window: MainWindow) -> None:
    assert window.accessibleName() == "AllTick Desk"
    assert window.menuBar().accessibleName() == "Menu"
    for name in NAMES:
        assert dock(window, name).accessibleName()
    for menu in window.findChildren(QMenu):
        if menu.objectName().startswith("menu."):
            assert menu.accessibleName()


def test_the_first_window_is_no_larger_than_the_screen(window: MainWindow) -> None:
    window.resize(4_000, 3_000)
    window.fit_first()
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.width() - 10 <= window.width() < room.width()
    assert room.height() - 100 <= window.height() < room.height()


def test_a_first_window_that_fits_stays_as_it_is(window: MainWindow) -> None:
    before = window.geometry()
    window.fit_first()
    assert window.geometry() == before
