"""Time as a parameter: everything that waits or stamps takes a Clock.

``monotonic`` and ``sleep`` share one time base, so a limit that is measured by one is kept by
waiting with the other. Tests pass clocks that stand still or run fast.
"""

import sys
import time
from collections.abc import Callable
from typing import Protocol

LONGEST_S = 30.0  # of one wait on the event loop, whose clock may stand while the machine sleeps


class Clock(Protocol):
    """What the desk knows of time."""

    def wall_ms(self) -> int:
        """Return the Unix time in milliseconds; it jumps when the system clock is set."""
        ...

    def monotonic(self) -> float:
        """Return seconds since an arbitrary moment; never goes back.

        It goes on while the machine sleeps, where the system has such a clock: what came before
        is old afterwards, and limits of a vendor have passed.
        """
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait at least ``seconds`` of this clock's time; always yields once."""
        ...


def _awake_and_asleep() -> Callable[[], float]:
    """Return the system's clock that goes on while the machine sleeps, else its monotonic one."""
    # Python's own clock goes on over a sleep on Windows, but not on Linux and macOS.
    name = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform, "")
    which = getattr(time, name, None)
    try:
        time.clock_gettime(which)  # type: ignore[arg-type]
    except (AttributeError, OSError, TypeError):
        return time.monotonic
    return lambda: time.clock_gettime(which)  # type: ignore[arg-type]


class SystemClock:
    """The machine's clock."""

    _now = staticmethod(_awake_and_asleep())

    def wall_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return self._now()

    async def sleep(self, seconds: float) -> None:
        import asyncio  # late: a clock is needed before the first paint, a loop is not

        # An event loop may wake a sleeper early (Qt's coarse timers do): the clock decides.
        deadline = self._now() + seconds
        await asyncio.sleep(min(max(0.0, seconds), LONGEST_S))
        while (left := deadline - self._now()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(min(left, LONGEST_S))
