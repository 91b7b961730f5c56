"""Which letters of a match somebody typed, for who shows it."""

import re
from typing import NamedTuple, TypeAlias

from alltick_desk.model.instrument import Instrument
from alltick_desk.model.pinyin import Pinyin
from alltick_desk.model.search import Query

Spans: TypeAlias = tuple[tuple[int, int], ...]  # from and to, in rising order


class Marks(NamedTuple):
    """What was typed of each text; nothing where it is not in it as it stands."""

    code: Spans = ()
    name_en: Spans = ()
    name_zh: Spans = ()


def marks_of(instrument: Instrument, text: str, pinyin: Pinyin) -> Marks:
    """Return where ``text`` stands in an instrument's texts.

    The Chinese name is looked at as typed, by initials and spelled out, in this order.
    """
    query = Query(text)
    if not query.text:
        return Marks()
    plain = query.plain_code
    code = _in(instrument.code, query.code) or (plain and _in(instrument.code, plain)) or ()
    return Marks(
        code,
        _in_words(instrument.name_en, query),
        _in(instrument.name_zh, query.text) or _typed(instrument.name_zh, query, pinyin),
    )


def _in(text: str, wanted: str) -> Spans:
    folded = text.casefold()
    at = folded.find(wanted) if wanted and len(folded) == len(text) else -1
    return ((at, at + len(wanted)),) if at >= 0 else ()


def _in_words(text: str, query: Query) -> Spans:
    """Return the beginnings of words, each word of the query once, else the text anywhere."""
    folded = text.casefold()
    if len(folded) != len(text):
        return ()
    spans = []
    for word in query.words.split():
        found = re.search(rf"(?<![^\W_]){re.escape(word)}", folded)
        if found is None:
            return _in(text, query.text)
        spans.append(found.span())
    return _joined(spans)


def _typed(name: str, query: Query, pinyin: Pinyin) -> Spans:
    bits = query.bits
    found = bits and pinyin.find(name, tuple(pinyin.places(name)), query.spelled, bits)
    return (found,) if found else ()


def _joined(spans: list[tuple[int, int]]) -> Spans:
    """Return spans in rising order, overlapping ones as one."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)
