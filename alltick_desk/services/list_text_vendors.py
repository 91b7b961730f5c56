"""Whose a code in a text is: a vendor named before it, beside it in a column, or the usual one."""

from collections.abc import Mapping
from typing import NamedTuple

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.words import Sentence
from alltick_desk.services.list_text_codes import CodeReader, tidy
from alltick_desk.services.list_text_read import RawLine, words_of


class Vendors(NamedTuple):
    """The vendors that a table may name, and the one that takes what names none."""

    usual: str
    titles: Mapping[str, str]  # by vendor, for people

    def named(self, word: str) -> str:
        """Return the vendor that a word names, "" for none."""
        folded = word.casefold()
        for vendor, title in self.titles.items():
            if folded in (vendor.casefold(), title.casefold()):
                return vendor
        return ""


class ReadCode(NamedTuple):
    """A code as it was written and as it is meant, with a note on its vendor.

    ``fault`` is a sentence on why it cannot be a code, "" where it can.
    """

    text: str
    key: InstrumentKey
    note: str
    fault: str = ""


class Codes:
    """Reads codes for their vendors."""

    def __init__(self, reader: CodeReader, vendors: Vendors) -> None:
        self._reader = reader
        self._vendors = vendors

    def clear(self, word: str) -> bool:
        """Return whether a word is a code beyond doubt."""
        vendor, code = self._bare(word)
        return bool(vendor or self._reader.clear(code, self._vendors.usual))

    def known(self, word: str) -> bool:
        """Return whether a word among codes is one too."""
        vendor, code = self._bare(word)
        return bool(vendor or self._reader.known(code, self._vendors.usual))

    def read(self, line: RawLine, *, literal: bool) -> ReadCode:
        """Return what a line's code means; ``literal`` where it stands as the desk wrote it."""
        vendor, text = ("", line.code) if literal else self._bare(self._alone(line.code))
        note = ""
        if line.vendor and not vendor:
            vendor = self._vendors.named(line.vendor)
            if not vendor:
                title = self._vendors.titles[self._vendors.usual]
                words = Sentence("Lists", "The vendor “{name}” is not known, {title} is taken.")
                note = words.format(name=line.vendor, title=title)
        vendor = vendor or self._vendors.usual
        if literal:
            return ReadCode(text, InstrumentKey(vendor, self._reader.literal(text)), note)
        code = self._reader.read(text, vendor, line.exchange)
        return ReadCode(text, InstrumentKey(vendor, code), note, self._reader.fault(code))

    def _alone(self, text: str) -> str:
        """Return the code of a cell that may have a name beside it."""
        text = tidy(text)
        if " " not in text:
            return text
        words = words_of(text, self)
        return words[0] if len(words) == 1 else text

    def _bare(self, text: str) -> tuple[str, str]:
        """Return the vendor before the colon, "" for none, and the code."""
        before, colon, after = text.partition(":")
        vendor = self._vendors.named(before) if colon and after else ""
        return (vendor, after) if vendor else ("", text)
