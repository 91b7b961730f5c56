"""The loop: a sleep may end late, but never early."""

import asyncio
import gc
import threading
import time
import weakref

import pytest
from PySide6.QtWidgets import QApplication

from alltick_desk.ui.loop import DeskLoop


@pytest.fixture
def loop(qapp: QApplication):  # type: ignore[no-untyped-def]
    loop = DeskLoop(qapp)
    yield loop
    loop.close()


@pytest.mark.parametrize("seconds", [0.0004, 0.001, 0.0105, 0.1, 0.5, 1.0])
def test_a_sleep_never_ends_early(loop: DeskLoop, seconds: float) -> None:
    async def measure() -> float:
        begun = time.monotonic()
        await asyncio.sleep(seconds)
        return time.monotonic() - begun

    for _ in range(3):
        assert loop.run_until_complete(measure()) >= seconds


def test_many_sleeps_at_once_end_in_order_and_none_early(loop: DeskLoop) -> None:
    async def measure(seconds: float, ended: list[float]) -> float:
        begun = time.monotonic()
        await asyncio.sleep(seconds)
        ended.append(seconds)
        return time.monotonic() - begun - seconds

    async def run() -> tuple[list[float], list[float]]:
        ended: list[float] = []
        wanted = [0.09, 0.03, 0.06, 0.0]
        late = await asyncio.gather(*(measure(seconds, ended) for seconds in wanted))
        return ended, list(late)

    ended, late = loop.run_until_complete(run())
    assert ended == sorted(ended)
    assert min(late) >= 0


def test_call_soon_keeps_its_order(loop: DeskLoop) -> None:
    seen: list[int] = []

    async def run() -> None:
        for number in range(5):
            asyncio.get_running_loop().call_soon(seen.append, number)
        await asyncio.sleep(0.02)

    loop.run_until_complete(run())
    assert seen == [0, 1, 2, 3, 4]


def test_work_for_threads_comes_back_to_the_loop(loop: DeskLoop) -> None:
    async def run() -> int:
        return await asyncio.get_running_loop().run_in_executor(None, sum, [1, 2, 3])

    assert loop.run_until_complete(run()) == 6


class _Cycle:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


def _allocate() -> None:
    kept = [[number] for number in range(200_000)]
    del kept


def test_garbage_is_collected_in_the_loops_thread_alone(
    loop: DeskLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where another thread collects, it may delete what Qt is about to call."""
    monkeypatch.setattr("alltick_desk.ui.collector.ALL_EVERY", 2)
    threads: list[int] = []

    async def run() -> None:
        for _ in range(20):
            weakref.finalize(_Cycle(), lambda: threads.append(threading.get_ident()))
            await asyncio.get_running_loop().run_in_executor(None, _allocate)
        while len(threads) < 20:
            await asyncio.sleep(0.01)

    gc.enable()  # as Python begins
    try:
        loop.run_until_complete(asyncio.wait_for(run(), 30.0))
        assert set(threads) == {threading.get_ident()}
        assert gc.isenabled()
    finally:
        gc.disable()


def test_what_a_test_leaves_behind_is_collected_in_its_own_thread() -> None:
    """Else a thread of the store deletes the widgets of an earlier test, and the program dies."""
    threads: list[int] = []
    weakref.finalize(_Cycle(), lambda: threads.append(threading.get_ident()))
    other = threading.Thread(target=_allocate)
    other.start()
    other.join()
    assert threads == []
    gc.collect()
    assert threads == [threading.get_ident()]
