"""A watchlist: instruments in a person's own order, and every edit of it undone and redone."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeAlias

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.observe import Hook
from alltick_desk.services.quotes import QuoteBoard, QuoteRow

UNDO_DEPTH = 100

Order: TypeAlias = tuple[InstrumentKey, ...]


class Watchlist:
    """The ordered list of what is watched, with its rows on the board.

    Each instrument stands in it once. Every edit is one step to undo, and ``changed`` is emitted
    once after it; an edit that changes nothing is no step and is not announced.

    Attributes:
        rows: the board's rows in the list's order; a new sequence after every edit.
        changed: emitted with no arguments after every edit, undo and redo.
    """

    def __init__(self, board: QuoteBoard, keys: Iterable[InstrumentKey] = ()) -> None:
        self._board = board
        self._past: list[Order] = []
        self._future: list[Order] = []
        self.changed: Hook[[]] = Hook()
        self._take(tuple(dict.fromkeys(keys)))

    @property
    def keys(self) -> Order:
        """The instruments in the list's order."""
        return self._keys

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

    def add(self, keys: Iterable[InstrumentKey], at: int | None = None) -> int:
        """Insert what is not there yet before place ``at``, or at the end; return how many."""
        fresh = tuple(key for key in dict.fromkeys(keys) if key not in self._positions)
        place = len(self._keys) if at is None else min(max(at, 0), len(self._keys))
        self._edit((*self._keys[:place], *fresh, *self._keys[place:]))
        return len(fresh)

    def remove(self, keys: Iterable[InstrumentKey]) -> int:
        """Take instruments out; return how many were there."""
        gone = set(keys)
        before = len(self._keys)
        self._edit(tuple(key for key in self._keys if key not in gone))
        return before - len(self._keys)

    def move(self, keys: Iterable[InstrumentKey], to_index: int) -> bool:
        """Bring instruments together before the one that stands at ``to_index`` now.

        They keep their order among themselves; ``len(list)`` is the end. Returns whether anything
        moved.
        """
        chosen = set(keys)
        block = tuple(key for key in self._keys if key in chosen)
        head = tuple(key for key in self._keys[: max(to_index, 0)] if key not in chosen)
        tail = tuple(key for key in self._keys[max(to_index, 0) :] if key not in chosen)
        return self._edit((*head, *block, *tail))

    def move_up(self, keys: Collection[InstrumentKey]) -> bool:
        """Move each run of neighbours one place towards the top; return whether any moved.

        What has reached the top stays there, and nothing overtakes it.
        """
        return self._edit(_raised(self._keys, keys))

    def move_down(self, keys: Collection[InstrumentKey]) -> bool:
        """Move each run of neighbours one place towards the end; return whether any moved."""
        return self._edit(_raised(self._keys[::-1], keys)[::-1])

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether an edit that was taken back can be made again."""
        return bool(self._future)

    def undo(self) -> bool:
        """Take the last edit back; False where there is none."""
        return self._step(self._past, self._future)

    def redo(self) -> bool:
        """Make the edit again that was taken back last; False where there is none."""
        return self._step(self._future, self._past)

    def _edit(self, keys: Order) -> bool:
        if keys == self._keys:
            return False
        self._past.append(self._keys)
        del self._past[:-UNDO_DEPTH]
        self._future.clear()
        self._take(keys)
        self.changed.emit()
        return True

    def _step(self, source: list[Order], target: list[Order]) -> bool:
        if not source:
            return False
        target.append(self._keys)
        self._take(source.pop())
        self.changed.emit()
        return True

    def _take(self, keys: Order) -> None:
        row: Callable[[InstrumentKey], QuoteRow] = self._board.row
        self._keys = keys
        self._positions = {key: place for place, key in enumerate(keys)}
        self.rows: Sequence[QuoteRow] = [row(key) for key in keys]


def _raised(keys: Order, chosen: Collection[InstrumentKey]) -> Order:
    """Swap every chosen key with the one above it that is not chosen."""
    chosen = frozenset(chosen)
    moved = list(keys)
    for place in range(1, len(moved)):
        if moved[place] in chosen and moved[place - 1] not in chosen:
            moved[place - 1], moved[place] = moved[place], moved[place - 1]
    return tuple(moved)
