"""The surface: what stands still is kept as a picture, what moves is painted upon it.

Bars, indicators, grid and labels are painted only where they changed. Crosshair, last price and
legends move with the pointer and with every tick, so they are painted over the kept picture each
time: moving them never paints a bar again, however many there are.
"""

from collections.abc import Iterable
from typing import cast

import pyqtgraph as pg
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from alltick_desk.ui.chart.pieces import Piece
from alltick_desk.ui.theme import Theme, figures_font

_LABEL_SHARE = 0.92  # of the font's size


class Surface(pg.GraphicsView):  # type: ignore[misc]
    """A view of a pyqtgraph scene in its own pixels, with pieces beneath and above it.

    Attributes:
        small: the font of labels and legends.
        filled: where the scene has anything.
        exposed: what of the view is being painted anew, while it is.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False, background=None)
        self.setCentralItem(None)
        self.theme = theme
        self.small = figures_font(self.font())
        self.small.setPointSizeF(self.small.pointSizeF() * _LABEL_SHARE)
        self.metrics = QFontMetricsF(self.small)
        self.filled = QRectF()
        self.exposed = QRectF()
        self._beneath: list[Piece] = []
        self._above: list[Piece] = []
        self._moving: list[Piece] = []
        self._kept = QImage()
        self._stale: list[QRect] = []

    def add_beneath(self, piece: Piece) -> None:
        """Paint a piece under the panes."""
        self._add(piece, self._beneath)

    def add_above(self, piece: Piece) -> None:
        """Paint a piece over the panes; it does not change with the pointer or a tick."""
        self._add(piece, self._above)

    def add_moving(self, piece: Piece) -> None:
        """Paint a piece over everything, each time."""
        self._add(piece, self._moving)

    def remove_piece(self, piece: Piece) -> None:
        """Paint a piece no more."""
        piece.update()
        for pieces in (self._beneath, self._above, self._moving):
            if piece in pieces:
                pieces.remove(piece)
        piece.on_change = _forget

    def touch(self, area: QRectF) -> None:
        """Paint anew what stands still in an area of the view."""
        rect = area.toAlignedRect()
        self.viewport().update(rect)
        # A list, not a region, which would cut neighbours into more and smaller pieces.
        for other in [other for other in self._stale if other.intersects(rect)]:
            self._stale.remove(other)
            rect = rect.united(other)
        self._stale.append(rect)

    def touch_all(self) -> None:
        """Paint everything anew."""
        self._stale = [self.viewport().rect()]
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.theme = theme
        for piece in (*self._beneath, *self._above, *self._moving):
            piece.set_theme(theme)
        self.touch_all()

    def _add(self, piece: Piece, pieces: list[Piece]) -> None:
        pieces.append(piece)
        piece.on_change = self._move if pieces is self._moving else self.touch
        piece.update()

    def _move(self, area: QRectF) -> None:
        self.viewport().update(area.toAlignedRect().adjusted(-1, -1, 1, 1))

    def _bring_up(self) -> None:
        """Have the kept picture show what stands still now."""
        whole = self.viewport().rect()
        ratio = self.devicePixelRatioF()
        size = whole.size() * ratio
        if self._kept.size() != size or self._kept.devicePixelRatioF() != ratio:
            self._kept = QImage(size, QImage.Format.Format_RGB32)  # opaque: copied, not blended
            self._kept.setDevicePixelRatio(ratio)
            self._stale = [whole]
        if not self._stale:
            return
        stale, self._stale = self._stale, []
        painter = QPainter(self._kept)
        try:
            for rect in stale:
                self._paint_still(painter, rect.intersected(whole))
        finally:
            painter.end()  # a painter left open on the picture ends the program at the next one

    def _paint_still(self, painter: QPainter, rect: QRect) -> None:
        self.exposed = area = QRectF(rect)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, self.theme.base)
        _paint(self._beneath, painter, area)
        if area.intersects(self.filled):
            painter.save()
            self.render(painter, area, rect, Qt.AspectRatioMode.IgnoreAspectRatio)
            painter.restore()
        _paint(self._above, painter, area)
        painter.restore()

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        self._bring_up()
        painter = QPainter(self.viewport())
        ratio = self._kept.devicePixelRatioF()
        region = event.region()
        if ratio == int(ratio):  # then every rectangle lies on whole device pixels
            for rect in cast("Iterable[QRect]", region):
                source = QRect(rect.topLeft() * ratio, rect.size() * ratio)
                painter.drawImage(rect, self._kept, source)
        else:
            painter.drawImage(0, 0, self._kept)
        _paint(self._moving, painter, QRectF(region.boundingRect()))


def _paint(pieces: list[Piece], painter: QPainter, area: QRectF) -> None:
    for piece in pieces:
        if piece.visible and piece.area.intersects(area):
            painter.setFont(piece.font)
            piece.draw(painter)


def _forget(_area: QRectF) -> None:
    """A piece that was removed changes nothing."""
