"""The table's header: flat, and its titles stand exactly over the texts below."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from alltick_desk.ui.theme import Theme, fill
from alltick_desk.ui.watchlist.columns import COLUMNS

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class ColumnTitles(QHeaderView):
    """A horizontal header whose titles keep ``pad`` pixels from their column's edges."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("watchlist.titles")
        self.pad = 0
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.viewport().update()

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
        painter.setPen(theme.muted)
        title = str(self.model().headerData(logical, self.orientation()))
        room = rect.adjusted(self.pad, 0, -self.pad, 0)
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _RIGHT if COLUMNS[logical].figure else _LEFT, shown)
