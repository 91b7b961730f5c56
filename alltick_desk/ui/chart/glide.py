"""Inertia: a chart that was thrown runs on for a moment."""

import math
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

LONGEST_S: Final = 0.5  # a throw is over by then
_FALL_S = 0.13  # in which the speed falls to 1/e, so that little is left of it at the end
_SEEN_S = 0.1  # the end of a drag that tells its speed
_RESTED_S = 0.05  # who held still so long before letting go throws nothing
_SLOWEST, _FASTEST = 80.0, 6000.0  # pixels a second
_STEP_MS = 15


class Glide:
    """Goes on with a drag that was let go in full swing, and stops by itself.

    Args:
        pan: moves the bars by so many pixels to the right; False where they do not move.
        owner: lives as long as the timer does.

    Attributes:
        on: whether drags run on at all.
        now_s: a clock, in seconds.
    """

    def __init__(self, pan: Callable[[float], bool], owner: QObject | None = None) -> None:
        self.on = False
        self.now_s: Callable[[], float] = time.monotonic
        self._pan = pan
        self._seen: deque[tuple[float, float]] = deque()
        self._begun_s = self._way = self._gone = 0.0
        self._timer = QTimer(owner)
        self._timer.setInterval(_STEP_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.step)

    @property
    def runs(self) -> bool:
        """Whether the chart runs on now."""
        return self._timer.isActive()

    def follow(self, x: float) -> None:
        """Note where the pointer drags the bars, in pixels."""
        if self.on:
            now = self.now_s()
            self._seen.append((now, x))
            while now - self._seen[0][0] > _SEEN_S:
                self._seen.popleft()

    def let_go(self) -> None:
        """Run on as fast as the drag was at its end."""
        now, seen = self.now_s(), list(self._seen)
        self.stop()
        if len(seen) < 2 or now - seen[-1][0] > _RESTED_S:
            return
        speed = (seen[-1][1] - seen[0][1]) / max(seen[-1][0] - seen[0][0], 0.01)
        if abs(speed) >= _SLOWEST:
            self._way = math.copysign(min(abs(speed), _FASTEST), speed) * _FALL_S
            self._begun_s, self._gone = now, 0.0
            self._timer.start()

    def stop(self) -> None:
        """Stand still, and forget what was seen of a drag."""
        self._seen.clear()
        self._timer.stop()

    def step(self) -> None:
        """Go as far as the clock says: a late step is a longer one."""
        passed_s = self.now_s() - self._begun_s
        gone = self._way * (1.0 - math.exp(-min(passed_s, LONGEST_S) / _FALL_S))
        moved = self._pan(gone - self._gone)
        self._gone = gone
        if passed_s >= LONGEST_S or not moved:
            self.stop()
