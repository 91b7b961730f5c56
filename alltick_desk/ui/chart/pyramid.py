"""Candles of candles: what is drawn when there are more bars than pixels."""

import math
from typing import NamedTuple, Protocol

import numpy as np

from alltick_desk.model.series import Floats
from alltick_desk.ui.chart.layers import Frame
from alltick_desk.ui.chart.levels import SHORT, Columns, Levels, fold

_FACTOR = 4


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
    """Joins a series' bars by groups, their extremes exact."""

    def __init__(self, series: Candles) -> None:
        self._series = series
        self._levels = Levels(5, _join)
        self._epoch = series.epoch
        self._version = 0
        self._closed: dict[tuple[int, int], Cells] = {}
        self._live: tuple[int, Cells] | None = None

    def sync(self) -> None:
        """Take over what changed in the series; a tick changes next to nothing here."""
        series = self._series
        moved = series.epoch != self._epoch
        self._epoch, self._live = series.epoch, None
        self._levels.sync(_columns(series), 0 if moved else len(series))

    def closed(self, frame: Frame) -> Cells:
        """Return the cells of a frame's bars but for the last bar's; kept for its version."""
        if frame.version != self._version:
            self._version = frame.version
            self._closed.clear()
        key = frame.first, frame.last
        cells = self._closed.get(key)
        if cells is None:
            last = min(frame.last, frame.live_first)
            cells = self._closed[key] = self.cells(frame.first, last, frame.group)
        return cells

    def live(self, frame: Frame) -> Cells | None:
        """Return the cell of a frame's last bar, as of the last ``sync``; None out of view."""
        first = frame.live_first
        if frame.last <= first:
            return None
        if self._live is None or self._live[0] != frame.version:
            self._live = frame.version, self.cells(first, frame.total, frame.group)
        return self._live[1]

    def range(self, frame: Frame) -> tuple[float, float] | None:
        """Return the lowest and highest price of a frame's cells; None where there is none."""
        first = max(0, frame.first - frame.first % frame.group)
        last = frame.total if frame.last > frame.live_first else frame.last
        if last - first <= SHORT:  # as after a tick: sooner looked at than joined
            lows, highs = self._series.low[first:last], self._series.high[first:last]
            return (float(lows.min()), float(highs.max())) if len(lows) else None
        live = self.live(frame)
        found = [self.closed(frame).range(), None if live is None else live.range()]
        ranges = [one for one in found if one is not None]
        return min(low for low, _ in ranges), max(high for _, high in ranges)

    def most_volume(self, frame: Frame) -> float:
        """Return the largest volume of a frame's cells, 0 where there is none."""
        if frame.group == 1:
            volumes = self._series.volume[frame.first : frame.last]
            return float(volumes.max()) if len(volumes) else 0.0
        cells, live = self.closed(frame), self.live(frame)
        most = float(cells.volume.max()) if len(cells.volume) else 0.0
        return most if live is None else max(most, float(live.volume.max()))

    def cells(self, first: int, last: int, group: int) -> Cells:
        """Return the cells of the bars from ``first`` up to, not including, ``last``.

        With groups, whole groups are returned, cut at ``last``; ``group`` is of ``group_for``.
        """
        first = max(0, first - first % group)
        last = max(first, last)
        columns = _columns(self._series)
        opens, highs, lows, closes, volumes = self._levels.groups(columns, first, last, group)
        left = first - 0.5 + group * np.arange(len(opens), dtype=np.float64)
        right = np.minimum(left + group, last - 0.5)
        return Cells(left, right, opens, highs, lows, closes, volumes, group)


def _columns(series: Candles) -> Columns:
    return series.open, series.high, series.low, series.close, series.volume


def _join(columns: Columns, step: int, out: Floats) -> None:
    opens, highs, lows, closes, volumes = columns
    out[0] = opens[::step]
    fold(np.maximum, highs, step, out[1])
    fold(np.minimum, lows, step, out[2])
    out[3, :-1], out[3, -1] = closes[step - 1 : -1 : step], closes[-1]
    fold(np.add, volumes, step, out[4])
