"""What is drawn in cells instead of written: the line and the range of the day, and arrows."""

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF, QTransform

from alltick_desk.ui.watchlist.day_line import DayLine

_KEPT = 400


class DayLinePaths:
    """Lines of days fitted into cells; a line is read once, and then only what it gained."""

    def __init__(self) -> None:
        self._read: dict[int, tuple[DayLine, int, QPolygonF]] = {}

    def path(self, line: DayLine, room: QRectF) -> QPolygonF:
        """Return the line as points within a part of the viewport."""
        kept = self._read.get(id(line))
        first, points = 0, QPolygonF()
        # A line that began anew or was thinned has fewer points than its changes would have made.
        if kept is not None and kept[0] is line:
            gained = line.version - kept[1]
            if kept[2].size() + gained == len(line):
                first, points = kept[2].size(), kept[2]
        for at, value in line.points(first):
            points.append(QPointF(at, value))
        if len(self._read) >= _KEPT:
            self._read.clear()
        self._read[id(line)] = line, line.version, points
        return fitted(points, room)


def fitted(points: QPolygonF, room: QRectF) -> QPolygonF:
    """Return points spread over the whole of ``room``; a level is in the middle."""
    box = points.boundingRect()
    long, tall, width, height = box.width(), box.height(), room.width(), room.height()
    across = width / long if long else 0.0
    down = height / tall if tall else 0.0
    x = room.x() - box.x() * across if long else room.x() + width
    y = room.y() + height + box.y() * down if tall else room.y() + height / 2
    return QTransform(across, 0, 0, -down, x, y).map(points)


def paint_paths(painter: QPainter, paths: Iterable[tuple[QPolygonF, QColor]]) -> None:
    """Draw paths, all in one go: to and fro between smooth and plain takes Qt long."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for path, colour in paths:
        painter.setPen(colour)  # one pixel wide: a little more takes Qt ten times as long
        if path.size() > 1:
            painter.drawPolyline(path)
        else:
            painter.drawPoint(path.at(0))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def range_areas(
    left: int, top: int, width: int, height: int, place: float
) -> tuple[QRect, QRect, QRect]:
    """Return a bar from the low (left) to the high, its part below ``place``, and the mark there.

    ``place`` is between 0 and 1, the rest in pixels.
    """
    thick = max(3, height // 5)
    above = top + (height - 1) // 2 - thick // 2
    mark = max(3, thick)
    at = round((width - mark) * place)
    return (
        QRect(left, above, width, thick),
        QRect(left, above, at, thick),
        QRect(left + at, top, mark, height),
    )


def arrow(up: bool, colour: QColor, size: int, ratio: float) -> QPixmap:
    """Draw a triangle that points up or down, ``size`` pixels wide and high."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    box = QRectF(0, size * 0.15, size, size * 0.75)
    tip, foot = (box.top(), box.bottom()) if up else (box.bottom(), box.top())
    painter.drawPolygon(
        QPolygonF([QPointF(size / 2, tip), QPointF(size, foot), QPointF(0.0, foot)])
    )
    painter.end()
    return pixmap


def pin(colour: QColor, size: int, ratio: float) -> QPixmap:
    """Draw a pin: a head, and a needle that points down to the left."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, max(1.2, size / 9)))
    painter.drawLine(QPointF(size * 0.12, size * 0.9), QPointF(size * 0.5, size * 0.5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(size * 0.36, size * 0.06, size * 0.58, size * 0.58))
    painter.end()
    return pixmap


def paint_fold(painter: QPainter, box: QRectF, *, folded: bool) -> None:
    """Draw the two strokes that tell whether a section is folded, in the painter's pen."""
    middle = box.center()
    reach = box.width() / 4
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if folded:
        ends = QPointF(-reach / 2, -reach), QPointF(reach / 2, 0), QPointF(-reach / 2, reach)
    else:
        ends = QPointF(-reach, -reach / 2), QPointF(0, reach / 2), QPointF(reach, -reach / 2)
    first, tip, last = (middle + end for end in ends)
    painter.drawLines([QLineF(first, tip), QLineF(tip, last)])
    painter.restore()
