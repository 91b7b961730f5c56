"""What a person typed or pasted into the add box, read as codes. Pure."""

import re
from collections.abc import Callable
from typing import TypeAlias

from alltick_desk.model.instrument import Instrument, Market, market_by_suffix
from alltick_desk.model.search import LIMIT, Match, Rank, Search
from alltick_desk.model.search_index import Group

# Returns a code as the desk spells it where it was typed as a vendor spells it, else the text.
Spell: TypeAlias = Callable[[str], str]

LOOKED_UP = 20  # more words than these are a list of codes; no names are looked for in it

_LINES = re.compile("[,;\\n\\r\u2028\u2029，；、]+")
_CODE = re.compile("[!-~]{1,64}")
_ZEROS = re.compile("0+([1-9][0-9]*[.]HK)")  # as other programs spell Hong Kong's codes

# Fewer letters than these mean nothing for sure.
_CLEAR_LATIN, _CLEAR_CHINESE = 3, 2
_CLEAR_INITIALS = 3  # of a whole name
_CLEAR_SPELLED = 4  # of its beginning


def current_part(text: str) -> str:
    """Return what is being typed now: the text after the last separator, without outer spaces.

    Of a pasted table it is the first column.
    """
    return _LINES.split(text)[-1].partition("\t")[0].strip()


def as_typed(text: str) -> str:
    """Spell nothing anew."""
    return text


def can_be_code(text: str) -> bool:
    """Whether some vendor might have a code like this: no spaces, nothing but ASCII."""
    return _CODE.fullmatch(text) is not None


def matches(
    text: str, search: Search, spell: Spell = as_typed, group: Group | None = None
) -> list[Match]:
    """Return what the list under the box offers for ``text``, the closest first."""
    return search.find(spell(current_part(text)), LIMIT, group)


def typed_code(text: str, search: Search, spell: Spell = as_typed) -> str:
    """Return the code that ``text`` is where nobody knows better.

    "" where the catalogue has it, or where it can be no code.
    """
    part = current_part(text)
    code = _plain(spell(part))
    return (
        code
        if can_be_code(code)
        and search.catalogue.spelling(code) == code
        and (code not in search.catalogue)
        else ""
    )


def whole_code(text: str, search: Search, spell: Spell = as_typed) -> str:
    """Return the code that ``text`` is without a doubt, "" for none.

    The catalogue has it, or it has the ending of a market's stocks.
    """
    code = search.catalogue.spelling(_plain(spell(text.strip())))
    sure = code in search.catalogue or market_by_suffix(code) is not Market.UNKNOWN
    return code if sure and can_be_code(code) else ""


def is_list(text: str) -> bool:
    """Whether ``text`` has so many words that it is a list of codes: nothing is guessed then."""
    return sum(len(part.split()) for part in _LINES.split(text)) > LOOKED_UP


def read_entry(text: str, search: Search, spell: Spell = as_typed) -> list[str]:
    """Return the codes that ``text`` asks for, each once, in its order.

    Commas, semicolons and line ends part them; so do spaces, unless the words together are the
    beginning of a name. A name, or a stock's code without its ending, stands for the instrument
    that it clearly means; everything else is taken as it was typed. Of a pasted table the first
    column counts.
    """
    parts = [part.partition("\t")[0].strip() for part in _LINES.split(text)]
    few = sum(len(part.split()) for part in parts) <= LOOKED_UP
    codes: dict[str, None] = {}
    for part in parts:
        for code in _read_part(part, search, spell, few=few):
            codes[code] = None
    return list(codes)


def picked_entry(text: str, code: str, search: Search, spell: Spell = as_typed) -> list[str]:
    """Return the codes that ``text`` asks for once its last part was completed to ``code``."""
    return list(dict.fromkeys((*read_entry(before_last(text), search, spell), code)))


def before_last(text: str) -> str:
    """Return the parts of ``text`` but the one that is being typed."""
    return "\n".join(_LINES.split(text)[:-1])


def _read_part(part: str, search: Search, spell: Spell, *, few: bool) -> list[str]:
    catalogue = search.catalogue
    words = [spell(word) for word in part.split()]
    spelled = [catalogue.spelling(_plain(word)) for word in words]
    if all(code in catalogue for code in spelled):
        return spelled
    if few and len(words) > 1 and (found := _best(part, search)) is not None:
        return [found.code]
    return [code if code in catalogue else _read_word(code, search, few=few) for code in spelled]


def _read_word(word: str, search: Search, *, few: bool) -> str:
    # A full stock code is meant as it stands, also where the catalogue has a longer one.
    if market_by_suffix(word) is not Market.UNKNOWN:
        return word
    found = _best(word, search) if few else search.by_code(word)
    return found.code if found is not None else word


def _plain(word: str) -> str:
    """Return a stock's code in the vendors' capitals and without other programs' zeros."""
    capitals = word.upper()
    if word.islower() and market_by_suffix(capitals) is not Market.UNKNOWN:
        word = capitals
    found = _ZEROS.fullmatch(word)
    return found[1] if found is not None else word


def _best(text: str, search: Search) -> Instrument | None:
    """Return the instrument that ``text`` clearly means; None where it would be a guess.

    Clear is a code without its ending, the beginning of a whole name, a beginning that only one
    code has, words that only one name has, and a whole Chinese name by its initials. What can be
    no code needs only to mean one instrument and no other.
    """
    search.finish()
    found = search.find(text, 2)
    if not found:
        return None
    best, rank = found[0]
    if rank is Rank.CODE or (len(found) == 1 and not text.isascii()):
        return best
    size = len(text)
    if size < (_CLEAR_LATIN if text.isascii() else _CLEAR_CHINESE):
        return None
    alone = len(found) == 1 or found[1].rank > rank
    wanted = text.casefold()
    clear = (
        (rank is Rank.CODE_START and alone)
        or best.name_en.casefold().startswith(wanted)
        or best.name_zh.startswith(wanted)
        or (rank is Rank.WORD and len(found) == 1 and len(text.split()) > 1)
        or (rank is Rank.PINYIN and size >= _CLEAR_INITIALS)
        or (rank is Rank.PINYIN_START and size >= _CLEAR_SPELLED)
    )
    return best if clear else None
