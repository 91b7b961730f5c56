"""How wide the table's columns are: what their texts need, or what a person made of them."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHeaderView

from alltick_desk.ui.watchlist.column_choice import ColumnChoice
from alltick_desk.ui.watchlist.format import Reading
from alltick_desk.ui.watchlist.measure import Measure, first_widths

SETTLED_MS = 300  # a drag of a border is one choice, not one a pixel


class ColumnWidths(QObject):
    """Gives a header's columns their widths.

    ``room`` is asked for the width that they share; one column takes what the others leave.
    ``on_choice`` is told of the choice after a person has given a column another width.

    Attributes:
        choice: the columns and the widths that a person gave them.
    """

    def __init__(
        self,
        header: QHeaderView,
        room: Callable[[], int],
        on_choice: Callable[[ColumnChoice], None],
    ) -> None:
        super().__init__(header)
        self._header = header
        self._room = room
        self._on_choice = on_choice
        self.choice = ColumnChoice()
        self._least = 0
        self._digit = 1.0  # how wide one is
        self._fitting = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED_MS)
        self._settling.timeout.connect(self._settle)
        header.sectionResized.connect(self._resized)

    def fit(self, measure: Measure, titles: list[str], reading: Reading) -> None:
        """Make every column as wide as its title and what it usually holds."""
        self._least, self._digit = measure.least_name, measure.digit
        if self.choice.pixels:  # kept by an earlier desk; from now on they follow the letters
            self.choice = self.choice.in_digits(self._digit)
            self._settling.start()
        columns = self.choice.columns
        widths = first_widths(measure, self._header.font(), columns, titles, reading)
        self.give({n: width for n, width in enumerate(widths) if not columns[n].spreads})

    def grow(self, wanted: Mapping[int, int]) -> None:
        """Widen columns that texts did not fit in."""
        columns = self.choice.columns
        size = self._header.sectionSize
        wider = {n: w for n, w in wanted.items() if n < len(columns) and w > size(n)}
        self.give({n: w for n, w in wider.items() if not columns[n].spreads})

    def give(self, widths: Mapping[int, int]) -> None:
        """Give columns these widths, except those that a person has sized; then fill the rest."""
        header = self._header
        self._fitting = True
        spreading = -1
        for place, column in enumerate(self.choice.columns):
            by_hand = self.choice.widths.get(column.id)
            if by_hand is not None:
                header.resizeSection(place, self._pixels(by_hand))
            elif column.spreads:
                spreading = place
            elif place in widths:
                header.resizeSection(place, widths[place])
        if spreading >= 0:
            others = header.length() - header.sectionSize(spreading)
            header.resizeSection(spreading, max(self._least, self._room() - others))
        self._fitting = False

    def forget(self, place: int) -> None:
        """Let a column follow its texts again."""
        self.choice = self.choice.sized(self.choice.ids[place], None)
        self._on_choice(self.choice)

    def _pixels(self, digits: float) -> int:
        return max(round(digits * self._digit), self._header.minimumSectionSize())

    def _resized(self, place: int, before: int, width: int) -> None:
        if before < self._header.minimumSectionSize() == width:
            return  # Qt's own doing: the letters grew
        if not self._fitting and place < len(self.choice.ids):
            self.choice = self.choice.sized(self.choice.ids[place], width / self._digit)
            self.give({})
            self._settling.start()

    def _settle(self) -> None:
        self._on_choice(self.choice)
