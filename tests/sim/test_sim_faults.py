"""Scripted faults of a socket: each one, on each of its occasions."""

import json

import pytest
from sim_client import (
    DEPTH,
    HEARTBEAT,
    OTHER_HTTP,
    OTHER_WS,
    STOCK_HTTP,
    TRADE_PUSH,
    TRADES,
    Client,
    limits,
    play,
    symbols,
)
from websockets.exceptions import ConnectionClosed, InvalidMessage, InvalidStatus

from alltick_desk.sim.script import Fault, Script


def test_drop_on_the_clock() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as stock, client.socket(OTHER_WS) as other:
            await client.clock.advance(4.5)
            assert (await stock.ask(HEARTBEAT))["ret"] == 200
            await client.clock.advance(1)
            with pytest.raises(ConnectionClosed) as closed:
                await stock.wire.recv()
            assert closed.value.rcvd is None  # cut, not closed
            assert (await other.ask(HEARTBEAT))["ret"] == 200

    script = Script(faults=[Fault(do="drop", at=5, family="stock")])
    assert limits(play(scenario, script=script)) == []
    assert script.faults[0].struck == 1


def test_drop_of_one_connection_again_and_again() -> None:
    async def scenario(client: Client) -> None:
        fault = client.exchange.fault("drop", connection=2, times=3, every=10)
        async with client.socket() as first, client.socket() as second:
            await client.clock.advance(1)
            await second.until_closed()
            await client.clock.advance(21)
            await first.ask(HEARTBEAT)
            assert fault.struck == 3

    play(scenario)


def test_close_by_the_book() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            client.exchange.fault("close", code=1012)
            await client.clock.advance(1)
            with pytest.raises(ConnectionClosed) as closed:
                await socket.wire.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1012

    play(scenario)


def test_a_stall_keeps_the_connection_open_and_silent() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.subscribe(TRADES, "AAPL.US")
            client.exchange.fault("stall", lasts=15.0)
            await client.clock.advance(1)
            before = next(iter(client.exchange.connections.values())).sent
            await socket.send(HEARTBEAT)
            await client.clock.advance(13)
            assert next(iter(client.exchange.connections.values())).sent == before
            await client.clock.advance(3)
            pushes = await socket.hear(10)
            assert pushes

    play(scenario)


def test_garbage_comes_unasked_or_instead_of_an_answer() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            client.exchange.fault("garbage", body="\u4e2d{")
            await client.clock.advance(1)
            assert await socket.wire.recv() == "\u4e2d{"
            client.exchange.fault("garbage", on="command", times=1)
            await socket.send(HEARTBEAT)
            with pytest.raises(json.JSONDecodeError):
                json.loads(await socket.wire.recv())
            assert (await socket.ask(HEARTBEAT))["ret"] == 200

    play(scenario)


def test_bytes_that_are_no_frame() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            client.exchange.fault("broken")
            await client.clock.advance(1)
            with pytest.raises(ConnectionClosed) as closed:
                await socket.wire.recv()
            assert closed.value.sent is not None
            assert closed.value.sent.code == 1002

    play(scenario)


@pytest.mark.parametrize("on", ["clock", "command"])
def test_606_ends_the_connection(on: str) -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            client.exchange.fault("ret", on=on, ret=606)
            await client.clock.advance(1)
            if on == "command":
                await socket.send(TRADES, symbols("700.HK"))
            assert (await socket.answer())["ret"] == 606
            await socket.until_closed()

    assert limits(play(scenario)) == []  # a scripted refusal is nobody's breach


def test_any_ret_on_one_command() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            client.exchange.fault("ret", ret=603, call="22004", after=1, times=1)
            assert await socket.subscribe(TRADES, "700.HK") == 200
            assert await socket.subscribe(DEPTH, "700.HK") == 200
            assert await socket.subscribe(TRADES, "AAPL.US") == 603
            assert await socket.subscribe(TRADES, "TSLA.US") == 200
            (connection,) = client.exchange.connections.values()
            assert list(connection.trades) == ["TSLA.US"]

    play(scenario)


def test_a_lost_acknowledgement_is_obeyed_all_the_same() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            client.exchange.fault("lose", call="22004", times=1)
            await socket.send(TRADES, symbols("AAPL.US"))
            pushes = await socket.hear(20)
            assert pushes
            assert await socket.subscribe(TRADES, "AAPL.US") == 200

    play(scenario)


def test_mute_leaves_heartbeats_unanswered() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            fault = client.exchange.fault("mute", lasts=10.0)
            await socket.send(HEARTBEAT)
            assert (await socket.ask(TRADES, symbols("MMM.US")))["ret"] == 200
            assert fault.struck == 1
            await client.clock.advance(10)
            assert (await socket.ask(HEARTBEAT))["ret"] == 200

    play(scenario)


def test_answers_can_be_late() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            client.exchange.fault("delay", on="command", seconds=5.0)
            await socket.send(HEARTBEAT)
            await client.clock.advance(4.9)
            (connection,) = client.exchange.connections.values()
            assert connection.sent == 0
            await client.clock.advance(0.2)
            assert connection.sent == 1
            assert (await socket.answer())["ret"] == 200

    play(scenario)


def test_ticks_can_come_twice_out_of_order_cut_and_late() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.subscribe(TRADES, "AAPL.US")

            async def seqs() -> list[int]:
                return [int(push["data"]["seq"]) for push in await socket.hear(10)]

            client.exchange.fault("duplicate")
            twice = await seqs()
            assert len(twice) > 4
            assert twice[::2] == twice[1::2]
            client.exchange.heal()
            fault = client.exchange.fault("reorder", times=1)
            mixed = await seqs()
            assert (fault.struck, mixed[0] > mixed[1]) == (1, True)
            assert mixed != sorted(mixed)
            assert sorted([*mixed[:2]]) + mixed[2:] == sorted(mixed)
            client.exchange.heal()
            client.exchange.fault("truncate", times=1)
            await client.clock.advance(10)
            assert await socket.garbled() == 1
            client.exchange.heal()
            await socket.hear(10)
            client.exchange.fault("delay", seconds=3.0, codes=["AAPL.US"])
            begins = client.clock.wall_ms()
            pushes = await socket.hear(10)
            assert all(int(push["data"]["tick_time"]) <= begins + 7000 for push in pushes)

    play(scenario)


def test_a_push_can_end_the_connection() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.subscribe(TRADES, "AAPL.US")
            fault = client.exchange.fault("drop", on="push", after=5, times=1)
            await client.clock.advance(20)
            ended = await socket.until_closed()
            assert ended.rcvd is None  # cut, not closed
            assert [push["cmd_id"] for push in socket.pushes] == [TRADE_PUSH] * 5
            assert fault.struck == 1
            assert not client.exchange.connections

    play(scenario)


@pytest.mark.parametrize(
    ("side", "bids", "asks"), [("none", 0, 0), ("bids", 10, 0), ("asks", 0, 10), ("zero", 10, 1)]
)
def test_books_can_be_one_sided_or_empty(side: str, bids: int, asks: int) -> None:
    async def scenario(client: Client) -> None:
        client.exchange.fault("book", side=side, codes=["700.HK"])
        async with client.socket() as socket:
            await socket.subscribe(DEPTH, "700.HK", "9988.HK", level=10)
            pushes = await socket.hear(20)
            response = await client.get(f"{STOCK_HTTP}/depth-tick", symbols("700.HK"))
            books = [push["data"] for push in pushes] + response.json()["data"]["tick_list"]
            for book in books:
                sizes = (len(book["bids"]), len(book["asks"]))
                assert sizes == ((bids, asks) if book["code"] == "700.HK" else (10, 10))
                if side == "zero" and book["code"] == "700.HK":
                    assert book["asks"] == [{"price": "0", "volume": "0"}]

    play(scenario)


@pytest.mark.parametrize("do", ["refuse", "drop"])
def test_handshakes_can_be_refused(do: str) -> None:
    async def scenario(client: Client) -> None:
        if do == "refuse":
            client.exchange.fault("refuse", status=503, family="stock", times=1)
            with pytest.raises(InvalidStatus) as refused:
                async with client.socket():
                    pass
            assert refused.value.response.status_code == 503
        else:
            client.exchange.fault("drop", on="handshake", family="stock", times=1)
            with pytest.raises(InvalidMessage):
                async with client.socket():
                    pass
        async with client.socket(OTHER_WS):
            pass
        await client.clock.advance(3)
        async with client.socket() as socket:
            assert (await socket.ask(HEARTBEAT))["ret"] == 200

    assert limits(play(scenario)) == []


def test_markets_can_be_closed() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket(OTHER_WS) as socket:
            await socket.subscribe(TRADES, "BTCUSDT", "EURUSD")
            client.exchange.fault("shut", markets=["forex"], lasts=100.0)
            await client.clock.advance(1)
            pushes = await socket.hear(60)
            assert {push["data"]["code"] for push in pushes[5:]} == {"BTCUSDT"}
            before = await client.get(f"{OTHER_HTTP}/trade-tick", symbols("EURUSD"))
            await socket.hear(20)
            after = await client.get(f"{OTHER_HTTP}/trade-tick", symbols("EURUSD"))
            assert before.json()["data"] == after.json()["data"]
            await socket.hear(20)
            pushes = await socket.hear(30)
            assert {push["data"]["code"] for push in pushes} == {"BTCUSDT", "EURUSD"}

    play(scenario)
