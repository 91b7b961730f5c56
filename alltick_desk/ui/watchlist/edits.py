"""What a person does to the rows of a list: add, remove, move, pin, copy, and choose them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QItemSelection, QItemSelectionModel
from PySide6.QtGui import QGuiApplication

from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.lists import Entry, Place
from alltick_desk.services.list_history import Step
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist import sentences
from alltick_desk.ui.watchlist.chosen import chosen_places
from alltick_desk.ui.watchlist.column_choice import OFFERED
from alltick_desk.ui.watchlist.copying import copied, told_columns
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.telling import Telling
from alltick_desk.ui.watchlist.view import WatchlistView

translate = QCoreApplication.translate
_Flag = QItemSelectionModel.SelectionFlag
_REFUSED = frozenset({RowState.NOT_IN_PLAN, RowState.UNKNOWN_CODE, RowState.REFUSED})
_SELECT_ROW = _Flag.ClearAndSelect | _Flag.Rows


class RowEdits:
    """Does to the list what a person does to the table.

    ``telling`` gets sentences. ``show_all`` takes the filter away: what was just added or came
    back is to be seen.
    """

    def __init__(
        self,
        watchlist: Watchlist,
        catalogue: Catalogue,
        vendors: VendorTags,
        model: WatchlistModel,
        view: WatchlistView,
        *,
        telling: Telling,
        show_all: Callable[[], None],
    ) -> None:
        self._watchlist = watchlist
        self._catalogue = catalogue
        self._vendors = vendors
        self._model = model
        self._view = view
        self._tell = telling
        self._show_all = show_all

    # Which rows

    def selected(self) -> InstrumentKey | None:
        """Return the selected instrument, of several the one the keyboard is on."""
        current = self._view.currentIndex()
        if current.isValid() and self._view.selectionModel().isRowSelected(current.row()):
            row = self._model.row_at(current.row())
            if row is not None:
                return row.key
        keys = self.selected_keys()
        return keys[0] if keys else None

    def selected_keys(self) -> list[InstrumentKey]:
        """Return the selected instruments in the table's order."""
        rows = map(self._model.row_at, chosen_places(self._view))
        return [row.key for row in rows if row is not None]

    def below(self) -> Place | None:
        """Return the place below the last row selected, or the first under a heading that is.

        None where nothing is selected.
        """
        at = self._view.currentIndex().row()
        heading = self._model.heading_at(at)
        if heading is not None and self._view.selectionModel().isRowSelected(at):
            return Place(heading.number, 0)
        keys = self.selected_keys()  # in the table's order, which may be sorted
        return self._after(max(keys, key=self._positioned)) if keys else None

    def other_vendors(self) -> dict[str, bool]:
        """Return the vendors in use that some of the selected rows are not of.

        Each with whether there is anything of it to add.
        """
        vendors: dict[str, bool] = {}
        if self._vendors.several:
            keys = self.selected_keys()
            for vendor in self._vendors.in_use:
                others = [InstrumentKey(vendor, key.code) for key in keys if key.vendor != vendor]
                if others:
                    vendors[vendor] = any(key not in self._watchlist for key in others)
        return vendors

    def select(self, keys: Sequence[InstrumentKey]) -> bool:
        """Select ``keys``, the first of them current; False where the list has none of them."""
        there = [key for key in keys if key in self._watchlist]
        if not there:
            return False
        if self._model.filter.on and not any(self._model.place(key) is not None for key in there):
            self._show_all()
        places = [place for key in there if (place := self._model.place(key)) is not None]
        if not places:  # in a section that is folded
            return False
        first, selection = self._model.index(places[0], 0), self._view.selectionModel()
        selection.setCurrentIndex(first, _Flag.NoUpdate)
        selection.select(self._lines(places), _SELECT_ROW)  # at once: much follows a selection
        self._view.scrollTo(first)
        return True

    def reveal(self, keys: Sequence[InstrumentKey]) -> None:
        """Select ``keys`` so that they are seen: a section that hides the first of them unfolds."""
        if not self.select(keys):
            places = (self._watchlist.place_of(key) for key in keys)
            place = next(filter(None, places), None)
            if place is not None:
                self._watchlist.lists.fold([place.section], folded=False)
                self.select(keys)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Around what may take the selected rows away: then the row that follows is selected."""
        shown, keys = self._watchlist.lists.shown.id, self.selected_keys()
        before = [row.key for row in self._model.rows]
        yield
        if not keys or shown != self._watchlist.lists.shown.id:
            return
        left = [row.key for row in self._model.rows]
        if left and not any(key in self._watchlist for key in keys):
            self.select([left[min(before.index(keys[0]), len(left) - 1)]])

    # What is done to them

    def add(self, keys: Sequence[InstrumentKey], at: Place | None = None) -> None:
        """Add what is not there yet, select it, and say what became of every one.

        It comes before ``at``. None is the end of the section that the selected row is in: further
        up it would push others out of what the plan streams. Without one it is the list's end.
        """
        fresh = [key for key in keys if key not in self._watchlist]
        known = [key for key in keys if key in self._watchlist]
        self._watchlist.lists.add(map(Entry, fresh), self._end_of_here() if at is None else at)
        self.reveal(fresh or known[:1])
        strange = [key for key in fresh if key.code not in self._catalogue]
        self._tell(sentences.added(*map(self._named, (fresh, known, strange))))

    def watch_also(self, vendor: str) -> None:
        """Add the selected instruments once more, below themselves, with this vendor's prices."""
        keys = self.selected_keys()
        if keys:
            others = [InstrumentKey(vendor, key.code) for key in keys if key.vendor != vendor]
            self.add(others, self._after(keys[-1]))

    def remove(self) -> None:
        """Take the selected rows out; the row that follows them is selected."""
        keys = self.selected_keys()
        if not keys:
            return
        labels = self._named(keys)  # before the last of them has gone
        with self.leaving():
            self._watchlist.remove(keys)
        self._tell.undoable(sentences.removed(labels))

    def move(self, *, up: bool) -> None:
        """Move the selected rows one place; among what a filter shows, past the next row shown."""
        sorted_by = OFFERED.get(self._model.sorting.column)
        keys = self.selected_keys()
        if not keys:
            return
        if sorted_by is not None:
            self._tell(sentences.sorted_now(sorted_by.title))
            return
        if self._model.filter.on:
            moved = self._move_past(keys, up=up)
        else:
            moved = self._watchlist.move_up(keys) if up else self._watchlist.move_down(keys)
        if moved:
            self._view.scrollTo(self._view.currentIndex())

    def pin(self) -> None:
        """Pin the selected rows, so that they stay live; where all are pinned let them go."""
        keys = self.selected_keys()
        if keys:
            pinned = not all(key in self._watchlist.pinned for key in keys)
            self._watchlist.lists.pin(keys, pinned=pinned)
            self._tell(self._pinned(keys) if pinned else sentences.unpinned(self._named(keys)))

    def undo(self) -> None:
        """Take the last edit back, select what came back with it, and say what it was."""
        self._step(self._watchlist.lists.undo, sentences.undone)

    def redo(self) -> None:
        """Make the last edit again that was taken back, and say what it was."""
        self._step(self._watchlist.lists.redo, sentences.redone)

    def copy(self, *, titled: bool = False) -> None:
        """Put the selected rows on the clipboard, if there are any: see ``text``."""
        if text := self.text(titled=titled):
            from alltick_desk.ui.watchlist.table_mime import table_mime

            QGuiApplication.clipboard().setMimeData(table_mime(text))

    def text(self, *, titled: bool = False) -> str:
        """Return the selected rows as a table: the columns shown, in their order; "" for none.

        Without titles it can be pasted into a list again.
        """
        chosen = set(self.selected_keys())
        return self._told([row for row in self._model.rows if row.key in chosen], titled=titled)

    def text_of(self, keys: Iterable[InstrumentKey]) -> str:
        """Return rows as such a table in the list's own order, those of folded sections too."""
        chosen = set(keys)
        return self._told([row for row in self._watchlist.rows if row.key in chosen])

    # Inside

    def _named(self, keys: Iterable[InstrumentKey]) -> list[str]:
        return [self._vendors.label(key) for key in keys]

    def _pinned(self, keys: Sequence[InstrumentKey]) -> str:
        """Say what a pin does to rows, and that it does nothing where the vendor refuses them."""
        of = self._watchlist
        refused = {key for key in keys if of.rows[self._positioned(key)].state in _REFUSED}
        able = self._named(key for key in keys if key not in refused)
        return sentences.pinned(able, self._named(key for key in keys if key in refused))

    def _positioned(self, key: InstrumentKey) -> int:
        return self._watchlist.position(key) or 0

    def _after(self, key: InstrumentKey) -> Place | None:
        place = self._watchlist.place_of(key)
        return None if place is None else Place(place.section, place.at + 1)

    def _end_of_here(self) -> Place | None:
        here = self.below()
        if here is None:
            return None
        return Place(here.section, len(self._watchlist.lists.shown.sections[here.section].entries))

    def _lines(self, places: Iterable[int]) -> QItemSelection:
        """Return lines as a selection, neighbours in one piece."""
        selection = QItemSelection()
        for run in _runs(sorted(set(places))):
            selection.select(self._model.index(run[0], 0), self._model.index(run[-1], 0))
        return selection

    def _told(self, rows: Sequence[QuoteRow], *, titled: bool = False) -> str:
        for row in rows:
            self._model.unpack(row)
        if not rows:
            return ""
        columns = told_columns(self._model.columns)
        titles = [translate("Watchlist", column.title) for column in columns]
        return copied(
            rows,
            columns,
            self._model.reading,
            titles=titles if titled else (),
            vendor=translate("Watchlist", "Vendor"),
        )

    def _step(self, take: Callable[[], Step | None], tell: Callable[[str], str]) -> None:
        """Go back or forth; what came back is what the list did not have that is shown then."""
        before = {one.id: frozenset(one.keys) for one in self._watchlist.lists.book.lists}
        step = take()
        if step is None:
            return
        keys = self._watchlist.keys
        had = before.get(self._watchlist.lists.shown.id, frozenset(keys))
        self.reveal([key for key in keys if key not in had])
        self._tell(tell(step.what))

    def _move_past(self, keys: Sequence[InstrumentKey], *, up: bool) -> bool:
        """Move ``keys`` together past the nearest row that is shown and not one of them."""
        shown = [row.key for row in self._model.rows]
        end = shown.index(keys[0] if up else keys[-1])
        past = shown[:end][::-1] if up else shown[end + 1 :]
        place = self._watchlist.place_of(past[0]) if past else None
        if place is None:
            return False
        return self._watchlist.lists.move(keys, place if up else Place(place.section, place.at + 1))


def _runs(places: Sequence[int]) -> Iterator[range]:
    """Yield neighbours among rising numbers as ranges."""
    start = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield range(places[start], places[at - 1] + 1)
            start = at
