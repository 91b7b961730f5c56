"""A bell that a task waits for, no longer than a clock of our own allows."""

import asyncio

from alltick_desk.clock import Clock


class Bell:
    """An event that is taken by whoever hears it; one waiter at a time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake the waiter, or the next one to come."""
        self._event.set()

    def hush(self) -> None:
        """Undo a ring that nobody has heard."""
        self._event.clear()

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait for a ring, at most ``seconds`` of the clock; return whether it rang."""
        if seconds is None:
            await self._event.wait()
        elif not self._event.is_set():
            async with asyncio.TaskGroup() as group:
                rung = group.create_task(self._event.wait())
                late = group.create_task(self._clock.sleep(seconds))
                await asyncio.wait((rung, late), return_when=asyncio.FIRST_COMPLETED)
                rung.cancel()
                late.cancel()
        heard = self._event.is_set()
        self._event.clear()
        return heard
