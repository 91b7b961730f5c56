"""The list under the add box. Loaded when somebody first types: the first paint is sooner."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from alltick_desk.model.instrument import Instrument
from alltick_desk.ui.watchlist.entry import MATCHES

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
        self.view.setAccessibleName(translate("Watchlist", "Matching symbols"))
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
