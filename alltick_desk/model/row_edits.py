"""Every edit of a watchlist's rows, as a function from a book to a book. Pure.

As in ``model.list_edits``: what is not there any more is left out, nothing is touched twice.
"""

from collections.abc import Callable, Collection, Iterable

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.list_edits import Sections, inside, resectioned
from alltick_desk.model.lists import Entry, ListBook, Place, Section, clean_name, clean_note


def add_entries(
    book: ListBook, list_id: str, entries: Iterable[Entry], place: Place | None = None
) -> ListBook:
    """Put in what the list does not have yet, before a place or at the end of the list."""

    def added(sections: Sections) -> Sections:
        fresh = _fresh(sections, entries)
        return _put(sections, tuple(fresh.values()), place or _end(sections))

    return resectioned(book, list_id, added)


def remove_entries(book: ListBook, list_id: str, keys: Iterable[InstrumentKey]) -> ListBook:
    """Take instruments out."""
    gone = frozenset(keys)
    return resectioned(book, list_id, lambda sections: _without(sections, gone))


def move_entries(
    book: ListBook, list_id: str, keys: Iterable[InstrumentKey], place: Place
) -> ListBook:
    """Bring instruments together before what stands at a place now, in their own order."""
    chosen = frozenset(keys)

    def moved(sections: Sections) -> Sections:
        block = tuple(it for section in sections for it in section.entries if it.key in chosen)
        number, at = inside(sections, place)
        before = sections[number].entries[:at]
        at -= sum(entry.key in chosen for entry in before)
        return _put(_without(sections, chosen), block, Place(number, at))

    return resectioned(book, list_id, moved)


def shift_entries(
    book: ListBook, list_id: str, keys: Iterable[InstrumentKey], *, up: bool
) -> ListBook:
    """Move each run of neighbours one step up or down, over a heading into the next section.

    What has reached the end stays there, and nothing overtakes it. A folded section that a row
    comes into is unfolded: the row would be lost from sight.
    """
    chosen = frozenset(keys)

    def shifted(sections: Sections) -> Sections:
        line: list[Entry | Section] = list(sections[0].entries)
        for section in sections[1:]:
            line += (section, *section.entries)
        line = _raised(line, chosen) if up else _raised(line[::-1], chosen)[::-1]
        rows: list[list[Entry]] = [[]]
        heads = [sections[0]]
        for item in line:
            if isinstance(item, Section):
                heads.append(item)
                rows.append([])
            else:
                rows[-1].append(item)
        return tuple(map(_refilled, heads, rows))

    return resectioned(book, list_id, shifted)


def move_to_list(
    book: ListBook, source: str, keys: Iterable[InstrumentKey], target: str, place: Place | None
) -> ListBook:
    """Take instruments from one list into another, with all that is said of them."""
    chosen = frozenset(keys)
    if source == target or target not in book:
        return book
    return remove_entries(copy_to_list(book, source, chosen, target, place), source, chosen)


def copy_to_list(
    book: ListBook, source: str, keys: Iterable[InstrumentKey], target: str, place: Place | None
) -> ListBook:
    """Put instruments of one list into another too.

    What the other has already stays in its place there, and only learns the alias and the note
    that it has not got.
    """
    chosen = frozenset(keys)
    if source == target or source not in book or target not in book:
        return book
    block = {entry.key: entry for entry in book.get(source).entries if entry.key in chosen}

    def fuller(entry: Entry) -> Entry:
        came = block.get(entry.key)
        if came is None:
            return entry
        return entry._replace(
            alias=entry.alias or came.alias,
            note=entry.note or came.note,
            pinned=entry.pinned or came.pinned,
        )

    book = _reentered(book, target, fuller)
    return add_entries(book, target, block.values(), place)


def set_alias(book: ListBook, list_id: str, key: InstrumentKey, alias: str) -> ListBook:
    """Set what an instrument is called in a list; "" for its own name."""
    alias = clean_name(alias)
    return _reentered(book, list_id, lambda it: it._replace(alias=alias) if it.key == key else it)


def set_note(book: ListBook, list_id: str, key: InstrumentKey, note: str) -> ListBook:
    """Set what is noted of an instrument in a list."""
    note = clean_note(note)
    return _reentered(book, list_id, lambda it: it._replace(note=note) if it.key == key else it)


def pin(book: ListBook, list_id: str, keys: Iterable[InstrumentKey], *, pinned: bool) -> ListBook:
    """Pin instruments or let them go."""
    chosen = frozenset(keys)
    return _reentered(
        book, list_id, lambda it: it._replace(pinned=pinned) if it.key in chosen else it
    )


# Inside


def _reentered(book: ListBook, list_id: str, change: Callable[[Entry], Entry]) -> ListBook:
    def changed(sections: Sections) -> Sections:
        return tuple(
            section._replace(entries=tuple(map(change, section.entries))) for section in sections
        )

    return resectioned(book, list_id, changed)


def _fresh(sections: Sections, entries: Iterable[Entry]) -> dict[InstrumentKey, Entry]:
    there = {entry.key for section in sections for entry in section.entries}
    fresh: dict[InstrumentKey, Entry] = {}
    for entry in entries:
        if entry.key not in there:
            fresh.setdefault(entry.key, entry)
    return fresh


def _end(sections: Sections) -> Place:
    return Place(len(sections) - 1, len(sections[-1].entries))


def _put(sections: Sections, block: tuple[Entry, ...], place: Place) -> Sections:
    number, at = inside(sections, place)
    section = sections[number]
    section = section._replace(entries=section.entries[:at] + block + section.entries[at:])
    return (*sections[:number], section, *sections[number + 1 :])


def _without(sections: Sections, gone: Collection[InstrumentKey]) -> Sections:
    return tuple(
        section._replace(entries=tuple(it for it in section.entries if it.key not in gone))
        for section in sections
    )


def _raised(
    line: list[Entry | Section], chosen: Collection[InstrumentKey]
) -> list[Entry | Section]:
    """Swap every chosen entry with what stands above it and is not chosen itself."""
    marks = [isinstance(item, Entry) and item.key in chosen for item in line]
    for at in range(1, len(line)):
        if marks[at] and not marks[at - 1]:
            line[at - 1], line[at] = line[at], line[at - 1]
            marks[at - 1], marks[at] = True, False
    return line


def _refilled(section: Section, rows: list[Entry]) -> Section:
    entries = tuple(rows)
    if section.folded and not set(entries) <= set(section.entries):
        return section._replace(entries=entries, folded=False)
    return section._replace(entries=entries)
