"""The mark in the table that shows where a drop would go."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

_THICK = 2  # pixels of the line
_HALF = 5  # of the height of the triangles at its ends


class DropMark(QWidget):
    """A line between two lines of a table, or a frame around one."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.setObjectName("lists.dropMark")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._room = viewport
        self._framed = False
        self.hide()

    def mark(self, line: QRect, *, framed: bool) -> None:
        """Show it above a line of the table, or around it."""
        room = self._room.rect()
        if framed:
            area = line
        else:
            y = min(max(line.top(), room.top() + _THICK), room.bottom() + 1 - _THICK)
            area = QRect(line.left(), y - _HALF, line.width(), 2 * _HALF)
        self._framed = framed
        self.setGeometry(area)
        self.show()
        self.raise_()
        self.update()

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(colour, _THICK))
        if self._framed:
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        else:
            middle = float(_HALF)
            painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            right = float(self.width())
            for x, tip in ((0.0, float(_HALF)), (right, right - _HALF)):
                corners = [QPointF(x, 0), QPointF(x, 2 * _HALF), QPointF(tip, middle)]
                painter.drawPolygon(QPolygonF(corners))
        painter.end()
