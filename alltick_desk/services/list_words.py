"""What was done to lists, in a menu's words: what stands behind "Undo:"."""

from collections.abc import Sequence

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.words import Sentence


def added(keys: Sequence[InstrumentKey]) -> Sentence:
    """Name an edit that puts rows in."""
    return _of(keys, Sentence("Lists", "add {code}"), Sentence("Lists", "add {n} rows"))


def removed(keys: Sequence[InstrumentKey]) -> Sentence:
    """Name an edit that takes rows out."""
    return _of(keys, Sentence("Lists", "remove {code}"), Sentence("Lists", "remove {n} rows"))


def moved(keys: Sequence[InstrumentKey]) -> Sentence:
    """Name an edit that brings rows elsewhere."""
    return _of(keys, Sentence("Lists", "move {code}"), Sentence("Lists", "move {n} rows"))


def copied(keys: Sequence[InstrumentKey]) -> Sentence:
    """Name an edit that puts rows into another list too."""
    return _of(keys, Sentence("Lists", "copy {code}"), Sentence("Lists", "copy {n} rows"))


def pinned(keys: Sequence[InstrumentKey], *, pinned: bool) -> Sentence:
    """Name an edit that pins rows or lets them go."""
    if pinned:
        return _of(keys, Sentence("Lists", "pin {code}"), Sentence("Lists", "pin {n} rows"))
    return _of(keys, Sentence("Lists", "unpin {code}"), Sentence("Lists", "unpin {n} rows"))


def _of(keys: Sequence[InstrumentKey], one: Sentence, many: Sentence) -> Sentence:
    return one.format(code=keys[0].code) if len(keys) == 1 else many.format(n=len(keys))
