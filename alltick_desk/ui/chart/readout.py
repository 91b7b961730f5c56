"""The line that tells one bar's figures."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from alltick_desk.ui.chart.texts import Texts
from alltick_desk.ui.theme import Theme, figures_font

_GAP_PX = 12
_LABEL_GAP_PX = 4


class ReadOut(QWidget):
    """A moment and labelled figures, e.g. "2026-11-20 14:32  O 612.500  H 613.000 …"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._moment = ""
        self._figures: tuple[tuple[str, str], ...] = ()
        self._move = 0.0
        self._room_px = 0  # the widest line so far: it must not make its neighbour dance
        self.setFont(figures_font(self.font()))
        self._words = Texts(self.font())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setObjectName("chartReadOut")

    @property
    def text(self) -> str:
        """What is written, as one line."""
        words = (f"{label} {value}".strip() for label, value in self._figures)
        return "  ".join([self._moment, *words])

    def show_figures(self, moment: str, figures: tuple[tuple[str, str], ...], move: float) -> None:
        """Write a bar's figures; the sign of ``move`` gives the values their colour."""
        if (moment, figures) == (self._moment, self._figures):
            return
        self._moment, self._figures, self._move = moment, figures, move
        parts = [moment, *(part for figure in figures for part in figure)]
        room = sum(map(self._width, parts)) + len(figures) * (_GAP_PX + _LABEL_GAP_PX)
        if room > self._room_px or not figures:
            self._room_px = room + _GAP_PX
            self.updateGeometry()
        self.update()

    def forget_width(self) -> None:
        """Take no more room than the next line needs: words or font are others now."""
        self._room_px = 0
        self._words = Texts(self.font())

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(self._room_px, QFontMetrics(self.font()).height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        colour = self._theme.moved(self._move)
        x = self._write(painter, 0, self._moment, self._theme.text) + _GAP_PX
        for label, value in self._figures:
            width = self._width(label) + self._width(value)
            if x + width + _LABEL_GAP_PX > self.width():
                break  # a figure is shown whole or not at all
            if label:
                x = self._write(painter, x, label, self._theme.muted) + _LABEL_GAP_PX
            x = self._write(painter, x, value, colour) + _GAP_PX

    def _write(self, painter: QPainter, x: int, text: str, colour: QColor) -> int:
        painter.setPen(colour)
        width = self._width(text)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(x, 0, width + 2, self.height(), flags, text)
        return x + width

    def _width(self, text: str) -> int:
        return round(self._words.width(text))
