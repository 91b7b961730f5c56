"""What a column is."""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.watchlist.format import ASKED, UNKNOWN, Reading

Text: TypeAlias = Callable[[QuoteRow, Reading], str]
SortValue: TypeAlias = float | str | None  # None sorts as unknown


class Tone(Enum):
    """What a cell's colour tells."""

    PLAIN = auto()
    MUTED = auto()
    MOVED = auto()  # the day's change: up, down, or plain
    SIGNED = auto()  # the cell's own sign
    STATE = auto()  # the row's state


class Drawing(Enum):
    """What is drawn instead of a text."""

    DAY_LINE = auto()
    DAY_RANGE = auto()


class Column(NamedTuple):
    """One column.

    Attributes:
        id: its name in files and tests; ``title`` in English is its key in the snapshot.
        text: what stands in the cell; of a drawing, what it says in words.
        sort: the value behind it.
        sample: the widest text that is usual; the column starts as wide.
        sample_zh: the same in Chinese, "" where it does not differ.
        help: one sentence for the header's tip.
        figure: numbers, aligned as the person chose and never cut.
        flashes: whether a change of its text is shown for a moment.
        spreads: takes the width that the others leave.
        tagged: its text follows the vendor's tag, where rows have one.
        arrow: may have an arrow before a change, for whoever does not see its colour.
        drawing: what is drawn instead of the text.
        ages: its text becomes another one while time goes by and nothing comes.
        copy: the text for a spreadsheet; None for ``text``.
    """

    id: str
    title: str
    text: Text
    sort: Callable[[QuoteRow, Reading], SortValue]
    sample: str
    help: str
    tone: Tone = Tone.PLAIN
    figure: bool = False
    flashes: bool = False
    spreads: bool = False
    tagged: bool = False
    arrow: bool = False
    drawing: Drawing | None = None
    ages: bool = False
    copy: Text | None = None
    sample_zh: str = ""

    def copied(self, row: QuoteRow, reading: Reading) -> str:
        """Return the cell for a spreadsheet: full figures, nothing where nothing is known."""
        text = (self.copy or self.text)(row, reading)
        return "" if text in {UNKNOWN, ASKED} else text
