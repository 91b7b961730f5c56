"""The one port: HTTP and WebSocket of every dialect, over one listening socket on loopback."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from typing import Any, Final

from alltick_desk.sim.alltick.dialect import AllTick
from alltick_desk.sim.control import Control
from alltick_desk.sim.dialect import Admission, Dialect
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.http import Answer, BadRequest, HttpConnection, Request
from alltick_desk.sim.itick.dialect import ITick
from alltick_desk.sim.live import Live
from alltick_desk.sim.script import Fault
from alltick_desk.sim.websocket import Channel

LOOPBACK: Final = "127.0.0.1"
_WATCH_S: Final = 0.2  # how often heartbeats and the script's times are looked at
_READ: Final = 65_536
_SILENT: Final = 1000  # the close code of a connection whose heartbeats stopped


class Server:
    """A listening exchange; made by ``serve``.

    Attributes:
        port: where it listens.
    """

    def __init__(self, exchange: Exchange, tasks: asyncio.TaskGroup) -> None:
        self.exchange = exchange
        self.port = 0
        self._tasks = tasks
        self._dialects: tuple[Dialect, ...] = (AllTick(exchange), ITick(exchange))
        self._control = Control(exchange)
        self._channels: dict[int, tuple[Channel, Dialect]] = {}
        self._live = Live(exchange, self._open_channels)
        self._numbers = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._ours: set[asyncio.Task[Any]] = set()
        self._listener: asyncio.Server | None = None

    @property
    def base_url(self) -> str:
        """The address that replaces the vendor's: scheme, host and port."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def ws_url(self) -> str:
        """The same for WebSockets."""
        return f"ws://{LOOPBACK}:{self.port}"

    async def start(self, port: int) -> None:
        """Listen; OSError where the port is taken."""
        self._listener = await asyncio.start_server(self._connected, LOOPBACK, port)
        self.port = self._listener.sockets[0].getsockname()[1]
        self._spawn(self._watch())
        self._spawn(self._live.run())

    def stop(self) -> None:
        """End every connection and task; the task group waits for them."""
        if self._listener is not None:
            self._listener.close()
        for writer in self._writers:
            writer.transport.abort()
        for task in self._ours:
            task.cancel()

    async def stopped(self) -> None:
        """Wait until nothing of the server is left."""
        while self._ours:
            await asyncio.wait(self._ours)
        await asyncio.sleep(0)  # the transports' last callbacks

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._tasks.create_task(work)
        self._ours.add(task)
        task.add_done_callback(self._ours.discard)

    def _open_channels(self) -> list[tuple[Channel, Dialect]]:
        return [pair for pair in self._channels.values() if pair[0].open]

    # one connection

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._spawn(self._serve(reader, writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            with contextlib.suppress(ConnectionError):  # the client went away
                await self._talk(reader, writer)
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = HttpConnection(reader, writer)
        going_on = True
        while going_on:
            try:
                request = await connection.request(self.exchange.clock)
            except BadRequest:
                connection.answer(Answer(400, b"", content_type="text/plain"))
                return
            if request is None:
                return
            if request.upgrades:
                await self._upgrade(request, reader, writer)
                return
            answer = self._answer(request)
            going_on = await self._send(connection, writer, answer)

    def _answer(self, request: Request) -> Answer:
        if self._control.owns(request.path):
            return self._control.answer(request)
        dialect = self._dialect(request.path)
        return dialect.answer(request) if dialect is not None else Answer(404, b"{}")

    async def _send(
        self, connection: HttpConnection, writer: asyncio.StreamWriter, answer: Answer
    ) -> bool:
        fault = answer.fault
        if fault is not None and fault.do == "drop":
            writer.transport.abort()
            return False
        if fault is not None and fault.do == "delay":
            await self.exchange.clock.sleep(fault.seconds)
        going_on = connection.answer(answer)
        await writer.drain()
        return going_on

    def _dialect(self, path: str) -> Dialect | None:
        return next((dialect for dialect in self._dialects if dialect.owns(path)), None)

    # one WebSocket

    async def _upgrade(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._numbers += 1
        number = self._numbers
        dialect = self._dialect(request.path)
        admission = (
            dialect.admit(request, number) if dialect is not None else Admission.refused(404, "{}")
        )
        if admission.drop:
            writer.transport.abort()
            return
        channel = Channel(
            number=number,
            vendor=dialect.vendor if dialect is not None else "",
            family=admission.family,
            account=admission.account,
            token_fits=admission.token_fits,
            pings=admission.pings,
            writer=writer,
            clock=self.exchange.clock,
            spawn=self._spawn,
        )
        if dialect is None or admission.status is not None:
            channel.handshake(request.raw, admission.status, admission.body)
            return
        try:
            if not channel.handshake(request.raw, None, ""):
                return
            self._channels[number] = channel, dialect
            self.exchange.connections[number] = channel
            admission.greet(channel)
            await self._listen(channel, dialect, reader)
        finally:
            self._channels.pop(number, None)
            self.exchange.connections.pop(number, None)
            self.exchange.changed()
            dialect.ended(channel)

    async def _listen(
        self, channel: Channel, dialect: Dialect, reader: asyncio.StreamReader
    ) -> None:
        clock = self.exchange.clock
        while True:
            data = await reader.read(_READ)
            arrived_s = clock.monotonic()
            for message in channel.receive(data):
                if channel.open:
                    dialect.receive(channel, message, arrived_s)
            if not data or channel.finished:
                return

    # time

    async def _watch(self) -> None:
        exchange = self.exchange
        while True:
            await exchange.clock.sleep(_WATCH_S)
            now = exchange.clock.monotonic()
            for channel, dialect in self._open_channels():
                silent = now - channel.heartbeat_s
                if silent > dialect.heartbeat_s:
                    dialect.judge.silence(channel.number, silent)
                    channel.close(_SILENT, "no heartbeat")
            if exchange.script.faults:
                for fault in exchange.script.due(exchange.now_s()):
                    self._strike(fault)

    def _strike(self, fault: Fault) -> None:
        for channel, dialect in self._open_channels():
            if fault.vendor not in (None, channel.vendor):
                continue
            if fault.family not in (None, channel.family):
                continue
            if fault.connection not in (None, channel.number):
                continue
            if fault.do == "ret":
                dialect.say(channel, fault)
            else:
                channel.suffer(fault)


@contextlib.asynccontextmanager
async def serve(exchange: Exchange, *, port: int = 0) -> AsyncIterator[Server]:
    """Serve an exchange on a loopback port (0: any free one) for as long as the block runs.

    Raises OSError where the port is taken.
    """
    failure: BaseException | None = None
    async with asyncio.TaskGroup() as tasks:
        server = Server(exchange, tasks)
        try:
            await server.start(port)
            yield server
        except BaseException as error:  # noqa: BLE001 - raised again, but not inside a group
            failure = error
        finally:
            server.stop()
            await server.stopped()
    if failure is not None:
        raise failure
