"""The simulated exchange's sockets: who gets in, what they may say, and what is left."""

import asyncio
import contextlib
import json

import pytest
from fakes import FakeClock
from sim_client import HEARTBEAT, OTHER_WS, TRADES, Client, limits, play
from websockets.exceptions import InvalidStatus

from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.script import Rules, Script
from alltick_desk.sim.server import serve


@pytest.mark.parametrize(
    ("document", "ret"),
    [
        ("not json", 400),
        ("[]", 400),
        ('{"cmd_id":22004}', 400),
        ('{"cmd_id":22004,"seq_id":1,"trace":"t"}', 400),
        ('{"cmd_id":22004,"seq_id":1,"trace":"t","data":{"symbol_list":[]}}', 400),
        ('{"cmd_id":22004,"seq_id":1,"trace":"t","data":{"symbol_list":["700.HK"]}}', 400),
        ('{"cmd_id":22000,"seq_id":4294967296,"trace":"t","data":{}}', 400),
        ('{"cmd_id":22004,"seq_id":1,"data":{"symbol_list":[{"code":"700.HK"}]}}', 400),
        ('{"cmd_id":22006,"seq_id":1,"trace":"t","data":{}}', 400),
        ('{"cmd_id":22006,"seq_id":1,"trace":"t","data":{"cancel_type":9}}', 400),
        ('{"cmd_id":21999,"seq_id":1,"trace":"t","data":{}}', 400),
        ('{"cmd_id":"22006","seq_id":"1","trace":"t","data":{"cancel_type":"0"}}', 200),
        ('{"cmd_id":22000,"seq_id":1,"trace":"t"}', 200),
    ],
)
def test_malformed_commands(document: str, ret: int) -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.wire.send(document)
            assert (await socket.answer())["ret"] == ret
            assert (await socket.ask(HEARTBEAT))["ret"] == 200  # the connection lives on

    play(scenario)


@pytest.mark.parametrize(
    ("code", "ret"), [("NOPE.US", 600), ("GOLD", 600), ("AAPL.US", 604), ("700.HK", 200)]
)
def test_codes_that_a_subscription_may_not_have(code: str, ret: int) -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe(TRADES, "TSLA.US") == 200
            assert await socket.subscribe(TRADES, "HSI.HK", code) == ret
            kept = ["TSLA.US"] if ret != 200 else ["HSI.HK", code]
            (connection,) = client.exchange.connections.values()
            assert list(connection.trades) == kept

    play(scenario, plan="free")


def test_unknown_codes_may_be_left_out_instead() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe(TRADES, "NOPE.US", "700.HK") == 200
            (connection,) = client.exchange.connections.values()
            assert list(connection.trades) == ["700.HK"]

    play(scenario, script=Script(rules=Rules(unknown_codes="ignore")))


@pytest.mark.parametrize("token", ["", "expired"])
def test_a_handshake_needs_a_token(token: str) -> None:
    async def scenario(client: Client) -> None:
        with pytest.raises(InvalidStatus) as refused:
            async with client.socket(token=token):
                pass
        response = refused.value.response
        assert response.status_code == 401
        msg = "token invalid" if token else "token is required"
        assert json.loads(response.body) == {"ret": 401, "msg": msg}

    exchange = play(scenario, script=Script(bad_tokens=["expired"]))
    (entry,) = exchange.journal
    assert (entry.kind, entry.family, entry.ret) == ("handshake", "stock", 401)
    assert exchange.breaches == []


def test_a_handshake_needs_a_path() -> None:
    async def scenario(client: Client) -> None:
        for path in ("/quote-stock-b-api", "/nowhere"):
            with pytest.raises(InvalidStatus) as refused:
                async with client.socket(path):
                    pass
            assert refused.value.response.status_code == 404

    play(scenario)


def test_families_may_share_the_connections() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket():
            with pytest.raises(InvalidStatus) as refused:
                async with client.socket(OTHER_WS):
                    pass
            assert refused.value.response.status_code == 429

    rules = Rules(shared_connections=True)
    assert limits(play(scenario, plan="basic", script=Script(rules=rules))) == ["connections"]


def test_connections_may_share_the_codes() -> None:
    async def scenario(client: Client) -> None:
        codes = [code for code in client.exchange.floor.listings if code.endswith(".US")]
        async with client.socket() as first, client.socket() as second:
            assert await first.subscribe(TRADES, *codes[:150]) == 200
            assert await second.subscribe(TRADES, *codes[150:201]) == 603
            assert await second.subscribe(TRADES, *codes[150:200]) == 200

    script = Script(rules=Rules(shared_codes=True))
    assert limits(play(scenario, script=script)) == ["codes"]


def test_fragments_and_pings_are_understood() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            text = json.dumps({"cmd_id": 22000, "seq_id": 1, "trace": "t", "data": {}})
            await socket.wire.send([text[:10], text[10:20], text[20:]])
            assert (await socket.answer())["ret"] == 200
            await (await socket.wire.ping())
            await socket.wire.send(text.encode())  # a binary frame is taken for text
            assert (await socket.answer())["ret"] == 200

    play(scenario)


def test_a_token_that_expires_is_told_on_the_next_command() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe(TRADES, "700.HK") == 200
            client.exchange.script.bad_tokens.append("a-token")
            assert await socket.subscribe(TRADES, "AAPL.US") == 401

    play(scenario)


def test_a_failing_test_keeps_its_own_error() -> None:
    async def scenario() -> None:
        async with serve(Exchange(clock=FakeClock())):
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        asyncio.run(scenario())


def test_nothing_is_left_behind() -> None:
    async def scenario() -> None:
        async with serve(Exchange(clock=FakeClock())) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET /half")
            await writer.drain()
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
        writer.close()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(scenario())
