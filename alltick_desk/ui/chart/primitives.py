"""Many rectangles in one call to the painter."""

from typing import cast

import numpy as np
import numpy.typing as npt
import shiboken6
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

Ints = npt.NDArray[np.int32]

# A pixel coordinate beyond this is cut; Qt's rasteriser counts in small integers.
_FAR = 100_000


def rectangles(left: Ints, top: Ints, right: Ints, bottom: Ints) -> Ints:
    """Return rectangles of shape (n, 4) that ``draw_rectangles`` takes; all edges included."""
    made = np.empty((len(left), 4), np.int32)
    for place, edge in enumerate((left, top, right, bottom)):
        made[:, place] = edge
    np.minimum(made, _FAR, out=made)
    return np.maximum(made, -_FAR, out=made)


def draw_rectangles(painter: QPainter, rects: Ints) -> None:
    """Draw rectangles of shape (n, 4) with the painter's pen and brush.

    A QRect is its four edges as 32-bit integers, so the array is handed over as it lies in
    memory. Where Qt's binding does not take a block, a list of objects does the same, slower.
    """
    if not len(rects):
        return
    block = np.ascontiguousarray(rects, np.int32)
    try:
        first = cast("QRect", shiboken6.wrapInstance(block.ctypes.data, QRect))
        painter.drawRects(first, len(block))
    except TypeError:
        painter.drawRects([QRect(x, y, r - x + 1, b - y + 1) for x, y, r, b in block.tolist()])
