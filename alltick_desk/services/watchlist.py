"""The watchlist that is shown: its instruments with their rows on the board, and its edits."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeAlias

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import Entry, Place, book_of
from alltick_desk.observe import Hook
from alltick_desk.services.lists import Lists
from alltick_desk.services.quotes import QuoteBoard, QuoteRow

Order: TypeAlias = tuple[InstrumentKey, ...]


class Watchlist:
    """The list of ``lists`` that is shown, with its rows on the board.

    Each instrument stands in it once. Every edit is one step to undo, and ``changed`` is emitted
    once after it; an edit that changes nothing is no step and is not announced. Undo and redo walk
    through the edits of all lists, and may so show another list.

    Args:
        keys: what an own list begins with, where no ``lists`` are given.

    Attributes:
        lists: all lists; what is edited here is edited there.
        rows: the board's rows in the list's order, those of folded sections too; a new sequence
            after every edit.
        changed: emitted with no arguments after every edit, undo and redo, when a section is
            folded and when another list is shown.
    """

    def __init__(
        self,
        board: QuoteBoard,
        keys: Iterable[InstrumentKey] = (),
        *,
        lists: Lists | None = None,
    ) -> None:
        self._board = board
        self.lists = Lists(book_of(keys)) if lists is None else lists
        self.changed: Hook[[]] = Hook()
        self._take()
        self._following = self.lists.changed.connect(self._follow)

    @property
    def keys(self) -> Order:
        """The instruments in the list's order."""
        return self._keys

    @property
    def pinned(self) -> frozenset[InstrumentKey]:
        """The instruments that stay live, however full the plan is."""
        return self.lists.pinned()

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._positions

    def contains(self, key: InstrumentKey) -> bool:
        """Whether the list has the instrument."""
        return key in self._positions

    def position(self, key: InstrumentKey) -> int | None:
        """Return the instrument's place, counted from 0; None where it is not in the list."""
        return self._positions.get(key)

    def entry_of(self, key: InstrumentKey) -> Entry | None:
        """Return what the person says of an instrument; None where it is not in the list."""
        place = self._positions.get(key)
        return None if place is None else self._entries[place]

    def place_of(self, key: InstrumentKey) -> Place | None:
        """Return the instrument's section and its place there; None where it is not there."""
        return self.lists.shown.place_of(key)

    def add(self, keys: Iterable[InstrumentKey], at: int | None = None) -> int:
        """Insert what is not there yet before place ``at``, or at the end; return how many.

        At the border of two sections it joins the upper one, whose last row stands before it.
        """
        place = None if at is None else self._place(at, below=False)
        return self.lists.add(map(Entry, keys), place)

    def remove(self, keys: Iterable[InstrumentKey]) -> int:
        """Take instruments out; return how many were there."""
        return self.lists.remove(keys)

    def move(self, keys: Iterable[InstrumentKey], to_index: int) -> bool:
        """Bring instruments together before the one that stands at ``to_index`` now.

        They keep their order among themselves; ``len(list)`` is the end. Returns whether anything
        moved.
        """
        return self.lists.move(keys, self._place(to_index, below=True))

    def move_up(self, keys: Collection[InstrumentKey]) -> bool:
        """Move each run of neighbours one place towards the top; return whether any moved.

        What has reached the top stays there, and nothing overtakes it. A heading counts as a
        place: a row goes over it into the section above.
        """
        return self.lists.shift(keys, up=True)

    def move_down(self, keys: Collection[InstrumentKey]) -> bool:
        """Move each run of neighbours one place towards the end; return whether any moved."""
        return self.lists.shift(keys, up=False)

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return self.lists.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether an edit that was taken back can be made again."""
        return self.lists.can_redo

    def undo(self) -> bool:
        """Take the last edit back; False where there is none."""
        return self.lists.undo() is not None

    def redo(self) -> bool:
        """Make the edit again that was taken back last; False where there is none."""
        return self.lists.redo() is not None

    def _place(self, at: int, *, below: bool) -> Place:
        """Return where the list's ``at``-th row stands, or the end of the one before it."""
        sections = self.lists.shown.sections
        at = min(max(at, 0), len(self._keys))
        for number, section in enumerate(sections):
            count = len(section.entries)
            if at < count or (at == count and not below):
                return Place(number, at)
            at -= count
        return Place(len(sections) - 1, len(sections[-1].entries))

    def _follow(self) -> None:
        self._take()
        self.changed.emit()

    def _take(self) -> None:
        row: Callable[[InstrumentKey], QuoteRow] = self._board.row
        self._entries = list(self.lists.shown.entries)
        self._keys = tuple(entry.key for entry in self._entries)
        self._positions = {key: place for place, key in enumerate(self._keys)}
        self.rows: Sequence[QuoteRow] = [row(key) for key in self._keys]
