"""The chart's icons, drawn: they follow the theme and every scale factor."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from alltick_desk.ui.chart.price_layer import Style

_SIDE = 16.0
_RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)


class Icon(Enum):
    """What an icon stands for, apart from the styles."""

    MEASURE = "measure"
    BOX_ZOOM = "box zoom"
    MORE = "more"
    NOW = "now"
    INDICATORS = "indicators"
    LAYOUT = "layout"


def icon(of: Icon | Style, colour: QColor) -> QIcon:
    """Return an icon in one colour."""
    return drawn_icon(_DRAWINGS[of], colour)


def drawn_icon(draw: Callable[[QPainter], None], colour: QColor) -> QIcon:
    """Return what ``draw`` draws into a square of 16 pixels, in one colour, as an icon."""
    made = QIcon()
    for ratio in _RATIOS:
        pixmap = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(colour)
        draw(painter)
        painter.end()
        made.addPixmap(pixmap)
    return made


def _candles(painter: QPainter) -> None:
    for x, top, bottom in ((4.5, 5.5, 11.0), (11.5, 3.5, 9.0)):
        painter.drawLine(QPointF(x, top - 2.5), QPointF(x, bottom + 3.0))
        painter.drawRect(QRectF(x - 1.8, top, 3.6, bottom - top))


def _hollow(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, top, bottom in ((4.5, 5.5, 11.0), (11.5, 3.5, 9.0)):
        painter.drawLine(QPointF(x, top - 2.5), QPointF(x, top))
        painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + 3.0))
        painter.drawRect(QRectF(x - 1.8, top, 3.6, bottom - top))


def _bars(painter: QPainter) -> None:
    for x, top, bottom in ((5.0, 4.5, 14.0), (11.5, 2.0, 11.5)):
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.drawLine(QPointF(x - 2.5, bottom - 2.5), QPointF(x, bottom - 2.5))
        painter.drawLine(QPointF(x, top + 2.5), QPointF(x + 2.5, top + 2.5))


_RISE = (QPointF(1.5, 11.0), QPointF(5.5, 6.5), QPointF(9.0, 9.0), QPointF(14.5, 3.5))


def _line(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(_RISE))


def _area(painter: QPainter) -> None:
    _line(painter)
    wash = painter.pen().color()
    wash.setAlphaF(0.35 * wash.alphaF())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(wash)
    painter.drawPolygon(QPolygonF([*_RISE, QPointF(14.5, 14.0), QPointF(1.5, 14.0)]))


def _averaged(painter: QPainter) -> None:
    for x, top, bottom in ((3.0, 8.5, 13.0), (8.0, 5.5, 11.0), (13.0, 3.0, 8.5)):
        painter.drawLine(QPointF(x, top - 1.5), QPointF(x, bottom))
        painter.drawRect(QRectF(x - 1.4, top, 2.8, bottom - top))


def _measure(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(1.5, 5.0, 13.0, 6.0))
    for x, depth in ((4.1, 2.0), (6.7, 3.0), (9.3, 2.0), (11.9, 3.0)):
        painter.drawLine(QPointF(x, 5.0), QPointF(x, 5.0 + depth))


def _box_zoom(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(5.5, 5.5, 6.5, 6.5))
    painter.drawLine(QPointF(11.2, 11.2), QPointF(14.2, 14.2))
    pen = painter.pen()
    pen.setDashPattern([1.5, 1.8])
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(2.0, 10.0), QPointF(2.0, 2.0), QPointF(13.0, 2.0)]))


def _more(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for x in (3.0, 8.0, 13.0):
        painter.drawEllipse(QPointF(x, 8.0), 1.5, 1.5)


def _now(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(4.0, 3.5), QPointF(8.5, 8.0), QPointF(4.0, 12.5)]))
    painter.drawLine(QPointF(11.5, 3.5), QPointF(11.5, 12.5))


def _indicators(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    swing, mean = QPainterPath(QPointF(1.5, 10.0)), QPainterPath(QPointF(1.5, 12.5))
    swing.cubicTo(QPointF(4.5, -3.0), QPointF(8.0, 17.0), QPointF(14.5, 4.0))
    mean.cubicTo(QPointF(6.0, 10.5), QPointF(9.0, 12.0), QPointF(14.5, 8.5))
    painter.drawPath(swing)
    pen = painter.pen()
    pen.setDashPattern([1.5, 2.0])
    painter.setPen(pen)
    painter.drawPath(mean)


def _layout(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(1.5, 2.5, 13.0, 11.0))
    painter.drawLine(QPointF(8.0, 2.5), QPointF(8.0, 13.5))
    painter.drawLine(QPointF(1.5, 8.0), QPointF(14.5, 8.0))


_DRAWINGS: dict[Icon | Style, Callable[[QPainter], None]] = {
    Style.CANDLES: _candles,
    Style.HOLLOW: _hollow,
    Style.BARS: _bars,
    Style.LINE: _line,
    Style.AREA: _area,
    Style.HEIKIN_ASHI: _averaged,
    Icon.MEASURE: _measure,
    Icon.BOX_ZOOM: _box_zoom,
    Icon.MORE: _more,
    Icon.NOW: _now,
    Icon.INDICATORS: _indicators,
    Icon.LAYOUT: _layout,
}
