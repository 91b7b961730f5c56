"""What a drawing looks like: lines, areas and labels in pixels, cut to what is in view.

Straight means straight on the screen, whatever the scale: the plane is asked for the pixels of
the points alone, so linear, logarithmic, percent and inverted scales all do.
"""

import math
from collections.abc import Callable
from typing import NamedTuple, Protocol

from alltick_desk.model.clipping import Box, Point, Segment, clip_polygon, clip_segment, finite
from alltick_desk.model.drawings import Anchor, Drawing, Kind

_PADDING = 4.0  # between a line and what is written at it
_HEAD = 9.0  # an arrow's, with a line of no width
_HEAD_ANGLE = math.radians(26.0)


def rough_size(text: str) -> tuple[float, float]:
    """Guess the width and height of a text in pixels, for who has no font at hand."""
    lines = text.split("\n")
    return 7.0 * max(map(len, lines)), 16.0 * len(lines)


class Moments(Protocol):
    """Where moments stand among the bars; ``time_axis.TimeAxis`` is one."""

    def index_at(self, time_s: float) -> float:
        """Return the bar, with its fraction, at a moment (Unix seconds)."""

    def time_at(self, index: float) -> float:
        """Return the moment at a bar with its fraction, Unix seconds."""


class Plane(NamedTuple):
    """Where time and price stand on the screen.

    Attributes:
        axis: times among the bars.
        x_of, bar_at: from the place on the axis to its pixel, and back.
        y_of, price_at: from a price to its pixel, and back; nan where a price has no place, such
            as zero on a logarithmic scale.
        area: what is in view.
        size_of: the width and height of a text.
    """

    axis: Moments
    x_of: Callable[[float], float]
    bar_at: Callable[[float], float]
    y_of: Callable[[float], float]
    price_at: Callable[[float], float]
    area: Box
    size_of: Callable[[str], tuple[float, float]] = rough_size

    def point(self, anchor: Anchor) -> Point:
        """Return the pixel of a point in time and price."""
        return Point(self.x_of(self.axis.index_at(anchor.time_s)), self.y_of(anchor.price))

    def anchor(self, point: Point) -> Anchor:
        """Return the point in time and price of a pixel."""
        return Anchor(self.axis.time_at(self.bar_at(point.x)), self.price_at(point.y))


class Line(NamedTuple):
    """A line to paint; its width and dash are the drawing's."""

    segment: Segment
    colour: str


class Area(NamedTuple):
    """A polygon to fill thinly."""

    corners: tuple[Point, ...]
    colour: str


class Label(NamedTuple):
    """A text to write: it stands on ``at``, which is the left end of its last line.

    ``price`` is to be written after the text, None where there is none. ``box`` is the room of
    the text without it, and may reach out of view.
    """

    at: Point
    text: str
    colour: str
    box: Box
    price: float | None = None


class Shape(NamedTuple):
    """All of a drawing that is in view.

    ``handles`` has the pixels by which it is taken, None where one is out of view: first the
    anchors, then a rectangle's two other corners.
    """

    lines: tuple[Line, ...] = ()
    areas: tuple[Area, ...] = ()
    labels: tuple[Label, ...] = ()
    handles: tuple[Point | None, ...] = ()


def handles_of(drawing: Drawing) -> tuple[Anchor, ...]:
    """Return the points by which a drawing is taken."""
    if drawing.kind != Kind.RECTANGLE:
        return drawing.anchors
    one, other = drawing.anchors
    return (one, other, Anchor(one.time_s, other.price), Anchor(other.time_s, one.price))


def shape_of(drawing: Drawing, plane: Plane) -> Shape:
    """Return what of a drawing is to be painted; nothing of a hidden or unknown one."""
    if drawing.hidden or not drawing.known:
        return Shape()
    handles = [plane.point(anchor) for anchor in handles_of(drawing)]
    sketch = _Sketch(drawing, plane, handles)
    _DRAW[drawing.kind](sketch)
    return Shape(
        tuple(sketch.lines),
        tuple(sketch.areas),
        tuple(sketch.labels),
        tuple(handle if plane.area.holds(handle) else None for handle in handles),
    )


class _Sketch:
    """A shape in the making."""

    def __init__(self, drawing: Drawing, plane: Plane, points: list[Point]) -> None:
        self.drawing = drawing
        self.style = drawing.style
        self.plane = plane
        self.view = plane.area
        self.points = points
        self.lines: list[Line] = []
        self.areas: list[Area] = []
        self.labels: list[Label] = []

    def line(self, start: Point, end: Point, colour: str = "", *, beyond: bool = False) -> None:
        """Draw a line; ``beyond`` takes it on past its end."""
        segment = clip_segment(start, end, self.view, beyond=beyond)
        if segment is not None:
            self.lines.append(Line(segment, colour or self.style.colour))

    def fill(self, *corners: Point, colour: str = "") -> None:
        """Fill a polygon, where the style fills."""
        if not self.style.fill:
            return
        kept = clip_polygon(corners, self.view)
        if kept:
            self.areas.append(Area(kept, colour or self.style.fill))

    def write(
        self, at: Point, text: str = "", colour: str = "", price: float | None = None
    ) -> None:
        """Write a text, or the drawing's own, above a point; nothing where it is out of view."""
        text = text or self.style.text
        if not text or not finite(at):
            return
        width, height = self.plane.size_of(text)
        if at.y - height < self.view.top <= at.y + _PADDING:
            at = Point(at.x, self.view.top + height)  # its line is in view, so it is read too
        box = Box(at.x, at.y - height, at.x + width, at.y)
        if self.view.meets(box):
            self.labels.append(Label(at, text, colour or self.style.colour, box, price))

    def far(self, start: Point, end: Point, aside: float) -> Point:
        """Return a point on the way from ``start`` through ``end`` that is out of view.

        So is what stands ``aside`` of it.
        """
        length = math.hypot(end.x - start.x, end.y - start.y)
        if not length or not math.isfinite(length):
            return end
        view = self.view
        reach = (
            aside
            + math.hypot(view.right - view.left, view.bottom - view.top)
            + math.hypot(end.x - view.left, end.y - view.top)
        )
        share = reach / length
        return end.shifted(share * (end.x - start.x), share * (end.y - start.y))


def _trend(sketch: _Sketch) -> None:
    start, end = sketch.points
    sketch.line(start, end)
    sketch.write(start.shifted(_PADDING, -_PADDING))


def _ray(sketch: _Sketch) -> None:
    start, end = sketch.points
    sketch.line(start, end, beyond=True)
    sketch.write(start.shifted(_PADDING, -_PADDING))


def _horizontal(sketch: _Sketch) -> None:
    y = sketch.points[0].y
    sketch.line(Point(sketch.view.left, y), Point(sketch.view.right, y))
    sketch.write(Point(sketch.view.left + _PADDING, y - _PADDING))


def _vertical(sketch: _Sketch) -> None:
    x = sketch.points[0].x
    sketch.line(Point(x, sketch.view.top), Point(x, sketch.view.bottom))
    sketch.write(Point(x + _PADDING, sketch.view.bottom - _PADDING))


def _channel(sketch: _Sketch) -> None:
    start, end, through = sketch.points
    if start.x > end.x:
        start, end = end, start
    if abs(end.x - start.x) >= 1.0:
        slope = (end.y - start.y) / (end.x - start.x)
        dx, dy = 0.0, through.y - start.y - slope * (through.x - start.x)
    else:
        dx, dy = through.x - start.x, 0.0
    beyond = sketch.style.extends
    far = sketch.far(start, end, abs(dx) + abs(dy)) if beyond else end
    sketch.fill(start, far, far.shifted(dx, dy), start.shifted(dx, dy))
    sketch.line(start, end, beyond=beyond)
    sketch.line(start.shifted(dx, dy), end.shifted(dx, dy), beyond=beyond)
    sketch.write(start.shifted(_PADDING, -_PADDING))


def _rectangle(sketch: _Sketch) -> None:
    one, other, below, beside = sketch.points
    sketch.fill(one, below, other, beside)
    for start, end in ((one, below), (below, other), (other, beside), (beside, one)):
        sketch.line(start, end)
    corner = Point(min(one.x, other.x), min(one.y, other.y))
    sketch.write(corner.shifted(_PADDING, -_PADDING))


def _fibonacci(sketch: _Sketch) -> None:
    start, end = sketch.points
    first, last = (anchor.price for anchor in sketch.drawing.anchors)
    left, right = min(start.x, end.x), max(start.x, end.x)
    if sketch.style.extends:
        right = max(right, sketch.view.right)
    in_view = left <= sketch.view.right and right >= sketch.view.left
    above: float | None = None
    written: list[float] = []
    for level in sorted(sketch.style.levels, key=lambda level: level.ratio):
        price = last + level.ratio * (first - last)
        y = sketch.plane.y_of(price)
        colour = level.colour or sketch.style.colour
        if above is not None:
            sketch.fill(
                Point(left, above),
                Point(right, above),
                Point(right, y),
                Point(left, y),
                colour=level.colour,
            )
        above = y
        sketch.line(Point(left, y), Point(right, y), colour)
        text = f"{level.ratio:g}"
        height = sketch.plane.size_of(text)[1]
        if in_view and not any(abs(y - other) < height for other in written):  # to be read
            written.append(y)
            place = Point(max(left, sketch.view.left) + _PADDING, y - _PADDING)
            sketch.write(place, text, colour=colour, price=price)
    sketch.line(start, end)
    sketch.write(start.shifted(_PADDING, -_PADDING))


def _text(sketch: _Sketch) -> None:
    sketch.write(sketch.points[0])


def _arrow(sketch: _Sketch) -> None:
    start, end = sketch.points
    sketch.line(start, end)
    length = math.hypot(end.x - start.x, end.y - start.y)
    if length and math.isfinite(length):
        head = min(_HEAD + 2.0 * sketch.style.width, 0.6 * length)
        back = math.atan2(start.y - end.y, start.x - end.x)
        for angle in (back - _HEAD_ANGLE, back + _HEAD_ANGLE):
            sketch.line(end, end.shifted(head * math.cos(angle), head * math.sin(angle)))
    sketch.write(start.shifted(_PADDING, -_PADDING))


_DRAW: dict[str, Callable[[_Sketch], None]] = {
    Kind.TREND: _trend,
    Kind.RAY: _ray,
    Kind.HORIZONTAL: _horizontal,
    Kind.VERTICAL: _vertical,
    Kind.CHANNEL: _channel,
    Kind.RECTANGLE: _rectangle,
    Kind.FIBONACCI: _fibonacci,
    Kind.TEXT: _text,
    Kind.ARROW: _arrow,
}
