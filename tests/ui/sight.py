"""How colours look to everybody, and to those who lack one kind of cone."""

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from alltick_desk.ui.theme import make_theme

Matrix = npt.NDArray[np.float64]

# How linear red, green and blue look to those who lack one kind of cone (Machado et al., 2009).
SIGHTS: dict[str, Matrix] = {
    "all colours": np.eye(3),
    "no red": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no green": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}


def linear(colour: QColor) -> Matrix:
    shares = np.array(colour.getRgbF()[:3])
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def lab(light: Matrix) -> Matrix:
    """Lightness and the two opponent colours (CIELAB, D65)."""
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ np.clip(light, 0.0, 1.0) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16.0 / 116.0)
    return np.array([116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])])


def luminance(colour: QColor) -> float:
    return float(linear(colour) @ np.array([0.2126729, 0.7151522, 0.0721750]))


THEMES = [make_theme(dark=True), make_theme(dark=False)]
