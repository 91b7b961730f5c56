"""Selection, current line and scroll position, carried over where a model is read anew.

Every list has its own: who comes back to a list finds it as it was left. Only what is selected is
carried from list to list, where both have it: chart and book show it, and stay as they are.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject
from PySide6.QtWidgets import QTableView

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.ui.watchlist.arrangement import Heading
from alltick_desk.ui.watchlist.chosen import chosen_places
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.steps import runs_missing

_Flag = QItemSelectionModel.SelectionFlag


class _Left(NamedTuple):
    """Where a list was left: its current line, and the first one in sight."""

    current: Sequence[InstrumentKey | str] = ()
    down: int = 0


class KeptSelection(QObject):
    """Remembers a view's selection when its model begins a reset and gives it back after.

    What is not shown any more is not selected any more. Make it after the view has its model.
    """

    def __init__(self, view: QTableView, model: WatchlistModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._chosen: set[InstrumentKey | str] = set()
        self._current: list[InstrumentKey | str] = []  # the first that is shown is it
        self._column = self._across = self._down = 0
        self._list = model.list_id
        self._left: dict[str, _Left] = {}
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._give_back)

    def _remember(self) -> None:
        view = self._view
        self._chosen = {self._id(place) for place in chosen_places(view)}
        current = view.currentIndex()
        self._current = [self._id(current.row())] if current.isValid() else []
        self._column = max(0, current.column())
        self._down = view.verticalScrollBar().value()
        self._across = view.horizontalScrollBar().value()
        if self._list != self._model.list_id:
            self._change_list()

    def _give_back(self) -> None:
        view, model = self._view, self._model
        last = model.columnCount() - 1
        ids = [self._id(row) for row in range(model.rowCount())]
        current = next((ids.index(its) for its in self._current if its in ids), -1)
        selection = QItemSelection()
        others = {its for its in ids if its not in self._chosen}
        for first, end in runs_missing(ids, others):
            selection.select(model.index(first, 0), model.index(end, last))
        if current >= 0:
            index = model.index(current, min(self._column, last))
            view.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
        if not selection.isEmpty():
            view.selectionModel().select(selection, _Flag.Select)
        view.verticalScrollBar().setValue(self._down)
        view.horizontalScrollBar().setValue(self._across)

    def _change_list(self) -> None:
        """Leave the list that was shown, and go to where the other one was left."""
        self._left[self._list] = _Left(self._current, self._down)
        self._list = self._model.list_id
        left = self._left.get(self._list, _Left())
        self._chosen = {its for its in self._chosen if not isinstance(its, str)}  # its own headings
        self._current = [*(its for its in self._current if its in self._chosen), *left.current]
        self._down = left.down

    def _id(self, place: int) -> InstrumentKey | str:
        line = self._model.lines[place]
        return line.name if isinstance(line, Heading) else line.key
