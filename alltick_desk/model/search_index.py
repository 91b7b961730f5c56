"""What is searched: the catalogue's texts, laid out so that one ``str.find`` runs over thousands.

A column holds one kind of text of a market's instruments, a line each. Instruments are numbered in
the order of preference: those that came with the desk first, then the shorter codes, then as they
came. Within a column numbers rise, so that a search can stop when it has enough.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Generator, Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.model.pinyin import Pinyin

END = "\n"  # between two lines
STEP = 16  # instruments between two pauses: a fraction of a millisecond

_NO_WORD = re.compile(r"[\W_]+")


class Group(Enum):
    """The markets among which a person chooses."""

    US = "us"
    HK = "hk"
    CN = "cn"
    INDEX = "index"
    FOREX = "forex"
    COMMODITY = "commodity"
    CRYPTO = "crypto"
    FUTURE = "future"
    FUND = "fund"
    OTHER = "other"


_GROUPS = {
    Market.US_STOCK: Group.US,
    Market.HK_STOCK: Group.HK,
    Market.CN_STOCK: Group.CN,
    Market.INDEX: Group.INDEX,
    Market.CFD_INDEX: Group.INDEX,
    Market.FOREX: Group.FOREX,
    Market.COMMODITY: Group.COMMODITY,
    Market.CRYPTO: Group.CRYPTO,
    Market.FUTURE: Group.FUTURE,
    Market.FUND: Group.FUND,
    Market.UNKNOWN: Group.OTHER,
}


def group_of(market: Market) -> Group:
    """Return the group that a market belongs to."""
    return _GROUPS[market]


def words_of(text: str) -> str:
    """Return a folded text's words with one space before each; "" where there is none."""
    words = _NO_WORD.sub(" ", text).strip()
    return f" {words}" if words else ""


class Column:
    """One kind of text, a line each; an instrument may have several lines or none."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._owners = array("L")
        self._starts = array("L", [0])  # of the END before each line, and of the last one
        self._text = END
        self._absent = ""  # what was looked for last and is in no line

    def add(self, number: int, line: str) -> None:
        """Add a line of an instrument; an empty one is none."""
        if line:
            self._lines.append(line)
            self._owners.append(number)
            self._starts.append(self._starts[-1] + len(line) + 1)

    def close(self) -> None:
        """Take no more lines from now on."""
        self._text = END.join(["", *self._lines, ""]) if self._lines else END
        self._lines = []

    def hits(self, key: str) -> Iterator[tuple[int, str]]:
        """Yield every line with ``key`` in it, and whose it is; ``END`` is a line's two ends."""
        text, starts, bare = self._text, self._starts, key.strip(END)
        # Most texts are in few columns, and one that grows stays out of the others.
        if self._absent and self._absent in bare:
            return
        if bare not in text:
            self._absent = bare
            return
        at = text.find(key)
        while 0 <= at < len(text) - 1:
            line = bisect_right(starts, at) - 1
            yield self._owners[line], text[starts[line] + 1 : starts[line + 1]]
            at = text.find(key, starts[line + 1])

    def near(self, wanted: str) -> Iterator[tuple[int, str]]:
        """Yield lines that begin with ``wanted`` but for one slip; they may come twice.

        A slip leaves one half of the text as it is: that half is looked for.
        """
        half = len(wanted) // 2
        crossed = wanted[: half - 1] + wanted[half] + wanted[half - 1] + wanted[half + 1 :]
        for key in (END + wanted[:half], wanted[half:], END + crossed):
            for number, line in self.hits(key):
                if one_slip(wanted, line):
                    yield number, line


class Initials(NamedTuple):
    """Numbers by where a name has the initials: from end to end, at its beginning, within."""

    whole: Sequence[int]
    begun: Sequence[int]
    inside: Sequence[int]


class Segment:
    """A market's instruments."""

    def __init__(self) -> None:
        self.codes = Column()
        self.names = Column()
        self.chinese = Column()
        self.spelled = Column()
        self.keys: NDArray[np.uint64] = np.zeros(0, np.uint64)  # initials; 0 parts two names
        self._keys = array("Q")
        self._key_starts = array("Q")
        self._key_owners = array("Q")

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.codes, self.names, self.chinese, self.spelled

    def add(self, number: int, instrument: Instrument, pinyin: Pinyin) -> str:
        """Add an instrument; return the words of its name."""
        code, name_en, name_zh, _, name_hant = instrument
        folded = code.casefold()
        self.codes.add(number, folded.lstrip("."))
        if "/" in folded:  # future/GC$US is GC for whoever looks for it
            self.codes.add(number, folded.partition("/")[2])
        words = words_of(name_en.casefold())
        if words:
            self.names.add(number, words)
        if name := name_zh or name_hant:
            self.chinese.add(number, name.casefold())
            if name_hant and name_hant != name:
                self.chinese.add(number, name_hant.casefold())
            if not name.isascii():
                for spelling in pinyin.spellings(name):
                    self.spelled.add(number, spelling)
                self._key_starts.append(len(self._keys))
                self._key_owners.append(number)
                self._keys.extend(pinyin.initials(name))
                self._keys.append(0)
        return words

    def close(self) -> None:
        """Take no more names from now on; the columns are closed by themselves."""
        if self._keys:
            self.keys = np.frombuffer(self._keys, np.uint64)

    def by_initials(self, bits: Sequence[int]) -> Initials:
        """Return whose names have these initials in a row."""
        keys = self.keys
        if len(keys) <= len(bits):
            return Initials((), (), ())
        places = np.flatnonzero(keys[: len(keys) - len(bits)] & np.uint64(bits[0]))
        for step, bit in enumerate(bits[1:], 1):
            places = places[(keys[places + step] & np.uint64(bit)) != 0]
        starts = np.frombuffer(self._key_starts, np.uint64)
        names = np.searchsorted(starts, places, side="right") - 1
        first = starts[names] == places
        last = first & (keys[places + len(bits)] == 0)
        owners = np.frombuffer(self._key_owners, np.uint64)[names]
        return Initials(*(owners[chosen].tolist() for chosen in (last, first & ~last, ~first)))


class Index:
    """A catalogue as it was at one moment, ready to be searched; nothing in it changes.

    Attributes:
        instruments: in the order of preference; numbers are places in it.
        vocabulary: every word of the English names, once.
        version: the catalogue's when this began to be made.
        whole: whether all of the catalogue is in it.
    """

    def __init__(self, version: int, *, whole: bool) -> None:
        self.instruments: list[Instrument] = []
        self.segments: dict[Group, Segment] = {}
        self.vocabulary = Column()
        self.stems: dict[str, int] = {}  # the first number by a folded code without its ending
        self.version = version
        self.whole = whole


def build(
    instruments: Iterable[Instrument], built_in: int, pinyin: Pinyin, index: Index
) -> Generator[None, None, Index]:
    """Fill ``index``, pausing every fraction of a millisecond; the first ``built_in`` lead."""
    shelves: dict[tuple[bool, int], list[Instrument]] = {}
    for place, instrument in enumerate(instruments):
        shelves.setdefault((place >= built_in, len(instrument.code)), []).append(instrument)
        if not place % (8 * STEP):
            yield
    for shelf in sorted(shelves):
        index.instruments.extend(shelves[shelf])
    words: dict[str, None] = {}
    for number, instrument in enumerate(index.instruments):
        segment = index.segments.setdefault(group_of(instrument.market), Segment())
        words.update(dict.fromkeys(segment.add(number, instrument, pinyin).split()))
        stem = instrument.code.casefold().lstrip(".").rpartition(".")[0]
        if stem:
            index.stems.setdefault(stem, number)
        if not number % STEP:
            yield
    for place, word in enumerate(words):
        index.vocabulary.add(place, word)
        if not place % (32 * STEP):
            yield
    for column in (
        index.vocabulary,
        *(it for one in index.segments.values() for it in one.columns),
    ):
        column.close()
        yield
    for segment in index.segments.values():
        segment.close()
    return index


def one_slip(wanted: str, text: str, *, whole: bool = False) -> bool:
    """Tell whether ``text`` begins with ``wanted`` but for one slip of the fingers.

    A slip is a key too many, one too few, a wrong one, or two the wrong way round; none is fine
    too. ``whole`` wants nothing behind it.
    """
    size, same = len(wanted), 0
    for key, letter in zip(wanted, text, strict=False):
        if key != letter:
            break
        same += 1
    ahead, behind = wanted[same:], text[same:]
    if same == size:
        return not whole or len(behind) <= 1
    begins = str.__eq__ if whole else str.startswith
    return bool(
        begins(behind, ahead[1:])  # one too many
        or begins(behind[1:], ahead[1:])  # a wrong one
        or begins(behind[1:], ahead)  # one too few
        or (behind[:2] == ahead[1:2] + ahead[:1] and begins(behind[2:], ahead[2:]))
    )
