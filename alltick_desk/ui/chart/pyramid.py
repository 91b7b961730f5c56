"""Candles of candles: what is drawn when there are more bars than pixels."""

import math
from typing import NamedTuple, Protocol

import numpy as np

from alltick_desk.model.series import TAIL, Floats

_FACTOR = 4
_LEAST_CELLS = 256
_COLUMNS = 5


class Candles(Protocol):
    """Columns of shape (n,), and the ``epoch`` of a series; a CandleSeries is one."""

    def __len__(self) -> int: ...
    @property
    def epoch(self) -> int: ...
    @property
    def open(self) -> Floats: ...
    @property
    def high(self) -> Floats: ...
    @property
    def low(self) -> Floats: ...
    @property
    def close(self) -> Floats: ...
    @property
    def volume(self) -> Floats: ...


class Cells(NamedTuple):
    """Candles to draw, each of one bar or of a group; all columns of shape (n,).

    ``left`` and ``right`` are in bars: bar i reaches from i - 0.5 to i + 0.5.
    """

    left: Floats
    right: Floats
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    volume: Floats
    group: int  # bars in a cell

    def range(self) -> tuple[float, float] | None:
        """Return the lowest and highest price; None where there is no cell."""
        if not len(self.low):
            return None
        return float(self.low.min()), float(self.high.max())


def group_for(bars: float, pixels: float) -> int:
    """Return how many bars share a cell so that ``bars`` fit, at most one cell a pixel.

    Groups begin at multiples of their size, so panning never regroups.
    """
    share = bars / max(1.0, pixels)
    if share <= 1.0:
        return 1
    level = int(math.log(share, _FACTOR) + 1e-9)
    return int(_FACTOR**level * math.ceil(share / _FACTOR**level - 1e-9))


class Pyramid:
    """Keeps a series' extremes by groups of 4, 16, 64 …, exact, and redoes only what changed."""

    def __init__(self, series: Candles) -> None:
        self._series = series
        self._levels: list[Floats] = []
        self._count = 0
        self._epoch = series.epoch

    def sync(self) -> None:
        """Take over what changed in the series."""
        series = self._series
        count = len(series)
        if series.epoch != self._epoch or count < self._count:
            since = 0
        else:
            since = max(0, self._count - TAIL)
        self._epoch, self._count = series.epoch, count
        source = (series.open, series.high, series.low, series.close, series.volume)
        level = 0
        while len(source[0]) > _LEAST_CELLS:
            since //= _FACTOR
            cells = -(-len(source[0]) // _FACTOR)
            if level == len(self._levels):
                since = 0  # a level that is new has nothing yet
            kept = self._level(level, cells)
            _reduce(source, _FACTOR, since, kept)
            source = tuple(kept[:, :cells])
            level += 1
        del self._levels[level:]

    def cells(self, first: int, last: int, group: int) -> Cells:
        """Return the cells of the bars from ``first`` up to, not including, ``last``.

        With groups, whole groups are returned, cut at ``last``; ``group`` is of ``group_for``.
        """
        first = max(0, first - first % group)
        last = max(first, last)
        level, step = 0, group
        while step % _FACTOR == 0 and level < len(self._levels):
            step //= _FACTOR
            level += 1
        size = group // step
        if last % size and level:
            level, size, step = 0, 1, group  # a cut group is not in the pyramid
        source = self._columns(level, first // size, last // size)
        count = -(-len(source[0]) // step)
        if step > 1:
            out = np.empty((_COLUMNS, count))
            _reduce(source, step, 0, out)
            source = tuple(out)
        left = first - 0.5 + group * np.arange(count, dtype=np.float64)
        right = np.minimum(left + group, last - 0.5)
        opens, highs, lows, closes, volumes = source
        return Cells(left, right, opens, highs, lows, closes, volumes, group)

    def _columns(self, level: int, start: int, stop: int) -> tuple[Floats, ...]:
        series = self._series
        if level:
            return tuple(self._levels[level - 1][:, start:stop])
        return (
            series.open[start:stop],
            series.high[start:stop],
            series.low[start:stop],
            series.close[start:stop],
            series.volume[start:stop],
        )

    def _level(self, level: int, cells: int) -> Floats:
        if level == len(self._levels):
            self._levels.append(np.empty((_COLUMNS, cells + cells // 4)))
        kept = self._levels[level]
        if cells > kept.shape[1]:
            grown = np.empty((_COLUMNS, cells + cells // 4))
            grown[:, : kept.shape[1]] = kept
            kept = self._levels[level] = grown
        return kept


def _reduce(source: tuple[Floats, ...], step: int, since: int, out: Floats) -> None:
    """Join every ``step`` rows of ``source`` into one of ``out``, from cell ``since`` on."""
    opens, highs, lows, closes, volumes = (column[since * step :] for column in source)
    count = len(opens)
    if not count:
        return
    starts = np.arange(0, count, step)
    ends = np.minimum(starts + step, count) - 1
    to = slice(since, since + len(starts))
    out[0, to] = opens[starts]
    out[1, to] = np.maximum.reduceat(highs, starts)
    out[2, to] = np.minimum.reduceat(lows, starts)
    out[3, to] = closes[ends]
    out[4, to] = np.add.reduceat(volumes, starts)
