"""The list of all indicators, by groups, with a search."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.indicators.catalogue import INDICATORS
from alltick_desk.services.indicators.declaration import Indicator, Place
from alltick_desk.ui.settings.parts import Hint
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

_ID = Qt.ItemDataRole.UserRole
_GROUPS = {
    Place.PRICE: QT_TRANSLATE_NOOP("Indicators", "Over the price"),
    Place.VOLUME: QT_TRANSLATE_NOOP("Indicators", "Over the volume"),
    Place.BENEATH: QT_TRANSLATE_NOOP("Indicators", "Beneath the price"),
}
_BETWEEN_PX = 10  # the columns
_STEPS = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Offer(QWidget):
    """Offers what can be added; a double click, Enter or the button adds what is marked.

    The arrows move the mark while somebody types in the search, too.

    Args:
        on_add: called with an indicator's id.
        obstacle: why those of TA-Lib cannot be computed, "" where they can: they are grey then.
    """

    def __init__(
        self, on_add: Callable[[str], None], *, obstacle: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._on_add = on_add
        self._obstacle = obstacle
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.search = QLineEdit(self)
        self.search.setObjectName("indicatorSearch")
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(translate("Indicators", "Search"))
        self.search.setAccessibleName(translate("Indicators", "Search indicators"))
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("indicatorOffer")
        self.tree.setAccessibleName(translate("Indicators", "Indicators that can be added"))
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(8)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.itemDoubleClicked.connect(self._add_item)
        self.tree.currentItemChanged.connect(self._enable)
        self.tree.installEventFilter(self)
        self._add = QPushButton(translate("Indicators", "Add"), self)
        self._add.setObjectName("indicatorAdd")
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._add_marked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        if obstacle:
            hint = Hint(spoken(obstacle), self)
            hint.setObjectName("indicatorObstacle")
            hint.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            hint.setAlignment(Qt.AlignmentFlag.AlignTop)
            column.addWidget(hint)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill()

    @property
    def marked(self) -> str:
        """The id of the indicator that is marked, "" for none."""
        item = self.tree.currentItem()
        return str(item.data(0, _ID) or "") if item is not None and not item.isDisabled() else ""

    def _fill(self) -> None:
        for place, title in _GROUPS.items():
            group = QTreeWidgetItem([translate("Indicators", title)])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            self.tree.addTopLevelItem(group)
            group.setFirstColumnSpanned(True)
            items = [self._item(known) for known in INDICATORS.values() if known.place is place]
            group.addChildren(items)
            self._groups.append((group, items))
        self.tree.expandAll()
        self.tree.setColumnWidth(0, self.tree.sizeHintForColumn(0) + _BETWEEN_PX)
        self._mark_first()

    def _item(self, indicator: Indicator) -> QTreeWidgetItem:
        title = translate("Indicators", indicator.title)
        item = QTreeWidgetItem([indicator.short, title])
        item.setData(0, _ID, indicator.id)
        item.setToolTip(1, title)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{indicator.short}, {title}")
        if self._obstacle and indicator.function:
            item.setDisabled(True)
            item.setToolTip(0, spoken(self._obstacle))
            item.setToolTip(1, spoken(self._obstacle))
        return item

    @property
    def _items(self) -> list[QTreeWidgetItem]:
        return [item for _, items in self._groups for item in items]

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for item in self._items:
            indicator = INDICATORS[item.data(0, _ID)]
            known = f"{indicator.short} {item.text(1)} {indicator.title}".casefold()
            item.setHidden(not all(word in known for word in words))
        for group, items in self._groups:
            group.setHidden(all(item.isHidden() for item in items))
        self._mark_first()

    def _mark_first(self) -> None:
        """Mark the first that is shown and can be added, unless one is marked already."""
        current = self.tree.currentItem()
        if current is not None and not current.isHidden() and self.marked:
            return
        fitting = (item for item in self._items if not (item.isHidden() or item.isDisabled()))
        self.tree.setCurrentItem(next(fitting, None))  # type: ignore[arg-type]
        self._enable()

    def _step(self, steps: int) -> None:
        """Mark the next one that can be added, past the titles of the groups."""
        fitting = [item for item in self._items if not (item.isHidden() or item.isDisabled())]
        if fitting:
            current = self.tree.currentItem()
            place = fitting.index(current) + steps if current in fitting else 0
            self.tree.setCurrentItem(fitting[min(max(place, 0), len(fitting) - 1)])

    def _enable(self, *_: object) -> None:
        self._add.setEnabled(bool(self.marked))

    def _add_marked(self) -> None:
        if self.marked:
            self._on_add(self.marked)

    def _add_item(self, item: QTreeWidgetItem, _column: int) -> None:
        if item is self.tree.currentItem():
            self._add_marked()

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER:
                self._add_marked()
                return True
            steps = _STEPS.get(event.key())
            if steps is not None:
                self._step(steps)
                return True
        return super().eventFilter(watched, event)
