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
    """Tell what was taken out."""
    words = Sentence("Watchlist", "{codes} removed.")
    return words.format(codes=listed(codes))


def noted(code: str) -> str:
    """Tell where a note is while its column is hidden."""
    words = Sentence(
        "Watchlist",
        "The note on {code} is kept: the tip of its name shows it. The column “Note” is hidden.",
    )
    return words.format(code=code)


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


def pinned(codes: Sequence[str], refused: Sequence[str]) -> str:
    """Tell what is pinned now, and what of it no pin can make live: the vendor refuses it."""
    parts = []
    if codes:
        words = Sentence("Watchlist", "{codes} pinned: live first, however full the plan is.")
        parts.append(words.format(codes=listed(codes)))
    if refused:
        words = Sentence(
            "Watchlist",
            "Pinned, but refused by the vendor: {codes}. The state's tip tells why.",
        )
        parts.append(words.format(codes=listed(refused)))
    return joined(*parts)


def unpinned(codes: Sequence[str]) -> str:
    """Tell what is no longer pinned."""
    return Sentence("Watchlist", "{codes} no longer pinned.").format(codes=listed(codes))


def sorted_now(column: str) -> str:
    """Tell why rows cannot be moved, and what makes it possible."""
    words = Sentence(
        "Watchlist",
        "The table is sorted by “{column}”, so rows keep no place of their own. Choose “Own order” "
        "in a title's menu to move them.",
    )
    return words.format(column=Sentence("Watchlist", column))
