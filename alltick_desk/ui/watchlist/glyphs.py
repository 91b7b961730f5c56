"""Numbers drawn by their glyphs, several cells in one call.

Qt shapes every text anew each time it is drawn, which costs more than the drawing. Digits of one
width need no shaping: where each of them stands follows from the text's outline ("000.00"), so a
run of glyphs is placed once per outline and only its glyphs are exchanged.
"""

import math
from typing import TypeAlias

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QRawFont

Spot: TypeAlias = tuple[int, int]  # a cell's right edge and its room, in pixels

_BETWEEN = "|"  # parts the cells of a run; drawn as a blank
_KEPT = 2_048
_OUTLINE = str.maketrans("123456789", "000000000")
_KNOWN = "0123456789.,+-:KMBT—"


class FigureGlyphs:
    """Draws right-aligned figures in one font.

    It can only draw what it knows: digits of one width, signs, units of one letter. Everything
    else is left to the caller.
    """

    def __init__(self, font: QFont) -> None:
        self._font = QRawFont.fromFont(font)
        self._glyphs: dict[str, int] = {}
        self._advances: dict[str, float] = {}
        self._runs: dict[tuple[tuple[Spot, ...], str], QGlyphRun | None] = {}
        for character in _KNOWN:
            indexes = self._font.glyphIndexesForString(character)
            if indexes and indexes[0]:
                self._glyphs[character] = indexes[0]
                self._advances[character] = self._font.advancesForGlyphIndexes(indexes)[0].x()
        if len({self._advances.get(digit) for digit in "0123456789"}) > 1:
            self._glyphs.clear()  # old-style figures: each has a width of its own
        blank = self._font.glyphIndexesForString(" ")
        if blank:
            self._glyphs[_BETWEEN] = blank[0]

    def draw(
        self, painter: QPainter, baseline: int, spots: tuple[Spot, ...], texts: list[str]
    ) -> bool:
        """Draw one text at each spot; False, and nothing drawn, where one is unknown or too wide.

        The painter's pen gives the colour.
        """
        joined = _BETWEEN.join(texts)
        glyphs = self._glyphs
        try:
            indexes = [glyphs[character] for character in joined]
        except KeyError:
            return False
        key = (spots, joined.translate(_OUTLINE))
        if key in self._runs:
            run = self._runs[key]
        else:
            if len(self._runs) >= _KEPT:
                self._runs.clear()
            run = self._runs[key] = self._placed(spots, texts)
        if run is None:
            return False
        run.setGlyphIndexes(indexes)
        painter.drawGlyphRun(QPointF(0, baseline), run)
        return True

    def _placed(self, spots: tuple[Spot, ...], texts: list[str]) -> QGlyphRun | None:
        """Place the glyphs of texts of one outline; None where one does not fit its cell."""
        positions: list[QPointF] = []
        for (right, room), text in zip(spots, texts, strict=True):
            advances = [self._advances[character] for character in text]
            width = math.ceil(sum(advances))
            if width > room:
                return None
            if positions:
                positions.append(QPointF(right, 0))  # of the blank between two cells
            x = float(right - width)
            for advance in advances:
                positions.append(QPointF(x, 0))
                x += advance
        run = QGlyphRun()
        run.setRawFont(self._font)
        run.setPositions(positions)
        return run
