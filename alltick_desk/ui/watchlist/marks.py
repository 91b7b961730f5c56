"""The shapes in the table: the state's, and the vendor's tag.

Each is told twice, by shape or letter and by colour, for whoever does not see one of them.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from alltick_desk.services.quotes import RowState
from alltick_desk.ui.theme import Theme


def state_colour(state: RowState, theme: Theme) -> QColor:
    """Return the colour of a state's word and shape."""
    if state is RowState.LIVE:
        return theme.accent
    if state in {RowState.STALE, RowState.BEYOND_PLAN}:
        return theme.warn
    if state in {RowState.WAITING, RowState.OFFLINE}:
        return theme.muted
    return theme.error


def state_mark(state: RowState, colour: QColor, size: int, ratio: float) -> QPixmap:
    """Draw a state's shape, ``size`` pixels wide and high at a device pixel ratio of ``ratio``.

    Full circle: live. Ring: waiting. Triangle: stale. Square: offline. Bar: beyond the plan.
    Cross: the vendor refused.
    """
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = max(1.4, size / 7)
    painter.setPen(QPen(colour, stroke, c=Qt.PenCapStyle.RoundCap))
    box = QRectF(0, 0, size, size).adjusted(stroke, stroke, -stroke, -stroke)
    if state is RowState.LIVE:
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(box)
    elif state is RowState.WAITING:
        painter.drawEllipse(box)
    elif state is RowState.STALE:
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        top = QPointF(size / 2, stroke / 2)
        edge = size - stroke
        painter.drawPolygon(QPolygonF([top, QPointF(size, edge), QPointF(0, edge)]))
    elif state is RowState.OFFLINE:
        painter.drawRect(box)
    elif state is RowState.BEYOND_PLAN:
        painter.drawLine(QPointF(stroke, size / 2), QPointF(size - stroke, size / 2))
    else:
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
    painter.end()
    return pixmap


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
