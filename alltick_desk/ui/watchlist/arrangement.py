"""What the table shows: from a person's own order to one that is sorted, filtered and folded.

Pure. The own order is never changed by it, so that it is there again whenever it is asked for.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import isfinite
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.watchlist.column import SortValue

_NONE: Mapping[str, str] = MappingProxyType({})


class Section(NamedTuple):
    """A part of a list in its own order; the first one has no name and no heading."""

    number: int
    name: str
    rows: Sequence[QuoteRow]
    folded: bool = False


class Heading(NamedTuple):
    """The line above a section's rows."""

    number: int  # the section's in its list
    name: str
    rows: int  # of the section
    shown: int  # those that the filter lets through
    folded: bool


Line: TypeAlias = QuoteRow | Heading
LineId: TypeAlias = QuoteRow | str


class Sorting(NamedTuple):
    """How the table is sorted; no column for a person's own order.

    ``live`` sorts again as the values move, else the order stays as it was when it was asked for.
    """

    column: str = ""
    descending: bool = False
    live: bool = True


OWN_ORDER = Sorting()
SORTING_WORD = "sorting"  # its name among a list's choices


class Arrangement(NamedTuple):
    """What the table shows, and how many rows that is of how many."""

    lines: list[Line]
    shown: int  # rows that the filter lets through, folded ones too
    total: int


def arrange(
    sections: Iterable[Section],
    *,
    value: Callable[[QuoteRow], SortValue] | None = None,
    descending: bool = False,
    keeps: Callable[[QuoteRow], bool] | None = None,
) -> Arrangement:
    """Sort within each section by ``value`` and show only what ``keeps`` lets through.

    Equal values keep their own order, unknown ones (None) stand last either way. While there is a
    filter a folded section shows what it found, and one without a find has no heading.
    """
    lines: list[Line] = []
    shown = total = 0
    for section in sections:
        rows = section.rows if keeps is None else [row for row in section.rows if keeps(row)]
        total += len(section.rows)
        shown += len(rows)
        folded = section.folded and keeps is None
        if section.name and (rows or keeps is None):
            lines.append(
                Heading(section.number, section.name, len(section.rows), len(rows), folded)
            )
        if not folded:
            lines.extend(rows if value is None else ordered(rows, value, descending=descending))
    return Arrangement(lines, shown, total)


def ordered(
    rows: Sequence[QuoteRow], value: Callable[[QuoteRow], SortValue], *, descending: bool
) -> list[QuoteRow]:
    """Return rows by value, equal ones as they stand, unknown ones behind."""
    known, unknown = [], []
    for row in rows:
        key = value(row)
        if key is None or (isinstance(key, float) and not isfinite(key)):
            unknown.append(row)
        else:
            known.append((key, row))
    known.sort(key=_first, reverse=descending)
    return [row for _, row in known] + unknown


def known_by(line: Line, renamed: Mapping[str, str] = _NONE) -> LineId:
    """Return what a line is known by, however it reads: the row, or the section's name.

    A section's number is another after sections were moved. ``renamed`` tells former names.
    """
    if isinstance(line, Heading):
        return renamed.get(line.name, line.name)
    return line


def renamed_headings(before: Iterable[Line], after: Iterable[Line]) -> Mapping[str, str]:
    """Return the former names of sections by their new ones: the same place, and another name."""
    old = {line.number: line.name for line in before if isinstance(line, Heading)}
    new = {line.number: line.name for line in after if isinstance(line, Heading)}
    gone, come = set(old.values()) - set(new.values()), set(new.values()) - set(old.values())
    return {
        name: old[number]
        for number, name in new.items()
        if name in come and old.get(number) in gone
    }


def next_sorting(now: Sorting, column: str, *, falls_first: bool) -> Sorting:
    """Return what a click on a column's title leads to: one way, the other way, the own order.

    ``falls_first`` begins with the greatest, as one wants figures.
    """
    if now.column != column:
        return Sorting(column, falls_first, now.live)
    if now.descending == falls_first:
        return now._replace(descending=not falls_first)
    return Sorting(live=now.live)


def write_sorting(sorting: Sorting) -> str:
    """Return the words that ``read_sorting`` reads back; "" for the own order, live."""
    words = [sorting.column, "down" if sorting.descending else "up"] if sorting.column else []
    return " ".join([*words, *([] if sorting.live else ["once"])])


def read_sorting(text: str, known: Collection[str]) -> Sorting:
    """Read what ``write_sorting`` wrote; a column that is not ``known`` leaves the own order."""
    words = text.split()
    live = "once" not in words
    if words and words[0] in known:
        return Sorting(words[0], "down" in words, live)
    return Sorting(live=live)


def _first(pair: tuple[float | str, QuoteRow]) -> float | str:
    return pair[0]
