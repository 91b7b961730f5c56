"""The box that symbols are added with: type a code or a name, or paste many."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from alltick_desk.model.instrument import Catalogue, Instrument
from alltick_desk.ui.watchlist.entry import (
    MATCHES,
    current_part,
    matches,
    picked_entry,
    read_entry,
)

translate = QCoreApplication.translate

_SHOWN = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})
_CODE = int(Qt.ItemDataRole.EditRole)
_NOWHERE = QModelIndex()


class _Matches(QAbstractListModel):
    """The instruments that the list offers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._instruments: list[Instrument] = []

    def offer(self, instruments: list[Instrument]) -> None:
        self.beginResetModel()
        self._instruments = instruments
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._instruments)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _CODE) -> object:
        if not 0 <= index.row() < len(self._instruments):
            return None
        found = self._instruments[index.row()]
        if role in _SHOWN:
            return "   ".join(filter(None, (found.code, found.name_en, found.name_zh)))
        return found.code if role == _CODE else None


class MatchList(QCompleter):
    """The list under the box. It never changes the box's text; ``on_pick`` gets the code."""

    def __init__(self, box: QLineEdit, on_pick: Callable[[str], None]) -> None:
        super().__init__(box)
        self._matches = _Matches(box)
        self.setModel(self._matches)
        self.setWidget(box)  # not box.setCompleter, which would overwrite what was typed
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompletionRole(_CODE)
        self.setMaxVisibleItems(MATCHES)
        self.view = QListView()
        self.view.setObjectName("watchlist.matches")
        self.view.setAccessibleName(translate("Watchlist", "Matching symbols"))
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setUniformItemSizes(True)
        self.setPopup(self.view)
        self.activated.connect(on_pick)

    def offer(self, instruments: list[Instrument], *, highlight: bool, place: QRect) -> None:
        """Show ``instruments`` at ``place`` of the box, the first one highlighted or none."""
        self._matches.offer(instruments)
        if not instruments:
            self.hide()
            return
        self.complete(place)
        first = self.view.model().index(0, 0)
        self.view.setCurrentIndex(first if highlight else QModelIndex())

    def highlighted_code(self) -> str | None:
        """Return the code that the highlight is on; None where there is none."""
        index = self.view.currentIndex()
        if not self.view.isVisible() or not index.isValid():
            return None
        return str(index.data(_CODE))

    def hide(self) -> None:
        """Close the list."""
        self.view.hide()


class AddBox(QLineEdit):
    """Calls ``on_codes`` with the codes that were entered, in the order of the text.

    Enter takes the highlighted match, else what the text clearly means, else the text as typed.
    The first match is highlighted where Enter would take it anyway, so that nobody is surprised.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        on_codes: Callable[[list[str]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("watchlist.add")
        self._catalogue = catalogue
        self._on_codes = on_codes
        self._list: MatchList | None = None  # made when first needed: the first paint is sooner
        self.setMaxLength(100_000)  # a pasted list of thousands
        self.textEdited.connect(self._offer)
        self.returnPressed.connect(self.enter)
        self._translate()

    def enter(self) -> None:
        """Hand over what stands in the box, and empty it."""
        code = None if self._list is None else self._list.highlighted_code()
        if code is None:
            self._hand_over(read_entry(self.text(), self._catalogue))
        else:
            self._pick(code)

    def _pick(self, code: str) -> None:
        self._hand_over(picked_entry(self.text(), code, self._catalogue))

    def _hand_over(self, codes: list[str]) -> None:
        if self._list is not None:
            self._list.hide()
        self.clear()
        if codes:
            self._on_codes(codes)

    def _offer(self, text: str) -> None:
        if self._list is None:
            self._list = MatchList(self, self._pick)
        found = matches(text, self._catalogue)
        meant = read_entry(current_part(text), self._catalogue)
        width = max(self.width(), self.fontMetrics().averageCharWidth() * 44)
        self._list.offer(
            found,
            highlight=bool(found) and meant == [found[0].code],
            place=QRect(0, 0, width, self.height()),
        )

    def _translate(self) -> None:
        self.setAccessibleName(translate("Watchlist", "Add symbol"))
        self.setPlaceholderText(translate("Watchlist", "Add symbol: code or name, or several"))
        self.setToolTip(
            translate(
                "Watchlist",
                "A code, or a name in English or Chinese. Several are parted by commas, spaces or "
                "lines; a list can be pasted.",
            )
        )

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.text():
            super().keyPressEvent(event)
        elif self._list is not None and self._list.view.isVisible():
            self._list.hide()  # the first Escape closes the list, the second empties the box
        else:
            self.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
