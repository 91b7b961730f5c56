"""An indicator's values as a chart draws them: kept up to date without ever holding a frame."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from alltick_desk.model.series import CandleSeries, Floats
from alltick_desk.services.indicators.declaration import Draw
from alltick_desk.services.indicators.study import Study
from alltick_desk.ui.chart.extremes import Extremes, Grouped
from alltick_desk.ui.chart.layers import NOTHING, Frame

# More bars than these are not computed within a frame that has other things to do.
LONG = 100_000


class Curve(NamedTuple):
    """One line to draw: value i stands ``shift`` bars to the right of bar i."""

    values: Floats
    extremes: Grouped
    shift: int


class Multiplied:
    """Extremes of values each of which stands for a whole group: averages among sums."""

    def __init__(self, extremes: Extremes) -> None:
        self._extremes = extremes

    def groups(self, first: int, last: int, group: int) -> tuple[int, Floats, Floats]:
        """Do as ``Extremes.groups`` does."""
        first, low, high = self._extremes.groups(first, last, group)
        return first, low * group, high * group

    def range(self, first: int, last: int, group: int) -> tuple[float, float] | None:
        """Do as ``Extremes.range`` does."""
        found = self._extremes.range(first, last, group)
        return None if found is None else (found[0] * group, found[1] * group)


class Values:
    """A study over a series, with what drawing it needs.

    All bars of a long series are computed at once only in ``compute``, for which ``wait`` is
    asked; until then what was known before stands where its bars stand now.

    Args:
        wait: called with these values when ``compute`` is due.

    Attributes:
        summed: whether they stand among columns that, zoomed out, are the sums of their bars.
    """

    def __init__(
        self, study: Study, series: CandleSeries, wait: Callable[["Values"], None]
    ) -> None:
        self.study = study
        self._series = series
        self._wait = wait
        lines = study.indicator.lines
        self._extremes = {line.id: Extremes() for line in lines}
        self._back = min(0, *(line.shift(study.parameters) for line in lines))
        self._first_s = 0  # the bar that the study's first value belongs to
        self._moved = 0  # where that bar is now
        self._waiting = False
        self.summed = False

    def sync(self) -> int:
        """Take over what changed; return the first bar that looks different, as a layer does."""
        if self.study.starts_over and len(self._series) > LONG:
            if not self._waiting:
                self._waiting = True
                self._wait(self)
            self._stand()
            return NOTHING
        return self.compute()

    def compute(self) -> int:
        """Do as ``sync`` does, however long it takes."""
        self._waiting = False
        since = self.study.sync()
        for name, extremes in self._extremes.items():
            extremes.sync(self.study.line(name), since)
        self._moved = 0
        self._first_s = int(self._series.time[0]) if len(self._series) else 0
        return max(0, since + self._back)

    def curve(self, line: str) -> Curve:
        """Return what there is to draw of a line."""
        shift = self.study.shift(line) + self._moved
        extremes = self._extremes[line]
        return Curve(
            self.study.line(line), Multiplied(extremes) if self.summed else extremes, shift
        )

    def at(self, index: int) -> dict[str, float]:
        """Return what each line shows at bar ``index``, NaN for nothing."""
        return self.study.at(index - self._moved)

    def extent(self, frame: Frame) -> tuple[float, float] | None:
        """Return the least and greatest value in the frame, and beyond the newest bar."""
        found = []
        for line in self.study.indicator.lines:
            values, extremes, shift = self.curve(line.id)
            first = max(0, frame.first - shift)
            last = len(values) if frame.last >= frame.total else frame.last - shift
            span = extremes.range(first, last, frame.group) if last > first else None
            if span is not None:
                found.append(span)
                if line.draw is Draw.HISTOGRAM:
                    found.append((0.0, 0.0))
        if not found:
            return None
        return min(low for low, _ in found), max(high for _, high in found)

    def _stand(self) -> None:
        """Find where the bars are now that the values belong to."""
        if not len(self.study):
            return
        times = self._series.time
        place = int(np.searchsorted(times, self._first_s))
        self._moved = place if place < len(times) and times[place] == self._first_s else 0
