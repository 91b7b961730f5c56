"""Edits of all lists in any order: each book between them comes back."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from listsdesk import begin, keys

from alltick_desk.model.lists import Entry, ListBook, Place, normal

_CODES = st.text("ABCDEF", max_size=4)
_PLACES = st.none() | st.builds(Place, st.integers(-1, 4), st.integers(-1, 6))
_NAMES = st.sampled_from(("", "x", "X", "y", " z "))
_NUMBERS = st.integers(-1, 4)


class Edits(RuleBasedStateMachine):
    """Edits in any order; the books between them are taken down, and all come back."""

    @initialize()
    def begin(self) -> None:
        self.lists = begin()
        self.books = [plain(self.lists.book)]
        self.at = 0

    def note(self) -> None:
        """Take the book down if it was edited: a new edit forgets what could be redone."""
        now = plain(self.lists.book)
        if now != self.books[self.at]:
            self.books[self.at + 1 :] = [now]
            self.at += 1

    def which(self, number: int) -> str:
        lists = self.lists.book.lists
        return lists[number % len(lists)].id

    @rule(name=_NAMES)
    def add_list(self, name: str) -> None:
        self.lists.add_list(name)
        self.note()

    @rule(of=_NUMBERS, name=_NAMES)
    def rename_list(self, of: int, name: str) -> None:
        self.lists.rename_list(name, of=self.which(of))
        self.note()

    @rule(of=_NUMBERS)
    def duplicate_list(self, of: int) -> None:
        self.lists.duplicate_list(self.which(of))
        self.note()

    @rule(of=_NUMBERS)
    def delete_list(self, of: int) -> None:
        self.lists.delete_list(self.which(of))
        self.note()

    @rule(of=_NUMBERS, at=_NUMBERS)
    def move_list(self, of: int, at: int) -> None:
        self.lists.move_list(self.which(of), at)
        self.note()

    @rule(name=_NAMES, place=_PLACES)
    def add_section(self, name: str, place: Place | None) -> None:
        self.lists.add_section(name, place)
        self.note()

    @rule(number=_NUMBERS, name=_NAMES)
    def rename_section(self, number: int, name: str) -> None:
        self.lists.rename_section(number, name)
        self.note()

    @rule(number=_NUMBERS, with_rows=st.booleans())
    def delete_section(self, number: int, with_rows: bool) -> None:
        self.lists.delete_section(number, with_rows=with_rows)
        self.note()

    @rule(number=_NUMBERS, to=_NUMBERS)
    def move_section(self, number: int, to: int) -> None:
        self.lists.move_section(number, to)
        self.note()

    @rule(codes=_CODES, place=_PLACES)
    def add(self, codes: str, place: Place | None) -> None:
        before = len(self.lists.shown.keys)
        added = self.lists.add(map(Entry, keys(codes)), place)
        assert len(self.lists.shown.keys) == before + added
        self.note()

    @rule(codes=_CODES)
    def remove(self, codes: str) -> None:
        before = len(self.lists.shown.keys)
        gone = self.lists.remove(keys(codes))
        assert len(self.lists.shown.keys) == before - gone
        self.note()

    @rule(codes=_CODES, place=_PLACES.filter(bool))
    def move(self, codes: str, place: Place) -> None:
        before = sorted(self.lists.shown.keys)
        self.lists.move(keys(codes), place)
        assert sorted(self.lists.shown.keys) == before
        self.note()

    @rule(codes=_CODES, up=st.booleans())
    def shift(self, codes: str, up: bool) -> None:
        before = sorted(self.lists.shown.keys)
        self.lists.shift(keys(codes), up=up)
        assert sorted(self.lists.shown.keys) == before
        self.note()

    @rule(codes=_CODES, other=_NUMBERS, place=_PLACES, moves=st.booleans())
    def to_another(self, codes: str, other: int, place: Place | None, moves: bool) -> None:
        goes = self.lists.move_to if moves else self.lists.copy_to
        goes(self.which(other), keys(codes), place)
        self.note()

    @rule(codes=_CODES, alias=_NAMES, pinned=st.booleans())
    def say(self, codes: str, alias: str, pinned: bool) -> None:
        for key in keys(codes[:1]):
            self.lists.set_alias(key, alias)
            self.note()
        self.lists.pin(keys(codes), pinned=pinned)
        self.note()

    @rule(number=_NUMBERS, folded=st.booleans(), of=_NUMBERS)
    def look(self, number: int, folded: bool, of: int) -> None:
        before = (self.lists.undo_label, self.lists.redo_label)
        self.lists.fold([number], folded=folded)
        self.lists.choose("sort", str(number), of=self.which(of))
        self.lists.show(self.which(of))
        assert (self.lists.undo_label, self.lists.redo_label) == before

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(steps):
            assert (self.lists.undo() is not None) == (self.at > 0)
            self.at = max(self.at - 1, 0)

    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            assert (self.lists.redo() is not None) == (self.at < len(self.books) - 1)
            self.at = min(self.at + 1, len(self.books) - 1)

    @invariant()
    def book_is_as_it_was_then(self) -> None:
        book = self.lists.book
        assert plain(book) == self.books[self.at]
        assert normal(book) == book
        assert self.lists.can_undo == (self.at > 0)
        assert self.lists.can_redo == (self.at < len(self.books) - 1)


def plain(book: ListBook) -> tuple[object, ...]:
    """Return what is edited of a book: without what is folded, chosen and shown."""
    return tuple(
        (one.id, one.name, tuple(section._replace(folded=False) for section in one.sections))
        for one in book.lists
    )


Edits.TestCase.settings = settings(stateful_step_count=40, max_examples=60, deadline=None)
TestEdits = Edits.TestCase
