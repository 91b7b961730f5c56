"""Plane geometry in pixels: points, boxes, and cutting what lies outside of a box."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Point(NamedTuple):
    """A place in pixels, y downwards."""

    x: float
    y: float

    def shifted(self, dx: float, dy: float) -> "Point":
        """Return the point so many pixels further."""
        return Point(self.x + dx, self.y + dy)


class Box(NamedTuple):
    """An upright rectangle in pixels, its edges included."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: Point) -> bool:
        """Whether the point lies in it or on its edge; never where it is not finite."""
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether the two have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def nearest(self, point: Point) -> Point:
        """Return the point of the box that is nearest."""
        return Point(
            min(max(point.x, self.left), self.right), min(max(point.y, self.top), self.bottom)
        )


class Segment(NamedTuple):
    """A straight line from one point to another."""

    start: Point
    end: Point


def finite(*points: Point) -> bool:
    """Whether every co-ordinate is a number that can be drawn."""
    return all(math.isfinite(value) for point in points for value in point)


def clip_segment(start: Point, end: Point, box: Box, *, beyond: bool = False) -> Segment | None:
    """Return the part of a line that lies in the box; None where there is none.

    ``beyond`` takes the line on past ``end`` for ever. A line with a co-ordinate that is not finite
    has no part anywhere.
    """
    if not finite(start, end):
        return None
    dx, dy = end.x - start.x, end.y - start.y
    enters, leaves = 0.0, math.inf if beyond and (dx or dy) else 1.0
    for step, room in (
        (-dx, start.x - box.left),
        (dx, box.right - start.x),
        (-dy, start.y - box.top),
        (dy, box.bottom - start.y),
    ):
        if step == 0.0:
            if room < 0.0:
                return None
        elif step < 0.0:
            enters = max(enters, room / step)
        else:
            leaves = min(leaves, room / step)
    if enters > leaves or not math.isfinite(leaves):
        return None
    # Rounding may leave a point a hair outside.
    first = start if enters == 0.0 else start.shifted(enters * dx, enters * dy)
    last = end if leaves == 1.0 else start.shifted(leaves * dx, leaves * dy)
    return Segment(box.nearest(first), box.nearest(last))


def clip_polygon(corners: Sequence[Point], box: Box) -> tuple[Point, ...]:
    """Return what of a polygon lies in the box, edge by edge; empty where it has no area."""
    if not finite(*corners):
        return ()
    kept = list(corners)
    for axis, edge, sign in (
        (0, box.left, 1.0),
        (0, box.right, -1.0),
        (1, box.top, 1.0),
        (1, box.bottom, -1.0),
    ):
        kept = _beside(kept, lambda point: sign * (point[axis] - edge))  # noqa: B023 - called at once
    kept = [box.nearest(point) for point in kept]
    flat = any(len({point[axis] for point in kept}) < 2 for axis in (0, 1))
    return () if flat else tuple(kept)


def distance(point: Point, segment: Segment) -> float:
    """Return how far a point lies from a segment, in pixels."""
    start, end = segment
    dx, dy = end.x - start.x, end.y - start.y
    length = dx * dx + dy * dy
    along = ((point.x - start.x) * dx + (point.y - start.y) * dy) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(point.x - start.x - along * dx, point.y - start.y - along * dy)


def inside(point: Point, corners: Sequence[Point]) -> bool:
    """Whether a point lies within a polygon, by how often a line to the right leaves it."""
    odd = False
    for one, other in pairwise((*corners, *corners[:1])):
        if (one.y > point.y) != (other.y > point.y):
            x = one.x + (point.y - one.y) / (other.y - one.y) * (other.x - one.x)
            odd ^= x > point.x
    return odd


def _beside(corners: Sequence[Point], depth: Callable[[Point], float]) -> list[Point]:
    """Cut a polygon along one line; what has a ``depth`` below zero falls away."""
    kept: list[Point] = []
    for one, other in pairwise((*corners, *corners[:1])):
        here, there = depth(one), depth(other)
        if here >= 0.0:
            kept.append(one)
        if (here < 0.0) != (there < 0.0):
            share = here / (here - there)
            kept.append(one.shifted(share * (other.x - one.x), share * (other.y - one.y)))
    return kept
