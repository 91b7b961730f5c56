"""What is opened about the table: the filter, the titles' menu, and windows about a row.

Each is built when it is first asked for; none is there when the window is first painted.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.edits import RowEdits
from alltick_desk.ui.watchlist.filters import EVERYTHING
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.table_choices import TableChoices
from alltick_desk.ui.watchlist.view import WatchlistView

if TYPE_CHECKING:
    from alltick_desk.ui.watchlist.filter_bar import FilterBar


_READ = (  # the panel's widgets from top to bottom, by name; some are not there at first
    *("lists.tabs", "lists.new", "lists.all"),
    *("watchlist.vendor", "watchlist.add", "watchlist.add.button"),
    *(f"watchlist.{name}.button" for name in ("filter", "up", "down", "remove")),
    *("watchlist.filter", "watchlist.filter.markets", "watchlist.filter.states"),
    *("watchlist.filter.movements", "watchlist.showAll", "watchlist.titles", "watchlist.table"),
)


class TableTools:
    """Opens what a person asks for.

    Attributes:
        above: the place above the table that the filter comes into.
    """

    def __init__(
        self,
        panel: QWidget,
        watchlist: Watchlist,
        vendors: VendorTags,
        *,
        model: WatchlistModel,
        view: WatchlistView,
        choices: TableChoices,
        edits: RowEdits,
    ) -> None:
        self._panel = panel
        self._watchlist = watchlist
        self._vendors = vendors
        self._model = model
        self._view = view
        self._choices = choices
        self._edits = edits
        self._filtering: FilterBar | None = None
        self.above = QVBoxLayout()
        view.titles.customContextMenuRequested.connect(self._open_title_menu)

    def order_focus(self) -> None:
        """Have Tab lead through the panel as one reads it; call it after something was added."""
        named = (self._panel.findChild(QWidget, name) for name in _READ)
        for before, after in pairwise(widget for widget in named if widget is not None):
            QWidget.setTabOrder(before, after)

    # The filter

    def open_filter(self) -> None:
        """Go to the box that rows are looked for with."""
        if self._filtering is None:
            from alltick_desk.ui.watchlist.filter_bar import FilterBar

            self._filtering = FilterBar(
                on_filter=self._choices.filter,
                on_leave=self._leave_filter,
                on_done=self._go_to_found,
                rows=lambda: self._watchlist.rows,
                model=self._model,
                parent=self._panel,
            )
            self.above.addWidget(self._filtering)
            self.order_focus()
        self._filtering.open()

    def show_all(self) -> None:
        """Take the filter away."""
        if self._filtering is not None:
            self._filtering.close_up()
        self._choices.filter(EVERYTHING)

    def show_counts(self) -> None:
        """Tell how many rows are shown, of how many."""
        if self._filtering is not None:
            self._filtering.show_counts(*self._model.counts)

    # Menus

    def sort_menu(self) -> QMenu:
        """Return the menu by which the table is sorted from the keyboard."""
        menu = QMenu(self._panel)
        menu.setObjectName("watchlist.sortMenu")
        menu.aboutToShow.connect(lambda: self._fill_sort_menu(menu))
        return menu

    # Windows

    def edit_alias(self) -> None:
        """Write the person's own name of the selected instrument, in its row."""
        from alltick_desk.ui.watchlist.alias_editor import edit_alias

        key = self._edits.selected()
        if key is not None:
            edit_alias(self._view, self._model, self._watchlist, key)

    def edit_note(self) -> None:
        """Write down what the person thinks of the selected instrument."""
        from alltick_desk.ui.watchlist.note_dialog import NoteDialog

        key = self._edits.selected()
        if key is not None:
            NoteDialog(self._watchlist, key, self._vendors.label(key), self._panel).open()

    def show_origins(self) -> None:
        """Tell where every value of the selected row comes from."""
        from alltick_desk.ui.watchlist.origins import show_origins

        key = self._edits.selected()
        place = None if key is None else self._model.place(key)
        row = None if place is None else self._model.row_at(place)
        if row is not None:
            label, column = self._vendors.label(row.key), self._view.currentIndex().column()
            show_origins(self._panel, row, self._model, label, max(0, column))

    def choose_columns(self) -> None:
        """Let the person choose columns and their order."""
        from alltick_desk.ui.watchlist.chooser import ColumnChooser

        ColumnChooser(self._choices, self._panel).open()

    # Inside

    def _leave_filter(self) -> None:
        self._choices.filter(EVERYTHING)
        self._view.setFocus()

    def _go_to_found(self) -> None:
        rows = self._model.rows
        if self._edits.selected() is None and rows:
            self._edits.select([rows[0].key])
        self._view.setFocus()

    def _fill_sort_menu(self, menu: QMenu) -> None:
        from alltick_desk.ui.watchlist.title_menu import fill_sort_menu

        fill_sort_menu(menu, self._choices, self._model)

    def _open_title_menu(self, at: QPoint) -> None:
        from alltick_desk.ui.watchlist.title_menu import title_menu

        titles = self._view.titles
        place = titles.logicalIndexAt(at)
        which = self._model.columns[place].id if place >= 0 else ""
        menu = title_menu(self._choices, self._model, which, self.choose_columns, self._panel)
        menu.popup(titles.viewport().mapToGlobal(at))
