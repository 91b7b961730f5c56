"""Rows and sections that are dragged in the table, out of it and into it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.lists import Lists
from alltick_desk.ui.lists.aim import Aim, aim_rows, aim_section, end_of
from alltick_desk.ui.lists.carried import Carried, is_welcome, pack, unpack
from alltick_desk.ui.lists.deeds import ListDeeds
from alltick_desk.ui.lists.drop_mark import DropMark
from alltick_desk.ui.lists.importing import Goal, Imports
from alltick_desk.ui.lists.section_deeds import SectionDeeds
from alltick_desk.ui.watchlist.column_choice import OFFERED
from alltick_desk.ui.watchlist.edits import RowEdits
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.scrolled import line_at, top_of
from alltick_desk.ui.watchlist.sentences import listed, sorted_now
from alltick_desk.ui.watchlist.view import WatchlistView
from alltick_desk.ui.words import spoken

SCROLL_MS = 60  # a line while something is held at the table's edge

_Action = Qt.DropAction


class TableDrag(QObject):
    """Starts drags in a table and takes what is dropped on it; ``tell`` gets sentences.

    Attributes:
        run: has a person drag; returns when it was dropped or given up.
    """

    def __init__(
        self,
        view: WatchlistView,
        model: WatchlistModel,
        *,
        deeds: ListDeeds,
        sections: SectionDeeds,
        edits: RowEdits,
        imports: Imports,
        tell: Callable[[str], None],
    ) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._deeds = deeds
        self._sections = sections
        self._edits = edits
        self._imports = imports
        self._tell = tell
        self.run: Callable[[QDrag], object] = _run
        self._mark = DropMark(view.viewport())
        self._carried: Carried | None = None
        self._over = QPoint()
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def _lists(self) -> Lists:
        return self._deeds.lists

    # Out

    def start(self) -> None:
        """Have the person drag what is selected: a section by its heading, else rows."""
        heading = self._sections.heading()
        shown = self._lists.shown
        if heading is not None:
            keys = self._sections.keys_of(heading)
            carried, label = Carried(shown.id, keys, heading.number), heading.name
            text = self._edits.text_of(keys)
        else:
            keys = self._in_own_order(self._edits.selected_keys())
            if not keys:
                return
            carried, text = Carried(shown.id, keys), self._edits.text()
            label = spoken(listed([key.code for key in keys]))
        drag = QDrag(self._view)
        drag.setMimeData(pack(carried, text))
        drag.setPixmap(_picture(label, self._view))
        drag.setHotSpot(QPoint(-12, -8))
        self.run(drag)

    def _in_own_order(self, keys: Sequence[InstrumentKey]) -> tuple[InstrumentKey, ...]:
        chosen = frozenset(keys)
        return tuple(key for key in self._lists.shown.keys if key in chosen)

    # In

    def enter(self, event: QDragEnterEvent) -> None:
        """Look at what comes."""
        self._carried = unpack(event.mimeData())
        if not is_welcome(event.mimeData()):
            return
        event.acceptProposedAction()
        shown = self._lists.shown
        here = self._carried is not None and self._carried.source == shown.id
        column = OFFERED.get(self._model.sorting.column)
        if here and column is not None and len(shown.sections) < 2:
            self._tell(sorted_now(column.title))

    def move(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        self._over = event.position().toPoint()
        aim = self._aim()
        if aim is None:
            self._mark.hide()
            event.ignore()
        else:
            self._show(aim)
            self._accept(event)
        if self._edge():
            self._scrolling.start()
        else:
            self._scrolling.stop()

    def leave(self) -> None:
        """Forget it."""
        self._scrolling.stop()
        self._mark.hide()
        self._carried = None

    def drop(self, event: QDropEvent) -> None:
        """Take it in."""
        self._over = event.position().toPoint()
        carried, aim = self._carried, self._aim()
        self.leave()
        if aim is None:
            event.ignore()
            return
        self._carried = carried
        self._accept(event)
        self._carried = None
        if carried is None:
            self._imports.bring(event.mimeData(), Goal(place=aim.place))
        else:
            self._take(carried, aim, copy=event.dropAction() is _Action.CopyAction)

    # Inside

    def _take(self, carried: Carried, aim: Aim, *, copy: bool) -> None:
        here = self._lists.shown.id
        if carried.source != here:
            if self._deeds.carry(carried, here, aim.place, copy=copy):
                self._edits.select(carried.keys)
        elif carried.section:
            self._sections.move(carried.section, aim.place.section)
        else:
            self._lists.move(carried.keys, aim.place)

    def _accept(self, event: QDropEvent) -> None:
        if self._carried is None:
            event.acceptProposedAction()
            return
        copies = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        elsewhere = self._carried.source != self._lists.shown.id  # once in a list is enough
        event.setDropAction(_Action.CopyAction if copies and elsewhere else _Action.MoveAction)
        event.accept()

    def _aim(self) -> Aim | None:
        at = line_at(self._view, self._over.y())
        shown, carried = self._lists.shown, self._carried
        if carried is not None and carried.section and carried.source == shown.id:
            return aim_section(self._model.lines, shown, at)
        if carried is None or carried.source != shown.id:  # it finds a place in any order
            found = aim_rows(self._model.lines, shown, at, ordered=self._ordered())
            return found or Aim(end_of(shown), len(self._model.lines))
        found = aim_rows(self._model.lines, shown, at, ordered=self._ordered())
        if found is not None and not self._ordered():
            # Where they stand in their own section nobody would see: nothing is moved there.
            places = (shown.place_of(key) for key in carried.keys)
            if all(it is not None and it.section == found.place.section for it in places):
                return None
        return found

    def _ordered(self) -> bool:
        return not self._model.sorting.column

    def _height(self) -> int:
        return self._view.verticalHeader().defaultSectionSize()

    def _show(self, aim: Aim) -> None:
        width = self._view.viewport().width()
        line = QRect(0, top_of(self._view, aim.line), width, self._height())
        self._mark.mark(line, framed=aim.onto)

    def _edge(self) -> int:
        """Return -1 and 1 where something is held at the upper and the lower edge, else 0."""
        y, height = self._over.y(), self._height()
        if y < height:
            return -1
        return 1 if y >= self._view.viewport().height() - height else 0

    def _scroll(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._edge())
        aim = self._aim()
        if aim is not None:
            self._show(aim)


def _run(drag: QDrag) -> object:
    return drag.exec(_Action.MoveAction | _Action.CopyAction, _Action.MoveAction)


def _picture(label: str, widget: QWidget) -> QPixmap:
    """Return what is seen under the pointer: a name, or how many there are."""
    metrics, ratio = widget.fontMetrics(), widget.devicePixelRatioF()
    label = metrics.elidedText(label, Qt.TextElideMode.ElideRight, metrics.averageCharWidth() * 30)
    width = metrics.horizontalAdvance(label) + metrics.height()
    height = metrics.height() * 3 // 2
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    palette = widget.palette()
    pixmap.fill(palette.color(QPalette.ColorRole.Highlight))
    painter = QPainter(pixmap)
    painter.setFont(widget.font())
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
    painter.drawText(QRect(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, label)
    painter.end()
    return pixmap
