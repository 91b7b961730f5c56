"""A chart in the real window, and two ways to use it: with the mouse alone and with keys alone."""

from collections.abc import Callable

from chartscene import Scene
from PySide6.QtCore import QDeadlineTimer, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu, QToolButton, QWidget

from alltick_desk.services.drawings import DrawingBoard
from alltick_desk.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
MENU_BESIDE = QToolButton.ToolButtonPopupMode.MenuButtonPopup
MOST_STEPS = 80  # of Tab and Down: what is not found by then is out of reach


class WindowChart:
    """The chart's panel of a scene in its dock, with a board to draw on."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.panel = scene.panel
        self.view = scene.view
        self.board = DrawingBoard([])
        self.panel.drawings.show(self.board)
        self.window = MainWindow()
        self.window.place("chart", self.panel)
        for other in ("watchlist", "book"):
            self.window.findChild(QDockWidget, f"dock.{other}").close()
        # The offscreen platform's screen is 800 by 800, and menus keep to it.
        self.window.setGeometry(0, 0, 800, 700)
        self.window.show()
        self.window.activateWindow()
        self.view.setFocus()
        QApplication.processEvents()

    def end(self) -> None:
        self.panel.setParent(None)  # the scene deletes it
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()

    def button(self, name: str) -> QToolButton:
        found = self.window.findChild(QToolButton, name)
        assert found is not None, name
        return found

    def come_back(self) -> None:
        """Go on in the window after a dialog, as a window manager has it."""
        self.window.activateWindow()
        self.view.setFocus()
        QApplication.processEvents()

    # keys go where a person's keys go

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self._listener(), key, modifiers)

    def type(self, text: str) -> None:
        QTest.keyClicks(self._listener(), text)

    def tab_to(self, name: str) -> None:
        """Press Tab until a widget has the focus."""
        self.view.setFocus()
        for _ in range(MOST_STEPS):
            if QApplication.focusWidget().objectName() == name:
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"no Tab comes by {name}")

    def push(self, name: str, *, mouse: bool, arrow: bool = False) -> None:
        """Press a button, or the arrow beside it that opens its menu."""
        button = self.button(name)
        if mouse:
            edge = QPoint(button.width() - 4, button.height() // 2)
            QTest.mouseClick(button, LEFT, pos=edge if arrow else button.rect().center())
        else:
            self.tab_to(name)
            self.key(Qt.Key.Key_Down if arrow else Qt.Key.Key_Space)
        QApplication.processEvents()

    def choose(self, entry: str, *, mouse: bool, button: str = "chartMenu") -> None:
        """Open a button's menu and choose an entry, from a menu beneath it where it is there."""
        done: list[bool] = []

        def pick() -> None:
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            for action in path_to(menu, entry):
                assert action.isEnabled(), entry
                menu = self._click(menu, action) if mouse else self._walk(menu, action)
            done.append(True)

        arrow = self.button(button).popupMode() is MENU_BESIDE
        self._within(pick, lambda: self.push(button, mouse=mouse, arrow=arrow))
        assert done

    def click(self, place: tuple[float, float]) -> None:
        QTest.mouseClick(self.scene.surface, LEFT, pos=point(place))

    def within(self, *share: float) -> tuple[float, float]:
        """Return a place of the price pane by its share of width and height."""
        area = self.view.price.area
        return area.left() + share[0] * area.width(), area.top() + share[1] * area.height()

    # inside

    def _listener(self) -> QWidget:
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        if found is None:  # offscreen nobody gives the focus back after a popup
            self.window.activateWindow()
            found = self.window.focusWidget()
        assert found is not None
        return found

    @staticmethod
    def _within(act: Callable[[], None], opening: Callable[[], None]) -> None:
        """Act as soon as what ``opening`` brings is there, whether or not it returns before."""
        faults: list[BaseException] = []

        def guarded() -> None:
            try:
                act()
            except BaseException as error:  # noqa: BLE001 - raised below
                faults.append(error)
            finally:
                while (popup := QApplication.activePopupWidget()) is not None:
                    popup.close()

        QTimer.singleShot(0, guarded)
        opening()
        QApplication.processEvents()
        if faults:
            raise faults[0]

    @staticmethod
    def _click(menu: QMenu, action: QAction) -> QMenu:
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        return opened(action) or menu

    @staticmethod
    def _walk(menu: QMenu, action: QAction) -> QMenu:
        for _ in range(MOST_STEPS):
            if menu.activeAction() is action:
                break
            QTest.keyClick(menu, Qt.Key.Key_Down)
        assert menu.activeAction() is action, action.objectName()
        QTest.keyClick(menu, Qt.Key.Key_Right if beneath(action) else Qt.Key.Key_Return)
        return opened(action) or menu


def opened(action: QAction) -> QMenu | None:
    """Return the menu beneath an entry, once it has opened: the mouse opens it after a moment."""
    menu = beneath(action)
    if menu is not None:
        patience = QDeadlineTimer(5000)
        while not menu.isVisible():
            assert not patience.hasExpired(), action.text()
            QTest.qWait(5)
    return menu


def beneath(action: QAction) -> QMenu | None:
    found = action.menu()
    return found if isinstance(found, QMenu) else None


def path_to(menu: QMenu, name: str) -> list[QAction]:
    """Return the entries that lead to one of a name."""
    for action in menu.actions():
        if action.objectName() == name:
            return [action]
        under = beneath(action)
        if under is not None:
            try:
                return [action, *path_to(under, name)]
            except LookupError:
                continue
    raise LookupError(name)


def point(place: tuple[float, float]) -> QPoint:
    return QPoint(round(place[0]), round(place[1]))
