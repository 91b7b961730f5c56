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


def undone(what: str) -> str:
    """Tell which edit was taken back."""
    return Sentence("Watchlist", "Undone: {what}.").format(what=what)


def redone(what: str) -> str:
    """Tell which edit was made again."""
    return Sentence("Watchlist", "Done again: {what}.").format(what=what)


def listed(codes: Sequence[str]) -> str:
    """Return a few codes by name, many by number."""
    if len(codes) <= _NAMED:
        return ", ".join(codes)
    return Sentence("Watchlist", "{count} symbols").format(count=len(codes))


def pinned(codes: Sequence[str], *, pinned: bool) -> str:
    """Tell what is pinned now, or no longer."""
    if pinned:
        words = Sentence("Watchlist", "{codes} pinned: live first, however full the plan is.")
    else:
        words = Sentence("Watchlist", "{codes} no longer pinned.")
    return words.format(codes=listed(codes))


def sorted_now(column: str) -> str:
    """Tell why rows cannot be moved, and what makes it possible."""
    words = Sentence(
        "Watchlist",
        "The table is sorted by “{column}”, so rows keep no place of their own. Choose “Own order” "
        "in a title's menu to move them.",
    )
    return words.format(column=Sentence("Watchlist", column))
