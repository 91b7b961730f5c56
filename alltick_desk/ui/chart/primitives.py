"""Many rectangles, or lines, in one call to the painter."""

from typing import cast

import numpy as np
import numpy.typing as npt
import shiboken6
from PySide6.QtCore import QLineF, QRect
from PySide6.QtGui import QPainter

from alltick_desk.model.series import Floats

Ints = npt.NDArray[np.int32]

# A pixel coordinate beyond this is cut; Qt's rasteriser counts in small integers.
FAR = 100_000
_FEW = 4  # are drawn one by one sooner than handed over


def rectangles(left: Ints, top: Ints, right: Ints, bottom: Ints) -> Ints:
    """Return rectangles of shape (n, 4) that ``draw_rectangles`` takes; all edges included."""
    made = np.empty((len(left), 4), np.int32)
    for place, edge in enumerate((left, top, right, bottom)):
        made[:, place] = edge
    np.minimum(made, FAR, out=made)
    return np.maximum(made, -FAR, out=made)


def draw_rectangles(painter: QPainter, rects: Ints) -> None:
    """Draw rectangles of shape (n, 4) with the painter's pen and brush.

    A QRect is its four edges as 32-bit integers, so the array is handed over as it lies in
    memory. Where Qt's binding does not take a block, a list of objects does the same, slower.
    """
    if len(rects) <= _FEW:
        for left, top, right, bottom in rects.tolist():
            painter.drawRect(left, top, right - left + 1, bottom - top + 1)
        return
    block = np.ascontiguousarray(rects, np.int32)
    try:
        first = cast("QRect", shiboken6.wrapInstance(_address(block), QRect))
        painter.drawRects(first, len(block))
    except TypeError:
        painter.drawRects([QRect(x, y, r - x + 1, b - y + 1) for x, y, r, b in block.tolist()])


def draw_lines(painter: QPainter, lines: Floats) -> None:
    """Draw lines of shape (n, 4), the ends x1, y1, x2, y2, as ``draw_rectangles`` does."""
    if not len(lines):
        return
    block = np.ascontiguousarray(lines, np.float64)
    try:
        first = cast("QLineF", shiboken6.wrapInstance(_address(block), QLineF))
        painter.drawLines(first, len(block))
    except TypeError:
        painter.drawLines([QLineF(*ends) for ends in block.tolist()])


def _address(block: Ints | Floats) -> int:
    """Return where an array lies; ``block.ctypes`` imports a module each time."""
    address: int = block.__array_interface__["data"][0]
    return address
