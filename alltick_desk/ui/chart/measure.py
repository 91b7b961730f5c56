"""The measuring tool: how many bars, how much time, and how much price lie between two points."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter

from alltick_desk.model.figures import signed, unsigned_zero
from alltick_desk.ui.chart.announce import announce
from alltick_desk.ui.chart.pane import Pane
from alltick_desk.ui.chart.pieces import PADDING, Piece, thin
from alltick_desk.ui.chart.tools import Pointer, Tool
from alltick_desk.ui.theme import Theme

if TYPE_CHECKING:
    from alltick_desk.ui.chart.view import ChartView

translate = QCoreApplication.translate

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_LEFT = Qt.MouseButton.LeftButton
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Ruler(Piece):
    """A washed rectangle with the measured figures beside it."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__(theme, font)
        self.visible = False
        self.lines: tuple[str, ...] = ()
        self._box = QRectF()
        self._label = QRectF()
        self._rises = True
        self._end = QPointF()

    def show_between(
        self, start: QPointF, end: QPointF, lines: tuple[str, ...], pane: QRectF, *, rises: bool
    ) -> None:
        """Span two points of a pane."""
        self._box = QRectF(start, end).normalized()
        self._end = end
        self._rises = rises
        self.lines = lines
        width = max(map(self.metrics.horizontalAdvance, lines)) + 2.0 * PADDING
        height = len(lines) * self.metrics.height() + PADDING
        left = min(max(end.x() - 0.5 * width, pane.left()), pane.right() - width)
        above = end.y() <= start.y()
        top = self._box.top() - height - PADDING if above else self._box.bottom() + PADDING
        top = min(max(top, pane.top()), pane.bottom() - height)
        self._label = QRectF(round(left), round(top), width, height)
        self.set_area(self._box.united(self._label).adjusted(-8.0, -8.0, 8.0, 8.0))
        self.show()
        self.update()

    def draw(self, painter: QPainter) -> None:
        colour = self.theme.accent if self._rises else self.theme.down
        wash = QColor(colour)
        wash.setAlphaF(0.16)
        painter.fillRect(self._box, wash)
        painter.setPen(thin(colour))
        middle = self._box.center()
        across = (QPointF(self._box.left(), middle.y()), QPointF(self._box.right(), middle.y()))
        down = (QPointF(middle.x(), self._box.top()), QPointF(middle.x(), self._box.bottom()))
        painter.drawLine(*across)
        painter.drawLine(*down)
        self._point_out(painter, middle)
        painter.fillRect(self._label, colour)
        painter.setPen(self.theme.base)
        row = QRectF(self._label.adjusted(PADDING, 0.5 * PADDING, -PADDING, 0.0))
        row.setHeight(self.metrics.height())
        for line in self.lines:
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, line)
            row.translate(0.0, self.metrics.height())

    def _point_out(self, painter: QPainter, middle: QPointF) -> None:
        """Draw the heads of the two arrows, where there is room for them."""
        x, y = self._end.x(), self._end.y()
        if self._box.width() > 12.0:
            back = -5.0 if x >= middle.x() else 5.0
            for aside in (-4.0, 4.0):
                painter.drawLine(QPointF(x, middle.y()), QPointF(x + back, middle.y() + aside))
        if self._box.height() > 12.0:
            back = -5.0 if y >= middle.y() else 5.0
            for aside in (-4.0, 4.0):
                painter.drawLine(QPointF(middle.x(), y), QPointF(middle.x() + aside, y + back))


class MeasureTool(Tool):
    """Measures from where the button was pressed, or from click to click.

    As a resident tool (``held``) it answers to Shift and a drag. As the active one also to two
    clicks, and to keys: Return sets the first point at the crosshair, arrows move the second.
    """

    def __init__(self, *, held: bool) -> None:
        self._held = held
        self._view: ChartView | None = None
        self._ruler: Ruler | None = None
        self._pane: Pane | None = None
        self._start = (0.0, 0.0)  # bar and value
        self._end = (0.0, 0.0)
        self._pressed = QPointF()
        self._measuring = False

    @property
    def text(self) -> str:
        """What is measured now, "" for nothing."""
        ruler = self._ruler
        return "  ".join(ruler.lines) if ruler is not None and ruler.visible else ""

    # a tool

    def begin(self, view: "ChartView") -> None:
        self._view = view
        if self._ruler is None:
            self._ruler = Ruler(view.theme, view.small)
            view.add_moving(self._ruler)
            view.redrawn.append(self.show)

    def leave(self) -> None:
        self._measuring = False
        self._pane = None
        if self._ruler is not None:
            self._ruler.hide()

    def press(self, at: Pointer) -> bool:
        if at.button != _LEFT or at.pane is None:
            return False
        if self._held and not at.modifiers & _SHIFT:
            if self._ruler is not None:
                self._ruler.hide()  # a plain click puts the last measure away
            self._pane = None
            return False
        if self._measuring:
            self._to(at)
            self._measuring = False
            return True
        self._from(at.pane, round(at.bar), at.value)
        self._pressed = at.place
        return True

    def move(self, at: Pointer) -> bool:
        if self._measuring:
            self._to(at)
        return self._measuring

    def release(self, at: Pointer) -> bool:
        far = (at.place - self._pressed).manhattanLength() > 4.0
        if self._measuring and (far or self._held):
            self._measuring = False
            if not far:
                self.leave()
        return True

    def key(self, event: QKeyEvent) -> bool:
        view = self._view
        if self._held:
            if event.key() == Qt.Key.Key_Escape and self._pane is not None:
                self.leave()
                return True
            return False
        if view is None:
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            index = view.crosshair.index
            if self._measuring or index is None:
                self._measuring = False
            else:
                self._from(view.price, index, float(view.series.close[index]))
            return True
        if not self._measuring or event.key() not in _ARROWS or self._pane is None:
            return False
        bars, steps = _ARROWS[Qt.Key(event.key())]
        bar, value = self._end
        scale = self._pane.scale
        value = scale.value(scale.pixel(value) - 8.0 * steps)
        if bars:
            bar = min(max(bar + bars, 0.0), len(view.series) - 1.0)
            value = float(view.series.close[int(bar)]) if self._pane is view.price else value
        self._end = (bar, value)
        view.bring_into_view(int(bar))
        self.show()
        announce(view, self.text)
        return True

    def show(self) -> None:
        """Stand where the two points stand now."""
        view, ruler, pane = self._view, self._ruler, self._pane
        if view is None or ruler is None or pane is None or pane.area.isEmpty():
            return
        start, end = (
            QPointF(view.x_of(bar), pane.scale.pixel(value))
            for bar, value in (self._start, self._end)
        )
        rises = self._end[1] >= self._start[1]
        ruler.show_between(start, end, self._figures(view, pane), pane.area, rises=rises)

    # inside

    def _from(self, pane: Pane, bar: float, value: float) -> None:
        self._pane, self._start, self._end = pane, (bar, value), (bar, value)
        self._measuring = True
        self.show()

    def _to(self, at: Pointer) -> None:
        if self._pane is None:
            return
        scale = self._pane.scale
        height = min(max(at.place.y(), scale.area.top()), scale.area.bottom())
        self._end = (round(at.bar), scale.value(height))
        self.show()

    def _figures(self, view: "ChartView", pane: Pane) -> tuple[str, ...]:
        (first, low), (last, high) = self._start, self._end
        bars = round(last - first)
        seconds = view.axis.time_at(last) - view.axis.time_at(first)
        change = high - low
        moved = (
            signed(change, view.series.digits)
            if pane is view.price
            else unsigned_zero(f"{change:+.6g}")
        )
        if low:
            moved += f"  {signed(change / abs(low) * 100.0, 2)}%"
        counted = translate("Chart", "1 bar")
        if abs(bars) != 1:
            counted = translate("Chart", "{count} bars").format(count=abs(bars))
        words = translate("Chart", "{bars}, {time}")
        return moved, words.format(bars=counted, time=span_text(abs(seconds)))


def span_text(seconds: float) -> str:
    """Write a span of time: ``3 d 04:00``, ``1:05 h``, ``12 min``."""
    minutes = round(seconds / 60.0)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        rest = f" {hour:02}:{minute:02}" if (hour or minute) and days < 30 else ""
        return translate("Chart", "{days} d{rest}").format(days=days, rest=rest)
    if hours:
        return translate("Chart", "{hours}:{minutes} h").format(hours=hours, minutes=f"{minute:02}")
    return translate("Chart", "{minutes} min").format(minutes=minute)
