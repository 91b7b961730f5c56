"""The main window: it arranges panels and knows nothing of what they show.

Watchlist, chart and order book are docks that can be moved, floated and closed. Each stands from
the start with a calm placeholder, so that a panel which is built after the first paint takes its
place without moving anything.
"""

import struct
from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QRect, QSize, Qt, qVersion
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QMenu,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)

from alltick_desk import __version__
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.ui.frames import MeteredWindow
from alltick_desk.ui.placement import fitted

TITLE = "AllTick Desk"
FIRST_SIZE = QSize(1280, 800)

_PANELS = {
    "watchlist": QT_TRANSLATE_NOOP("MainWindow", "Watchlist"),
    "chart": QT_TRANSLATE_NOOP("MainWindow", "Chart"),
    "book": QT_TRANSLATE_NOOP("MainWindow", "Order book"),
}
_AREA = Qt.DockWidgetArea.LeftDockWidgetArea
_LAYOUT_VERSION = 1  # another set of docks needs another number
_LAYOUT = struct.Struct(">4sI")  # a mark, and the length of Qt's geometry that follows
_MARK = b"ATDM"
_PLACE = struct.Struct(">4i?")  # then left, top, width and height, and whether it was maximized
_MARK_WITHOUT_PLACE = b"ATDL"
_FRAME_PX = 2  # around a window; how wide it is nobody tells before it is shown
_MENUS = ("file", "edit", "view", "tools", "help")

translate = QCoreApplication.translate


class Slot(QWidget):
    """A dock's content: a placeholder until the panel comes, of one size either way."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"slot.{name}")
        placeholder = QLabel(self)
        placeholder.setObjectName(f"placeholder.{name}")
        placeholder.setAlignment(Qt.AlignmentFlag.AlignCenter)
        placeholder.setEnabled(False)  # in the theme's muted colour
        self._content: QWidget = placeholder
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(placeholder)

    @property
    def content(self) -> QWidget:
        """The panel, or the placeholder."""
        return self._content

    def place(self, widget: QWidget) -> None:
        """Show ``widget`` instead of what was there, which is deleted."""
        old, self._content = self._content, widget
        self._layout.replaceWidget(old, widget)
        widget.show()
        old.hide()
        old.deleteLater()

    def translate(self, title: str) -> None:
        """Name what will come, while it has not come."""
        if isinstance(self._content, QLabel):
            self._content.setText(title)
            words = translate("MainWindow", "{panel} is being made ready")
            self._content.setAccessibleName(words.format(panel=title))

    # The docks' sizes are the person's: no panel that comes later may change them.

    def sizeHint(self) -> QSize:
        return QSize(400, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 96)


class MainWindow(MeteredWindow):
    """The window with its docks and menus.

    ``on_close`` is asked when the window is about to close; where it returns False the window
    stays, and closes itself later. ``on_settings`` opens the settings.
    """

    def __init__(
        self,
        *,
        on_close: Callable[[], bool] = lambda: True,
        on_settings: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._on_close = on_close
        self._on_settings = on_settings
        self.setObjectName("window")
        self.setWindowTitle(TITLE)
        self.setDockNestingEnabled(True)
        self._slots = {name: Slot(name, self) for name in _PANELS}
        self._docks = {name: self._make_dock(name) for name in _PANELS}
        self._actions = {
            "settings": self._make_action("settings", self._open_settings, "Ctrl+,"),
            "quit": self._make_action("quit", self._quit, QKeySequence.StandardKey.Quit),
            "reset": self._make_action("reset", self.reset_layout),
            "keyboard": self._make_action("keyboard", self.show_keyboard, "F1"),
            "about": self._make_action("about", self.show_about),
            "import": self._make_action("import", lambda: self._use("import")),
            "products": self._make_action("products", lambda: self._use("products")),
        }
        self._uses: dict[str, Callable[[], None]] = {}
        self._actions["settings"].setMenuRole(QAction.MenuRole.PreferencesRole)
        self._actions["quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self._actions["about"].setMenuRole(QAction.MenuRole.AboutRole)
        self._menus = {name: self._make_menu(name) for name in _MENUS}
        self._fill_menus()
        self._translate()
        self.resize(FIRST_SIZE)
        self._arrange()

    def place(self, name: str, widget: QWidget) -> None:
        """Put a panel in its place: ``watchlist``, ``chart``, ``book`` or ``status``.

        It may come at any time; nothing else moves. What stood there is deleted.
        """
        if name == "status":
            if not isinstance(widget, QStatusBar):
                raise TypeError("the status bar must be a QStatusBar")
            self.setStatusBar(widget)
            return
        self._slots[name].place(widget)

    def panel(self, name: str) -> QWidget:
        """Return what stands in a dock: the panel, or its placeholder."""
        return self._slots[name].content

    def set_edit_actions(self, *groups: Sequence[QAction]) -> None:
        """Fill the Edit menu, with a line between groups."""
        menu = self._menus["edit"]
        menu.clear()
        for number, actions in enumerate(groups):
            if number:
                menu.addSeparator()
            menu.addActions(list(actions))

    def add_file_actions(self, actions: Sequence[QAction]) -> None:
        """Put entries at the top of the File menu."""
        first = self._actions["settings"]
        self._menus["file"].insertActions(first, list(actions))
        self._menus["file"].insertSeparator(first)

    def add_view_menu(self, menu: QMenu) -> None:
        """Put a submenu into the View menu, after the panels."""
        reset = self._actions["reset"]
        self._menus["view"].insertMenu(reset, menu)
        self._menus["view"].insertSeparator(reset)

    def offer(self, name: str, use: Callable[[], None]) -> None:
        """Say what an entry of the Tools menu does: ``import`` or ``products``."""
        self._uses[name] = use
        self._actions[name].setEnabled(True)

    def layout_state(self) -> bytes:
        """Return where the window and its docks are, for ``restore_layout``."""
        geometry = bytes(self.saveGeometry().data())
        docks = bytes(self.saveState(_LAYOUT_VERSION).data())
        area = self.normalGeometry() if self.isMaximized() else self.geometry()
        sides = (area.x(), area.y(), area.width(), area.height())
        place = _PLACE.pack(*sides, self.isMaximized())
        return _LAYOUT.pack(_MARK, len(geometry)) + place + geometry + docks

    def restore_layout(self, state: bytes) -> bool:
        """Bring back what ``layout_state`` returned, inside the screens that there are now.

        Returns False, and keeps the arrangement, where ``state`` is none of this version.
        """
        if len(state) < _LAYOUT.size:
            return False
        mark, length = _LAYOUT.unpack_from(state)
        body, place = state[_LAYOUT.size :], b""
        if mark == _MARK:
            place, body = body[: _PLACE.size], body[_PLACE.size :]
        elif mark != _MARK_WITHOUT_PLACE:
            return False
        if length > len(body):
            return False
        if not self.restoreState(QByteArray(body[length:]), _LAYOUT_VERSION):
            return False
        # Qt takes no geometry from a screen of another width, as one at another scale is.
        maximized = False
        if not self.restoreGeometry(QByteArray(body[:length])) and place:
            *area, maximized = _PLACE.unpack(place)
            self.setGeometry(QRect(*area))
        if not self.isMaximized():
            self._fit_screens()
        if maximized:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)
        return True

    def reset_layout(self) -> None:
        """Arrange the docks as on the first day; the window keeps its size."""
        for dock in self._docks.values():
            dock.setFloating(False)
            self.removeDockWidget(dock)
        self._arrange()

    def show_keyboard(self) -> None:
        """List the keys, as they are now."""
        from alltick_desk.ui.keyboard import KeyboardWindow  # not needed before the first paint

        KeyboardWindow(self).show()

    def show_about(self) -> None:
        """Tell what program this is."""
        import platform  # not needed before the first paint, nor is the box

        from PySide6.QtWidgets import QMessageBox

        from alltick_desk.ui.plain_buttons import plain_buttons

        box = QMessageBox(self)
        box.setObjectName("about")
        box.setAccessibleName(translate("MainWindow", "About"))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(translate("MainWindow", "About {name}").format(name=TITLE))
        box.setText(f"{TITLE} {__version__}")
        box.setInformativeText(
            translate(
                "MainWindow",
                "A desktop market watch for AllTick and iTick market data.\n"
                "MIT licence. Python {python}, Qt {qt}.",
            ).format(python=platform.python_version(), qt=qVersion())
        )
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        plain_buttons(box).open()

    def fit_first(self) -> None:
        """Be no larger than the screen; where on it is the desktop's to say."""
        rooms = self._rooms()
        if rooms:
            self.resize(self.size().boundedTo(rooms[0].size()))

    def _fit_screens(self) -> None:
        """Be no larger than a screen, and on one, the title bar with it."""
        area = fitted(self.geometry(), self._rooms())
        if area != self.geometry():
            self.setGeometry(area)

    def _rooms(self) -> list[QRect]:
        """Return what the screens have free for a window without its frame, the primary first."""
        title_px = 2 * self.fontMetrics().height()  # the style would take long to say it
        primary = QGuiApplication.primaryScreen()
        screens = sorted(QGuiApplication.screens(), key=lambda it: it is not primary)
        inside = (_FRAME_PX, title_px + _FRAME_PX, -_FRAME_PX, -_FRAME_PX)
        return [it.availableGeometry().adjusted(*inside) for it in screens]

    # Building

    def _make_dock(self, name: str) -> QDockWidget:
        dock = QDockWidget(self)
        dock.setObjectName(f"dock.{name}")
        dock.setWidget(self._slots[name])
        return dock

    def _make_action(
        self, name: str, call: Callable[[], object], key: str | QKeySequence.StandardKey = ""
    ) -> QAction:
        action = QAction(self)
        action.setObjectName(f"window.{name}")
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(call)
        return action

    def _make_menu(self, name: str) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName(f"menu.{name}")
        self.menuBar().addMenu(menu)
        return menu

    def _fill_menus(self) -> None:
        self.menuBar().setObjectName("menu")
        self._menus["file"].addAction(self._actions["settings"])
        self._menus["file"].addSeparator()
        self._menus["file"].addAction(self._actions["quit"])
        self._menus["view"].addActions([dock.toggleViewAction() for dock in self._docks.values()])
        self._menus["view"].addSeparator()
        self._menus["view"].addAction(self._actions["reset"])
        for name in ("import", "products"):
            self._actions[name].setEnabled(False)
            self._menus["tools"].addAction(self._actions[name])
        self._menus["help"].addAction(self._actions["keyboard"])
        self._menus["help"].addAction(self._actions["about"])

    def _arrange(self) -> None:
        """The list across the top, for its columns need the width; chart and book below."""
        watchlist, chart, book = self._docks.values()
        self.addDockWidget(_AREA, watchlist)
        self.splitDockWidget(watchlist, chart, Qt.Orientation.Vertical)
        self.splitDockWidget(chart, book, Qt.Orientation.Horizontal)
        for dock in self._docks.values():
            dock.show()
        width, height = self.width(), self.height()
        self.resizeDocks(
            [watchlist, chart],
            [round(height * 0.46), round(height * 0.54)],
            Qt.Orientation.Vertical,
        )
        self.resizeDocks(
            [chart, book], [round(width * 0.74), round(width * 0.26)], Qt.Orientation.Horizontal
        )

    def _translate(self) -> None:
        self.setAccessibleName(TITLE)
        self.menuBar().setAccessibleName(translate("MainWindow", "Menu"))
        for name, dock in self._docks.items():
            title = translate("MainWindow", _PANELS[name])
            dock.setWindowTitle(title)
            dock.setAccessibleName(translate("MainWindow", "{panel} panel").format(panel=title))
            self._slots[name].translate(title)
        for menu, title in (
            ("file", translate("MainWindow", "&File")),
            ("edit", translate("MainWindow", "&Edit")),
            ("view", translate("MainWindow", "&View")),
            ("tools", translate("MainWindow", "T&ools")),
            ("help", translate("MainWindow", "&Help")),
        ):
            self._menus[menu].setTitle(title)
            self._menus[menu].setAccessibleName(title.replace("&", ""))
        self._actions["settings"].setText(translate("MainWindow", "Settings…"))
        self._actions["quit"].setText(translate("MainWindow", "Quit"))
        self._actions["reset"].setText(translate("MainWindow", "Reset layout"))
        self._actions["keyboard"].setText(translate("MainWindow", "Keyboard…"))
        self._actions["about"].setText(translate("MainWindow", "About…"))
        self._actions["import"].setText(translate("MainWindow", "Import product list…"))
        self._actions["products"].setText(translate("MainWindow", "Product lists…"))

    def _open_settings(self) -> None:
        self._on_settings()

    def _use(self, name: str) -> None:
        self._uses[name]()

    def _quit(self) -> None:
        self.close()

    # Qt's events

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._on_close():
            event.accept()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
