"""Values joined by groups of 4, 16, 64 …: what makes a million of them quick to draw."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from alltick_desk.model.series import TAIL, Floats

_FACTOR = 4
_LEAST = 256  # so few are joined anew each time
SHORT = 4096  # values that are joined sooner than the levels are found

Columns: TypeAlias = Sequence[Floats]  # of shape (n,) each
Join: TypeAlias = Callable[[Columns, int, Floats], None]


class Levels:
    """Keeps columns joined by whole groups, of values that are not expected to change any more.

    What comes after those is joined when it is asked for. So a change of the newest values costs
    nothing here, and one more value next to nothing, however many there are.

    Args:
        columns: how many there are.
        join: joins every so many values of the columns into one of an array of shape
            (columns, n); the last group may have fewer.
    """

    def __init__(self, columns: int, join: Join) -> None:
        self._width = columns
        self._join = join
        self._kept: list[Floats] = []
        self._settled = 0  # so many values are in the levels, as far as they make whole groups

    def sync(self, columns: Columns, since: int) -> None:
        """Take other columns, which differ from those before from ``since`` on."""
        settled = max(0, len(columns[0]) - TAIL)
        since = min(since, settled, self._settled)
        unchanged = since // _FACTOR == settled // _FACTOR
        self._settled = settled
        if unchanged:
            return
        source, cells, level = columns, settled, 0
        while cells > _LEAST:
            since //= _FACTOR
            cells //= _FACTOR
            if level == len(self._kept):
                since = 0  # a level that is new has nothing yet
            kept = self._room(level, cells)
            if since < cells:
                part = slice(since * _FACTOR, cells * _FACTOR)
                self._join([column[part] for column in source], _FACTOR, kept[:, since:cells])
            source = list(kept)
            level += 1
        del self._kept[level:]

    def groups(self, columns: Columns, first: int, last: int, group: int) -> Columns:
        """Return values from ``first`` up to, not including, ``last``, joined by ``group``.

        ``columns`` are those of the last ``sync``, and ``first`` is a multiple of ``group``, which
        is of ``pyramid.group_for``. The last group is cut at ``last``.
        """
        if group == 1:
            return [column[first:last] for column in columns]
        level, size = 0, 1
        deepest = len(self._kept) if last - first > SHORT else 0
        while level < deepest and group % (size * _FACTOR) == 0:
            size *= _FACTOR
            level += 1
        whole = max(0, min(last, self._settled) - first) // group if level else 0
        middle = first + whole * group
        made = np.empty((self._width, -(-(last - first) // group)))
        if whole:
            part = slice(first // size, middle // size)
            kept = [column[part] for column in self._kept[level - 1]]
            self._join(kept, group // size, made[:, :whole])
        if middle < last:
            self._join([column[middle:last] for column in columns], group, made[:, whole:])
        return list(made)

    def _room(self, level: int, cells: int) -> Floats:
        if level == len(self._kept):
            self._kept.append(np.empty((self._width, cells + cells // 4)))
        kept = self._kept[level]
        if cells > kept.shape[1]:
            grown = np.empty((self._width, cells + cells // 4))
            grown[:, : kept.shape[1]] = kept
            kept = self._kept[level] = grown
        return kept


def fold(how: np.ufunc, values: Floats, step: int, out: Floats) -> None:
    """Join every ``step`` values into one of ``out``; the last group may have fewer."""
    if step > _FACTOR or len(values) % step:
        how.reduceat(values, np.arange(0, len(values), step), out=out)
        return
    out[:] = values[::step]
    for place in range(1, step):  # a few long rows are quicker than many short groups
        how(out, values[place::step], out=out)
