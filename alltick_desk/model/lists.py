"""Watchlists: many by name, with sections, in a person's own order. Values that never change.

A list begins with its untitled section; an instrument stands in a list once. Ids are words that
nobody sees: a list keeps its own for life, whatever it is called. ``model.list_edits`` makes new
books out of old ones.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from alltick_desk.model.instrument import InstrumentKey

DEFAULT_NAME = "Watchlist"
LONGEST_NAME = 80  # characters of a list's, a section's and an instrument's own name
LONGEST_NOTE = 2000

# ``rest``, wherever it stands: fields of a later version of the file, as the JSON text of a table,
# "" for none. Nobody reads them here; they are saved again as they came.


class Entry(NamedTuple):
    """An instrument in a list, and what the person says of it there."""

    key: InstrumentKey
    alias: str = ""
    note: str = ""
    pinned: bool = False  # stays live, however full the plan is
    rest: str = ""


class Section(NamedTuple):
    """Neighbours under a heading; the first section of a list has none, its name is ""."""

    name: str = ""
    entries: tuple[Entry, ...] = ()
    folded: bool = False
    rest: str = ""


class NamedList(NamedTuple):
    """One list.

    ``extra`` are its view choices in small words that only the screen understands, such as its
    columns and their order.
    """

    id: str
    name: str
    sections: tuple[Section, ...] = (Section(),)
    extra: Mapping[str, str] = {}
    rest: str = ""

    @property
    def entries(self) -> Iterator[Entry]:
        """Every entry in the list's order, in folded sections too."""
        return (entry for section in self.sections for entry in section.entries)

    @property
    def keys(self) -> tuple[InstrumentKey, ...]:
        """The instruments in the list's order."""
        return tuple(entry.key for section in self.sections for entry in section.entries)

    @property
    def pinned(self) -> frozenset[InstrumentKey]:
        """The instruments that are pinned."""
        return frozenset(entry.key for entry in self.entries if entry.pinned)

    def place_of(self, key: InstrumentKey) -> "Place | None":
        """Return where an instrument stands; None where it does not."""
        for number, section in enumerate(self.sections):
            for at, entry in enumerate(section.entries):
                if entry.key == key:
                    return Place(number, at)
        return None

    def section_named(self, name: str) -> int | None:
        """Return a section's place by its name, "" for the untitled one; None for no such."""
        folded = name.casefold()
        places = (at for at, it in enumerate(self.sections) if it.name.casefold() == folded)
        return next(places, None)


class Place(NamedTuple):
    """Between two entries: before the ``at``-th of a section, counted from 0."""

    section: int
    at: int


class ListBook(NamedTuple):
    """All lists in their order, at least one, and the id of the one that is shown."""

    lists: tuple[NamedList, ...]
    current: str
    rest: str = ""

    @property
    def shown(self) -> NamedList:
        """The list that is shown."""
        return self.get(self.current)

    def get(self, list_id: str) -> NamedList:
        """Return a list; KeyError where there is none of this id."""
        return self.lists[self.place(list_id)]

    def place(self, list_id: str) -> int:
        """Return a list's place, counted from 0; KeyError where there is none of this id."""
        for at, one in enumerate(self.lists):
            if one.id == list_id:
                return at
        raise KeyError(list_id)

    def __contains__(self, list_id: object) -> bool:
        return any(one.id == list_id for one in self.lists)

    def named(self, name: str) -> NamedList | None:
        """Return the list of a name, in whatever case; None for no such."""
        folded = name.casefold()
        return next((one for one in self.lists if one.name.casefold() == folded), None)


def book_of(keys: Iterable[InstrumentKey] = (), *, name: str = DEFAULT_NAME) -> ListBook:
    """Return a book of one list that holds these instruments."""
    entries = tuple(Entry(key) for key in dict.fromkeys(keys))
    return ListBook((NamedList("1", name, (Section("", entries),)),), "1")


def normal(book: ListBook) -> ListBook:
    """Return the book as every edit leaves it, whoever wrote it.

    Ids and names are there and are unique, every list begins with its untitled section, which is
    the only one, an instrument stands in a list once, and a list of the book is shown.
    """
    lists: dict[str, NamedList] = {}
    names: set[str] = set()
    for one in book.lists:
        list_id = free_id(one.id, lists)
        name = free_name(clean_name(one.name) or DEFAULT_NAME, names)
        names.add(name.casefold())
        lists[list_id] = one._replace(
            id=list_id, name=name, sections=_normal_sections(one.sections)
        )
    if not lists:
        return book._replace(lists=book_of().lists, current="1")
    current = book.current if book.current in lists else next(iter(lists))
    return book._replace(lists=tuple(lists.values()), current=current)


def _normal_sections(sections: Iterable[Section]) -> tuple[Section, ...]:
    seen: set[InstrumentKey] = set()
    names: set[str] = set()
    made: list[Section] = []
    for section in sections:
        entries = []
        for entry in section.entries:
            if entry.key not in seen:
                seen.add(entry.key)
                entries.append(_normal_entry(entry))
        name = clean_name(section.name)
        if made and not name:  # a second untitled one: nobody could tell it from the one above
            made[-1] = made[-1]._replace(entries=(*made[-1].entries, *entries))
            continue
        if name:
            made = made or [Section()]
            name = free_name(name, names)
            names.add(name.casefold())
        folded = section.folded and bool(name)
        made.append(section._replace(name=name, entries=tuple(entries), folded=folded))
    return tuple(made) or (Section(),)


def _normal_entry(entry: Entry) -> Entry:
    if not (entry.alias or entry.note):
        return entry
    return entry._replace(alias=clean_name(entry.alias), note=clean_note(entry.note))


def clean_name(text: str) -> str:
    """Return a name on one line, without outer and double spaces, "" for none."""
    return " ".join(_whole(text).split())[:LONGEST_NAME].rstrip() if text else ""


def clean_note(text: str) -> str:
    """Return a note without outer spaces; it may have lines."""
    return "\n".join(_whole(text).splitlines()).strip()[:LONGEST_NOTE].rstrip() if text else ""


def _whole(text: str) -> str:
    """Replace half characters and what no screen shows: neither can be saved or exported."""
    if text.isascii() and text.isprintable():
        return text
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", "")


def free_name(name: str, taken: Collection[str]) -> str:
    """Return the name, or where it is taken the next such as "Tech (2)".

    Case makes no difference: ``taken`` are names as ``str.casefold`` gives them.
    """
    if name.casefold() not in taken:
        return name
    stem, _, tail = name.rpartition(" (")
    if not (stem and tail.endswith(")") and tail[:-1].isdecimal() and tail.isascii()):
        stem = name
    count = 2
    while (made := _numbered(stem, count)).casefold() in taken:
        count += 1
    return made


def _numbered(stem: str, count: int) -> str:
    tail = f" ({count})"
    return stem[: LONGEST_NAME - len(tail)].rstrip() + tail


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return the id that is wanted, or one that is not taken yet where it is or is none."""
    count = 1
    while not wanted or wanted in taken:
        wanted, count = str(count), count + 1
    return wanted
