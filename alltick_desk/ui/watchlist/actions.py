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
    of_table: bool = False  # its keys count in the table alone: elsewhere they write or press


_DEEDS = {
    "open": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Open chart"),
        QT_TRANSLATE_NOOP("Watchlist", "Show the instrument in chart and order book."),
        ("Enter", "Return"),
        of_table=True,
    ),
    "pin": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Pin"),
        QT_TRANSLATE_NOOP(
            "Watchlist", "Keep the selected rows live, however full the plan is, or let them go."
        ),
        ("Space",),
        of_table=True,
    ),
    "alias": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Alias…"),
        QT_TRANSLATE_NOOP("Watchlist", "Write your own name of the instrument."),
        ("F2",),
    ),
    "note": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Note…"),
        QT_TRANSLATE_NOOP("Watchlist", "Write down what you think of the instrument."),
        ("Shift+F2",),
    ),
    "origins": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Where does this come from?"),
        QT_TRANSLATE_NOOP(
            "Watchlist", "Tell source, formula, time and age of every value in the row."
        ),
        ("Shift+F1",),
    ),
    "copy": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Copy rows"),
        QT_TRANSLATE_NOOP("Watchlist", "Copy the selected rows for a spreadsheet."),
        ("Ctrl+C",),
    ),
    "copy_titled": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Copy rows with titles"),
        QT_TRANSLATE_NOOP(
            "Watchlist", "Copy the selected rows for a spreadsheet, the columns' titles above."
        ),
        ("Ctrl+Shift+C",),
    ),
    "filter": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Filter"),
        QT_TRANSLATE_NOOP(
            "Watchlist", "Show only rows by code, name, alias, note, market, state or movement."
        ),
        ("Ctrl+F",),
    ),
    "show_all": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Show all rows"),
        QT_TRANSLATE_NOOP("Watchlist", "Take the filter away."),
        ("Esc",),
        of_table=True,
    ),
    "columns": _Deed(
        QT_TRANSLATE_NOOP("Watchlist", "Columns…"),
        QT_TRANSLATE_NOOP("Watchlist", "Choose the columns and their order."),
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
_NEED_SELECTION = (
    *("open", "copy", "copy_titled", "up", "down", "remove", "pin", "alias", "note", "origins"),
)
_ALSO = "also"  # stands for one action a vendor
_SORT = "sort"  # stands for the menu of the columns
_CONTEXT_MENU = (
    *("open", "copy", "copy_titled", "origins", _ALSO, ""),
    *("pin", "alias", "note", "up", "down", "remove", ""),
    *("undo", "redo", "", "filter", "show_all", _SORT, "columns"),
)
_EDIT_MENU = (
    *("undo", "redo", "", "add", _ALSO, "copy", "copy_titled", "up", "down", "remove", ""),
    *("pin", "alias", "note", "origins", "", "filter", "show_all", "columns"),
)


class WatchlistActions:
    """The panel's QActions by name, as they are declared here.

    For every vendor of ``vendors``, which has their titles, there is one more that watches the
    selected instruments there too: ``also.`` and the vendor. ``on_also`` is told the vendor.

    Attributes:
        sort_menu: stands for a menu of columns in the table's menu; the panel gives it one.
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
        self.sort_menu = QAction(panel)
        self.sort_menu.setObjectName("watchlist.sort")
        for name, deed in _DEEDS.items():
            action = QAction(panel)
            action.setObjectName(f"watchlist.{name}")
            action.setShortcuts([QKeySequence(key) for key in deed.keys])
            action.setShortcutContext(_context(deed))
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

    def enable(self, *, selection: bool, undo: str, redo: str, filtered: bool) -> None:
        """Offer only what can be done now.

        ``undo`` and ``redo`` say what they would do, "" where they can do nothing.
        """
        self._by_name["show_all"].setEnabled(filtered)
        for name in _NEED_SELECTION:
            self._by_name[name].setEnabled(selection)
        for name, label in (("undo", undo), ("redo", redo)):
            self._by_name[name].setEnabled(bool(label))
            self._by_name[name].setText(label or translate("Watchlist", _DEEDS[name].text))

    def offer_also(self, vendors: Mapping[str, bool]) -> None:
        """Show the way to further vendors: those named, where True as something to do."""
        for vendor, action in self._also.items():
            action.setVisible(vendor in vendors)
            action.setEnabled(vendors.get(vendor, False))

    def translate(self) -> None:
        """Take the words of the current language."""
        self.sort_menu.setText(translate("Watchlist", "Sort by"))
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
            elif name == _SORT:
                actions.append(self.sort_menu)
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


def _context(deed: _Deed) -> Qt.ShortcutContext:
    if deed.anywhere:
        return Qt.ShortcutContext.WindowShortcut
    if deed.of_table:
        return Qt.ShortcutContext.WidgetShortcut
    return Qt.ShortcutContext.WidgetWithChildrenShortcut
