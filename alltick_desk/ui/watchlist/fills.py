"""Rectangles to be filled, gathered over all rows: one call fills all of a colour."""

from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter


class Layer(IntEnum):
    """What lies over what, from the ground up."""

    SHADE = 0
    SELECTION = 1
    CLEARED = 2  # a cell before its wash
    WASH = 3
    BAR = 4
    PAST = 5
    MARK = 6
    RULE = 7
    CURRENT = 8


class Fill(NamedTuple):
    """A colour, and what is to be filled with it, to be appended to."""

    layer: Layer
    colour: QColor
    areas: list[QRect]


class Fills:
    """What is to be filled, by layer and colour."""

    def __init__(self) -> None:
        self._fills: list[Fill] = []

    def of(self, layer: Layer, colour: QColor) -> list[QRect]:
        """Return where to append what ``colour`` shall fill, above what is in lower layers."""
        fill = Fill(layer, QColor(colour), [])
        self._fills.append(fill)
        self._fills.sort(key=lambda fill: fill.layer)
        return fill.areas

    def paint(self, painter: QPainter) -> None:
        """Fill what was gathered, and forget it."""
        painter.setPen(Qt.PenStyle.NoPen)
        for _, colour, areas in self._fills:
            if areas:
                painter.setBrush(colour)
                painter.drawRects(areas)
                areas.clear()
        painter.setBrush(Qt.BrushStyle.NoBrush)
