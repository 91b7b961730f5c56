"""Lines through many points, drawn at once; NaN leaves a hole."""

import ctypes

import numpy as np
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from alltick_desk.model.series import Floats
from alltick_desk.ui.chart.extremes import Grouped
from alltick_desk.ui.chart.layers import PaneView
from alltick_desk.ui.chart.primitives import FAR, draw_lines, draw_rectangles

_SMOOTH_FROM_PX = 3.0  # between points; more of them would take long and look no better


# Looked up once: a line is drawn on every tick.
_SOLID, _ROUND, _SQUARE = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenCapStyle.SquareCap
_ROUND_JOIN, _SMOOTHLY = Qt.PenJoinStyle.RoundJoin, QPainter.RenderHint.Antialiasing


def polygon(x: Floats, y: Floats) -> QPolygonF:
    """Return points of shape (n,) as what the painter takes, copied in one piece."""
    count = len(x)
    made = QPolygonF()
    if not count:
        return made
    made.resize(count)
    # A QPointF is its two coordinates as doubles, so the points are written where they lie.
    [address] = shiboken6.getCppPointer(made.data())
    block = (ctypes.c_double * (2 * count)).from_address(address)
    points = np.frombuffer(memoryview(block).cast("B"), np.float64)
    points[0::2], points[1::2] = x, y
    return made


def line_pen(colour: QColor, width: float, style: Qt.PenStyle = _SOLID) -> QPen:
    """Return a pen of so many device pixels, with round joins."""
    pen = QPen(colour, width, style, _ROUND, _ROUND_JOIN)
    pen.setCosmetic(True)
    return pen


def runs(y: Floats) -> list[slice]:
    """Return the stretches without NaN."""
    known = np.concatenate(([False], np.isfinite(y), [False]))
    edges = np.flatnonzero(known[1:] != known[:-1])
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def part_in_view(view: PaneView, count: int, shift: int) -> tuple[int, int]:
    """Return which of ``count`` values need painting: the first, and the one after the last.

    Where the newest bar is in view values may stand beyond it.
    """
    frame = view.frame
    first = max(frame.first - 1, int(view.exposed[0]) - frame.group, shift) - shift
    last = min(int(view.exposed[1]) + frame.group + 2 - shift, count)
    if frame.last < frame.total:
        last = min(last, frame.last + 1 - shift)
    return first, max(first, last)


def draw_values(
    painter: QPainter,
    view: PaneView,
    values: Floats,
    extremes: Grouped,
    colour: QColor,
    *,
    width: float = 1.0,
    shift: int = 0,
) -> None:
    """Draw one value a bar as a line, no more of it than is exposed.

    Zoomed out each column of pixels reaches from the least to the greatest of its values.

    Args:
        extremes: of the same values, synced.
        width: of the line in pixels of the view's, not the device's.
        shift: by how many bars to the right of its own bar a value stands.
    """
    first, last = part_in_view(view, len(values), shift)
    painter.setBrush(colour)
    if view.frame.group > 1:
        _draw_columns(painter, view, extremes, (first, last), shift)
        return
    if last <= first:
        return
    y = view.y(values[first:last])
    x = view.x(np.arange(first, last, dtype=np.float64) + shift)
    smooth = view.slot >= _SMOOTH_FROM_PX * view.line
    thick = width * view.line if smooth else float(view.line)
    painter.setRenderHint(_SMOOTHLY, smooth)
    lines = np.empty((last - first - 1, 4))
    lines[:, 0], lines[:, 1], lines[:, 2], lines[:, 3] = x[:-1], y[:-1], x[1:], y[1:]
    known = np.isfinite(y)
    if last - first == 1 or not known.all():
        joined = known[1:] & known[:-1]
        alone = known.copy()
        alone[1:] &= ~joined
        alone[:-1] &= ~joined
        if alone.any():
            painter.setPen(line_pen(colour, thick))
            painter.drawPoints(polygon(x[alone], y[alone]))
        lines = lines[joined]
    # Single lines whose ends overlap look as one with round joins does, in a fifth of the time.
    pen = line_pen(colour, thick)
    pen.setCapStyle(_SQUARE)
    painter.setPen(pen)
    draw_lines(painter, lines)


def _draw_columns(
    painter: QPainter,
    view: PaneView,
    extremes: Grouped,
    part: tuple[int, int],
    shift: int,
) -> None:
    first, low, high = extremes.groups(part[0], part[1], view.frame.group)
    count = len(low)
    if not count:
        return
    group = float(view.frame.group)
    left, right = view.edges(first + shift + group * np.arange(count, dtype=np.float64), group)
    heights = view.y(np.array((low, high)))
    top, bottom = np.fmin(*heights), np.fmax(*heights)
    there = np.isfinite(top)
    # Each column meets the one before it, or a steep line would fall apart.
    before_top, before_bottom = top[:-1].copy(), bottom[:-1].copy()
    np.fmin(top[1:], before_bottom, out=top[1:])
    np.fmax(bottom[1:], before_top, out=bottom[1:])
    edges = np.rint(np.array((left, top, right, bottom))[:, there])
    edges = np.maximum(np.minimum(edges, FAR), -FAR).astype(np.int32)
    edges[2] = np.maximum(edges[0], edges[2] - 1)
    edges[3] += view.line - 1
    painter.setPen(Qt.PenStyle.NoPen)
    draw_rectangles(painter, edges.T)
