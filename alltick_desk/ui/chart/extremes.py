"""Extremes of one row of values by groups: what lets a line of a million values be drawn."""

from typing import Protocol

import numpy as np

from alltick_desk.model.series import Floats
from alltick_desk.ui.chart.levels import SHORT, Columns, Levels, fold


class Grouped(Protocol):
    """The extremes of a row of values by groups, as ``Extremes`` gives them."""

    def groups(self, first: int, last: int, group: int) -> tuple[int, Floats, Floats]:
        """Return the first value's place, and the least and the greatest of each group."""
        ...

    def range(self, first: int, last: int, group: int) -> tuple[float, float] | None:
        """Return the least and greatest value; None where there is none."""
        ...


class Extremes:
    """Knows the least and greatest of groups of a row of values, exact; NaN is no value."""

    def __init__(self) -> None:
        self._values: Floats = np.empty(0)
        self._levels = Levels(2, _join)

    def sync(self, values: Floats, since: int) -> None:
        """Take other values, which differ from those before from ``since`` on."""
        self._values = values
        self._levels.sync((values, values), since)

    def groups(self, first: int, last: int, group: int) -> tuple[int, Floats, Floats]:
        """Return the extremes of the values from ``first`` up to, not including, ``last``.

        Groups begin at multiples of their size, which is of ``pyramid.group_for``; the last one
        is cut at ``last``. Returned are the first value's place, and two arrays of shape (n,).
        """
        values = self._values
        first = max(0, first - first % group)
        last = max(first, min(last, len(values)))
        low, high = self._levels.groups((values, values), first, last, group)
        return first, low, high

    def range(self, first: int, last: int, group: int) -> tuple[float, float] | None:
        """Return the least and greatest value; None where there is none."""
        first = max(0, first - first % group)
        low = high = self._values[first : max(first, last)]
        if len(low) > SHORT:
            _, low, high = self.groups(first, last, group)
        if not len(low):
            return None
        least, most = float(np.fmin.reduce(low)), float(np.fmax.reduce(high))
        return None if np.isnan(least) else (least, most)


def _join(columns: Columns, step: int, out: Floats) -> None:
    lows, highs = columns
    fold(np.fmin, lows, step, out[0])
    fold(np.fmax, highs, step, out[1])
