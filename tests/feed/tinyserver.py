"""A tiny AllTick on loopback, written by hand, and what a session needs around it."""

import asyncio
import json
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from fakes import ScaledClock
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from alltick_desk.clock import Clock
from alltick_desk.errors import Verdict
from alltick_desk.feed.doors import Doors
from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.seats import Seats
from alltick_desk.feed.wiring import Wiring
from alltick_desk.model.market import Depth, LiveCandle, Quote, Trade
from alltick_desk.vendors.alltick import CODEC
from alltick_desk.vendors.base import Address, Codec

TOKEN = "t0ken-that-nobody-may-see"
RATE = 40.0  # seconds of the desk in one of the machine
PATIENCE_S = 30.0  # of the machine; only ever reached by a test that fails
SILENT = logging.Logger("silent")  # noqa: LOG001
SILENT.disabled = True
HEARTBEAT, DEPTH, TRADES, CANCEL = 22000, 22002, 22004, 22006  # AllTick's commands
OK = {"ret": 200, "msg": "ok"}


async def eventually(condition: Callable[[], object]) -> None:
    """Wait until ``condition`` holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.002)


class TinyAllTick:
    """Answers subscriptions and heartbeats, and misbehaves as told.

    Attributes:
        url: where it listens, without the token.
        token: the one it accepts.
        connections_allowed: how many at once, else 429.
        commands: every command received, as (connection number, cmd_id, data).
        live: the open connections by number, counted from 1.
        held: codes subscribed, by (connection number, cmd_id).
        mute: commands that get no answer.
        refuse: called with (cmd_id, codes), returns a ret or None.
        greet: called with each new connection.
    """

    def __init__(self) -> None:
        self.url = ""
        self.token = TOKEN
        self.connections_allowed = 10
        self.commands: list[tuple[int, int, dict[str, Any]]] = []
        self.live: dict[int, ServerConnection] = {}
        self.held: dict[tuple[int, int], list[str]] = {}
        self.mute: set[int] = set()
        self.refuse: Callable[[int, list[str]], int | None] = lambda _command, _codes: None
        self.greet: Callable[[ServerConnection], Awaitable[None]] | None = None
        self.refused = 0
        self.opened = 0

    def of(self, command: int) -> list[dict[str, Any]]:
        """The data of every command of a kind."""
        return [data for _, cmd, data in self.commands if cmd == command]

    def lists(self, command: int) -> list[list[str]]:
        """The codes of every subscription of a kind."""
        return [[each["code"] for each in data["symbol_list"]] for data in self.of(command)]

    async def push(self, code: str, price: str = "1.5") -> None:
        """Send a trade to every connection."""
        for connection in list(self.live.values()):
            await connection.send(trade(code, price))

    def check(self, connection: ServerConnection, request: Request) -> Response | None:
        """Let a handshake pass or refuse it."""
        if f"?token={self.token}" not in request.path:
            self.refused += 1
            return connection.respond(
                HTTPStatus.UNAUTHORIZED, json.dumps({"ret": 401, "msg": "token invalid"})
            )
        if len(self.live) >= self.connections_allowed:
            self.refused += 1
            return connection.respond(HTTPStatus.TOO_MANY_REQUESTS, "")
        return None

    async def talk(self, connection: ServerConnection) -> None:
        """Serve one connection."""
        self.opened += 1
        number = self.opened
        self.live[number] = connection
        try:
            if self.greet is not None:
                await self.greet(connection)
            async for message in connection:
                asked = json.loads(message)
                self.commands.append((number, asked["cmd_id"], asked["data"]))
                if asked["cmd_id"] not in self.mute:
                    await connection.send(json.dumps(self.answer(number, asked)))
        except ConnectionClosed:
            pass
        finally:
            del self.live[number]
            self.held = {key: codes for key, codes in self.held.items() if key[0] != number}

    def answer(self, number: int, asked: dict[str, Any]) -> dict[str, Any]:
        command = asked["cmd_id"]
        answer = {**OK, "cmd_id": command + 1, "seq_id": asked["seq_id"], "trace": asked["trace"]}
        if command in {DEPTH, TRADES}:
            codes = [each["code"] for each in asked["data"]["symbol_list"]]
            ret = self.refuse(command, codes)
            if ret is not None:
                return {**answer, "ret": ret, "msg": "no"}
            self.held[number, command] = codes
        elif command == CANCEL:
            which = {1: DEPTH, 2: TRADES}[asked["data"]["cancel_type"]]
            self.held.pop((number, which), None)
        return {**answer, "data": {}}


def trade(code: str, price: str = "1.5") -> str:
    """Return a trade push."""
    return json.dumps(
        {
            "cmd_id": 22998,
            "data": {
                "code": code,
                "seq": "1605509068000001",
                "tick_time": "1605509068000",
                "price": price,
                "volume": "300",
                "turnover": "12345.6",
                "trade_direction": 1,
            },
        }
    )


def book(code: str) -> str:
    """Return a depth push."""
    levels = [{"price": "9.12", "volume": "9.12"}]
    data = {"code": code, "seq": 1, "tick_time": 1605509068000, "bids": levels, "asks": levels}
    return json.dumps({"cmd_id": 22999, "data": data})


@asynccontextmanager
async def tiny_alltick() -> AsyncIterator[TinyAllTick]:
    """Run a server on a free loopback port."""
    tiny = TinyAllTick()
    async with serve(
        tiny.talk,
        "127.0.0.1",
        0,
        process_request=tiny.check,
        close_timeout=1,
        ping_interval=None,
        logger=SILENT,  # what is searched for the token are the desk's logs
    ) as server:
        tiny.url = f"ws://127.0.0.1:{port_of(server)}/quote-stock-b-ws-api"
        yield tiny


def port_of(server: Server) -> int:
    """Return where a server listens."""
    return int(next(iter(server.sockets)).getsockname()[1])


class Recorder:
    """A sink that keeps what it is given, or breaks as told."""

    def __init__(self) -> None:
        self.trades: list[tuple[Trade, float]] = []
        self.depths: list[tuple[Depth, float]] = []
        self.quotes: list[tuple[Quote, float]] = []
        self.candles: list[tuple[LiveCandle, float]] = []
        self.fault: Exception | None = None

    def trade(self, trade: Trade, now_s: float) -> None:
        self.trades.append((trade, now_s))
        if self.fault is not None:
            raise self.fault

    def depth(self, depth: Depth, now_s: float) -> None:
        self.depths.append((depth, now_s))

    def quote(self, quote: Quote, now_s: float) -> None:
        self.quotes.append((quote, now_s))

    def candle(self, live: LiveCandle, now_s: float) -> None:
        self.candles.append((live, now_s))


class OpenTicket:
    """A ticket that notes what became of it."""

    def __init__(
        self, log: list[tuple[str, str, float]], entry: tuple[str, str], clock: Clock
    ) -> None:
        self._log = log
        self._entry = entry
        self._clock = clock

    def sent(self) -> None:
        self._log.append((*self._entry, self._clock.monotonic()))

    def cancel(self) -> None:
        self._log.append((f"cancelled {self._entry[0]}", self._entry[1], self._clock.monotonic()))


class OpenThrottle:
    """Lets everything pass at once, and keeps a log of (what, socket, monotonic seconds)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.log: list[tuple[str, str, float]] = []
        self.punished: list[tuple[str, Verdict]] = []
        self.lanes: list[tuple[str, Lane]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def connect(self, socket: str) -> OpenTicket:
        await self.gate.wait()
        return OpenTicket(self.log, ("connect", socket), self._clock)

    async def socket_request(self, socket: str, *, lane: Lane = Lane.CLICK) -> OpenTicket:
        await self.gate.wait()
        self.lanes.append((socket, lane))
        return OpenTicket(self.log, ("request", socket), self._clock)

    async def heartbeat(self, socket: str) -> OpenTicket:
        return OpenTicket(self.log, ("heartbeat", socket), self._clock)

    def closed(self, socket: str) -> None:
        self.log.append(("closed", socket, self._clock.monotonic()))

    def punish(self, name: str, verdict: Verdict) -> None:
        self.punished.append((name, verdict))

    def times(self, what: str) -> list[float]:
        return [at for name, _, at in self.log if name == what]


class Desk:
    """Everything around a session or a pool."""

    def __init__(self, tiny: TinyAllTick, codec: Codec = CODEC) -> None:
        self.clock = ScaledClock(RATE)
        self.throttle = OpenThrottle(self.clock)
        self.sink = Recorder()
        self.token: str | None = TOKEN
        self.reports: list[BaseException] = []
        self.changes = 0
        self.url = tiny.url
        self.wiring = Wiring(
            codec=codec,
            throttle=self.throttle,
            address=self.address,
            sink=self.sink,
            clock=self.clock,
            rng=random.Random(7),
            seats=Seats(),
            doors=Doors(),
            report=self.reports.append,
            on_change=self.changed,
        )

    def address(self, family: str) -> Address | None:
        assert family == "stock"
        return None if self.token is None else Address(f"{self.url}?token={self.token}")

    def changed(self) -> None:
        self.changes += 1


@asynccontextmanager
async def running(*runs: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Run until the block ends, then cancel, and see that no task is left behind."""
    before = asyncio.all_tasks()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_awaited(run)) for run in runs]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
    assert not [task for task in asyncio.all_tasks() - before if not _of_a_server(task)]


def _of_a_server(task: "asyncio.Task[Any]") -> bool:
    return "/websockets/asyncio/server.py" in task.get_coro().cr_code.co_filename


async def _awaited(run: Callable[[], Awaitable[None]]) -> None:
    await run()
