"""A list's own choices of columns and order, kept with the list, and the named sets of columns."""

from collections.abc import Callable, Mapping

from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.watchlist.arrangement import (
    SORTING_WORD,
    Sorting,
    next_sorting,
    write_sorting,
)
from alltick_desk.ui.watchlist.column_choice import (
    FIRST,
    OFFERED,
    ColumnChoice,
    Ids,
    read_columns,
    write_columns,
)
from alltick_desk.ui.watchlist.column_sets import BUILT_IN, own_sets, usable_name
from alltick_desk.ui.watchlist.filters import Filter
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.view import WatchlistView

COLUMNS_WORD = "columns"  # their name among a list's choices


class TableChoices:
    """Applies a person's choices to the table and keeps them.

    ``on_sets`` gets a person's sets, by name and in words, whenever they are others; all lists
    share them.
    """

    def __init__(
        self,
        watchlist: Watchlist,
        model: WatchlistModel,
        view: WatchlistView,
        on_sets: Callable[[Mapping[str, str]], None],
    ) -> None:
        self._lists = watchlist.lists
        self._model = model
        self._view = view
        self._on_sets = on_sets
        self._seen = ("", "")  # the list, and the columns that it said at the last look
        self.own: dict[str, ColumnChoice] = {}
        self._choosing = view.choice_changed.connect(self._keep)
        self.follow()

    def follow(self) -> None:
        """Take the columns of the list that is shown, if it is another one or was put back."""
        shown = self._lists.shown
        word = shown.extra.get(COLUMNS_WORD, "")
        if (shown.id, word) != self._seen:
            self._seen = shown.id, word
            choice = read_columns(word)
            if choice != self._view.choice:
                self._view.set_choice(choice)

    # Columns

    @property
    def choice(self) -> ColumnChoice:
        """The columns shown, and the widths that a person gave them."""
        return self._view.choice

    def show(self, ids: Ids) -> None:
        """Show these columns in this order; the widths by hand stay."""
        self._use(self.choice.showing(ids))

    def hide(self, which: str) -> None:
        """Hide one column; the last one stays."""
        self._use(self.choice.hiding(which))

    def restore(self, choice: ColumnChoice) -> None:
        """Show the columns as they were, widths and all."""
        self._use(choice)

    def reset(self) -> None:
        """Show what every list begins with, as wide as its texts."""
        self._use(ColumnChoice())

    def fit(self) -> None:
        """Make every column as wide as its texts again."""
        self._use(self.choice._replace(widths={}, pixels={}))

    # Sets

    def set_own(self, sets: Mapping[str, str]) -> None:
        """Take a person's sets as they were kept."""
        self.own = own_sets(sets)

    def set_in_use(self) -> str:
        """Return the name of the set whose columns are shown, "" for none."""
        for name, choice in self.own.items():
            if choice.ids == self.choice.ids:
                return name
        return next((name for name, ids in BUILT_IN.items() if ids == self.choice.ids), "")

    def use_set(self, name: str) -> None:
        """Show the columns of a set; one of a person's own brings its widths along."""
        own = self.own.get(name)
        self._use(own if own is not None else ColumnChoice(BUILT_IN.get(name, FIRST)))

    def own_name(self, name: str) -> str:
        """Return which of a person's sets is called so, in whatever case; "" for none."""
        if name in self.own:
            return name
        folded = name.casefold()
        return next((its for its in self.own if its.casefold() == folded), "")

    def save_set(self, name: str) -> bool:
        """Keep the columns as a set; one that is called so gets them. False for no such name."""
        name = usable_name(name)
        if not name:
            return False
        self._take_sets({**self.own, self.own_name(name) or name: self.choice})
        return True

    def rename_set(self, name: str, to: str) -> bool:
        """Give one of a person's sets another name; False where that cannot be or is taken."""
        to = usable_name(to)
        if name not in self.own or not to or self.own_name(to) not in {"", name}:
            return False
        self._take_sets({to if its == name else its: them for its, them in self.own.items()})
        return True

    def delete_set(self, name: str) -> None:
        """Forget one of a person's sets."""
        self._take_sets({its: choice for its, choice in self.own.items() if its != name})

    # Order and filter

    @property
    def sorted_by(self) -> str:
        """The id of the column that the table is sorted by, "" for the own order."""
        return self._model.sorting.column

    def cycle(self, column: str) -> None:
        """Sort by a column: one way, the other way, not at all."""
        falls_first = OFFERED[column].figure or OFFERED[column].drawing is not None
        self.sort(next_sorting(self._model.sorting, column, falls_first=falls_first))

    def sort(self, sorting: Sorting) -> None:
        """Sort the table."""
        self._lists.choose(SORTING_WORD, write_sorting(sorting))
        self._arrange(sorting, self._model.filter)

    def filter(self, wanted: Filter) -> None:
        """Show only what is wanted, from the top where no row that was selected is among it."""
        self._arrange(self._model.sorting, wanted)
        if not self._view.selectionModel().hasSelection():
            self._view.scrollToTop()

    def _arrange(self, sorting: Sorting, wanted: Filter) -> None:
        if (sorting, wanted) != (self._model.sorting, self._model.filter):
            self._model.arrange(sorting, wanted)

    def _use(self, choice: ColumnChoice) -> None:
        if choice != self.choice:
            self._view.set_choice(choice)
            self._keep(choice)

    def _keep(self, choice: ColumnChoice) -> None:
        self._lists.choose(COLUMNS_WORD, write_columns(choice))
        self._seen = self._lists.shown.id, self._lists.shown.extra.get(COLUMNS_WORD, "")

    def _take_sets(self, sets: dict[str, ColumnChoice]) -> None:
        self.own = dict(sorted(sets.items(), key=lambda pair: pair[0].casefold()))
        self._on_sets({name: write_columns(choice) for name, choice in self.own.items()})
