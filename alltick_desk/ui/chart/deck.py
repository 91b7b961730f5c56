"""One, two or four charts in the place of one, with a frame around the active one.

It knows no instruments: it arranges panels, says which of them is active, and keeps the borders
between them where the person put them.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QVBoxLayout, QWidget

from alltick_desk.ui.chart.icons import Icon, icon
from alltick_desk.ui.theme import Theme, fill

if TYPE_CHECKING:  # loaded where there is more than one chart
    from PySide6.QtWidgets import QSplitter

    from alltick_desk.ui.chart.panel import ChartPanel

translate = QCoreApplication.translate

_FRAME_PX = 2
_HANDLE_PX = 3
_WHOLE = 1000  # of which shares are parts
_LEAST, _EVEN = 100, 500


class DeckLayout(Enum):
    """How charts stand."""

    ONE = "one"
    COLUMNS = "columns"
    ROWS = "rows"
    FOUR = "four"

    @property
    def count(self) -> int:
        """How many charts there are."""
        return {DeckLayout.ONE: 1, DeckLayout.FOUR: 4}.get(self, 2)


class Cell(QWidget):
    """The place of one chart; it is framed where there are several."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._framed = self._active = False
        self.panel: ChartPanel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, panel: "ChartPanel | None") -> None:
        """Show a panel; None until it comes."""
        if panel is self.panel:
            return
        if self.panel is not None and self.panel.parentWidget() is self:
            self._column.removeWidget(self.panel)
            self.panel.hide()
        self.panel = panel
        if panel is not None:
            self._column.addWidget(panel)
            panel.show()

    def mark(self, *, framed: bool, active: bool) -> None:
        """Draw a frame or none, that of the active chart in the accent's colour."""
        if framed != self._framed:
            self._column.setContentsMargins(*[_FRAME_PX * framed] * 4)
        self._framed, self._active = framed, active
        if self.panel is not None:
            self.panel.heading.set_quiet(framed and not active)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        if self.panel is not None:
            self.panel.set_theme(theme)
        self.update()

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter, theme = QPainter(self), self._theme
        if self.panel is None:
            fill(painter, self.rect(), theme.base)
        if not self._framed:
            return
        width, height = self.width(), self.height()
        thick, colour = (_FRAME_PX, theme.accent) if self._active else (1, theme.line)
        fill(painter, QRect(0, 0, width, thick), colour)
        fill(painter, QRect(0, height - thick, width, thick), colour)
        fill(painter, QRect(0, 0, thick, height), colour)
        fill(painter, QRect(width - thick, 0, thick, height), colour)


class ChartDeck(QWidget):
    """Arranges up to four chart panels.

    Attributes:
        on_active: called with the number of a chart, from 0, that the person went to.
        on_theme: called with the theme after the panels have taken it.
        on_words: called when the language has changed.
        button: opens the menu of layouts; it stands in the first chart's heading.
        menu: what the button opens; empty until somebody fills it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("charts")
        self._theme = theme
        self.on_active: Callable[[int], None] = _ignore
        self.on_theme: Callable[[Theme], None] = _ignore
        self.on_words: Callable[[], None] = _nothing
        self._layout = DeckLayout.ONE
        self._cells = [Cell(theme, self)]
        self._active = 0
        self._body: QWidget = self._cells[0]
        self._splitters: list[QSplitter] = []
        self._across: list[QSplitter] = []  # those with charts side by side
        self._shares = [_EVEN, _EVEN]  # of the left column, of the upper row
        self._listens = self._arranging = False
        self._headed: ChartPanel | None = None  # whose heading has the button
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._body)
        self.button = QToolButton(self)
        self.button.setObjectName("chartLayout")
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.menu = QMenu(self.button)
        self.menu.setObjectName("chartLayout.menu")
        self.button.setMenu(self.menu)
        self._translate()
        self._dress()

    @property
    def active(self) -> int:
        """The number of the chart that the rest of the desk follows."""
        return self._active

    @property
    def shares(self) -> tuple[int, int]:
        """How much the left column and the upper row have, of a thousand."""
        return self._shares[0], self._shares[1]

    def arrange(
        self,
        layout: DeckLayout,
        panels: Sequence["ChartPanel | None"],
        active: int,
        shares: tuple[int, int] | None = None,
    ) -> None:
        """Show so many panels, in order from left to right and down; None for one that comes later.

        A panel that is not among them is hidden, not deleted.
        """
        focus = QApplication.focusWidget()
        focused = focus is not None and self.isAncestorOf(focus)
        self._arranging = True  # what goes away hands the focus on, which is no choice of a person
        if shares is not None:
            self._shares = [min(max(it, _LEAST), _WHOLE - _LEAST) for it in shares]
        while len(self._cells) < layout.count:
            self._cells.append(Cell(self._theme, self))
        if layout is not self._layout:
            self._layout = layout
            self._build()
        wanted = [*panels[: layout.count], *[None] * (len(self._cells) - layout.count)]
        for cell, panel in zip(self._cells, wanted, strict=True):
            if cell.panel is not panel:
                cell.hold(None)  # all of them first: a panel may go from one to another
        for cell, panel in zip(self._cells, wanted, strict=True):
            cell.hold(panel)
        self._place_button(panels[0])
        self._listen(layout.count > 1)
        self.activate(active)
        panel = panels[active]
        if focused and panel is not None:
            panel.setFocus()
        self._arranging = False

    def activate(self, number: int) -> None:
        """Mark a chart as the active one; nobody is told."""
        self._active = number
        count = self._layout.count
        for place, cell in enumerate(self._cells[:count]):
            cell.mark(framed=count > 1, active=place == number)
        self._name_cells()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        for cell in self._cells:
            cell.set_theme(theme)
        self._dress()
        self.on_theme(theme)

    # inside

    def _build(self) -> None:
        """Put the cells where the layout has them."""
        old, cells = self._body, self._cells
        for cell in cells:
            cell.setParent(self)
        self._splitters, self._across = [], []
        if self._layout is DeckLayout.ONE:
            self._body = cells[0]
        elif self._layout is DeckLayout.COLUMNS:
            self._body = self._beside(*cells[:2])
        elif self._layout is DeckLayout.ROWS:
            self._body = self._above(*cells[:2])
        else:
            self._body = self._above(self._beside(*cells[:2]), self._beside(*cells[2:4]))
        if old is not self._body:
            self._column.removeWidget(old)
            if old not in cells:
                old.deleteLater()
        self._column.addWidget(self._body)
        for place, cell in enumerate(cells):
            cell.setVisible(place < self._layout.count)
        self._body.show()

    def _beside(self, left: QWidget, right: QWidget) -> "QSplitter":
        splitter = self._splitter(Qt.Orientation.Horizontal, left, right, self._shares[0])
        self._across.append(splitter)
        return splitter

    def _above(self, upper: QWidget, lower: QWidget) -> "QSplitter":
        return self._splitter(Qt.Orientation.Vertical, upper, lower, self._shares[1])

    def _splitter(
        self, orientation: Qt.Orientation, first: QWidget, second: QWidget, share: int
    ) -> "QSplitter":
        from PySide6.QtWidgets import QSplitter  # where there is more than one chart

        splitter = QSplitter(orientation, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(_HANDLE_PX)
        for number, part in enumerate((first, second)):
            splitter.addWidget(part)
            splitter.setStretchFactor(number, 1)
            part.show()
        splitter.setSizes([share, _WHOLE - share])
        splitter.splitterMoved.connect(self._border_moved)
        self._splitters.append(splitter)
        return splitter

    def _border_moved(self, _place: int, _number: int) -> None:
        moved = self.sender()
        for splitter in self._splitters:
            if splitter is moved:
                first, second = splitter.sizes()
                row = splitter not in self._across
                self._shares[row] = round(_WHOLE * first / max(1, first + second))
                for other in self._across if not row else ():
                    if other is not splitter:
                        other.setSizes([first, second])

    def _place_button(self, first: "ChartPanel | None") -> None:
        if first is None or first is self._headed:
            return
        if self._headed is not None:
            self._headed.heading.let_go(self.button)
        self._headed = first
        first.heading.add_last(self.button)

    def _listen(self, on: bool) -> None:
        """Hear where the keyboard goes, as long as there is a choice."""
        app = QApplication.instance()
        if on is self._listens or not isinstance(app, QApplication):
            return
        self._listens = on
        if on:
            app.focusChanged.connect(self._focus_moved)
        else:
            app.focusChanged.disconnect(self._focus_moved)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or self._arranging:
            return
        for number, cell in enumerate(self._cells[: self._layout.count]):
            if number != self._active and cell.isAncestorOf(new):
                self.on_active(number)
                return

    def _dress(self) -> None:
        self.button.setIcon(icon(Icon.LAYOUT, self._theme.text))

    def _translate(self) -> None:
        self.setAccessibleName(translate("Deck", "Charts"))
        self.button.setAccessibleName(translate("Deck", "Chart layout"))
        self.button.setToolTip(translate("Deck", "Chart layout: one, two or four charts"))
        self._name_cells()

    def _name_cells(self) -> None:
        count = self._layout.count
        for number, cell in enumerate(self._cells[:count]):
            words = translate("Deck", "Chart {number} of {count}")
            if number == self._active:
                words = translate("Deck", "Chart {number} of {count}, active")
            cell.setAccessibleName(words.format(number=number + 1, count=count))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
            self.on_words()


def _ignore(_: object) -> None:
    """Nobody wants to know."""


def _nothing() -> None:
    """Nobody wants to know."""
