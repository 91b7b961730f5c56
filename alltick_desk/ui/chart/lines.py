"""Lines through many points, drawn at once; NaN leaves a hole."""

import ctypes

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from alltick_desk.model.series import Floats
from alltick_desk.ui.chart.extremes import Grouped
from alltick_desk.ui.chart.layers import PaneView
from alltick_desk.ui.chart.primitives import Ints, draw_rectangles, rectangles

_PIECE = 16  # points; a smooth line in one piece takes three times as long
_SMOOTH_FROM_PX = 3.0  # between points; more of them would take long and look no better


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


def line_pen(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen of so many device pixels, with round joins."""
    pen = QPen(colour, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
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
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
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
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(line_pen(colour, width * view.line if smooth else float(view.line), style))
    for run in runs(y):
        step = run.stop if style is not Qt.PenStyle.SolidLine else _PIECE
        for start in range(run.start, max(run.stop - 1, run.start + 1), step):
            piece = slice(start, min(start + step + 1, run.stop))
            painter.drawPolyline(polygon(x[piece], y[piece]))
        if run.stop - run.start == 1:
            painter.drawPoint(QPointF(float(x[run][0]), float(y[run][0])))


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
    y_low, y_high = view.y(low), view.y(high)
    top, bottom = np.fmin(y_low, y_high), np.fmax(y_low, y_high)
    there = np.isfinite(top)
    # Each column meets the one before it, or a steep line would fall apart.
    before_top, before_bottom = top[:-1].copy(), bottom[:-1].copy()
    np.fmin(top[1:], before_bottom, out=top[1:])
    np.fmax(bottom[1:], before_top, out=bottom[1:])
    thick = view.line - 1
    edges: list[Ints] = [
        np.rint(edge[there]).astype(np.int32) for edge in (left, top, right, bottom)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    draw_rectangles(
        painter,
        rectangles(edges[0], edges[1], np.maximum(edges[0], edges[2] - 1), edges[3] + thick),
    )
