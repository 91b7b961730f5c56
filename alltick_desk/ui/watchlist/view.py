"""The table itself: Qt's headers, selection, scrolling and keyboard, and one paint event.

A delegate costs five times as much per frame: Qt asks the model for a dozen roles per cell. Here a
changed row is read once, compared with what stands on the screen, and only what differs is
painted.
"""

from collections.abc import Callable, Iterable
from math import ceil

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import (
    QHideEvent,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.observe import Hook
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.theme import Theme, figures_font
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.column_choice import ColumnChoice
from alltick_desk.ui.watchlist.hands import HandledTable
from alltick_desk.ui.watchlist.header import ColumnTitles
from alltick_desk.ui.watchlist.kept import KeptSelection
from alltick_desk.ui.watchlist.live_order import LiveOrder
from alltick_desk.ui.watchlist.look import TableLook
from alltick_desk.ui.watchlist.measure import Measure, scaled
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.moves import Moves
from alltick_desk.ui.watchlist.paint import CellPainter
from alltick_desk.ui.watchlist.scrolled import line_at, top_of
from alltick_desk.ui.watchlist.sight import Sight
from alltick_desk.ui.watchlist.surface import TableSurface
from alltick_desk.ui.watchlist.widths import ColumnWidths

_HORIZONTAL = Qt.Orientation.Horizontal
_SECOND_MS = 1_000


class WatchlistView(HandledTable):
    """Shows a WatchlistModel.

    Attributes:
        titles: the header.
        visible_changed: emitted from the event loop after other rows came into sight.
        choice_changed: emitted after a person moved a column or gave it another width.
        second: emitted once a second while there is a column that ages.
        hint: what stands in the middle while nothing is shown.
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
        super().__init__(model, parent)
        self.visible_changed: Hook[[]] = Hook()
        self.choice_changed: Hook[[ColumnChoice]] = Hook()
        self.second: Hook[[]] = Hook()
        self.hint = ""
        self._vendors = vendors
        self._look_ = TableLook()
        self._moves = Moves(now_s, self._show_ends, self)
        self._painter = self._make_painter(theme)
        self.titles = ColumnTitles(theme, self)
        self.setHorizontalHeader(self.titles)
        self._widths = ColumnWidths(self.titles, lambda: self.viewport().width(), self._choose)
        self._sight = Sight(model, self._moves)
        self._surface = TableSurface(self, model, self._sight, self._moves)
        self._announce = self._single_shot(self.visible_changed.emit)
        self._growth = self._single_shot(self._grow)
        self._moved = self._single_shot(self._take_order)
        self._seconds = QTimer(self)
        self._seconds.setInterval(_SECOND_MS)
        self._seconds.timeout.connect(self._pass_second)
        self._set_up(model)
        self.order = LiveOrder(model, self.held, self)
        self._following = model.arranged.connect(self._rearranged)
        self.destroyed.connect(self._following.disconnect)
        self._handling = self.hand_moved.connect(self._hold)

    def refresh(self, rows: Iterable[QuoteRow]) -> int:
        """Show what changed in ``rows``; return how many of them are in sight."""
        if self._source.check_day():
            self.reread()
        places = self._sight.places
        if isinstance(rows, dict):  # of the thousands that a frame brings few are in sight
            hit = [row for row in places if row in rows]
        else:
            hit = [row for row in rows if row in places]
        if hit:
            region = self._sight.differences(hit, self._cells)
            if not region.isEmpty():
                self.viewport().update(region)
        if self.isVisible():  # nobody sees the order of a hidden table: it sorts when it is shown
            self.order.touch()
        return len(hit)

    def refresh_lines(self) -> None:
        """Show the lines of the day as they are now, where they are shown."""
        if any(column.drawing for column in self._source.columns):
            self.refresh(list(self._sight.places))

    def reread(self) -> None:
        """Read every row in sight again, after a change of language or day."""
        self._sight.forget()
        self.viewport().update()

    def visible_keys(self) -> list[InstrumentKey]:
        """Return the instruments in sight, from top to bottom; none while the table is hidden."""
        self._look()
        return [row.key for row in self._sight.places]

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._painter.set_theme(theme)
        self.titles.set_theme(theme)
        self.viewport().update()

    def set_look(self, look: TableLook) -> None:
        """Follow the person's choices for the table."""
        if look == self._look_:
            return
        self._look_ = look
        self._moves.show(look.changes)
        self._source.read_with(digits=look.digits)
        self._remake()

    @property
    def look(self) -> TableLook:
        """The choices for the table that are followed."""
        return self._look_

    @property
    def choice(self) -> ColumnChoice:
        """The columns shown, and the widths that a person gave them."""
        return self._widths.choice

    def set_choice(self, choice: ColumnChoice) -> None:
        """Show these columns."""
        self._widths.choice = choice
        self._source.set_columns(choice.columns)
        self._painter.set_columns(self._source.columns)
        self._sight.take_columns()
        self._arrange_titles()
        self.fit()
        self.reread()
        self._mind_seconds()

    def show_tags(self) -> None:
        """Have rows tell whose they are, or no longer."""
        self._painter.measure.tagged = self._vendors.several
        self.fit()
        self.reread()

    def fit(self) -> None:
        """Make every column wide enough for its title and what it usually holds."""
        count = len(self._source.columns)
        titles = [str(self._source.headerData(n, _HORIZONTAL)) for n in range(count)]
        self._widths.fit(self._painter.measure, titles, self._source.reading)
        self._make_room_for_order()

    # Set-up

    def _set_up(self, model: WatchlistModel) -> None:
        # A viewport of Qt's own making would have the binding load every class of widgets to find
        # out what it is: 15 ms before the first paint.
        viewport = QWidget(self)
        viewport.setBackgroundRole(QPalette.ColorRole.Base)
        viewport.setAutoFillBackground(True)
        self.setViewport(viewport)
        self.setModel(model)
        self._keeping = KeptSelection(self, model)
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
        self.titles.sectionMoved.connect(self._moved.start)
        self.titles.sectionHandleDoubleClicked.connect(self._refit)
        self._set_sizes()

    def _set_sizes(self) -> None:
        measure = self._painter.measure
        self.verticalHeader().setDefaultSectionSize(measure.row)
        self.titles.setFont(scaled(self.font(), self._look_.table_font))
        self.titles.pad = measure.pad
        self.fold_room = 2 * measure.pad + measure.fold
        self.titles.setMinimumSectionSize(2 * measure.pad)
        self._arrange_titles()
        self.fit()

    def _make_painter(self, theme: Theme) -> CellPainter:
        font = figures_font(scaled(self.font(), self._look_.table_font))
        measure = Measure(font, self._look_.row_height)
        measure.tagged = self._vendors.several
        first = next(iter(self._vendors.titles.values()), "")
        painter = CellPainter(measure, theme, self._look_, outlined=first)
        painter.set_columns(self._source.columns)
        return painter

    def _remake(self) -> None:
        self._painter = self._make_painter(self._painter.theme)
        self._set_sizes()
        self.reread()
        self._look()

    def _single_shot(self, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        return timer

    # Columns

    def _arrange_titles(self) -> None:
        side = self._look_.alignment
        columns = self._source.columns
        self.titles.sides = [side if column.figure else "left" for column in columns]
        self._mark_order()

    def _mark_order(self) -> None:
        sorting = self._source.sorting
        ids = [column.id for column in self._source.columns]
        place = ids.index(sorting.column) if sorting.column in ids else -1
        self.titles.show_sorting(place, sorting, held=sorting.live and self.held())
        self._make_room_for_order()

    def _make_room_for_order(self) -> None:
        place = self.titles.sorted_by
        if place >= 0:
            title = str(self._source.headerData(place, _HORIZONTAL))
            sign = self.titles.mark_width() + 2 * self.titles.pad
            needed = self.titles.fontMetrics().horizontalAdvance(title) + sign
            if needed > self.columnWidth(place):
                self._widths.grow({place: needed})

    def _choose(self, choice: ColumnChoice) -> None:
        self._widths.choice = choice
        self.choice_changed.emit(choice)

    def _take_order(self) -> None:
        """Make the order that a person dragged the titles into that of the columns."""
        header, ids = self.titles, self.choice.ids
        order = [ids[header.logicalIndex(place)] for place in range(header.count())]
        if tuple(order) != ids:
            header.take_back_moves()  # the model's order says it from now on
            choice = self.choice.showing(order)
            self.set_choice(choice)
            self._choose(choice)

    def _refit(self, place: int) -> None:
        self._widths.forget(place)
        self.fit()

    def _grow(self) -> None:
        wanted, self._painter.wanted = self._painter.wanted, {}
        self._widths.grow(wanted)

    # What is in sight

    def _look(self) -> None:
        """Find out which rows are in sight."""
        first = int(line_at(self, 0))
        beyond = ceil(line_at(self, self.viewport().height())) if self.isVisible() else first
        if self._sight.look(first, beyond - first):
            self._announce.start()

    def _rearranged(self) -> None:
        self._look()
        self._mark_order()
        self.reread()

    def _cells(self, column: int, first: int, last: int) -> QRect:
        """Return the part of the viewport that a column has from one line to another."""
        height = self._painter.measure.row
        return QRect(
            self.columnViewportPosition(column),
            top_of(self, first),
            self.columnWidth(column),
            (last - first + 1) * height,
        )

    def _show_ends(self, rows: list[QuoteRow]) -> None:
        self.viewport().update(self._sight.flashing(rows, self._cells))

    def _mind_seconds(self) -> None:
        if self.isVisible() and any(column.ages for column in self._source.columns):
            self._seconds.start()
        else:
            self._seconds.stop()

    def _pass_second(self) -> None:
        self.second.emit()
        self.refresh(list(self._sight.places))

    def _hold(self) -> None:
        """Look whether the order is held now, and show it."""
        self._mark_order()
        self.order.look()

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        self._surface.paint(event, self._painter, zebra=self._look_.zebra, hint=self.hint)
        if self._painter.wanted:
            self._growth.start()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._look()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.give({})
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        self._mind_seconds()
        self.order.touch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look()
        self._mind_seconds()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._remake()
