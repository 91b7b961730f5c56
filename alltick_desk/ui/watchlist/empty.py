"""What stands in the middle of a table that shows nothing: why, and what fills it."""

from PySide6.QtCore import QCoreApplication

from alltick_desk.services.watchlist import Watchlist

translate = QCoreApplication.translate


def empty_hint(watchlist: Watchlist, *, filtered: bool) -> str:
    """Return the words for an empty table; ``filtered`` where a filter may have emptied it."""
    if filtered and len(watchlist):
        return translate(
            "Watchlist", "No row fits the filter. Press Esc to see all rows of the list again."
        )
    if len(watchlist.lists.book.lists) > 1:
        return translate(
            "Watchlist",
            "“{name}” is empty. Type a code or a name into the box above (Ctrl+K), paste codes "
            "(Ctrl+V), drag rows of another list onto its tab, or import a file (File menu).",
        ).format(name=watchlist.lists.shown.name)
    return translate(
        "Watchlist",
        "Nothing is watched yet. Type a code or a name into the box above (Ctrl+K), "
        "such as 700.HK, EURUSD or Apple.",
    )
