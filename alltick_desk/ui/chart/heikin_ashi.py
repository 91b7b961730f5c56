"""Heikin-Ashi: averaged candles, kept computed over a series."""

import numpy as np

from alltick_desk.model.series import TAIL, CandleSeries, Floats

_LEAST = 64


class HeikinAshi:
    """Averaged candles in the columns of a series; ``sync`` redoes only what changed.

    The close is the mean of the bar's four prices, the open the mean of the averaged open and
    close of the bar before.
    """

    def __init__(self, series: CandleSeries) -> None:
        self._series = series
        self._values: Floats = np.empty((4, _LEAST))
        self._count = 0
        self.epoch = series.epoch  # of the series when it was synced

    def __len__(self) -> int:
        return self._count

    @property
    def open(self) -> Floats:
        """Averaged first prices."""
        return self._values[0, : self._count]

    @property
    def high(self) -> Floats:
        """Highest of the bar's and the averaged prices."""
        return self._values[1, : self._count]

    @property
    def low(self) -> Floats:
        """Lowest of the bar's and the averaged prices."""
        return self._values[2, : self._count]

    @property
    def close(self) -> Floats:
        """Averaged last prices."""
        return self._values[3, : self._count]

    @property
    def volume(self) -> Floats:
        """Volumes, as they are."""
        return self._series.volume[: self._count]

    def sync(self) -> None:
        """Take over what changed in the series."""
        series, count = self._series, len(self._series)
        redo = series.epoch != self.epoch or count < self._count
        since = 0 if redo else max(0, self._count - TAIL)
        if count > self._values.shape[1]:
            grown = np.empty((4, count + count // 4))
            grown[:, : self._count] = self._values[:, : self._count]
            self._values = grown
        self.epoch, self._count = series.epoch, count
        if since == count:
            return
        tail = slice(since, count)
        opens, highs = series.open[tail], series.high[tail]
        lows, closes = series.low[tail], series.close[tail]
        close = (opens + highs + lows + closes) / 4.0
        if since:
            first = 0.5 * (self._values[0, since - 1] + self._values[3, since - 1])
        else:
            first = 0.5 * (opens[0] + closes[0])
        opened = _averaged(float(first), close)
        self._values[0, tail] = opened
        self._values[1, tail] = np.maximum(highs, np.maximum(opened, close))
        self._values[2, tail] = np.minimum(lows, np.minimum(opened, close))
        self._values[3, tail] = close


def _averaged(first: float, close: Floats) -> Floats:
    """Return the opens: each the mean of the open and the close before it.

    That is a sum of all closes before, each with half the weight of its successor. Doubling the
    reach six times sums 64 of them; what lies further back has less weight than rounding.
    """
    opened = np.empty(len(close))
    opened[0] = first
    opened[1:] = 0.5 * close[:-1]
    reach = 1
    while reach < min(64, len(close)):
        opened[reach:] += 0.5**reach * opened[:-reach].copy()
        reach *= 2
    return opened
