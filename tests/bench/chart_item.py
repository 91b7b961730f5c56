"""The rival of pyqtgraph's own example: all candles in one picture, replayed every frame."""

import json
import sys
from typing import Any

import pyqtgraph as pg
from chart_data import FEW, HEIGHT, WIDTH, columns, frames, middle
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtWidgets import QApplication

_HALF_BODY = 0.33  # of a bar


class PictureItem(pg.GraphicsObject):  # type: ignore[misc]
    """A line and a rectangle a candle, recorded once."""

    def __init__(self, candles: tuple[Any, ...]) -> None:
        super().__init__()
        self._picture = QPicture()
        painter = QPainter(self._picture)
        painter.setPen(pg.mkPen("w"))
        rows = zip(*(column.tolist() for column in candles), strict=True)
        for number, (opened, high, low, close, _) in enumerate(rows):
            painter.drawLine(QPointF(number, low), QPointF(number, high))
            painter.setBrush(pg.mkBrush("r" if opened > close else "g"))
            body = QRectF(number - _HALF_BODY, opened, 2 * _HALF_BODY, close - opened)
            painter.drawRect(body)
        painter.end()

    def paint(self, painter: QPainter, *_: object) -> None:
        painter.drawPicture(0, 0, self._picture)

    def boundingRect(self) -> QRectF:
        return QRectF(self._picture.boundingRect())


def draw(bars: int) -> dict[str, float]:
    """Measure a plot with all candles in view."""
    app = QApplication([])
    made = columns(bars)
    plot = pg.PlotWidget()
    plot.resize(WIDTH, HEIGHT)
    plot.addItem(PictureItem(made), ignoreBounds=True)
    plot.disableAutoRange()
    plot.setYRange(float(made[2].min()), float(made[1].max()), padding=0.07)
    plot.show()
    app.processEvents()
    step = max(1.0, bars / 400.0)

    def pan(number: int) -> None:
        left = step if number % 2 else 0.0
        plot.setXRange(left, left + bars, padding=0)

    return {"frame": middle(frames(pan, app.processEvents, FEW).clock)}


if __name__ == "__main__":
    print(json.dumps(draw(int(sys.argv[1]))))
