"""Where a point of a drawing is put: at the pointer, at a bar's price, or at a straight angle."""

import math

from PySide6.QtCore import QPointF, Qt

from alltick_desk.model.clipping import Point
from alltick_desk.model.drawing_moves import snapped
from alltick_desk.model.drawing_shapes import Plane
from alltick_desk.model.drawings import Anchor
from alltick_desk.ui.chart.canvas import ChartCanvas
from alltick_desk.ui.chart.drawing_scene import DrawingScene

_REACH_PX = 16.0  # of the magnet, up and down
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Aim:
    """Finds points in time and price.

    Attributes:
        magnet: whether points catch at a bar's open, high, low and close; Control has them catch
            for as long as it is held.
    """

    def __init__(self, scene: DrawingScene) -> None:
        self._scene = scene
        self.magnet = False

    def at(
        self, place: QPointF, modifiers: Qt.KeyboardModifier, base: Anchor | None = None
    ) -> Anchor | None:
        """Return the point meant by a place of the view; None where there are no bars.

        What lies outside of the price pane means its edge. With Shift the point stands level
        with ``base``, upright above or below it, or at 45 degrees.
        """
        plane = self._scene.plane
        if plane is None:
            return None
        point = plane.area.nearest(Point(place.x(), place.y()))
        if base is not None and modifiers & _SHIFT:
            return straightened(point, base, plane)
        return self.caught(plane.anchor(point), modifiers)

    def caught(self, anchor: Anchor, modifiers: Qt.KeyboardModifier) -> Anchor:
        """Return a point, or the bar's price that it catches at."""
        plane = self._scene.plane
        if plane is None or not (self.magnet or modifiers & _CONTROL):
            return anchor
        return snapped(anchor, plane, lambda bar: _prices_at(self._scene.canvas, bar), _REACH_PX)


def straightened(point: Point, base: Anchor, plane: Plane) -> Anchor:
    """Return the point at the nearest multiple of 45 degrees from ``base``, on the screen."""
    start = plane.point(base)
    dx, dy = point.x - start.x, point.y - start.y
    octant = round(math.atan2(dy, dx) / math.radians(45.0)) % 4
    if octant == 0:
        return Anchor(plane.anchor(point).time_s, base.price)
    if octant == 2:
        return Anchor(base.time_s, plane.anchor(point).price)
    reach = max(abs(dx), abs(dy))
    return plane.anchor(start.shifted(math.copysign(reach, dx), math.copysign(reach, dy)))


def _prices_at(canvas: ChartCanvas, bar: int) -> tuple[float, ...] | None:
    if not 0 <= bar < len(canvas.series):
        return None
    return tuple(canvas.series.row(bar)[1:5])
