"""What can be done with lists and sections, once for menus and keys."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from alltick_desk.model.words import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate


class _Deed(NamedTuple):
    """An action's declaration: its words and keys."""

    text: str
    help: str
    keys: tuple[str, ...] = ()
    of_table: bool = False  # its keys count in the table alone: elsewhere they write


_DEEDS = {
    "new": _Deed(
        QT_TRANSLATE_NOOP("Lists", "New list"),
        QT_TRANSLATE_NOOP("Lists", "Make a new list and name it."),
        ("Ctrl+T",),
    ),
    "next": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Next list"),
        QT_TRANSLATE_NOOP("Lists", "Show the list to the right."),
        ("Ctrl+Tab", "Ctrl+PgDown"),
    ),
    "previous": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Previous list"),
        QT_TRANSLATE_NOOP("Lists", "Show the list to the left."),
        ("Ctrl+Shift+Tab", "Ctrl+PgUp"),
    ),
    "right": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Move list right"),
        QT_TRANSLATE_NOOP("Lists", "Move the list's tab one place to the right."),
        ("Ctrl+Shift+PgDown",),
    ),
    "left": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Move list left"),
        QT_TRANSLATE_NOOP("Lists", "Move the list's tab one place to the left."),
        ("Ctrl+Shift+PgUp",),
    ),
    "paste": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Paste"),
        QT_TRANSLATE_NOOP(
            "Lists",
            "Add the codes on the clipboard below the selected row; what is not plain is "
            "shown first.",
        ),
        ("Ctrl+V",),
        of_table=True,
    ),
    "import": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Import list…"),
        QT_TRANSLATE_NOOP("Lists", "Show what a file of codes would add, and add it."),
    ),
    "export": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Export list…"),
        QT_TRANSLATE_NOOP("Lists", "Write the list into a file."),
    ),
    "export_all": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Export all lists…"),
        QT_TRANSLATE_NOOP("Lists", "Write all lists into a file."),
    ),
    "backups": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Restore lists from a backup…"),
        QT_TRANSLATE_NOOP("Lists", "Bring all lists back as they were at an earlier time."),
    ),
    "section": _Deed(
        QT_TRANSLATE_NOOP("Lists", "New section"),
        QT_TRANSLATE_NOOP("Lists", "Put the selected rows under a heading of their own."),
        ("Ctrl+G",),
    ),
    "rename_section": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Rename section"),
        QT_TRANSLATE_NOOP("Lists", "Write another name on the heading. Key: F2."),
    ),
    "delete_heading": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Delete heading"),
        QT_TRANSLATE_NOOP(
            "Lists", "Take the heading away; its rows join the section above. Key: Del."
        ),
    ),
    "delete_section": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Delete section with its rows"),
        QT_TRANSLATE_NOOP("Lists", "Take the heading and its rows away."),
        ("Shift+Del",),
        of_table=True,
    ),
    "fold_all": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Fold all sections"),
        QT_TRANSLATE_NOOP("Lists", "Show the headings only."),
        ("Ctrl+Shift+Left",),
        of_table=True,
    ),
    "unfold_all": _Deed(
        QT_TRANSLATE_NOOP("Lists", "Unfold all sections"),
        QT_TRANSLATE_NOOP("Lists", "Show the rows of all sections."),
        ("Ctrl+Shift+Right",),
        of_table=True,
    ),
}
_MENUS = {
    "move_to_list": QT_TRANSLATE_NOOP("Lists", "Move to list"),
    "copy_to_list": QT_TRANSLATE_NOOP("Lists", "Copy to list"),
    "move_to_section": QT_TRANSLATE_NOOP("Lists", "Move to section"),
}
_SECTION_MENUS = {  # what they are called while the keyboard is on a heading
    "move_to_list": QT_TRANSLATE_NOOP("Lists", "Move section to list"),
    "copy_to_list": QT_TRANSLATE_NOOP("Lists", "Copy section to list"),
}
_OF_HEADING = ("rename_section", "delete_heading", "delete_section")
_OF_SECTIONS = ("fold_all", "unfold_all")
_TABLE_MENU = (*("", "paste", "", *_MENUS, "section", "", *_OF_HEADING, *_OF_SECTIONS),)
_EDIT_MENU = ("paste", *_MENUS, "section", *_OF_HEADING)
_FILE_MENU = ("new", "import", "export", "export_all", "backups")
_VIEW_MENU = ("next", "previous", "left", "right", "", "fold_all", "unfold_all")


class ListActions:
    """The QActions of lists and sections by name, as they are declared here.

    ``calls`` does them, ``fills`` fills the menus of those that are menus, before each opening.
    """

    def __init__(
        self,
        panel: QWidget,
        table: QWidget,
        calls: Mapping[str, Callable[[], object]],
        fills: Mapping[str, Callable[[QMenu], object]],
    ) -> None:
        self._panel = panel
        self._by_name: dict[str, QAction] = {}
        self._viewing: QMenu | None = None
        for name, deed in _DEEDS.items():
            action = self._make(name)
            action.setShortcuts([QKeySequence(key) for key in deed.keys])
            context = Qt.ShortcutContext
            action.setShortcutContext(
                context.WidgetShortcut if deed.of_table else context.WidgetWithChildrenShortcut
            )
            action.triggered.connect(plain(calls[name]))
            (table if deed.of_table else panel).addAction(action)
        for name in _MENUS:
            menu = QMenu(panel)
            menu.setObjectName(f"lists.{name}.menu")
            menu.aboutToShow.connect(_filler(menu, fills[name]))
            self._make(name).setMenu(menu)
        self.translate()

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def table_menu(self) -> list[QAction]:
        """Return what the table's menu holds beside the panel's own, separators included."""
        return self._entries(_TABLE_MENU)

    def edit_menu(self) -> list[QAction]:
        """Return what the window's Edit menu holds beside the panel's own."""
        return self._entries(_EDIT_MENU)

    def file_menu(self) -> list[QAction]:
        """Return what the window's File menu holds."""
        return self._entries(_FILE_MENU)

    def view_menu(self) -> QMenu:
        """Return the submenu of the window's View menu."""
        if self._viewing is None:
            self._viewing = QMenu(self._panel)
            self._viewing.setObjectName("lists.view")
            self._viewing.addActions(self._entries(_VIEW_MENU))
            self.translate()
        return self._viewing

    def enable(self, *, rows: bool, heading: bool, sections: bool, several: bool) -> None:
        """Offer only what can be done now.

        ``rows``: some are selected; ``heading``: the keyboard is on one; ``sections``: the list
        has some; ``several``: there is more than one list.
        """
        for name, words in _MENUS.items():
            whole = heading and name in _SECTION_MENUS
            self._by_name[name].setEnabled(rows or whole)
            self._by_name[name].setText(
                translate("Lists", _SECTION_MENUS[name] if whole else words)
            )
        for name in _OF_HEADING:
            self._by_name[name].setVisible(heading)
            self._by_name[name].setEnabled(heading)
        for name in _OF_SECTIONS:
            self._by_name[name].setVisible(sections)
        self._by_name["move_to_section"].setVisible(sections)
        for name in ("next", "previous", "left", "right"):
            self._by_name[name].setEnabled(several)

    def translate(self) -> None:
        """Take the words of the current language."""
        if self._viewing is not None:
            self._viewing.setTitle(translate("Lists", "Lists"))
        for name, deed in _DEEDS.items():
            action = self._by_name[name]
            action.setText(translate("Lists", deed.text))
            help_text = translate("Lists", deed.help)
            action.setToolTip(help_text)
            action.setStatusTip(help_text)

    def _entries(self, names: tuple[str, ...]) -> list[QAction]:
        return [self._by_name[name] if name else self._separator() for name in names]

    def _make(self, name: str) -> QAction:
        action = QAction(self._panel)
        action.setObjectName(f"lists.{name}")
        self._by_name[name] = action
        return action

    def _separator(self) -> QAction:
        separator = QAction(self._panel)
        separator.setSeparator(True)
        return separator


def plain(call: Callable[[], object]) -> Callable[[], None]:
    """Return a call that takes nothing: a signal would give it whether it is checked."""

    def called() -> None:
        call()

    return called


def _filler(menu: QMenu, fill: Callable[[QMenu], object]) -> Callable[[], None]:
    def refill() -> None:
        menu.clear()
        fill(menu)

    return refill
