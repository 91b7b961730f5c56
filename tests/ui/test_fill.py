"""The way to fill an area that the first window does not wait for."""

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from alltick_desk.ui.theme import fill

WASH = QColor(200, 40, 40, 90)


def _drawn(area: QRect | QRectF, *, own: bool) -> QImage:
    image = QImage(20, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#123456"))
    painter = QPainter(image)
    if own:
        fill(painter, area, WASH)
    else:
        painter.fillRect(area, WASH)
    painter.end()
    return image


@pytest.mark.parametrize("area", [QRect(3, 4, 9, 1), QRectF(2.5, 3.0, 8.25, 6.0)])
def test_an_area_is_filled_as_qt_fills_it(qtbot: QtBot, area: QRect | QRectF) -> None:
    image = _drawn(area, own=True)
    assert image == _drawn(area, own=False)
    assert image.pixelColor(5, 4) != image.pixelColor(0, 0)
