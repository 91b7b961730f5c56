"""A row of the list under the add box: code, names, market, with what was typed stressed."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from alltick_desk.ui.theme import fill
from alltick_desk.ui.watchlist.offers import Offer, Text

OFFER = int(Qt.ItemDataRole.UserRole)

_MEASURED = 8  # of the codes with the most letters, one is the widest
_ELLIPSIS = "…"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class OfferPainter(QStyledItemDelegate):
    """Paints offers; ``code_width`` is kept free for the codes, in pixels."""

    code_width = 0

    def fit(self, codes: Sequence[str], font: QFont) -> None:
        """Keep as much room for codes as the longest of them take, within reason."""
        strong = QFontMetrics(_strong(font))
        longest = sorted(codes, key=len)[-_MEASURED:]
        widest = max(map(strong.horizontalAdvance, longest), default=0)
        self.code_width = min(widest, strong.averageCharWidth() * 24)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        offer = index.data(OFFER)
        if not isinstance(offer, Offer):
            return
        palette, area = option.palette, option.rect
        font, state = option.font, option.state
        role = QPalette.ColorRole
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        plain = palette.color(role.HighlightedText if chosen else role.Text)
        quiet = plain if chosen else palette.color(role.PlaceholderText)
        stress = plain if chosen else palette.color(role.Link)
        painter.save()
        if chosen:
            fill(painter, area, palette.color(role.Highlight))
        pen = _Pen(painter, font, stress)
        gap = QFontMetrics(font).averageCharWidth() * 2
        inner = area.adjusted(gap // 2, 0, -gap // 2, 0)
        if offer.as_typed:
            pen.draw(offer.names[0], inner, plain)
        else:
            self._paint_known(pen, offer, inner, gap, (plain, quiet))
        painter.restore()

    def _paint_known(
        self, pen: "_Pen", offer: Offer, inner: QRect, gap: int, colours: tuple[QColor, QColor]
    ) -> None:
        plain, quiet = colours
        code = QRect(inner.x(), inner.y(), min(self.code_width, inner.width()), inner.height())
        pen.draw(offer.code, code, plain)
        right = " · ".join(filter(None, (offer.market, offer.tag)))
        taken = pen.draw_right(right, inner, quiet)
        left = code.right() + 1 + gap
        room = QRect(left, inner.y(), inner.right() - taken - gap - left, inner.height())
        for name, colour in zip(offer.names, (plain, quiet), strict=False):
            if room.width() <= 0:
                break
            room.setLeft(room.left() + pen.draw(name, room, colour) + gap)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del index
        metrics = QFontMetrics(option.font)
        return QSize(metrics.averageCharWidth() * 40, metrics.height() + metrics.height() // 2)


class _Pen:
    """Draws texts in one font, their stressed parts strong and in another colour."""

    def __init__(self, painter: QPainter, font: QFont, stress: QColor) -> None:
        self._painter = painter
        self._fonts = (font, _strong(font))
        self._metrics = tuple(map(QFontMetrics, self._fonts))
        self._stress = stress

    def draw(self, text: Text, area: QRect, colour: QColor) -> int:
        """Draw a text at the left of ``area``, cut where it ends; return the width it took."""
        x, end = area.x(), area.right() + 1
        pieces = _pieces(text)
        whole = sum(self._width(piece, strong=strong) for piece, strong in pieces)
        dots = self._metrics[0].horizontalAdvance(_ELLIPSIS) if whole > area.width() else 0
        for piece, strong in pieces:
            width = self._width(piece, strong=strong)
            if dots and x + width > end - dots:
                metrics = self._metrics[strong]
                cut = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, max(0, end - x))
                self._write(cut, QRect(x, area.y(), end - x, area.height()), colour, strong)
                return end - area.x()
            self._write(piece, QRect(x, area.y(), width + 1, area.height()), colour, strong)
            x += width
        return x - area.x()

    def draw_right(self, text: str, area: QRect, colour: QColor) -> int:
        """Draw a text at the right, in half of ``area`` at most; return the width it took."""
        metrics = self._metrics[0]
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width() // 2)
        self._painter.setFont(self._fonts[0])
        self._painter.setPen(colour)
        self._painter.drawText(area, int(_RIGHT), text)
        return metrics.horizontalAdvance(text)

    def _width(self, text: str, *, strong: bool) -> int:
        return self._metrics[strong].horizontalAdvance(text)

    def _write(self, text: str, area: QRect, colour: QColor, strong: bool) -> None:
        self._painter.setFont(self._fonts[strong])
        self._painter.setPen(self._stress if strong else colour)
        self._painter.drawText(area, int(_LEFT), text)


def _pieces(text: Text) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is stressed."""
    pieces = []
    at = 0
    for start, end in text.typed:
        pieces += [(text.text[at:start], False), (text.text[start:end], True)]
        at = end
    pieces.append((text.text[at:], False))
    return [piece for piece in pieces if piece[0]]


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setBold(True)
    return strong
