"""The vendor's own Python SDK against the exchange, with nothing but its two addresses changed.

It blocks and runs threads, and holds a lock while it connects, so every call is made in a thread
of its own while the exchange runs in the loop. The clock runs fast, and its pings and reconnects
with it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import websocket
from fakes import ScaledClock
from itick.sdk.client import Client

from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.limits import describe
from alltick_desk.sim.script import Script
from alltick_desk.sim.server import Server, serve

RATE = 30.0  # seconds of the clock in one of the machine's
PING_S = 0.25  # of the machine's: often enough for one that is busy with something else
PATIENCE_S = 20.0  # of the machine's; only what never comes takes so long
PRODUCTS = {
    "stock": ("US", ["AAPL", "TSLA"]),
    "indices": ("GB", ["NAS100", "US500"]),
    "future": ("US", ["GC", "NQ"]),
    "fund": ("US", ["QQQ", "SPY"]),
    "forex": ("GB", ["EURUSD", "GOLD"]),
    "crypto": ("BA", ["BTCUSDT", "ETHUSDT"]),
}
CLUSTERS = sorted(PRODUCTS)
KINDS = ("tick", "quote", "depth")


@pytest.fixture(autouse=True)
def _bounded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the SDK's libraries off any proxy of the machine, and from waiting for ever."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    before = websocket.getdefaulttimeout()
    websocket.setdefaulttimeout(PATIENCE_S)
    yield
    websocket.setdefaulttimeout(before)


def sdk(server: Server) -> Client:
    """Return the vendor's client, pointed at the exchange and nothing else changed."""

    class Pointed(Client):  # type: ignore[misc] # the SDK has no types
        BASE_URL = server.base_url
        WSS_URL = server.ws_url
        PING_INTERVAL = PING_S
        RECONNECT_INTERVAL = Client.RECONNECT_INTERVAL / RATE

    return Pointed("sdk-token")


class Heard:
    """A client's WebSocket: what came, and its end."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.messages: list[dict[str, Any]] = []
        self.errors: list[BaseException] = []
        client.set_message_handler(self._take)
        client.set_error_handler(self.errors.append)

    def _take(self, message: str | bytes) -> None:
        if message:  # an empty one says that the connection has ended
            self.messages.append(json.loads(message))

    def types(self) -> set[str]:
        """Return the types of the pushes that came."""
        return {message.get("data", {}).get("type", "") for message in self.messages} - {""}

    def close(self) -> None:
        """End the connection, and see its threads end."""
        client = self.client
        client.close_websocket()
        for thread in (client.read_thread, client.ping_thread, client.reconnect_thread):
            if thread is not None:
                thread.join(PATIENCE_S)
                assert not thread.is_alive()


async def until(done: Callable[[], object]) -> None:
    """Wait until something is true; the deadline is only for what never comes."""
    async with asyncio.timeout(PATIENCE_S):
        while not done():
            await asyncio.sleep(0.01)


def play(
    scenario: Callable[[Exchange, Client], Awaitable[None]], script: Script | None = None
) -> Exchange:
    """Run a scenario with the SDK against a fresh exchange."""
    exchange = Exchange(clock=ScaledClock(RATE), script=script)

    async def run() -> None:
        async with serve(exchange) as server:
            await scenario(exchange, sdk(server))

    asyncio.run(run())
    return exchange


@contextmanager
def failing(words: str) -> Iterator[None]:
    with pytest.raises(Exception, match=words) as failed:
        yield
    assert "API error" in str(failed.value)


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_every_market_call_of_a_cluster(cluster: str) -> None:
    region, codes = PRODUCTS[cluster]

    async def scenario(_: Exchange, client: Client) -> None:
        def get(call: str, *arguments: object) -> Any:
            return getattr(client, f"get_{cluster}_{call}")(region, *arguments)

        def calls() -> None:
            for kind in KINDS:
                single = get(kind, codes[0])
                assert (single["s"], single["r"]) == (codes[0], region)
                assert list(get(f"{kind}s", codes)) == codes
            bars = get("kline", codes[0], 2, 10)
            assert len(bars) == 10
            older = get("kline", codes[0], 2, 10, bars[0]["t"] - 1)
            assert len(older) == 10
            assert older[-1]["t"] < bars[0]["t"]
            assert older[-1]["t"] == bars[0]["t"] - 300_000
            assert {len(rows) for rows in get("klines", codes, 1, 5).values()} == {5}
            assert len(get("klines", codes, 8, 3, older[0]["t"])[codes[1]]) == 3

        await asyncio.to_thread(calls)

    exchange = play(scenario)
    assert not exchange.breaches, describe(exchange.breaches)
    assert set(exchange.counts) == {
        f"itick/{call}" for kind in (*KINDS, "kline") for call in (kind, f"{kind}s")
    }


def test_the_calls_of_no_cluster() -> None:
    async def scenario(exchange: Exchange, client: Client) -> None:
        def calls() -> None:
            assert len(client.get_symbol_list()) == len(exchange.floor.listings)
            assert {row["c"] for row in client.get_symbol_holidays()} >= {"HK", "US"}
            info = client.get_stock_info("HK", "700")
            assert (info["ne"], info["c"]) == ("Tencent", "HKD")

        await asyncio.to_thread(calls)

    assert not play(scenario).breaches


def test_errors_are_what_the_sdk_takes_for_errors() -> None:
    async def scenario(_: Exchange, client: Client) -> None:
        def calls() -> None:
            with failing("E001"):
                client.get_stock_quote("US", "NOPE")
            client.token = "expired"
            with failing("E002"):
                client.get_stock_quote("US", "AAPL")

        await asyncio.to_thread(calls)

    assert not play(scenario, Script(bad_tokens=["expired"])).breaches


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_websocket_of_every_cluster(cluster: str) -> None:
    region, codes = PRODUCTS[cluster]
    types = "tick,quote,depth,kline@1"

    async def scenario(exchange: Exchange, client: Client) -> None:
        heard = Heard(client)
        await asyncio.to_thread(getattr(client, f"connect_{cluster}_websocket"))
        try:
            assert await asyncio.to_thread(client.is_websocket_connected)
            await until(lambda: len(heard.messages) == 2)
            connected, signed_in = heard.messages
            assert connected == {"code": 1, "msg": "Connected Successfully"}
            assert signed_in == {
                "code": 1,
                "resAc": "auth",
                "msg": "authenticated",
                "data": {"params": "sdk-token"},
            }
            params = ",".join(f"{code}${region}" for code in codes)
            message = json.dumps({"ac": "subscribe", "params": params, "types": types})
            await asyncio.to_thread(client.send_websocket_message, message)
            await until(lambda: heard.types() == set(types.split(",")))
            assert heard.messages[2]["msg"] == "subscribe Successfully"
            (connection,) = exchange.connections.values()
            assert (connection.vendor, connection.family) == ("itick", cluster)
        finally:
            await asyncio.to_thread(heard.close)

    exchange = play(scenario)
    assert not exchange.breaches, describe(exchange.breaches)
    assert "sdk-token" not in repr(list(exchange.journal))


def test_its_ping_frames_are_heartbeats() -> None:
    async def scenario(exchange: Exchange, client: Client) -> None:
        heard = Heard(client)
        await asyncio.to_thread(client.connect_forex_websocket)
        try:
            begun_s = exchange.clock.monotonic()
            # Longer than a silence may be: without its pings it would have been closed.
            await until(lambda: exchange.clock.monotonic() > begun_s + 70)
            assert await asyncio.to_thread(client.is_websocket_connected)
            (connection,) = exchange.connections.values()
            assert connection.number == 1
            assert heard.errors == []
        finally:
            await asyncio.to_thread(heard.close)

    exchange = play(scenario)
    assert not exchange.breaches, describe(exchange.breaches)


def test_its_own_page_s_example_is_refused_as_documented() -> None:
    async def scenario(_: Exchange, client: Client) -> None:
        heard = Heard(client)
        await asyncio.to_thread(client.connect_crypto_websocket)
        try:
            example = '{"action": "subscribe", "codes": ["EURUSD"]}'
            await asyncio.to_thread(client.send_websocket_message, example)
            await until(lambda: len(heard.messages) == 3)
            assert heard.messages[2]["msg"] == "cannot be resolved action"
        finally:
            await asyncio.to_thread(heard.close)

    play(scenario)
