"""The icons of the kinds of drawings."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPolygonF

from alltick_desk.model.drawings import Kind
from alltick_desk.ui.chart.icons import drawn_icon

_DOT = 1.6


def kind_icon(kind: Kind, colour: QColor) -> QIcon:
    """Return a kind's icon in one colour."""
    return drawn_icon(_DRAWINGS[kind], colour)


def pencil_icon(colour: QColor) -> QIcon:
    """Return the icon of drawing as such."""
    return drawn_icon(_pencil, colour)


def _dots(painter: QPainter, *places: tuple[float, float]) -> None:
    for place in places:
        painter.drawEllipse(QPointF(*place), _DOT, _DOT)


def _lines(painter: QPainter, *ends: tuple[float, float, float, float]) -> None:
    for x1, y1, x2, y2 in ends:
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def _trend(painter: QPainter) -> None:
    _lines(painter, (3.0, 13.0, 13.0, 3.0))
    _dots(painter, (3.0, 13.0), (13.0, 3.0))


def _ray(painter: QPainter) -> None:
    _lines(painter, (3.0, 13.0, 15.0, 1.0))
    _dots(painter, (3.0, 13.0), (8.5, 7.5))


def _horizontal(painter: QPainter) -> None:
    _lines(painter, (1.0, 8.0, 15.0, 8.0))
    _dots(painter, (8.0, 8.0))


def _vertical(painter: QPainter) -> None:
    _lines(painter, (8.0, 1.0, 8.0, 15.0))
    _dots(painter, (8.0, 8.0))


def _channel(painter: QPainter) -> None:
    _lines(painter, (2.0, 9.0, 11.0, 2.0), (5.0, 14.0, 14.0, 7.0))
    _dots(painter, (2.0, 9.0), (11.0, 2.0), (9.5, 10.5))


def _rectangle(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(2.5, 4.5, 11.0, 7.0))
    painter.setBrush(painter.pen().color())
    _dots(painter, (2.5, 11.5), (13.5, 4.5))


def _fibonacci(painter: QPainter) -> None:
    _lines(painter, *((1.5, y, 14.5, y) for y in (2.5, 6.0, 9.5, 13.5)))
    _dots(painter, (4.0, 13.5), (12.0, 2.5))


def _text(painter: QPainter) -> None:
    _lines(painter, (3.0, 3.0, 13.0, 3.0), (8.0, 3.0, 8.0, 13.5), (6.0, 13.5, 10.0, 13.5))
    _lines(painter, (3.0, 3.0, 3.0, 5.0), (13.0, 3.0, 13.0, 5.0))


def _arrow(painter: QPainter) -> None:
    _lines(painter, (2.5, 13.5, 13.0, 3.0), (13.0, 3.0, 7.5, 3.5), (13.0, 3.0, 12.5, 8.5))


def _pencil(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    corners = ((2.5, 13.5), (3.3, 9.7), (10.8, 2.2), (13.8, 5.2), (6.3, 12.7))
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    _lines(painter, (9.0, 4.0, 12.0, 7.0))


_DRAWINGS: Mapping[Kind, Callable[[QPainter], None]] = {
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
