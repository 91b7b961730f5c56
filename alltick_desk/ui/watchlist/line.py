"""A row as it was last read, and where its cells stand on the screen. Plain values for painting."""

from collections.abc import Sequence
from typing import NamedTuple

from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.watchlist.column import Column, Drawing, Tone
from alltick_desk.ui.watchlist.day_line import DayLine
from alltick_desk.ui.watchlist.format import Reading, vendor
from alltick_desk.ui.watchlist.glyphs import Spot


class Line(NamedTuple):
    """What a row read like when it was last looked at; equal lines look the same."""

    texts: tuple[str, ...]
    state: RowState
    sign: int  # of the day's change
    vendor: str = ""  # its title, where rows tell whose they are
    day_line: DayLine | None = None
    version: int = 0  # of the line of the day
    pinned: bool = False


class Place(NamedTuple):
    """Where a column stands in the viewport."""

    column: int  # its place among those shown
    x: int
    width: int
    room: int  # for the text: the width without what is kept free at both ends


class Group(NamedTuple):
    """Figures that one call draws, since they share a colour."""

    tone: Tone
    places: tuple[Place, ...]
    edges: tuple[Spot, ...]


class Band(NamedTuple):
    """The columns of a part of the viewport, sorted once for all its rows."""

    left: int
    width: int
    words: tuple[Place, ...]
    groups: tuple[Group, ...]  # the figures by tone
    muted: Group  # the figures of a row that is not live
    flashing: tuple[Place, ...]
    drawings: tuple[Place, ...]
    arrows: tuple[Place, ...]


class RowLook(NamedTuple):
    """What a row looks like beside its texts."""

    selected: bool
    current: bool
    move: int  # 1 or -1 where the price has just moved, else 0
    same: int = 0  # so many characters of the price did not change with it
    shaded: bool = False


def read_line(row: QuoteRow, reading: Reading, columns: Sequence[Column]) -> Line:
    """Read the cells of a row."""
    change = row.change
    sign = 0 if not change else 1 if change > 0 else -1
    day_line = None
    entry = reading.entry(row.key)
    for column in columns:
        if column.drawing is Drawing.DAY_LINE:
            day_line = reading.day_line(row)
    return Line(
        tuple([column.text(row, reading) for column in columns]),
        row.state,
        sign,
        vendor(row, reading),
        day_line,
        0 if day_line is None else day_line.version,
        entry is not None and entry.pinned,
    )
