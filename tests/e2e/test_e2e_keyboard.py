"""The window of the keys, opened as a person does: it says what the keys do, and where."""

from pathlib import Path

import pytest
from desk_under_test import desk_running, play
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit, QTreeWidget, QTreeWidgetItem

from alltick_desk.ui.keyboard import KeyboardWindow

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)


def rows(tree: QTreeWidget) -> dict[tuple[str, str], str]:
    """What is to be seen: place and deed, and its keys."""
    found = {}
    for at in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(at)
        assert isinstance(group, QTreeWidgetItem)
        for place in range(group.childCount()):
            row = group.child(place)
            if not row.isHidden() and not group.isHidden():
                found[group.text(0), row.text(0)] = row.text(1)
    return found


def test_f1_lists_the_keys_by_place(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=("700.HK",)) as d:
            await d.until(d.live)
            await d.until(lambda: d.front.window.findChild(QAction, "drawing.undo") is not None)
            await d.act(lambda: QTest.keyClick(d.front.window, Qt.Key.Key_F1))
            await d.until(lambda: d.dialog(KeyboardWindow))
            dialog = d.dialog(KeyboardWindow)
            assert dialog is not None
            tree = dialog.findChild(QTreeWidget)
            assert tree is not None
            seen = rows(tree)
            docks = {it.windowTitle() for it in d.front.window.findChildren(QDockWidget)}
            assert {place for place, _ in seen} <= {"Everywhere", *docks}
            assert seen["Everywhere", "Settings"] == "Ctrl+,"
            assert seen["Everywhere", "Add symbol"] == "Ctrl+K"
            assert seen["Watchlist", "Move up"] == "Alt+Up"
            assert any(place == "Chart" for place, _ in seen)

            # What is not in it is no key of anything that can be done.
            listed = ", ".join(seen.values()).split(", ")
            for action in d.front.window.findChildren(QAction):
                for key in action.shortcuts() if action.isVisible() else ():
                    if action.associatedObjects():
                        native = key.toString(QKeySequence.SequenceFormat.NativeText)
                        assert native in listed, action.objectName()

            find = dialog.findChild(QLineEdit)
            assert find is not None
            await d.act(lambda: QTest.keyClicks(find, "alt+up"))
            assert set(rows(tree)) == {("Watchlist", "Move up")}
            await d.act(lambda: QTest.keyClick(dialog, Qt.Key.Key_Escape))
            await d.until(lambda: d.dialog(KeyboardWindow) is None)

    play(scenario())


def test_another_key_is_told_as_it_is(tmp_path: Path, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with desk_running(tmp_path, symbols=("700.HK",)) as d:
            await d.until(d.live)
            action = d.find(QAction, "watchlist.up")
            action.setShortcut(QKeySequence("Ctrl+Alt+U"))
            await d.act(d.find(QAction, "window.keyboard").trigger)
            dialog = d.dialog(KeyboardWindow)
            assert dialog is not None
            tree = dialog.findChild(QTreeWidget)
            assert tree is not None
            assert rows(tree)["Watchlist", "Move up"] == "Ctrl+Alt+U"

    play(scenario())
