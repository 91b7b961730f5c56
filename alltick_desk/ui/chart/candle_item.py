"""Items that draw candles and volumes: only what is in view, in whole device pixels.

Items live in data coordinates inside a pyqtgraph ViewBox, but paint in the device's own pixels:
every edge is sharp at any zoom and any scale factor, and needs no antialiasing.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from alltick_desk.model.series import Floats
from alltick_desk.ui.chart.furniture import mixed
from alltick_desk.ui.chart.primitives import Ints, draw_rectangles, rectangles
from alltick_desk.ui.chart.pyramid import Cells
from alltick_desk.ui.theme import Theme

_BODY_SHARE = 0.72  # of the room between two bars
_FAR_PX = 1e6  # what lies beyond is cut before it overflows
_BODIES_FROM_PX = 2.5  # per bar; below it only wicks are drawn


class Shapes(NamedTuple):
    """Rectangles in device pixels by colour, and the inside of bodies that stay hollow."""

    up: Ints
    down: Ints
    hollow: Ints


class CandleItem(QGraphicsItem):
    """Candles; ``provisional`` ones are hollow where there is room for it."""

    def __init__(self, theme: Theme, *, provisional: bool = False) -> None:
        super().__init__()
        self.provisional = provisional  # may change before ``set_cells``
        self._cells: Cells | None = None
        self._bounds = QRectF()
        self._made_for: tuple[object, ...] = ()
        self._shapes: Shapes | None = None
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._up, self._down, self._inside = self._colours(theme)
        self.update()

    def set_cells(self, cells: Cells | None, bounds: QRectF) -> None:
        """Draw other cells; ``bounds`` (data coordinates) holds all that will be painted."""
        self.prepareGeometryChange()
        self._bounds = bounds
        self._cells = cells
        self._made_for = ()
        self.update()

    def _colours(self, theme: Theme) -> tuple[QColor, QColor, QColor]:
        return theme.up, theme.down, theme.base

    def _make(self, cells: Cells, transform: QTransform, line: int) -> Shapes:
        """Work out the rectangles.

        ``transform`` leads from data to device pixels; a thin line is ``line`` of them wide.
        """
        left, right, wick_left, wick_right, bodies = _columns(cells, transform, line)
        y = _vertical(transform)
        top, bottom = y(cells.high), y(cells.low)
        opened, closed = y(cells.open), y(cells.close)
        body_top, body_bottom = np.minimum(opened, closed), np.maximum(opened, closed)
        wicks = rectangles(wick_left, top, wick_right, bottom)
        rises = cells.close >= cells.open
        hollow = np.empty((0, 4), np.int32)
        if not bodies:
            return Shapes(wicks[rises], wicks[~rises], hollow)
        filled = rectangles(left, body_top, right, body_bottom)
        if self.provisional:
            inner = filled + np.array([line, line, -line, -line], np.int32)
            hollow = inner[(inner[:, 0] <= inner[:, 2]) & (inner[:, 1] <= inner[:, 3])]
        return Shapes(
            np.concatenate((wicks[rises], filled[rises])),
            np.concatenate((wicks[~rises], filled[~rises])),
            hollow,
        )

    # Qt

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        if self._cells is None or not len(self._cells.left):
            return
        ratio = painter.device().devicePixelRatioF()
        to_device = painter.worldTransform() * QTransform.fromScale(ratio, ratio)
        # Panels move far more often than bars do: what was made for this view is kept.
        made_for = (
            to_device.m11(),
            to_device.m22(),
            to_device.dx(),
            to_device.dy(),
        )
        if self._shapes is None or made_for != self._made_for:
            self._shapes = self._make(self._cells, to_device, max(1, round(ratio)))
            self._made_for = made_for
        painter.save()
        painter.setWorldTransform(QTransform.fromScale(1.0 / ratio, 1.0 / ratio))
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, shapes in zip((self._up, self._down, self._inside), self._shapes, strict=True):
            painter.setBrush(colour)
            draw_rectangles(painter, shapes)
        painter.restore()


class VolumeItem(CandleItem):
    """Volumes as bars from nothing upwards, in the colours of their candles, washed."""

    def _colours(self, theme: Theme) -> tuple[QColor, QColor, QColor]:
        share = 0.28 if self.provisional else 0.45
        up, down = (mixed(colour, theme.base, share) for colour in (theme.up, theme.down))
        return up, down, theme.base

    def _make(self, cells: Cells, transform: QTransform, line: int) -> Shapes:
        left, right, _, _, _ = _columns(cells, transform, line)
        y = _vertical(transform)
        bars = rectangles(left, y(cells.volume), right, y(np.zeros(len(left))) - 1)
        bars = bars[cells.volume > 0.0]
        rises = (cells.close >= cells.open)[cells.volume > 0.0]
        return Shapes(bars[rises], bars[~rises], np.empty((0, 4), np.int32))


def _columns(cells: Cells, transform: QTransform, line: int) -> tuple[Ints, Ints, Ints, Ints, bool]:
    """Return the left and right edges of bodies and of wicks, and whether bodies have room."""
    scale, shift = transform.m11(), transform.dx()
    if cells.group > 1:
        left = np.round(cells.left * scale + shift).astype(np.int32)
        right = np.round(cells.right * scale + shift).astype(np.int32) - 1
        right = np.maximum(left, right)
        return left, right, left, right, False
    body = int(scale * _BODY_SHARE)
    body -= (body - line) % 2  # so that the wick stands in the middle
    centre = (cells.left + 0.5) * scale + shift
    wick_left = np.floor(centre - 0.5 * line + 0.5).astype(np.int32)
    wick_right = wick_left + (line - 1)
    if scale < _BODIES_FROM_PX * line or body <= line:
        return wick_left, wick_right, wick_left, wick_right, False
    aside = (body - line) // 2
    return wick_left - aside, wick_right + aside, wick_left, wick_right, True


def _vertical(transform: QTransform) -> Callable[[Floats], Ints]:
    """Return what turns prices into device pixels."""
    scale, shift = transform.m22(), transform.dy()

    def to_pixels(values: Floats) -> Ints:
        return np.clip(np.round(values * scale + shift), -_FAR_PX, _FAR_PX).astype(np.int32)

    return to_pixels
