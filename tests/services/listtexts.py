"""Texts that are looked at and taken into lists, for the tests of that."""

import itertools

from alltick_desk.app.vendors import as_typed
from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.lists import (
    ListBook,
    NamedList,
    Place,
    book_of,
)
from alltick_desk.resources import resource
from alltick_desk.services.list_text import Preview, Vendors, Verdict, preview
from alltick_desk.services.list_text_apply import apply

CATALOGUE = Catalogue.read(resource("catalogue.csv"))
VENDORS = Vendors("alltick", {"alltick": "AllTick", "itick": "iTick"})
NEW, THERE, UNKNOWN, MENDED = Verdict.NEW, Verdict.ALREADY_THERE, Verdict.UNKNOWN, Verdict.MENDED
UNREADABLE, HEADING = Verdict.UNREADABLE, Verdict.HEADING


def keys(*codes: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in codes]


def looked_at(
    source: str | bytes, book: ListBook | None = None, *, by_list: bool = True
) -> Preview:
    return preview(
        source,
        book_of() if book is None else book,
        catalogue=CATALOGUE,
        spell=lambda vendor, text: as_typed(vendor, text, CATALOGUE),
        vendors=VENDORS,
        by_list=by_list,
    )


def found(source: str | bytes) -> list[str]:
    """Return the codes that a text would add."""
    return [line.code for line in looked_at(source).lines if line.entry is not None]


def applied(text: str, book: ListBook, place: Place | None = None) -> ListBook:
    ids = itertools.count()
    return apply(looked_at(text, book), book, new_id=lambda: f"new{next(ids)}", place=place)


def codes_of(one: NamedList) -> list[tuple[str, list[str]]]:
    return [(it.name, [entry.key.code for entry in it.entries]) for it in one.sections]
