"""Edits of watchlists that take several steps of ``model``, as one: functions from book to book."""

from collections.abc import Iterable

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.list_edits import (
    add_list,
    add_section,
    delete_section,
    move_section,
    show_list,
)
from alltick_desk.model.lists import ListBook, Place
from alltick_desk.model.row_edits import copy_to_list, move_entries, move_to_list


def grouped(book: ListBook, list_id: str, keys: Iterable[InstrumentKey], name: str) -> ListBook:
    """Make a section of rows as near as can be to where the first of them stands.

    What stands around them stays in its own section, and a section is in one piece: so the new
    one comes before or behind it, whichever leaps over fewer rows. Rows without a section can only
    stand above the first heading, for a row below one would be read as that heading's; what is
    taken out of them therefore comes behind the last of them. Without rows it is an empty section
    at the end of the list.
    """
    one, chosen = book.get(list_id), frozenset(keys)
    first = next((key for key in one.keys if key in chosen), None)
    at = one.place_of(first) if first is not None else None
    number = len(one.sections) - 1 if at is None else at.section
    entries = one.sections[number].entries
    above = len(entries) if at is None else at.at
    below = sum(entry.key not in chosen for entry in entries[above:])
    book = add_section(book, list_id, name, Place(number, len(entries)))
    book = move_entries(book, list_id, chosen, Place(number + 1, 0))
    return move_section(book, list_id, number + 1, number) if number and above < below else book


def into_new_list(
    book: ListBook,
    source: str,
    keys: Iterable[InstrumentKey],
    new_id: str,
    name: str,
    *,
    copy: bool = False,
) -> ListBook:
    """Make a list of rows that leave ``source``, or of a copy; the shown list stays the same."""
    chosen = frozenset(keys)
    made = add_list(book, new_id, name)
    move = copy_to_list if copy else move_to_list
    return show_list(move(made, source, chosen, new_id, None), book.current)


def section_into_new_list(
    book: ListBook, source: str, number: int, new_id: str, name: str, *, copy: bool = False
) -> ListBook:
    """Make a list of a section, heading and rows, or of a copy; the shown list stays the same."""
    made = add_list(book, new_id, name)
    return show_list(section_to_list(made, source, number, new_id, copy=copy), book.current)


def section_to_list(
    book: ListBook, source: str, number: int, target: str, *, copy: bool = False
) -> ListBook:
    """Bring a section into another list, heading and rows, or a copy of it.

    It joins the section of its name there, else it stands at the end. What the other list has
    already stays in its place there.
    """
    if source == target or target not in book or source not in book:
        return book
    section = book.get(source).sections[number]
    keys = [entry.key for entry in section.entries]
    fresh = frozenset(keys).difference(book.get(target).keys)
    there = book.get(target).section_named(section.name)
    if there is None:
        book = add_section(book, target, section.name)
        there = len(book.get(target).sections) - 1
    book = copy_to_list(book, source, keys, target, None)
    end = Place(there, len(book.get(target).keys))
    book = move_entries(book, target, fresh, end)
    return book if copy else delete_section(book, source, number, with_rows=True)
