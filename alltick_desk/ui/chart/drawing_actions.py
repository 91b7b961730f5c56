"""What can be done with drawings, once for the button, the menus and the keys."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from alltick_desk.model.drawings import Kind
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.drawings import DrawingBoard
from alltick_desk.ui.chart.drawing_icons import kind_icon, pencil_icon
from alltick_desk.ui.chart.drawing_words import kind_name
from alltick_desk.ui.theme import Theme

if TYPE_CHECKING:
    from alltick_desk.ui.chart.drawing_control import ChartDrawings

translate = QCoreApplication.translate

_TOOL_KEYS = {
    Kind.TREND: "Alt+T",
    Kind.RAY: "Alt+R",
    Kind.HORIZONTAL: "Alt+L",
    Kind.VERTICAL: "Alt+I",
    Kind.CHANNEL: "Alt+C",
    Kind.RECTANGLE: "Alt+B",
    Kind.FIBONACCI: "Alt+G",
    Kind.TEXT: "Alt+X",
    Kind.ARROW: "Alt+A",
}


class _Deed(NamedTuple):
    """An action's declaration."""

    text: str
    keys: tuple[str, ...] = ()
    checkable: bool = False


_DEEDS = {
    "undo": _Deed(QT_TRANSLATE_NOOP("Drawings", "Undo drawing"), ("Ctrl+Z",)),
    "redo": _Deed(QT_TRANSLATE_NOOP("Drawings", "Redo drawing"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    "style": _Deed(QT_TRANSLATE_NOOP("Drawings", "Style…")),
    "text": _Deed(QT_TRANSLATE_NOOP("Drawings", "Edit text")),
    "duplicate": _Deed(QT_TRANSLATE_NOOP("Drawings", "Duplicate"), ("Ctrl+D",)),
    "lock": _Deed(QT_TRANSLATE_NOOP("Drawings", "Locked"), checkable=True),
    "hide": _Deed(QT_TRANSLATE_NOOP("Drawings", "Hide")),
    "front": _Deed(QT_TRANSLATE_NOOP("Drawings", "Bring to front")),
    "back": _Deed(QT_TRANSLATE_NOOP("Drawings", "Send to back")),
    "remove": _Deed(QT_TRANSLATE_NOOP("Drawings", "Remove"), ("Del", "Backspace")),
    "select_all": _Deed(QT_TRANSLATE_NOOP("Drawings", "Select all drawings"), ("Ctrl+A",)),
    "magnet": _Deed(QT_TRANSLATE_NOOP("Drawings", "Magnet"), checkable=True),
    "keep": _Deed(QT_TRANSLATE_NOOP("Drawings", "Keep drawing"), checkable=True),
    "lock_all": _Deed(QT_TRANSLATE_NOOP("Drawings", "Lock all drawings"), checkable=True),
    "hide_all": _Deed(QT_TRANSLATE_NOOP("Drawings", "Hide all drawings")),
    "show_all": _Deed(QT_TRANSLATE_NOOP("Drawings", "Show hidden drawings")),
    "remove_all": _Deed(QT_TRANSLATE_NOOP("Drawings", "Remove all drawings")),
}
_TIPS = {
    "magnet": QT_TRANSLATE_NOOP(
        "Drawings",
        "Points catch at a bar's open, high, low and close. Hold Ctrl to have that once.",
    ),
    "keep": QT_TRANSLATE_NOOP("Drawings", "Stay with the tool after drawing."),
}
_OF_SELECTION = ("style", "text", "duplicate", "lock", "hide", "", "front", "back", "", "remove")
_OF_ALL = ("select_all", "lock_all", "hide_all", "show_all", "remove_all")
_SWITCHES = ("magnet", "keep")


class DrawingActions:
    """The QActions by name, and the button with the menu of tools.

    Keys count while the chart has the focus.
    """

    def __init__(self, drawings: "ChartDrawings") -> None:
        self._drawings = drawings
        self._last = Kind.TREND
        self._theme = drawings.view.theme
        calls: dict[str, Callable[..., object]] = {
            "undo": drawings.undo,
            "redo": drawings.redo,
            "style": drawings.open_style,
            "text": self._edit_text,
            "duplicate": drawings.duplicate,
            "lock": self._lock,
            "hide": self._hide,
            "front": self._to_front,
            "back": self._to_back,
            "remove": self._remove,
            "select_all": self._select_all,
            "magnet": self._set_magnet,
            "keep": self._set_keep,
            "lock_all": self._lock_all,
            "hide_all": self._hide_all,
            "show_all": self._show_all,
            "remove_all": self._remove_all,
        }
        self._by_name = {
            name: self._make(name, deed.keys, calls[name], checkable=deed.checkable)
            for name, deed in _DEEDS.items()
        }
        self._tools = {kind: self._make_tool(kind) for kind in Kind}
        group = QActionGroup(drawings.view)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for tool in self._tools.values():
            group.addAction(tool)
        self.button = DrawButton(drawings.view)
        self.button.clicked.connect(self._toggle)
        self._fill_button()
        self.translate()
        self.set_theme(self._theme)
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        """Return an action by its name; a kind's tool by the kind."""
        return self._tools[name] if isinstance(name, Kind) else self._by_name[name]

    def for_edit_menu(self) -> list[QAction]:
        """Return what the window's Edit menu holds of the drawings."""
        return [self._by_name["undo"], self._by_name["redo"]]

    def for_menu(self, *, selection: bool) -> Iterator[QAction | None]:
        """Yield what a context menu holds, None for a separator; nothing where it would be idle."""
        board = self._drawings.board
        if board is None or not any(it.known for it in board.drawings):
            return
        if selection:
            for name in _OF_SELECTION:
                if name != "text" or self._by_name["text"].isEnabled():
                    yield self._by_name[name] if name else None
            yield None
        for name in _OF_ALL:
            yield self._by_name[name]

    def refresh(self) -> None:
        """Offer only what can be done now."""
        drawings, board = self._drawings, self._drawings.board
        selected = drawings.selected()
        known = [] if board is None else [it for it in board.drawings if it.known]
        free = [drawing for drawing in selected if not drawing.locked]
        hidden = [drawing for drawing in known if drawing.hidden]
        enabled = {
            "undo": board is not None and board.can_undo,
            "redo": board is not None and board.can_redo,
            "style": bool(free),
            "text": len(free) == 1 and free[0].kind == Kind.TEXT,
            "remove": bool(free),
            "lock_all": bool(known),
            "hide_all": len(hidden) < len(known),
            "select_all": len(hidden) < len(known),
            "show_all": bool(hidden),
            "remove_all": any(not drawing.locked for drawing in known),
        }
        for name, action in self._by_name.items():
            action.setEnabled(enabled.get(name, name in _SWITCHES or bool(selected)))
        self._by_name["lock"].setChecked(bool(selected) and not free)
        self._by_name["lock_all"].setChecked(bool(known) and all(it.locked for it in known))
        self._by_name["magnet"].setChecked(drawings.aim.magnet)
        self._by_name["keep"].setChecked(drawings.keeps)
        kind = drawings.kind
        for name, tool in self._tools.items():
            tool.setEnabled(board is not None)
            tool.setChecked(name is kind)
        self._last = kind or self._last
        self._show_last(taken=kind is not None)
        self.button.setEnabled(board is not None)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        for kind, tool in self._tools.items():
            tool.setIcon(kind_icon(kind, theme.text))
        self._show_last(taken=self._drawings.making)

    def translate(self) -> None:
        """Take the words of the current language."""
        for name, deed in _DEEDS.items():
            action = self._by_name[name]
            action.setText(translate("Drawings", deed.text))
            tip = _TIPS.get(name)
            action.setToolTip(translate("Drawings", tip) if tip else action.text())
        for kind, tool in self._tools.items():
            tool.setText(kind_name(kind))
            tool.setToolTip(_with_key(tool))
        self._show_last(taken=self._drawings.making)

    # what they do

    def _ids(self) -> frozenset[int]:
        board = self._drawings.board
        return frozenset() if board is None else board.selection

    def _all(self) -> frozenset[int]:
        board = self._drawings.board
        return frozenset() if board is None else frozenset(it.id for it in board.drawings)

    def _toggle(self) -> None:
        self._drawings.take(None if self._drawings.making else self._last)
        self.refresh()

    def _edit_text(self) -> None:
        for drawing in self._drawings.selected():
            self._drawings.write_over(drawing)

    def _lock(self, on: bool) -> None:
        if (board := self._settled()) is not None:
            board.lock(self._ids(), locked=on)

    def _hide(self) -> None:
        if (board := self._settled()) is not None:
            board.hide(self._ids())

    def _to_front(self) -> None:
        if (board := self._settled()) is not None:
            board.to_front(self._ids())

    def _to_back(self) -> None:
        if (board := self._settled()) is not None:
            board.to_back(self._ids())

    def _remove(self) -> None:
        if (board := self._settled()) is not None:
            board.remove(self._ids())

    def _select_all(self) -> None:
        self._drawings.select(self._all())

    def _set_magnet(self, on: bool) -> None:
        self._drawings.aim.magnet = on
        self._drawings.on_habits()

    def _set_keep(self, on: bool) -> None:
        self._drawings.keeps = on
        self._drawings.on_habits()

    def _lock_all(self, on: bool) -> None:
        if (board := self._settled()) is not None:
            board.lock(self._all(), locked=on)

    def _hide_all(self) -> None:
        if (board := self._settled()) is not None:
            board.hide(self._all())

    def _show_all(self) -> None:
        if (board := self._settled()) is not None:
            board.hide(self._all(), hidden=False)

    def _remove_all(self) -> None:
        if (board := self._settled()) is not None:
            count = board.remove_all()
            words = translate("Drawings", "Drawings removed: {count}. Undo brings them back.")
            self._drawings.on_message(words.format(count=count))

    def _settled(self) -> DrawingBoard | None:
        """Return the board, with nothing half done."""
        self._drawings.settle_nudge()
        self._drawings.give_up()
        return self._drawings.board

    # building

    def _make(
        self, name: str, keys: tuple[str, ...], call: Callable[..., object], *, checkable: bool
    ) -> QAction:
        view = self._drawings.view
        action = QAction(view)
        action.setObjectName(f"drawing.{name}")
        action.setCheckable(checkable)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(call if checkable else lambda _checked=False: call())
        view.addAction(action)
        return action

    def _make_tool(self, kind: Kind) -> QAction:
        def take(on: bool) -> None:
            self._drawings.take(kind if on else None)

        return self._make(f"tool.{kind.value}", (_TOOL_KEYS[kind],), take, checkable=True)

    def _fill_button(self) -> None:
        menu = QMenu(self.button)
        menu.setObjectName("chartDraw.menu")
        menu.setToolTipsVisible(True)
        menu.addActions(list(self._tools.values()))
        menu.addSeparator()
        menu.addActions([self._by_name[name] for name in _SWITCHES])
        menu.addSeparator()
        menu.addActions([self._by_name[name] for name in _OF_ALL])
        menu.addSeparator()
        menu.addActions(self.for_edit_menu())
        self.button.setMenu(menu)

    def _show_last(self, *, taken: bool) -> None:
        """Show on the button what it does."""
        name = kind_name(self._last)
        self.button.setChecked(taken)
        colour = self._theme.text
        self.button.setIcon(kind_icon(self._last, colour) if taken else pencil_icon(colour))
        self.button.setAccessibleName(translate("Drawings", "Draw"))
        words = translate("Drawings", "Draw: {kind}. The arrow has all tools.")
        self.button.setToolTip(words.format(kind=_with_key(self._tools[self._last])))
        self.button.setAccessibleDescription(name)


class DrawButton(QToolButton):
    """Takes the last tool; its arrow, or the Down key, has the others."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chartDraw")
        self.setAutoRaise(True)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_F4}:
            event.accept()
            self.showMenu()
            return
        super().keyPressEvent(event)


def _with_key(action: QAction) -> str:
    """Return an action's words and its key."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{action.text()} ({key})"
