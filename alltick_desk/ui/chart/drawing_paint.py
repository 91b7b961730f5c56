"""How the shape of a drawing is painted, in the view's own pixels."""

import math
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from alltick_desk.model.clipping import Box, Point, Segment
from alltick_desk.model.drawing_shapes import Label, Shape
from alltick_desk.model.drawings import ROLES, Drawing, Kind
from alltick_desk.ui.theme import Theme

_DASHES = {"dashed": [5.0, 3.0], "dotted": [1.0, 2.5]}  # in widths of the line
_VEIL = 0.78
_HANDLE = 4.0  # half of its side
_GLOW = 5.0  # pixels around a line
_PRICE_GAP = 6.0
_TALLEST = 32.0  # no line of small text is taller


def colour_of(word: str, theme: Theme) -> QColor:
    """Return the colour that a style names: one of the theme's, or ``#rrggbb``."""
    return QColor(cast("QColor", getattr(theme, word))) if word in ROLES else QColor(word)


def text_size(metrics: QFontMetricsF, text: str) -> tuple[float, float]:
    """Return the width and height of a text of one line or more."""
    lines = text.split("\n")
    return max(map(metrics.horizontalAdvance, lines)), metrics.height() * len(lines)


def bounds_of(drawing: Drawing, shape: Shape, tail: Callable[[float], float]) -> QRectF:
    """Return all that painting a shape may touch; ``tail`` gives the width of a price."""
    points = [point for line in shape.lines for point in line.segment]
    points += [point for area in shape.areas for point in area.corners]
    points += [point for point in shape.handles if point is not None]
    for label in shape.labels:
        left, top, right, bottom = label.box
        right += 0.0 if label.price is None else tail(label.price) + _PRICE_GAP
        points += (Point(left, top), Point(right, bottom))
    if not points:
        return QRectF()
    left, right = min(point.x for point in points), max(point.x for point in points)
    top, bottom = min(point.y for point in points), max(point.y for point in points)
    if drawing.kind == Kind.HORIZONTAL:
        top -= 2.0 * _PRICE_GAP + _TALLEST
    room = drawing.style.width + 3.0
    return QRectF(left, top, right - left, bottom - top).adjusted(-room, -room, room, room)


class Brush:
    """Paints drawings in one theme and at one scale factor.

    ``write`` turns a price into text; ``ratio`` says how many device pixels a pixel has.
    """

    def __init__(
        self,
        painter: QPainter,
        theme: Theme,
        metrics: QFontMetricsF,
        write: Callable[[float], str],
        ratio: float,
    ) -> None:
        self._painter = painter
        self._theme = theme
        self._metrics = metrics
        self._write = write
        self._ratio = ratio

    def paint(self, drawing: Drawing, shape: Shape) -> None:
        """Paint areas, then lines, then what is written."""
        painter, style = self._painter, drawing.style
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)  # lines lie on the edges
        painter.setPen(Qt.PenStyle.NoPen)
        for area in shape.areas:
            wash = colour_of(area.colour, self._theme)
            wash.setAlphaF(0.13 if self._theme.dark else 0.10)
            self._fill(area.corners, wash)
        for line in shape.lines:
            pen = QPen(colour_of(line.colour, self._theme), style.width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if style.dash in _DASHES:
                pen.setDashPattern(_DASHES[style.dash])
            self._draw(line.segment, pen)
        for label in shape.labels:
            self._write_label(label)
        if drawing.kind == Kind.HORIZONTAL and shape.lines:
            self._write_price(shape.lines[0].segment.end, drawing.anchors[0].price, style.colour)

    def glow(self, drawing: Drawing, shape: Shape) -> None:
        """Paint a light around the lines, or around what is written where there are none."""
        painter = self._painter
        light = colour_of(drawing.style.colour, self._theme)
        light.setAlphaF(0.28)
        pen = QPen(light, drawing.style.width + _GLOW)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in shape.lines:
            self._draw(line.segment, pen)
        if not shape.lines:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
            painter.setPen(QPen(light, 1.5))
            for label in shape.labels:
                painter.drawRoundedRect(_rect(label).adjusted(-4.0, -3.0, 4.0, 3.0), 3.0, 3.0)

    def handles(self, drawing: Drawing, shape: Shape) -> None:
        """Paint the points by which a drawing is taken; flat ones where it is locked."""
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        colour = self._theme.muted if drawing.locked else self._theme.accent
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if drawing.locked else self._theme.base)
        for point in filter(None, shape.handles):
            side = 2.0 * _HANDLE
            place = QRectF(point.x - _HANDLE, point.y - _HANDLE, side, side)
            if drawing.locked:
                painter.drawRect(place.adjusted(1.0, 1.0, -1.0, -1.0))
            else:
                painter.drawEllipse(place)

    def _fill(self, corners: tuple[Point, ...], wash: QColor) -> None:
        """Fill a polygon; an upright rectangle takes a fraction of the time."""
        xs, ys = {corner.x for corner in corners}, {corner.y for corner in corners}
        if len(corners) == 4 and len(xs) == len(ys) == 2:
            left, top = min(xs), min(ys)
            self._painter.fillRect(QRectF(left, top, max(xs) - left, max(ys) - top), wash)
            return
        self._painter.setBrush(wash)
        self._painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))

    def _draw(self, segment: Segment, pen: QPen) -> None:
        """Draw a line; a level or an upright one with sharp edges."""
        (x1, y1), (x2, y2) = segment
        level, upright = abs(y1 - y2) < 0.01, abs(x1 - x2) < 0.01
        if level or upright:
            thick = max(1, math.ceil(pen.widthF() * self._ratio - 0.5))
            width = thick / self._ratio
            pen.setWidthF(width)
            if level:
                y1 = y2 = self._sharp(y1, thick)
            else:
                x1 = x2 = self._sharp(x1, thick)
            if pen.style() is Qt.PenStyle.SolidLine:
                half = 0.5 * width
                box = QRectF(QPointF(x1, y1), QPointF(x2, y2)).normalized()
                wide = (0.0, -half, 0.0, half) if level else (-half, 0.0, half, 0.0)
                self._painter.fillRect(box.adjusted(*wide), pen.color())
                return
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))

    def _sharp(self, at: float, thick: int) -> float:
        """Return the nearest place where a line so many device pixels thick fills whole ones."""
        offset = 0.5 * (thick % 2)
        return (math.floor(at * self._ratio - offset + 0.5) + offset) / self._ratio

    def _write_price(self, end: Point, price: float, colour: str) -> None:
        """Write the price of a level line upon its right end."""
        text = self._write(price)
        width, height = text_size(self._metrics, text)
        at = end.shifted(-width - _PRICE_GAP, -4.0)
        self._write_label(Label(at, text, colour, Box(at.x, at.y - height, at.x + width, at.y)))

    def _write_label(self, label: Label) -> None:
        painter, metrics = self._painter, self._metrics
        price = "" if label.price is None else self._write(label.price)
        tail = metrics.horizontalAdvance(price) + _PRICE_GAP if price else 0.0
        veil = QColor(self._theme.base)
        veil.setAlphaF(_VEIL)
        painter.fillRect(_rect(label).adjusted(-2.0, 0.0, tail + 2.0, 0.0), veil)
        painter.setPen(colour_of(label.colour, self._theme))
        baseline = label.at.y - metrics.descent()
        *lines, last = label.text.split("\n")
        painter.drawText(QPointF(label.at.x, baseline), last)
        if price:
            width = metrics.horizontalAdvance(last)
            painter.drawText(QPointF(label.at.x + width + _PRICE_GAP, baseline), price)
        for number, text in enumerate(reversed(lines), 1):
            painter.drawText(QPointF(label.at.x, baseline - number * metrics.height()), text)


def _rect(label: Label) -> QRectF:
    left, top, right, bottom = label.box
    return QRectF(left, top, right - left, bottom - top)
