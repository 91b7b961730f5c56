"""The desk with a long list, as the benchmarks run it in a process of its own.

``loaded.py prepare FOLDER ROWS SET SORTING`` makes a profile: a short list, and a long one of so
many made-up stocks of the simulated exchange in ten sections, with a set of the desk's columns and
an order in a list's own words. It opens with the long one, after ``prepare-short`` with the other.

``loaded.py desk NOTES [arguments of the desk]`` is the real program in a window so tall that forty
rows are in sight. Every five seconds it writes a line to NOTES: how many rows are in sight, the
processor time of the frames since the last line, how many blocks of memory Python holds, and how
many objects its collector follows, by their classes.
"""

import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alltick_desk.clock import SystemClock

SECTIONS = 10
SHORT = ("700.HK", "AAPL.US", "EURUSD", "BTCUSDT")
NOTE_MS = 5_000
SIZE = (1600, 2200)  # pixels of the window


def prepare(folder: str, rows: int, columns: str, sorting: str, *, short: bool) -> None:
    """Save the lists, and what their rows last said."""
    from alltick_desk.model.instrument import InstrumentKey
    from alltick_desk.model.lists import Entry, ListBook, NamedList, Section
    from alltick_desk.store.profile import Profile
    from alltick_desk.store.state import SavedQuote, StateStore
    from alltick_desk.ui.watchlist.column_sets import BUILT_IN

    keys = [InstrumentKey("alltick", f"X{number:05}.US") for number in range(1, rows + 1)]
    few = [InstrumentKey("alltick", code) for code in SHORT]
    each = rows // SECTIONS
    sections = tuple(
        Section(
            f"Section {number}" if number else "",
            tuple(map(Entry, keys[number * each : (number + 1) * each])),
        )
        for number in range(SECTIONS)
    )
    extra = {"columns": ",".join(BUILT_IN[columns]), "sorting": sorting}
    long = NamedList("1", "Long", sections, extra)
    other = NamedList("2", "Short", (Section("", tuple(map(Entry, few))),))
    profile = Profile.of(Path(folder), demo=False)
    profile.prepare()
    store = StateStore(profile, SystemClock())
    store.save_lists(ListBook((other, long), other.id if short else long.id))
    quote = SavedQuote(last="61.250", high="62.000", low="60.550", digits=3, time_ms=1)
    store.save_quotes([(key, quote) for key in (*few, *keys)])


class FrameWork:
    """Processor time of frames: what a person waits for, without what other programs take."""

    def __init__(self) -> None:
        self._frame_ms: list[float] = []
        self._work_ms = 0.0

    def watch(self, frames: Any) -> None:
        """Time the module's frame clock and window; before there is either."""
        paints, ticks = frames.MeteredWindow.event, frames.FrameClock._tick

        def event(window: Any, its: Any) -> bool:
            if its.type() != its.Type.UpdateRequest:
                return bool(paints(window, its))
            spent_ms, handled = _work(lambda: paints(window, its))
            self._frame_ms.append(self._work_ms + spent_ms)
            self._work_ms = 0.0
            return bool(handled)

        def tick(clock: Any) -> None:
            self._work_ms, _ = _work(lambda: ticks(clock))

        frames.MeteredWindow.event, frames.FrameClock._tick = event, tick

    def taken(self) -> list[float]:
        """Return the times, in order, of the frames painted since the last look."""
        ordered = sorted(self._frame_ms)
        self._frame_ms.clear()
        return ordered


def _work(act: Callable[[], Any]) -> tuple[float, Any]:
    begun_s = time.thread_time()
    result = act()
    return (time.thread_time() - begun_s) * 1000, result


def run_desk(arguments: list[str], loaded: Callable[[], None], shown: Callable[[Any], None]) -> int:
    """Run the program; return its exit code.

    ``loaded`` is called when Qt is, and ``shown`` with the front when the window has been painted.
    """
    from alltick_desk import __main__ as program

    load = program._import_qt

    def then_watch() -> None:
        load()
        from alltick_desk.app import run

        first_paint = run._first_paint

        def tall_first_paint(front: Any, app: Any) -> None:
            front.window.resize(*SIZE)
            first_paint(front, app)
            shown(front)

        run._first_paint = tall_first_paint
        loaded()

    program._import_qt = then_watch
    sys.argv[1:] = arguments
    return program.main()


def desk(notes: str, arguments: list[str]) -> int:
    """Run the program, with a clock in its window that writes the notes; return its exit code."""
    work = FrameWork()

    def loaded() -> None:
        from alltick_desk.ui import frames

        work.watch(frames)

    def shown(front: Any) -> None:
        from PySide6.QtCore import QTimer

        clock = QTimer(front.window)
        clock.timeout.connect(lambda: note(Path(notes), front.panel, work.taken()))
        clock.start(NOTE_MS)

    return run_desk(arguments, loaded, shown)


def note(path: Path, panel: Any, work_ms: list[float]) -> None:
    """Write a line, in the window's own thread: elsewhere objects of Qt could die by it."""
    if not panel.isVisible() or not work_ms:
        return
    held = Counter(type(thing).__qualname__ for thing in gc.get_objects())
    line = {
        "t": SystemClock().wall_ms() / 1000,
        "visible": len(panel.visible_keys()),
        "work_ms_p99": work_ms[len(work_ms) * 99 // 100],
        "blocks": sys.getallocatedblocks(),
        "objects": held.total(),
        "classes": dict(held.most_common(60)),
    }
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    if sys.argv[1] == "desk":
        sys.exit(desk(sys.argv[2], sys.argv[3:]))
    folder, rows, *words = sys.argv[2:]
    prepare(folder, int(rows), *words, short=sys.argv[1] == "prepare-short")
    print("{}")
