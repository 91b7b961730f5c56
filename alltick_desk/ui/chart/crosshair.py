"""The crosshair: two lines and two tags, snapping to bars."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont

from alltick_desk.ui.chart.pane import Pane
from alltick_desk.ui.chart.pieces import Line, Piece, Tag
from alltick_desk.ui.theme import Theme

NO_LEVEL = -1.0  # a height outside every pane: no line across


class Crosshair:
    """Four pieces that move with the pointer.

    Attributes:
        index: the bar it stands on, None while it is hidden.
        level: the height of the pointer in the view, None where keys moved it, NO_LEVEL where
            the pointer is in another chart.
    """

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.index: int | None = None
        self.level: float | None = None
        self._down = Line(theme, font, style=Qt.PenStyle.DotLine)
        self._across = Line(theme, font, style=Qt.PenStyle.DotLine)
        self._value = Tag(theme, font, upright=True)
        self._time = Tag(theme, font, upright=False)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What has to be added to the surface."""
        return (self._down, self._across, self._value, self._time)

    @property
    def texts(self) -> tuple[str, str]:
        """The time and the value that the tags tell, "" where there is none."""
        return self._time.text, self._value.text

    def hide(self) -> None:
        """Show no crosshair."""
        self.index = self.level = None
        for piece in self.pieces:
            piece.hide()

    def place(self, x: float, moment: str, panes: QRectF, time_axis: QRectF) -> None:
        """Stand at a bar's middle."""
        if not panes.left() <= x <= panes.right():
            self._down.hide()
            self._time.hide()
            return
        colour = self._time.theme.muted
        top, bottom = QPointF(round(x), panes.top()), QPointF(round(x), panes.bottom() - 1.0)
        self._down.show_between(top, bottom, colour)
        self._time.show_at(x, moment, colour, time_axis)

    def level_at(self, y: float, pane: Pane | None) -> None:
        """Stand at a height of a pane; at none where ``pane`` is None."""
        if pane is None or not pane.area.top() <= y <= pane.area.bottom():
            self._across.hide()
            self._value.hide()
            return
        colour, area = self._time.theme.muted, pane.area
        left, right = QPointF(area.left(), round(y)), QPointF(area.right() - 1.0, round(y))
        self._across.show_between(left, right, colour)
        text = pane.writing.text(pane.scale.value(y))
        self._value.show_at(y, text, colour, pane.axis)
