"""The candle store as the desk meets it: asynchronous, in order, and closed for good."""

import asyncio
import shutil
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from candle_model import NAME, candle
from fakes import FakeClock, settle

from alltick_desk.errors import StoreError
from alltick_desk.model.market import Candle
from alltick_desk.store.candle_values import Drift, Gap, GapReason, SeriesFacts, Source, Span
from alltick_desk.store.candles import CLOSING_S, CandleStore

T = TypeVar("T")

KEY, INTERVAL = NAME


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def some(count: int, start: int = 0) -> list[Candle]:
    return [candle(start + at) for at in range(count)]


def in_run(
    path: Path, work: Callable[[CandleStore], Awaitable[T]], *, read_only: bool = False
) -> T:
    async def run() -> T:
        store = CandleStore(path, clock=FakeClock(), read_only=read_only)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())


def stored(path: Path) -> int:
    async def count(store: CandleStore) -> int:
        return len(await store.load(KEY, INTERVAL))

    return in_run(path, count, read_only=True)


def hold(store: CandleStore) -> threading.Event:
    """Keep the store's thread busy until the event is set."""
    gate = threading.Event()
    store._thread.submit(gate.wait)
    return gate


def test_all_calls_reach_the_file(path: Path) -> None:
    async def write(store: CandleStore) -> None:
        await store.open()
        await store.save(KEY, INTERVAL, some(10), in_progress_from_s=9, span=Span(0, 9))
        await store.save(KEY, INTERVAL, some(3, 20), source=Source.BUILT, history_begins_s=0)
        await store.explain(KEY, INTERVAL, Gap(10, 20, GapReason.DISCONNECTED))
        await store.add_drift(KEY, INTERVAL, Drift(bars=4))

    async def read(store: CandleStore) -> None:
        assert await store.names() == [NAME]
        found = await store.load(KEY, INTERVAL, count=3, before_s=22)
        assert found.time.tolist() == [9, 20, 21]
        assert found.source.tolist() == [Source.IN_PROGRESS, Source.BUILT, Source.BUILT]
        assert await store.facts(KEY, INTERVAL) == SeriesFacts(
            bars=13,
            first_s=0,
            last_s=22,
            digits=found.digits,
            history_begins_s=0,
            spans=(Span(0, 9),),
            gaps=(Gap(10, 20, GapReason.DISCONNECTED),),
            drift=Drift(bars=4),
        )
        assert store.note == ""

    in_run(path, write)
    in_run(path, read)
    in_run(path, read, read_only=True)


def test_calls_are_done_in_their_order(path: Path) -> None:
    async def together(store: CandleStore) -> None:
        lengths = await asyncio.gather(
            *(
                call
                for at in range(5)
                for call in (
                    store.save(KEY, INTERVAL, some(1, at)),
                    store.load(KEY, INTERVAL),
                )
            )
        )
        assert [len(found) for found in lengths if found is not None] == [1, 2, 3, 4, 5]

    in_run(path, together)


def test_what_is_given_may_be_changed_at_once(path: Path) -> None:
    async def save(store: CandleStore) -> None:
        gate, candles = hold(store), some(5)
        saving = asyncio.get_running_loop().create_task(store.save(KEY, INTERVAL, candles))
        await settle()
        candles.clear()
        gate.set()
        await saving

    in_run(path, save)
    assert stored(path) == 5


def test_the_arrays_belong_to_the_caller(path: Path) -> None:
    async def change(store: CandleStore) -> None:
        await store.save(KEY, INTERVAL, some(5))
        found = await store.load(KEY, INTERVAL)
        found.values[:] = 0.0
        found.time[:] = 0
        again = await store.load(KEY, INTERVAL)
        assert again.time.tolist() == [0, 1, 2, 3, 4]
        assert again.open.all()

    in_run(path, change)


def test_a_number_that_is_none_is_told_to_the_caller(path: Path) -> None:
    async def save(store: CandleStore) -> None:
        with pytest.raises(ValueError, match="x"):
            await store.save(KEY, INTERVAL, [Candle(0, "x", "1", "1", "1")])

    in_run(path, save)
    assert stored(path) == 0


def test_damage_is_told_once(path: Path) -> None:
    path.write_bytes(b"no database at all" * 400)
    notes: list[str] = []

    async def load(store: CandleStore) -> str:
        handle = store.noted.connect(notes.append)
        for _ in range(2):
            assert len(await store.load(KEY, INTERVAL)) == 0
        handle.disconnect()
        return store.note

    note = in_run(path, load)
    assert notes == [note]
    assert "damaged" in note


def test_after_close_every_call_is_refused(path: Path) -> None:
    async def run() -> None:
        store = CandleStore(path, clock=FakeClock())
        await store.save(KEY, INTERVAL, some(5))
        await store.close()
        await store.close()
        for call in (
            store.open(),
            store.load(KEY, INTERVAL),
            store.facts(KEY, INTERVAL),
            store.names(),
            store.save(KEY, INTERVAL, some(9)),
            store.explain(KEY, INTERVAL, Gap(0, 9, GapReason.CLOSED)),
            store.add_drift(KEY, INTERVAL, Drift()),
        ):
            with pytest.raises(StoreError, match="closed"):
                await call

    asyncio.run(run())
    assert [file.name for file in path.parent.iterdir()] == [path.name]  # all is in the one file
    assert stored(path) == 5


def test_closing_a_store_that_was_not_used_makes_nothing(path: Path) -> None:
    async def nothing(_: CandleStore) -> None: ...

    in_run(path, nothing)
    assert not path.exists()


def test_close_waits_for_what_was_called_before(path: Path) -> None:
    async def run() -> None:
        store = CandleStore(path, clock=FakeClock())
        gate = hold(store)
        spawn = asyncio.get_running_loop().create_task
        saving = spawn(store.save(KEY, INTERVAL, some(5)))
        await settle()
        closing = spawn(store.close())
        await settle()
        gate.set()
        await closing
        await saving

    asyncio.run(run())
    assert stored(path) == 5


def test_close_gives_up_what_takes_too_long(path: Path) -> None:
    async def run() -> None:
        clock = FakeClock()
        store = CandleStore(path, clock=clock)
        await store.save(KEY, INTERVAL, some(5))
        gate = hold(store)
        spawn = asyncio.get_running_loop().create_task
        saving = spawn(store.save(KEY, INTERVAL, some(9)))
        await settle()
        closing = spawn(store.close())
        await settle()
        clock.now += CLOSING_S
        gate.set()
        await closing
        with pytest.raises(StoreError, match="stopping"):
            await saving

    asyncio.run(run())
    assert stored(path) == 5


def test_a_caller_that_is_cancelled_leaves_the_store_in_order(path: Path) -> None:
    async def cancel(store: CandleStore) -> None:
        gate = hold(store)
        saving = asyncio.get_running_loop().create_task(store.save(KEY, INTERVAL, some(5)))
        await settle()
        saving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saving
        gate.set()
        await store.save(KEY, INTERVAL, some(2, 50))
        assert len(await store.load(KEY, INTERVAL)) in {2, 7}

    in_run(path, cancel)


def test_the_desk_goes_on_where_the_disk_refuses(path: Path) -> None:
    in_the_way = path / "a folder"
    in_the_way.mkdir(parents=True)

    async def refuse(store: CandleStore) -> None:
        for _ in range(2):
            with pytest.raises(StoreError, match="cannot be used"):
                await store.save(KEY, INTERVAL, some(5))
        shutil.rmtree(path)
        await store.save(KEY, INTERVAL, some(5))

    in_run(path, refuse)
    assert stored(path) == 5
