"""A header that the keyboard walks: whatever the mouse does to a title, keys do as well."""

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

translate = QCoreApplication.translate
_NONE, _ALT, _SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class WalkedTitles(QHeaderView):
    """A horizontal header that Tab leads to.

    Left, Right, Home and End walk the titles, Enter and Space sort, Alt+Left and Alt+Right move
    the column, Shift+Left and Shift+Right give it another width, the menu key opens the title's
    menu, Down and Esc go on to the table.

    Attributes:
        current: the place of the title that the keyboard is on.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click sorts, and leaves the table its keys
        self.current = 0
        self.sectionCountChanged.connect(self._stay_inside)

    def _stay_inside(self, _before: int, count: int) -> None:
        self.current = max(0, min(self.current, count - 1))

    def walk_to(self, place: int) -> None:
        """Put the keyboard on a title, in sight."""
        self.current = min(max(0, place), self.count() - 1)
        table = self.parent()
        if isinstance(table, QTableView):
            bar = table.horizontalScrollBar()
            first = self.sectionViewportPosition(self.current)
            beyond = first + self.sectionSize(self.current) - self.viewport().width()
            bar.setValue(bar.value() + (min(first, beyond) if beyond > 0 else min(first, 0)))
        self.viewport().update()
        self._tell()

    def current_area(self) -> QRect:
        """Return where the title is that the keyboard is on, in the viewport."""
        first = self.sectionViewportPosition(self.current)
        return QRect(first, 0, self.sectionSize(self.current), self.viewport().height())

    def _tell(self) -> None:
        """Have a screen reader say which title it is."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # not before a key

        model = self.model()
        across, current = self.orientation(), self.current
        title = str(model.headerData(current, across))
        self.setAccessibleName(translate("Watchlist", "Title {title}").format(title=title))
        help_text = str(model.headerData(current, across, Qt.ItemDataRole.ToolTipRole))
        self.setAccessibleDescription(
            f"{help_text} "
            + translate("Watchlist", "Enter sorts, the menu key offers more, Down leaves.")
        )
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, title))

    def _go_to_table(self) -> None:
        table = self.parent()
        if isinstance(table, QWidget):
            table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, step: int) -> None:
        to = self.current + step
        if 0 <= to < self.count():
            self.current = to  # it goes along: the model's order is that of the titles
            self.moveSection(to - step, to)
            self.viewport().update()

    def _resize(self, step: int) -> None:
        width = self.sectionSize(self.current) + step * self.fontMetrics().horizontalAdvance("0")
        self.resizeSection(self.current, max(width, self.minimumSectionSize()))

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = _STEPS.get(Qt.Key(key), 0)
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count() - 1}
        if step and held == _NONE:
            self.walk_to(self.current + step)
        elif step and held == _ALT:
            self._move(step)
        elif step and held == _SHIFT:
            self._resize(step)
        elif held == _NONE and key in ends:
            self.walk_to(ends[Qt.Key(key)])
        elif held == _NONE and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.sectionClicked.emit(self.current)
            self._tell()
        elif held == _NONE and key in {Qt.Key.Key_Down, Qt.Key.Key_Escape}:
            self._go_to_table()
        else:
            event.ignore()  # Qt's own header would search for what is typed

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.walk_to(self.current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the title that the mouse or the keyboard is on."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.current_area().center() if by_key else event.pos()
        self.customContextMenuRequested.emit(at)
