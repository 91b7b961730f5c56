"""HTTP calls on a bad network: told without the token, and no connection is left."""

import asyncio
import gc

import pytest
from restbench import TOKEN, Throttle, hello, question, rest_at, server

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.throttle import Lane


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
