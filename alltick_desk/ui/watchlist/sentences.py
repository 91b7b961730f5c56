"""What the panel says after an edit."""

from collections.abc import Sequence

from alltick_desk.model.words import Sentence, joined

_NAMED = 4  # more codes than these are counted


def added(fresh: Sequence[str], known: Sequence[str], strange: Sequence[str]) -> str:
    """Tell which codes are new, which the list had, and which new ones no catalogue knows."""
    parts = []
    if fresh:
        parts.append(Sentence("Watchlist", "{codes} added.").format(codes=listed(fresh)))
    if known:
        words = Sentence("Watchlist", "In the list already: {codes}.")
        parts.append(words.format(codes=listed(known)))
    if strange:
        words = Sentence("Watchlist", "Not in the catalogue, the vendor will tell: {codes}.")
        parts.append(words.format(codes=listed(strange)))
    return joined(*parts)


def removed(codes: Sequence[str]) -> str:
    """Tell what was taken out, and the way back."""
    words = Sentence("Watchlist", "{codes} removed; Undo (Ctrl+Z) reverses it.")
    return words.format(codes=listed(codes))


def listed(codes: Sequence[str]) -> str:
    """Return a few codes by name, many by number."""
    if len(codes) <= _NAMED:
        return ", ".join(codes)
    return Sentence("Watchlist", "{count} symbols").format(count=len(codes))
