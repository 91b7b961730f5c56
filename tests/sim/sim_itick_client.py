"""A client of the exchange's iTick dialect that is written from the vendor's documents alone."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fakes import FakeClock
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.script import ITickRules, Rules, Script
from alltick_desk.sim.server import Server, serve

TOKEN = "an-itick-token"
CONNECTED = {"code": 1, "msg": "Connected Successfully"}
AUTHENTICATED = {
    "code": 1,
    "resAc": "auth",
    "msg": "authenticated",
    "data": {"params": TOKEN},
}
AUTH_FAILED = {"code": 0, "resAc": "auth", "msg": "auth failed"}


class ITickClient:
    """Talks to one exchange under a clock that stands still unless advanced."""

    def __init__(self, exchange: Exchange, server: Server, clock: FakeClock) -> None:
        self.exchange = exchange
        self.server = server
        self.clock = clock
        self.http = httpx.AsyncClient(trust_env=False, base_url=server.base_url)

    async def get(self, path: str, *, token: str = TOKEN, **parameters: object) -> httpx.Response:
        """Make a GET call."""
        headers = {"token": token} if token else {}
        return await self.http.get(path, params=parameters, headers=headers)

    async def data(self, path: str, **parameters: object) -> Any:
        """Make a GET call that succeeds, and return its data."""
        document = (await self.get(path, **parameters)).json()
        assert document["code"] == 0, document
        return document["data"]

    async def error(self, path: str, **parameters: object) -> str:
        """Make a GET call that fails, and return what it was told."""
        document = (await self.get(path, **parameters)).json()
        assert document["code"] != 0
        assert document["data"] is None
        return str(document["msg"])

    @asynccontextmanager
    async def wire(
        self, path: str = "/stock", *, token: str = TOKEN, program: str = "a desk"
    ) -> AsyncIterator["ITickSocket"]:
        """Open a WebSocket and read nothing."""
        async with connect(
            f"{self.server.ws_url}{path}",
            proxy=None,
            ping_interval=None,
            close_timeout=0.05,
            additional_headers={"token": token} if token else {},
            user_agent_header=program,
        ) as wire:
            yield ITickSocket(wire, self.clock)

    @asynccontextmanager
    async def socket(
        self, path: str = "/stock", *, token: str = TOKEN, program: str = "a desk"
    ) -> AsyncIterator["ITickSocket"]:
        """Open a WebSocket that is signed in by its header."""
        async with self.wire(path, token=token, program=program) as socket:
            assert await socket.read() == CONNECTED
            signed_in = await socket.read()
            assert signed_in == {**AUTHENTICATED, "data": {"params": token}}
            yield socket


class ITickSocket:
    """One WebSocket."""

    def __init__(self, wire: ClientConnection, clock: FakeClock) -> None:
        self.wire = wire
        self._clock = clock
        self._beats = 0
        self.pushes: list[dict[str, Any]] = []

    async def read(self) -> Any:
        """Return the next message, whatever it is."""
        return json.loads(await self.wire.recv())

    async def answer(self) -> dict[str, Any]:
        """Return the next message that is no push."""
        while True:
            message = await self.read()
            if "resAc" in message or "data" not in message:
                return message
            self.pushes.append(message)

    async def ask(self, action: str, params: Any, types: Any = None) -> dict[str, Any]:
        """Send a message and return its answer."""
        document = {"ac": action, "params": params}
        if types is not None:
            document["types"] = types
        await self.wire.send(json.dumps(document))
        return await self.answer()

    async def subscribe(self, params: str, types: str, *, end: bool = False) -> str:
        """Subscribe, or end a subscription; return what was answered."""
        action = "unsubscribe" if end else "subscribe"
        answer = await self.ask(action, params, types)
        assert answer["resAc"] == action
        assert answer["code"] == (1 if answer["msg"].endswith("Successfully") else 0)
        return str(answer["msg"])

    async def beat(self) -> None:
        """Send a heartbeat and wait for its answer, which must be its own."""
        self._beats += 1
        stamp = str(1_700_000_000_000 + self._beats)
        while True:
            answer = await self.ask("ping", stamp)
            if answer == {"resAc": "pong", "data": {"params": stamp}}:
                return

    async def hear(self, seconds: float) -> list[dict[str, Any]]:
        """Let time pass, with heartbeats; return the data of the pushes that came."""
        self.pushes.clear()
        while seconds > 0:
            await self._clock.advance(min(20.0, seconds))
            await self.beat()
            seconds -= 20
        return [push["data"] for push in self.pushes]

    async def until_closed(self) -> ConnectionClosed:
        """Read on until the exchange ends the connection; return how it did.

        ``pushes`` is then what came until the end.
        """
        self.pushes.clear()
        try:
            while True:
                self.pushes.append(await self.read())
        except ConnectionClosed as closed:
            return closed


def itick_play(
    scenario: Callable[[ITickClient], Awaitable[None]],
    *,
    plan: str = "premium",
    seed: int = 1,
    script: Script | None = None,
    rules: ITickRules | None = None,
) -> Exchange:
    """Run a scenario against a fresh exchange; return the exchange as it was left."""
    clock = FakeClock()
    if rules is not None:
        script = Script(rules=Rules(itick=rules))
    exchange = Exchange(itick_plan=plan, seed=seed, clock=clock, script=script)

    async def run() -> None:
        async with serve(exchange) as server:
            client = ITickClient(exchange, server, clock)
            async with client.http:
                await scenario(client)

    asyncio.run(run())
    return exchange
