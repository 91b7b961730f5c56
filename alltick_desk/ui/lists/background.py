"""Work that would hold the screen up, done beside it."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")
Spawn: TypeAlias = Callable[[Coroutine[Any, Any, None], str], object]


class Background:
    """Runs work in a thread, once ``spawn`` is there to start tasks; before that it runs at once.

    Attributes:
        spawn: runs a coroutine under an owner that reports its bugs.
    """

    def __init__(self, spawn: Spawn | None = None) -> None:
        self.spawn = spawn

    def run(self, work: Callable[[], T], then: Callable[[T], object], name: str) -> None:
        """Do ``work``, which touches nothing of the screen, and give ``then`` what it returned.

        ``work`` raises nothing that a person should be told of: it returns it.
        """
        if self.spawn is None:
            then(work())
        else:
            self.spawn(_beside(work, then), name)


async def _beside(work: Callable[[], T], then: Callable[[T], object]) -> None:
    import asyncio  # it is there by now; the first window does without it

    then(await asyncio.to_thread(work))
