"""How Chinese characters are read, from ``pypinyin``: simplified and traditional ones alike.

A line has a syllable without its tone, as people type it (``lv`` for lü), the characters that are
usually read so, and those that seldom are. A reading is usual that the library gives first, or that
a phrase of its dictionary uses.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "resources" / "tables" / "pinyin.txt"

FIRST, LAST = 0x4E00, 0x9FFF  # the unified ideographs; what names are written with
ALSO = (0x3007,)  # 〇, as in 二〇五〇


def make() -> str:
    """Return the table's text."""
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    spoken = _spoken(phrases_dict.items())
    usual: dict[str, list[str]] = defaultdict(list)
    seldom: dict[str, list[str]] = defaultdict(list)
    for point in sorted({*range(FIRST, LAST + 1), *ALSO} & pinyin_dict.keys()):
        character = chr(point)
        readings = list(dict.fromkeys(map(plain, pinyin_dict[point].split(","))))
        for place, syllable in enumerate(readings):
            common = place == 0 or syllable in spoken[character]
            (usual if common else seldom)[syllable].append(character)
    library = f"pypinyin {version('pypinyin')}"
    lines = [f"# Made by packaging/tables.py with {library}: syllable, usually so, seldom so."]
    lines += [
        f"{syllable}\t{''.join(usual[syllable])}\t{''.join(seldom[syllable])}"
        for syllable in sorted({*usual, *seldom})
    ]
    return "\n".join(lines) + "\n"


def plain(reading: str) -> str:
    """Return a syllable without its tone, in the letters of a keyboard: ``lǜ`` is ``lv``."""
    letters = unicodedata.normalize("NFD", reading.strip()).replace("u\u0308", "v")
    letters = letters.replace("e\u0302", "e")  # ê
    return "".join(letter for letter in letters if "a" <= letter <= "z")


def _spoken(phrases: Iterable[tuple[str, list[list[str]]]]) -> dict[str, set[str]]:
    """Return how each character is read in some phrase."""
    found: dict[str, set[str]] = defaultdict(set)
    for phrase, readings in phrases:
        if len(phrase) == len(readings):
            for character, syllables in zip(phrase, readings, strict=True):
                found[character].update(map(plain, syllables))
    return found
