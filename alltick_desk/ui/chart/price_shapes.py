"""Candles, bars and volumes as rectangles in device pixels: pure arithmetic on arrays."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from alltick_desk.model.series import Floats
from alltick_desk.ui.chart.layers import PaneView
from alltick_desk.ui.chart.primitives import Ints, rectangles
from alltick_desk.ui.chart.pyramid import Cells

Flags: TypeAlias = npt.NDArray[np.bool_]

_BODY_SHARE = 0.72  # of the room between two bars
_BODIES_FROM_PX = 2.5  # per bar; below it only wicks are drawn
_NONE = np.empty((0, 4), np.int32)


class Hollow(Enum):
    """Which bodies are drawn as frames."""

    NONE = 0
    RISES = 1
    ALL = 2


class Shapes(NamedTuple):
    """Rectangles in device pixels by colour, and the inside of bodies that stay hollow."""

    up: Ints
    down: Ints
    hollow: Ints = _NONE


class Columns(NamedTuple):
    """Left and right edges, included, of bodies and of wicks; whether bodies have room."""

    left: Ints
    right: Ints
    wick_left: Ints
    wick_right: Ints
    bodies: bool


def candle_shapes(
    cells: Cells, at: Columns, view: PaneView, rises: Flags, hollow: Hollow
) -> Shapes:
    """Return candles; ``rises`` of shape (n,) tells which have the colour of a rise."""
    if not at.bodies:
        top, bottom = _ordered(*heights(view, np.array((cells.high, cells.low))))
        return _by_colour([rectangles(at.wick_left, top, at.wick_right, bottom)], rises)
    ends = heights(view, np.array((cells.high, cells.low, cells.open, cells.close)))
    top, bottom = _ordered(ends[0], ends[1])
    wicks = rectangles(at.wick_left, top, at.wick_right, bottom)
    body_top, body_bottom = _ordered(ends[2], ends[3])
    bodies = rectangles(at.left, body_top, at.right, body_bottom)
    inside = _NONE
    if hollow is not Hollow.NONE:
        line = view.line
        inside = bodies + np.array([line, line, -line, -line], np.int32)
        room = (inside[:, 0] <= inside[:, 2]) & (inside[:, 1] <= inside[:, 3])
        inside = inside[room & (cells.close >= cells.open) if hollow is Hollow.RISES else room]
    return _by_colour([wicks, bodies], rises, inside)


def bar_shapes(cells: Cells, at: Columns, view: PaneView, rises: Flags) -> Shapes:
    """Return bars: a stem from low to high, the open to its left and the close to its right."""
    top, bottom = _ordered(heights(view, cells.high), heights(view, cells.low))
    parts = [rectangles(at.wick_left, top, at.wick_right, bottom)]
    if at.bodies:
        thick = view.line - 1
        opened, closed = heights(view, cells.open), heights(view, cells.close)
        parts.append(rectangles(at.left, opened, at.wick_left, opened + thick))
        parts.append(rectangles(at.wick_right, closed, at.right, closed + thick))
    return _by_colour(parts, rises)


def volume_shapes(cells: Cells, at: Columns, view: PaneView) -> Shapes:
    """Return volumes as columns from nothing upwards."""
    ends = heights(view, np.array((cells.volume, np.zeros(len(cells.volume)))))
    top, bottom = _ordered(ends[0], ends[1] - 1)
    there = cells.volume > 0.0
    bars = rectangles(at.left, top, at.right, bottom)[there]
    return _by_colour([bars], (cells.close >= cells.open)[there])


def columns_of(cells: Cells, view: PaneView) -> Columns:
    """Return where the columns of cells stand."""
    line = view.line
    if cells.group > 1:
        first, end = view.edges(cells.left + 0.5, cells.right - cells.left)
        left = np.rint(first).astype(np.int32)
        right = np.maximum(left, np.rint(end).astype(np.int32) - 1)
        return Columns(left, right, left, right, False)
    slot = view.slot
    body = int(slot * _BODY_SHARE)
    body -= (body - line) % 2  # so that the wick stands in the middle
    centre = view.x(cells.left + 0.5)
    wick_left = np.floor(centre - 0.5 * line + 0.5).astype(np.int32)
    wick_right = wick_left + (line - 1)
    if slot < _BODIES_FROM_PX * line or body <= line:
        return Columns(wick_left, wick_right, wick_left, wick_right, False)
    aside = (body - line) // 2
    return Columns(wick_left - aside, wick_right + aside, wick_left, wick_right, True)


def heights(view: PaneView, values: Floats) -> Ints:
    """Return the pixel rows of values."""
    rows = np.rint(view.y(values))
    if view.scale.logarithmic:
        rows = np.nan_to_num(rows, nan=1e6)
    return rows.astype(np.int32)


def _by_colour(parts: Sequence[Ints], rises: Flags, inside: Ints = _NONE) -> Shapes:
    """Return parts of the same candles, each of shape (n, 4), in one array a colour."""
    if len(rises) == 1:  # the bar in progress, with every tick
        [whole] = parts if len(parts) == 1 else [np.concatenate(parts)]
        return Shapes(whole, _NONE, inside) if rises[0] else Shapes(_NONE, whole, inside)
    falls = ~rises
    up, down = ([part[these] for part in parts] for these in (rises, falls))
    return Shapes(np.concatenate(up), np.concatenate(down), inside)


def _ordered(one: Ints, other: Ints) -> tuple[Ints, Ints]:
    return np.minimum(one, other), np.maximum(one, other)
