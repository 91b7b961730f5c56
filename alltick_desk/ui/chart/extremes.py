"""Extremes of one row of values by groups: what lets a line of a million values be drawn."""

from typing import Protocol

import numpy as np

from alltick_desk.model.series import Floats

_FACTOR = 4
_LEAST = 256


class Grouped(Protocol):
    """The extremes of a row of values by groups, as ``Extremes`` gives them."""

    def groups(self, first: int, last: int, group: int) -> tuple[int, Floats, Floats]:
        """Return the first value's place, and the least and the greatest of each group."""
        ...

    def range(self, first: int, last: int, group: int) -> tuple[float, float] | None:
        """Return the least and greatest value; None where there is none."""
        ...


class Extremes:
    """Keeps the least and greatest of groups of 4, 16, 64 … values, exact; NaN is no value.

    ``sync`` redoes only what changed, so a live tail costs a few microseconds.
    """

    def __init__(self) -> None:
        self._values: Floats = np.empty(0)
        self._levels: list[Floats] = []  # (2, n): least, greatest

    def sync(self, values: Floats, since: int) -> None:
        """Take other values, which differ from those before from ``since`` on."""
        since = min(since, len(self._values))
        self._values = values
        low = high = values
        level = 0
        while len(low) > _LEAST:
            since //= _FACTOR
            cells = -(-len(low) // _FACTOR)
            if level == len(self._levels):
                since = 0  # a level that is new has nothing yet
            kept = self._room(level, cells)
            starts = np.arange(0, len(low) - since * _FACTOR, _FACTOR)
            if len(starts):
                rest = slice(since * _FACTOR, None)
                kept[0, since:cells] = np.fmin.reduceat(low[rest], starts)
                kept[1, since:cells] = np.fmax.reduceat(high[rest], starts)
            low, high = kept[0, :cells], kept[1, :cells]
            level += 1
        del self._levels[level:]

    def groups(self, first: int, last: int, group: int) -> tuple[int, Floats, Floats]:
        """Return the extremes of the values from ``first`` up to, not including, ``last``.

        Groups begin at multiples of their size, which is of ``pyramid.group_for``; the last one
        is cut at ``last``. Returned are the first value's place, and two arrays of shape (n,).
        """
        first = max(0, first - first % group)
        last = max(first, min(last, len(self._values)))
        whole = last - (last - first) % group
        level, step = 0, group
        while step % _FACTOR == 0 and level < len(self._levels):
            step //= _FACTOR
            level += 1
        size = group // step
        low, high = self._level(level, first // size, whole // size)
        if step > 1 and len(low):
            starts = np.arange(0, len(low), step)
            low, high = np.fmin.reduceat(low, starts), np.fmax.reduceat(high, starts)
        if whole < last:
            rest = self._values[whole:last]
            low = np.append(low, np.fmin.reduce(rest))
            high = np.append(high, np.fmax.reduce(rest))
        return first, low, high

    def range(self, first: int, last: int, group: int) -> tuple[float, float] | None:
        """Return the least and greatest value; None where there is none."""
        _, low, high = self.groups(first, last, group)
        if not len(low):
            return None
        least, most = float(np.fmin.reduce(low)), float(np.fmax.reduce(high))
        return None if np.isnan(least) else (least, most)

    def _level(self, level: int, start: int, stop: int) -> tuple[Floats, Floats]:
        if not level:
            values = self._values[start:stop]
            return values, values
        kept = self._levels[level - 1]
        return kept[0, start:stop], kept[1, start:stop]

    def _room(self, level: int, cells: int) -> Floats:
        if level == len(self._levels):
            self._levels.append(np.empty((2, cells + cells // 4)))
        kept = self._levels[level]
        if cells > kept.shape[1]:
            grown = np.empty((2, cells + cells // 4))
            grown[:, : kept.shape[1]] = kept
            kept = self._levels[level] = grown
        return kept
