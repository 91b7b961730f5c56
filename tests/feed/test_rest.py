"""HTTP calls: merged, stamped on the wire, and refused in words."""

import asyncio
import threading

import pytest
from restbench import Throttle, hello, question, refuse, rest_at, server

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.rest import LARGE_BYTES
from alltick_desk.feed.throttle import Lane


def test_an_answer_comes_back_and_the_call_is_stamped_once() -> None:
    async def run() -> None:
        throttle = Throttle()
        async with server(hello) as (base, asked):
            rest = rest_at(base, throttle, refused=[])
            assert await rest.fetch(question(), Lane.CLICK) == "hello"
            assert await rest.fetch(question(), Lane.CLICK) == "hello"
            await rest.close()
        assert len(asked) == 2
        assert [ticket.stamps for ticket in throttle.tickets] == [["sent"], ["sent"]]
        assert rest.calls == {"kline": 2}

    asyncio.run(run())


def test_a_long_answer_is_read_where_it_holds_nobody_up() -> None:
    readers: list[threading.Thread] = []

    def parse(_: int, body: bytes) -> str:
        readers.append(threading.current_thread())
        if len(body) > LARGE_BYTES + 1:
            raise VendorError("no", vendor="alltick", verdict=Verdict.BUG, call="kline")
        return str(len(body))

    async def run() -> None:
        sizes = iter((LARGE_BYTES, LARGE_BYTES + 1, LARGE_BYTES + 2))

        async def long(_: bytes) -> bytes:
            size = next(sizes)
            return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size + bytes(size)

        async with server(long) as (base, _):
            rest = rest_at(base, Throttle(), refused=[])
            assert await rest.fetch(question(parse=parse), Lane.CLICK) == str(LARGE_BYTES)
            assert await rest.fetch(question(parse=parse), Lane.CLICK) == str(LARGE_BYTES + 1)
            with pytest.raises(VendorError, match="no"):
                await rest.fetch(question(parse=parse), Lane.CLICK)
            await rest.close()
        here = threading.main_thread()
        assert [reader is here for reader in readers] == [True, False, False]

    asyncio.run(run())


def test_equal_questions_share_one_call_and_others_do_not() -> None:
    async def run() -> None:
        throttle = Throttle()
        async with server(hello) as (base, asked):
            rest = rest_at(base, throttle, refused=[])
            answers = await asyncio.gather(
                *(rest.fetch(question(), Lane.VISIBLE) for _ in range(5)),
                rest.fetch(question("AAPL.US"), Lane.VISIBLE),
            )
            await rest.close()
        assert answers == ["hello"] * 6
        assert len(asked) == 2

    asyncio.run(run())


def test_a_click_overtakes_the_refill_that_waits_for_the_same_thing() -> None:
    async def run() -> None:
        throttle = Throttle(open_lanes=(Lane.CLICK,))
        async with server(hello) as (base, asked):
            rest = rest_at(base, throttle, refused=[])
            async with asyncio.TaskGroup() as group:
                slow = group.create_task(rest.fetch(question(), Lane.BACKGROUND))
                await asyncio.sleep(0)
                assert await rest.fetch(question(), Lane.CLICK) == "hello"
                throttle.gates[Lane.BACKGROUND].set()
            await rest.close()
        assert slow.result() == "hello"
        assert len(asked) == 1

    asyncio.run(run())


def test_a_refill_that_was_overtaken_takes_the_clicks_answer_and_no_slot() -> None:
    async def run() -> None:
        hold = asyncio.Event()

        async def late(head: bytes) -> bytes:
            await hold.wait()
            return await hello(head)

        throttle = Throttle(open_lanes=(Lane.CLICK,))
        async with server(late) as (base, asked):
            rest = rest_at(base, throttle, refused=[])
            async with asyncio.TaskGroup() as group:
                slow = group.create_task(rest.fetch(question(), Lane.BACKGROUND))
                await asyncio.sleep(0)
                click = group.create_task(rest.fetch(question(), Lane.CLICK))
                while not asked:
                    await asyncio.sleep(0.005)
                throttle.gates[Lane.BACKGROUND].set()
                await asyncio.sleep(0.01)
                hold.set()
            await rest.close()
        assert (slow.result(), click.result()) == ("hello", "hello")
        assert len(asked) == 1
        assert [ticket.stamps for ticket in throttle.tickets] == [["sent"]]

    asyncio.run(run())


def test_when_the_first_asker_leaves_the_next_one_takes_over() -> None:
    async def run() -> None:
        throttle = Throttle(open_lanes=())
        async with server(hello) as (base, asked):
            rest = rest_at(base, throttle, refused=[])
            first = asyncio.get_running_loop().create_task(rest.fetch(question(), Lane.CLICK))
            await asyncio.sleep(0)
            second = asyncio.get_running_loop().create_task(rest.fetch(question(), Lane.CLICK))
            await asyncio.sleep(0)
            first.cancel()
            throttle.gates[Lane.CLICK].set()
            assert await second == "hello"
            await rest.close()
        assert first.cancelled()
        assert len(asked) == 1

    asyncio.run(run())


def test_a_refusal_for_frequency_is_punished_and_tried_again_three_times() -> None:
    async def run() -> None:
        throttle = Throttle()
        async with server(hello) as (base, asked):
            rest = rest_at(base, throttle, refused=[])
            with pytest.raises(VendorError, match="said no"):
                await rest.fetch(question(parse=refuse(Verdict.RATE)), Lane.CLICK)
            await rest.close()
        assert throttle.punished == ["kline"] * 3
        assert len(asked) == 3

    asyncio.run(run())


def test_a_refused_token_is_told_once_and_not_sent_again() -> None:
    async def run() -> None:
        throttle = Throttle()
        refused: list[VendorError] = []
        async with server(hello) as (base, asked):
            rest = rest_at(base, throttle, refused=refused)
            for _ in range(3):
                with pytest.raises(VendorError) as caught:
                    await rest.fetch(question(parse=refuse(Verdict.TOKEN)), Lane.CLICK)
                assert caught.value.verdict is Verdict.TOKEN
            await rest.close()
        assert len(asked) == len(refused) == 1
        assert len(throttle.tickets) == 1

    asyncio.run(run())


def test_without_a_token_nothing_leaves_the_machine() -> None:
    async def run() -> None:
        throttle = Throttle()
        async with server(hello) as (base, asked):
            rest = rest_at(base, throttle, token=None, refused=[])
            with pytest.raises(VendorError) as caught:
                await rest.fetch(question(), Lane.CLICK)
            await rest.close()
        assert caught.value.verdict is Verdict.TOKEN
        assert asked == []

    asyncio.run(run())
