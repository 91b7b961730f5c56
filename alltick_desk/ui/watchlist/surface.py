"""The table's viewport: which lines and columns a paint event is about, and painting them."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from alltick_desk.ui.watchlist.arrangement import Heading
from alltick_desk.ui.watchlist.line import Band, Line, Place, RowLook
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.moves import Moves
from alltick_desk.ui.watchlist.paint import CellPainter
from alltick_desk.ui.watchlist.scrolled import line_at, top_of
from alltick_desk.ui.watchlist.sight import Sight


class TableSurface:
    """Paints a view's lines."""

    def __init__(self, view: QTableView, model: WatchlistModel, sight: Sight, moves: Moves) -> None:
        self._view = view
        self._model = model
        self._sight = sight
        self._moves = moves

    def paint(self, event: QPaintEvent, cells: CellPainter, *, zebra: bool, hint: str) -> None:
        """Paint what the event is about; ``hint`` where there are no lines."""
        painter = QPainter(self._view.viewport())
        if self._model.lines:
            painter.setFont(cells.measure.font)
            cells.set_ratio(self._view.devicePixelRatioF())
            for (top, bottom), among in self._strips(event, cells).items():
                if among:
                    band = cells.band(tuple(among))
                    self._paint_strip(painter, cells, (top, bottom), band, zebra=zebra)
        else:
            painter.setPen(cells.theme.muted)
            room = self._view.viewport().rect().adjusted(24, 8, -24, -8)
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(room, flags, hint)
        painter.end()

    def _strips(
        self, event: QPaintEvent, cells: CellPainter
    ) -> dict[tuple[int, int], dict[Place, None]]:
        """Return the columns to paint, by the first and last pixel of their height.

        The region's parts of one height are one band: a row is painted once, not once a part.
        """
        view = self._view
        columns = [
            Place(n, view.columnViewportPosition(n), width, width - 2 * cells.measure.pad)
            for n, width in enumerate(map(view.columnWidth, range(len(self._model.columns))))
        ]
        strips: dict[tuple[int, int], dict[Place, None]] = {}
        for rect in event.region():  # type: ignore[attr-defined]
            left, right = rect.left(), rect.right()
            inside = [p for p in columns if p.x <= right and p.x + p.width > left]
            strips.setdefault((rect.top(), rect.bottom()), {}).update(dict.fromkeys(inside))
        return strips

    def _paint_strip(
        self,
        painter: QPainter,
        cells: CellPainter,
        span: tuple[int, int],
        band: Band,
        *,
        zebra: bool,
    ) -> None:
        view, lines = self._view, self._model.lines
        height = cells.measure.row
        begin = int(line_at(view, max(0, span[0])))
        end = min(int(line_at(view, span[1])) + 1, len(lines))
        selected: set[int] = set()
        for part in view.selectionModel().selection():  # type: ignore[attr-defined]
            selected.update(range(max(begin, part.top()), min(end, part.bottom() + 1)))
        current = view.currentIndex().row() if view.hasFocus() else -1
        rows: list[tuple[int, Line, RowLook]] = []
        for place in range(begin, end):
            line = lines[place]
            y = top_of(view, place)
            if isinstance(line, Heading):
                room = QRect(0, y, view.viewport().width(), height)
                look = RowLook(place in selected, place == current, 0)
                cells.paint_heading(painter, room, line, look)
                continue
            move = self._moves.of(line)
            look = RowLook(
                place in selected,
                place == current,
                0 if move is None else line.move,
                0 if move is None else move.same,
                zebra and place % 2 == 1,
            )
            rows.append((y, self._sight.line(line), look))
        for y, texts, look in rows:
            cells.prepare_row(y, texts, band, look)
        cells.lay(painter)
        for y, texts, look in rows:
            cells.paint_row(painter, y, texts, band, look)
        cells.finish(painter)
