"""The shapes in the table: the state's, and the vendor's tag.

Each is told twice, by shape or letter and by colour, for whoever does not see one of them.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from alltick_desk.services.quotes import RowState
from alltick_desk.ui.theme import Theme


def state_colour(state: RowState, theme: Theme) -> QColor:
    """Return the colour of a state's word and shape."""
    match state:
        case RowState.LIVE:
            return theme.accent
        case RowState.LIMIT_UP:
            return theme.up
        case RowState.LIMIT_DOWN:
            return theme.down
        case RowState.STALE | RowState.BEYOND_PLAN | RowState.HALTED | RowState.HALTED_OR_DELISTED:
            return theme.warn
        case RowState.NOT_IN_PLAN | RowState.UNKNOWN_CODE | RowState.REFUSED:
            return theme.error
    return theme.muted


def state_mark(state: RowState, colour: QColor, size: int, ratio: float) -> QPixmap:
    """Draw a state's shape, ``size`` pixels wide and high at a device pixel ratio of ``ratio``.

    Full circle: live. Ring: waiting; with a dot in it: quiet. Crescent: market closed. Two bars:
    halted; in a ring: or delisted. A tip at a line above or below: a limit. Triangle: stale.
    Square: offline. Bar: beyond the plan. Lock: not in the plan. Question mark: unknown code.
    Cross: refused.
    """
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = max(1.4, size / 7)
    painter.setPen(QPen(colour, stroke, c=Qt.PenCapStyle.RoundCap))
    box = QRectF(0, 0, size, size).adjusted(stroke, stroke, -stroke, -stroke)
    _SHAPES[state](_Pencil(painter, colour, size, stroke, box))
    painter.end()
    return pixmap


class _Pencil(NamedTuple):
    """What drawing a shape takes; the pen is set, and the box leaves room for its stroke."""

    painter: QPainter
    colour: QColor
    size: int
    stroke: float
    box: QRectF

    def line(self, *points: tuple[float, float]) -> None:
        """Draw lines through points that are given as shares of the size."""
        self.painter.drawPolyline(QPolygonF([self._at(*point) for point in points]))

    def area(self, *points: tuple[float, float]) -> None:
        """Fill what lies between such points."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.colour)
        self.painter.drawPolygon(QPolygonF([self._at(*point) for point in points]))

    def fill(self, path: QPainterPath) -> None:
        """Fill a path."""
        self.painter.fillPath(path, self.colour)

    def _at(self, x: float, y: float) -> QPointF:
        return QPointF(x * self.size, y * self.size)


def _disc(pencil: _Pencil) -> None:
    path = QPainterPath()
    path.addEllipse(pencil.box)
    pencil.fill(path)


def _ring(pencil: _Pencil) -> None:
    pencil.painter.drawEllipse(pencil.box)


def _dotted_ring(pencil: _Pencil) -> None:
    _ring(pencil)
    dot = QPainterPath()
    dot.addEllipse(pencil.box.center(), 0.13 * pencil.size, 0.13 * pencil.size)
    pencil.fill(dot)


def _crescent(pencil: _Pencil) -> None:
    moon, shadow = QPainterPath(), QPainterPath()
    moon.addEllipse(pencil.box)
    shadow.addEllipse(pencil.box.translated(0.32 * pencil.size, -0.12 * pencil.size))
    pencil.fill(moon.subtracted(shadow))


def _two_bars(pencil: _Pencil) -> None:
    pencil.line((0.32, 0.18), (0.32, 0.82))
    pencil.line((0.68, 0.18), (0.68, 0.82))


def _two_bars_in_a_ring(pencil: _Pencil) -> None:
    thin = QPen(pencil.painter.pen())
    thin.setWidthF(max(1.0, 0.7 * pencil.stroke))
    pencil.painter.setPen(thin)
    _ring(pencil)
    pencil.line((0.4, 0.36), (0.4, 0.64))
    pencil.line((0.6, 0.36), (0.6, 0.64))


def _tip_above(pencil: _Pencil) -> None:
    pencil.line((0.12, 0.1), (0.88, 0.1))
    pencil.area((0.5, 0.26), (0.92, 0.92), (0.08, 0.92))


def _tip_below(pencil: _Pencil) -> None:
    pencil.line((0.12, 0.9), (0.88, 0.9))
    pencil.area((0.5, 0.74), (0.92, 0.08), (0.08, 0.08))


def _triangle(pencil: _Pencil) -> None:
    edge = 1 - pencil.stroke / pencil.size
    pencil.area((0.5, 1 - edge), (1.0, edge), (0.0, edge))


def _square(pencil: _Pencil) -> None:
    pencil.painter.drawRect(pencil.box)


def _bar(pencil: _Pencil) -> None:
    pencil.line((0.14, 0.5), (0.86, 0.5))


def _lock(pencil: _Pencil) -> None:
    size = pencil.size
    shackle = QRectF(0.3 * size, 0.12 * size, 0.4 * size, 0.6 * size)
    pencil.painter.drawArc(shackle, 0, 180 * 16)
    body = QPainterPath()
    body.addRect(QRectF(0.14 * size, 0.46 * size, 0.72 * size, 0.46 * size))
    pencil.fill(body)


def _question_mark(pencil: _Pencil) -> None:
    size, painter = pencil.size, pencil.painter
    hook = QPainterPath(QPointF(0.26 * size, 0.28 * size))
    hook.cubicTo(
        QPointF(0.3 * size, -0.04 * size),
        QPointF(0.98 * size, 0.1 * size),
        QPointF(0.7 * size, 0.42 * size),
    )
    hook.lineTo(QPointF(0.5 * size, 0.62 * size))
    painter.drawPath(hook)
    painter.drawPoint(QPointF(0.5 * size, 0.9 * size))


def _cross(pencil: _Pencil) -> None:
    pencil.line((0.16, 0.16), (0.84, 0.84))
    pencil.line((0.84, 0.16), (0.16, 0.84))


_SHAPES: dict[RowState, Callable[[_Pencil], None]] = {
    RowState.LIVE: _disc,
    RowState.WAITING: _ring,
    RowState.QUIET: _dotted_ring,
    RowState.MARKET_CLOSED: _crescent,
    RowState.HALTED: _two_bars,
    RowState.LIMIT_UP: _tip_above,
    RowState.LIMIT_DOWN: _tip_below,
    RowState.HALTED_OR_DELISTED: _two_bars_in_a_ring,
    RowState.STALE: _triangle,
    RowState.OFFLINE: _square,
    RowState.BEYOND_PLAN: _bar,
    RowState.NOT_IN_PLAN: _lock,
    RowState.UNKNOWN_CODE: _question_mark,
    RowState.REFUSED: _cross,
}


def vendor_tag(
    letter: str, font: QFont, theme: Theme, size: int, ratio: float, *, filled: bool
) -> QPixmap:
    """Draw a vendor's tag: its letter in a rounded square of ``size`` pixels, a muted one.

    ``filled`` cuts the letter out of it; otherwise there is only an outline.
    """
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0, 0, size, size).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(theme.muted, 1.0))
    if filled:
        painter.setBrush(theme.muted)
    painter.drawRoundedRect(box, size / 4, size / 4)
    small = QFont(font)
    small.setPixelSize(max(7, round(size * 0.72)))
    small.setWeight(QFont.Weight.DemiBold)
    painter.setFont(small)
    painter.setPen(theme.base if filled else theme.muted)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
    painter.end()
    return pixmap
