"""What the panel says after an edit."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

_NAMED = 4  # more codes than these are counted

translate = QCoreApplication.translate


def added(fresh: Sequence[str], known: Sequence[str], strange: Sequence[str]) -> str:
    """Tell which codes are new, which the list had, and which new ones no catalogue knows."""
    parts = []
    if fresh:
        parts.append(translate("Watchlist", "{codes} added.").format(codes=listed(fresh)))
    if known:
        words = translate("Watchlist", "In the list already: {codes}.")
        parts.append(words.format(codes=listed(known)))
    if strange:
        words = translate("Watchlist", "Not in the catalogue, the vendor will tell: {codes}.")
        parts.append(words.format(codes=listed(strange)))
    return " ".join(parts)


def removed(codes: Sequence[str]) -> str:
    """Tell what was taken out, and the way back."""
    words = translate("Watchlist", "{codes} removed; Undo (Ctrl+Z) reverses it.")
    return words.format(codes=listed(codes))


def listed(codes: Sequence[str]) -> str:
    """Return a few codes by name, many by number."""
    if len(codes) <= _NAMED:
        return ", ".join(codes)
    return translate("Watchlist", "{count} symbols").format(count=len(codes))
