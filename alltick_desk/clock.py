"""Time as a parameter: everything that waits or stamps takes a Clock.

``monotonic`` and ``sleep`` share one time base, so a limit that is measured by one is kept by
waiting with the other. Tests pass clocks that stand still or run fast.
"""

import time
from typing import Protocol


class Clock(Protocol):
    """What the desk knows of time."""

    def wall_ms(self) -> int:
        """Return the Unix time in milliseconds; it jumps when the system clock is set."""
        ...

    def monotonic(self) -> float:
        """Return seconds since an arbitrary moment; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait at least ``seconds`` of this clock's time; always yields once."""
        ...


class SystemClock:
    """The machine's clock."""

    def wall_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        import asyncio  # late: a clock is needed before the first paint, a loop is not

        # An event loop may wake a sleeper early (Qt's coarse timers do): the clock decides.
        deadline = time.monotonic() + seconds
        await asyncio.sleep(max(0.0, seconds))
        while (left := deadline - time.monotonic()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left)
