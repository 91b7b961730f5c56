"""Prices that have just moved: which ones, which way, and for how long that is shown."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from alltick_desk.services.quotes import QuoteRow

FLASH_S = 0.4


class Move(NamedTuple):
    """One row's last change of price."""

    until_s: float  # monotonic
    same: int  # so many characters at the beginning stayed, where digits are what is coloured


class Moves(QObject):
    """Remembers moves for a moment; ``on_end`` gets the rows whose moment is over.

    ``changes`` is one of the settings' CHANGES: digits keep their colour until the next change.
    """

    def __init__(
        self,
        now_s: Callable[[], float],
        on_end: Callable[[list[QuoteRow]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._now_s = now_s
        self._on_end = on_end
        self._changes = "flash"
        self._moves: dict[QuoteRow, Move] = {}
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self._end_some)

    def show(self, changes: str) -> None:
        """Choose how changes are shown from now on."""
        if changes != self._changes:
            self._changes = changes
            self._moves.clear()
            self._end.stop()

    def of(self, row: QuoteRow) -> Move | None:
        """Return the move that is being shown of a row."""
        return self._moves.get(row)

    def begin(self, row: QuoteRow, before: str, after: str) -> None:
        """Note that a price reads otherwise now."""
        if self._changes == "none" or not row.move:
            return
        same = _same(before, after) if self._changes == "digits" else 0
        self._moves[row] = Move(self._now_s() + FLASH_S, same)
        if self._changes == "flash" and not self._end.isActive():
            self._end.start(round(FLASH_S * 1000))

    def keep(self, rows: dict[QuoteRow, int]) -> None:
        """Forget the moves of all other rows."""
        self._moves = {row: move for row, move in self._moves.items() if row in rows}

    def _end_some(self) -> None:
        soon = self._now_s() + FLASH_S / 8  # what ends next ends now: fewer paintings
        over = [row for row, move in self._moves.items() if move.until_s <= soon]
        for row in over:
            del self._moves[row]
        if self._moves:
            first = min(move.until_s for move in self._moves.values())
            self._end.start(round((first - soon) * 1000) + 1)
        self._on_end(over)


def _same(before: str, after: str) -> int:
    """Return how many characters at the beginning of two prices are the same.

    Where they have other powers of ten before the point none is the same.
    """
    if len(before.partition(".")[0]) != len(after.partition(".")[0]):
        return 0
    pairs = enumerate(zip(before, after, strict=False))
    shorter = min(len(before), len(after))
    return next((place for place, (old, new) in pairs if old != new), shorter)
