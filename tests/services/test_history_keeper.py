"""What is kept beside a chart: a save that fails after everybody has left is no bug."""

import asyncio
from typing import Any, cast

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.services.history_keeper import HistoryKeeper

KEY = InstrumentKey("alltick", "700.HK")


class ClosingStore:
    """A store that is closed while it saves."""

    def __init__(self) -> None:
        self.begun, self.closed = asyncio.Event(), asyncio.Event()

    async def save(self, *_: object, **__: object) -> None:
        self.begun.set()
        await self.closed.wait()
        raise StoreError("The stored bars are closed already.")


def test_a_save_that_the_closing_store_gives_up_is_told_and_is_no_bug() -> None:
    async def run() -> tuple[list[str], list[dict[str, Any]]]:
        bugs: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: bugs.append(context))
        store, tasks, told = ClosingStore(), [], []

        def spawn(work: Any, name: str) -> None:
            tasks.append(asyncio.get_running_loop().create_task(work, name=name))

        keeper = HistoryKeeper(cast("Any", store), spawn=spawn, complain=told.append)
        keeper.save(KEY, Interval.M1, [])
        await store.begun.wait()
        tasks.pop().cancel()  # the desk closes
        await asyncio.sleep(0)
        store.closed.set()
        for _ in range(5):
            await asyncio.sleep(0)
        return told, bugs

    told, bugs = asyncio.run(run())
    assert told == ["The stored bars are closed already."]
    assert bugs == []
