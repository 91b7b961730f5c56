"""The table's header: flat, its titles stand exactly over the texts below.

A title can be clicked to sort, dragged to another place, and asked for a menu. The one that the
table is sorted by has an arrow, and two bars beside it while the order is held. The one that the
keyboard is on has a frame.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from alltick_desk.ui.theme import Theme, fill
from alltick_desk.ui.watchlist.arrangement import OWN_ORDER, Sorting
from alltick_desk.ui.watchlist.title_keys import WalkedTitles

FOCUS = 2  # pixels of the frame around the title that the keyboard is on

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_SIDES = {
    "left": int(Qt.AlignmentFlag.AlignLeft) | _MIDDLE,
    "right": int(Qt.AlignmentFlag.AlignRight) | _MIDDLE,
    "centre": int(Qt.AlignmentFlag.AlignHCenter) | _MIDDLE,
}


class ColumnTitles(WalkedTitles):
    """A horizontal header whose titles keep ``pad`` pixels from their column's edges.

    Attributes:
        pad: the room at both ends of a title.
        sides: where every title stands: left, right or centre.
        sorted_by: the place of the column that the table is sorted by, -1 for none.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("watchlist.titles")
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.pad = 0
        self.sides: list[str] = []
        self.sorted_by = -1
        self._sorting = OWN_ORDER
        self._held = False
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.viewport().update()

    def show_sorting(self, place: int, sorting: Sorting, *, held: bool) -> None:
        """Mark the column at ``place`` as what the table is sorted by, -1 for none."""
        if (place, sorting, held) != (self.sorted_by, self._sorting, self._held):
            self.sorted_by, self._sorting, self._held = place, sorting, held
            self.viewport().update()

    def take_back_moves(self) -> None:
        """Show the columns in the model's order again, and tell nobody."""
        self.blockSignals(True)
        for place in range(self.count()):
            self.moveSection(self.visualIndex(place), place)
        self.blockSignals(False)

    # Qt's events

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(QFontMetrics(self.font()).height() * 1.7))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        theme = self._theme
        fill(painter, rect, theme.raised)
        fill(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line)
        if logical > 0:
            inset = rect.height() // 4
            fill(painter, rect.adjusted(0, inset, 1 - rect.width(), -inset), theme.line)
        metrics = painter.fontMetrics()
        room = rect.adjusted(self.pad, 0, -self.pad, 0)
        side = self.sides[logical] if logical < len(self.sides) else "left"
        ordering = logical == self.sorted_by
        shown = self.shown_title(logical)
        painter.setPen(theme.text if ordering else theme.muted)
        if ordering:
            taken = metrics.horizontalAdvance(shown)
            x = room.left() + taken + 3  # behind the title, or before one on the right
            if side == "right":
                x = room.right() + 1 - taken - self.mark_width()
            elif side == "centre":
                x = room.left()
                room.setLeft(x + self.mark_width())
            self._paint_order(painter, x, room.center().y())
            painter.setPen(theme.text)
        painter.drawText(room, _SIDES[side], shown)
        if logical == self.current and self.hasFocus():
            self._paint_focus(painter, rect)

    def _paint_focus(self, painter: QPainter, rect: QRect) -> None:
        painter.save()
        painter.setPen(QPen(self._theme.accent, FOCUS))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = FOCUS / 2
        painter.drawRect(QRectF(rect).adjusted(half, half, -half, -half))
        painter.restore()

    def shown_title(self, logical: int) -> str:
        """Return a column's title as it is shown, cut where it has no room."""
        title = str(self.model().headerData(logical, self.orientation()))
        mark = self.mark_width() if logical == self.sorted_by else 0
        room = self.sectionSize(logical) - 2 * self.pad - mark
        metrics = QFontMetrics(self.font())
        if metrics.horizontalAdvance(title) <= room:  # less than half a pixel is no cut
            return title
        return metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)

    def mark_width(self) -> int:
        """Return the room that the sign of the order takes, held or not."""
        size = self._arrow()
        return size + 3 * max(1, size // 4) + 5

    def _arrow(self) -> int:
        return max(5, round(QFontMetrics(self.font()).ascent() * 0.5))

    def _paint_order(self, painter: QPainter, x: int, middle: int) -> None:
        """Draw the arrow, and behind it two bars while the order is held."""
        size = self._arrow()
        y = middle - size / 2 + 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.accent)
        tip, foot = (y + size, y) if self._sorting.descending else (y, y + size)
        points = [QPointF(x + size / 2, tip), QPointF(x + size, foot), QPointF(x, foot)]
        painter.drawPolygon(QPolygonF(points))
        painter.restore()
        if self._held:
            bar = max(1, size // 4)
            for step in (0, 2 * bar):
                fill(painter, QRect(x + size + 2 + step, round(y), bar, size), self._theme.warn)
