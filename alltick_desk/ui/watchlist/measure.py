"""How wide texts are, remembered: measuring a text costs as much as drawing it."""

import math
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF

from alltick_desk.ui.watchlist.columns import COLUMNS, Column, Tone
from alltick_desk.ui.watchlist.format import Reading

_KEPT = 8_192
_DIGITS = str.maketrans("123456789", "000000000")  # digits are of one width
_WIDEST_WORDS = 24  # in ems: a longer code or state is shortened, its tip has it whole


class Measure:
    """The table's sizes in one font, in device-independent pixels."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        metrics = QFontMetrics(font)
        self._exact = QFontMetricsF(font)
        self._widths: dict[str, int] = {}
        self._shortened: dict[tuple[str, int], str] = {}
        self.ascent = metrics.ascent()
        self.pad = max(5, round(metrics.height() * 0.5))
        self.row = round(metrics.height() * 1.55)
        self.baseline = (self.row - metrics.height()) // 2 + metrics.ascent()
        self.mark = round(metrics.ascent() * 0.8)  # of the state's shape
        self.mark_width = self.mark + round(self.pad * 0.7)
        self.tag = round(metrics.height() * 0.85)  # of the vendor's tag, where rows have one
        self.tagged = False
        self.least_name = self.width("0") * 14

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
        return self.tag + round(self.pad * 0.6) if column.tagged and self.tagged else 0


def first_widths(measure: Measure, header: QFont, titles: list[str], reading: Reading) -> list[int]:
    """Return each column's width for its sample and its title, in the language of ``reading``."""
    head = QFontMetricsF(header)
    widths = []
    for column, title in zip(COLUMNS, titles, strict=True):
        samples: Iterable[str] = (column.sample,)
        if column.tone is Tone.STATE:
            samples = reading.states.values()
        elif column.sample_zh and reading.chinese:
            samples = (column.sample_zh,)
        widest = max(measure.width(sample) for sample in samples)
        titled = math.ceil(head.horizontalAdvance(title)) + 2 * measure.pad
        widths.append(max(measure.cell(column, widest), titled))
    return widths
