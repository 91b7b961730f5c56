"""Texts measured and laid out once: either takes longer than drawing them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QStaticText, QTransform

_OUTLINE = str.maketrans("123456789", "000000000")
_KEPT = 500


class Texts:
    """Texts in a font whose digits are as wide as each other."""

    def __init__(self, font: QFont) -> None:
        self._font = QFont(font)
        self._metrics = QFontMetricsF(font)
        self._widths: dict[str, float] = {}
        self._laid_out: dict[str, QStaticText] = {}

    def width(self, text: str) -> float:
        """Return how wide a text is, in pixels."""
        outline = text.translate(_OUTLINE)
        width = self._widths.get(outline)
        if width is None:
            _make_room(self._widths)
            width = self._widths[outline] = self._metrics.horizontalAdvance(outline)
        return width

    def laid_out(self, text: str) -> QStaticText:
        """Return a text for a painter that has the same font."""
        made = self._laid_out.get(text)
        if made is None:
            _make_room(self._laid_out)
            made = self._laid_out[text] = QStaticText(text)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.prepare(QTransform(), self._font)
        return made


def _make_room(known: dict[str, float] | dict[str, QStaticText]) -> None:
    if len(known) >= _KEPT:
        known.clear()
