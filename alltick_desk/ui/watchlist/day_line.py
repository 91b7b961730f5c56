"""The day of every row as a light line of points, taken down while the desk runs.

A point at most every few seconds, and never more than a column is wide: where a line has become
full, every other point is dropped, and from then on they are taken half as often. So a list of
thousands needs a few megabytes for a day, however long that is.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.quotes import QuoteRow

FIRST_STEP_S = 5.0
MOST = 96  # points of a line

_ROOM = bytes(MOST * 8)


class DayLine:
    """One row's day, as far as it was watched.

    It takes all the room that it will ever need at once: thousands of lines that grow a little all
    day would look like a leak, and leave the heap in pieces.

    Attributes:
        version: another number after every change.
    """

    __slots__ = ("_count", "_day", "_due_s", "_step_s", "_times_s", "_values", "version")

    def __init__(self, day: str) -> None:
        self._day = day
        self._due_s = 0.0
        self._step_s = FIRST_STEP_S
        self._count = 0
        self._times_s = array("d", _ROOM)
        self._values = array("d", _ROOM)
        self.version = 0

    def __len__(self) -> int:
        return self._count

    @property
    def times_s(self) -> "array[float]":
        """When the points were taken, monotonic seconds, rising."""
        return self._times_s[: self._count]

    @property
    def values(self) -> "array[float]":
        """The prices."""
        return self._values[: self._count]

    def points(self, first: int) -> Iterator[tuple[float, float]]:
        """Iterate over times and prices from the ``first`` point on, counted from 0."""
        end = self._count
        return zip(self._times_s[first:end], self._values[first:end], strict=True)

    def take(self, row: QuoteRow, now_s: float) -> None:
        """Take the row's price down, where one is due; another day begins another line."""
        if row.day != self._day:
            if self._day:  # before it was known the line was of this day too
                self._count = 0
                self._due_s, self._step_s = 0.0, FIRST_STEP_S
                self.version += 1
            self._day = row.day
        if now_s < self._due_s:
            return
        if self._count >= MOST:
            self._thin()
        self._times_s[self._count] = now_s
        self._values[self._count] = row.value
        self._count += 1
        self._due_s = now_s + self._step_s
        self.version += 1

    def _thin(self) -> None:
        for points in (self._times_s, self._values):
            every_other = points[::2]
            points[: len(every_other)] = every_other
        self._count = (self._count + 1) // 2
        self._step_s *= 2


class DayLines:
    """The lines of instruments; ``now_s`` gives monotonic seconds."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._due_s = 0.0
        self._lines: dict[InstrumentKey, DayLine] = {}

    def of(self, row: QuoteRow) -> DayLine | None:
        """Return a row's line; None before its first point."""
        return self._lines.get(row.key)

    def sample(self, rows: Iterable[QuoteRow]) -> bool:
        """Take down what ``rows`` cost now; False where it is too early for another look."""
        now_s = self._now_s()
        if now_s < self._due_s:
            return False
        self._due_s = now_s + FIRST_STEP_S
        lines = self._lines
        for row in rows:
            if row.last and row.ticked_s:  # a price of an earlier run is none of this line
                line = lines.get(row.key)
                if line is None:
                    line = lines[row.key] = DayLine(row.day)
                line.take(row, now_s)
        return True

    def keep(self, keys: Iterable[InstrumentKey]) -> None:
        """Forget the lines of all other instruments."""
        for key in self._lines.keys() - set(keys):
            del self._lines[key]
