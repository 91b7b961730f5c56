"""Lists as text for other programs, and for the desk itself: nothing of a list is lost.

A table has the titles ``TITLES``; a section or a list without rows is a line without a code. How a
list is looked at - folded sections, columns - is not in it.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import NamedList
from alltick_desk.services.list_text_read import TITLES, to_cell


def table_text(
    lists: Iterable[NamedList],
    name_of: Callable[[InstrumentKey], str],
    *,
    separator: str = ",",
) -> str:
    """Return a table of whole lists, with a comma, a semicolon or a tab between its columns."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(TITLES)
    for one in lists:
        writer.writerows(_rows(one, name_of))
    return text.getvalue()


def codes_text(keys: Iterable[InstrumentKey], *, usual: str) -> str:
    """Return one code a line, with the vendor before those that are not the usual vendor's."""
    return "".join(f"{key.code if key.vendor == usual else key}\n" for key in keys)


def encode(text: str) -> bytes:
    """Return a file's bytes: UTF-8 with the mark by which spreadsheets know it."""
    return text.encode("utf-8-sig", "replace")


def _rows(one: NamedList, name_of: Callable[[InstrumentKey], str]) -> Iterator[Sequence[str]]:
    name = to_cell(one.name)
    if not one.keys and len(one.sections) == 1:
        yield name, "", "", "", "", "", "", ""
    for section in one.sections:
        heading = to_cell(section.name)
        if section.name and not section.entries:
            yield name, heading, "", "", "", "", "", ""
        for key, alias, note, pinned, _ in section.entries:
            named, said = to_cell(name_of(key)), (to_cell(alias), to_cell(note))
            yield name, heading, to_cell(key.code), named, *said, "yes" * pinned, key.vendor
