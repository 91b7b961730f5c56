"""The watchlist as Qt's item model. It holds what is shown, in which order, and nothing else.

The rows themselves stay on the board: every question is answered from the row as it is now, so
nothing is copied per tick. A change of what is shown becomes the fewest removals, one reordering
and the fewest insertions, which keeps selection, current row and scroll position where they were;
only where that would be hundreds of steps, and for another list, it becomes a reset.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.observe import Hook
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist import format as texts
from alltick_desk.ui.watchlist.arrangement import (
    OWN_ORDER,
    Heading,
    Line,
    LineId,
    Sorting,
    known_by,
    renamed_headings,
)
from alltick_desk.ui.watchlist.arranger import Arranger
from alltick_desk.ui.watchlist.column import Column, SortValue
from alltick_desk.ui.watchlist.columns import COLUMNS, STATE_WORDS, snapshot
from alltick_desk.ui.watchlist.facts import Facts, nothing_known
from alltick_desk.ui.watchlist.filters import EVERYTHING, Filter
from alltick_desk.ui.watchlist.format import Reading
from alltick_desk.ui.watchlist.steps import runs_missing
from alltick_desk.ui.watchlist.tips import tip
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

# Enum look-ups cost more than the rest of an answer, so roles are plain numbers here.
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
ACCESSIBLE_TEXT = int(Qt.ItemDataRole.AccessibleTextRole)
ACCESSIBLE_DESCRIPTION = int(Qt.ItemDataRole.AccessibleDescriptionRole)
SORT = int(Qt.ItemDataRole.UserRole)

ALIGN_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
ALIGN_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

MOST_STEPS = 40  # of removing and inserting; every one costs Qt a walk over all rows

_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemNeverHasChildren
    | Qt.ItemFlag.ItemIsDragEnabled
)
_NOWHERE = QModelIndex()
_OF_BOOK = frozenset({"bid", "ask", "spread", "spread_bp"})

Index = QModelIndex | QPersistentModelIndex


class WatchlistModel(QAbstractTableModel):
    """Reads a watchlist for Qt's views.

    ``vendors`` says what they are called and whether rows tell theirs. ``now_s`` gives monotonic
    seconds for ages, ``today`` the local day. ``on_bad_book`` is told of a book whose levels mean
    nothing; the row then keeps the bid and ask that it had. ``facts`` tells what others know of an
    instrument.

    Attributes:
        columns: those shown, in their order.
        lines: the rows and headings shown, in their order.
        arranged: emitted after anything changed in what is shown.
    """

    def __init__(
        self,
        watchlist: Watchlist,
        catalogue: Catalogue,
        vendors: VendorTags,
        *,
        now_s: Callable[[], float],
        today: Callable[[], texts.Day],
        on_bad_book: Callable[[ProtocolError], None],
        facts: Facts = nothing_known,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._watchlist = watchlist
        self._catalogue = catalogue
        self._vendors = vendors
        self._now_s = now_s
        self._today = today
        self._on_bad_book = on_bad_book
        self.arranged: Hook[[]] = Hook()
        self.columns: Sequence[Column] = COLUMNS
        self._reading = Reading(
            catalogue,
            False,
            today(),
            {},
            entry=watchlist.entry_of,
            facts=facts,
            now_s=now_s,
            say=spoken,
        )
        self._renew()
        self._arranger = Arranger(watchlist, self.unpack)
        self.lines: list[Line] = self._arranger.lines(self.reading).lines
        self._places: dict[InstrumentKey, int] | None = None
        self._following = watchlist.changed.connect(self._follow)
        self.destroyed.connect(self._following.disconnect)

    @property
    def reading(self) -> Reading:
        """What cells are read with."""
        return self._reading

    @property
    def rows(self) -> list[QuoteRow]:
        """The rows shown, in the order of the table."""
        return [line for line in self.lines if isinstance(line, QuoteRow)]

    def row_at(self, place: int) -> QuoteRow | None:
        """Return the row at a place of the table, None where a heading or nothing stands there."""
        line = self.lines[place] if 0 <= place < len(self.lines) else None
        return line if isinstance(line, QuoteRow) else None

    def heading_at(self, place: int) -> Heading | None:
        """Return the heading at a place of the table, None where a row or nothing stands there."""
        line = self.lines[place] if 0 <= place < len(self.lines) else None
        return line if isinstance(line, Heading) else None

    def place(self, key: InstrumentKey) -> int | None:
        """Return where an instrument is shown; None where it is not."""
        if self._places is None:
            lines = enumerate(self.lines)
            self._places = {line.key: at for at, line in lines if isinstance(line, QuoteRow)}
        return self._places.get(key)

    # Words

    def read_with(self, **choices: object) -> None:
        """Read with other choices of ``Reading`` from now on, such as ``digits``."""
        self._reading = self._reading._replace(**choices)  # type: ignore[arg-type]

    def set_chinese(self, chinese: bool) -> None:
        """Choose between Chinese and English names and units."""
        self.read_with(chinese=chinese)
        self._renew()

    def retranslate(self) -> None:
        """Take the words of the current language."""
        self._renew()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def show_tags(self) -> None:
        """Have rows tell whose they are, or no longer."""
        self._renew()

    def check_day(self) -> bool:
        """Return whether a new day began since the last look: times then become dates."""
        if self._reading.today == self._today():
            return False
        self._renew()
        return True

    def unpack(self, row: QuoteRow) -> None:
        """Bring the row's bid and ask up to its newest book."""
        try:
            row.sides()
        except ProtocolError as error:
            self._on_bad_book(error)

    def snapshot(self) -> list[dict[str, str]]:
        """Return what a person reads, all rows of the list in its own order, in English terms."""
        now_s, reading = self._now_s(), self._reading.as_sent()
        read = []
        for row in self._watchlist.rows:
            self.unpack(row)
            read.append(snapshot(row, reading, now_s))
        return read

    def _renew(self) -> None:
        self.read_with(
            states={state: translate("Watchlist", word) for state, word in STATE_WORDS.items()},
            vendors=self._vendors.titles if self._vendors.several else None,
            today=self._today(),
        )

    # What is shown

    @property
    def list_id(self) -> str:
        """The id of the list that is shown."""
        return self._watchlist.lists.shown.id

    @property
    def sorting(self) -> Sorting:
        """What the table is sorted by."""
        return self._arranger.sorting

    @property
    def filter(self) -> Filter:
        """What a person wants to see."""
        return self._arranger.filter

    @property
    def counts(self) -> tuple[int, int]:
        """How many rows the filter lets through, and how many there are."""
        return self._arranger.counts

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns, in this order."""
        if tuple(columns) != tuple(self.columns):
            self.beginResetModel()
            self.columns = tuple(columns)
            self.endResetModel()

    def arrange(self, sorting: Sorting = OWN_ORDER, wanted: Filter = EVERYTHING) -> None:
        """Sort and filter as a person chose."""
        self._arranger.choose(sorting, wanted)
        self.rearrange()

    def rearrange(self) -> bool:
        """Sort and filter by what the rows hold now; return whether other lines are shown."""
        new = self._arranger.lines(self._reading).lines
        changed = new != self.lines
        if changed:
            self._take(new)
        self.arranged.emit()
        return changed

    def _follow(self) -> None:
        if self._arranger.follow():
            self._reset(self._arranger.lines(self._reading).lines)
            self.arranged.emit()
        else:
            self.rearrange()

    def _reset(self, new: list[Line]) -> None:
        self.beginResetModel()
        self._places = None
        self.lines = new
        self.endResetModel()

    def _take(self, new: list[Line]) -> None:
        self._places = None
        renamed = renamed_headings(self.lines, new)
        old_ids = [known_by(line) for line in self.lines]
        new_ids = [known_by(line, renamed) for line in new]
        staying, present = set(new_ids), set(old_ids)
        gone, fresh = runs_missing(old_ids, staying), runs_missing(new_ids, present)
        if len(gone) + len(fresh) > MOST_STEPS:
            self._reset(new)
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(_NOWHERE, first, last)
            del self.lines[first : last + 1]
            self.endRemoveRows()
        kept = [(its, line) for its, line in zip(new_ids, new, strict=True) if its in present]
        self._reorder([line for _, line in kept], [its for its, _ in kept])
        for first, last in fresh:
            self.beginInsertRows(_NOWHERE, first, last)
            self.lines[first:first] = new[first : last + 1]
            self.endInsertRows()

    def _reorder(self, order: list[Line], after_ids: list[LineId]) -> None:
        if order == self.lines:
            return
        before_ids = [known_by(line) for line in self.lines]
        if before_ids == after_ids:  # a heading reads otherwise
            self.lines = order
            return
        self.layoutAboutToBeChanged.emit()
        place = {its: number for number, its in enumerate(after_ids)}
        before = self.persistentIndexList()
        after = [self.index(place[before_ids[old.row()]], old.column()) for old in before]
        self.lines = order
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # What cells say

    def text(self, row: QuoteRow, column: int) -> str:
        """Return the cell as shown."""
        return self.columns[column].text(row, self._reading)

    def spoken(self, row: QuoteRow, column: int) -> str:
        """Return the cell for a screen reader."""
        from alltick_desk.ui.watchlist import voice  # most never ask

        return voice.of_cell(row, self.columns[column], self._reading, self._vendors)

    def sort_value(self, row: QuoteRow, column: int) -> SortValue:
        """Return the value behind the cell; None where it is unknown."""
        return self.columns[column].sort(row, self._reading)

    def tip(self, row: QuoteRow, column: int) -> str:
        """Return what the cell has no room for."""
        return tip(row, self.columns[column], self._reading, self._vendors)

    def sentence(self, row: QuoteRow, column: int) -> str:
        """Return the whole row for a screen reader."""
        from alltick_desk.ui.watchlist import voice

        del column
        return voice.of_row(row, self._reading)

    def _of_heading(self, heading: Heading, column: int, role: int) -> object:
        if role == ACCESSIBLE_DESCRIPTION:
            from alltick_desk.ui.watchlist import voice

            return voice.of_heading(heading)
        return heading.name if column == 0 and role in {DISPLAY, ACCESSIBLE_TEXT} else None

    # Qt's questions

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = DISPLAY) -> object:
        if not self.checkIndex(index, _MUST_BE_VALID):
            return None
        place = index.column()
        column = self.columns[place]
        if role == ALIGNMENT:
            return ALIGN_RIGHT if column.figure else ALIGN_LEFT
        answer = _ANSWERS.get(role)
        if answer is None:
            return None
        line = self.lines[index.row()]
        if isinstance(line, Heading):
            return self._of_heading(line, place, role)
        if column.id in _OF_BOOK:
            self.unpack(line)
        return answer(self, line, place)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in {DISPLAY, ACCESSIBLE_TEXT}:
            return translate("Watchlist", column.title)
        if role in {TOOL_TIP, ACCESSIBLE_DESCRIPTION}:
            return translate("Watchlist", column.help)
        if role == ALIGNMENT:
            return ALIGN_RIGHT if column.figure else ALIGN_LEFT
        return None


_MUST_BE_VALID = QAbstractTableModel.CheckIndexOption.IndexIsValid
_ANSWERS: dict[int, Callable[[WatchlistModel, QuoteRow, int], object]] = {
    DISPLAY: WatchlistModel.text,
    TOOL_TIP: WatchlistModel.tip,
    ACCESSIBLE_TEXT: WatchlistModel.spoken,
    ACCESSIBLE_DESCRIPTION: WatchlistModel.sentence,
    SORT: WatchlistModel.sort_value,
}
