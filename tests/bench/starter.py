"""One start: ``starter.py bare|pyqtgraph|desk BEGUN [arguments of the desk]``.

BEGUN is the monotonic time just before this process was made. ``starter.py prepare 0 FOLDER``
makes a profile with a list of twenty rows.
"""

import json
import mmap
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

REST_S = 5.0  # after which a program is at rest

_BEGUN_S = float(sys.argv[2])


def since_ms() -> float:
    return (time.monotonic() - _BEGUN_S) * 1000


def rss_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * mmap.PAGESIZE / 2**20


def bare(*, pyqtgraph: bool) -> dict[str, float]:
    """Show an empty window."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    if pyqtgraph:
        import pyqtgraph as _  # noqa: F401

    found: dict[str, float] = {}

    class Window(QMainWindow):
        def event(self, event: QEvent) -> bool:
            handled = super().event(event)
            # Not the first update request: it comes before there is anything to paint on.
            if event.type() == QEvent.Type.Paint:
                found.setdefault("painted_ms", since_ms())
            return handled

    app = QApplication([])
    window = Window()
    window.resize(1280, 800)
    window.show()
    while not found:
        app.processEvents()
    found["rss_mb"] = rss_mb()
    return found


def desk(arguments: list[str]) -> dict[str, float]:
    """Run the program, note its moments, and end it as a person's Ctrl-C would."""
    from alltick_desk import __main__ as module

    program: Any = module
    found: dict[str, float] = {}
    import_qt = program._import_qt

    def at_rest() -> None:
        time.sleep(REST_S)
        found["rss_mb"] = rss_mb()
        os.kill(os.getpid(), signal.SIGTERM)

    def then_watch() -> None:
        """Go on as the program does, and put an ear to what it calls next."""
        import_qt()
        from alltick_desk.app import run as module

        run: Any = module
        paint, live = run._first_paint, run._live

        def first_paint(*objects: Any) -> None:
            paint(*objects)
            found["painted_ms"] = since_ms()

        def watched_live(*objects: Any) -> Any:
            from alltick_desk.feed import session as module

            session: Any = module
            connect = session.open_connection

            async def first_connect(*objects: Any) -> Any:
                if "alive_ms" not in found:
                    found["alive_ms"] = since_ms()
                    threading.Thread(target=at_rest, daemon=True).start()
                return await connect(*objects)

            session.open_connection = first_connect
            return live(*objects)

        run._first_paint = first_paint
        run._live = watched_live

    program._import_qt = then_watch
    sys.argv[1:] = arguments
    if program.main():
        raise SystemExit("bench: the desk failed")
    return found


def prepare(folder: str) -> dict[str, float]:
    """Save a list and what its rows last said."""
    from alltick_desk.app.first_list import first_list
    from alltick_desk.clock import SystemClock
    from alltick_desk.model.instrument import InstrumentKey
    from alltick_desk.model.lists import book_of
    from alltick_desk.store.profile import Profile
    from alltick_desk.store.state import SavedQuote, StateStore

    profile = Profile.of(Path(folder), demo=False)
    profile.prepare()
    more = (InstrumentKey("alltick", code) for code in ("0005.HK", "MSFT.US", "GBPUSD"))
    keys = (*first_list(("alltick",), demo=True), *more)[:20]
    quote = SavedQuote(
        *("612.500", "612.400", "612.600", "620.000", "605.500"),
        volume=12_345_600.0,
        turnover=7_561_680_000.0,
        previous_close=608.0,
        day="2026-01-05",
        digits=3,
        time_ms=1_767_600_000_000,
    )
    store = StateStore(profile, SystemClock())
    store.save_lists(book_of(keys))
    store.save_quotes([(key, quote) for key in keys])
    return {"rows": float(len(keys))}


if __name__ == "__main__":
    kind, rest = sys.argv[1], sys.argv[3:]
    if kind == "desk":
        result = desk(rest)
    elif kind == "prepare":
        result = prepare(*rest)
    else:
        result = bare(pyqtgraph=kind == "pyqtgraph")
    print(json.dumps(result))
