"""Where the drawings of a board stand in a chart, and how they get onto it.

What lies still is a layer of the price pane and part of the kept picture: neither the pointer nor
a tick makes it anew. What a gesture moves, the light of what is pointed at and the handles of what
is selected are a moving piece above it.
"""

from operator import is_
from typing import NamedTuple

from PySide6.QtCore import QMarginsF, QPointF, QRectF
from PySide6.QtGui import QFont, QPainter

from alltick_desk.model.clipping import Box
from alltick_desk.model.drawing_moves import Part, topmost
from alltick_desk.model.drawing_shapes import Plane, Shape, shape_of
from alltick_desk.model.drawings import Drawing
from alltick_desk.services.drawings import DrawingBoard
from alltick_desk.ui.chart.canvas import ChartCanvas
from alltick_desk.ui.chart.drawing_paint import Brush, bounds_of, text_size
from alltick_desk.ui.chart.figures import price_text
from alltick_desk.ui.chart.layers import NOTHING, Layer, PaneView
from alltick_desk.ui.chart.pieces import Piece
from alltick_desk.ui.theme import Theme

Z = 20.0
TOLERANCE_PX = 6.0
_KEPT_SIZES = 2_000


class Sketch(NamedTuple):
    """A drawing as it stands in the view."""

    drawing: Drawing
    shape: Shape
    bounds: QRectF


class DrawingScene:
    """Shows a board in the price pane of a canvas; every shape is made once a view.

    Attributes:
        board: whose drawings are shown; call ``refresh`` after another one was set.
        hovered: the number of what the pointer is at, 0 for nothing; call ``light`` after it.
    """

    def __init__(self, canvas: ChartCanvas) -> None:
        self.canvas = canvas
        self.board: DrawingBoard | None = None
        self.hovered = 0
        self._key: object = None
        self._plane: Plane | None = None
        self._sketches: dict[int, Sketch] = {}
        self._sizes: dict[str, tuple[float, float]] = {}
        self._still: tuple[Drawing, ...] = ()
        self._moving = _MovingDrawings(self, canvas.theme, canvas.small)
        canvas.price.add(_StillDrawings(self), Z)
        canvas.add_moving(self._moving)
        canvas.redrawn.append(self._follow)
        self._follow()

    @property
    def plane(self) -> Plane | None:
        """Where time and price stand now; None where there are no bars."""
        pane = self.canvas.price
        if pane.frame is None or not pane.frame.total or pane.area.isEmpty():
            return None
        key = (pane.frame.version, pane.scale)
        if self._plane is None or key != self._key:
            self._key = key
            self._sketches.clear()
            area = pane.area
            self._plane = Plane(
                self.canvas.axis,
                self.canvas.x_of,
                self.canvas.bar_at,
                pane.scale.pixel,
                pane.scale.value,
                Box(area.left(), area.top(), area.right(), area.bottom()),
                self._size_of,
            )
        return self._plane

    @property
    def view_key(self) -> object:
        """Equal as long as everything stands where it stood."""
        return self._key if self.plane is not None else None

    def sketches(self) -> list[Sketch]:
        """Return what is to be seen of the board, the lowest first."""
        plane, board = self.plane, self.board
        if plane is None or board is None:
            return []
        return [self._sketch(it, plane) for it in board.drawings if it.known and not it.hidden]

    def hit(self, place: QPointF) -> tuple[Drawing, Part] | None:
        """Return what is taken at a place of the view; None for nothing."""
        if not self.canvas.price.area.contains(place):
            return None
        room = QMarginsF(TOLERANCE_PX, TOLERANCE_PX, TOLERANCE_PX, TOLERANCE_PX)
        near = [it for it in self.sketches() if (it.bounds + room).contains(place)]
        shapes = ((sketch.drawing, sketch.shape) for sketch in near)
        return topmost(shapes, place.x(), place.y(), TOLERANCE_PX)

    def refresh(self) -> None:
        """Show what the board shows now; what lies still is painted anew only where it changed."""
        board = self.board
        moving = frozenset() if board is None else board.in_motion
        drawings = () if board is None else board.drawings
        still = tuple(drawing for drawing in drawings if drawing.id not in moving)
        if len(still) != len(self._still) or not all(map(is_, still, self._still)):
            self._still = still
            self.canvas.touch(self.canvas.price.area)
        self.light()

    def light(self) -> None:
        """Paint handles, and what is in motion, anew."""
        self._moving.update()

    def still(self) -> list[Sketch]:
        """Return what lies still, the lowest first."""
        moving = frozenset() if self.board is None else self.board.in_motion
        return [sketch for sketch in self.sketches() if sketch.drawing.id not in moving]

    def write(self, price: float) -> str:
        """Write a price as the instrument's are written."""
        return price_text(price, self.canvas.series.digits)

    def brush(self, painter: QPainter) -> Brush:
        """Return what paints the drawings with a painter of the view's pixels."""
        painter.setFont(self.canvas.small)
        canvas = self.canvas
        ratio = painter.device().devicePixelRatioF()
        return Brush(painter, canvas.theme, canvas.metrics, self.write, ratio)

    def _sketch(self, drawing: Drawing, plane: Plane) -> Sketch:
        found = self._sketches.get(drawing.id)
        if found is None or found.drawing is not drawing:
            shape = shape_of(drawing, plane)
            bounds = bounds_of(drawing, shape, self._width_of)
            found = self._sketches[drawing.id] = Sketch(drawing, shape, bounds)
        return found

    def _width_of(self, price: float) -> float:
        return self._size_of(self.write(price))[0]

    def _size_of(self, text: str) -> tuple[float, float]:
        size = self._sizes.get(text)
        if size is None:
            if len(self._sizes) >= _KEPT_SIZES:
                self._sizes.clear()
            size = self._sizes[text] = text_size(self.canvas.metrics, text)
        return size

    def _follow(self) -> None:
        self._moving.area = QRectF(self.canvas.price.area)  # all of it is being painted anyway


class _StillDrawings(Layer):
    """What lies still; a tick changes none of it."""

    def __init__(self, scene: DrawingScene) -> None:
        self._scene = scene

    def sync(self) -> int:
        return NOTHING

    def paint(self, painter: QPainter, view: PaneView) -> None:  # noqa: ARG002
        scene = self._scene
        sketches = scene.still()
        if not sketches:
            return
        ratio = painter.device().devicePixelRatioF()
        painter.scale(ratio, ratio)
        exposed = scene.canvas.exposed
        brush = scene.brush(painter)
        for sketch in sketches:
            if sketch.bounds.intersects(exposed):
                brush.paint(sketch.drawing, sketch.shape)


class _MovingDrawings(Piece):
    """What a gesture moves, and what shows where things can be taken."""

    def __init__(self, scene: DrawingScene, theme: Theme, font: QFont) -> None:
        super().__init__(theme, font)
        self._scene = scene

    def draw(self, painter: QPainter) -> None:
        scene = self._scene
        board = scene.board
        if board is None:
            return
        chosen, moving, hovered = board.selection, board.in_motion, scene.hovered
        wanted = chosen | moving | {hovered}
        sketches = [sketch for sketch in scene.sketches() if sketch.drawing.id in wanted]
        if not sketches:
            return
        painter.save()
        painter.setClipRect(self.area)
        brush = scene.brush(painter)
        for drawing, shape, _ in sketches:
            if drawing.id in moving:
                brush.paint(drawing, shape)
            if drawing.id == hovered and drawing.id not in moving:
                brush.glow(drawing, shape)
        for drawing, shape, _ in sketches:
            brush.handles(drawing, shape)
        painter.restore()
