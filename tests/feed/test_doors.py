import asyncio
from collections.abc import Coroutine

from hypothesis import given, settings
from hypothesis import strategies as st

from alltick_desk.feed.doors import Doors


def started(coroutine: Coroutine[None, None, None]) -> "asyncio.Task[None]":
    return asyncio.get_running_loop().create_task(coroutine)


def test_without_a_limit_nobody_waits() -> None:
    async def main() -> None:
        doors = Doors()
        for n in range(50):
            await doors.enter(f"#{n}")
        assert not doors.full

    asyncio.run(main())


def test_the_next_comes_in_when_one_has_left() -> None:
    async def main() -> None:
        doors = Doors(1)
        await doors.enter("a")
        assert doors.full
        second = started(doors.enter("b"))
        third = started(doors.enter("c"))
        await asyncio.sleep(0)
        assert not second.done()
        doors.leave("a")
        await second
        assert not third.done()
        doors.leave("b")
        await third

    asyncio.run(main())


def test_one_that_gives_up_leaves_its_place_to_the_next_even_as_it_is_let_in() -> None:
    async def main() -> None:
        doors = Doors(1)
        await doors.enter("a")
        second = started(doors.enter("b"))
        third = started(doors.enter("c"))
        await asyncio.sleep(0)
        doors.leave("a")
        second.cancel()  # its turn has come, and it does not know yet
        await asyncio.gather(second, return_exceptions=True)
        await third
        assert second.cancelled()

    asyncio.run(main())


def test_a_larger_plan_lets_those_in_who_wait_and_a_smaller_one_throws_nobody_out() -> None:
    async def main() -> None:
        doors = Doors(1)
        await doors.enter("a")
        second = started(doors.enter("b"))
        await asyncio.sleep(0)
        doors.configure(2)
        await second
        doors.configure(1)
        doors.leave("a")
        assert doors.full

    asyncio.run(main())


def test_it_knows_who_came_up_of_those_that_are_there() -> None:
    async def main() -> None:
        doors = Doors(5)
        for name, at_s in (("a", 10.0), ("b", 12.0)):
            await doors.enter(name)
            doors.came_up(name, at_s)
        await doors.enter("c")  # on its way
        assert doors.came_up_since(12.0, but="a")
        assert not doors.came_up_since(12.0, but="b")
        doors.leave("b")
        assert not doors.came_up_since(12.0, but="a")

    asyncio.run(main())


@settings(max_examples=200, deadline=None)
@given(
    most=st.integers(1, 4),
    deeds=st.lists(st.tuples(st.sampled_from(["enter", "leave", "cancel"]), st.integers(0, 7))),
)
def test_never_are_more_inside_than_the_plan_has_and_never_does_one_wait_for_nothing(
    most: int, deeds: list[tuple[str, int]]
) -> None:
    async def main() -> None:
        doors = Doors(most)
        inside: set[str] = set()
        entering: dict[str, asyncio.Task[None]] = {}

        async def enter(name: str) -> None:
            await doors.enter(name)
            inside.add(name)
            assert len(inside) <= most

        async def quieten() -> None:
            for _ in range(5):
                await asyncio.sleep(0)
            for name in [name for name, task in entering.items() if task.done()]:
                del entering[name]

        for deed, n in deeds:
            name = f"#{n}"
            if deed == "enter" and name not in inside and name not in entering:
                entering[name] = started(enter(name))
            elif deed == "leave" and name in inside:
                inside.remove(name)
                doors.leave(name)
            elif deed == "cancel" and name in entering:
                entering[name].cancel()
            if n % 2:
                await quieten()
        await quieten()
        assert not entering or len(inside) == most
        for task in entering.values():
            task.cancel()
        await asyncio.gather(*entering.values(), return_exceptions=True)

    asyncio.run(main())
