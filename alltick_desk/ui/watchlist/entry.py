"""What a person typed or pasted into the add box, read as codes. Pure."""

import re
from collections.abc import Callable
from typing import TypeAlias

from alltick_desk.model.instrument import Catalogue, Instrument, Market, market_by_suffix

# Returns a code as the desk spells it where it was typed as a vendor spells it, else the text.
Spell: TypeAlias = Callable[[str], str]

MATCHES = 12  # as many as a person takes in at a glance

_LINES = re.compile("[,;\\n\\r\u2028\u2029，；、]+")


def current_part(text: str) -> str:
    """Return what is being typed now: the text after the last separator, without outer spaces."""
    return _LINES.split(text)[-1].strip()


def as_typed(text: str) -> str:
    """Spell nothing anew."""
    return text


def matches(text: str, catalogue: Catalogue, spell: Spell = as_typed) -> list[Instrument]:
    """Return what the list under the box offers for ``text``, the closest first."""
    return catalogue.search(spell(current_part(text)), MATCHES)


def read_entry(text: str, catalogue: Catalogue, spell: Spell = as_typed) -> list[str]:
    """Return the codes that ``text`` asks for, each once, in its order.

    Commas, semicolons and line ends part them; so do spaces, unless the words together are the
    beginning of a name. A name, or a stock's code without its ending, stands for the instrument
    that it clearly means; everything else is taken as it was typed. Of a pasted table the first
    column counts.
    """
    codes: dict[str, None] = {}
    for part in _LINES.split(text):
        first = part.partition("\t")[0].strip()
        for code in _read_part(first, catalogue, spell):
            codes[code] = None
    return list(codes)


def picked_entry(text: str, code: str, catalogue: Catalogue, spell: Spell = as_typed) -> list[str]:
    """Return the codes that ``text`` asks for once its last part was completed to ``code``."""
    before = "\n".join(_LINES.split(text)[:-1])
    return list(dict.fromkeys((*read_entry(before, catalogue, spell), code)))


def _read_part(part: str, catalogue: Catalogue, spell: Spell) -> list[str]:
    words = [spell(word) for word in part.split()]
    spelled = [catalogue.spelling(word) for word in words]
    if all(code in catalogue for code in spelled):
        return spelled
    if len(words) > 1 and (found := _best(part, catalogue)) is not None:
        return [found.code]
    return [
        code if code in catalogue else _read_word(word, catalogue)
        for word, code in zip(words, spelled, strict=True)
    ]


def _read_word(word: str, catalogue: Catalogue) -> str:
    # A full stock code is meant as it stands, also where the catalogue has a longer one.
    if market_by_suffix(word) is not Market.UNKNOWN:
        return word
    found = _best(word, catalogue)
    return found.code if found is not None else word


def _best(text: str, catalogue: Catalogue) -> Instrument | None:
    """Return the instrument that ``text`` clearly means; None where it would be a guess.

    Clear is a code without its ending, the beginning of a whole name, and a beginning that only
    one code has.
    """
    found = catalogue.search(text, 2)
    if not found:
        return None
    wanted = text.casefold()
    best = found[0]
    if best.code.casefold().rpartition(".")[0] == wanted:
        return best
    if len(text) < (3 if text.isascii() else 2):
        return None
    begun = [item for item in found if item.code.casefold().startswith(wanted)]
    if begun == [best]:
        return best
    named = best.name_en.casefold().startswith(wanted) or best.name_zh.startswith(wanted)
    return best if named else None
