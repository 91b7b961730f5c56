"""Opening a long list by its tab, in the real desk: ``opening.py FOUND [arguments of the desk]``.

Some seconds after the start, when the desk is connected, a click on the tab of the long list is
timed to the end of the first painting that shows it; then a click goes back to the short list, and
so on. The times, in milliseconds by the wall and by the processor, go to FOUND.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from loaded import run_desk

FIRST_MS, PAUSE_MS = 6_000, 1_500
TIMES = 6
LONG = 1_000  # lines that only the long list has


class Opener:
    """Clicks, and waits for the painting."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._front: Any = None
        self._begun: tuple[float, float] | None = None
        self._painted = False  # the long list, since the last click
        self._found: list[tuple[float, float]] = []

    def watch(self) -> None:
        """Have paintings tell of themselves."""
        from alltick_desk.ui.frames import MeteredWindow
        from alltick_desk.ui.watchlist.surface import TableSurface

        paint, event = TableSurface.paint, MeteredWindow.event

        def telling_paint(surface: Any, *objects: Any, **choices: Any) -> None:
            paint(surface, *objects, **choices)
            self._painted |= len(surface._model.lines) >= LONG

        def telling_event(window: Any, its: Any) -> bool:
            handled = event(window, its)
            if self._begun is not None and self._painted and its.type() == its.Type.UpdateRequest:
                self._end(*self._begun)
            return bool(handled)

        TableSurface.paint, MeteredWindow.event = telling_paint, telling_event  # type: ignore[method-assign]

    def begin(self, front: Any) -> None:
        """Click in a while."""
        self._front = front
        self._later(FIRST_MS)

    def _later(self, after_ms: int) -> None:
        from PySide6.QtCore import QTimer

        QTimer.singleShot(after_ms, self._click)

    def _click(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        bar = self._front.panel.lists.tabs.bar
        target = 1 - bar.currentIndex()
        at = bar.tabRect(target).center()
        none = Qt.KeyboardModifier.NoModifier
        self._painted = False
        if target == 1:
            self._begun = time.perf_counter(), time.process_time()
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, none, at)
        if target == 0:
            self._later(PAUSE_MS)

    def _end(self, begun_s: float, begun_work_s: float) -> None:
        self._begun = None
        times = time.perf_counter() - begun_s, time.process_time() - begun_work_s
        self._found.append((times[0] * 1000, times[1] * 1000))
        self._path.write_text(json.dumps(self._found), encoding="utf-8")
        if len(self._found) < TIMES:
            self._later(PAUSE_MS)


if __name__ == "__main__":
    opener = Opener(Path(sys.argv[1]))
    sys.exit(run_desk(sys.argv[2:], opener.watch, opener.begin))
