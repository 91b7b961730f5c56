"""What the desk begins with: as the command line says, else as it was left, else the first list."""

from collections.abc import Callable, Mapping, Sequence

from alltick_desk.app.chart_words import active_number, interval_of, split_words
from alltick_desk.app.cli import Options
from alltick_desk.app.first_list import first_list
from alltick_desk.app.vendors import as_typed
from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.model.lists import Entry, ListBook, Place, book_of
from alltick_desk.model.row_edits import add_entries
from alltick_desk.services.watchlist import Watchlist


class Beginning:
    """The first lists, and the first instrument of chart and book.

    Args:
        vendors: returns those in use; the first takes what names none.
        left: the small words that the last run left.
        name: of the first list, in the person's language.
    """

    def __init__(
        self,
        options: Options,
        catalogue: Catalogue,
        vendors: Callable[[], Sequence[str]],
        left: Mapping[str, str],
        *,
        name: str,
    ) -> None:
        self._options = options
        self._catalogue = catalogue
        self._vendors = vendors
        self._left = left
        self._name = name
        self._untouched: tuple[InstrumentKey, ...] | None = None

    def book(self, load: Callable[[], ListBook | None]) -> ListBook:
        """Return the lists; ``load`` is asked for the saved ones where none were said.

        Where no saved list has anything of a vendor in use, the shown one begins with the first
        list.
        """
        codes = self._options.symbols
        if codes is not None:
            return book_of(map(self._named, codes), name=self._name)
        saved = load()
        if saved is None:
            self._untouched = self._first_list()
            return book_of(self._untouched, name=self._name)
        keys = [key for one in saved.lists for key in one.keys]
        if not keys or any(key.vendor in self._vendors() for key in keys):
            return saved
        return add_entries(saved, saved.current, map(Entry, self._first_list()), Place(0, 0))

    def follow_vendors(self, watchlist: Watchlist) -> None:
        """List anew, for other vendors, what a person has never edited."""
        if watchlist.keys == self._untouched:
            fresh = self._first_list()
            gone = set(self._untouched).difference(fresh)
            watchlist.add(fresh)
            watchlist.remove(gone)
            self._untouched = watchlist.keys

    @property
    def interval(self) -> Interval:
        """The active chart's interval: as said, else as last time."""
        said = self._options.interval
        return interval_of(self._last("interval"), said) if self._options.chart is None else said

    def opened(self, keys: Sequence[InstrumentKey]) -> InstrumentKey | None:
        """Return its instrument: as said, else as last time, else the list's first."""
        if self._options.chart is not None:
            return self._named(self._options.chart)
        last = self._last("opened")
        return next((key for key in keys if str(key) == last), keys[0] if keys else None)

    def spell(self, vendor: str, text: str) -> str:
        """Return a code as the desk spells it, from how a vendor's people write it."""
        return as_typed(vendor, text, self._catalogue)

    def _named(self, code: str) -> InstrumentKey:
        vendor = self._vendors()[0]
        return InstrumentKey(vendor, self._catalogue.spelling(self.spell(vendor, code)))

    def _first_list(self) -> tuple[InstrumentKey, ...]:
        return first_list(self._vendors(), demo=self._options.demo)

    def _last(self, name: str) -> str:
        """Return one of the words that the active chart left, "" where there is none."""
        return split_words(self._left)[active_number(self._left)].get(name, "")
