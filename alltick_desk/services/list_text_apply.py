"""A preview of a text, taken into the lists."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import Entry, ListBook, NamedList, Place, Section
from alltick_desk.model.row_edits import add_entries
from alltick_desk.model.words import Sentence
from alltick_desk.services.list_text import Preview, PreviewLine, Verdict
from alltick_desk.services.lists import Lists

# By a section's name, "" for the untitled one.
_Rows: TypeAlias = Mapping[str, list[Entry]]


def apply(
    found: Preview,
    book: ListBook,
    *,
    new_id: Callable[[], str],
    place: Place | None = None,
) -> ListBook:
    """Return the book with all that the preview adds; nothing that is there changes.

    What names no section is put before ``place``, or at the end of the list. A section is made
    for the rows that come into it, and where the text has it without any.
    """
    filled = {_home(line) for line in found.lines if line.code}
    named: dict[str, dict[str, list[Entry]]] = {}  # by the list's name and the section's
    loose: list[Entry] = []
    for line in found.lines:
        if line.section is None and not line.list:
            if line.entry is not None:
                loose.append(line.entry)
            continue
        if line.entry is None and (line.verdict is not Verdict.HEADING or _home(line) in filled):
            continue
        rows = named.setdefault(line.list, {}).setdefault(line.section or "", [])
        if line.entry is not None:
            rows.append(line.entry)
    if loose:
        book = add_entries(book, found.into, loose, place)
    for name, sections in named.items():
        one = book.named(name) if name else book.get(found.into)
        if one is None:
            made = _filled(NamedList(new_id(), name), sections)
            book = book._replace(lists=(*book.lists, made))
        else:
            made = _filled(one, sections)
            lists = tuple(made if it.id == one.id else it for it in book.lists)
            book = book._replace(lists=lists)
    return book


def take_in(found: Preview, lists: Lists, place: Place | None = None) -> int:
    """Add what the preview says, as one edit; return how many rows there are more."""
    before = lists.book
    book = apply(found, before, new_id=lists.new_id, place=place)
    count = _size(book) - _size(before)
    lists.take(book, Sentence("Lists", "import {n} rows").format(n=count), where=found.into)
    return count


def _home(line: PreviewLine) -> tuple[str, str]:
    """Return the list and the section that a line names, in no case."""
    return line.list.casefold(), (line.section or "").casefold()


def _filled(one: NamedList, rows: _Rows) -> NamedList:
    """Return the list with rows at the ends of their sections; what it has already is left out."""
    there = set(one.keys)
    sections: dict[str, Section] = {it.name.casefold(): it for it in one.sections}
    for name, entries in rows.items():
        fresh: dict[InstrumentKey, Entry] = {}
        for entry in entries:
            if entry.key not in there:
                fresh[entry.key] = entry
        if entries and not fresh and name.casefold() not in sections:
            continue  # all of them came since the preview
        there.update(fresh)
        section = sections.get(name.casefold(), Section(name))
        entries_now = (*section.entries, *fresh.values())
        sections[name.casefold()] = section._replace(entries=entries_now)
    return one._replace(sections=tuple(sections.values()))


def _size(book: ListBook) -> int:
    return sum(len(section.entries) for one in book.lists for section in one.sections)
