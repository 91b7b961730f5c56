import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tinyserver import SILENT, TOKEN, Recorder, port_of
from websockets.asyncio.server import ServerConnection, serve
from websockets.client import ClientProtocol
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

from alltick_desk.feed import connection as module
from alltick_desk.feed.connection import (
    CLOSE_TIMEOUT_S,
    Connection,
    HandshakeError,
    UnreachableError,
    open_connection,
)
from alltick_desk.feed.intake import Intake
from alltick_desk.vendors.base import Address, Alive


def intake() -> Intake:
    return Intake(
        "toy",
        decode=lambda _frame: Alive(),
        sink=Recorder(),
        control=lambda _event: None,
        report=lambda error: pytest.fail(repr(error)),
    )


async def opened(url: str, headers: dict[str, str] | None = None) -> Connection:
    return await open_connection(Address(url, headers or {}), intake(), lambda: 5.0)


async def problem(url: str) -> str:
    """Connect in vain; return the sentence, after a look at everything that hangs on it."""
    with pytest.raises(UnreachableError) as caught:
        await opened(url)
    error: BaseException | None = caught.value
    assert error is not None
    assert error.__cause__ is None
    assert error.__context__ is None
    return str(error)


@pytest.mark.parametrize(
    "url",
    [
        f"ws://[{TOKEN}",
        f"http://127.0.0.1/?token={TOKEN}",
        f"ws://127.0.0.1:9/#{TOKEN}",
        f"ws://user@127.0.0.1:9/?token={TOKEN}",
        f"ws://127.0.0.1:notaport/?token={TOKEN}",
        f"ws://127.0.0.1:9/?token={TOKEN}",
    ],
)
def test_a_bad_address_is_a_sentence_without_the_token(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sentence = asyncio.run(problem(url))
    assert sentence.endswith(".")
    assert TOKEN not in sentence + caplog.text


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (TimeoutError(), "quotes.example did not answer within 10 seconds."),
        (
            socket.gaierror(-2, "x"),
            "The name quotes.example could not be found; this machine may be offline.",
        ),
        (ssl.SSLError("x"), "No secure connection to quotes.example could be made."),
        (OSError("several"), "quotes.example could not be reached."),
        (OSError(111, "x"), "quotes.example could not be reached: Connection refused."),
        (
            ImportError("python-socks"),
            "The proxy that this machine is set to use does not work for this connection.",
        ),
    ],
)
def test_every_failure_of_the_network_has_its_sentence(
    error: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_opener: object) -> None:
        raise error

    monkeypatch.setattr(module._Opener, "connect", fail)
    assert asyncio.run(problem(f"ws://quotes.example/?token={TOKEN}")) == sentence


def test_no_redirect_is_followed_and_a_refusal_keeps_status_and_body() -> None:
    asked: list[str] = []

    def refuse(connection: ServerConnection, request: Request) -> Response:
        asked.append(request.path)
        response = connection.respond(302, '{"ret":302}')
        response.headers["Location"] = f"/elsewhere?token={TOKEN}"
        return response

    async def main() -> HandshakeError:
        async with serve(_idle, "127.0.0.1", 0, process_request=refuse, logger=SILENT) as server:
            with pytest.raises(HandshakeError) as caught:
                await opened(f"ws://127.0.0.1:{port_of(server)}/here")
            return caught.value

    error = asyncio.run(main())
    assert asked == ["/here"]
    assert (error.status, error.body) == (302, b'{"ret":302}')
    assert error.__context__ is None


def test_something_that_speaks_no_websocket_is_a_sentence() -> None:
    async def main() -> str:
        async with raw_server(b"SSH-2.0-OpenSSH\r\n") as port:
            return await problem(f"ws://127.0.0.1:{port}/?token={TOKEN}")

    assert asyncio.run(main()) == "127.0.0.1 did not answer as a WebSocket server does."


def test_headers_travel_and_nothing_is_compressed() -> None:
    seen: list[dict[str, str]] = []

    async def talk(connection: ServerConnection) -> None:
        assert connection.request is not None
        seen.append(dict(connection.request.headers.raw_items()))
        await connection.wait_closed()

    async def main() -> None:
        async with serve(talk, "127.0.0.1", 0, logger=SILENT) as server:
            connection = await opened(f"ws://127.0.0.1:{port_of(server)}/", {"token": TOKEN})
            await connection.leave()

    asyncio.run(main())
    assert seen[0]["token"] == TOKEN
    assert seen[0]["User-Agent"] == "alltick-desk"
    assert "Sec-WebSocket-Extensions" not in seen[0]


def test_no_proxy_is_used_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)

    async def main() -> None:
        async with serve(_idle, "127.0.0.1", 0, logger=SILENT) as server:
            await (await opened(f"ws://127.0.0.1:{port_of(server)}/")).leave()
        # Port 9 refuses, so somewhere else was gone to by way of it.
        assert "Connection refused" in await problem(f"ws://quotes.example/?token={TOKEN}")

    asyncio.run(main())


def test_a_peer_that_never_closes_does_not_hold_us_up() -> None:
    async def main() -> None:
        async with raw_server(None) as port:
            connection = await opened(f"ws://127.0.0.1:{port}/")
            connection.transport.write(bytes(30_000_000))  # so that even the farewell is stuck
            loop = asyncio.get_running_loop()
            began_s = loop.time()
            await connection.leave()
            assert loop.time() - began_s < 4 * CLOSE_TIMEOUT_S
            assert connection.state is State.CLOSED

    assert CLOSE_TIMEOUT_S <= 0.5
    asyncio.run(main())


def test_the_clock_is_read_once_for_all_the_messages_of_a_read() -> None:
    async def talk(connection: ServerConnection) -> None:
        connection.transport.write(b"\x81\x01x" * 100)
        await connection.wait_closed()

    async def main() -> None:
        times = iter(range(1000))
        taken = intake()
        async with serve(talk, "127.0.0.1", 0, logger=SILENT) as server:
            address = Address(f"ws://127.0.0.1:{port_of(server)}/")
            connection = await open_connection(address, taken, lambda: float(next(times)))
            while taken.messages < 100:
                await asyncio.sleep(0.001)
            assert taken.last_message_s == taken.now_s < 50
            await connection.leave()

    asyncio.run(main())


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 64, 1000])
def test_frames_may_come_with_the_answer_to_the_handshake(size: int) -> None:
    """Whatever the reads' sizes: no frame is lost between the library's reading and ours."""

    class Wire(asyncio.Transport):
        def __init__(self) -> None:
            super().__init__()
            self.written = b""

        def write(self, data: bytes | bytearray | memoryview) -> None:
            self.written += bytes(data)

        def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
            pass

        def is_closing(self) -> bool:
            return False

        def close(self) -> None:
            pass

    async def main() -> None:
        taken = intake()
        connection = Connection(
            ClientProtocol(parse_uri("ws://localhost/")), intake=taken, monotonic=lambda: 1.0
        )
        wire = Wire()
        connection.connection_made(wire)
        shaking = asyncio.get_running_loop().create_task(connection.handshake())
        await asyncio.sleep(0)
        server = ServerProtocol()
        server.receive_data(wire.written)
        (request,) = server.events_received()
        assert isinstance(request, Request)
        server.send_response(server.accept(request))
        # The second looks like many, to whoever has lost the place.
        for text in (b"one", b"\x81\x01x" * 70, b"three"):
            server.send_text(text)
        stream = b"".join(server.data_to_send())
        for at in range(0, len(stream), size):
            connection.data_received(stream[at : at + size])
        await shaking
        assert (taken.messages, connection.state) == (3, State.OPEN)
        connection.connection_lost(None)

    asyncio.run(main())


async def _idle(connection: ServerConnection) -> None:
    await connection.wait_closed()


@asynccontextmanager
async def raw_server(greeting: bytes | None) -> AsyncIterator[int]:
    """A peer that says ``greeting`` and hangs up, or shakes hands and never reacts again."""
    done = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if greeting is not None:
            writer.write(greeting)
        else:
            protocol = ServerProtocol(logger=SILENT)
            protocol.receive_data(head)
            (request,) = protocol.events_received()
            assert isinstance(request, Request)
            protocol.send_response(protocol.accept(request))
            writer.writelines(protocol.data_to_send())
            await done.wait()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        done.set()
        await asyncio.sleep(0)
