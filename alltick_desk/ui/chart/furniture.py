"""What stands around the candles: grid, axes, tags, the last price, a message.

All of it lives in the view's own pixels and is told where to stand; none of it knows bars.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from alltick_desk.ui.theme import Theme

PADDING = 6.0


def thin(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen one pixel wide at any zoom."""
    pen = QPen(colour, 1.0, style)
    pen.setCosmetic(True)
    return pen


def mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """Return an opaque colour with ``share`` of one and the rest of the other."""
    rest = 1.0 - share
    return QColor.fromRgbF(
        colour.redF() * share + ground.redF() * rest,
        colour.greenF() * share + ground.greenF() * rest,
        colour.blueF() * share + ground.blueF() * rest,
    )


class Piece(QGraphicsItem):
    """An item with a rectangle, a font and the theme."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__()
        self.theme = theme
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.area = QRectF()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.theme = theme
        self.update()

    def set_area(self, area: QRectF) -> None:
        """Stand somewhere else."""
        if area != self.area:
            self.prepareGeometryChange()
            self.area = area

    def draw(self, painter: QPainter) -> None:
        """Paint inside ``area``."""
        raise NotImplementedError

    # Qt

    def boundingRect(self) -> QRectF:
        return self.area

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        painter.setFont(self.font)
        self.draw(painter)


class Grid(Piece):
    """Lines across the panes at the axes' marks, and the panes' borders."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__(theme, font)
        self._across: Sequence[float] = ()
        self._down: Sequence[float] = ()
        self._borders: Sequence[float] = ()

    def set_lines(
        self, across: Sequence[float], down: Sequence[float], borders: Sequence[float]
    ) -> None:
        """Draw lines at heights ``across``, at places ``down``, and stronger at ``borders``."""
        self._across, self._down, self._borders = across, down, borders
        self.update()

    def draw(self, painter: QPainter) -> None:
        # Filled, opaque, one pixel wide: a tenth of what lines with a pen cost.
        left, top = int(self.area.left()), int(self.area.top())
        width, height = int(self.area.width()), int(self.area.height())
        faint = mixed(self.theme.line, self.theme.base, 0.55)
        for y in self._across:
            painter.fillRect(left, int(y), width, 1, faint)
        for x in self._down:
            painter.fillRect(int(x), top, 1, height, faint)
        for y in self._borders:
            painter.fillRect(left, int(y), width, 1, self.theme.line)
        painter.fillRect(left + width, top, 1, height, self.theme.line)

    # Qt

    def boundingRect(self) -> QRectF:
        return self.area.adjusted(0.0, 0.0, 1.0, 1.0)


class AxisLabels(Piece):
    """Texts along an axis, each wholly visible or not there; ``upright`` for the price axis."""

    def __init__(self, theme: Theme, font: QFont, *, upright: bool) -> None:
        super().__init__(theme, font)
        self._upright = upright
        self._labels: Sequence[tuple[float, str, bool]] = ()
        self._taken = QRectF()

    def leave_free(self, area: QRectF) -> None:
        """Write nothing where a tag stands; an empty area for no tag."""
        if area != self._taken:
            height = self.metrics.height()  # a label that comes or goes reaches so far beyond
            for changed in (self._taken, area):
                self.update(changed.adjusted(0.0, -height, 0.0, height))
            self._taken = area

    def set_labels(self, labels: Sequence[tuple[float, str, bool]]) -> None:
        """Write texts with their middles at pixel positions; the flag makes one stand out."""
        self._labels = labels
        self.update()

    def draw(self, painter: QPainter) -> None:
        half_height = 0.5 * self.metrics.height()
        for at, text, major in self._labels:
            if self._upright:
                place = QRectF(
                    self.area.left() + PADDING,
                    at - half_height,
                    self.area.width() - PADDING,
                    2.0 * half_height,
                )
                inside = place.top() >= self.area.top() and place.bottom() <= self.area.bottom()
                flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            else:
                width = self.metrics.horizontalAdvance(text) + 2.0
                place = QRectF(at - 0.5 * width, self.area.top(), width, self.area.height())
                inside = place.left() >= self.area.left() and place.right() <= self.area.right()
                flags = Qt.AlignmentFlag.AlignCenter
            if inside and not place.intersects(self._taken):
                painter.setPen(self.theme.text if major else self.theme.muted)
                painter.drawText(place, flags, text)


class Tag(Piece):
    """A filled label upon an axis: the last price, the crosshair's price and time."""

    def __init__(self, theme: Theme, font: QFont, *, upright: bool) -> None:
        super().__init__(theme, font)
        self._upright = upright
        self._text = ""
        self._fill = theme.muted
        self.hide()

    def show_at(self, at: float, text: str, fill: QColor, axis: QRectF) -> None:
        """Write ``text`` on ``fill`` with its middle at ``at``, wholly within the axis."""
        height = self.metrics.height() + 2.0
        if self._upright:
            top = min(max(at - 0.5 * height, axis.top()), axis.bottom() - height)
            area = QRectF(axis.left() + 1.0, round(top), axis.width() - 1.0, height)
        else:
            width = self.metrics.horizontalAdvance(text) + 2.0 * PADDING
            left = min(max(at - 0.5 * width, axis.left()), axis.right() - width)
            area = QRectF(round(left), axis.top() + 1.0, width, axis.height() - 1.0)
        self.set_area(area)
        self._text = text
        self._fill = fill
        self.show()
        self.update()

    @property
    def text(self) -> str:
        """What is written, "" while it is hidden."""
        return self._text if self.isVisible() else ""

    def draw(self, painter: QPainter) -> None:
        painter.fillRect(self.area, self._fill)
        painter.setPen(self.theme.base)
        if self._upright:
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.area.adjusted(PADDING - 1.0, 0.0, 0.0, 0.0), flags, self._text)
        else:
            painter.drawText(self.area, Qt.AlignmentFlag.AlignCenter, self._text)


class Line(Piece):
    """One straight line, level or upright, over its whole area."""

    def __init__(
        self, theme: Theme, font: QFont, *, style: Qt.PenStyle = Qt.PenStyle.DashLine
    ) -> None:
        super().__init__(theme, font)
        self._style = style
        self._colour = theme.muted
        self.hide()

    def show_between(self, start: QPointF, end: QPointF, colour: QColor) -> None:
        """Draw from one point to the other."""
        self.set_area(QRectF(start, end).adjusted(0.0, 0.0, 1.0, 1.0))
        if colour != self._colour:
            self._colour = colour
            self.update()
        self.show()

    def draw(self, painter: QPainter) -> None:
        painter.setPen(thin(self._colour, self._style))
        last = self.area.bottomRight() - QPointF(1.0, 1.0)
        painter.drawLine(self.area.topLeft().toPoint(), last.toPoint())


class Message(Piece):
    """A calm sentence in the middle of an empty pane."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__(theme, font)
        self.text = ""

    def say(self, text: str) -> None:
        """Show ``text``; nothing where it is empty."""
        if text != self.text:
            self.text = text
            self.update()

    def draw(self, painter: QPainter) -> None:
        painter.setPen(self.theme.muted)
        room = self.area.adjusted(4 * PADDING, 4 * PADDING, -4 * PADDING, -4 * PADDING)
        flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(room, flags, self.text)
