"""The indicators' colours: eight that differ in lightness too, so that the colour-blind tell them.

A place in the palette is one hue in the light and in the dark, so that what a person chose keeps
its name.
"""

from typing import Final

from PySide6.QtGui import QColor

from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.indicators.declaration import PALETTE, RISE_FALL
from alltick_desk.services.indicators.templates import Colour
from alltick_desk.ui.theme import Theme

NAMES: Final = (
    QT_TRANSLATE_NOOP("Indicators", "Blue"),
    QT_TRANSLATE_NOOP("Indicators", "Orange"),
    QT_TRANSLATE_NOOP("Indicators", "Turquoise"),
    QT_TRANSLATE_NOOP("Indicators", "Rose"),
    QT_TRANSLATE_NOOP("Indicators", "Ochre"),
    QT_TRANSLATE_NOOP("Indicators", "Indigo"),
    QT_TRANSLATE_NOOP("Indicators", "Grey"),
    QT_TRANSLATE_NOOP("Indicators", "Brown"),
)
DARK: Final = (
    *("#9ca8fc", "#e6781a", "#62dcd6", "#f58ba0"),
    *("#ece28a", "#656dd1", "#74777e", "#a66752"),
)
LIGHT: Final = (
    *("#4f73d9", "#dd7016", "#23a09b", "#9c1457"),
    *("#7a6112", "#2b409c", "#606576", "#a7796a"),
)


def colour_of(colour: Colour, theme: Theme) -> QColor:
    """Return a colour of the palette or of ``#rrggbb``; of RISE_FALL that of a rise."""
    if isinstance(colour, str):
        return QColor(colour)
    if colour == RISE_FALL:
        return theme.up
    return QColor((DARK if theme.dark else LIGHT)[colour % PALETTE])


def pair_of(colour: Colour, theme: Theme) -> tuple[QColor, QColor]:
    """Return the colours of a rise and of a fall; one colour twice unless it is RISE_FALL."""
    if colour == RISE_FALL:
        return theme.up, theme.down
    one = colour_of(colour, theme)
    return one, one
