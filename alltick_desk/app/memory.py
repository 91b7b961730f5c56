"""What one run leaves for the next: lists, last values, the layout, the settings."""

import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

from alltick_desk.clock import Clock
from alltick_desk.errors import StoreError
from alltick_desk.model.figures import number
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import ListBook
from alltick_desk.model.settings import Settings
from alltick_desk.services.quotes import QuoteBoard, QuoteRow
from alltick_desk.store.files import Loaded
from alltick_desk.store.list_files import ListBackup
from alltick_desk.store.profile import Profile
from alltick_desk.store.state import Layout, SavedQuote, StateStore

T = TypeVar("T")

_KEPT = (
    *("last", "bid", "ask", "open", "high", "low", "volume", "turnover"),
    *("previous_close", "day", "digits", "pads", "time_ms"),
)


class Memory:
    """Loads at the start and saves as things change.

    ``writes`` is False where another desk holds the profile: then nothing is saved. ``notes``
    collects what the person should hear of files that could not be used.
    """

    def __init__(self, profile: Profile, clock: Clock, *, writes: bool) -> None:
        self._store = StateStore(profile, clock)
        self.writes = writes
        self._saving = threading.Lock()
        self._refused: tuple[ListBook, str] | None = None  # lists that are not on the disk, and why
        self.notes: list[str] = []
        self.settings: Settings = self._noted(self._store.load_settings())
        self.layout: Layout = self._noted(self._store.load_layout())

    def lists(self) -> ListBook | None:
        """Return the saved watchlists; None before the first save."""
        return self._noted(self._store.load_lists())

    def recall_quotes(self, board: QuoteBoard, keys: Iterable[InstrumentKey]) -> None:
        """Put the last session's values on the board, until newer ones come."""
        quotes = self._noted(self._store.load_quotes())
        for key in keys:
            if (quote := quotes.get(key)) is not None:
                _restore(board.row(key), quote)

    def save_settings(self, settings: Settings) -> None:
        """Save the settings; StoreError where the disk refuses."""
        if self.writes:
            self._store.save_settings(settings)

    def save_lists(self, book: ListBook) -> None:
        """Save the watchlists; StoreError where the disk refuses."""
        if not self.writes:
            return
        try:
            self._store.save_lists(book)
        except StoreError as error:
            saved = self._store.lists.holds(book)  # where only their backup was refused
            self._refused = None if saved else (book, str(error))
            raise
        self._refused = None

    def save_lists_again(self) -> bool:
        """Save the watchlists that the disk refused; return whether it has taken them now.

        Raises StoreError where it has, but not a backup, or refuses for another reason.
        """
        if self._refused is None:
            return False
        book, why = self._refused
        try:
            self.save_lists(book)
        except StoreError as error:
            if str(error) == why:
                return False
            raise
        return True

    def list_backups(self) -> tuple[ListBackup, ...]:
        """Return the watchlists' backups that can be restored, the newest first."""
        return self._store.lists.list_backups()

    def restored(self, backup: ListBackup) -> ListBook:
        """Return what a backup holds, once the lists of now are backed up; StoreError."""
        return self._store.lists.restore(backup)

    def checkpoint(
        self, rows: Iterable[QuoteRow] | None, layout: Layout | None
    ) -> Callable[[], None]:
        """Take down what is, None for nothing; return the call that saves it, in any thread.

        The call raises StoreError where the disk refuses.
        """
        quotes = None if rows is None else [(row.key, _saved(row)) for row in rows if row.last]

        def save() -> None:
            with self._saving:
                if self.writes and quotes is not None:
                    self._store.save_quotes(quotes)
                if self.writes and layout is not None:
                    self._store.save_layout(layout)

        return save

    def _noted(self, loaded: Loaded[T]) -> T:
        if loaded.note:
            self.notes.append(loaded.note)
        return loaded.value


def _saved(row: QuoteRow) -> SavedQuote:
    return SavedQuote(**{name: getattr(row, name) for name in _KEPT})


def _restore(row: QuoteRow, quote: SavedQuote) -> None:
    try:
        values = [number(text or "0") for text in (quote.last, quote.high, quote.low)]
    except ValueError:
        return  # somebody edited the file; the row starts empty
    row.value, row.high_value, row.low_value = values
    for name in _KEPT:
        setattr(row, name, getattr(quote, name))
