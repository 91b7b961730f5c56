"""Extremes of windows, and fading memories: whole columns without a loop over the bars."""

import math
from collections import deque
from collections.abc import Iterable
from typing import Self

import numpy as np

from alltick_desk.model.series import Floats

_BLOCK = 64


def rolling(extreme: np.ufunc, values: Floats, period: int) -> Floats:
    """Return ``np.maximum`` or ``np.minimum`` of every window of ``period`` values.

    Of shape (n - period + 1,), the first that of the first ``period`` values; () where n is less.
    """
    if len(values) < period:
        return values[:0]
    span, widest = 1, values
    while 2 * span <= period:
        widest = extreme(widest[:-span], widest[span:])
        span *= 2
    if rest := period - span:
        widest = extreme(widest[:-rest], widest[rest:])
    return widest


def middles(highs: Floats, lows: Floats, period: int) -> Floats:
    """Return the middle of the highest and lowest of each window, of shape (n,)."""
    found = np.full(len(highs), np.nan)
    top, bottom = rolling(np.maximum, highs, period), rolling(np.minimum, lows, period)
    found[period - 1 :] = (top + bottom) / 2.0
    return found


def smoothed(values: Floats, length: int, start: float) -> Floats:
    """Return y[t] = y[t - 1] + (values[t] - y[t - 1]) / length, of shape (n,), from ``start``."""
    return _remembered(values / length, 1.0 - 1.0 / length, start)


def _remembered(values: Floats, keep: float, start: float) -> Floats:
    """Return y[t] = keep * y[t - 1] + values[t].

    Blocks are computed apart, as a product of matrices; what each hands to the next is a row of
    the same kind, only shorter.
    """
    count = len(values)
    blocks = -(-count // _BLOCK)
    if blocks <= 1:
        found = []
        last = start
        for value in values.tolist():
            last = keep * last + value
            found.append(last)
        return np.array(found)
    padded = np.zeros(blocks * _BLOCK)
    padded[:count] = values
    ages = np.arange(_BLOCK)
    fading = np.where(ages[:, None] <= ages, keep ** np.maximum(ages - ages[:, None], 0), 0.0)
    alone = padded.reshape(blocks, _BLOCK) @ fading
    handed = np.empty(blocks)
    handed[0] = start
    handed[1:] = _remembered(alone[:-1, -1], keep**_BLOCK, start)
    alone += handed[:, None] * keep ** (ages + 1)
    found_all: Floats = alone.reshape(-1)[:count]
    return found_all


class Window:
    """The highest and lowest of the last ``period`` bars.

    Args:
        highs, lows: of the bars so far, oldest first.
    """

    __slots__ = ("_highs", "_lows", "_period")

    def __init__(
        self, period: int, highs: Iterable[float] = (), lows: Iterable[float] = ()
    ) -> None:
        self._period = period
        self._highs = deque(highs, period)
        self._lows = deque(lows, period)

    def see(self, high: float, low: float) -> None:
        """Take in the next bar."""
        self._highs.append(high)
        self._lows.append(low)

    def extremes(self) -> tuple[float, float]:
        """Return the highest and lowest; NaN before there are enough bars."""
        if len(self._highs) < self._period:
            return math.nan, math.nan
        return max(self._highs), min(self._lows)

    def middle(self) -> float:
        """Return what lies halfway between the highest and the lowest."""
        highest, lowest = self.extremes()
        return (highest + lowest) / 2.0

    def copy(self) -> Self:
        """Return another window with the same bars."""
        return type(self)(self._period, self._highs, self._lows)
