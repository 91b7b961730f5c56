"""Sorting again while values move: not too often, and never under a person's hand."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from alltick_desk.ui.watchlist.model import WatchlistModel

EVERY_MS = 1_000


class LiveOrder(QObject):
    """Has a model arranged anew at most once a second, after ``touch``.

    While ``held`` says so nothing moves; what was due then is made up for after ``look``.
    """

    def __init__(self, model: WatchlistModel, held: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._held = held
        self._due = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._rearrange)

    @property
    def moving(self) -> bool:
        """Whether the order, or what the filter lets through, follows the values."""
        sorting = self._model.sorting
        return bool(sorting.column and sorting.live) or self._model.filter.moves

    def touch(self) -> None:
        """Note that values have moved."""
        if self.moving and not self._timer.isActive():
            self._timer.start()

    def look(self) -> None:
        """Make up for what was due, if nothing holds the order any more."""
        if self._due and not self._held():
            self._rearrange()

    def _rearrange(self) -> None:
        self._due = self._held()
        if not self._due and self.moving:
            self._model.rearrange()
