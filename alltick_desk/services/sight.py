"""Which rows a person has come to look at, so that scrolling past them subscribes to nothing.

A row counts once it has been in sight for a moment, and what was looked at lately keeps its place
before what was not. So the live set changes for a row that somebody stays with, at the cost of the
one that was out of sight for the longest.
"""

from collections.abc import Callable, Collection, Iterable

from alltick_desk.model.instrument import InstrumentKey

DWELL_S = 1.5
OPENING_S = 0.3  # what comes into sight so soon after a list was opened is what it opened with
REMEMBERED = 3000  # rows; as many as the largest plan streams


class Sight:
    """The rows in the order of how much they matter to whoever looks.

    ``monotonic`` returns seconds.
    """

    def __init__(self, monotonic: Callable[[], float], *, dwell_s: float = DWELL_S) -> None:
        self._monotonic = monotonic
        self._dwell_s = dwell_s
        self._begun_s = monotonic()
        self._since_s: dict[InstrumentKey, float] = {}  # of those in sight, from the top down
        self._looked: dict[InstrumentKey, None] = {}  # of those that counted, the latest last

    def see(self, keys: Iterable[InstrumentKey]) -> float | None:
        """Take the rows in sight now; return after how many seconds ``steady`` changes by itself.

        None where it does not. The rows that a list opens with count at once.
        """
        now_s = self._monotonic()
        opening = now_s - self._begun_s < OPENING_S or not (self._looked or self._since_s)
        first_s = now_s - self._dwell_s if opening else now_s
        before = self._since_s
        self._since_s = {key: before.get(key, first_s) for key in keys}
        new = [since_s for since_s in self._since_s.values() if now_s - since_s < self._dwell_s]
        self._remember(now_s)
        return max(0.0, min(new) + self._dwell_s - now_s) if new else None

    def steady(self) -> list[InstrumentKey]:
        """Return those that have been in sight for a while, then what was before, latest first."""
        self._remember(self._monotonic())
        seen = [key for key in self._since_s if key in self._looked]
        return [*seen, *(key for key in reversed(self._looked) if key not in self._since_s)]

    def begin(self) -> None:
        """Forget everything: another list is shown."""
        self._begun_s = self._monotonic()
        self._since_s.clear()
        self._looked.clear()

    def keep(self, keys: Collection[InstrumentKey]) -> None:
        """Forget all but these: the others are not in the list any more."""
        for known in (self._since_s, self._looked):
            for key in [key for key in known if key not in keys]:
                del known[key]

    def _remember(self, now_s: float) -> None:
        for key, since_s in reversed(self._since_s.items()):  # so that the top row is the latest
            if now_s - since_s >= self._dwell_s:
                self._looked.pop(key, None)
                self._looked[key] = None
        while len(self._looked) > REMEMBERED:
            del self._looked[next(iter(self._looked))]
