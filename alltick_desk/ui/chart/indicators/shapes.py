"""How values are painted that are no lines: columns, dots and clouds."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter

from alltick_desk.model.series import Floats
from alltick_desk.ui.chart.indicators.values import Curve
from alltick_desk.ui.chart.layers import PaneView
from alltick_desk.ui.chart.lines import line_pen, part_in_view, polygon, runs
from alltick_desk.ui.chart.primitives import Ints, draw_rectangles, rectangles

_COLUMN_SHARE = 0.6  # of the room between two bars
_DOT_SHARE = 0.4
_LEAST_DOT, _LARGEST_DOT = 2.2, 4.0  # in the view's pixels
_FAR_PX = 1e6
_SMOOTH_FROM_PX = 3.0  # between two bars; what is narrower is made of columns


def draw_columns(
    painter: QPainter, view: PaneView, curve: Curve, rise: QColor, fall: QColor
) -> None:
    """Draw columns from zero, upwards in one colour and downwards in the other."""
    first, low, high = _groups(view, curve)
    if not len(low):
        return
    left, right = _edges(view, first + curve.shift, len(low), _COLUMN_SHARE)
    zero = _rows(view, np.zeros(1))
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, ends, there in ((rise, high, high > 0.0), (fall, low, low < 0.0)):
        rows = _rows(view, ends)[there]
        painter.setBrush(colour)
        draw_rectangles(
            painter,
            rectangles(left[there], np.minimum(rows, zero), right[there], np.maximum(rows, zero)),
        )


def draw_dots(painter: QPainter, view: PaneView, curve: Curve, colour: QColor) -> None:
    """Draw a dot a value; zoomed out two a column, at the least and at the greatest."""
    first, low, high = _groups(view, curve)
    if not len(low):
        return
    bars = first + curve.shift + view.frame.group * np.arange(len(low), dtype=np.float64)
    bars += 0.5 * (view.frame.group - 1)
    size = min(max(_DOT_SHARE * view.slot / view.line, _LEAST_DOT), _LARGEST_DOT) * view.line
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, view.slot >= _SMOOTH_FROM_PX)
    painter.setPen(line_pen(colour, size))
    for values in (low,) if view.frame.group == 1 else (low, high):
        there = np.isfinite(values)
        painter.drawPoints(polygon(view.x(bars[there]), view.y(values[there])))


def draw_cloud(
    painter: QPainter, view: PaneView, lines: tuple[Curve, Curve], colours: tuple[QColor, QColor]
) -> None:
    """Fill what lies between two lines that are shifted alike.

    It has the first colour where the first line is above, the other one elsewhere.
    """
    one, other = lines
    painter.setPen(Qt.PenStyle.NoPen)
    if view.frame.group > 1 or view.slot < _SMOOTH_FROM_PX * view.line:
        _draw_cloud_columns(painter, view, lines, colours)
        return
    first, last = part_in_view(view, len(one.values), one.shift)
    above, below = one.values[first:last], other.values[first:last]
    bars = first + one.shift + np.arange(len(above), dtype=np.float64)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # the lines cover the edges
    for run in runs(above + below):
        places, high, low = _crossed(bars[run], above[run], below[run])
        x, rises = view.x(places), high >= low
        # Where it is the other colour's turn, both edges are one line.
        ends = np.maximum(high, low), np.minimum(high, low)
        for colour, there in zip(colours, (rises, ~rises), strict=True):
            if there.any():
                upper, lower = (view.y(np.where(there, end, low)) for end in ends)
                painter.setBrush(colour)
                painter.drawPolygon(
                    polygon(np.concatenate((x, x[::-1])), np.concatenate((upper, lower[::-1])))
                )


def _draw_cloud_columns(
    painter: QPainter, view: PaneView, lines: tuple[Curve, Curve], colours: tuple[QColor, QColor]
) -> None:
    one, other = lines
    first, low, high = _groups(view, one)
    _, other_low, other_high = _groups(view, other)
    if not len(low):
        return
    left, right = _edges(view, first + one.shift, len(low), 1.0)
    there = np.isfinite(low + other_low)
    rises = (low + high >= other_low + other_high) & there
    rows = _rows(view, np.fmax(high, other_high)), _rows(view, np.fmin(low, other_low))
    for colour, mask in zip(colours, (rises, there & ~rises), strict=True):
        top, bottom = np.minimum(*rows)[mask], np.maximum(*rows)[mask]
        painter.setBrush(colour)
        draw_rectangles(painter, rectangles(left[mask], top, right[mask], bottom))


def _rows(view: PaneView, values: Floats) -> Ints:
    """Return the pixel rows of values; what is none stands far away."""
    return np.nan_to_num(np.round(view.y(values)), nan=_FAR_PX).astype(np.int32)


def _groups(view: PaneView, curve: Curve) -> tuple[int, Floats, Floats]:
    first, last = part_in_view(view, len(curve.values), curve.shift)
    return curve.extremes.groups(first, last, view.frame.group)


def _edges(view: PaneView, first: int, count: int, share: float) -> tuple[Ints, Ints]:
    """Return the left and right edges, included, of so many groups from a bar's on."""
    group = float(view.frame.group)
    bars = first + group * np.arange(count, dtype=np.float64)
    if group == 1.0 and share < 1.0:
        width = max(view.line, int(view.slot * share))
        left = np.floor(view.x(bars) - 0.5 * width + 0.5).astype(np.int32)
        return left, left + np.int32(width - 1)
    begin, end = view.edges(bars, group)
    left = np.round(begin).astype(np.int32)
    return left, np.maximum(left, np.round(end).astype(np.int32) - 1)


def _crossed(bars: Floats, one: Floats, other: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the same with a point more wherever one line crosses the other."""
    gap = one - other
    at = np.flatnonzero(gap[1:] * gap[:-1] < 0.0)
    share = gap[at] / (gap[at] - gap[at + 1])
    level = one[at] + share * (one[at + 1] - one[at])
    places = bars[at] + share * (bars[at + 1] - bars[at])
    return (
        np.insert(bars, at + 1, places),
        np.insert(one, at + 1, level),
        np.insert(other, at + 1, level),
    )
