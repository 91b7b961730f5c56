"""The picture of a compared chart, by its pixels."""

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from alltick_desk.ui.theme import make_theme

DARK = make_theme(dark=True)


def columns(image: QImage, colour: QColor, area: object) -> list[int]:
    """Return the columns of an area that have pixels of nearly a colour."""
    left, right = round(area.left()), round(area.right())  # type: ignore[attr-defined]
    top, bottom = round(area.top()) + 70, round(area.bottom())  # type: ignore[attr-defined]
    wanted = np.array([colour.red(), colour.green(), colour.blue()])
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    pixels = rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3)
    near = np.abs(pixels.astype(int) - wanted).sum(axis=2) < 60
    return [x for x in range(left, right) if near[top:bottom, x].any()]


def pixels(picture: QImage) -> npt.NDArray[np.int16]:
    """Return the channels of every pixel."""
    return np.frombuffer(picture.constBits(), np.uint8).astype(np.int16)
