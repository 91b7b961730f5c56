"""iTick's WebSocket: signing in and subscribing."""

from collections import Counter

import pytest
from sim_itick_client import (
    AUTH_FAILED,
    AUTHENTICATED,
    CONNECTED,
    TOKEN,
    ITickClient,
    itick_play,
)
from websockets.exceptions import InvalidStatus

from alltick_desk.sim.itick.symbols import CLUSTERS
from alltick_desk.sim.script import Rules, Script

OLD_PATHS = {"/sws": "stock", "/fws": "forex", "/iws": "indices", "/cws": "crypto"}
PATHS = {
    **{f"/{cluster}": cluster for cluster in CLUSTERS},
    **{f"/websocket/{cluster}": cluster for cluster in CLUSTERS},
    **OLD_PATHS,
}
DONE = "subscribe Successfully"
ENDED = "unsubscribe Successfully"
UNREADABLE = "cannot be resolved action"


# Signing in


@pytest.mark.parametrize("path", sorted(PATHS))
def test_a_header_signs_in_at_every_address(path: str) -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket(path):
            (connection,) = client.exchange.connections.values()
            assert (connection.vendor, connection.family) == ("itick", PATHS[path])

    exchange = itick_play(scenario)
    assert exchange.breaches == []
    assert [(entry.call, entry.ret) for entry in exchange.journal] == [
        ("handshake", 101),
        ("auth", 1),
    ]


def test_a_message_signs_in_where_no_header_does() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.wire(token="") as socket:
            assert await socket.read() == CONNECTED
            assert await socket.ask("auth", TOKEN) == AUTHENTICATED
            assert await socket.ask("auth", TOKEN) == AUTHENTICATED  # once more does no harm
            assert await socket.subscribe("AAPL$US", "quote") == DONE
            (connection,) = client.exchange.connections.values()
            assert connection.account == 1

    exchange = itick_play(scenario)
    assert exchange.breaches == []
    assert TOKEN not in repr(list(exchange.journal))


def test_a_wrong_token_is_told_and_the_connection_closed() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.wire(token="expired") as socket:
            assert await socket.read() == CONNECTED
            assert await socket.read() == AUTH_FAILED
            await socket.until_closed()
        async with client.wire(token="") as socket:
            assert await socket.read() == CONNECTED
            assert await socket.ask("auth", "expired") == AUTH_FAILED
            await socket.until_closed()
        async with client.wire(token="") as socket:
            assert await socket.read() == CONNECTED
            assert await socket.ask("auth", None) == AUTH_FAILED
            await socket.until_closed()

    exchange = itick_play(scenario, script=Script(bad_tokens=["expired"]))
    assert "expired" not in repr(list(exchange.journal))
    assert [entry.ret for entry in exchange.journal if entry.call == "auth"] == [0, 0, 0]


def test_nothing_but_a_heartbeat_is_answered_before() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.wire(token="") as socket:
            assert await socket.read() == CONNECTED
            await socket.beat()
            assert await socket.ask("subscribe", "AAPL$US", "quote") == AUTH_FAILED
            await socket.until_closed()

    itick_play(scenario)


def test_addresses_that_are_none() -> None:
    async def scenario(client: ITickClient) -> None:
        for path in ("/websocket", "/websocket/bonds", "/stock/quote"):
            with pytest.raises(InvalidStatus) as refused:
                async with client.wire(path):
                    pass
            assert refused.value.response.status_code == 404

    itick_play(scenario)


# Subscribing


def test_subscriptions_add_and_end_by_list_and_type() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:

            async def held() -> dict[str, list[str]]:
                state = (await client.http.get("/sim/state")).json()
                (connection,) = state["connections"]
                assert (connection["vendor"], connection["family"]) == ("itick", "stock")
                return connection["types"]

            assert await socket.subscribe("AAPL$US,TSLA$US", "tick,depth") == DONE
            assert await socket.subscribe("TSLA$US,700$HK", "quote,kline@1") == DONE
            assert await held() == {
                "tick": ["AAPL.US", "TSLA.US"],
                "depth": ["AAPL.US", "TSLA.US"],
                "quote": ["TSLA.US", "700.HK"],
                "kline@1": ["TSLA.US", "700.HK"],
            }
            assert await socket.subscribe("TSLA$US", "depth,quote,kline@2", end=True) == ENDED
            assert await socket.subscribe("700$HK", "quote,kline@1", end=True) == ENDED
            assert await held() == {
                "tick": ["AAPL.US", "TSLA.US"],
                "depth": ["AAPL.US"],
                "kline@1": ["TSLA.US"],
            }
            kinds = Counter((push["s"], push["type"]) for push in await socket.hear(60))
            assert set(kinds) == {
                *(("AAPL", "tick"), ("AAPL", "depth"), ("TSLA", "tick"), ("TSLA", "kline@1")),
            }

    assert itick_play(scenario).breaches == []


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "null",
        '{"action": "subscribe", "codes": ["EURUSD"]}',  # the SDK's own page has this
        '{"ac": "listen", "params": "AAPL$US", "types": "tick"}',
        '{"ac": "subscribe"}',
        '{"ac": "subscribe", "params": "AAPL$US"}',
        '{"ac": "subscribe", "params": "AAPL$US", "types": ""}',
        '{"ac": "subscribe", "params": "AAPL$US", "types": "kline@11"}',
        '{"ac": "subscribe", "params": "AAPL$US", "types": "tick,trade"}',
        '{"ac": "subscribe", "params": " , ", "types": "tick"}',
        '{"ac": "subscribe", "params": {"AAPL": 1}, "types": "tick"}',
        '{"ac": ["subscribe"], "params": "AAPL$US", "types": "tick"}',
    ],
)
def test_what_cannot_be_read(message: str) -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            await socket.wire.send(message)
            answer = await socket.answer()
            assert (answer["code"], answer["msg"]) == (0, UNREADABLE)
            assert not next(iter(client.exchange.connections.values())).topics

    itick_play(scenario)


def test_a_code_that_is_none_refuses_the_whole_request() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US,NOPE$US", "tick") == "E001"
            assert await socket.subscribe("EURUSD$GB", "tick") == "E001"
            assert await socket.subscribe("AAPL", "tick") == "E001"
            assert not next(iter(client.exchange.connections.values())).topics

    itick_play(scenario)


def test_a_code_that_is_none_can_be_left_out() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US,NOPE$US", "tick") == DONE
            assert list(next(iter(client.exchange.connections.values())).topics) == ["AAPL.US"]

    itick_play(scenario, script=Script(rules=Rules(unknown_codes="ignore")))


def test_lists_and_bare_codes_are_read_too() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket("/forex") as socket:
            assert (await socket.ask("subscribe", ["eurusd", "GOLD$gb"], ["Tick"]))["code"] == 1
            assert await socket.subscribe(" GBPUSD , EURUSD ", " tick ") == DONE
            (connection,) = client.exchange.connections.values()
            assert list(connection.trades) == ["EURUSD", "GOLD", "GBPUSD"]

    itick_play(scenario)
