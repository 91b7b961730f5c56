"""Python's garbage collector, kept in the thread of the window.

Python collects in whichever thread happens to allocate. A dialog or a timer that is part of a cycle
would then be deleted in a thread that reads a file, say, while Qt is about to call it in this one:
the program dies, without a word and not often. So the collector is switched off while the loop
runs, and is called by a timer of the loop's own.
"""

import gc

from PySide6.QtCore import QObject, QTimerEvent

PERIOD_MS = 250
YOUNG = 700  # new containers that make a look worth while: Python's own measure
OLDER_EVERY = 10  # looks at the young
ALL_EVERY = 240  # periods, so that the longest look, some milliseconds, comes once a minute


class Collector(QObject):
    """Collects garbage in its own thread, from ``start`` to ``stop``."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = 0
        self._periods = 0
        self._looks = 0
        self._automatic = False

    def start(self) -> None:
        """Take over from Python."""
        self._automatic = gc.isenabled()
        gc.disable()
        self._timer = self.startTimer(PERIOD_MS)

    def stop(self) -> None:
        """Give back to Python what was taken from it."""
        self.killTimer(self._timer)
        if self._automatic:
            gc.enable()

    def timerEvent(self, event: QTimerEvent) -> None:
        del event
        self._periods += 1
        if self._periods % ALL_EVERY == 0:
            gc.collect()
        elif gc.get_count()[0] > YOUNG:
            self._looks += 1
            gc.collect(1 if self._looks % OLDER_EVERY == 0 else 0)
