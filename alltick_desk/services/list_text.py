"""Lists out of text: a preview says line by line what would happen, then it is taken in.

What is in a list already stays as it is; nothing is ever replaced. A table with a column of lists
fills these, and makes those that are not there yet.
"""

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.lists import Entry, ListBook, clean_name, clean_note
from alltick_desk.model.words import Sentence, joined
from alltick_desk.services.list_text_codes import CodeReader, Spell
from alltick_desk.services.list_text_decode import decode
from alltick_desk.services.list_text_read import RawLine, RawText, read_text
from alltick_desk.services.list_text_vendors import Codes, Vendors

__all__ = ["ADDED", "Preview", "PreviewLine", "Vendors", "Verdict", "preview"]


class Verdict(Enum):
    """What becomes of a line."""

    NEW = "new"
    ALREADY_THERE = "already there"
    UNKNOWN = "unknown"  # to the catalogue; it is added all the same, and the vendor will tell
    MENDED = "mended"  # added in another spelling
    UNREADABLE = "unreadable"
    HEADING = "heading"  # no code: a list or a section


ADDED = frozenset((Verdict.NEW, Verdict.UNKNOWN, Verdict.MENDED))


class PreviewLine(NamedTuple):
    """One code of a text, or a heading.

    Attributes:
        number: of the line in the text, from 1; a line may hold several codes.
        text: the code as it was written, without what stood around it.
        code: as the desk spells it, "" where there is none.
        remark: a sentence on what is odd or wrong, "" for nothing; ``note`` says it too.
        entry: what is added; None where nothing is.
        list: the name of the list it goes to; "" for the one that is imported into.
        section: the name of its section, "" for the untitled one; None for where one imports to.
    """

    number: int
    text: str
    code: str
    verdict: Verdict
    remark: str = ""
    entry: Entry | None = None
    list: str = ""
    section: str | None = None

    @property
    def note(self) -> str:
        """What was changed, and what is odd or wrong, in sentences; "" for nothing."""
        if self.entry is None:
            return self.remark
        taken = unknown = ""
        if self.code != self.text:
            words = Sentence("Lists", "“{text}” is taken for {code}.")
            taken = words.format(text=self.text, code=self.code)
        if self.verdict is Verdict.UNKNOWN:
            unknown = Sentence("Lists", "The catalogue does not have it, the vendor will tell.")
        return joined(taken, self.remark, unknown)


class Preview(NamedTuple):
    """What a text would do to a list."""

    lines: tuple[PreviewLine, ...]
    into: str  # the id of the list that is imported into
    separator: str = ""  # between the columns of the text, "" for codes alone

    def count(self, *verdicts: Verdict) -> int:
        """Return how many lines have one of these verdicts."""
        counts = Counter(line.verdict for line in self.lines)
        return sum(counts[verdict] for verdict in verdicts)

    @property
    def added(self) -> int:
        """How many rows would be added."""
        return self.count(*ADDED)


def preview(
    source: str | bytes,
    book: ListBook,
    *,
    catalogue: Catalogue,
    spell: Spell,
    vendors: Vendors,
    into: str | None = None,
    by_list: bool = True,
) -> Preview:
    """Say what a pasted text or a file would do.

    Args:
        into: the id of the list that takes what names no list; None is the one that is shown.
        by_list: whether a table's own column of lists counts.
    """
    text = decode(source).text if isinstance(source, bytes) else source
    codes = Codes(CodeReader(catalogue, spell), vendors)
    target = book.current if into is None else into
    judge = _Judge(book, target, catalogue, codes)
    raw = read_text(text, codes)
    return Preview(tuple(judge.lines(raw, by_list=by_list)), target, raw.separator)


class _There(NamedTuple):
    """What a list has: the entry, the name of its section, and the text's line or 0."""

    entry: Entry
    section: str | None
    line: int = 0


class _Judge:
    """Says line by line what would become of it, by what the lists have and had before it."""

    def __init__(self, book: ListBook, into: str, catalogue: Catalogue, codes: Codes) -> None:
        self._catalogue = catalogue
        self._codes = codes
        self._book = book
        self._into = book.get(into)
        self._there: dict[str, dict[InstrumentKey, _There]] = {}  # by the list's name

    def lines(self, raw: RawText, *, by_list: bool) -> Iterable[PreviewLine]:
        """Judge every line in its order."""
        for line in raw.lines:
            name = clean_name(line.list) if by_list else ""
            section = None if line.section is None else clean_name(line.section)
            if line.code:
                yield self._judged(line, name, section, literal=raw.ours)
            elif name or section:
                yield PreviewLine(line.number, "", "", Verdict.HEADING, list=name, section=section)

    def _judged(
        self, line: RawLine, name: str, section: str | None, *, literal: bool
    ) -> PreviewLine:
        text, key, remark, fault = self._codes.read(line, literal=literal)
        code = key.code
        if fault:
            return PreviewLine(line.number, line.code, "", Verdict.UNREADABLE, fault)
        there = self._keys_of(name)
        entry = Entry(key, clean_name(line.alias), clean_note(line.note), line.pinned)
        if (its := there.get(key)) is not None:
            has_it = Sentence("Lists", "Line {n} has it already.").format(n=its.line)
            remark = joined(_left_out(entry, section, its), has_it if its.line else _HAS_IT)
            verdict = Verdict.ALREADY_THERE
            return PreviewLine(line.number, text, code, verdict, remark, None, name, section)
        there[key] = _There(entry, section, line.number)
        if code not in self._catalogue:
            verdict = Verdict.UNKNOWN
        else:
            verdict = Verdict.NEW if code == text else Verdict.MENDED
        return PreviewLine(line.number, text, code, verdict, remark, entry, name, section)

    def _keys_of(self, name: str) -> dict[InstrumentKey, _There]:
        """Return what a list has, by its instruments."""
        there = self._there.get(name.casefold())
        if there is None:
            one = self._book.named(name) if name else self._into
            sections = () if one is None else one.sections
            has = {it.key: _There(it, part.name) for part in sections for it in part.entries}
            same = name or self._into.name
            there = self._there.setdefault(same.casefold(), has)
            self._there[name.casefold()] = there
        return there


_HAS_IT = Sentence("Lists", "The list has it already.")


def _left_out(entry: Entry, section: str | None, its: _There) -> str:
    """Tell what a line says otherwise of what is there already, and stays so; "" for nothing."""
    others: list[str] = []
    if entry.alias and entry.alias != its.entry.alias:
        others.append(Sentence("Lists", "the alias"))
    if entry.note and entry.note != its.entry.note:
        others.append(Sentence("Lists", "the note"))
    if entry.pinned and not its.entry.pinned:
        others.append(Sentence("Lists", "the pin"))
    if section and section.casefold() != (its.section or "").casefold():
        others.append(Sentence("Lists", "the section"))
    if not others:
        return ""
    listed = others[0]
    for other in others[1:]:
        listed = Sentence("Lists", "{first}, {second}").format(first=listed, second=other)
    return Sentence("Lists", "Not taken: {what}.").format(what=listed)
