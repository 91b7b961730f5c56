"""A watchlist panel with several lists, and hands that drag: Qt's own drags need a real screen."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from watchdesk import WatchDesk, key

from alltick_desk.model.lists import Place
from alltick_desk.ui.lists.tab_bar import ListTabBar

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
_ACTIONS = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction


class ListDesk(WatchDesk):
    """A WatchDesk whose first list is called Main."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(qtbot)
        self.lists = self.watchlist.lists
        self.lists.rename_list("Main")
        self.show(qtbot)

    @property
    def bar(self) -> ListTabBar:
        return self.child(ListTabBar, "lists.tabs")

    def tabs(self) -> list[str]:
        return [self.bar.tabText(at) for at in range(self.bar.count())]

    def more_lists(self, *names: str) -> None:
        """Add lists; the one that is shown stays shown."""
        shown = self.lists.shown.id
        for name in names:
            self.lists.add_list(name)
        self.lists.show(shown)

    def sections(self, *names: str) -> None:
        """Put headings between the rows, one after each row from the first on."""
        for number, name in enumerate(names):
            self.lists.add_section(name, Place(number, 1))

    def named(self, name: str) -> str:
        found = self.lists.book.named(name)
        assert found is not None
        return found.id

    def codes(self, name: str) -> list[str]:
        found = self.lists.book.named(name)
        assert found is not None
        return [it.code for it in found.keys]

    def field(self) -> QLineEdit | None:
        """Return the field that a name is written in now, if there is one."""
        fields = self.panel.findChildren(QLineEdit, "lists.name")
        return next((it for it in fields if it.isVisible()), None)

    def write(self, name: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        field = self.field()
        assert field is not None
        field.selectAll()
        field.insert(name)  # QTest has no keys for Chinese
        QTest.keyClick(field, end)

    def select(self, *codes: str) -> None:
        assert self.panel.edits.select([key(code) for code in codes])

    def on(self, name: str) -> None:
        """Bring the keyboard to a line: a code or a section's name."""
        index = self.table.model().index(self.shown().index(name), 0)
        flag = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def line(self, name: str, part: float = 0.5) -> QPoint:
        """Return a point of a line of the table, so much of its height below its top."""
        height = self.table.verticalHeader().defaultSectionSize()
        first = self.table.verticalScrollBar().value()
        at = self.shown().index(name) - first
        return QPoint(60, round((at + part) * height))

    def tab(self, name: str) -> QPoint:
        return self.bar.tabRect(self.tabs().index(name)).center()

    def pick(self, menu: QMenu, name: str) -> None:
        """Choose an entry of a menu by its name."""
        if not menu.isVisible():
            menu.popup(QPoint(0, 0))
        action = next(it for it in menu.actions() if it.objectName() == name)
        assert action.isEnabled()
        assert action.isVisible()
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())

    def menu_under(self, name: str) -> QMenu:
        """Return the menu of one of the actions that are menus, as it opens."""
        menu = self.panel.lists.actions[name].menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        return menu

    # Drags

    def lift(self) -> QMimeData:
        """Begin to drag what is selected; return what the drag carries."""
        carried: list[QMimeData] = []

        def take(drag: QDrag) -> None:
            carried.append(drag.mimeData())

        drag = self.panel.lists.dragging
        drag.run = take
        drag.start()
        assert len(carried) == 1
        copy = QMimeData()  # the drag takes its own with it
        for kind in carried[0].formats():
            copy.setData(kind, carried[0].data(kind))
        return copy


class Hands:
    """Drags something over widgets, as Qt tells them of it."""

    def __init__(self, data: QMimeData) -> None:
        self.data = data
        self._over: QWidget | None = None

    def over(
        self, target: QWidget, at: QPoint, modifiers: Qt.KeyboardModifier = NONE
    ) -> Qt.DropAction:
        """Bring it to a place; return what a drop would do there, IgnoreAction for nothing."""
        if self._over is not target:
            self.away()
            self._over = target
            QApplication.sendEvent(
                target, QDragEnterEvent(at, _ACTIONS, self.data, LEFT, modifiers)
            )
        event = QDragMoveEvent(at, _ACTIONS, self.data, LEFT, modifiers)
        event.ignore()
        QApplication.sendEvent(target, event)
        return event.dropAction() if event.isAccepted() else Qt.DropAction.IgnoreAction

    def away(self) -> None:
        """Take it off the widget."""
        if self._over is not None:
            QApplication.sendEvent(self._over, QDragLeaveEvent())
            self._over = None

    def drop(self, target: QWidget, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Drop it; what refuses it while it is held gets nothing."""
        if self.over(target, at, modifiers) is Qt.DropAction.IgnoreAction:
            self.away()
            return
        self._over = None
        QApplication.sendEvent(target, QDropEvent(at, _ACTIONS, self.data, LEFT, modifiers))


def text_of(*codes: str) -> QMimeData:
    data = QMimeData()
    data.setText("\n".join(codes))
    return data


def mime_of(files: Sequence[str]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(file) for file in files])
    return data
