"""The watchlists as a document: what ``watchlists.json`` says, version 2, and 1 before it.

``{"version": 2, "current": id, "lists": [{"id", "name", "extra", "sections": [{"name", "folded",
"rows": […]}]}]}``. A row is "vendor:code", or a table with this as its ``code`` where there is more
to say: ``alias``, ``note``, ``pinned``. What is not said is the usual. Fields that are not known
here are kept as they came. Version 1 had ``{"name", "codes"}`` for a list, and ``current`` counted.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import Entry, ListBook, NamedList, Section, normal
from alltick_desk.store.fields import flag, rows, table, text, whole

VERSION = 2

_BOOK = frozenset(("version", "current", "lists"))
_LIST = frozenset(("id", "name", "sections", "extra"))
_SECTION = frozenset(("name", "rows", "folded"))
_ENTRY = frozenset(("code", "alias", "note", "pinned"))


class ReadLists(NamedTuple):
    """What was read.

    Attributes:
        book: None where the file has no list, or where it is too new to be understood.
        newer: the version of the file, where that is a later one than is known here, else 0.
    """

    book: ListBook | None
    newer: int = 0


def read_lists(document: object) -> ReadLists:
    """Read the document; ValueError where it is damaged. One of a later version never is."""
    file = table(document)
    version = whole(file.get("version", 1))
    if version > VERSION:
        try:
            return ReadLists(_book(file), newer=version)
        except ValueError:
            return ReadLists(None, newer=version)
    return ReadLists(_book(file) if version == VERSION else _book_of_1(file))


def lists_document(book: ListBook) -> dict[str, object]:
    """Return the document that ``read_lists`` reads as this book."""
    return {
        "version": VERSION,
        "current": book.current,
        "lists": [_list_document(one) for one in book.lists],
        **_rest_document(book.rest),
    }


def _book(file: Mapping[str, object]) -> ListBook | None:
    lists = tuple(_list(table(one)) for one in rows(file.get("lists")))
    book = ListBook(lists, text(file.get("current", "")), _rest(file, _BOOK))
    return normal(book) if lists else None


def _list(one: Mapping[str, object]) -> NamedList:
    extra = {text(name): text(word) for name, word in table(one.get("extra", {})).items()}
    sections = tuple(_section(table(it)) for it in rows(one.get("sections")))
    list_id, name = text(one.get("id", "")), text(one.get("name"))
    return NamedList(list_id, name, sections, extra, _rest(one, _LIST))


def _section(section: Mapping[str, object]) -> Section:
    entries = tuple(map(_entry, rows(section.get("rows"))))
    folded = flag(section.get("folded", False))
    return Section(text(section.get("name", "")), entries, folded, _rest(section, _SECTION))


def _entry(row: object) -> Entry:
    if isinstance(row, str):
        return Entry(InstrumentKey.parse(row))
    entry = table(row)
    return Entry(
        InstrumentKey.parse(text(entry.get("code"))),
        text(entry.get("alias", "")),
        text(entry.get("note", "")),
        flag(entry.get("pinned", False)),
        _rest(entry, _ENTRY),
    )


def _book_of_1(file: Mapping[str, object]) -> ListBook | None:
    lists = []
    for number, one in enumerate(map(table, rows(file.get("lists"))), start=1):
        keys = (InstrumentKey.parse(text(code)) for code in rows(one.get("codes")))
        section = Section("", tuple(map(Entry, keys)))
        lists.append(NamedList(str(number), text(one.get("name")), (section,)))
    place = whole(file.get("current", 0))
    current = str(min(max(place + 1, 1), len(lists)))
    return normal(ListBook(tuple(lists), current)) if lists else None


def _rest(fields: Mapping[str, object], known: frozenset[str]) -> str:
    if fields.keys() <= known:
        return ""
    rest = {name: value for name, value in fields.items() if name not in known}
    return json.dumps(rest, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _list_document(one: NamedList) -> dict[str, object]:
    document: dict[str, object] = {"id": one.id, "name": one.name}
    if one.extra:
        document["extra"] = dict(one.extra)
    document["sections"] = [_section_document(section) for section in one.sections]
    return document | _rest_document(one.rest)


def _section_document(section: Section) -> dict[str, object]:
    document: dict[str, object] = {"name": section.name} if section.name else {}
    if section.folded:
        document["folded"] = True
    document["rows"] = [_entry_document(entry) for entry in section.entries]
    return document | _rest_document(section.rest)


def _entry_document(entry: Entry) -> str | dict[str, object]:
    if entry == Entry(entry.key):
        return str(entry.key)
    document: dict[str, object] = {"code": str(entry.key)}
    if entry.alias:
        document["alias"] = entry.alias
    if entry.note:
        document["note"] = entry.note
    if entry.pinned:
        document["pinned"] = True
    return document | _rest_document(entry.rest)


def _rest_document(rest: str) -> dict[str, Any]:
    if not rest:
        return {}
    from msgspec import Raw  # late: the first window reads, but writes nothing

    # As text, which no number is too large for.
    return {name: Raw(json.dumps(value).encode()) for name, value in json.loads(rest).items()}
