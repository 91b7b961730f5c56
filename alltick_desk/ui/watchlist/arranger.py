"""Keeps how the list that is shown is sorted and filtered, and works out what that shows of it.

The order is among the list's own choices; a filter lasts until another list is shown.
"""

from collections.abc import Callable

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.watchlist.arrangement import (
    SORTING_WORD,
    Arrangement,
    Section,
    Sorting,
    arrange,
    read_sorting,
)
from alltick_desk.ui.watchlist.column import SortValue
from alltick_desk.ui.watchlist.column_choice import OFFERED
from alltick_desk.ui.watchlist.filters import EVERYTHING, Filter, Sought, keeper, sought
from alltick_desk.ui.watchlist.format import Reading

_OF_BOOK = frozenset({"bid", "ask", "spread", "spread_bp"})


class Arranger:
    """The sorting and filter of the list that is shown.

    ``unpack`` brings a row's bid and ask up to its newest book.

    Attributes:
        sorting, filter: what was chosen.
        counts: how many rows the filter let through at the last look, and of how many.
    """

    def __init__(self, watchlist: Watchlist, unpack: Callable[[QuoteRow], None]) -> None:
        self._watchlist = watchlist
        self._unpack = unpack
        self._list = watchlist.lists.shown.id
        self._seen = self._word  # the order that the list said at the last look
        self.sorting = read_sorting(self._word, OFFERED)
        self.filter = EVERYTHING
        self.counts = (0, 0)
        self._sought: dict[QuoteRow, Sought] = {}  # by row, while a text is looked for
        self._version = 0  # of the catalogue whose names these are
        self._once: dict[str, dict[QuoteRow, int]] = {}  # ranks by list: orders that do not move

    def choose(self, sorting: Sorting, wanted: Filter) -> None:
        """Sort and filter like this from the next look on."""
        if sorting != self.sorting:
            self._once.pop(self._list, None)
        if not wanted.text:
            self._sought.clear()
        self.sorting, self.filter = sorting, wanted
        self._seen = self._word

    def follow(self) -> bool:
        """Take over what is shown now; return whether it is another list.

        A list that was put back as it once was may have another order, too.
        """
        self._sought.clear()
        shown, word = self._watchlist.lists.shown.id, self._word
        another = shown != self._list
        if another:
            self._list, self.filter = shown, EVERYTHING
        elif word != self._seen:
            self._once.pop(shown, None)
        if another or word != self._seen:
            self._seen, self.sorting = word, read_sorting(word, OFFERED)
        return another

    def lines(self, reading: Reading) -> Arrangement:
        """Return what is shown now."""
        keeps = self._keeper(reading)
        value, falls = self._value(reading), self.sorting.descending
        if value is not None and not self.sorting.live:
            ranks = self._once.get(self._list)
            if ranks is None:
                open_ = [section._replace(folded=False) for section in self._sections()]
                once = arrange(open_, value=value, descending=falls)
                rows = (line for line in once.lines if isinstance(line, QuoteRow))
                ranks = self._once[self._list] = {row: rank for rank, row in enumerate(rows)}
            value, falls = ranks.get, False
        found = arrange(self._sections(), value=value, descending=falls, keeps=keeps)
        self.counts = found.shown, found.total
        return found

    @property
    def _word(self) -> str:
        """The order as the list that is shown says it."""
        return self._watchlist.lists.shown.extra.get(SORTING_WORD, "")

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

    def _keeper(self, reading: Reading) -> Callable[[QuoteRow], bool] | None:
        if not self.filter.on:
            return None
        if self._version != reading.catalogue.version:  # names may have come
            self._version = reading.catalogue.version
            self._sought.clear()
        # Read when somebody first looks for something: no window waits for it.
        from alltick_desk.ui.watchlist.readings import pinyin, places, read_all

        table = read_all() if self.filter.text else pinyin()
        kept = self._sought

        def sought_in(row: QuoteRow) -> Sought:
            found = kept.get(row)
            if found is None:
                found = kept[row] = sought(row, reading, places)
            return found

        return keeper(self.filter, reading, sought_in, table)
