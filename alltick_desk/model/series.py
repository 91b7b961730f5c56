"""Candles as numpy columns: what a chart draws, pages and exports.

The only module of the model that needs numpy: import it late, never for the first window.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from alltick_desk.model.figures import decimals, number
from alltick_desk.model.market import Candle

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.int64]

# Rows this near to the end may change without a new epoch: the bar in progress, those that the
# vendor has just corrected, and a late trade's.
TAIL = 4

_COLUMNS = 6
_LEAST = 64


class Row(NamedTuple):
    """One candle in numbers."""

    time_s: int
    open: float
    high: float
    low: float
    close: float
    volume: float  # 0 where the vendor gave none
    turnover: float  # 0 where the vendor gave none


def row_of(candle: Candle) -> Row:
    """Return a vendor's candle in numbers; ValueError where a text is not a number."""
    return Row(
        candle.time_s,
        number(candle.open),
        number(candle.high),
        number(candle.low),
        number(candle.close),
        number(candle.volume) if candle.volume else 0.0,
        number(candle.turnover) if candle.turnover else 0.0,
    )


class CandleSeries:
    """Candles of one instrument and interval, oldest first, each time once.

    Columns are views of shape (n,) that cost nothing and must not be written to. They stay valid,
    but not current, when the series grows. Growth at either end is amortised.

    Attributes:
        digits: the most decimals seen in a price; never shrinks.
        epoch: changes when a row before the last ``TAIL`` changed, or when rows moved. Who keeps
            something derived redoes all of it then, and only the tail otherwise.
    """

    __slots__ = ("_begin", "_end", "_times", "_values", "digits", "epoch")

    def __init__(self) -> None:
        self._times: Times = np.zeros(_LEAST, np.int64)
        self._values: Floats = np.zeros((_COLUMNS, _LEAST))
        self._begin = self._end = 0
        self.digits = 0
        self.epoch = 0

    def __len__(self) -> int:
        return self._end - self._begin

    @property
    def time(self) -> Times:
        """Beginnings of the bars, Unix seconds."""
        return self._times[self._begin : self._end]

    @property
    def open(self) -> Floats:
        """First prices."""
        return self._column(0)

    @property
    def high(self) -> Floats:
        """Highest prices."""
        return self._column(1)

    @property
    def low(self) -> Floats:
        """Lowest prices."""
        return self._column(2)

    @property
    def close(self) -> Floats:
        """Last prices."""
        return self._column(3)

    @property
    def volume(self) -> Floats:
        """Volumes; 0 where the vendor gave none."""
        return self._column(4)

    @property
    def turnover(self) -> Floats:
        """Turnovers; 0 where the vendor gave none."""
        return self._column(5)

    @property
    def last_s(self) -> int | None:
        """When the newest bar began, Unix seconds; None while there is none."""
        return int(self._times[self._end - 1]) if len(self) else None

    def row(self, index: int) -> Row:
        """Return one candle, counted from either end as in a list; IndexError outside."""
        count = len(self)
        if not -count <= index < count:
            raise IndexError(f"there is no bar {index} among {count}")
        at = (self._begin if index >= 0 else self._end) + index
        return Row(int(self._times[at]), *self._values[:, at].tolist())

    def index(self, time_s: int) -> int:
        """Return the index of the bar of ``time_s``: the last one that began by then, or -1."""
        return int(np.searchsorted(self.time, time_s, side="right")) - 1

    def see(self, price: str) -> None:
        """Take notice of how many decimals a price is written with."""
        seen = decimals(price)
        self.digits = max(self.digits, seen)

    def append(self, candle: Candle) -> None:
        """Add a bar at the end; ValueError unless it is later than the last one."""
        last_s = self.last_s
        if last_s is not None and candle.time_s <= last_s:
            raise ValueError(f"a bar of {candle.time_s} cannot follow one of {last_s}")
        self._see([candle])
        self.put(row_of(candle))

    def prepend(self, candles: Sequence[Candle]) -> None:
        """Add older bars, oldest first; ValueError unless they grow and end before the first."""
        times = [candle.time_s for candle in candles]
        if any(later <= earlier for earlier, later in pairwise(times)):
            raise ValueError("bars must be in the order of their times, each time once")
        if times and len(self) and times[-1] >= int(self.time[0]):
            raise ValueError(f"a bar of {times[-1]} is not older than the first")
        if not times:
            return
        rows = [row_of(candle) for candle in candles]
        self._see(candles)
        self._reserve(front=len(rows))
        self._begin -= len(rows)
        self._write(self._begin, rows)
        self.epoch += 1

    def prepend_columns(self, times: Times, values: Floats, digits: int) -> None:
        """Add older bars as columns, shapes (n,) and (6, n); 100,000 of them take 3 ms.

        ValueError unless they grow and end before the first.
        """
        if not len(times):
            return
        if not (times[1:] > times[:-1]).all():
            raise ValueError("bars must be in the order of their times, each time once")
        if len(self) and times[-1] >= self.time[0]:
            raise ValueError(f"a bar of {times[-1]} is not older than the first")
        self.digits = max(self.digits, digits)
        self._reserve(front=len(times))
        start = self._begin - len(times)
        self._times[start : self._begin] = times
        self._values[:, start : self._begin] = values
        self._begin = start
        self.epoch += 1

    def reserve(self, front: int) -> None:
        """Have room for so many older bars, so that the later ones need not be copied for them."""
        self._reserve(front=front)

    def merge(self, candles: Iterable[Candle]) -> None:
        """Take in a vendor's bars: what lies between the first and last of them becomes theirs.

        Bars of ours in that stretch that are not among them are dropped. Of two with one time the
        later given wins. ValueError, and no change, where a text is not a number.
        """
        given = {candle.time_s: candle for candle in candles}
        if not given:
            return
        rows = [row_of(given[time_s]) for time_s in sorted(given)]
        self._see(given.values())
        start = int(np.searchsorted(self.time, rows[0].time_s))
        stop = int(np.searchsorted(self.time, rows[-1].time_s, side="right"))
        before = len(self)
        after = before - stop
        if stop - start != len(rows) and after:
            kept_times = self.time[stop:].copy()
            kept_values = self._values[:, self._begin + stop : self._end].copy()
        self._reserve(back=max(0, start + len(rows) + after - before))
        at = self._begin + start
        self._write(at, rows)
        if stop - start != len(rows) and after:
            moved = at + len(rows)
            self._times[moved : moved + after] = kept_times
            self._values[:, moved : moved + after] = kept_values
        self._end = at + len(rows) + after
        shrunk_or_moved = len(self) < before or (after and stop - start != len(rows))
        if start < before - TAIL or shrunk_or_moved:
            self.epoch += 1

    def put(self, row: Row) -> bool:
        """Set the bar of ``row.time_s``, at the end or further back; True where it is a new one."""
        last_s = self.last_s
        if last_s is None or row.time_s > last_s:
            self._reserve(back=1)
            self._write(self._end, (row,))
            self._end += 1
            return True
        at = self._begin + int(np.searchsorted(self.time, row.time_s))
        new = int(self._times[at]) != row.time_s
        if new:
            self._reserve(back=1)
            at = self._begin + int(np.searchsorted(self.time, row.time_s))
            self._times[at + 1 : self._end + 1] = self._times[at : self._end].copy()
            self._values[:, at + 1 : self._end + 1] = self._values[:, at : self._end].copy()
            self._end += 1
        if new or at < self._end - TAIL:
            self.epoch += 1
        self._write(at, (row,))
        return new

    def cut(self, time_s: int) -> None:
        """Drop every bar that began after ``time_s``."""
        end = self._begin + self.index(time_s) + 1
        if end != self._end:
            self._end = end
            self.epoch += 1

    def _column(self, which: int) -> Floats:
        return self._values[which, self._begin : self._end]

    def _see(self, candles: Iterable[Candle]) -> None:
        for candle in candles:
            for price in (candle.open, candle.high, candle.low, candle.close):
                self.see(price)

    def _write(self, at: int, rows: Sequence[Row]) -> None:
        if len(rows) == 1:
            self._times[at] = rows[0].time_s
            self._values[:, at] = rows[0][1:]
            return
        stop = at + len(rows)
        self._times[at:stop] = [row.time_s for row in rows]
        self._values[:, at:stop] = np.array([row[1:] for row in rows]).T

    def _reserve(self, *, front: int = 0, back: int = 0) -> None:
        """Have room for so many more rows; what is short of room is doubled."""
        capacity = len(self._times)
        if front <= self._begin and self._end + back <= capacity:
            return
        count = len(self)
        spare = max(count, _LEAST)
        lead = front + spare if front > self._begin else self._begin
        tail = back + spare if self._end + back > capacity else capacity - self._end
        times: Times = np.zeros(lead + count + tail, np.int64)
        values: Floats = np.zeros((_COLUMNS, lead + count + tail))
        times[lead : lead + count] = self.time
        values[:, lead : lead + count] = self._values[:, self._begin : self._end]
        self._times, self._values = times, values
        self._begin, self._end = lead, lead + count
