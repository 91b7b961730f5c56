"""A list some of whose lines are hidden: the keyboard never leads to one of these."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget

_Action = QAbstractItemView.CursorAction
_UPWARDS = frozenset({_Action.MovePageDown, _Action.MoveEnd})  # where to look from what Qt says


class SoughtList(QListWidget):
    """Qt's own list goes to hidden lines by Home, End and the page keys."""

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        index = super().moveCursor(action, modifiers)
        row = index.row()
        if not index.isValid() or not self.isRowHidden(row):
            return index
        above, below = range(row, -1, -1), range(row, self.count())
        ways = (above, below) if action in _UPWARDS else (below, above)
        for way in ways:
            seen = self._first_seen(way)
            if seen is not None:
                return self.model().index(seen, 0)
        return QModelIndex()

    def _first_seen(self, rows: Iterable[int]) -> int | None:
        return next((row for row in rows if not self.isRowHidden(row)), None)
