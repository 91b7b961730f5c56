"""All watchlists of a person: what is edited, taken back, saved and shown as tabs.

The book itself is a value (``model.lists``); this holds the one that counts now, and one history
of the edits of every list. Lists are named by their ids; None is the list that is shown.
"""

import os
from collections.abc import Callable, Iterable

from alltick_desk.model import list_edits, row_edits
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import (
    Entry,
    ListBook,
    NamedList,
    Place,
    book_of,
    clean_name,
    clean_note,
)
from alltick_desk.model.words import Sentence
from alltick_desk.observe import Hook
from alltick_desk.services import list_words
from alltick_desk.services.list_history import ListHistory, Step


def _new_id() -> str:
    return os.urandom(6).hex()


class Lists:
    """The book of lists, with its edits.

    An edit that changes nothing is no step and is not announced. Every edit of rows and sections
    says whether it changed anything.

    Args:
        book: what was saved; None begins with one empty list.
        new_id: makes the ids of new lists, never one twice, not even after a list was deleted.

    Attributes:
        changed: emitted when the shown list has other rows or sections, is looked at in another
            way or is another list.
        book_changed: emitted when the tabs are others: names, order, which is shown.
        touched: emitted after every change of anything, once: the time to save.
        noted: emitted after a note was written on an instrument of the shown list.
        new_id: makes an id that no list had yet.
    """

    def __init__(
        self, book: ListBook | None = None, *, new_id: Callable[[], str] = _new_id
    ) -> None:
        self._book = book_of() if book is None else book
        self.new_id = new_id
        self._history = ListHistory()
        self._pinned: dict[str, tuple[NamedList, frozenset[InstrumentKey]]] = {}
        self.changed: Hook[[]] = Hook()
        self.book_changed: Hook[[]] = Hook()
        self.touched: Hook[[]] = Hook()
        self.noted: Hook[[InstrumentKey]] = Hook()

    @property
    def book(self) -> ListBook:
        """All lists as they are now."""
        return self._book

    @property
    def shown(self) -> NamedList:
        """The list that is shown."""
        return self._book.shown

    @property
    def keys(self) -> tuple[InstrumentKey, ...]:
        """The instruments of all lists, each once, those of the shown list first."""
        lists = (self.shown, *self._book.lists)
        return tuple(dict.fromkeys(entry.key for one in lists for entry in one.entries))

    def pinned(self, of: str | None = None) -> frozenset[InstrumentKey]:
        """Return the instruments that a list has pinned. Asking again costs nothing."""
        one = self._book.get(self._id(of))
        known = self._pinned.get(one.id)
        if known is None or known[0] is not one:
            known = self._pinned[one.id] = one, one.pinned
        return known[1]

    # Back and forth

    @property
    def last_edit(self) -> Step | None:
        """The edit that undo takes back; the same one as long as no other was made."""
        return self._history.last

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return self._history.last is not None

    @property
    def can_redo(self) -> bool:
        """Whether an edit that was taken back can be made again."""
        return self._history.next is not None

    @property
    def undo_label(self) -> str:
        """What undo would do, for its menu; "" where it can do nothing."""
        step = self._history.last
        return "" if step is None else Sentence("Lists", "Undo: {what}").format(what=step.what)

    @property
    def redo_label(self) -> str:
        """What redo would do, for its menu; "" where it can do nothing."""
        step = self._history.next
        return "" if step is None else Sentence("Lists", "Redo: {what}").format(what=step.what)

    def undo(self) -> Step | None:
        """Take the last edit back and show its list; None where there is none."""
        step, book = self._history.last, self._history.undo(self._book)
        if book is not None:
            self._take(book)
        return step

    def redo(self) -> Step | None:
        """Make the edit again that was taken back last, and show its list; None for none."""
        step, book = self._history.next, self._history.redo(self._book)
        if book is not None:
            self._take(book)
        return step

    # Lists

    def show(self, list_id: str) -> None:
        """Show a list; this is no edit."""
        self._take(list_edits.show_list(self._book, list_id))

    def choose(self, name: str, word: str, *, of: str | None = None) -> None:
        """Set one of a list's view choices, "" for none; this is no edit."""
        book = list_edits.choose(self._book, self._id(of), name, word)
        self._take(book, chosen=True)

    def fold(self, numbers: Iterable[int], *, folded: bool, of: str | None = None) -> None:
        """Fold sections or unfold them; this is no edit."""
        book = list_edits.fold(self._book, self._id(of), frozenset(numbers), folded=folded)
        self._take(book)

    def add_list(self, name: str, *, at: int | None = None) -> str:
        """Make an empty list, show it and return its id."""
        made = self.new_id()
        what = Sentence("Lists", "add the list “{name}”").format(name=clean_name(name))
        self._edit(what, made, list_edits.add_list(self._book, made, name, at=at))
        return made

    def rename_list(self, name: str, *, of: str | None = None) -> bool:
        """Give a list another name."""
        where = self._id(of)
        words = Sentence("Lists", "rename the list “{name}”")
        what = words.format(name=self._book.get(where).name)
        return self._edit(what, where, list_edits.rename_list(self._book, where, name))

    def duplicate_list(self, of: str | None = None) -> str:
        """Copy a list, show the copy and return its id."""
        where, made = self._id(of), self.new_id()
        words = Sentence("Lists", "duplicate the list “{name}”")
        what = words.format(name=self._book.get(where).name)
        self._edit(what, made, list_edits.duplicate_list(self._book, where, made))
        return made

    def delete_list(self, of: str | None = None) -> bool:
        """Take a list away; the last one leaves an empty one."""
        where = self._id(of)
        words = Sentence("Lists", "delete the list “{name}”")
        what = words.format(name=self._book.get(where).name)
        book = list_edits.delete_list(self._book, where, self.new_id())
        return self._edit(what, where, book)

    def move_list(self, list_id: str, at: int) -> bool:
        """Bring a list to place ``at`` among the others."""
        words = Sentence("Lists", "move the list “{name}”")
        what = words.format(name=self._book.get(list_id).name)
        return self._edit(what, list_id, list_edits.move_list(self._book, list_id, at))

    def take(self, book: ListBook, what: str, *, where: str | None = None) -> bool:
        """Have another book in place of this one, as one edit to the list ``where``: an import.

        ``what`` says so in a menu. The book must be ``model.lists.normal``.
        """
        return self._edit(what, book.current if where is None else where, book)

    def restore(self, book: ListBook) -> bool:
        """Have a backup's book in place of this one, as one edit."""
        return self.take(book, Sentence("Lists", "restore a backup"))

    # Sections of a list, by their number; the untitled one is number 0

    def add_section(self, name: str, place: Place | None = None, *, of: str | None = None) -> bool:
        """Put a heading at a place: what stands below it there is its section; None is the end."""
        where = self._id(of)
        what = Sentence("Lists", "add the section “{name}”").format(name=clean_name(name))
        return self._edit(what, where, list_edits.add_section(self._book, where, name, place))

    def rename_section(self, number: int, name: str, *, of: str | None = None) -> bool:
        """Give a section another heading; the untitled one gets its first."""
        where = self._id(of)
        what = Sentence("Lists", "name the section “{name}”").format(name=clean_name(name))
        return self._edit(what, where, list_edits.rename_section(self._book, where, number, name))

    def delete_section(
        self, number: int, *, with_rows: bool = False, of: str | None = None
    ) -> bool:
        """Take a heading away, its rows join the section above; or the rows too."""
        where = self._id(of)
        words = Sentence("Lists", "delete the section “{name}”")
        what = words.format(name=self._heading(where, number))
        book = list_edits.delete_section(self._book, where, number, with_rows=with_rows)
        return self._edit(what, where, book)

    def move_section(self, number: int, to: int, *, of: str | None = None) -> bool:
        """Bring a section with its rows before the one that is number ``to`` now."""
        where = self._id(of)
        words = Sentence("Lists", "move the section “{name}”")
        what = words.format(name=self._heading(where, number))
        return self._edit(what, where, list_edits.move_section(self._book, where, number, to))

    # Rows

    def add(
        self, entries: Iterable[Entry], place: Place | None = None, *, of: str | None = None
    ) -> int:
        """Put in what a list does not have yet; return how many that were."""
        where = self._id(of)
        there = frozenset(self._book.get(where).keys)
        fresh: dict[InstrumentKey, Entry] = {}
        for entry in entries:
            if entry.key not in there:
                fresh.setdefault(entry.key, entry)
        what = list_words.added(list(fresh))
        book = row_edits.add_entries(self._book, where, fresh.values(), place)
        self._edit(what, where, book)
        return len(fresh)

    def remove(self, keys: Iterable[InstrumentKey], *, of: str | None = None) -> int:
        """Take instruments out of a list; return how many were there."""
        where = self._id(of)
        gone = self._there(where, keys)
        book = row_edits.remove_entries(self._book, where, gone)
        self._edit(list_words.removed(gone), where, book)
        return len(gone)

    def move(self, keys: Iterable[InstrumentKey], place: Place, *, of: str | None = None) -> bool:
        """Bring instruments together before what stands at a place now."""
        where = self._id(of)
        moved = self._there(where, keys)
        book = row_edits.move_entries(self._book, where, moved, place)
        return self._edit(list_words.moved(moved), where, book)

    def shift(self, keys: Iterable[InstrumentKey], *, up: bool, of: str | None = None) -> bool:
        """Move each run of neighbours one step up or down, over headings too."""
        where = self._id(of)
        moved = self._there(where, keys)
        book = row_edits.shift_entries(self._book, where, moved, up=up)
        return self._edit(list_words.moved(moved), where, book)

    def move_to(
        self,
        target: str,
        keys: Iterable[InstrumentKey],
        place: Place | None = None,
        *,
        of: str | None = None,
    ) -> bool:
        """Take instruments into another list."""
        where = self._id(of)
        moved = self._there(where, keys)
        book = row_edits.move_to_list(self._book, where, moved, target, place)
        return self._edit(list_words.moved(moved), where, book)

    def copy_to(
        self,
        target: str,
        keys: Iterable[InstrumentKey],
        place: Place | None = None,
        *,
        of: str | None = None,
    ) -> bool:
        """Put instruments into another list too."""
        where = self._id(of)
        copied = self._there(where, keys)
        book = row_edits.copy_to_list(self._book, where, copied, target, place)
        return self._edit(list_words.copied(copied), target, book)

    def set_alias(self, key: InstrumentKey, alias: str, *, of: str | None = None) -> bool:
        """Set what an instrument is called in a list; "" for its own name."""
        where = self._id(of)
        what = Sentence("Lists", "rename {code}").format(code=key.code)
        return self._edit(what, where, row_edits.set_alias(self._book, where, key, alias))

    def set_note(self, key: InstrumentKey, note: str, *, of: str | None = None) -> bool:
        """Set what is noted of an instrument in a list."""
        where = self._id(of)
        what = Sentence("Lists", "the note on {code}").format(code=key.code)
        done = self._edit(what, where, row_edits.set_note(self._book, where, key, note))
        if done and clean_note(note) and where == self._book.current:
            self.noted.emit(key)
        return done

    def pin(self, keys: Iterable[InstrumentKey], *, pinned: bool, of: str | None = None) -> bool:
        """Pin instruments, so that they stay live, or let them go."""
        where = self._id(of)
        chosen = self._there(where, keys)
        what = list_words.pinned(chosen, pinned=pinned)
        return self._edit(what, where, row_edits.pin(self._book, where, chosen, pinned=pinned))

    # Inside

    def _id(self, of: str | None) -> str:
        return self._book.current if of is None else of

    def _there(self, where: str, keys: Iterable[InstrumentKey]) -> list[InstrumentKey]:
        chosen = frozenset(keys)
        return [key for key in self._book.get(where).keys if key in chosen]

    def _heading(self, where: str, number: int) -> str:
        sections = self._book.get(where).sections
        return sections[number].name if 0 <= number < len(sections) else ""

    def _edit(self, what: str, where: str, book: ListBook) -> bool:
        if book.lists == self._book.lists:
            return False
        self._history.note(Step(what, where), self._book, book)
        self._take(book)
        return True

    def _take(self, book: ListBook, *, chosen: bool = False) -> None:
        """Have another book; ``chosen`` where whoever chose a look shows it already."""
        before, self._book = self._book, book
        if book == before:
            return
        now, was = book.shown, before.shown
        shown, looks = book.current != before.current, now.extra != was.extra and not chosen
        if shown or looks or now.sections != was.sections:
            self.changed.emit()
        if shown or _tabs(book) != _tabs(before):
            self.book_changed.emit()
        self.touched.emit()


def _tabs(book: ListBook) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in book.lists]
