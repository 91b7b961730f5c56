"""The crosshair: two lines and two tags, snapping to bars."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont

from alltick_desk.ui.chart.furniture import Line, Piece, Tag
from alltick_desk.ui.chart.panes import Areas
from alltick_desk.ui.theme import Theme


class Crosshair:
    """Four small items that move with the pointer, so that little is repainted.

    Attributes:
        index: the bar it stands on, None while it is hidden.
        level: the height of the pointer in the view, None where keys moved it.
    """

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.index: int | None = None
        self.level: float | None = None
        self._down = Line(theme, font, style=Qt.PenStyle.DotLine)
        self._across = Line(theme, font, style=Qt.PenStyle.DotLine)
        self._price = Tag(theme, font, upright=True)
        self._time = Tag(theme, font, upright=False)
        for item in self.items:
            item.setZValue(30.0)

    @property
    def items(self) -> tuple[Piece, ...]:
        """What has to be added to the scene."""
        return (self._down, self._across, self._price, self._time)

    @property
    def texts(self) -> tuple[str, str]:
        """The time and the value that the tags tell, "" where there is none."""
        return self._time.text, self._price.text

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        for item in self.items:
            item.set_theme(theme)

    def hide(self) -> None:
        """Show no crosshair."""
        self.index = self.level = None
        for item in self.items:
            item.hide()

    def place(self, x: float, moment: str, y: float, value: str, areas: Areas) -> None:
        """Stand at a bar's middle ``x`` and the height ``y``; no level line where value is ""."""
        colour = self._time.theme.muted
        panes = areas.panes
        if panes.left() <= x <= panes.right():
            top, bottom = QPointF(round(x), panes.top()), QPointF(round(x), panes.bottom() - 1.0)
            self._down.show_between(top, bottom, colour)
            self._time.show_at(x, moment, colour, areas.time_axis)
        else:
            self._down.hide()
            self._time.hide()
        if value and panes.top() <= y <= panes.bottom():
            left, right = QPointF(panes.left(), round(y)), QPointF(panes.right() - 1.0, round(y))
            self._across.show_between(left, right, colour)
            in_price = y <= areas.price.bottom()
            self._price.show_at(
                y, value, colour, areas.price_axis if in_price else areas.volume_axis
            )
        else:
            self._across.hide()
            self._price.hide()
