"""The list under the add box. Loaded when somebody first types: the first paint is sooner.

The keyboard stays in the box, so that input methods and screen readers follow what is typed; the
box hands over the keys that are the list's.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSignalBlocker,
    Qt,
)
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.model.search_index import Group
from alltick_desk.ui.scroll_buttons import name_scroll_buttons
from alltick_desk.ui.watchlist.offer_paint import OFFER, OfferPainter
from alltick_desk.ui.watchlist.offers import NO_OFFERS, Offer, Offers, group_title

translate = QCoreApplication.translate

VISIBLE = 12  # rows, as many as a person takes in at a glance

_TEXTS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})
_CODE = int(Qt.ItemDataRole.EditRole)
_HINT = int(Qt.ItemDataRole.ToolTipRole)
_NOWHERE = QModelIndex()
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide})
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: 1 - VISIBLE,
    Qt.Key.Key_PageDown: VISIBLE - 1,
}


class _Offers(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers = NO_OFFERS

    def offer(self, offers: Offers) -> None:
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _CODE) -> object:
        if not 0 <= index.row() < len(self.offers):
            return None
        offer = self.offers[index.row()]
        if role == OFFER:
            return offer
        if role in _TEXTS:
            return offer.spoken
        if role == _HINT:
            return offer.hint
        return offer.code.text if role == _CODE else None


class MatchList(QFrame):
    """Markets to choose from, the rows, and a line that says what Enter does.

    ``on_pick`` gets the row that was clicked, ``on_group`` the market that was chosen.
    """

    def __init__(
        self,
        box: QLineEdit,
        on_pick: Callable[[Offer], None],
        on_group: Callable[[Group | None], None],
    ) -> None:
        super().__init__(box, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("watchlist.offers")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFrameStyle(int(QFrame.Shape.StyledPanel) | int(QFrame.Shadow.Plain))
        self.setFocusProxy(box)
        self._box = box
        self._on_pick = on_pick
        self._on_group = on_group
        self._groups: tuple[Group | None, ...] = ()
        self._window: QWidget | None = None  # watched while the list is to be seen
        self._offers = _Offers(self)
        self._painter = OfferPainter(self)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("watchlist.markets")
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.currentChanged.connect(self._take_group)
        self.view = QListView(self)
        self.view.setObjectName("watchlist.matches")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setModel(self._offers)
        self.view.setItemDelegate(self._painter)
        self.view.clicked.connect(self._take_row)
        self.note = QLabel(self)
        self.note.setObjectName("watchlist.matches.note")
        self.note.setWordWrap(True)
        self.note.setMargin(4)
        self.note.setEnabled(False)  # in the theme's muted colour
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for widget in (self.tabs, self.view, self.note):
            self._column.addWidget(widget)

    @property
    def highlighted(self) -> Offer | None:
        """The row that Enter takes; None where there is none."""
        index = self.view.currentIndex()
        return self._offers.offers[index.row()] if self.isVisible() and index.isValid() else None

    def show_groups(self, groups: Sequence[Group], chosen: Group | None) -> None:
        """Offer these markets and all of them; nothing where there is only one."""
        wanted: tuple[Group | None, ...] = (None, *groups) if len(groups) > 1 else (None,)
        blocker = QSignalBlocker(self.tabs)  # filling it is nobody's choice
        if wanted != self._groups:
            self._groups = wanted
            while self.tabs.count():
                self.tabs.removeTab(0)
            for group in wanted:
                self.tabs.addTab(group_title(group))
        self.tabs.setCurrentIndex(wanted.index(chosen) if chosen in wanted else 0)
        blocker.unblock()
        self.tabs.setVisible(len(wanted) > 1)

    def offer(self, offers: Offers, *, highlight: int | None, note: str) -> None:
        """Show rows under the box, one of them highlighted or none, and a note below."""
        self.view.setAccessibleName(translate("Watchlist", "Matching symbols"))
        self.tabs.setAccessibleName(translate("Watchlist", "Market"))
        self._offers.offer(offers)
        self._painter.fit(offers.codes, self.view.font())
        self.say(note)
        self.view.setVisible(bool(offers))
        self._place()
        self.show()
        self.highlight(highlight)

    def say(self, note: str) -> None:
        """Show another note."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def highlight(self, row: int | None) -> None:
        """Put the highlight on a row and bring it into sight; None takes it away."""
        index = _NOWHERE if row is None else self._offers.index(row, 0)
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        else:
            self.view.scrollToTop()

    def highlight_code(self, code: str) -> None:
        """Put the highlight on the row with a code, where there is one."""
        if code in self._offers.offers.codes:
            self.highlight(self._offers.offers.codes.index(code))

    def move_by_key(self, key: int) -> bool:
        """Move the highlight, with an arrow around the ends; False where the key moves nothing."""
        step = _STEPS.get(Qt.Key(key))
        count = len(self._offers.offers)
        if step is None:
            return False
        if count:
            index = self.view.currentIndex()
            at = index.row() if index.isValid() else (-1 if step > 0 else count)
            to = at + step
            self.highlight(to % count if abs(step) == 1 else min(max(to, 0), count - 1))
        return True

    def step_group(self, step: int) -> None:
        """Choose the next market or the one before, around the ends."""
        if len(self._groups) > 1:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(self._groups))

    def retranslate(self) -> None:
        """Have the markets written anew in the language of now."""
        self._groups = ()
        name_scroll_buttons(self.tabs)

    def _place(self) -> None:
        """Stand under the box, or above it where the screen ends, no wider than the screen."""
        box, screen = self._box, self._box.screen().availableGeometry()
        letter = self.view.fontMetrics().averageCharWidth()
        # The markets' names are whole, so that nobody has to scroll for them.
        tabs = 0 if self.tabs.isHidden() else self.tabs.sizeHint().width()
        wanted = max(box.width(), letter * 64, tabs + 2 * self.frameWidth())
        width = min(wanted, screen.width())
        rows = min(len(self._offers.offers), VISIBLE)
        row = self.view.sizeHintForRow(0) if rows else 0
        self.view.setFixedHeight(max(rows * row, 1))
        height = rows * row + 2 * self.frameWidth()
        if not self.tabs.isHidden():
            height += self.tabs.sizeHint().height()
        if not self.note.isHidden():
            height += self.note.heightForWidth(width - 2 * self.frameWidth())
        self._column.activate()  # else the height before is still the least
        corner = box.mapToGlobal(QPoint(0, box.height()))
        if corner.y() + height > screen.bottom() and box.mapToGlobal(QPoint()).y() > height:
            corner.setY(box.mapToGlobal(QPoint()).y() - height)
        corner.setX(max(screen.left(), min(corner.x(), screen.right() + 1 - width)))
        self.setGeometry(QRect(corner.x(), corner.y(), width, height))

    def _take_row(self, index: QModelIndex) -> None:
        self._on_pick(self._offers.offers[index.row()])

    def _take_group(self, place: int) -> None:
        if 0 <= place < len(self._groups):
            self._on_group(self._groups[place])

    # Qt's events

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._window = self._box.window()
        self._window.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go away when the window moves: the box is elsewhere then."""
        if event.type() in _MOVES:
            self.hide()
        return super().eventFilter(watched, event)
