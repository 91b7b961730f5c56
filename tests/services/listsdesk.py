"""Lists to edit, and what they read like, for the tests of edits."""

import itertools

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import NamedList, book_of
from alltick_desk.services.lists import Lists


def keys(text: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in text]


def said(one: NamedList) -> str:
    """Return a list's rows, its headings' names in brackets."""
    texts = ["".join(entry.key.code for entry in section.entries) for section in one.sections]
    heads = [f"[{section.name}]" if section.name else "" for section in one.sections]
    return "".join(head + text for head, text in zip(heads, texts, strict=True))


def begin(text: str = "ABC") -> Lists:
    ids = itertools.count(2)
    return Lists(book_of(keys(text)), new_id=lambda: str(next(ids)))
