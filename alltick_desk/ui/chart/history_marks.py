"""What the history itself has to say: holes, hatched, and where it begins."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter

from alltick_desk.services.gaps import ChartGap
from alltick_desk.ui.chart.layers import Entry, Kept, Layer, PaneView
from alltick_desk.ui.chart.pane import Pane
from alltick_desk.ui.chart.pieces import PADDING, thin
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

_LEAST_PX = 7.0  # a hole between two bars would not be seen on an axis that leaves it out
_ROOM_PX = 150.0  # from which on the beginning's sentence is written level


class GapLayer(Layer):
    """Holes in the series, hatched; the legend tells why there is nothing."""

    def __init__(self) -> None:
        self._strips: Kept[list[tuple[int, int]]] = Kept()
        self.show(())

    @property
    def gaps(self) -> tuple[ChartGap, ...]:
        """The holes."""
        return self._gaps

    def show(self, gaps: Sequence[ChartGap]) -> None:
        """Mark other holes, oldest first."""
        self._gaps = tuple(gaps)
        self._after = np.array([gap.after for gap in gaps], np.float64)
        self._times = np.array([(gap.from_s, gap.to_s) for gap in gaps], np.float64).reshape(-1, 2)
        self._strips = Kept()

    # a layer

    def legend(self, index: int, theme: Theme) -> Sequence[Entry]:
        near = [gap for gap in self._gaps if gap.after in {index - 1, index}]
        if not near:
            return ()
        words = spoken(*dict.fromkeys(gap.reason for gap in near))
        return (Entry(translate("Chart", "Gap"), words, theme.warn),)

    def paint(self, painter: QPainter, view: PaneView) -> None:
        _hatch(painter, view, self._strips.get(view.key, lambda: self.strips(view)))

    def strips(self, view: PaneView) -> list[tuple[int, int]]:
        """Return the left and right edges of what is hatched in view, none touching another."""
        if not self._gaps:
            return []
        edges = view.frame.axis.edges
        left = view.of_places(edges(self._after, self._times[:, 0]))
        right = view.of_places(edges(self._after, self._times[:, 1]))
        short = 0.5 * np.maximum(0.0, _LEAST_PX * view.line - (right - left))
        left = np.maximum(left - short, view.area.left() - 1.0)
        right = np.minimum(right + short, view.area.right() + 1.0)
        strips: list[tuple[int, int]] = []
        for begin, end in np.round(np.stack((left, right), axis=1)[right > left]).astype(int):
            if strips and begin <= strips[-1][1]:
                strips[-1] = (strips[-1][0], max(strips[-1][1], int(end)))
            else:
                strips.append((int(begin), int(end)))
        return strips


class SilentGaps(Layer):
    """The same holes in another pane, whose legend need not tell of them again."""

    def __init__(self, gaps: GapLayer) -> None:
        self._gaps = gaps
        self._strips: Kept[list[tuple[int, int]]] = Kept()

    def paint(self, painter: QPainter, view: PaneView) -> None:
        _hatch(painter, view, self._strips.get(view.key, lambda: self._gaps.strips(view)))


class HistoryMarks:
    """The layers of both, beneath the candles and the volumes.

    Attributes:
        gaps: the holes among the prices.
    """

    def __init__(self, prices: Pane, volumes: Pane, font: QFont) -> None:
        self.gaps = GapLayer()
        self._silent = SilentGaps(self.gaps)
        self._beginning = BeginningLayer(font)
        self._prices, self._volumes = prices, volumes
        prices.add(self.gaps, -10.0)
        volumes.add(self._silent, -10.0)
        prices.add(self._beginning, -5.0)
        self._reveal()

    def show(self, gaps: Sequence[ChartGap], beginning: str) -> bool:
        """Mark holes, and say in front of the first bar a sentence; True where that is news."""
        if (tuple(gaps), beginning) == (self.gaps.gaps, self._beginning.sentence):
            return False
        self.gaps.show(gaps)
        self._beginning.sentence = beginning
        self._reveal()
        return True

    def _reveal(self) -> None:
        """Paint what has anything to say: no tick need ask what has not."""
        holes = bool(self.gaps.gaps)
        self._prices.show_layer(self.gaps, shown=holes)
        self._volumes.show_layer(self._silent, shown=holes)
        self._prices.show_layer(self._beginning, shown=bool(self._beginning.sentence))


def _hatch(painter: QPainter, view: PaneView, strips: list[tuple[int, int]]) -> None:
    if not strips:
        return
    area = view.area
    wash, hatch = QColor(view.theme.warn), QColor(view.theme.warn)
    wash.setAlphaF(0.10)
    hatch.setAlphaF(0.55)
    for left, right in strips:
        box = QRectF(left, area.top(), right - left, area.height())
        painter.fillRect(box, wash)
        painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))


class BeginningLayer(Layer):
    """A line before the first bar that can be had, and a sentence that says so."""

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._metrics = QFontMetricsF(font)
        self.sentence = ""  # a Sentence; "" while there may be older bars

    def legend(self, index: int, theme: Theme) -> Sequence[Entry]:
        if not self.sentence or index:
            return ()
        return (Entry("", spoken(self.sentence), theme.muted),)

    def paint(self, painter: QPainter, view: PaneView) -> None:
        if not self.sentence or view.frame.first:
            return
        ratio = float(view.line)
        area = view.area
        x = round(view.x_at(-0.5))
        if x <= area.left():
            return
        painter.setPen(thin(view.theme.muted, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.scale(ratio, ratio)
        painter.setFont(self._font)
        painter.setPen(view.theme.muted)
        edge, top, height = x / ratio, area.top() / ratio, area.height() / ratio
        room = edge - area.left() / ratio - 2.0 * PADDING
        words = spoken(self.sentence)
        if room >= _ROOM_PX:
            place = QRectF(edge - PADDING - min(room, 2.0 * _ROOM_PX), top, 0.0, height)
            place.setRight(edge - PADDING)
            flags = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignVCenter.value
            painter.drawText(place, flags | Qt.TextFlag.TextWordWrap.value, words)
        elif room >= self._metrics.height():
            painter.translate(edge - PADDING - self._metrics.height(), top + height)
            painter.rotate(-90.0)
            shown = self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, height - 8.0)
            place = QRectF(0.0, 0.0, height, self._metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
