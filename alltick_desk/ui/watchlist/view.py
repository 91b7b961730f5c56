"""The table itself: Qt's headers, selection, scrolling and keyboard, and one paint event.

A delegate costs five times as much per frame: Qt asks the model for a dozen roles per cell. Here a
changed row is read once, compared with what stands on the screen, and only what differs is
painted.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.observe import Hook
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.theme import Theme, figures_font
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.columns import COLUMNS, Tone
from alltick_desk.ui.watchlist.format import UNKNOWN
from alltick_desk.ui.watchlist.header import ColumnTitles
from alltick_desk.ui.watchlist.measure import Measure, first_widths
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.paint import Band, CellPainter, Line, Place, RowLook, read_line

FLASH_S = 0.4

_HORIZONTAL = Qt.Orientation.Horizontal
_FLASHES = next(place for place, column in enumerate(COLUMNS) if column.flashes)
_ALL = range(len(COLUMNS))
_COLOURED_BY_SIGN = [place for place in _ALL if COLUMNS[place].tone is Tone.MOVED]
_SPREADS = next(place for place, column in enumerate(COLUMNS) if column.spreads)


class WatchlistView(QTableView):
    """Shows a WatchlistModel.

    Attributes:
        visible_changed: emitted from the event loop after other rows came into sight.
        hint: what stands in the middle while the list is empty.
    """

    def __init__(
        self,
        model: WatchlistModel,
        theme: Theme,
        vendors: VendorTags,
        *,
        now_s: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.visible_changed: Hook[[]] = Hook()
        self.hint = ""
        self._source = model
        self._vendors = vendors
        self._now_s = now_s
        self._flash = True
        self._in_sight: list[QuoteRow] = []  # from top to bottom
        self._places: dict[QuoteRow, int] = {}
        self._lines: dict[QuoteRow, Line] = {}
        self._flashes: dict[QuoteRow, float] = {}  # and when they end, in monotonic seconds
        self._sized_by_hand: set[int] = set()
        self._fitting = False
        self._painter = self._make_painter(theme)
        self._titles = ColumnTitles(theme, self)
        self.setHorizontalHeader(self._titles)
        self._announce = self._single_shot(self.visible_changed.emit)
        self._growth = self._single_shot(self._grow)
        self._flash_end = self._single_shot(self._end_flashes)
        self._set_up(model)

    def refresh(self, rows: Iterable[QuoteRow]) -> int:
        """Show what changed in ``rows``; return how many of them are in sight."""
        if self._source.check_day():
            self.reread()
        places = self._places
        hit = [row for row in rows if row in places]
        if hit:
            region = self._differences(hit)
            if not region.isEmpty():
                self.viewport().update(region)
        return len(hit)

    def reread(self) -> None:
        """Read every row in sight again, after a change of language or day."""
        self._lines.clear()
        self.viewport().update()

    def visible_keys(self) -> list[InstrumentKey]:
        """Return the instruments in sight, from top to bottom; none while the table is hidden."""
        self._look()
        return [row.key for row in self._in_sight]

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._painter.set_theme(theme)
        self._titles.set_theme(theme)
        self.viewport().update()

    def show_tags(self) -> None:
        """Have rows tell whose they are, or no longer."""
        self._painter.measure.tagged = self._vendors.several
        self.fit()
        self.reread()

    def set_flash(self, flash: bool) -> None:
        """Choose whether a changed price is shown for a moment."""
        self._flash = flash

    def fit(self) -> None:
        """Make every column wide enough for its title and what it usually holds."""
        titles = [str(self._source.headerData(n, _HORIZONTAL)) for n in range(len(COLUMNS))]
        widths = first_widths(
            self._painter.measure, self._titles.font(), titles, self._source.reading
        )
        self._resize({n: width for n, width in enumerate(widths) if n != _SPREADS})

    # Set-up

    def _set_up(self, model: WatchlistModel) -> None:
        # A viewport of Qt's own making would have the binding load every class of widgets to find
        # out what it is: 15 ms before the first paint.
        viewport = QWidget(self)
        viewport.setBackgroundRole(QPalette.ColorRole.Base)
        viewport.setAutoFillBackground(True)
        self.setViewport(viewport)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table, as everywhere else
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self._set_sizes()
        self._titles.sectionResized.connect(self._on_resized)

    def _set_sizes(self) -> None:
        measure = self._painter.measure
        self.verticalHeader().setDefaultSectionSize(measure.row)
        self._titles.pad = measure.pad
        self._titles.setMinimumSectionSize(2 * measure.pad)
        self.fit()

    def _make_painter(self, theme: Theme) -> CellPainter:
        measure = Measure(figures_font(self.font()))
        measure.tagged = self._vendors.several
        first = next(iter(self._vendors.titles.values()), "")
        return CellPainter(measure, theme, outlined=first)

    def _single_shot(self, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        return timer

    # Columns

    def _resize(self, widths: dict[int, int]) -> None:
        """Give columns new widths, except those that a person has sized; then fill the rest."""
        header = self._titles
        self._fitting = True
        for place, width in widths.items():
            if place not in self._sized_by_hand:
                header.resizeSection(place, width)
        if _SPREADS not in self._sized_by_hand:
            others = header.length() - header.sectionSize(_SPREADS)
            left = self.viewport().width() - others
            header.resizeSection(_SPREADS, max(self._painter.measure.least_name, left))
        self._fitting = False

    def _on_resized(self, place: int) -> None:
        if not self._fitting:
            self._sized_by_hand.add(place)
            self._resize({})

    def _grow(self) -> None:
        wanted, self._painter.wanted = self._painter.wanted, {}
        wanted.pop(_SPREADS, None)
        self._resize({n: w for n, w in wanted.items() if w > self.columnWidth(n)})

    # What is in sight

    def _look(self) -> None:
        """Find out which rows are in sight."""
        shown: list[QuoteRow] = []
        first = self.verticalScrollBar().value()  # scrolling goes by rows
        if self.isVisible():
            count = -(-self.viewport().height() // self._painter.measure.row)
            shown = list(self._source.rows[first : first + count])
        if shown == self._in_sight:
            return
        self._in_sight = shown
        self._places = {row: first + number for number, row in enumerate(shown)}
        self._lines = {row: line for row, line in self._lines.items() if row in self._places}
        self._announce.start()

    def _line(self, row: QuoteRow) -> Line:
        line = self._lines.get(row)
        return line if line is not None else self._read(row)

    def _read(self, row: QuoteRow) -> Line:
        self._source.unpack(row)
        line = self._lines[row] = read_line(row, self._source.reading)
        return line

    # What changed

    def _differences(self, rows: list[QuoteRow]) -> QRegion:
        """Read ``rows`` anew; return the part of the viewport that looks different now."""
        first, last = [-1] * len(COLUMNS), [-1] * len(COLUMNS)
        for row in rows:
            place = self._places[row]
            old = self._lines.get(row)
            new = self._read(row)
            if new == old:
                continue
            for column in self._changed_columns(row, old, new):
                first[column] = place if first[column] < 0 else min(first[column], place)
                last[column] = max(last[column], place)
        region = QRegion()
        for column, top in enumerate(first):
            if top >= 0:
                region += self._cells(column, top, last[column])
        return region

    def _changed_columns(self, row: QuoteRow, old: Line | None, new: Line) -> Iterable[int]:
        if old is None or new.state is not old.state:
            return _ALL
        before, after = old.texts, new.texts
        if after[_FLASHES] != before[_FLASHES] != UNKNOWN:
            self._begin_flash(row)
        changed = [n for n in _ALL if after[n] != before[n]]
        return changed if new.sign == old.sign else {*changed, *_COLOURED_BY_SIGN}

    def _cells(self, column: int, first: int, last: int) -> QRect:
        height = self._painter.measure.row
        return QRect(
            self.columnViewportPosition(column),
            (first - self.verticalScrollBar().value()) * height,
            self.columnWidth(column),
            (last - first + 1) * height,
        )

    def _begin_flash(self, row: QuoteRow) -> None:
        if self._flash and row.move:
            self._flashes[row] = self._now_s() + FLASH_S
            if not self._flash_end.isActive():
                self._flash_end.start(round(FLASH_S * 1000))

    def _end_flashes(self) -> None:
        soon = self._now_s() + FLASH_S / 8  # what ends next ends now: fewer paintings
        region = QRegion()
        for row, end in tuple(self._flashes.items()):
            if end <= soon:
                del self._flashes[row]
                if (place := self._places.get(row)) is not None:
                    region += self._cells(_FLASHES, place, place)
        if self._flashes:
            self._flash_end.start(round((min(self._flashes.values()) - soon) * 1000) + 1)
        self.viewport().update(region)

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self._source.rows:
            self._paint_hint(painter)
            painter.end()
            return
        painter.setFont(self._painter.measure.font)
        self._painter.ratio = self.devicePixelRatioF()
        columns = [
            Place(n, self.columnViewportPosition(n), width, width - 2 * self._painter.measure.pad)
            for n, width in enumerate(map(self.columnWidth, range(len(COLUMNS))))
            if not self.isColumnHidden(n)
        ]
        # The region's parts of one height are one band: a row is painted once, not once a part.
        strips: dict[tuple[int, int], dict[Place, None]] = {}
        for rect in event.region():  # type: ignore[attr-defined]
            left, right = rect.left(), rect.right()
            inside = [p for p in columns if p.x <= right and p.x + p.width > left]
            strips.setdefault((rect.top(), rect.bottom()), {}).update(dict.fromkeys(inside))
        for (top, bottom), among in strips.items():
            if among:
                self._paint_strip(painter, top, bottom, self._painter.band(tuple(among)))
        painter.end()
        if self._painter.wanted:
            self._growth.start()

    def _paint_strip(self, painter: QPainter, top: int, bottom: int, band: Band) -> None:
        height, scrolled = self._painter.measure.row, self.verticalScrollBar().value()
        rows = self._source.rows
        begin = scrolled + max(0, top) // height
        end = min(scrolled + bottom // height + 1, len(rows))
        selected: set[int] = set()
        for part in self.selectionModel().selection():  # type: ignore[attr-defined]
            selected.update(range(max(begin, part.top()), min(end, part.bottom() + 1)))
        current = self.currentIndex().row() if self.hasFocus() else -1
        for place in range(begin, end):
            row = rows[place]
            look = RowLook(
                place in selected,
                place == current,
                row.move if row in self._flashes else 0,
            )
            y = (place - scrolled) * height
            self._painter.paint_row(painter, y, self._line(row), band, look)

    def _paint_hint(self, painter: QPainter) -> None:
        painter.setPen(self._painter.theme.muted)
        room = self.viewport().rect().adjusted(24, 8, -24, -8)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, self.hint)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._look()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resize({})
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            theme = self._painter.theme
            self._painter = self._make_painter(theme)
            self._set_sizes()
            self.reread()
