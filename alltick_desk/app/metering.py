"""The figures of the running desk, measured once a second."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QTimer

from alltick_desk.app.metrics import cpu_s, percentile, rss_mb
from alltick_desk.clock import Clock
from alltick_desk.feed.pool import PoolHealth
from alltick_desk.services.quotes import Tape
from alltick_desk.ui.frames import PaintMeter

LAG_PERIOD_MS = 50


class LagMeter:
    """How late the event loop is: a timer that notes by how much it was kept waiting."""

    def __init__(self) -> None:
        self.late_ms: deque[float] = deque(maxlen=1000)
        self._due_s = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(self._timer.timerType().PreciseTimer)
        self._timer.setInterval(LAG_PERIOD_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._due_s = time.monotonic() + LAG_PERIOD_MS / 1000
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now_s = time.monotonic()
        self.late_ms.append(max(0.0, (now_s - self._due_s) * 1000))
        self._due_s = now_s + LAG_PERIOD_MS / 1000


class Metering:
    """Reads every counter once a second and keeps the second's figures.

    ``health`` returns every family's state, ``calls`` the HTTP calls sent by name, ``tapes`` the
    vendors' tapes. Figures of the last second are None where nothing was measured in it.
    """

    def __init__(
        self,
        clock: Clock,
        paint: PaintMeter,
        *,
        health: Callable[[], dict[str, PoolHealth]],
        calls: Callable[[], dict[str, int]],
        tapes: Callable[[], Iterable[Tape]],
    ) -> None:
        self._clock = clock
        self._paint = paint
        self._lag = LagMeter()
        self._health = health
        self._calls = calls
        self._tapes = tapes
        # Of lines that were made anew, so that totals never fall.
        self._gone = dict.fromkeys(("messages", "decode_errors", "reconnects"), 0)
        self._calls_gone: Counter[str] = Counter()
        self._before = (clock.monotonic(), 0)
        self.per_s: float | None = None
        self._bad_books = 0

    def start(self) -> None:
        """Begin to measure."""
        self._lag.start()

    def stop(self) -> None:
        """Measure no more."""
        self._lag.stop()

    def keep(self, health: dict[str, PoolHealth], calls: dict[str, int]) -> None:
        """Add the counters of a line that is about to be made anew."""
        for pool in health.values():
            for name in self._gone:
                self._gone[name] += getattr(pool, name)
        self._calls_gone.update(calls)

    def count_bad_book(self) -> None:
        """Count a book that could not be read when somebody looked at it."""
        self._bad_books += 1

    def second(self) -> dict[str, Any]:
        """Return the figures, and begin a new second."""
        health = self._health()
        totals = {
            name: kept + sum(getattr(pool, name) for pool in health.values())
            for name, kept in self._gone.items()
        }
        now_s = self._clock.monotonic()
        then_s, then = self._before
        self._before = (now_s, totals["messages"])
        if now_s > then_s:
            self.per_s = round((totals["messages"] - then) / (now_s - then_s), 1)
        frames, paints, lags = (
            _drained(values)
            for values in (self._paint.frame_ms, self._paint.tick_to_paint_ms, self._lag.late_ms)
        )
        return {
            "t": round(self._clock.wall_ms() / 1000, 3),
            "rss_mb": rss_mb(),
            "cpu_s": cpu_s(),
            "msgs_total": totals["messages"],
            "msgs_per_s": self.per_s,
            "decode_errors_total": totals["decode_errors"] + self._bad_books,
            "conflated_total": sum(tape.conflated for tape in self._tapes()),
            "subscribed": sum(pool.subscribed for pool in health.values()),
            "frames_total": self._paint.frames,
            "frame_ms_p50": percentile(frames, 0.5),
            "frame_ms_p99": percentile(frames, 0.99),
            "loop_lag_ms_p99": percentile(lags, 0.99),
            "tick_to_paint_ms_p50": percentile(paints, 0.5),
            "tick_to_paint_ms_p99": percentile(paints, 0.99),
            "http_calls_total": dict(self._calls_gone + Counter(self._calls())),
            "ws_state": {name: pool.state.value for name, pool in health.items()},
            "reconnects_total": totals["reconnects"],
        }


def _drained(values: "deque[float]") -> list[float]:
    taken = list(values)
    values.clear()
    return taken
