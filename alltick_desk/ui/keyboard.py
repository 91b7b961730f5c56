"""The window that lists the keys, by the place where they count.

It is read off the actions themselves when it is opened, so it says what the keys do now.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.ui.plain_buttons import plain_buttons

translate = QCoreApplication.translate

_WIDE = frozenset({Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut})
_PLAIN = QKeySequence.SequenceFormat.NativeText


class Key(NamedTuple):
    """What one action's keys do.

    ``place`` is the title of the panel in which they count, "" for the whole window.
    """

    place: str
    keys: str
    does: str


def keys_of(window: QMainWindow) -> list[Key]:
    """Return the keys of all that a window can do now: first those that count everywhere.

    Several widgets may offer the same action, as charts side by side do: it is listed once.
    """
    docks = [dock.windowTitle() for dock in window.findChildren(QDockWidget)]
    places = ["", *docks]
    found = dict.fromkeys(_each(window))
    return sorted(found, key=lambda key: places.index(key.place) if key.place in places else 99)


def _each(window: QMainWindow) -> Iterator[Key]:
    # From the menus down, since their order is one that people know.
    menus: list[QWidget] = [*window.menuBar().findChildren(QMenu), *window.findChildren(QMenu)]
    for widget in (*menus, window, *window.findChildren(QWidget)):
        for action in widget.actions():
            if action.shortcuts() and action.isVisible():
                yield _key(action)


def _key(action: QAction) -> Key:
    keys = ", ".join(key.toString(_PLAIN) for key in action.shortcuts())
    return Key(_place(action), keys, action.text().replace("&", "").rstrip("…"))


def _place(action: QAction) -> str:
    """Return the title of the panel in which an action's keys count."""
    if action.shortcutContext() in _WIDE:
        return ""
    for widget in action.associatedObjects():
        if isinstance(widget, QMenu):
            continue  # it shows the keys, and others obey them
        above: QObject | None = widget
        while not (above is None or isinstance(above, QDockWidget)):
            above = above.parent()
        if isinstance(above, QDockWidget):
            return above.windowTitle()
    return ""


class KeyboardWindow(QDialog):
    """The keys of a window, with a box to find one by what it does or is called."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("keyboard")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._find = QLineEdit(self)
        self._find.setObjectName("keyboard.find")
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(self._narrow)
        self._tree = QTreeWidget(self)
        self._tree.setObjectName("keyboard.keys")
        self._tree.setColumnCount(2)
        self._tree.setRootIsDecorated(False)
        self._tree.setItemsExpandable(False)
        self._tree.setUniformRowHeights(True)
        self._tree.setAlternatingRowColors(True)
        self._tree.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._box = plain_buttons(QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self))
        self._box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._find, self._tree, self._box):
            column.addWidget(widget)
        self._write()
        letter = self.fontMetrics().averageCharWidth()
        room = window.screen().availableGeometry().size()
        self.resize(min(letter * 90, room.width()), min(letter * 96, room.height() * 4 // 5))
        self._find.setFocus()

    def _write(self) -> None:
        """Read the actions, in the language of now."""
        self.setWindowTitle(translate("Keyboard", "Keyboard"))
        self.setAccessibleName(translate("Keyboard", "Keyboard"))
        self._find.setPlaceholderText(translate("Keyboard", "Find a key or what it does"))
        self._find.setAccessibleName(translate("Keyboard", "Find a key or what it does"))
        self._tree.setAccessibleName(translate("Keyboard", "Keys"))
        self._tree.setHeaderLabels([translate("Keyboard", "Does"), translate("Keyboard", "Keys")])
        close = self._box.button(QDialogButtonBox.StandardButton.Close)
        close.setText(translate("Keyboard", "Close"))
        self._groups = []
        self._tree.clear()
        for place, keys in groupby(keys_of(self._window), key=lambda key: key.place):
            group = self._group(place)
            rows = [QTreeWidgetItem(group, [key.does, key.keys]) for key in keys]
            self._groups.append((group, rows))
        self._tree.expandAll()
        self._tree.resizeColumnToContents(0)
        self._narrow(self._find.text())

    def _group(self, place: str) -> QTreeWidgetItem:
        title = place or translate("Keyboard", "Everywhere")
        group = QTreeWidgetItem(self._tree, [title])
        group.setFirstColumnSpanned(True)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        return group

    def _narrow(self, text: str) -> None:
        """Show only what has the words, in its own or in its keys."""
        words = text.casefold().split()
        for group, rows in self._groups:
            for row in rows:
                told = f"{row.text(0)} {row.text(1)}".casefold()
                row.setHidden(not all(word in told for word in words))
            group.setHidden(all(row.isHidden() for row in rows))

    # Qt's own

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)
