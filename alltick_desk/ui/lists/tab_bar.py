"""The lists as tabs: Qt's own tab bar, whose tabs are named in place and take what is dropped."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from alltick_desk.model.lists import ListBook, NamedList
from alltick_desk.ui.scroll_buttons import name_scroll_buttons
from alltick_desk.ui.tip_text import as_written

if TYPE_CHECKING:  # the first window is painted without what nobody has done yet
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )

    from alltick_desk.ui.lists.carried import Carried
    from alltick_desk.ui.lists.name_field import NameField

OPEN_MS = 700  # what is dragged over a tab for so long opens it
WIDEST = 32  # characters of a name; its tip has it whole

translate = QCoreApplication.translate
_CONTROL = Qt.KeyboardModifier.ControlModifier


class TabHands(NamedTuple):
    """What is told of a person's hands on the tabs; lists are named by their ids."""

    show: Callable[[str], object]
    rename: Callable[[str, str], object]
    delete: Callable[[str], object]
    move: Callable[[str, int], object]  # to a place among the tabs
    menu: Callable[[str, QPoint], object]  # "" beside the tabs; at a place of the screen
    take: "Callable[[Carried, str, bool], object]"  # rows, for a list; whether they are copied
    bring: "Callable[[QDropEvent, str], object]"  # what comes from outside


class ListTabBar(QTabBar):
    """Shows a book's lists; what a person does goes to ``hands``."""

    def __init__(self, hands: TabHands, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lists.tabs")
        self._hands = hands
        self._strip = parent
        self._over = -1  # the tab that something is dragged over
        self._field: NameField | None = None
        self._roomy = "", 0  # the list whose tab makes room for the field, and how much
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)  # many names differ at their ends
        self.setAcceptDrops(True)
        self.opening = QTimer(self)
        self.opening.setSingleShot(True)
        self.opening.setInterval(OPEN_MS)
        self.opening.timeout.connect(self._open_over)
        self.currentChanged.connect(self._show)

    def show_book(self, book: ListBook) -> None:
        """Show these lists."""
        blocker = QSignalBlocker(self)  # nobody chose a tab
        names = [(self.list_at(at), self.tabText(at)) for at in range(self.count())]
        if names != [(one.id, _shown(one.name)) for one in book.lists]:
            self.end_naming()
            while self.count() > len(book.lists):
                self.removeTab(self.count() - 1)
            while self.count() < len(book.lists):
                self.addTab("")
            for at, one in enumerate(book.lists):
                self.setTabText(at, _shown(one.name))
                self.setTabData(at, one.id)
        self.show_counts(book)
        self.setCurrentIndex(book.place(book.current))
        blocker.unblock()

    def show_counts(self, book: ListBook) -> None:
        """Tell in each tab's tip, and to screen readers, how many rows its list has."""
        for at, one in enumerate(book.lists):
            told = _told(one)
            if self.accessibleTabName(at) != told:
                self.setTabToolTip(at, as_written(told))
                self.setAccessibleTabName(at, told)

    def list_at(self, at: int) -> str:
        """Return the id of the list of a tab, "" where there is no tab."""
        return str(self.tabData(at) or "")

    def name(self, list_id: str) -> None:
        """Have the person write a list's name on its tab."""
        from alltick_desk.ui.lists.name_field import NameField

        at = next((at for at in range(self.count()) if self.list_at(at) == list_id), -1)
        if at < 0:
            return
        self.setCurrentIndex(at)  # it may have been scrolled out of sight
        self.end_naming()
        name = self.tabText(at).replace("&&", "&")
        self._field = NameField(
            self._strip,  # the bar itself may be no wider than one short name
            name,
            title=translate("Lists", "Name of the list"),
            back=self,
            on_name=lambda text: self._hands.rename(list_id, text),
            on_end=self._forget_field,
        )
        self._make_room(list_id, self._field.least_width())
        self._field.open_over(self.tabRect(at).translated(self.mapTo(self._strip, QPoint())))

    def end_naming(self) -> None:
        """Keep what was written as a name."""
        if self._field is not None:
            self._field.finish(keep=True)

    # Inside

    def _forget_field(self) -> None:
        self._field = None
        self._make_room("", 0)

    def _make_room(self, list_id: str, width: int) -> None:
        """Make a list's tab so wide at least: a field over it is to hide no other tab."""
        self._roomy = list_id, width
        for at in range(self.count()):
            self.setTabText(at, self.tabText(at))  # Qt measures its tabs anew
        self.updateGeometry()
        if (layout := self._strip.layout()) is not None:
            layout.activate()

    def _show(self, at: int) -> None:
        if list_id := self.list_at(at):
            self._hands.show(list_id)

    def _take_order(self) -> None:
        """Tell of the one tab that was dragged, once it is let go."""
        at = self.currentIndex()
        if list_id := self.list_at(at):
            self._hands.move(list_id, at)

    def _open_over(self) -> None:
        if list_id := self.list_at(self._over):
            self._hands.show(list_id)

    def _hover(self, at: int) -> None:
        if at != self._over:
            self._over = at
            self.update()
            if at >= 0:
                self.opening.start()
            else:
                self.opening.stop()

    # Qt's events

    def tabSizeHint(self, index: int) -> QSize:
        size = super().tabSizeHint(index)
        widest = self.fontMetrics().averageCharWidth() * WIDEST
        roomy, least = self._roomy
        least = least if roomy and roomy == self.list_at(index) else 0
        return QSize(max(min(size.width(), widest), least), size.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the same, so that what has no room is scrolled to, not cut."""
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        """Leave no gap behind tabs that need less than Qt wants for its scroll buttons."""
        return super().minimumSizeHint().boundedTo(self.sizeHint())

    def mouseReleaseEvent(self, event: "QMouseEvent") -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._take_order()

    def mouseDoubleClickEvent(self, event: "QMouseEvent") -> None:
        list_id = self.list_at(self.tabAt(event.position().toPoint()))
        if list_id and event.button() == Qt.MouseButton.LeftButton:
            self.name(list_id)
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        list_id = self.list_at(self.currentIndex())
        if event.key() == Qt.Key.Key_F2:
            self.name(list_id)
        elif event.key() == Qt.Key.Key_Delete:
            self._hands.delete(list_id)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # On a tab these are about its list; the panel's are about rows.
        if event.type() == QEvent.Type.ShortcutOverride:
            pressed = cast("QKeyEvent", event)
            if pressed.key() in {Qt.Key.Key_F2, Qt.Key.Key_Delete}:
                event.accept()
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            name_scroll_buttons(self)

    def contextMenuEvent(self, event: "QContextMenuEvent") -> None:
        at = self.tabAt(event.pos())
        place = event.globalPos()
        if event.reason() == event.Reason.Keyboard:
            at = self.currentIndex()
            place = self.mapToGlobal(self.tabRect(at).bottomLeft())
        self._hands.menu(self.list_at(at), place)

    def paintEvent(self, event: "QPaintEvent") -> None:
        super().paintEvent(event)
        if self._over >= 0:
            painter = QPainter(self)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(self.tabRect(self._over).adjusted(1, 1, -1, -1))
            painter.end()

    def dragEnterEvent(self, event: "QDragEnterEvent") -> None:
        from alltick_desk.ui.lists.carried import is_welcome

        if is_welcome(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: "QDragMoveEvent") -> None:
        from alltick_desk.ui.lists.carried import ROWS

        at = self.tabAt(event.position().toPoint())
        self._hover(at)
        if at < 0:
            event.ignore()
        elif event.mimeData().hasFormat(ROWS):
            event.setDropAction(_action(event))
            event.accept()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: "QDragLeaveEvent") -> None:
        self._hover(-1)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: "QDropEvent") -> None:
        from alltick_desk.ui.lists.carried import unpack

        target = self.list_at(self.tabAt(event.position().toPoint()))
        self._hover(-1)
        if not target:
            return
        carried = unpack(event.mimeData())
        if carried is None:
            event.acceptProposedAction()
            self._hands.bring(event, target)
        else:
            event.setDropAction(_action(event))
            event.accept()
            self._hands.take(carried, target, event.dropAction() is Qt.DropAction.CopyAction)


def _action(event: "QDropEvent") -> Qt.DropAction:
    copies = bool(event.modifiers() & _CONTROL)
    return Qt.DropAction.CopyAction if copies else Qt.DropAction.MoveAction


def _shown(name: str) -> str:
    return name.replace("&", "&&")  # one alone would mark a key


def _told(one: NamedList) -> str:
    words = translate("Lists", "{name}, rows: {n}")
    return words.format(name=one.name, n=sum(len(it.entries) for it in one.sections))
