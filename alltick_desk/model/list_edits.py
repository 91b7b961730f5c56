"""Every edit of watchlists and their sections, as a function from a book to a book. Pure.

An edit that changes nothing, or that asks for what is not there any more, returns an equal book.
Whatever it touches it touches once, in the order of the list; all else is shared with the old
book, so that a history of edits costs little. The edits of rows are in ``model.row_edits``.
"""

from collections.abc import Callable, Collection, Iterable
from typing import TypeAlias

from alltick_desk.model.lists import (
    DEFAULT_NAME,
    ListBook,
    NamedList,
    Place,
    Section,
    clean_name,
    free_name,
)

Sections: TypeAlias = tuple[Section, ...]

# Lists


def add_list(book: ListBook, list_id: str, name: str, *, at: int | None = None) -> ListBook:
    """Add an empty list at a place, or at the end, and show it; ``list_id`` must be a new one."""
    made = NamedList(list_id, _free(book, clean_name(name) or DEFAULT_NAME))
    return _inserted(book, made, len(book.lists) if at is None else at)


def rename_list(book: ListBook, list_id: str, name: str) -> ListBook:
    """Give a list another name, made unique; no name changes nothing."""
    name = clean_name(name)
    if not name:
        return book
    return _changed(book, list_id, lambda one: one._replace(name=_free(book, name, list_id)))


def duplicate_list(book: ListBook, list_id: str, new_id: str) -> ListBook:
    """Put a copy beside a list, with all that is in it and its view, and show it."""
    if list_id not in book:
        return book
    one = book.get(list_id)
    copy = one._replace(id=new_id, name=_free(book, one.name))
    return _inserted(book, copy, book.place(list_id) + 1)


def delete_list(book: ListBook, list_id: str, empty_id: str) -> ListBook:
    """Take a list away and show its neighbour; the last one leaves an empty one, ``empty_id``."""
    if list_id not in book:
        return book
    at = book.place(list_id)
    left = book.lists[:at] + book.lists[at + 1 :]
    if not left:
        left = (NamedList(empty_id, DEFAULT_NAME),)
    current = left[min(at, len(left) - 1)].id if book.current == list_id else book.current
    return book._replace(lists=left, current=current)


def move_list(book: ListBook, list_id: str, at: int) -> ListBook:
    """Bring a list to place ``at`` among the others."""
    if list_id not in book:
        return book
    others = tuple(one for one in book.lists if one.id != list_id)
    at = min(max(at, 0), len(others))
    return book._replace(lists=(*others[:at], book.get(list_id), *others[at:]))


def show_list(book: ListBook, list_id: str) -> ListBook:
    """Show a list."""
    return book._replace(current=list_id) if list_id in book else book


def choose(book: ListBook, list_id: str, name: str, word: str) -> ListBook:
    """Set one of a list's view choices; "" takes it away."""

    def chosen(one: NamedList) -> NamedList:
        extra = {known: value for known, value in one.extra.items() if known != name}
        if word:
            extra[name] = word
        return one._replace(extra=extra)

    return _changed(book, list_id, chosen)


# Sections, by their number in the list; the untitled one is number 0


def add_section(book: ListBook, list_id: str, name: str, place: Place | None = None) -> ListBook:
    """Put a heading at a place: what stands below it there is its section; None is the end."""
    name = clean_name(name)

    def added(sections: Sections) -> Sections:
        made = Section(_free_section(sections, name))
        if place is None:
            return (*sections, made)
        number, at = inside(sections, place)
        above = sections[number]
        made = made._replace(entries=above.entries[at:])
        above = above._replace(entries=above.entries[:at])
        return (*sections[:number], above, made, *sections[number + 1 :])

    return resectioned(book, list_id, added) if name else book


def rename_section(book: ListBook, list_id: str, number: int, name: str) -> ListBook:
    """Give a section another heading, made unique; the untitled one gets its first."""
    name = clean_name(name)

    def renamed(sections: Sections) -> Sections:
        if not (name and 0 <= number < len(sections)):
            return sections
        others = sections[:number] + sections[number + 1 :]
        made = sections[number]._replace(name=_free_section(others, name))
        untitled = (Section(),) if number == 0 else ()
        return (*sections[:number], *untitled, made, *sections[number + 1 :])

    return resectioned(book, list_id, renamed)


def delete_section(
    book: ListBook, list_id: str, number: int, *, with_rows: bool = False
) -> ListBook:
    """Take a heading away, its rows join the section above; or the rows too, ``with_rows``."""

    def deleted(sections: Sections) -> Sections:
        if not 0 <= number < len(sections):
            return sections
        gone = sections[number]
        if number == 0:
            return (gone._replace(entries=()), *sections[1:]) if with_rows else sections
        above = sections[number - 1]
        if not with_rows:
            above = above._replace(entries=above.entries + gone.entries)
        return (*sections[: number - 1], above, *sections[number + 1 :])

    return resectioned(book, list_id, deleted)


def move_section(book: ListBook, list_id: str, number: int, to: int) -> ListBook:
    """Bring a section with its rows before the one that is number ``to`` now.

    The number after the last is the end. The untitled one stays the first.
    """

    def moved(sections: Sections) -> Sections:
        if not 0 < number < len(sections):
            return sections
        block = sections[number]
        goal = min(max(to, 1), len(sections))
        head = [it for it in sections[:goal] if it is not block]
        tail = [it for it in sections[goal:] if it is not block]
        return (*head, block, *tail)

    return resectioned(book, list_id, moved)


def fold(book: ListBook, list_id: str, numbers: Collection[int], *, folded: bool) -> ListBook:
    """Fold sections or unfold them; the untitled one has nothing to fold it by."""

    def refolded(sections: Sections) -> Sections:
        return tuple(
            section._replace(folded=folded) if at and at in numbers else section
            for at, section in enumerate(sections)
        )

    return resectioned(book, list_id, refolded)


# What the edits of rows are made of too


def resectioned(book: ListBook, list_id: str, change: Callable[[Sections], Sections]) -> ListBook:
    """Return the book with other sections in one list."""
    return _changed(book, list_id, lambda one: one._replace(sections=change(one.sections)))


def inside(sections: Sections, place: Place) -> Place:
    """Return the place, or the nearest that there is."""
    number = min(max(place.section, 0), len(sections) - 1)
    return Place(number, min(max(place.at, 0), len(sections[number].entries)))


# Inside


def _changed(book: ListBook, list_id: str, change: Callable[[NamedList], NamedList]) -> ListBook:
    lists = tuple(change(one) if one.id == list_id else one for one in book.lists)
    return book._replace(lists=lists)


def _inserted(book: ListBook, made: NamedList, at: int) -> ListBook:
    at = min(max(at, 0), len(book.lists))
    return book._replace(lists=(*book.lists[:at], made, *book.lists[at:]), current=made.id)


def _free(book: ListBook, name: str, beside: str = "") -> str:
    return free_name(name, {one.name.casefold() for one in book.lists if one.id != beside})


def _free_section(sections: Iterable[Section], name: str) -> str:
    return free_name(name, {section.name.casefold() for section in sections})
