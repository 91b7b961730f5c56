"""The day of every row as a light line of points, taken down while the desk runs.

What was before that comes from bars that are stored already, where there are some.

A point at most every few seconds, and never more than a column is wide: where a line has become
full, every other point is dropped, and from then on they are taken half as often. So a list of
thousands needs a few megabytes for a day, however long that is.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.quotes import QuoteRow

if TYPE_CHECKING:  # the first window is painted before there is any
    from alltick_desk.services.day_seeds import DaySeed

FIRST_STEP_S = 5.0
PAUSE_S = 60.0  # a longer time in which nobody took anything down may have left something out
AWAY = 1000  # lines of rows that are in no list any more, for undo
MOST = 64  # points of a line

_ROOM = bytes(MOST * 8)


class DayLine:
    """One row's day, as far as it was watched.

    It takes all the room that it will ever need at once: thousands of lines that grow a little all
    day would look like a leak, and leave the heap in pieces.

    Attributes:
        version: another number after every change.
        whole_s: since when nothing is missing, monotonic seconds.
        seeded: whether it begins with stored bars.
    """

    __slots__ = (
        "_count",
        "_day",
        "_due_s",
        "_step_s",
        "_times_s",
        "_values",
        "seeded",
        "version",
        "whole_s",
    )

    def __init__(self, day: str) -> None:
        self._day = day
        self._due_s = 0.0
        self._step_s = FIRST_STEP_S
        self._count = 0
        self._times_s = array("d", _ROOM)
        self._values = array("d", _ROOM)
        self.version = 0
        self.whole_s = 0.0
        self.seeded = False

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
                self.seeded = False
                self.version += 1
            self._day = row.day
        if now_s < self._due_s:
            return
        if not self._count or now_s - self._times_s[self._count - 1] > self._longest_s:
            self.whole_s = now_s
        if self._count >= MOST:
            self._thin()
        self._times_s[self._count] = now_s
        self._values[self._count] = row.value
        self._count += 1
        self._due_s = now_s + self._step_s
        self.version += 1

    def begin_with(self, seed: "DaySeed", now_s: float) -> None:
        """Put a day's stored prices before those that were taken down; once a day."""
        if self.seeded or (self._day and seed.day != self._day):
            return
        self.seeded, self._day = True, seed.day
        own = list(self.points(0))
        first_s = own[0][0] if own else now_s
        points = [it for it in zip(seed.times_s, seed.values, strict=True) if it[0] < first_s]
        if not points:
            return
        if not own:
            self.whole_s = seed.whole_s
        elif self.whole_s <= first_s <= seed.until_s + PAUSE_S:
            self.whole_s = min(self.whole_s, seed.whole_s)
        self._fill([*points, *own])
        # More than it ever gains point by point, so that nobody takes it for so many new ones.
        self.version += 2 * MOST

    @property
    def _longest_s(self) -> float:
        """How far apart two points may be, where nothing was left out."""
        return max(PAUSE_S, 2 * self._step_s)

    def _fill(self, points: list[tuple[float, float]]) -> None:
        """Take these instead, the last of every step, such that there is room for more."""
        begin_s, end_s = points[0][0], points[-1][0]
        self._step_s = max(self._step_s, (end_s - begin_s) / (MOST * 3 // 4))
        steps = {int((at_s - begin_s) / self._step_s): (at_s, value) for at_s, value in points[1:]}
        kept = [points[0], *steps.values()]
        self._count = len(kept)
        for place, (at_s, value) in enumerate(kept):
            self._times_s[place], self._values[place] = at_s, value

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
        self._away: dict[InstrumentKey, DayLine] = {}  # the last one last

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

    def seed(self, row: QuoteRow, seed: "DaySeed") -> None:
        """Begin a row's line with what is stored of its day."""
        line = self._lines.get(row.key)
        if line is None:
            if not seed.values:
                return
            line = self._lines[row.key] = DayLine(seed.day)
        line.begin_with(seed, self._now_s())

    def keep(self, keys: Iterable[InstrumentKey]) -> None:
        """Put the lines of all other instruments away; the last of them come back."""
        kept = set(keys)
        for key in [key for key in self._lines if key not in kept]:
            self._away[key] = self._lines.pop(key)
        for key in self._away.keys() & kept:
            self._lines[key] = self._away.pop(key)
        while len(self._away) > AWAY:
            del self._away[next(iter(self._away))]
