"""A client of the simulated exchange that is written from the vendor's documents alone."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fakes import FakeClock
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.script import Script
from alltick_desk.sim.server import Server, serve

STOCK_HTTP, OTHER_HTTP = "/quote-stock-b-api", "/quote-b-api"
STOCK_WS, OTHER_WS = "/quote-stock-b-ws-api", "/quote-b-ws-api"
HEARTBEAT, DEPTH, TRADES, CANCEL = 22000, 22002, 22004, 22006
TRADE_PUSH, DEPTH_PUSH = 22998, 22999
TOKEN = "a-token"


class Client:
    """Talks to one exchange under a clock that stands still unless advanced."""

    def __init__(self, exchange: Exchange, server: Server, clock: FakeClock) -> None:
        self.exchange = exchange
        self.server = server
        self.clock = clock
        self.http = httpx.AsyncClient(trust_env=False, base_url=server.base_url)
        self._numbers = itertools.count(1)

    async def get(self, path: str, data: Any = None, **parameters: str) -> httpx.Response:
        """Make a GET call with a document that holds ``data``."""
        if data is not None:
            document = {"trace": f"t{next(self._numbers)}", "data": data}
            parameters.setdefault("query", json.dumps(document))
        parameters.setdefault("token", TOKEN)
        return await self.http.get(path, params=parameters)

    async def call(self, path: str, data: Any) -> dict[str, Any]:
        """Make a GET call well out of every limit's way, and return its document."""
        await self.clock.advance(60)
        return (await self.get(path, data)).json()

    async def post(self, path: str, data: Any) -> dict[str, Any]:
        """Make a POST call well out of every limit's way, and return its document."""
        await self.clock.advance(60)
        document = {"trace": f"t{next(self._numbers)}", "data": data}
        response = await self.http.post(path, params={"token": TOKEN}, json=document)
        return response.json()

    async def kline(
        self, code: str, kind: int, count: int, path: str = STOCK_HTTP, end: int = 0
    ) -> list[dict[str, str]]:
        """Return the rows of a kline call."""
        answer = await self.call(f"{path}/kline", kline_data(code, kind, count, end))
        assert answer["ret"] == 200, answer
        return answer["data"]["kline_list"]

    @asynccontextmanager
    async def socket(self, path: str = STOCK_WS, token: str = TOKEN) -> AsyncIterator["Socket"]:
        """Open a WebSocket."""
        url = f"{self.server.ws_url}{path}?token={token}"
        async with connect(url, proxy=None, ping_interval=None, close_timeout=0.05) as wire:
            yield Socket(wire, self.clock)


class Socket:
    """One WebSocket."""

    def __init__(self, wire: ClientConnection, clock: FakeClock) -> None:
        self.wire = wire
        self._clock = clock
        self._numbers = itertools.count(1)
        self.pushes: list[dict[str, Any]] = []

    async def send(self, command: int, data: Any = None) -> int:
        """Send a command; return its seq_id."""
        number = next(self._numbers)
        document = {"cmd_id": command, "seq_id": number, "trace": f"w{number}", "data": data or {}}
        await self.wire.send(json.dumps(document))
        return number

    async def answer(self) -> dict[str, Any]:
        """Return the next message that is no push."""
        while True:
            message = json.loads(await self.wire.recv())
            if "ret" in message:
                return message
            self.pushes.append(message)

    async def ask(self, command: int, data: Any = None) -> dict[str, Any]:
        """Send a command and return its answer."""
        number = await self.send(command, data)
        answer = await self.answer()
        assert answer["cmd_id"] == command + 1
        assert answer["seq_id"] == number
        assert answer["trace"] == f"w{number}"
        return answer

    async def until_closed(self) -> ConnectionClosed:
        """Read on until the exchange ends the connection; return how it did.

        ``pushes`` is then what came until the end.
        """
        self.pushes.clear()
        try:
            while True:
                self.pushes.append(json.loads(await self.wire.recv()))
        except ConnectionClosed as closed:
            return closed

    async def garbled(self) -> int:
        """Read on to the answer of a heartbeat; return how many messages were no JSON."""
        number, count = await self.send(HEARTBEAT), 0
        while True:
            try:
                if (await self.answer())["seq_id"] == number:
                    return count
            except json.JSONDecodeError:
                count += 1

    async def subscribe(self, command: int, *codes: str, level: int = 5) -> int:
        """Wait long enough, subscribe, and return what was answered."""
        await self._clock.advance(3.0)
        answer = await self.ask(command, symbols(*codes, level=level))
        return int(answer["ret"])

    async def hear(self, seconds: float) -> list[dict[str, Any]]:
        """Let time pass, with heartbeats; return the pushes that came."""
        self.pushes.clear()
        while seconds > 0:
            await self._clock.advance(min(10.0, seconds))
            await self.ask(HEARTBEAT)
            seconds -= 10
        return list(self.pushes)


def symbols(*codes: str, level: int | None = None) -> dict[str, Any]:
    """Return the data of a list of codes."""
    extra = {} if level is None else {"depth_level": level}
    return {"symbol_list": [{"code": code, **extra} for code in codes]}


def kline_data(code: str, kind: int, count: int, end: int = 0) -> dict[str, Any]:
    """Return the data of a kline call."""
    return {
        "code": code,
        "kline_type": kind,
        "kline_timestamp_end": end,
        "query_kline_num": count,
        "adjust_type": 0,
    }


def play(
    scenario: Callable[[Client], Awaitable[None]],
    *,
    plan: str = "premium",
    seed: int = 1,
    script: Script | None = None,
) -> Exchange:
    """Run a scenario against a fresh exchange; return the exchange as it was left."""
    clock = FakeClock()
    exchange = Exchange(plan=plan, seed=seed, clock=clock, script=script)

    async def run() -> None:
        async with serve(exchange) as server:
            client = Client(exchange, server, clock)
            async with client.http:
                await scenario(client)

    asyncio.run(run())
    return exchange


def limits(exchange: Exchange) -> list[str]:
    """Return the limits that were broken, in order."""
    return [breach.limit for breach in exchange.breaches]
