"""Pieces: small things that stand somewhere in the chart's own pixels and know no bars."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from alltick_desk.ui.chart.texts import Texts
from alltick_desk.ui.theme import Theme

PADDING = 6.0
_MIDDLE = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
_ELLIPSIS = "…"


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


class Piece:
    """Something with a rectangle, a font and the theme; subclasses paint themselves in ``draw``.

    Attributes:
        area: where it stands, in the view's pixels; nothing is painted outside.
        visible: whether it is painted.
        on_change: called with what has to be painted anew; the surface sets it.
    """

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.words = Texts(font)
        self.area = QRectF()
        self.visible = True
        self.on_change: Callable[[QRectF], None] = _nobody

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.theme = theme
        self.update()

    def set_area(self, area: QRectF) -> None:
        """Stand somewhere else."""
        before = self.area
        if area == before:
            return
        self.area = area
        if not self.visible:
            return
        if area.intersects(before):  # it moved a little: one rectangle is sooner painted than two
            self.on_change(area.united(before))
            return
        for one in (before, area):
            if not one.isEmpty():
                self.on_change(one)

    def show(self) -> None:
        """Be painted."""
        if not self.visible:
            self.visible = True
            self.update()

    def hide(self) -> None:
        """Be painted no more."""
        if self.visible:
            self.update()
            self.visible = False

    def update(self) -> None:
        """Be painted anew."""
        if self.visible and not self.area.isEmpty():
            self.on_change(self.area)

    def draw(self, painter: QPainter) -> None:
        """Paint inside ``area``."""
        raise NotImplementedError


class Tag(Piece):
    """A filled label upon an axis: the last price, the crosshair's price and time."""

    def __init__(self, theme: Theme, font: QFont, *, upright: bool) -> None:
        super().__init__(theme, font)
        self._upright = upright
        self._lines: tuple[str, ...] = ()
        self._fill = theme.muted
        self.visible = False

    def show_at(self, at: float, text: str, fill: QColor, axis: QRectF) -> None:
        """Write ``text`` on ``fill`` with its middle at ``at``, wholly within the axis.

        Further lines of the text stand beneath the first, which keeps its place.
        """
        lines = tuple(text.split("\n"))
        height = self.metrics.height() + 2.0
        if self._upright:
            whole = len(lines) * self.metrics.height() + 2.0
            top = min(max(at - 0.5 * height, axis.top()), max(axis.top(), axis.bottom() - whole))
            area = QRectF(axis.left() + 1.0, round(top), axis.width() - 1.0, whole)
        else:
            width = self.words.width(text) + 2.0 * PADDING
            left = min(max(at - 0.5 * width, axis.left()), axis.right() - width)
            area = QRectF(round(left), axis.top() + 1.0, width, axis.height() - 1.0)
        self.set_area(area)
        self.show()
        if (lines, fill) != (self._lines, self._fill):
            self._lines, self._fill = lines, fill
            self.update()

    @property
    def text(self) -> str:
        """What is written, "" while it is hidden."""
        return "\n".join(self._lines) if self.visible else ""

    def draw(self, painter: QPainter) -> None:
        painter.fillRect(self.area, self._fill)
        painter.setPen(self.theme.base)
        # At a point, since laying a text out in a rectangle takes as long as drawing it.
        x, baseline = self.area.left() + PADDING, self.area.top() + self.metrics.ascent()
        if self._upright:
            x, baseline = x - 1.0, baseline + 1.0
        else:
            baseline += 0.5 * (self.area.height() - self.metrics.height())
        for line in self._lines:
            painter.drawText(QPointF(x, baseline), line)
            baseline += self.metrics.height()


class Line(Piece):
    """One straight line, level or upright, over its whole area."""

    def __init__(
        self, theme: Theme, font: QFont, *, style: Qt.PenStyle = Qt.PenStyle.DashLine
    ) -> None:
        super().__init__(theme, font)
        self._style = style
        self._pen = thin(theme.muted, style)
        self.visible = False

    def show_between(self, start: QPointF, end: QPointF, colour: QColor) -> None:
        """Draw from one point to the other."""
        self.set_area(QRectF(start, end).adjusted(0.0, 0.0, 1.0, 1.0))
        self.show()
        if colour != self._pen.color():
            self._pen = thin(colour, self._style)
            self.update()

    def draw(self, painter: QPainter) -> None:
        painter.setPen(self._pen)
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
        room = self.area.adjusted(4 * PADDING, 0.0, -4 * PADDING, 0.0)
        shown = cut_to_fit(self.text, self.metrics, room)
        painter.drawText(room, _MIDDLE, shown)


def cut_to_fit(text: str, metrics: QFontMetricsF, room: QRectF) -> str:
    """Return as much of the beginning of ``text`` as has room, wrapped, with dots for the rest."""

    def fits(words: str) -> bool:
        return metrics.boundingRect(room, _MIDDLE, words).height() <= room.height()

    if fits(text):
        return text
    least, most = 0, len(text)  # letters that fit, and that do not
    while most - least > 1:
        middle = (least + most) // 2
        if fits(text[:middle].rstrip() + _ELLIPSIS):
            least = middle
        else:
            most = middle
    return text[:least].rstrip() + _ELLIPSIS


def _nobody(_area: QRectF) -> None:
    """Nobody paints it yet."""
