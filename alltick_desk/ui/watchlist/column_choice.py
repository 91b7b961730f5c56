"""Which columns a list shows, in which order and how wide: kept as a few small words.

``"code,name,last=12.5ch"`` shows three columns, the last of them as wide as 12.5 digits by a
person's hand, so that it holds as much in other letters and on another screen. ``last=96`` are 96
pixels, as earlier desks wrote it. A word that this desk does not know, from a newer one or a slip,
is passed over; where none is left the list shows what every list begins with.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from alltick_desk.ui.watchlist.column import Column
from alltick_desk.ui.watchlist.columns import COLUMNS
from alltick_desk.ui.watchlist.more_columns import MORE

OFFERED: Mapping[str, Column] = {column.id: column for column in (*COLUMNS, *MORE)}
NARROWEST, WIDEST = 1.0, 600.0  # digits
_LEAST_PIXELS, _MOST_PIXELS = 12, 4_000
_EARLIER = re.compile("[0-9]{1,4}")
_DIGITS = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)ch")

Ids: TypeAlias = tuple[str, ...]

FIRST: Ids = tuple(column.id for column in COLUMNS)


class ColumnChoice(NamedTuple):
    """The columns shown, by id in their order, and the widths that a person gave them.

    Widths are of hidden columns too, for when they come back.
    """

    ids: Ids = FIRST
    widths: Mapping[str, float] = {}  # in widths of a digit
    pixels: Mapping[str, int] = {}  # as earlier desks kept them, until a font tells the digits

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns themselves."""
        return tuple(OFFERED[name] for name in self.ids)

    def showing(self, ids: Iterable[str]) -> "ColumnChoice":
        """Return the choice with these columns, each once; with the first ones for none."""
        known = tuple(dict.fromkeys(name for name in ids if name in OFFERED))
        return self._replace(ids=known or FIRST)

    def hiding(self, which: str) -> "ColumnChoice":
        """Return the choice without one column; the last one stays."""
        left = tuple(name for name in self.ids if name != which)
        return self.showing(left) if left else self

    def sized(self, which: str, width: float | None) -> "ColumnChoice":
        """Return the choice with a column of this width, None for the one that its texts need."""
        widths = {name: digits for name, digits in self.widths.items() if name != which}
        pixels = {name: pixels for name, pixels in self.pixels.items() if name != which}
        if width is not None:
            widths[which] = round(min(max(width, NARROWEST), WIDEST), 2)
        return self._replace(widths=widths, pixels=pixels)

    def in_digits(self, digit: float) -> "ColumnChoice":
        """Return the choice without pixels; ``digit`` is how wide one is in the table's font."""
        choice = self
        for name, pixels in self.pixels.items():
            choice = choice.sized(name, pixels / digit)
        return choice


def write_columns(choice: ColumnChoice) -> str:
    """Return the words that ``read_columns`` reads back; "" for what every list begins with."""
    if choice == ColumnChoice():
        return ""
    told = {name: f"={pixels}" for name, pixels in choice.pixels.items()}
    told.update((name, f"={digits:.2f}ch") for name, digits in choice.widths.items())
    hidden = [f"-{name}{width}" for name, width in told.items() if name not in choice.ids]
    return ",".join([*(f"{name}{told.get(name, '')}" for name in choice.ids), *hidden])


def read_columns(text: str) -> ColumnChoice:
    """Read what ``write_columns`` wrote; whatever else stands there is passed over."""
    ids: list[str] = []
    widths: dict[str, float] = {}
    earlier: dict[str, int] = {}
    for word in text.split(","):
        name, _, width = word.strip().partition("=")
        hidden = name.startswith("-")
        name = name.removeprefix("-")
        if name not in OFFERED:
            continue
        if not hidden:
            ids.append(name)
        digits = _DIGITS.fullmatch(width)
        if digits and NARROWEST <= float(digits[1]) <= WIDEST:
            widths[name] = float(digits[1])
            earlier.pop(name, None)
        elif _EARLIER.fullmatch(width) and _LEAST_PIXELS <= int(width) <= _MOST_PIXELS:
            earlier[name] = int(width)
            widths.pop(name, None)
    return ColumnChoice(widths=widths, pixels=earlier).showing(ids)
