"""What the mouse does to drawings: taking one, dragging it, and letting it catch at a bar."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from alltick_desk.model.clipping import Box, Point, distance, inside
from alltick_desk.model.drawing_shapes import Plane, Shape, handles_of
from alltick_desk.model.drawings import Anchor, Drawing, problems


class Part(NamedTuple):
    """What of a drawing was taken.

    Attributes:
        handle: which of its handles; None for the body, which moves as a whole.
        inside: whether the body was taken in its filled area, away from every line.
    """

    handle: int | None = None
    inside: bool = False


BODY = Part()
INSIDE = Part(inside=True)


def hit_shape(shape: Shape, x: float, y: float, tolerance: float) -> Part | None:
    """Return what of a shape lies within ``tolerance`` pixels of a pixel; None for nothing.

    Handles come before lines and texts, and these before areas.
    """
    place = Point(x, y)
    near = [
        (math.dist(place, point), handle)
        for handle, point in enumerate(shape.handles)
        if point is not None
    ]
    if near and min(near)[0] <= tolerance:
        return Part(min(near)[1])
    if any(distance(place, line.segment) <= tolerance for line in shape.lines):
        return BODY
    if any(_grown(label.box, tolerance).holds(place) for label in shape.labels):
        return BODY
    return INSIDE if any(inside(place, area.corners) for area in shape.areas) else None


def topmost(
    shapes: Iterable[tuple[Drawing, Shape]], x: float, y: float, tolerance: float
) -> tuple[Drawing, Part] | None:
    """Return what is taken at a pixel, of drawings with the lowest first.

    A line below an area is taken before the area, so that a large rectangle hides nothing.
    """
    within: tuple[Drawing, Part] | None = None
    for drawing, shape in reversed(tuple(shapes)):
        part = hit_shape(shape, x, y, tolerance)
        if part is not None and not part.inside:
            return drawing, part
        if part is not None and within is None:
            within = drawing, part
    return within


def moved(
    drawing: Drawing,
    part: Part,
    start: Point,
    end: Point,
    plane: Plane,
    *,
    magnet: Callable[[Anchor], Anchor] | None = None,
) -> Drawing:
    """Return a drawing as the pointer takes it from ``start`` to ``end``, in pixels.

    As a whole it keeps its shape: all points go on by as many bars, and by as much of the price
    scale (equal prices on a linear one, equal shares on a logarithmic one). A handle goes alone,
    and catches at ``magnet``. Where that would leave the prices of the scale nothing moves.
    """
    dx, dy = end.x - start.x, end.y - start.y
    if not dx and not dy:
        return drawing
    if part.handle is None:
        anchors = [_carried(anchor, dx, dy, plane) for anchor in drawing.anchors]
    else:
        target = _carried(handles_of(drawing)[part.handle], dx, dy, plane)
        anchors = _with_handle(drawing, part.handle, magnet(target) if magnet else target)
    changed = replace(drawing, anchors=tuple(anchors))
    return drawing if problems(changed) else changed


def snapped(
    anchor: Anchor,
    plane: Plane,
    prices_at: Callable[[int], Sequence[float] | None],
    reach: float,
) -> Anchor:
    """Return the nearest price of the bar at a point, in the middle of the bar.

    Args:
        prices_at: a bar's open, high, low and close; None where there is no such bar.
        reach: within how many pixels of height a price catches; the point itself where none does.
    """
    bar = round(plane.axis.index_at(anchor.time_s))
    y = plane.y_of(anchor.price)
    near = [(abs(plane.y_of(price) - y), price) for price in prices_at(bar) or ()]
    best = min((pair for pair in near if pair[0] <= reach), default=None)
    return anchor if best is None else Anchor(plane.axis.time_at(bar), float(best[1]))


def _carried(anchor: Anchor, dx: float, dy: float, plane: Plane) -> Anchor:
    """Move a point by pixels; what stays in one direction stays exactly."""
    point = plane.point(anchor)
    target = plane.anchor(point.shifted(dx, dy))
    return Anchor(target.time_s if dx else anchor.time_s, target.price if dy else anchor.price)


def _with_handle(drawing: Drawing, handle: int, target: Anchor) -> list[Anchor]:
    anchors = list(drawing.anchors)
    if handle < len(anchors):
        anchors[handle] = target
    else:  # a corner between a rectangle's two anchors
        across, along = (0, 1) if handle == 2 else (1, 0)
        anchors[across] = anchors[across]._replace(time_s=target.time_s)
        anchors[along] = anchors[along]._replace(price=target.price)
    return anchors


def _grown(box: Box, by: float) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)
