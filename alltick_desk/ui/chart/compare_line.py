"""What comparing paints and tells in the price pane: a line for each instrument, and its percent.

Everything begins at 0 % at the first bar in view, as the percent scale of the prices does. A line
stands among the prices where its percent is, so it is right on any scale.
"""

import math
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from alltick_desk.model.figures import signed
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.series import Floats
from alltick_desk.services.chart_notes import NoteKind
from alltick_desk.services.comparison import Compared, Comparison
from alltick_desk.ui.chart.bar_figures import spoken_note
from alltick_desk.ui.chart.canvas import ChartCanvas
from alltick_desk.ui.chart.extremes import Extremes, Grouped
from alltick_desk.ui.chart.figures import UNKNOWN
from alltick_desk.ui.chart.furniture import Legend
from alltick_desk.ui.chart.layers import NOTHING, Entry, Frame, Layer, PaneView
from alltick_desk.ui.chart.lines import draw_values, part_in_view
from alltick_desk.ui.theme import Theme

REMOVE: Final = "×"
_REMOVE_PX = 4.0  # right of the mark, where it is meant too
_LINE_PX = 1.8
# Told apart by hue and by lightness, so by the colour-blind too; one row for each slot.
_DARK: Final = ("#6feaf3", "#e99a3f", "#a5688a", "#618ffd")
_LIGHT: Final = ("#058fa6", "#b96f00", "#6b2853", "#173ebb")

Label = Callable[[InstrumentKey], str]


def line_colour(slot: int, theme: Theme) -> QColor:
    """Return the colour of what is compared in a slot."""
    return QColor((_DARK if theme.dark else _LIGHT)[slot])


def percent_text(share: float) -> str:
    """Write how far a value is from its base, 0.01 being one percent."""
    return UNKNOWN if math.isnan(share) else f"{signed(share * 100.0, 2)}%"


def at_remove(legend: Legend, place: QPointF) -> bool:
    """Whether a place of a line's row is upon the mark that removes it."""
    width = legend.metrics.horizontalAdvance(REMOVE) + _REMOVE_PX
    return place.x() - legend.area.left() <= width


class OwnPercent(Layer):
    """The chart's own percent at a bar, for the legend; it paints nothing."""

    def __init__(self, comparison: Comparison, canvas: ChartCanvas, label: Label) -> None:
        self._comparison, self._canvas, self._label = comparison, canvas, label

    def legend(self, index: int, theme: Theme) -> Sequence[Entry]:
        key, closes = self._comparison.main_key, self._canvas.series.close
        frame = self._canvas.price.frame
        if key is None or frame is None or not 0 <= index < len(closes):
            return ()
        share = _share(float(closes[index]), float(closes[frame.first]))
        return (Entry(self._label(key), percent_text(share), theme.text),)

    def paint(self, painter: QPainter, view: PaneView) -> None:
        """Paint nothing."""


class ComparedLine(Layer):
    """The line of one instrument.

    Attributes:
        member: the instrument.
    """

    def __init__(self, member: Compared, canvas: ChartCanvas, label: Label) -> None:
        self.member = member
        self._canvas, self._label = canvas, label
        self._extremes = Extremes()
        self._version = -1
        self._base = self._rate = math.nan

    @property
    def code(self) -> str:
        """What the legend calls it."""
        return self._label(self.member.key)

    @property
    def trouble(self) -> str:
        """What there is to say of it, in the person's language; "" for nothing."""
        return spoken_note(self.member.note)

    def percent(self, index: int) -> float:
        """Return how far it is from its base at a bar, as a share; NaN where there is no value."""
        values = self.member.closes.values
        self._rebase()
        return _share(float(values[index]), self._base) if index < len(values) else math.nan

    # a layer

    def sync(self) -> int:
        since = self.member.sync(self._canvas.series)
        if since is None:
            return NOTHING
        self._extremes.sync(self.member.closes.values, since)
        return since

    def extent(self, frame: Frame) -> tuple[float, float] | None:
        self._rebase()
        span = self._extremes.range(frame.first, frame.last, frame.group)
        if span is None or math.isnan(self._rate):
            return None
        low, high = sorted(value * self._rate for value in span)
        return low, high

    def legend(self, index: int, theme: Theme) -> Sequence[Entry]:
        colour = line_colour(self.member.slot, theme)
        rows = [
            Entry(REMOVE, self.code, colour),
            Entry("", percent_text(self.percent(index)), colour),
        ]
        if self.member.note.kind is not NoteKind.NONE:
            rows.append(Entry("", self.trouble, theme.muted))
        return rows

    def paint(self, painter: QPainter, view: PaneView) -> None:
        self._rebase()
        if math.isnan(self._rate):
            return
        values, shift = self.member.closes.values, 0
        lows_and_highs = _Scaled(self._extremes, self._rate)
        if view.frame.group == 1:  # else the values themselves are not looked at
            shift, last = part_in_view(view, len(values), 0)
            values = values[shift:last] * self._rate
        colour = line_colour(self.member.slot, view.theme)
        draw_values(painter, view, values, lows_and_highs, colour, width=_LINE_PX, shift=shift)

    def _rebase(self) -> None:
        """Find the values at the first bar in view that has both."""
        frame = self._canvas.price.frame
        if frame is None or frame.version == self._version:
            return
        self._version = frame.version
        values, first = self.member.closes.values, max(frame.first, self.member.closes.begin)
        self._base = float(values[first]) if first < min(frame.last, len(values)) else math.nan
        own = float(self._canvas.series.close[frame.first])
        self._rate = own / self._base if self._base and own else math.nan


class _Scaled:
    """Extremes of the same values times a factor."""

    def __init__(self, extremes: Grouped, factor: float) -> None:
        self._extremes, self._factor = extremes, factor

    def groups(self, first: int, last: int, group: int) -> tuple[int, Floats, Floats]:
        place, low, high = self._extremes.groups(first, last, group)
        low, high = low * self._factor, high * self._factor
        return (place, low, high) if self._factor > 0.0 else (place, high, low)

    def range(self, first: int, last: int, group: int) -> tuple[float, float] | None:
        span = self._extremes.range(first, last, group)
        if span is None:
            return None
        low, high = sorted(value * self._factor for value in span)
        return low, high


def _share(value: float, base: float) -> float:
    return value / base - 1.0 if base else math.nan
