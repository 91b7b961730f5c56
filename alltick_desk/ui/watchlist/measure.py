"""How wide texts are, remembered: measuring a text costs as much as drawing it."""

import math
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF

from alltick_desk.ui.watchlist.column import Column, Tone
from alltick_desk.ui.watchlist.format import Reading

_KEPT = 8_192
_DIGITS = str.maketrans("123456789", "000000000")  # digits are of one width
_HEIGHTS = {"compact": 1.3, "normal": 1.55, "roomy": 2.0}  # of a row, in heights of its letters
_WIDEST_WORDS = 24  # in ems: a longer code or state is shortened, its tip has it whole


def scaled(font: QFont, percent: int) -> QFont:
    """Return a font in another size."""
    font = QFont(font)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * percent / 100)
    else:  # its size is in pixels
        font.setPixelSize(max(1, round(font.pixelSize() * percent / 100)))
    return font


class Measure:
    """The table's sizes in one font, in device-independent pixels.

    Attributes:
        tagged: whether rows have their vendor's tag.
        arrowed: the id of the column that arrows stand in, "" for none.
        digit: the width of a digit, not rounded; widths by hand are kept in it.
    """

    def __init__(self, font: QFont, row_height: str = "normal") -> None:
        self.font = font
        metrics = QFontMetrics(font)
        self._exact = QFontMetricsF(font)
        self._widths: dict[str, int] = {}
        self._shortened: dict[tuple[str, int], str] = {}
        self.ascent = metrics.ascent()
        self.pad = max(5, round(metrics.height() * 0.5))
        self.row = round(metrics.height() * _HEIGHTS[row_height])
        self.baseline = (self.row - metrics.height()) // 2 + metrics.ascent()
        self.mark = round(metrics.ascent() * 0.8)  # of the state's shape
        self.mark_width = self.mark + round(self.pad * 0.7)
        self.tag = round(metrics.height() * 0.85)  # of the vendor's tag, where rows have one
        self.arrow = round(metrics.ascent() * 0.62)  # of the arrow before a change
        self.fold = round(metrics.ascent() * 0.9)  # of the mark before a heading
        self.tagged = False
        self.arrowed = ""
        self.least_name = self.width("0") * 14
        self.digit = max(1.0, self._exact.horizontalAdvance("0"))

    def width(self, text: str) -> int:
        """Return the width of ``text``."""
        shape = text.translate(_DIGITS)
        width = self._widths.get(shape)
        if width is None:
            if len(self._widths) >= _KEPT:
                self._widths.clear()
            width = self._widths[shape] = math.ceil(self._exact.horizontalAdvance(shape))
        return width

    def shortened(self, text: str, width: int) -> str:
        """Return ``text`` cut to ``width`` with an ellipsis."""
        short = self._shortened.get((text, width))
        if short is None:
            if len(self._shortened) >= _KEPT:
                self._shortened.clear()
            short = self._exact.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._shortened[text, width] = short
        return short

    def cell(self, column: Column, text_width: int) -> int:
        """Return how wide ``column`` must be for a text of ``text_width``."""
        if not column.figure:
            text_width = min(text_width, self.width("0") * _WIDEST_WORDS)
        return self.lead(column) + text_width + 2 * self.pad

    def lead(self, column: Column) -> int:
        """Return the room of what stands before a column's text."""
        if column.tone is Tone.STATE:
            return self.mark_width
        if column.tagged and self.tagged:
            return self.tag + round(self.pad * 0.6)
        arrow = column.flashes or column.id == self.arrowed
        return self.arrow + self.pad // 2 if arrow else 0


def first_widths(
    measure: Measure,
    header: QFont,
    columns: Sequence[Column],
    titles: Sequence[str],
    reading: Reading,
) -> list[int]:
    """Return each column's width for its sample and its title, in the language of ``reading``."""
    head = QFontMetricsF(header)
    widths = []
    for column, title in zip(columns, titles, strict=True):
        samples: Iterable[str] = (column.sample,)
        if column.tone is Tone.STATE:
            samples = reading.states.values()
        elif column.sample_zh and reading.chinese:
            samples = (column.sample_zh,)
        widest = max(measure.width(sample) for sample in samples)
        titled = math.ceil(head.horizontalAdvance(title)) + 2 * measure.pad
        widths.append(max(measure.cell(column, widest), titled))
    return widths
