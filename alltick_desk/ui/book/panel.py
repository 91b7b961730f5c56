"""The order book panel: asks above, the spread in the middle, bids beneath.

It paints itself: twenty rows of text and bars cost a fraction of a millisecond that way, and
nothing moves but what changed.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.quotes import NO_SIDES, QuoteRow, RowState
from alltick_desk.ui.book.ladder import NOTHING, Ladder, Line, make_ladder
from alltick_desk.ui.theme import Theme, figures_font, fill
from alltick_desk.ui.vendors import code_of

if TYPE_CHECKING:
    from alltick_desk.model.market import Depth

translate = QCoreApplication.translate

_MARGIN = 10.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap

_Seen: TypeAlias = "tuple[Depth | None, RowState, str, int]"


class OrderBookPanel(QWidget):
    """Shows the book of one row at a time.

    ``on_unreadable`` is told of a book that could not be decoded; the next one takes its place.
    ``label`` returns an instrument's code, with its vendor where that is a question.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        on_unreadable: Callable[[ProtocolError], None] = lambda _: None,
        label: Callable[[InstrumentKey], str] = code_of,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on_unreadable = on_unreadable
        self._label = label
        self._row: QuoteRow | None = None
        self._name = ""
        self._levels = 10
        self._ladder = Ladder()
        self._seen: _Seen | None = None
        self._unreadable = False
        self._described = ""
        self._measure()
        self.setObjectName("orderBook")
        self.setAccessibleName(translate("OrderBook", "Order book"))
        self.setAccessibleDescription(translate("OrderBook", "No row is selected."))

    def show_row(self, row: QuoteRow | None, name: str, levels: int) -> None:
        """Show the book of ``row``: ``name`` for people, ``levels`` a side at most (1 to 10)."""
        self._row = row
        self._name = name
        self._levels = max(1, min(levels, 10))
        self._ladder = Ladder()
        self._seen = None
        self._unreadable = False
        self.refresh()
        self._describe()
        self.update()

    @property
    def key(self) -> InstrumentKey | None:
        """What is shown."""
        return None if self._row is None else self._row.key

    def rename(self, name: str) -> None:
        """Call what is shown by another name, in another language say, and look at its label."""
        self._name = name
        self._describe()
        self.update()

    def refresh(self) -> None:
        """Take the row's newest book; to be called once a frame in which the row changed."""
        row = self._row
        if row is None:
            return
        seen = (row.depth, row.state, row.state_detail, row.digits)
        if self._seen is not None and seen[0] is self._seen[0] and seen[1:] == self._seen[1:]:
            return
        try:
            sides = row.sides()
        except ProtocolError as error:
            self._unreadable = True
            sides = NO_SIDES
            self._on_unreadable(error)
        else:
            self._unreadable = self._unreadable and row.depth is None
        self._seen = (row.depth, row.state, row.state_detail, row.digits)
        self._ladder = make_ladder(row, sides, self._levels, unreadable=self._unreadable)
        self._describe()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme
        self.update()

    def state(self) -> dict[str, object]:
        """Return what a person reads here; levels that do not fit are not among it."""
        shown = self._fitting()
        return {
            "instrument": self._row.key.code if self._row is not None else NOTHING,
            "bids": [[line.price, line.size] for line in self._ladder.bids[:shown]],
            "asks": [[line.price, line.size] for line in self._ladder.asks[:shown]],
            "note": self._ladder.notes,
        }

    def _measure(self) -> None:
        self._figures = figures_font(self.font())
        self._best = QFont(self._figures)
        self._best.setWeight(QFont.Weight.DemiBold)
        self._title = QFont(self.font())
        self._title.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(self._figures)
        self._text_height = metrics.height()
        self._price_width = metrics.horizontalAdvance("0000.000")

    def _describe(self) -> None:
        """Tell a screen reader the best prices."""
        ladder = self._ladder
        if self._row is None:
            text = translate("OrderBook", "No row is selected.")
        else:
            text = translate("OrderBook", "{name}: best bid {bid}, best ask {ask}. {note}").format(
                name=self._spoken_name(self._row.key),
                bid=_spoken(ladder.bids),
                ask=_spoken(ladder.asks),
                note=ladder.notes,
            )
        if text != self._described:
            self._described = text
            self.setAccessibleDescription(text.strip())

    def _spoken_name(self, key: InstrumentKey) -> str:
        label = self._label(key)
        return ", ".join(filter(None, (self._name, label if label != key.code else ""))) or label

    # Geometry, top to bottom: title, column heads, asks, spread, bids, note

    def _head_height(self) -> float:
        return 2 * self._text_height + 12

    def _spread_height(self) -> float:
        return self._text_height + 8

    def _note_height(self) -> float:
        return 2 * self._text_height + 4

    def _row_height(self) -> float:
        room = self.height() - self._head_height() - self._spread_height() - self._note_height()
        fitting = room / (2 * self._levels)
        return max(self._text_height, min(fitting, 1.6 * self._text_height))

    def _fitting(self) -> int:
        """How many levels a side there is room for."""
        room = self.height() - self._head_height() - self._spread_height()
        return max(1, min(self._levels, int(room / 2 / self._row_height())))

    # Painting

    def _paint(self, painter: QPainter) -> None:
        theme, ladder, width = self._theme, self._ladder, float(self.width())
        row = self._row
        if row is None:
            painter.setPen(theme.muted)
            area = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            painter.drawText(
                area, int(_CENTRE), translate("OrderBook", "Select a row to see its order book.")
            )
            return
        self._paint_head(painter, row)
        top, height, shown = self._head_height(), self._row_height(), self._fitting()
        if not (ladder.bids or ladder.asks) and not ladder.ask_note:
            painter.setPen(theme.muted)
            area = QRectF(_MARGIN, top, width - 2 * _MARGIN, self.height() - top - _MARGIN)
            painter.drawText(area, int(_CENTRE), ladder.note)
            return
        painter.setFont(self._figures)
        metrics = QFontMetricsF(self._best)
        lines = (*ladder.asks[:shown], *ladder.bids[:shown])
        self._price_width = max(
            self._price_width, *(metrics.horizontalAdvance(line.price) for line in lines), 0.0
        )
        middle = top + shown * height
        for index, line in enumerate(ladder.asks[:shown]):
            area = QRectF(0, middle - (index + 1) * height, width, height)
            self._paint_line(painter, area, line, theme.down, best=index == 0)
        self._paint_empty(painter, QRectF(0, top, width, shown * height), ladder.ask_note)
        self._paint_spread(painter, QRectF(0, middle, width, self._spread_height()))
        beneath = middle + self._spread_height()
        for index, line in enumerate(ladder.bids[:shown]):
            area = QRectF(0, beneath + index * height, width, height)
            self._paint_line(painter, area, line, theme.up, best=index == 0)
        self._paint_empty(painter, QRectF(0, beneath, width, shown * height), ladder.bid_note)
        painter.setFont(self.font())
        painter.setPen(theme.warn if ladder.old else theme.muted)
        end = beneath + shown * height + 4
        area = QRectF(_MARGIN, end, width - 2 * _MARGIN, max(0.0, self.height() - end))
        painter.drawText(area, int(_WRAPPED), ladder.note)

    def _paint_head(self, painter: QPainter, row: QuoteRow) -> None:
        theme, inner = self._theme, self.width() - 2 * _MARGIN
        painter.setFont(self.font())
        metrics = QFontMetricsF(self.font())
        area = QRectF(_MARGIN, 4, inner, self._text_height)
        code = self._label(row.key)
        code_width = metrics.horizontalAdvance(code)
        if self._name and self._name != row.key.code:
            painter.setPen(theme.muted)
            painter.drawText(area, int(_RIGHT), code)
            area.setWidth(max(0.0, inner - code_width - _MARGIN))
        painter.setFont(self._title)
        painter.setPen(theme.text)
        name = QFontMetricsF(self._title).elidedText(
            self._name or code, Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, int(_LEFT), name)
        painter.setFont(self.font())
        painter.setPen(theme.muted)
        heads = QRectF(_MARGIN, self._text_height + 6, inner, self._text_height)
        painter.drawText(heads, int(_LEFT), translate("OrderBook", "Price"))
        painter.drawText(heads, int(_RIGHT), translate("OrderBook", "Size"))

    def _paint_line(
        self, painter: QPainter, area: QRectF, line: Line, colour: QColor, *, best: bool
    ) -> None:
        theme, old = self._theme, self._ladder.old
        start = _MARGIN + self._price_width + _MARGIN
        if line.share > 0:
            room = max(0.0, area.width() - start)
            length = max(1.0, room * line.share)
            fill(
                painter,
                QRectF(area.right() - length, area.top() + 1, length, area.height() - 1),
                theme.wash(theme.muted if old else colour),
            )
        painter.setFont(self._best if best else self._figures)
        painter.setPen(theme.muted if old else colour)
        painter.drawText(
            QRectF(_MARGIN, area.top(), self._price_width, area.height()), int(_RIGHT), line.price
        )
        painter.setPen(theme.muted if old or line.size == NOTHING else theme.text)
        room = max(0.0, area.right() - _MARGIN - start)
        size = painter.fontMetrics().elidedText(line.size, Qt.TextElideMode.ElideLeft, round(room))
        painter.drawText(QRectF(start, area.top(), room, area.height()), int(_RIGHT), size)

    def _paint_spread(self, painter: QPainter, area: QRectF) -> None:
        theme = self._theme
        fill(painter, area.adjusted(0, 1, 0, -1), theme.raised)
        painter.setPen(theme.line)
        for y in (area.top() + 0.5, area.bottom() - 0.5):
            painter.drawLine(QPointF(0, y), QPointF(area.width(), y))
        inner = area.adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.setFont(self._figures)
        painter.setPen(theme.muted)
        left, right = self._spread_words(inner.width())
        painter.drawText(inner, int(_RIGHT), right)
        painter.drawText(inner, int(_LEFT), left)

    def _spread_words(self, room: float) -> tuple[str, str]:
        """Return what stands left and right on the spread's line: as much as does not touch."""
        width = QFontMetricsF(self._figures).horizontalAdvance
        figure, share = self._ladder.spread or NOTHING, self._ladder.spread_share
        words = translate("OrderBook", "Spread {spread}").format(spread=figure)
        percent = share.partition(" · ")[0]  # without the basis points
        for left, right in ((words, share), (words, percent), (figure, percent), (words, "")):
            if width(left) + (width(right) + _MARGIN if right else 0.0) <= room:
                return left, right
        return figure, ""

    def _paint_empty(self, painter: QPainter, area: QRectF, note: str) -> None:
        if note:
            painter.setFont(self.font())
            painter.setPen(self._theme.warn)
            painter.drawText(area.adjusted(_MARGIN, 0, -_MARGIN, 0), int(_CENTRE), note)

    # Qt's own

    def sizeHint(self) -> QSize:
        height = self._head_height() + self._spread_height() + self._note_height()
        return QSize(260, round(height + 20 * 1.25 * self._text_height))

    def minimumSizeHint(self) -> QSize:
        height = self._head_height() + self._spread_height()
        return QSize(180, round(height + 6 * self._text_height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, event.rect(), self._theme.base)
        self._paint(painter)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
            self.updateGeometry()
            self.update()
        elif event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(translate("OrderBook", "Order book"))
            self.show_row(self._row, self._name, self._levels)
        super().changeEvent(event)


def _spoken(lines: tuple[Line, ...]) -> str:
    """Say the best level of a side."""
    if not lines:
        return translate("OrderBook", "none")
    best = lines[0]
    return best.price if best.size == NOTHING else f"{best.price} × {best.size}"
