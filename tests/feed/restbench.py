"""What HTTP calls are made with: a throttle with gates, a plain codec and a tiny server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.rest import Rest
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
