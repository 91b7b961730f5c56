"""Whose turn it is: rows that nobody streams, in batches, those in sight first. Pure.

All rows in sight have their turn, then one batch of the others, then those in sight again: so
what a person looks at is the freshest, and nothing waits for ever. Among themselves the one that
was asked for longest ago comes first, of equals the upper one. A batch holds codes of one kind;
the places that those in sight leave in it go to others.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from alltick_desk.model.instrument import InstrumentKey

Batch: TypeAlias = tuple[InstrumentKey, ...]
Kind: TypeAlias = Callable[[InstrumentKey], str]

_NOBODY: Batch = ()


class Plan(NamedTuple):
    """The calls to come, if nothing changes.

    Attributes:
        first: the next batch; empty where there is nobody.
        sight: whether it is one of the rows in sight.
        steps: by row, how many calls come before its own.
    """

    first: Batch = _NOBODY
    sight: bool = False
    steps: Mapping[InstrumentKey, int] = {}


class Turns:
    """Remembers who had a turn when.

    Attributes:
        calls: how many turns there were.
    """

    def __init__(self) -> None:
        self.calls = 0
        self._asked: dict[InstrumentKey, int] = {}  # the number of its last call
        self._in_a_row = 0  # calls for rows in sight since one for the others

    def plan(
        self,
        sight: Iterable[InstrumentKey],
        others: Iterable[InstrumentKey],
        *,
        kind: Kind,
        size: int,
    ) -> Plan:
        """Return the calls to come for rows in sight and all others, both from the top down."""
        seen = self._parted(sight, kind, size)
        ordered = self._ordered(others)
        left = max(0, len(seen) - self._in_a_row) if ordered else len(seen)
        if left and len(seen[0]) < size:
            # Only of the next batch: those behind it are made anew before they are sent.
            alike = kind(seen[0][0])
            spare = [key for key in ordered if kind(key) == alike][: size - len(seen[0])]
            seen[0] += spare
            taken = frozenset(spare)
            ordered = [key for key in ordered if key not in taken]
        rest = self._parted(ordered, kind, size)
        if not rest:
            left = len(seen)
        steps = {key: step + (step >= left) for step, batch in enumerate(seen) for key in batch}
        for number, batch in enumerate(rest):
            steps.update(dict.fromkeys(batch, left + number * (len(seen) + 1)))
        if left:
            return Plan(tuple(seen[0]), True, steps)
        return Plan(tuple(rest[0]), False, steps) if rest else Plan()

    def took(self, batch: Collection[InstrumentKey], *, sight: bool) -> None:
        """Note that a batch had its turn."""
        self.calls += 1
        self._asked.update(dict.fromkeys(batch, self.calls))
        self._in_a_row = self._in_a_row + 1 if sight else 0

    def keep(self, keys: Collection[InstrumentKey]) -> None:
        """Forget all but these."""
        for key in [key for key in self._asked if key not in keys]:
            del self._asked[key]

    def _ordered(self, keys: Iterable[InstrumentKey]) -> list[InstrumentKey]:
        return sorted(keys, key=lambda key: self._asked.get(key, 0))

    def _parted(
        self, keys: Iterable[InstrumentKey], kind: Kind, size: int
    ) -> list[list[InstrumentKey]]:
        batches: list[list[InstrumentKey]] = []
        open_: dict[str, list[InstrumentKey]] = {}
        for key in self._ordered(keys):
            batch = open_.get(alike := kind(key))
            if batch is None or len(batch) >= size:
                batch = open_[alike] = []
                batches.append(batch)
            batch.append(key)
        return batches


def halves(batch: Sequence[InstrumentKey]) -> tuple[Batch, Batch]:
    """Return both halves of a batch, to find out which code of it was meant by a refusal."""
    middle = len(batch) // 2
    return tuple(batch[:middle]), tuple(batch[middle:])
