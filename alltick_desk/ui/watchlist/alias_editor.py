"""Writing a row's alias where it stands in the table."""

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import LONGEST_NAME
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.view import WatchlistView

translate = QCoreApplication.translate


def edit_alias(
    view: WatchlistView, model: WatchlistModel, watchlist: Watchlist, key: InstrumentKey
) -> None:
    """Open an editor over the row's alias, or over its name where no alias is shown.

    Enter and leaving it keep what was written, Escape does not.
    """
    place = model.place(key)
    if place is None:
        return
    ids = [column.id for column in model.columns]
    column = next((ids.index(name) for name in ("alias", "name", "code") if name in ids), 0)
    view.scrollTo(model.index(place, column))
    _AliasEditor(view, watchlist, key, view.visualRect(model.index(place, column)))


class _AliasEditor(QLineEdit):
    """A field over a cell that goes away when it is done."""

    def __init__(
        self, view: WatchlistView, watchlist: Watchlist, key: InstrumentKey, cell: QRect
    ) -> None:
        super().__init__(view.viewport())
        self.setObjectName("watchlist.alias")
        self.setAccessibleName(translate("Watchlist", "Alias of {code}").format(code=key.code))
        self._view = view
        self._watchlist = watchlist
        self._key = key
        self._done = False
        entry = watchlist.entry_of(key)
        self.setText("" if entry is None else entry.alias)
        self.setMaxLength(LONGEST_NAME)
        self.setPlaceholderText(translate("Watchlist", "Alias"))
        least = self.fontMetrics().averageCharWidth() * 16
        height = max(cell.height(), self.minimumSizeHint().height())
        self.setGeometry(cell.x(), cell.y(), max(cell.width(), least), height)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self, *, keep: bool) -> None:
        if self._done:
            return
        self._done = True
        if keep and self._key in self._watchlist:
            self._watchlist.lists.set_alias(self._key, self.text())
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._end(keep=True)
        elif key == Qt.Key.Key_Escape:
            self._end(keep=False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:  # its own menu is no leaving
            self._end(keep=True)
