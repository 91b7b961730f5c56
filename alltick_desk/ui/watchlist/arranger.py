"""Keeps how a list is sorted and filtered, and works out what that shows of it."""

from collections.abc import Callable

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.watchlist.arrangement import (
    OWN_ORDER,
    Arrangement,
    Section,
    Sorting,
    arrange,
)
from alltick_desk.ui.watchlist.column import SortValue
from alltick_desk.ui.watchlist.column_choice import OFFERED
from alltick_desk.ui.watchlist.filters import EVERYTHING, Filter, keeper, searched
from alltick_desk.ui.watchlist.format import Reading

_OF_BOOK = frozenset({"bid", "ask", "spread", "spread_bp"})


class Arranger:
    """One list's sorting and filter.

    ``unpack`` brings a row's bid and ask up to its newest book.

    Attributes:
        sorting, filter: what was chosen.
        counts: how many rows the filter let through at the last look, and of how many.
    """

    def __init__(self, watchlist: Watchlist, unpack: Callable[[QuoteRow], None]) -> None:
        self._watchlist = watchlist
        self._unpack = unpack
        self.sorting = OWN_ORDER
        self.filter = EVERYTHING
        self.counts = (0, 0)
        self._searched: dict[QuoteRow, str] = {}
        self._ranks: dict[QuoteRow, int] | None = None  # of an order that does not move

    def choose(self, sorting: Sorting, wanted: Filter) -> None:
        """Sort and filter like this from the next look on."""
        if sorting != self.sorting:
            self._ranks = None
        if not self.filter.text:
            self._searched.clear()  # names may have come since the last search
        self.sorting, self.filter = sorting, wanted

    def forget(self) -> None:
        """Look texts up anew: the list was edited."""
        self._searched.clear()

    def lines(self, reading: Reading) -> Arrangement:
        """Return what is shown now."""
        keeps = keeper(self.filter, reading, lambda row: self._searched_in(row, reading))
        value, falls = self._value(reading), self.sorting.descending
        if value is not None and not self.sorting.live:
            if self._ranks is None:
                open_ = [section._replace(folded=False) for section in self._sections()]
                once = arrange(open_, value=value, descending=falls)
                rows = (line for line in once.lines if isinstance(line, QuoteRow))
                self._ranks = {row: rank for rank, row in enumerate(rows)}
            value, falls = self._ranks.get, False
        found = arrange(self._sections(), value=value, descending=falls, keeps=keeps)
        self.counts = found.shown, found.total
        return found

    def _sections(self) -> list[Section]:
        rows, first, sections = self._watchlist.rows, 0, []
        for number, section in enumerate(self._watchlist.lists.shown.sections):
            last = first + len(section.entries)
            sections.append(Section(number, section.name, rows[first:last], section.folded))
            first = last
        return sections

    def _value(self, reading: Reading) -> Callable[[QuoteRow], SortValue] | None:
        column = OFFERED.get(self.sorting.column)
        if column is None:
            return None
        of_book, sort = column.id in _OF_BOOK, column.sort

        def value(row: QuoteRow) -> SortValue:
            if of_book:
                self._unpack(row)
            return sort(row, reading)

        return value

    def _searched_in(self, row: QuoteRow, reading: Reading) -> str:
        text = self._searched.get(row)
        if text is None:
            text = self._searched[row] = searched(row, reading)
        return text
