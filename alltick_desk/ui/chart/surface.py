"""The surface: what stands still is kept as a picture, what moves is painted upon it.

Bars, indicators, grid and labels are painted only where they changed. Crosshair, last price and
legends move with the pointer and with every tick, so they are painted over the kept picture each
time: moving them never paints a bar again, however many there are.
"""

from collections.abc import Iterable
from typing import cast

import pyqtgraph as pg
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from alltick_desk.ui.chart.pieces import Piece
from alltick_desk.ui.chart.texts import Texts
from alltick_desk.ui.theme import Theme, figures_font

_LABEL_SHARE = 0.92  # of the font's size
_SMALL_PX = 65_536  # so many are painted in no time


class Surface(pg.GraphicsView):  # type: ignore[misc]
    """A view of a pyqtgraph scene in its own pixels, with pieces beneath and above it.

    It paints the scene's items itself: looking for them anew each time takes as long as painting.

    Attributes:
        small: the font of labels and legends.
        exposed: what of the view is being painted anew, while it is.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False, background=None)
        self.setCentralItem(None)
        self.theme = theme
        self.small = figures_font(self.font())
        self.small.setPointSizeF(self.small.pointSizeF() * _LABEL_SHARE)
        self.metrics = QFontMetricsF(self.small)
        self.words = Texts(self.small)
        self.exposed = QRectF()
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else filled twice
        self.viewport().setAutoFillBackground(False)
        self._beneath: list[Piece] = []
        self._above: list[Piece] = []
        self._moving: list[Piece] = []
        self._kept = QImage()
        self._stale: list[QRect] = []
        self._all_new = True

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
        # A list, not a region, which would cut neighbours into more and smaller pieces: two that
        # are small and near to each other are painted sooner as one.
        while near := [other for other in self._stale if _near(rect, other)]:
            for other in near:
                self._stale.remove(other)
                rect = rect.united(other)
        self._stale.append(rect)

    def touch_all(self) -> None:
        """Paint everything anew."""
        self._stale = [self.viewport().rect()]
        self._all_new = True
        self.viewport().update()

    def paint_panes(self, painter: QPainter) -> None:
        """Paint what stands between the pieces beneath and those above, where it is exposed."""

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
        self.viewport().update(_reach(area))

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
            painter.end()  # one that is left open ends the program at the next one

    def _paint_still(self, painter: QPainter, rect: QRect) -> None:
        self.exposed = area = QRectF(rect)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, self.theme.base)
        _paint(self._beneath, painter, area)
        self.paint_panes(painter)
        _paint(self._above, painter, area)
        painter.restore()

    def _show(self, painter: QPainter, region: QRegion) -> None:
        whole = self.viewport().rect()
        ratio = self.devicePixelRatioF()
        exact = ratio == int(ratio)  # then every rectangle lies on whole device pixels
        all_new, self._all_new = self._all_new, False
        if all_new and region == QRegion(whole) and (exact or self._on_whole_pixels(whole, ratio)):
            # While bars are dragged or zoomed every frame is another picture, and keeping it
            # would be in vain. The first frame that is not new makes the one to keep.
            self._paint_still(painter, whole)
        else:
            self._bring_up()
            if exact:
                for rect in cast("Iterable[QRect]", region):
                    painter.setClipRect(rect)  # see ``_paint_moving``
                    source = rect if ratio == 1.0 else _scaled(rect, ratio)
                    painter.drawImage(rect, self._kept, source)
            else:
                painter.drawImage(0, 0, self._kept)
        self._paint_moving(painter, region)

    def _on_whole_pixels(self, area: QRect, ratio: float) -> bool:
        """Whether an area of the viewport begins and ends between device pixels, not in one."""
        place = self.viewport().mapTo(self.window(), area.topLeft())
        sides = (place.x(), place.y(), area.width(), area.height())
        return all((side * ratio).is_integer() for side in sides)

    def _paint_moving(self, painter: QPainter, region: QRegion) -> None:
        """Paint what moves, each piece clipped to its own rectangle.

        What Qt paints anew is a region of many rectangles, and in such a clip it goes line by line
        and has threads share the lines out: a tenfold of the time, and more where a core is busy.
        Within one rectangle it copies in one piece.
        """
        for piece in self._moving:
            if piece.visible and region.intersects(room := _reach(piece.area)):
                painter.setClipRect(room)
                painter.setFont(piece.font)
                piece.draw(painter)

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            self._show(painter, event.region())
        finally:
            painter.end()


def _scaled(rect: QRect, ratio: float) -> QRect:
    return QRect(rect.topLeft() * ratio, rect.size() * ratio)


def _near(one: QRect, other: QRect) -> bool:
    both = one.united(other)
    return one.intersects(other) or both.width() * both.height() <= _SMALL_PX


def _reach(area: QRectF) -> QRect:
    """Return what a piece in an area may paint: letters lean out of it, and a veil does."""
    return area.toAlignedRect().adjusted(-2, -2, 2, 2)


def _paint(pieces: list[Piece], painter: QPainter, area: QRectF) -> None:
    for piece in pieces:
        if piece.visible and piece.area.intersects(area):
            painter.setFont(piece.font)
            piece.draw(painter)


def _forget(_area: QRectF) -> None:
    """A piece that was removed changes nothing."""
