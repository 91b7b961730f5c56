"""What can be done with a watchlist, once for buttons, menus and keys."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from alltick_desk.model.words import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate


class _Deed(NamedTuple):
    """An action's declaration: its words and keys."""

    text: str
    help: str
    keys: tuple[str, ...] = ()
    anywhere: bool = False  # its keys count in the whole window, not only in the panel


_DEEDS = {
    "open": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Open chart"),
        QT_TRANSLATE_NOOP("Watchlist", "Show the instrument in chart and order book. Key: Enter."),
    ),
    "copy": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Copy rows"),
        QT_TRANSLATE_NOOP("Watchlist", "Copy the selected rows for a spreadsheet."),
        ("Ctrl+C",),
    ),
    "up": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Move up"),
        QT_TRANSLATE_NOOP("Watchlist", "Move the selected rows one place up."),
        ("Alt+Up",),
    ),
    "down": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Move down"),
        QT_TRANSLATE_NOOP("Watchlist", "Move the selected rows one place down."),
        ("Alt+Down",),
    ),
    "remove": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Remove"),
        QT_TRANSLATE_NOOP("Watchlist", "Take the selected rows out of the list."),
        ("Del",),
    ),
    "undo": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Undo"),
        QT_TRANSLATE_NOOP("Watchlist", "Take the last edit of the list back."),
        ("Ctrl+Z",),
    ),
    "redo": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Redo"),
        QT_TRANSLATE_NOOP("Watchlist", "Make the edit again that was taken back."),
        ("Ctrl+Y", "Ctrl+Shift+Z"),
    ),
    "add": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Add symbol"),
        QT_TRANSLATE_NOOP("Watchlist", "Go to the box that symbols are added with."),
        ("Ctrl+K",),
        anywhere=True,
    ),
}
_NEED_SELECTION = ("open", "copy", "up", "down", "remove")
_ALSO = "also"  # stands for one action a vendor
_CONTEXT_MENU = ("open", "copy", _ALSO, "", "up", "down", "remove", "", "undo", "redo")
_EDIT_MENU = ("undo", "redo", "", "add", _ALSO, "copy", "up", "down", "remove")


class WatchlistActions:
    """The panel's QActions by name: open, copy, up, down, remove, undo, redo, add.

    For every vendor of ``vendors``, which has their titles, there is one more that watches the
    selected instruments there too: ``also.`` and the vendor. ``on_also`` is told the vendor.
    """

    def __init__(
        self,
        panel: QWidget,
        calls: dict[str, Callable[[], object]],
        vendors: Mapping[str, str],
        on_also: Callable[[str], object],
    ) -> None:
        self._panel = panel
        self._by_name: dict[str, QAction] = {}
        self._also = {vendor: self._make_also(vendor, on_also) for vendor in vendors}
        self._titles = dict(vendors)
        for name, deed in _DEEDS.items():
            action = QAction(panel)
            action.setObjectName(f"watchlist.{name}")
            action.setShortcuts([QKeySequence(key) for key in deed.keys])
            action.setShortcutContext(
                Qt.ShortcutContext.WindowShortcut
                if deed.anywhere
                else Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            action.triggered.connect(calls[name])
            panel.addAction(action)
            self._by_name[name] = action
        self.translate()

    def __getitem__(self, name: str) -> QAction:
        kind, _, vendor = name.partition(".")
        return self._also[vendor] if kind == _ALSO else self._by_name[name]

    def context_menu(self) -> list[QAction]:
        """Return what the table's menu holds, separators included."""
        return self._menu(_CONTEXT_MENU)

    def edit_menu(self) -> list[QAction]:
        """Return what the window's Edit menu holds, separators included."""
        return self._menu(_EDIT_MENU)

    def enable(self, *, selection: bool, undo: bool, redo: bool) -> None:
        """Offer only what can be done now."""
        for name in _NEED_SELECTION:
            self._by_name[name].setEnabled(selection)
        self._by_name["undo"].setEnabled(undo)
        self._by_name["redo"].setEnabled(redo)

    def offer_also(self, vendors: Mapping[str, bool]) -> None:
        """Show the way to further vendors: those named, where True as something to do."""
        for vendor, action in self._also.items():
            action.setVisible(vendor in vendors)
            action.setEnabled(vendors.get(vendor, False))

    def translate(self) -> None:
        """Take the words of the current language."""
        for name, action in self._by_name.items():
            deed = _DEEDS[name]
            action.setText(translate("Watchlist", deed.text))
            keys = ", ".join(
                key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()
            )
            help_text = translate("Watchlist", deed.help)
            action.setToolTip(f"{help_text} ({keys})" if keys else help_text)
            action.setStatusTip(help_text)
        for vendor, action in self._also.items():
            title = self._titles[vendor]
            action.setText(translate("Watchlist", "Also watch at {vendor}").format(vendor=title))
            help_text = translate(
                "Watchlist", "Add the selected instruments once more, with the prices of {vendor}."
            ).format(vendor=title)
            action.setToolTip(help_text)
            action.setStatusTip(help_text)

    def _menu(self, names: tuple[str, ...]) -> list[QAction]:
        actions: list[QAction] = []
        for name in names:
            if name == _ALSO:
                actions += self._also.values()
            else:
                actions.append(self._by_name[name] if name else self._separator())
        return actions

    def _make_also(self, vendor: str, on_also: Callable[[str], object]) -> QAction:
        action = QAction(self._panel)
        action.setObjectName(f"watchlist.{_ALSO}.{vendor}")
        action.setVisible(False)
        action.triggered.connect(lambda: on_also(vendor))
        return action

    def _separator(self) -> QAction:
        separator = QAction(self._panel)
        separator.setSeparator(True)
        return separator
