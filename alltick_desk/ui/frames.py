"""Frames: when the screen takes the board's changes, and how long that took."""

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow

FRAME_MS = 25  # forty frames a second: a tick is seen within 50 ms even when a frame comes late


class FrameClock(QObject):
    """Calls ``on_frame`` at most forty times a second, and only after ``wake``.

    With nothing new on the board no timer runs at all; the first tick after a quiet spell is
    shown at once.
    """

    def __init__(self, on_frame: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_frame = on_frame
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last_s = 0.0
        self._asleep = True

    def wake(self) -> None:
        """Have a frame soon; cheap when one is due already."""
        if self._asleep:
            self._asleep = False
            since_ms = (time.monotonic() - self._last_s) * 1000
            self._timer.start(max(0, round(FRAME_MS - since_ms)))

    def stop(self) -> None:
        """Have no more frames, whatever wakes."""
        self._timer.stop()
        self._asleep = False

    def _tick(self) -> None:
        self._last_s = time.monotonic()
        self._asleep = True
        self._on_frame()


class PaintMeter:
    """How long frames took and how old the ticks were that they showed.

    A frame is the work of ``on_frame`` plus the painting that follows it: Qt paints a window's
    panels in the window's update request, which ``MeteredWindow`` times.
    """

    def __init__(self) -> None:
        self.frames = 0
        self._work_s = 0.0
        self._oldest: list[float] = []
        self.frame_ms: deque[float] = deque(maxlen=1000)
        self.tick_to_paint_ms: deque[float] = deque(maxlen=20_000)

    def worked(self, seconds: float, arrivals: list[float]) -> None:
        """Note a frame's preparation, and when the ticks arrived that it is about to show.

        A frame before it that was not painted had nothing new to show, and is forgotten.
        """
        self._work_s = seconds
        self._oldest = arrivals

    def painted(self, seconds: float, now_s: float) -> None:
        """Note that the window was painted, which took ``seconds`` and ended at ``now_s``."""
        self.frames += 1
        self.frame_ms.append((self._work_s + seconds) * 1000)
        self.tick_to_paint_ms.extend((now_s - arrived) * 1000 for arrived in self._oldest)
        self._work_s = 0.0
        self._oldest = []


class MeteredWindow(QMainWindow):
    """A main window whose painting is timed.

    Attributes:
        was_painted: whether it ever was. What shows a window for the first time paints it
            without an update request, and the first of those may come before there is anything
            to paint on.
    """

    def __init__(self) -> None:
        super().__init__()
        self.was_painted = False
        self.meter = PaintMeter()

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Paint:
            self.was_painted = True
        if kind != QEvent.Type.UpdateRequest:
            return super().event(event)
        begun = time.monotonic()
        handled = super().event(event)
        now_s = time.monotonic()
        self.meter.painted(now_s - begun, now_s)
        return handled
