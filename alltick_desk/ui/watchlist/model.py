"""The watchlist as Qt's item model. It holds the rows' order and nothing else.

The rows themselves stay on the board: every question is answered from the row as it is now, so
nothing is copied per tick. An edit of the list becomes the fewest removals, one reordering and the
fewest insertions, which keeps selection, current row and scroll position where they were.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import Catalogue
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist import format as texts
from alltick_desk.ui.watchlist.columns import BY_ID, COLUMNS, STATE_WORDS, SortValue, snapshot
from alltick_desk.ui.watchlist.format import UNKNOWN, Reading
from alltick_desk.ui.words import spoken, stated

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

_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_NOWHERE = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class WatchlistModel(QAbstractTableModel):
    """Reads a watchlist for Qt's views.

    ``vendors`` says what they are called and whether rows tell theirs. ``now_s`` gives monotonic
    seconds for ages, ``today`` the local day. ``on_bad_book`` is told of a book whose levels mean
    nothing; the row then keeps the bid and ask that it had.
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
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._watchlist = watchlist
        self._catalogue = catalogue
        self._vendors = vendors
        self._now_s = now_s
        self._today = today
        self._on_bad_book = on_bad_book
        self._rows: list[QuoteRow] = list(watchlist.rows)
        self._chinese = False
        self.reading = self._make_reading()
        self._following = watchlist.changed.connect(self._follow)
        self.destroyed.connect(self._following.disconnect)

    @property
    def rows(self) -> Sequence[QuoteRow]:
        """The rows in the order of the table."""
        return self._rows

    def set_chinese(self, chinese: bool) -> None:
        """Choose between Chinese and English names and units."""
        self._chinese = chinese
        self.reading = self._make_reading()

    def retranslate(self) -> None:
        """Take the words of the current language."""
        self.reading = self._make_reading()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def show_tags(self) -> None:
        """Have rows tell whose they are, or no longer."""
        self.reading = self._make_reading()

    def check_day(self) -> bool:
        """Return whether a new day began since the last look: times then become dates."""
        if self.reading.today == self._today():
            return False
        self.reading = self._make_reading()
        return True

    def unpack(self, row: QuoteRow) -> None:
        """Bring the row's bid and ask up to its newest book."""
        try:
            row.sides()
        except ProtocolError as error:
            self._on_bad_book(error)

    def snapshot(self) -> list[dict[str, str]]:
        """Return what a person reads, all rows, in English terms."""
        now_s = self._now_s()
        read = []
        for row in self._rows:
            self.unpack(row)
            read.append(snapshot(row, self.reading, now_s))
        return read

    def _make_reading(self) -> Reading:
        words = {state: translate("Watchlist", word) for state, word in STATE_WORDS.items()}
        titles = self._vendors.titles if self._vendors.several else None
        return Reading(self._catalogue, self._chinese, self._today(), words, titles)

    # The list's edits

    def _follow(self) -> None:
        new = self._watchlist.rows
        staying = set(new)
        for first, last in _runs_not_in(self._rows, staying, backwards=True):
            self.beginRemoveRows(_NOWHERE, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        present = set(self._rows)
        self._reorder([row for row in new if row in present])
        for first, last in _runs_not_in(new, present):
            self.beginInsertRows(_NOWHERE, first, last)
            self._rows[first:first] = new[first : last + 1]
            self.endInsertRows()

    def _reorder(self, order: list[QuoteRow]) -> None:
        if order == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        place = {row: number for number, row in enumerate(order)}
        before = self.persistentIndexList()
        after = [self.index(place[self._rows[old.row()]], old.column()) for old in before]
        self._rows = order
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # What cells say

    def text(self, row: QuoteRow, column: int) -> str:
        """Return the cell as shown."""
        return COLUMNS[column].text(row, self.reading)

    def spoken(self, row: QuoteRow, column: int) -> str:
        """Return the cell for a screen reader."""
        text = self._vendors.label(row.key) if COLUMNS[column].tagged else self.text(row, column)
        return translate("Watchlist", "not known") if text == UNKNOWN else text

    def sort_value(self, row: QuoteRow, column: int) -> SortValue:
        """Return the value behind the cell; None where it is unknown."""
        return COLUMNS[column].sort(row, self.reading)

    def tip(self, row: QuoteRow, column: int) -> str:
        """Return what the cell has no room for."""
        which = COLUMNS[column].id
        if which == "state":
            return self._detail(row)
        if which in {"code", "name"}:
            known = self._catalogue.get(row.key.code)
            label = self._vendors.label(row.key)
            return "  ".join(filter(None, (label, known.name_en, known.name_zh)))
        if which == "time":
            return texts.iso_time(row) if row.time_ms else ""
        if which in {"volume", "turnover"}:
            return texts.full(row.volume if which == "volume" else row.turnover)
        return ""

    def sentence(self, row: QuoteRow, column: int = 0) -> str:
        """Return the whole row as one would read it out: name, vendor, price, change, state."""
        del column
        reading = self.reading
        who = texts.name(row, reading)
        parts = [row.key.code if who == UNKNOWN else who]
        if vendor := texts.vendor(row, reading):
            parts.append(vendor)
        if row.last:
            parts.append(row.shown(row.last))
        if (percent := row.change_percent) is not None:
            up, down = (
                translate("Watchlist", "up {percent} %"),
                translate("Watchlist", "down {percent} %"),
            )
            words = (
                up if percent > 0 else down if percent < 0 else translate("Watchlist", "unchanged")
            )
            parts.append(words.format(percent=f"{abs(percent):.2f}"))
        parts.append(reading.states[row.state])
        return spoken(stated(parts), self._detail(row))

    def _detail(self, row: QuoteRow) -> str:
        return spoken(texts.state_detail(row, self._now_s()))

    # Qt's questions

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = DISPLAY) -> object:
        if not self.checkIndex(index, _MUST_BE_VALID):
            return None
        column = index.column()
        if role == ALIGNMENT:
            return _ALIGNMENTS[column]
        answer = _ANSWERS.get(role)
        if answer is None:
            return None
        row = self._rows[index.row()]
        if column in _OF_BOOK:
            self.unpack(row)
        return answer(self, row, column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role in {DISPLAY, ACCESSIBLE_TEXT}:
            return translate("Watchlist", column.title)
        if role in {TOOL_TIP, ACCESSIBLE_DESCRIPTION}:
            return translate("Watchlist", column.help)
        if role == ALIGNMENT:
            return _ALIGNMENTS[section]
        return None


_MUST_BE_VALID = QAbstractTableModel.CheckIndexOption.IndexIsValid
_ALIGNMENTS = [ALIGN_RIGHT if column.figure else ALIGN_LEFT for column in COLUMNS]
_OF_BOOK = frozenset({BY_ID["bid"], BY_ID["ask"]})
_ANSWERS: dict[int, Callable[[WatchlistModel, QuoteRow, int], object]] = {
    DISPLAY: WatchlistModel.text,
    TOOL_TIP: WatchlistModel.tip,
    ACCESSIBLE_TEXT: WatchlistModel.spoken,
    ACCESSIBLE_DESCRIPTION: WatchlistModel.sentence,
    SORT: WatchlistModel.sort_value,
}


def _runs_not_in(
    rows: Sequence[QuoteRow], known: Collection[QuoteRow], *, backwards: bool = False
) -> Iterator[list[int]]:
    """Iterate over first and last place of every run of neighbours that are not in ``known``.

    They are found at once, so that the caller may change ``rows``; ``backwards`` keeps the places
    of the runs to come right while runs are removed.
    """
    runs: list[list[int]] = []
    for place, row in enumerate(rows):
        if row in known:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return reversed(runs) if backwards else iter(runs)
