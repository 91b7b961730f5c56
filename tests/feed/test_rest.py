"""HTTP calls: merged, stamped on the wire, refused in words, and silent about the token."""

import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.rest import LARGE_BYTES, Rest
from alltick_desk.feed.throttle import Lane
from alltick_desk.vendors.base import HttpRequest, Query

TOKEN = "marked-token-4711"


class Ticket:
    def __init__(self) -> None:
        self.stamps: list[str] = []

    def sent(self) -> None:
        self.stamps.append("sent")

    def cancel(self) -> None:
        self.stamps.append("cancelled")


class Throttle:
    """Lets calls go when told to, by lane."""

    def __init__(self, *, open_lanes: tuple[Lane, ...] = tuple(Lane)) -> None:
        self.tickets: list[Ticket] = []
        self.punished: list[str] = []
        self.gates = {lane: asyncio.Event() for lane in Lane}
        for lane in open_lanes:
            self.gates[lane].set()

    async def call(self, name: str, lane: Lane) -> Ticket:
        await self.gates[lane].wait()
        self.tickets.append(Ticket())
        return self.tickets[-1]

    def punish(self, name: str, verdict: Verdict) -> None:
        self.punished.append(name)


class Codec:
    """As much of a codec as a call needs."""

    vendor = "alltick"
    title = "AllTick"

    def request(self, base: str, token: str, query: Query[object], trace: str) -> HttpRequest:
        return HttpRequest("GET", f"{base}{query.path}?token={token}", {})


def refuse(verdict: Verdict) -> Callable[[int, bytes], str]:
    def parse(status: int, body: bytes) -> str:
        raise VendorError("said no", vendor="alltick", verdict=verdict, call="kline")

    return parse


def question(
    subject: str = "700.HK", parse: Callable[[int, bytes], str] = lambda _, body: body.decode()
) -> Query[str]:
    return Query("kline", subject, "GET", "/kline", {}, None, parse)


Answer = Callable[[bytes], Awaitable[bytes]]


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Serve ``answer(request head)`` on loopback; yields the base address and what was asked."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                asked.append(head)
                writer.write(await answer(head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}", asked
    finally:
        listening.close()


async def hello(_: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"


def rest_at(
    base: str, throttle: Throttle, *, token: str | None = TOKEN, refused: list[VendorError]
) -> Rest:
    return Rest(
        Codec(),  # type: ignore[arg-type]
        throttle,  # type: ignore[arg-type]
        base=base,
        token=lambda: token,
        on_token_refused=refused.append,
    )


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


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\ncut",
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nbad",
    ],
)
def test_a_broken_answer_is_a_network_error_without_the_token(raw: bytes) -> None:
    async def run() -> VendorError:
        throttle = Throttle()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(raw)
            writer.close()

        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        base = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        rest = rest_at(base, throttle, refused=[])
        with pytest.raises(VendorError) as caught:
            await rest.fetch(question(), Lane.CLICK)
        await rest.close()
        listening.close()
        assert throttle.tickets[0].stamps == ["sent"]
        return caught.value

    error = asyncio.run(run())
    assert error.verdict is Verdict.NETWORK
    chain = []
    step: BaseException | None = error
    while step is not None:
        chain.append(repr(step))
        step = step.__cause__ or step.__context__
    assert TOKEN not in "".join(chain)


def test_nobody_there_costs_no_slot() -> None:
    async def run() -> None:
        listening = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        base = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        listening.close()
        await listening.wait_closed()
        throttle = Throttle()
        rest = rest_at(base, throttle, refused=[])
        with pytest.raises(VendorError) as caught:
            await rest.fetch(question(), Lane.CLICK)
        await rest.close()
        assert caught.value.verdict is Verdict.NETWORK
        assert throttle.tickets[0].stamps == ["cancelled"]

    asyncio.run(run())


def test_a_proxy_that_cannot_be_used_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        throttle = Throttle()
        rest = rest_at("http://vendor.example", throttle, refused=[])
        with pytest.raises(VendorError, match="proxy") as caught:
            await rest.fetch(question(), Lane.CLICK)
        assert caught.value.verdict is Verdict.NETWORK
        assert throttle.tickets[0].stamps == ["cancelled"]

    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    asyncio.run(run())


def test_a_proxys_tunnel_is_not_taken_for_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.close()

        proxy = await asyncio.start_server(serve, "127.0.0.1", 0)
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
        throttle = Throttle()
        rest = rest_at("https://vendor.example", throttle, refused=[])
        with pytest.raises(VendorError):
            await rest.fetch(question(), Lane.CLICK)
        await rest.close()
        proxy.close()
        assert rest.calls == {}
        assert throttle.tickets[0].stamps == ["cancelled"]

    asyncio.run(run())


class Fuse:
    """Answers a call only when told to."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.lit = asyncio.Event()

    async def __call__(self, head: bytes) -> bytes:
        self.asked.set()
        await self.lit.wait()
        return await hello(head)


def test_closing_ends_what_is_under_way_and_leaves_no_connection() -> None:
    async def run() -> None:
        throttle, fuse = Throttle(), Fuse()
        async with server(fuse) as (base, asked):
            rest = rest_at(base, throttle, refused=[])
            asking = asyncio.get_running_loop().create_task(rest.fetch(question(), Lane.CLICK))
            await fuse.asked.wait()
            await rest.close()
            with pytest.raises(VendorError, match="The desk has ended its connection to AllTick"):
                await asking
            with pytest.raises(VendorError, match="The desk has ended its connection"):
                await rest.fetch(question("1.HK"), Lane.CLICK)
            fuse.lit.set()
        assert len(asked) == 1
        assert [ticket.stamps for ticket in throttle.tickets] == [["sent"], ["cancelled"]]

    asyncio.run(run())


@pytest.mark.parametrize("steps", range(12))
def test_closing_at_any_moment_of_connecting_leaves_no_connection(steps: int) -> None:
    """An open transport that nobody holds warns when it is collected, which fails the test."""

    async def run() -> None:
        throttle = Throttle()
        async with server(hello) as (base, _):
            rest = rest_at(base, throttle, refused=[])
            await rest._ready_line()
            asking = asyncio.get_running_loop().create_task(rest.fetch(question(), Lane.CLICK))
            for _ in range(steps):
                await asyncio.sleep(0)
            await rest.close()
            await asyncio.wait((asking,))
            assert asking.exception() is None or isinstance(asking.exception(), VendorError)
        assert all(len(ticket.stamps) == 1 for ticket in throttle.tickets)

    asyncio.run(run())
    gc.collect()
