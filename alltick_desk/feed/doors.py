"""How many sockets of a token are open at once, where the vendor counts all families together.

A socket counts from before its connect until it is closed, so that none is opened while the one
that it replaces is still there.
"""

import asyncio


class Doors:
    """The connections of one token. Sockets are named like ``itick/stock#1``."""

    def __init__(self, most: int | None = None) -> None:
        """Let ``most`` sockets in at once; None where the vendor has no such limit."""
        self._most = most
        self._came_up_s: dict[str, float | None] = {}  # of those inside; None: not yet
        self._queue: dict[str, asyncio.Future[None]] = {}

    @property
    def full(self) -> bool:
        """Whether the next socket has to wait."""
        return self._most is not None and len(self._came_up_s) >= self._most

    async def enter(self, socket: str) -> None:
        """Wait until there is a place for ``socket``, and take it."""
        if not self.full and not self._queue:
            self._came_up_s[socket] = None
            return
        turn = self._queue[socket] = asyncio.get_running_loop().create_future()
        try:
            await turn
        except asyncio.CancelledError:
            self._queue.pop(socket, None)
            self.leave(socket)
            raise

    def came_up(self, socket: str, now_s: float) -> None:
        """Note when the connection of ``socket`` was there, monotonic seconds."""
        self._came_up_s[socket] = now_s

    def leave(self, socket: str) -> None:
        """Note that ``socket`` is closed, or will not be opened; safe to repeat."""
        self._came_up_s.pop(socket, None)
        self._let_in()

    def configure(self, most: int | None) -> None:
        """Take another plan; who is inside stays until it leaves."""
        self._most = most
        self._let_in()

    def came_up_since(self, since_s: float, *, but: str) -> bool:
        """Whether a socket other than ``but`` came up at ``since_s`` or later and is there."""
        times = (at_s for name, at_s in self._came_up_s.items() if name != but)
        return any(at_s is not None and at_s >= since_s for at_s in times)

    def _let_in(self) -> None:
        while self._queue and not self.full:
            socket = next(iter(self._queue))
            turn = self._queue.pop(socket)
            if not turn.done():
                self._came_up_s[socket] = None
                turn.set_result(None)
