"""The lines of the moment: the last price with what is left of its bar, bid and ask."""

import math
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont

from alltick_desk.model.series import Row
from alltick_desk.ui.chart.pane import Pane
from alltick_desk.ui.chart.pieces import Line, Piece, Tag, mixed
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate


class Sides(NamedTuple):
    """The best prices of both sides; None where there is none, or none is to be shown."""

    bid: float | None
    ask: float | None


class PriceLine:
    """A dashed line across the price pane and its tag on the axis."""

    def __init__(self, theme: Theme, font: QFont, style: Qt.PenStyle = Qt.PenStyle.DashLine):
        self.line = Line(theme, font, style=style)
        self.tag = Tag(theme, font, upright=True)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What has to be added to the surface."""
        return (self.line, self.tag)

    def hide(self) -> None:
        """Show nothing."""
        self.line.hide()
        self.tag.hide()

    def show_at(
        self, price: float, text: str, colour: QColor, pane: Pane, clear_of: QRectF | None = None
    ) -> None:
        """Stand at a price; nowhere where that is out of view.

        The tag gives way to what stands at ``clear_of`` already, up or down.
        """
        area = pane.area
        y = pane.scale.pixel(price) if not area.isEmpty() else math.nan
        if not area.top() <= y <= area.bottom():
            self.hide()
            return
        start = QPointF(area.left(), round(y))
        self.line.show_between(start, QPointF(area.right() - 1.0, round(y)), colour)
        self.tag.show_at(y, text, colour, pane.axis)
        if clear_of is not None and self.tag.area.intersects(clear_of):
            half = 0.5 * self.tag.area.height()
            above = y < clear_of.center().y()
            at = clear_of.top() - half if above else clear_of.bottom() + half
            self.tag.show_at(at, text, colour, pane.axis)


class QuoteLines:
    """The last price, and bid and ask where they are asked for."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.last = PriceLine(theme, font)
        self.bid = PriceLine(theme, font, Qt.PenStyle.DotLine)
        self.ask = PriceLine(theme, font, Qt.PenStyle.DotLine)
        self._remaining = ""
        self._sides = Sides(None, None)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What has to be added to the surface; the last price covers the others."""
        return (*self.bid.pieces, *self.ask.pieces, *self.last.pieces)

    def hide(self) -> None:
        """Show nothing."""
        for line in (self.last, self.bid, self.ask):
            line.hide()

    @property
    def remaining(self) -> str:
        """How long the last bar has to go, as it is written."""
        return self._remaining

    def tell(self, remaining: str | None, sides: Sides | None) -> bool:
        """Take what is said from the next ``place`` on, None for no news; True for any news."""
        before = (self._remaining, self._sides)
        self._remaining = self._remaining if remaining is None else remaining
        self._sides = self._sides if sides is None else sides
        return (self._remaining, self._sides) != before

    def place(self, newest: Row, theme: Theme, pane: Pane) -> None:
        """Stand where the newest bar closes, and where bid and ask are."""
        colour = theme.up if newest.close >= newest.open else theme.down
        text = pane.writing.text(newest.close)
        if self._remaining:
            text += f"\n{self._remaining}"
        self.last.show_at(newest.close, text, colour, pane)
        for line, price, hue in zip(
            (self.bid, self.ask), self._sides, (theme.up, theme.down), strict=True
        ):
            if price is None:
                line.hide()
                continue
            colour = mixed(hue, theme.base, 0.75)
            line.show_at(price, pane.writing.text(price), colour, pane, self.last.tag.area)
        self._leave_free(pane)

    def _leave_free(self, pane: Pane) -> None:
        """Have the axis write nothing beneath the tags."""
        tags = (self.last.tag, self.bid.tag, self.ask.tag)
        pane.labels.leave_free(
            *(tag.area.adjusted(0.0, 3.0, 0.0, -3.0) for tag in tags if tag.visible)
        )


def countdown_text(seconds: float) -> str:
    """Write what is left of a bar: ``4:07``, ``1:04:07``, ``3d 04h``; "" where nothing is."""
    left = math.ceil(seconds)
    if left <= 0:
        return ""
    minutes, second = divmod(left, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return translate("Chart", "{days}d {hours}h").format(days=days, hours=f"{hour:02}")
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
