"""How Chinese names are typed in Latin letters: by initials, ``txkg``, or in full, ``tengxun``.

A character may be read in several ways. Initials go with every one of them, so that nobody has to
know which a name takes; spelled out, a name goes by the usual ones.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from pathlib import Path

SPELLINGS = 8  # of one name, at most: its characters' readings multiply

# A letter or digit is a bit, so that a character's initials are one number. The last bit is for
# what no key types.
_BITS = {key: 1 << place for place, key in enumerate("abcdefghijklmnopqrstuvwxyz0123456789")}
_UNREAD = 1 << 63
_CJK = "\u2e7f"  # what sorts behind it may be a Chinese character


def key_bits(text: str) -> list[int] | None:
    """Return each key's bit; None where ``text`` is not all small letters and digits."""
    bits = [_BITS.get(key, 0) for key in text]
    return bits if bits and all(bits) else None


class Pinyin:
    """The table of readings in ``path``; empty until the steps of ``load`` are done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._initials: dict[str, int] = {}
        self._usual: dict[str, tuple[str, ...]] = {}

    def load(self) -> Iterator[None]:
        """Read the table in steps of a fraction of a millisecond; nothing if that was done."""
        if self._usual:
            return
        initials: dict[str, int] = {}
        usual: dict[str, tuple[str, ...]] = {}
        for line in self._path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            syllable, often, seldom = line.split("\t")
            bit = _BITS[syllable[0]]
            for character in often + seldom:
                initials[character] = initials.get(character, 0) | bit
            for character in often:
                usual[character] = (*usual.get(character, ()), syllable)
            yield
        self._initials, self._usual = initials, usual

    def initials(self, text: str) -> list[int]:
        """Return for each character, letter and digit the bits of the keys that it goes by."""
        return [bits for _, bits in self.places(text)]

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where in ``text`` each of them stands, and its bits; the rest is passed over."""
        known = self._initials
        for place, character in enumerate(text):
            bits = known.get(character) or _BITS.get(character.lower(), 0)
            if bits or character > _CJK:
                yield place, bits or _UNREAD

    def spellings(self, text: str) -> list[str]:
        """Return the ways in which ``text`` is spelled out, the likeliest first, at most 8."""
        usual = self._usual
        readings = []
        for character in text:
            if (ways := usual.get(character)) is not None:
                readings.append(ways)
            elif character.isascii() and character.isalnum():
                readings.append((character.lower(),))
        return list(dict.fromkeys(map("".join, islice(product(*readings), SPELLINGS))))

    def find(
        self, name: str, places: Sequence[tuple[int, int]], keys: str, bits: Sequence[int]
    ) -> tuple[int, int] | None:
        """Return from where to where ``keys`` type a part of ``name``, by initials or in full.

        ``places`` are the name's, ``bits`` those of the keys; None where they type nothing of it.
        """
        first, count = bits[0], len(bits)
        begins = [at for at, (_, has) in enumerate(places) if has & first]
        for at in begins:
            run = places[at : at + count]
            if len(run) == count and all(
                has & bit for (_, has), bit in zip(run, bits, strict=True)
            ):
                return run[0][0], run[-1][0] + 1
        for at in begins:
            start = places[at][0]
            end = self.spelled_from(name, start, keys)
            if end >= 0:
                return start, end
        return None

    def spelled_from(self, text: str, start: int, keys: str) -> int:
        """Return where the characters from ``start`` end that ``keys`` spell; -1 for nowhere.

        The last of them may be spelled in part.
        """
        if not keys:
            return start
        for place in range(start, len(text)):
            character = text[place]
            ways = self._usual.get(character) or (character.lower(),)
            for way in ways:
                if way.startswith(keys):
                    return place + 1
                if keys.startswith(way):
                    end = self.spelled_from(text, place + 1, keys[len(way) :])
                    if end >= 0:
                        return end
            return -1
        return -1
