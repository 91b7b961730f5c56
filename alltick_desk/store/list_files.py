"""The file of the watchlists and its backups: nothing that a person collected is lost.

The file is replaced whole. Before it changes for the first time in a run, then at most every ten
minutes, and whenever a list, a section or many rows are about to go, it is copied to the backups.
One that cannot be read is set aside, and the newest backup that can stands in; one of a later
version of the desk is shown and left alone.
"""

import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from alltick_desk.errors import StoreError
from alltick_desk.model.lists import ListBook
from alltick_desk.model.words import Sentence, joined
from alltick_desk.store.backups import Backups, Made
from alltick_desk.store.files import Loaded, decoded, read_json, reason, write_json
from alltick_desk.store.lists import ReadLists, lists_document, read_lists

if TYPE_CHECKING:
    from pathlib import Path

    from alltick_desk.clock import Clock

BACKUP_S = 600.0
MANY = 20  # rows that may go without a backup


class ListBackup(NamedTuple):
    """A backup that can be restored: when it was made (Unix seconds), and what is in it."""

    path: "Path"
    time_s: int
    lists: tuple[tuple[str, int], ...]  # their names and numbers of rows
    rows: int


class ListFiles:
    """Loads and saves the watchlists, in ``path``, with backups in ``folder``; blocking.

    A file that could be neither read nor set aside, or that is too new, is not written in this
    run: saving raises StoreError.
    """

    def __init__(self, path: "Path", folder: "Path", clock: "Clock") -> None:
        self._path = path
        self._clock = clock
        self._backups = Backups(path, folder, clock)
        self._loaded = False
        self._forbidden = ""
        self._saved: ListBook | None = None  # what the file is known to hold
        self._ids: frozenset[str] = frozenset()
        self._backed_up_s: float | None = None
        self._gone = 0  # rows, since the last backup

    def load(self) -> Loaded[ListBook | None]:
        """Return the watchlists; None before the first save, so that a first list can be made."""
        self._loaded = True
        self._saved, self._forbidden = None, ""
        try:
            read, note = read_json(self._path, read_lists, _nothing, self._clock)
        except StoreError as error:
            self._forbidden = str(error)
            read, note = _NOTHING, str(error)
        if read is _NOTHING:
            return self._from_backup(note)
        if read.newer:
            words = Sentence(
                "Store",
                "{file} was written by a newer version of the desk. It is shown as far as this "
                "version understands it, and left as it is: changes of the lists are not saved.",
            )
            self._forbidden = note = words.format(file=self._path.name)
        self._know(read.book, saved=not read.newer)
        return Loaded(read.book, note)

    def save(self, book: ListBook) -> None:
        """Save the watchlists, if they have changed; StoreError where the disk refuses.

        Where only the backup could not be made they are saved all the same, before the error.
        """
        if not self._loaded:
            self.load()  # what is there may not be ours to replace
        if self._forbidden:
            raise StoreError(self._forbidden)
        if self.holds(book):
            return
        trouble = self._back_up() if self._is_due(book) else ""
        write_json(self._path, lists_document(book))
        self._know(book, saved=True)
        if trouble:
            words = Sentence("Store", "The watchlists are saved, but not a backup of them.")
            raise StoreError(joined(words, trouble))

    def holds(self, book: ListBook) -> bool:
        """Return whether the file is known to hold this book."""
        return book == self._saved

    def list_backups(self) -> tuple[ListBackup, ...]:
        """Return the backups that can be read, the newest first."""
        found = ((made, path, _read(path)) for made, path in self._backups.files())
        return tuple(_backup(made, path, book) for made, path, book in found if book is not None)

    def restore(self, backup: ListBackup) -> ListBook:
        """Back the file up as it is and return what a backup holds; the caller saves it.

        Raises StoreError where the backup is gone or the disk refuses.
        """
        try:
            book = read_lists(decoded(backup.path.read_bytes())).book
        except OSError as error:
            raise _useless(backup, reason(error)) from None
        except (ValueError, RecursionError):
            book = None
        if book is None:
            raise _useless(backup, Sentence("Store", "it is damaged"))
        self._backups.make()
        return book

    def _from_backup(self, note: str) -> Loaded[ListBook | None]:
        """Return the newest backup that can be read; there may be none."""
        for made, path in self._backups.files():
            book = _read(path)
            if book is not None:
                self._know(book, saved=False)
                when = time.strftime("%Y-%m-%d %H:%M", time.localtime(made.time_s))
                gone = Sentence("Store", "The file {file} is gone.").format(file=self._path.name)
                words = Sentence("Store", "The lists are those of the backup of {when}, {backup}.")
                stood_in = words.format(when=when, backup=path.name)
                return Loaded(book, joined(note or gone, stood_in))
        return Loaded(None, note)

    def _know(self, book: ListBook | None, *, saved: bool) -> None:
        self._saved = book if saved else None
        self._ids = frozenset(one.id for one in book.lists) if book is not None else frozenset()

    def _is_due(self, book: ListBook) -> bool:
        if self._backed_up_s is None:
            return True
        late = self._clock.monotonic() - self._backed_up_s >= BACKUP_S
        if late or not self._ids <= {one.id for one in book.lists}:
            return True
        if self._saved is None:
            return False
        rows, sections = _taken(self._saved, book)
        self._gone += rows
        return sections > 0 or self._gone > MANY

    def _back_up(self) -> str:
        """Copy the file; return why that was not possible, or ""."""
        self._backed_up_s, self._gone = self._clock.monotonic(), 0
        try:
            self._backups.make()
        except StoreError as error:
            return str(error)
        return ""


_NOTHING = ReadLists(None)  # what stands for a file that is not there, or was set aside


def _nothing() -> ReadLists:
    return _NOTHING


def _read(path: "Path") -> ListBook | None:
    try:
        return read_lists(decoded(path.read_bytes())).book
    except (OSError, ValueError, RecursionError):
        return None


def _taken(before: ListBook, after: ListBook) -> tuple[int, int]:
    """Return how many rows and sections an edit takes; what only moves to another list stays."""
    same = {id(one) for one in before.lists} & {id(one) for one in after.lists}
    old = [one for one in before.lists if id(one) not in same]
    new = [one for one in after.lists if id(one) not in same]
    rows = Counter(entry.key for one in old for entry in one.entries)
    rows -= Counter(entry.key for one in new for entry in one.entries)
    sections = sum(len(one.sections) for one in old) - sum(len(one.sections) for one in new)
    return rows.total(), sections


def _backup(made: Made, path: "Path", book: ListBook) -> ListBackup:
    lists = tuple((one.name, len(one.keys)) for one in book.lists)
    return ListBackup(path, made.time_s, lists, sum(rows for _, rows in lists))


def _useless(backup: ListBackup, why: str) -> StoreError:
    words = Sentence("Store", "The backup {file} cannot be used: {why}. Nothing was changed.")
    return StoreError(words.format(file=backup.path.name, why=why))
