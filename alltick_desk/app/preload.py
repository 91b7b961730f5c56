"""Qt's libraries, loaded beside Python's own start.

The system's linker needs no interpreter: while Python reads the command line and its modules,
another processor can bind some fifty megabytes of libraries. Whoever imports PySide6 then finds
them there; a twentieth of the time to the first window.
"""

import sys
from collections.abc import Sequence
from threading import Thread

_LAST = "libQt6Widgets.so.6"  # which brings the others along
_WITHOUT_WINDOW = frozenset({"--version", "--help", "-h", "--doctor", "--export"})


def begin(arguments: Sequence[str]) -> Thread | None:
    """Load them in a thread, where there will be a window; return it."""
    if not sys.platform.startswith("linux") or not _WITHOUT_WINDOW.isdisjoint(arguments):
        return None
    thread = Thread(target=_load, name="qt-libraries", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    from ctypes import CDLL
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("PySide6")
    for folder in (spec and spec.submodule_search_locations) or ():
        try:
            CDLL(f"{folder}/Qt/lib/{_LAST}")
        except OSError:  # the start-up checks will find it, and have words for it
            return
