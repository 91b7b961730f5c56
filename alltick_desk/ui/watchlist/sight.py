"""The rows in sight: what they read like on the screen, and what differs from it now."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.watchlist.column import Drawing, Tone
from alltick_desk.ui.watchlist.format import UNKNOWN
from alltick_desk.ui.watchlist.line import Line, read_line
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.moves import Moves

# Returns the part of the viewport that a column has from one line of the table to another.
Cells: TypeAlias = Callable[[int, int, int], QRect]


class Sight:
    """Reads the rows in sight, each once until it changes.

    Attributes:
        places: the rows in sight from top to bottom, and the lines of the table they stand in.
    """

    def __init__(self, model: WatchlistModel, moves: Moves) -> None:
        self._model = model
        self._moves = moves
        self.places: dict[QuoteRow, int] = {}
        self._lines: dict[QuoteRow, Line] = {}
        self._flashes: Sequence[int] = ()  # the columns whose changes are shown for a moment
        self.take_columns()

    def take_columns(self) -> None:
        """Read the columns that the model has now."""
        columns = self._model.columns
        self._flashes = [n for n, column in enumerate(columns) if column.flashes]
        self._day_lines = {n for n, it in enumerate(columns) if it.drawing is Drawing.DAY_LINE}
        self._coloured = {n for n, it in enumerate(columns) if it.tone is Tone.MOVED}
        self._lines.clear()

    def look(self, first: int, count: int) -> bool:
        """Take ``count`` lines from ``first`` on to be in sight; return whether others are."""
        lines = enumerate(self._model.lines[first : first + count], first)
        places = {line: place for place, line in lines if isinstance(line, QuoteRow)}
        if places == self.places:
            return False
        others = list(places) != list(self.places)
        self.places = places
        self._lines = {row: line for row, line in self._lines.items() if row in places}
        self._moves.keep(places)
        return others

    def line(self, row: QuoteRow) -> Line:
        """Return what a row reads like."""
        line = self._lines.get(row)
        return line if line is not None else self._read(row)

    def forget(self) -> None:
        """Read every row anew when it is painted."""
        self._lines.clear()

    def differences(self, rows: Iterable[QuoteRow], cells: Cells) -> QRegion:
        """Read ``rows`` anew; return the part of the viewport that looks different now."""
        first: dict[int, int] = {}  # the lines, by columns
        last: dict[int, int] = {}
        for row in sorted(rows, key=self.places.__getitem__):
            place = self.places[row]
            old = self._lines.get(row)
            new = self._read(row)
            if new == old:
                continue
            for column in self._changed_columns(row, old, new):
                first.setdefault(column, place)
                last[column] = place
        region = QRegion()
        for column, top in first.items():
            region += cells(column, top, last[column])
        return region

    def flashing(self, rows: Iterable[QuoteRow], cells: Cells) -> QRegion:
        """Return the part of the viewport where prices of ``rows`` may flash."""
        region = QRegion()
        for column in self._flashes:
            for row in rows:
                if (place := self.places.get(row)) is not None:
                    region += cells(column, place, place)
        return region

    def _read(self, row: QuoteRow) -> Line:
        model = self._model
        model.unpack(row)
        line = self._lines[row] = read_line(row, model.reading, model.columns)
        return line

    def _changed_columns(self, row: QuoteRow, old: Line | None, new: Line) -> Iterable[int]:
        everything = range(len(new.texts))
        if old is None or new.state is not old.state or new.pinned is not old.pinned:
            return everything
        before, after = old.texts, new.texts
        for place in self._flashes:
            if after[place] != before[place] != UNKNOWN:
                self._moves.begin(row, before[place], after[place])
        changed = {n for n in everything if after[n] != before[n]}
        if new.version != old.version:
            changed |= self._day_lines
        if new.sign != old.sign:
            changed |= self._coloured
        return changed
