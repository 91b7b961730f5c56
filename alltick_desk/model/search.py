"""Searching the catalogue as somebody types: exact, then beginnings, words, parts, then slips.

Looked for are the code, with and without its ending, the English and the Chinese names, and the
Chinese names as they are typed in Latin letters. What fills the list first ends the search.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from heapq import merge
from typing import NamedTuple, TypeAlias

from alltick_desk.model.instrument import Catalogue, Instrument
from alltick_desk.model.pinyin import Pinyin, key_bits
from alltick_desk.model.search_index import (
    END,
    Column,
    Group,
    Index,
    Segment,
    build,
    one_slip,
    words_of,
)

LIMIT = 50
FIRST = 1000  # instruments that can be searched before the rest is ready
LIKELY_WORDS = 20  # that are tried in the place of a mistyped one

# Shorter texts are a slip away from too much.
_SLIP_LATIN, _SLIP_CHINESE, _SLIP_SPELLED = 4, 3, 5
_PART_SPELLED = 4

_Numbers: TypeAlias = Iterable[int]


class Rank(IntEnum):
    """How a match was found, the closest first."""

    CODE = 0
    NAME = 1
    PINYIN = 2
    CODE_START = 3
    NAME_START = 4
    PINYIN_START = 5
    WORD = 6
    CODE_PART = 7
    NAME_PART = 8
    PINYIN_PART = 9
    SLIP = 10


class Match(NamedTuple):
    """An instrument that was found."""

    instrument: Instrument
    rank: Rank


class Query:
    """What somebody typed, as each column has it."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFKC", text).strip().casefold().replace(END, " ")
        self.code = self.text.lstrip(".")
        self.words = words_of(self.text)  # a space before each
        self.spelled = self.text.replace(" ", "").replace("'", "")
        self.bits = key_bits(self.spelled)

    @property
    def plain_code(self) -> str:
        """A code of Hong Kong without the zeros that other programs put before it, else ""."""
        body = self.code.removesuffix(".hk")
        if len(body) <= 5 and body.isdecimal() and body[0] == "0":
            return f"{body.lstrip('0')}.hk"
        return ""


class Search:
    """Searches a catalogue, whatever it learns.

    The index is made in small steps, by whoever has time: see ``step``. Until a new one is ready
    the old one serves.
    """

    def __init__(self, catalogue: Catalogue, pinyin: Pinyin) -> None:
        self.catalogue = catalogue
        self.pinyin = pinyin
        self._index: Index | None = None
        self._making: Iterator[None] | None = None
        self._version = 0  # of the catalogue that is being read
        self._last: tuple[Index, str, Group | None, int, list[Match]] | None = None

    @property
    def complete(self) -> bool:
        """Whether everything that the catalogue has can be found."""
        index = self._index
        return index is not None and index.whole and index.version == self.catalogue.version

    @property
    def groups(self) -> tuple[Group, ...]:
        """The markets that have instruments."""
        index = self._index
        return () if index is None else tuple(it for it in Group if it in index.segments)

    def step(self) -> bool:
        """Work for less than a millisecond, as a rule; tell whether there is more to do."""
        if self.complete:
            self._making = None
            return False
        if self._making is None or self._version != self.catalogue.version:
            self._version = self.catalogue.version
            self._making = self._make()
        next(self._making, None)
        return not self.complete

    def begin(self) -> None:
        """Have something to search, at least the best known; some milliseconds the first time."""
        while self._index is None:
            self.step()

    def finish(self) -> None:
        """Have everything to search at once; half a second where vendors list tens of thousands."""
        while self.step():
            pass

    def find(self, text: str, limit: int = LIMIT, group: Group | None = None) -> list[Match]:
        """Return the best matches of one market or all, the closest first."""
        self.begin()
        index = self._index
        if index is None or limit < 1:
            return []
        if self._last is not None:  # the list asks, and then whoever wants to know what is meant
            of, last, last_group, most, found = self._last
            if of is index and last == text and last_group is group and limit <= most:
                return found[:limit]
        found = self._find(index, text, limit, group)
        self._last = index, text, group, limit, found
        return list(found)

    def by_code(self, text: str) -> Instrument | None:
        """Return the instrument with this code, ending or not, in any case; None for no such."""
        code = self.catalogue.spelling(text)
        if code in self.catalogue:
            return self.catalogue.get(code)
        self.finish()
        index = self._index
        number = None if index is None else index.stems.get(text.strip().casefold())
        return None if number is None or index is None else index.instruments[number]

    def _find(self, index: Index, text: str, limit: int, group: Group | None) -> list[Match]:
        query = Query(text)
        if not query.text:
            return []
        segments = [
            segment for name, segment in index.segments.items() if group is None or name is group
        ]
        found: dict[int, Rank] = {}
        for rank, numbers in _tiers(query, segments, index, self.pinyin):
            for number in numbers:
                found.setdefault(number, rank)
                if len(found) == limit:
                    return _matches(found, index)
        return _matches(found, index)

    def _make(self) -> Iterator[None]:
        yield from self.pinyin.load()
        catalogue, version = self.catalogue, self._version
        known, everything = catalogue.built_in, tuple(catalogue)
        if self._index is None and len(everything) > FIRST:
            part = Index(version, whole=False)
            yield from build(everything[:FIRST], known, self.pinyin, part)
            self._index = part
            yield
        index = Index(version, whole=True)
        yield from build(everything, known, self.pinyin, index)
        self._index = index


def _matches(found: dict[int, Rank], index: Index) -> list[Match]:
    return [Match(index.instruments[number], rank) for number, rank in found.items()]


def _tiers(
    query: Query, segments: list[Segment], index: Index, pinyin: Pinyin
) -> Iterator[tuple[Rank, _Numbers]]:
    """Yield the ranks from the closest on, each with whom it holds for, the preferred first.

    Whoever holds for several ranks is in all of them. Nothing is looked for before it is asked
    for: what is wanted is often full by then.
    """
    code, words, text = query.code, query.words, query.text
    spelled = query.spelled if query.bits else ""
    yield (
        Rank.CODE,
        merge(
            _each(segments, lambda it: _codes(it, code)),
            _each(segments, lambda it: _plain(it, query)),
        ),
    )
    yield (
        Rank.NAME,
        merge(
            _each(segments, lambda it: _with(it.names, words, END, END)),
            _each(segments, lambda it: _with(it.chinese, text, END, END)),
        ),
    )
    typed = [it.by_initials(query.bits) for it in segments] if query.bits else []
    single = len(query.bits or ()) == 1  # a letter alone stands for no whole name
    yield (
        Rank.PINYIN,
        merge(
            *(it.whole for it in typed if not single),
            _each(segments, lambda it: _with(it.spelled, spelled, END, END)),
        ),
    )
    yield Rank.CODE_START, _each(segments, lambda it: _with(it.codes, code, END))
    yield (
        Rank.NAME_START,
        merge(
            _each(segments, lambda it: _with(it.names, words, END)),
            _each(segments, lambda it: _with(it.chinese, text, END)),
        ),
    )
    yield (
        Rank.PINYIN_START,
        merge(
            *(it.begun for it in typed),
            *(it.whole for it in typed if single),
            _each(segments, lambda it: _with(it.spelled, spelled, END)),
        ),
    )
    yield Rank.WORD, _each(segments, lambda it: _with_words(it.names, words))
    yield Rank.CODE_PART, _each(segments, lambda it: _with(it.codes, code))
    yield (
        Rank.NAME_PART,
        merge(
            _each(segments, lambda it: _with(it.names, words[1:])),
            _each(segments, lambda it: _with(it.chinese, text)),
        ),
    )
    yield (
        Rank.PINYIN_PART,
        merge(*(it.inside for it in typed), _spelled_within(segments, index, spelled, pinyin)),
    )
    yield Rank.SLIP, _slips(query, segments, index)


def _codes(segment: Segment, code: str) -> _Numbers:
    """Return whose code this is, with its ending or without."""
    whole = _with(segment.codes, code, END, END)
    if not code:
        return whole
    stems = (
        number
        for number, line in segment.codes.hits(f"{END}{code}.")
        if line.rpartition(".")[0] == code
    )
    return merge(whole, stems)


def _plain(segment: Segment, query: Query) -> _Numbers:
    return _with(segment.codes, query.plain_code, END, END)


def _each(segments: Iterable[Segment], of: Callable[[Segment], _Numbers]) -> _Numbers:
    return merge(*map(of, segments))


def _with(column: Column, key: str, before: str = "", behind: str = "") -> _Numbers:
    """Return who has ``key`` in a line, between these; nobody where there is no key."""
    return (number for number, _ in column.hits(before + key + behind)) if key else ()


def _with_words(column: Column, words: str) -> Iterator[int]:
    """Yield whose names have words that begin with these, in any order."""
    if not words:
        return
    starts = [f" {word}" for word in words.split()]
    rarest = max(starts, key=len)
    for number, line in column.hits(rarest):
        if all(start in line for start in starts):
            yield number


def _spelled_within(segments: list[Segment], index: Index, keys: str, pinyin: Pinyin) -> _Numbers:
    """Return in whose names characters in a row are spelled so, not only letters."""
    if len(keys) < _PART_SPELLED:
        return ()

    def fits(number: int) -> bool:
        _, _, name, _, hant = index.instruments[number]
        name = name or hant
        return any(pinyin.spelled_from(name, at, keys) >= 0 for at in range(len(name)))

    return _each(segments, lambda it: filter(fits, _with(it.spelled, keys)))


def _slips(query: Query, segments: list[Segment], index: Index) -> Iterator[int]:
    """Yield who would match but for one slip: codes before names, a few of them twice."""
    yield from sorted(
        number for segment in segments for number in _slipped_codes(query, segment.codes)
    )
    for words in _mended(query.words.split(), index.vocabulary):
        yield from merge(*(_with_words(it.names, words) for it in segments))
    if not query.text.isascii() and len(query.text) >= _SLIP_CHINESE:
        for segment in segments:
            yield from (number for number, _ in segment.chinese.near(query.text))
    if query.bits and len(query.spelled) >= _SLIP_SPELLED:
        for segment in segments:
            yield from (number for number, _ in segment.spelled.near(query.spelled))


def _slipped_codes(query: Query, column: Column) -> Iterator[int]:
    wanted = query.code
    if not wanted.isascii() or wanted.isdecimal() or len(wanted) < _SLIP_LATIN:
        return  # among figures everything is a slip away from everything
    for number, line in column.near(wanted):
        stem = line.rpartition(".")[0]
        if one_slip(wanted, line, whole=True) or (stem and one_slip(wanted, stem, whole=True)):
            yield number


def _mended(words: list[str], vocabulary: Column) -> Iterator[str]:
    """Yield the words with the one mended that no name has; none where several are such."""
    strange = [word for word in words if next(vocabulary.hits(END + word), None) is None]
    if len(strange) != 1 or len(strange[0]) < _SLIP_LATIN:
        return
    likely = dict.fromkeys(line for _, line in vocabulary.near(strange[0]))
    for word in list(likely)[:LIKELY_WORDS]:
        yield " ".join(word if it == strange[0] else it for it in words)
