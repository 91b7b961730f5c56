"""Which columns a list shows, in which order and how wide: kept as a few small words.

``"code,name,last=96"`` shows three columns, the last of them 96 pixels wide by a person's hand. A
word that this desk does not know, from a newer one or a slip, is passed over; where none is left
the list shows what every list begins with.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from alltick_desk.ui.watchlist.column import Column
from alltick_desk.ui.watchlist.columns import COLUMNS
from alltick_desk.ui.watchlist.more_columns import MORE

OFFERED: Mapping[str, Column] = {column.id: column for column in (*COLUMNS, *MORE)}
NARROWEST, WIDEST = 12, 4_000  # pixels

Ids: TypeAlias = tuple[str, ...]

FIRST: Ids = tuple(column.id for column in COLUMNS)


class ColumnChoice(NamedTuple):
    """The columns shown, by id in their order, and the widths that a person gave them."""

    ids: Ids = FIRST
    widths: Mapping[str, int] = {}  # in pixels; of hidden columns too, for when they come back

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

    def sized(self, which: str, width: int | None) -> "ColumnChoice":
        """Return the choice with a column of this width, None for the one that its texts need."""
        widths = {name: pixels for name, pixels in self.widths.items() if name != which}
        if width is not None:
            widths[which] = min(max(width, NARROWEST), WIDEST)
        return self._replace(widths=widths)


def write_columns(choice: ColumnChoice) -> str:
    """Return the words that ``read_columns`` reads back; "" for what every list begins with."""
    if choice == ColumnChoice():
        return ""
    hidden = [f"-{name}" for name in choice.widths if name not in choice.ids]
    words = []
    for name in (*choice.ids, *hidden):
        width = choice.widths.get(name.removeprefix("-"))
        words.append(name if width is None else f"{name}={width}")
    return ",".join(words)


def read_columns(text: str) -> ColumnChoice:
    """Read what ``write_columns`` wrote; whatever else stands there is passed over."""
    ids: list[str] = []
    widths: dict[str, int] = {}
    for word in text.split(","):
        name, _, width = word.strip().partition("=")
        hidden = name.startswith("-")
        name = name.removeprefix("-")
        if name not in OFFERED:
            continue
        if not hidden:
            ids.append(name)
        if width.isascii() and width.isdecimal() and NARROWEST <= int(width[:6]) <= WIDEST:
            widths[name] = int(width[:6])
    return ColumnChoice(widths=widths).showing(ids)
