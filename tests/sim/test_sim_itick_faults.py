"""Every scripted fault, on iTick's side of the exchange."""

import asyncio
import json

import httpx
import msgspec
import pytest
from sim_client import HEARTBEAT, Client, limits
from sim_itick_client import AUTH_FAILED, CONNECTED, ITickClient, itick_play
from websockets.exceptions import ConnectionClosed, InvalidMessage, InvalidStatus

from alltick_desk.sim.script import Fault, Script

WHERE = {"region": "US", "code": "AAPL"}
DONE = "subscribe Successfully"


def test_drop_close_and_broken_bytes_on_the_clock() -> None:
    async def scenario(client: ITickClient) -> None:
        for do, sent, received in (
            ("drop", None, None),
            ("close", 1012, 1012),
            ("broken", 1002, None),
        ):
            async with client.socket() as socket, client.socket("/forex") as other:
                client.exchange.fault(do, family="stock", code=1012)
                await client.clock.advance(1)
                with pytest.raises(ConnectionClosed) as closed:
                    await socket.wire.recv()
                assert (closed.value.sent and closed.value.sent.code) == sent
                assert (closed.value.rcvd and closed.value.rcvd.code) == received
                await other.beat()
            await client.clock.advance(3)

    assert limits(itick_play(scenario)) == []


def test_a_fault_can_be_one_vendors() -> None:
    async def scenario(client: ITickClient) -> None:
        other = Client(client.exchange, client.server, client.clock)
        async with client.socket() as ours, other.socket() as theirs, other.http:
            client.exchange.fault("drop", vendor="itick", family="stock")
            client.exchange.fault("status", vendor="itick", call="kline")
            await client.clock.advance(1)
            await ours.until_closed()
            assert (await theirs.ask(HEARTBEAT))["ret"] == 200
            assert (await client.get("/stock/kline", **WHERE)).status_code == 500
            assert (await other.get("/quote-stock-b-api/kline")).status_code == 200
            async with client.socket() as again:
                client.exchange.fault("drop", vendor="alltick")
                await client.clock.advance(1)
                await theirs.until_closed()
                await again.beat()

    itick_play(scenario)


def test_a_stall_keeps_the_connection_open_and_silent() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US", "tick") == DONE
            client.exchange.fault("stall", lasts=15.0)
            await client.clock.advance(1)
            (connection,) = client.exchange.connections.values()
            before = connection.sent
            await client.clock.advance(13)
            assert connection.sent == before
            await client.clock.advance(3)
            assert await socket.hear(30)

    itick_play(scenario)


def test_garbage_comes_unasked_or_instead_of_an_answer() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            client.exchange.fault("garbage", body="中{")
            await client.clock.advance(1)
            assert await socket.wire.recv() == "中{"
            client.exchange.fault("garbage", on="command", call="subscribe", times=1)
            await socket.beat()
            with pytest.raises(json.JSONDecodeError):
                await socket.subscribe("AAPL$US", "depth")

    itick_play(scenario)


@pytest.mark.parametrize("words", ["E001", "E003", "exceeding the maximum subscription limit"])
def test_any_refusal_of_a_message(words: str) -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            client.exchange.fault("ret", call="subscribe", body=words, times=1)
            assert await socket.subscribe("AAPL$US", "tick") == words
            assert not next(iter(client.exchange.connections.values())).topics
            assert await socket.subscribe("AAPL$US", "tick") == DONE
            client.exchange.fault("ret", call="unsubscribe", times=1)
            said = await socket.subscribe("AAPL$US", "tick", end=True)
            assert said == "cannot be resolved action"
            client.exchange.fault("ret", on="clock", body=words)
            await client.clock.advance(1)
            assert await socket.answer() == {"code": 0, "msg": words}

    assert limits(itick_play(scenario)) == []


def test_a_sign_in_can_fail_be_lost_or_late() -> None:
    async def scenario(client: ITickClient) -> None:
        client.exchange.fault("ret", call="auth", times=1)
        async with client.wire() as socket:
            assert await socket.read() == CONNECTED
            assert await socket.read() == AUTH_FAILED
            await socket.until_closed()
        client.exchange.fault("lose", call="auth", times=1)
        async with client.wire() as socket:
            assert await socket.read() == CONNECTED
            await socket.beat()
            assert await socket.subscribe("AAPL$US", "depth") == DONE
        client.exchange.fault("delay", on="command", call="auth", seconds=5.0, times=1)
        async with client.wire() as socket:
            assert await socket.read() == CONNECTED
            await client.clock.advance(4.9)
            (connection,) = client.exchange.connections.values()
            assert connection.sent == 1
            await client.clock.advance(0.2)
            assert (await socket.read())["msg"] == "authenticated"

    assert limits(itick_play(scenario)) == []


def test_a_lost_acknowledgement_is_obeyed_all_the_same() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            client.exchange.fault("lose", call="subscribe", times=1)
            message = {"ac": "subscribe", "params": "AAPL$US", "types": "tick"}
            await socket.wire.send(json.dumps(message))
            assert await socket.hear(20)
            (connection,) = client.exchange.connections.values()
            assert list(connection.topics) == ["AAPL.US"]

    itick_play(scenario)


def test_mute_leaves_heartbeats_unanswered() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            fault = client.exchange.fault("mute", lasts=10.0)
            await socket.wire.send('{"ac": "ping", "params": "1"}')
            assert await socket.subscribe("AAPL$US", "depth") == DONE
            assert fault.struck == 1
            await client.clock.advance(10)
            await socket.beat()

    itick_play(scenario)


def test_pushes_can_come_twice_out_of_order_cut_and_late() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US", "tick") == DONE

            async def times() -> list[int]:
                return [tick["v"] for tick in await socket.hear(20)]

            client.exchange.fault("duplicate", call="tick", family="stock")
            twice = await times()
            assert len(twice) > 4
            assert twice[::2] == twice[1::2]
            client.exchange.heal()
            client.exchange.fault("reorder", times=1)
            mixed = await times()
            assert mixed != sorted(mixed)
            assert mixed[1::-1] + mixed[2:] == sorted(mixed)
            client.exchange.heal()
            client.exchange.fault("truncate", times=1)
            await client.clock.advance(20)
            with pytest.raises(json.JSONDecodeError):
                await socket.beat()
            client.exchange.heal()
            await socket.hear(10)
            client.exchange.fault("delay", seconds=3.0, codes=["AAPL.US"])
            begins = client.clock.wall_ms()
            late = await socket.hear(10)
            assert late
            assert all(tick["t"] <= begins + 7000 for tick in late)

    itick_play(scenario)


def test_a_fault_can_be_one_types() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US", "tick,quote,depth,kline@1") == DONE
            client.exchange.fault("duplicate", call="kline@1")
            pushes = await socket.hear(20)
            for kind, twice in (("tick", False), ("quote", False), ("kline@1", True)):
                mine = [push for push in pushes if push["type"] == kind]
                assert mine
                assert (mine[::2] == mine[1::2]) is twice

    itick_play(scenario)


def test_a_push_can_end_the_connection() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US", "quote") == DONE
            fault = client.exchange.fault("drop", on="push", call="quote", after=5, times=1)
            await client.clock.advance(30)
            assert (await socket.until_closed()).rcvd is None  # cut, not closed
            assert [push["data"]["type"] for push in socket.pushes] == ["quote"] * 5
            assert fault.struck == 1
            assert not client.exchange.connections

    itick_play(scenario)


@pytest.mark.parametrize(
    ("side", "bids", "asks"), [("none", 0, 0), ("bids", 10, 0), ("asks", 0, 10), ("zero", 10, 1)]
)
def test_books_can_be_one_sided_or_empty(side: str, bids: int, asks: int) -> None:
    async def scenario(client: ITickClient) -> None:
        client.exchange.fault("book", side=side, codes=["700.HK"])
        async with client.socket() as socket:
            assert await socket.subscribe("700$HK,9988$HK", "depth") == DONE
            books = await socket.hear(20)
            books.append(await client.data("/stock/depth", region="HK", code="700"))
            assert len(books) > 2
            for book in books:
                sizes = (len(book["b"]), len(book["a"]))
                assert sizes == ((bids, asks) if book["s"] == "700" else (10, 10))
            if side == "zero":
                assert {"p": 0, "v": 0}.items() <= books[-1]["a"][0].items()

    itick_play(scenario)


@pytest.mark.parametrize("do", ["refuse", "drop"])
def test_handshakes_can_be_refused(do: str) -> None:
    async def scenario(client: ITickClient) -> None:
        client.exchange.fault(do, on="handshake", status=503, family="stock", times=1)
        with pytest.raises((InvalidStatus, InvalidMessage)):
            async with client.wire():
                pass
        async with client.socket("/forex") as forex, client.socket() as stock:
            await forex.beat()
            await stock.beat()

    exchange = itick_play(scenario)
    assert limits(exchange) == []
    assert exchange.journal[0].ret == (503 if do == "refuse" else None)


def test_every_token_can_expire() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            client.exchange.fault("token", vendor="itick", lasts=50.0)
            assert await client.error("/stock/quote", **WHERE) == "E002"
            assert await socket.ask("subscribe", "AAPL$US", "tick") == AUTH_FAILED
            await socket.until_closed()
            async with client.wire("/forex") as other:
                assert await other.read() == CONNECTED
                assert await other.read() == AUTH_FAILED
            await client.clock.advance(51)
            assert (await client.data("/stock/quote", **WHERE))["s"] == "AAPL"

    itick_play(scenario)


def test_markets_can_be_closed() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket("/forex") as socket:
            assert await socket.subscribe("EURUSD$GB,GOLD$GB", "quote") == DONE
            client.exchange.fault("shut", markets=["forex"], lasts=50.0)
            await client.clock.advance(1)
            await socket.hear(1)
            pushes = await socket.hear(40)
            assert {push["s"] for push in pushes} == {"GOLD"}
            quote = await client.data("/forex/quote", region="GB", code="EURUSD")
            assert quote["ts"] == 0  # closed is not suspended
            pushes = await socket.hear(40)
            assert {push["s"] for push in pushes} == {"EURUSD", "GOLD"}

    itick_play(scenario)


def test_http_statuses_garbage_truncation_drop_and_errors() -> None:
    async def scenario(client: ITickClient) -> None:
        fault = client.exchange.fault
        fault("status", status=502, call="quote", body="oops", times=1)
        response = await client.get("/stock/quote", **WHERE)
        assert (response.status_code, response.text) == (502, "oops")
        fault("garbage", on="http", times=1)
        with pytest.raises(json.JSONDecodeError):
            (await client.get("/stock/quote", **WHERE)).json()
        fault("truncate", on="http", times=1)
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get("/stock/quote", **WHERE)
        fault("drop", on="http", times=1)
        with pytest.raises(httpx.TransportError):
            await client.get("/stock/quote", **WHERE)
        fault("ret", on="http", ret=3, family="stock", times=1)
        assert await client.error("/stock/quote", **WHERE) == "E003"
        fault("ret", on="http", ret=500, body="system busy", call="list", times=1)
        assert await client.error("/symbol/list") == "system busy"
        await client.data("/symbol/list", type="fund")

    assert limits(itick_play(scenario)) == []


def test_http_answers_can_be_late() -> None:
    async def scenario(client: ITickClient) -> None:
        client.exchange.fault("delay", on="http", seconds=20.0, times=1)
        call = asyncio.get_running_loop().create_task(client.get("/stock/quote", **WHERE))
        while not client.exchange.journal:
            await client.clock.advance(0.1)
        await client.clock.advance(19)
        assert not call.done()
        await client.clock.advance(1.1)
        assert (await call).json()["code"] == 0

    itick_play(scenario)


def test_a_script_has_rules_and_faults_of_the_second_vendor() -> None:
    text = {
        "rules": {"itick": {"symbols": "dotted", "eviction": "drop"}},
        "faults": [{"do": "evict", "at": 3, "vendor": "itick", "family": "crypto"}],
    }
    script = msgspec.json.decode(json.dumps(text), type=Script)
    assert (script.rules.itick.symbols, script.rules.itick.eviction) == ("dotted", "drop")
    (fault,) = script.faults
    assert (fault.do, fault.on, fault.vendor, fault.family) == ("evict", "clock", "itick", "crypto")
    with pytest.raises(ValueError, match="strikes on clock"):
        Fault(do="evict", on="push")
