"""What stands around the bars: the grid, the axes' labels and the panes' legends."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from alltick_desk.ui.chart.layers import Entry
from alltick_desk.ui.chart.pieces import PADDING, Piece, mixed
from alltick_desk.ui.chart.primitives import Ints, draw_rectangles
from alltick_desk.ui.theme import Theme

_ENTRY_GAP = 10.0
_LABEL_GAP = 4.0


class Grid(Piece):
    """Lines across the panes at the axes' marks, and the panes' borders."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__(theme, font)
        self._faint = self._strong = _boxes(())
        self._ink = _faded(theme)

    def set_theme(self, theme: Theme) -> None:
        self._ink = _faded(theme)
        super().set_theme(theme)

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
        left, top = int(self.area.left()), int(self.area.top())
        width, height = int(self.area.width()), int(self.area.height())
        end = int(right)
        self._faint = _boxes(
            [(left, int(y), end - left, 1) for y in across]
            + [(int(x), top, 1, height) for x in down]
        )
        self._strong = _boxes([*((left, int(y), width, 1) for y in borders), (end, top, 1, height)])
        self.update()

    def draw(self, painter: QPainter) -> None:
        # Filled, opaque, one pixel wide: a tenth of what lines with a pen cost.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink)
        draw_rectangles(painter, self._faint)
        painter.setBrush(self.theme.line)
        draw_rectangles(painter, self._strong)


def _faded(theme: Theme) -> QColor:
    return mixed(theme.line, theme.base, 0.55)


def _boxes(boxes: Sequence[tuple[int, int, int, int]]) -> Ints:
    """Return rectangles given by left, top, width and height."""
    made = np.array(boxes, np.int32).reshape(-1, 4)
    made[:, 2:] += made[:, :2] - 1
    return made


class AxisLabels(Piece):
    """Texts along an axis, each wholly visible or not there; ``upright`` for a pane's axis."""

    def __init__(self, theme: Theme, font: QFont, *, upright: bool) -> None:
        super().__init__(theme, font)
        self._upright = upright
        self._labels: Sequence[tuple[float, str, bool]] = ()
        self._taken: tuple[QRectF, ...] = ()
        self._placed: list[_Label] | None = None
        self._free: list[_Label] | None = None  # those of them that are not beneath a tag

    @property
    def texts(self) -> list[str]:
        """What is written, from the first mark to the last."""
        return [text for _, text, _ in self._labels]

    def leave_free(self, *areas: QRectF) -> None:
        """Write nothing where tags stand."""
        if areas == self._taken:
            return
        before = self._shown()
        self._taken, self._free = areas, None
        if self._shown() != before:
            self.update()

    def set_labels(self, labels: Sequence[tuple[float, str, bool]]) -> None:
        """Write texts with their middles at pixel positions; the flag makes one stand out."""
        self._labels, self._placed, self._free = labels, None, None
        self.update()

    def set_area(self, area: QRectF) -> None:
        self._placed = self._free = None
        super().set_area(area)

    def draw(self, painter: QPainter) -> None:
        for place, text, major in self._shown():
            painter.setPen(self.theme.text if major else self.theme.muted)
            painter.drawStaticText(place.topLeft(), self.words.laid_out(text))

    def _shown(self) -> list["_Label"]:
        if self._placed is None:
            self._placed = [
                _Label(place, text, major)
                for at, text, major in self._labels
                if self._holds(place := self._place(at, text))
            ]
        if self._free is None:
            self._free = self._placed
            for taken in self._taken:
                self._free = [it for it in self._free if not it.place.intersects(taken)]
        return self._free

    def _holds(self, place: QRectF) -> bool:
        area = self.area
        if self._upright:
            return place.top() >= area.top() and place.bottom() <= area.bottom()
        return place.left() >= area.left() and place.right() <= area.right()

    def _place(self, at: float, text: str) -> QRectF:
        height, area = self.metrics.height(), self.area
        if self._upright:
            return QRectF(area.left() + PADDING, at - 0.5 * height, area.width() - PADDING, height)
        width = self.words.width(text)
        return QRectF(at - 0.5 * width, area.top() + 0.5 * (area.height() - height), width, height)


class _Label(NamedTuple):
    """One text of an axis and where it stands."""

    place: QRectF
    text: str
    major: bool


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
                x += self.words.width(label) + (_LABEL_GAP if label else 0.0)
                painter.setPen(colour or self.theme.text)
                painter.drawText(QPointF(x, baseline), value)
                x += self.words.width(value) + _ENTRY_GAP
            baseline += self.metrics.height()

    def _width(self, row: Row) -> float:
        return sum(
            self.words.width(label)
            + self.words.width(value)
            + (_LABEL_GAP if label else 0.0)
            + _ENTRY_GAP
            for label, value, _ in row.entries
        )
