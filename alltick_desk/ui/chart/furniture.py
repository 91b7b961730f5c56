"""What stands around the bars: the grid, the axes' labels and the panes' legends."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from alltick_desk.ui.chart.layers import Entry
from alltick_desk.ui.chart.pieces import PADDING, Piece, mixed
from alltick_desk.ui.theme import Theme

_ENTRY_GAP = 10.0
_LABEL_GAP = 4.0


class Grid(Piece):
    """Lines across the panes at the axes' marks, and the panes' borders."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__(theme, font)
        self._across: Sequence[float] = ()
        self._down: Sequence[float] = ()
        self._borders: Sequence[float] = ()
        self._right = 0.0

    def set_lines(
        self,
        across: Sequence[float],
        down: Sequence[float],
        borders: Sequence[float],
        *,
        right: float,
    ) -> None:
        """Draw lines at heights ``across``, at places ``down``, and stronger at ``borders``.

        The first two end at ``right``, where the axis begins.
        """
        self._across, self._down, self._borders, self._right = across, down, borders, right
        self.update()

    def draw(self, painter: QPainter) -> None:
        # Filled, opaque, one pixel wide: a tenth of what lines with a pen cost.
        clip = painter.clipBoundingRect()
        left, top = int(self.area.left()), int(self.area.top())
        width, height = int(self._right) - left, int(self.area.height())
        faint = mixed(self.theme.line, self.theme.base, 0.55)
        for y in self._across:
            if clip.top() - 1.0 <= y <= clip.bottom():
                painter.fillRect(left, int(y), width, 1, faint)
        for x in self._down:
            if clip.left() - 1.0 <= x <= clip.right():
                painter.fillRect(int(x), top, 1, height, faint)
        for y in self._borders:
            painter.fillRect(left, int(y), int(self.area.width()), 1, self.theme.line)
        painter.fillRect(left + width, top, 1, height, self.theme.line)


class AxisLabels(Piece):
    """Texts along an axis, each wholly visible or not there; ``upright`` for a pane's axis."""

    def __init__(self, theme: Theme, font: QFont, *, upright: bool) -> None:
        super().__init__(theme, font)
        self._upright = upright
        self._labels: Sequence[tuple[float, str, bool]] = ()
        self._taken: tuple[QRectF, ...] = ()

    @property
    def texts(self) -> list[str]:
        """What is written, from the first mark to the last."""
        return [text for _, text, _ in self._labels]

    def leave_free(self, *areas: QRectF) -> None:
        """Write nothing where tags stand."""
        if areas == self._taken:
            return
        before = self._shown()
        self._taken = areas
        if self._shown() != before:
            self.update()

    def set_labels(self, labels: Sequence[tuple[float, str, bool]]) -> None:
        """Write texts with their middles at pixel positions; the flag makes one stand out."""
        self._labels = labels
        self.update()

    def draw(self, painter: QPainter) -> None:
        aligned = Qt.AlignmentFlag.AlignLeft if self._upright else Qt.AlignmentFlag.AlignHCenter
        flags = aligned | Qt.AlignmentFlag.AlignVCenter
        for number in self._shown():
            at, text, major = self._labels[number]
            painter.setPen(self.theme.text if major else self.theme.muted)
            painter.drawText(self._place(at, text), flags, text)

    def _shown(self) -> list[int]:
        shown = []
        for number, (at, text, _) in enumerate(self._labels):
            place = self._place(at, text)
            if self._upright:
                inside = place.top() >= self.area.top() and place.bottom() <= self.area.bottom()
            else:
                inside = place.left() >= self.area.left() and place.right() <= self.area.right()
            if inside and not any(place.intersects(taken) for taken in self._taken):
                shown.append(number)
        return shown

    def _place(self, at: float, text: str) -> QRectF:
        height = self.metrics.height()
        if self._upright:
            left, width = self.area.left() + PADDING, self.area.width() - PADDING
            return QRectF(left, at - 0.5 * height, width, height)
        width = self.metrics.horizontalAdvance(text) + 2.0
        return QRectF(at - 0.5 * width, self.area.top(), width, self.area.height())


class Row(NamedTuple):
    """One layer's line in a legend; ``owner`` is the layer."""

    owner: object
    entries: tuple[Entry, ...]


class Legend(Piece):
    """What the layers of a pane say at a bar, a row each, in the pane's upper left corner."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__(theme, font)
        self._rows: tuple[Row, ...] = ()
        self._room = QRectF()

    @property
    def text(self) -> str:
        """All of it as one line, for who cannot see it."""
        words = [f"{e.label} {e.value}".strip() for row in self._rows for e in row.entries]
        return "  ".join(words)

    def owner_at(self, place: QPointF) -> object | None:
        """Return the layer whose row is at a place of the view; None where there is none."""
        if not self.area.contains(place):
            return None
        number = int((place.y() - self.area.top()) / self.metrics.height())
        within = number < len(self._rows)
        if within and place.x() - self.area.left() <= self._width(self._rows[number]):
            return self._rows[number].owner
        return None

    def show_rows(self, rows: Sequence[Row], pane: QRectF) -> None:
        """Write the rows into a pane; a row that finds no room in its height is left out."""
        fitting = int(max(0.0, pane.height() - 4.0) / self.metrics.height())
        kept = tuple(row for row in rows if row.entries)[:fitting]
        if kept == self._rows and pane == self._room:
            return
        self.update()
        self._rows, self._room = kept, pane
        width = min(max(map(self._width, kept), default=0.0), max(0.0, pane.width() - PADDING))
        height = len(kept) * self.metrics.height()
        self.area = QRectF(pane.left() + PADDING, pane.top() + 3.0, width, height)
        self.update()

    def draw(self, painter: QPainter) -> None:
        # A veil, so that bars do not make the figures unreadable.
        ground = QColor(self.theme.base)  # the theme keeps its own
        ground.setAlphaF(0.72)
        baseline = self.area.top() + self.metrics.ascent()
        for row in self._rows:
            x = self.area.left()
            top, width = baseline - self.metrics.ascent(), min(self._width(row), self.area.width())
            painter.fillRect(QRectF(x - 2.0, top, width + 2.0, self.metrics.height()), ground)
            for label, value, colour in row.entries:
                painter.setPen(self.theme.muted)
                painter.drawText(QPointF(x, baseline), label)
                x += self.metrics.horizontalAdvance(label) + (_LABEL_GAP if label else 0.0)
                painter.setPen(colour or self.theme.text)
                painter.drawText(QPointF(x, baseline), value)
                x += self.metrics.horizontalAdvance(value) + _ENTRY_GAP
            baseline += self.metrics.height()

    def _width(self, row: Row) -> float:
        return sum(
            self.metrics.horizontalAdvance(label)
            + self.metrics.horizontalAdvance(value)
            + (_LABEL_GAP if label else 0.0)
            + _ENTRY_GAP
            for label, value, _ in row.entries
        )
