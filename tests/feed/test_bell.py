import asyncio

from fakes import FakeClock, settle

from alltick_desk.feed.bell import Bell


def test_a_ring_wakes_the_waiter_and_is_used_up() -> None:
    async def main() -> None:
        bell = Bell(FakeClock())
        bell.ring()
        assert await bell.wait(60.0)
        bell.ring()
        bell.hush()
        async with asyncio.TaskGroup() as group:
            waiter = group.create_task(bell.wait())
            await settle()
            assert not waiter.done()
            bell.ring()
        assert waiter.result()

    asyncio.run(main())


def test_a_ring_ends_a_timed_wait_at_once() -> None:
    async def main() -> None:
        bell = Bell(FakeClock())
        async with asyncio.TaskGroup() as group:
            waiter = group.create_task(bell.wait(10.0))
            await settle()
            bell.ring()
            await settle()
            assert waiter.done()
        assert waiter.result()

    asyncio.run(main())


def test_it_waits_no_longer_than_the_clock_says_and_leaves_nothing_behind() -> None:
    async def main() -> None:
        clock = FakeClock()
        bell = Bell(clock)
        before = asyncio.all_tasks()
        async with asyncio.TaskGroup() as group:
            waiter = group.create_task(bell.wait(10.0))
            await clock.advance(9.9)
            assert not waiter.done()
            await clock.advance(0.1)
        assert not waiter.result()
        assert asyncio.all_tasks() == before

    asyncio.run(main())


def test_a_cancelled_waiter_leaves_nothing_behind() -> None:
    async def main() -> None:
        bell = Bell(FakeClock())
        before = asyncio.all_tasks()
        async with asyncio.TaskGroup() as group:
            waiter = group.create_task(bell.wait(10.0))
            await settle()
            waiter.cancel()
        assert waiter.cancelled()
        assert asyncio.all_tasks() == before

    asyncio.run(main())
