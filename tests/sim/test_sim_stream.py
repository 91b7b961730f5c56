"""What the simulated exchange streams, and to whom."""

from collections import Counter
from itertools import pairwise

import pytest
from fakes import FakeClock
from sim_client import (
    CANCEL,
    DEPTH,
    DEPTH_PUSH,
    HEARTBEAT,
    OTHER_WS,
    STOCK_HTTP,
    STOCK_WS,
    TRADE_PUSH,
    TRADES,
    Client,
    kline_data,
    limits,
    play,
    symbols,
)

from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.script import Rules, Script


def codes_of(pushes: list[dict], command: int) -> set[str]:
    return {push["data"]["code"] for push in pushes if push["cmd_id"] == command}


def test_a_trade_push_is_as_documented() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe(TRADES, "700.HK", "HSI.HK") == 200
            pushes = await socket.hear(60)
            assert codes_of(pushes, TRADE_PUSH) == {"700.HK", "HSI.HK"}
            assert {tuple(push) for push in pushes} == {("cmd_id", "data")}
            data = next(push["data"] for push in pushes if push["data"]["code"] == "700.HK")
            assert set(data) == {
                *("code", "seq", "tick_time", "price", "volume", "turnover", "trade_direction")
            }
            assert isinstance(data["price"], str)
            assert len(data["price"].partition(".")[2]) == 3

    assert limits(play(scenario)) == []


def test_ticks_come_in_order_and_on_time() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket(OTHER_WS) as socket:
            assert await socket.subscribe(TRADES, "BTCUSDT", "EURUSD") == 200
            begins = client.clock.wall_ms()
            pushes = await socket.hear(120)
            for code in ("BTCUSDT", "EURUSD"):
                mine = [push["data"] for push in pushes if push["data"]["code"] == code]
                assert len(mine) > 100
                for before, after in pairwise(mine):
                    assert int(before["seq"]) < int(after["seq"])
                    assert int(before["tick_time"]) <= int(after["tick_time"])
                assert begins - 250 <= int(mine[0]["tick_time"])
                assert int(mine[-1]["tick_time"]) <= client.clock.wall_ms()

    play(scenario)


def test_history_continues_into_the_stream_without_a_seam() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe(TRADES, "AAPL.US") == 200
            await socket.hear(60 - client.clock.wall_ms() % 60_000 / 1000)
            pushes = await socket.hear(85)
            response = await client.get(f"{STOCK_HTTP}/kline", kline_data("AAPL.US", 1, 3))
            rows = response.json()["data"]["kline_list"]
            for row in rows[1:]:  # a whole minute, and one in progress
                start = int(row["timestamp"]) * 1000
                inside = [
                    push["data"]
                    for push in pushes
                    if start <= int(push["data"]["tick_time"]) < start + 60_000
                ]
                prices = [tick["price"] for tick in inside]
                assert row["open_price"] == prices[0]
                assert row["close_price"] == prices[-1]
                assert float(row["high_price"]) == max(map(float, prices))
                assert float(row["low_price"]) == min(map(float, prices))
                assert int(row["volume"]) == sum(int(tick["volume"]) for tick in inside)

    play(scenario)


def test_two_exchanges_of_a_seed_are_the_same() -> None:
    heard: list[list[dict]] = []

    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.subscribe(TRADES, "700.HK", "AAPL.US")
            await socket.subscribe(DEPTH, "700.HK")
            heard.append(await socket.hear(30))

    play(scenario, seed=5)
    play(scenario, seed=5)
    play(scenario, seed=6)
    assert heard[0] == heard[1] != heard[2]


def test_a_subscription_replaces_the_one_of_its_kind() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe(TRADES, "700.HK", "AAPL.US") == 200
            assert await socket.subscribe(DEPTH, "AAPL.US") == 200
            assert await socket.subscribe(TRADES, "TSLA.US") == 200
            pushes = await socket.hear(60)
            assert codes_of(pushes, TRADE_PUSH) == {"TSLA.US"}
            assert codes_of(pushes, DEPTH_PUSH) == {"AAPL.US"}
            (connection,) = client.exchange.connections.values()
            assert (list(connection.trades), connection.depths) == (["TSLA.US"], {"AAPL.US": 1})

    exchange = play(scenario)
    commands = [entry for entry in exchange.journal if entry.kind == "command"]
    assert [entry.call for entry in commands[:3]] == ["22004", "22002", "22004"]
    assert commands[0].document["data"] == symbols("700.HK", "AAPL.US", level=5)
    assert (commands[0].connection, commands[0].family, commands[0].ret) == (1, "stock", 200)


@pytest.mark.parametrize(
    ("kind", "trades", "depths"),
    [
        (0, set(), set()),
        (1, {"700.HK"}, set()),
        (2, set(), {"700.HK"}),
        (3, {"700.HK"}, {"700.HK"}),
    ],
)
def test_cancelling(kind: int, trades: set[str], depths: set[str]) -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.subscribe(TRADES, "700.HK")
            await socket.subscribe(DEPTH, "700.HK")
            await client.clock.advance(1)
            assert (await socket.ask(CANCEL, {"cancel_type": kind}))["ret"] == 200
            pushes = await socket.hear(60)
            assert codes_of(pushes, TRADE_PUSH) == trades
            assert codes_of(pushes, DEPTH_PUSH) == depths

    play(scenario)


@pytest.mark.parametrize(
    ("path", "code", "level", "most"),
    [
        (STOCK_WS, "700.HK", 10, 10),
        (STOCK_WS, "700.HK", 3, 3),
        (STOCK_WS, "700.HK", 0, 10),
        (STOCK_WS, "600519.SH", 10, 5),
        (STOCK_WS, "AAPL.US", 10, 1),
        (OTHER_WS, "BTCUSDT", 10, 5),
        (OTHER_WS, "EURUSD", 5, 1),
    ],
)
def test_levels_as_asked_and_as_the_market_has(path: str, code: str, level: int, most: int) -> None:
    async def scenario(client: Client) -> None:
        async with client.socket(path) as socket:
            assert await socket.subscribe(DEPTH, code, level=level) == 200
            pushes = await socket.hear(20)
            assert {len(push["data"]["bids"]) for push in pushes} == {most}
            assert {len(push["data"]["asks"]) for push in pushes} == {most}

    play(scenario)


def test_a_missing_level_is_all_or_what_the_rule_says() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.ask(DEPTH, symbols("700.HK"))
            assert {len(push["data"]["bids"]) for push in await socket.hear(20)} == {10}
            client.exchange.script.rules.default_levels = 1
            await socket.ask(DEPTH, symbols("700.HK"))
            assert {len(push["data"]["bids"]) for push in await socket.hear(20)} == {1}

    play(scenario)


def test_one_kind_may_silence_the_other() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.subscribe(TRADES, "700.HK")
            await socket.subscribe(DEPTH, "700.HK")
            assert codes_of(await socket.hear(30), TRADE_PUSH) == set()
            await socket.subscribe(TRADES, "700.HK")
            assert codes_of(await socket.hear(30), DEPTH_PUSH) == set()

    play(scenario, script=Script(rules=Rules(one_list=True)))


@pytest.mark.parametrize(
    ("numbers", "seq", "time", "side"),
    [
        ("strings", str, 13, int),
        ("integers", int, 13, str),
        ("seconds", str, 10, int),
    ],
)
def test_numbers_come_in_every_variant(numbers: str, seq: type, time: int, side: type) -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.subscribe(TRADES, "700.HK", "AAPL.US")
            data = (await socket.hear(20))[0]["data"]
            assert isinstance(data["seq"], seq)
            assert isinstance(data["tick_time"], seq)
            assert len(str(data["tick_time"])) == time
            assert isinstance(data["trade_direction"], side)

    play(scenario, script=Script(rules=Rules(numbers=numbers)))


def test_variants_can_be_mixed() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.subscribe(TRADES, "AAPL.US", "TSLA.US")
            pushes = await socket.hear(30)
            kinds = {
                (type(push["data"]["seq"]), len(str(push["data"]["tick_time"]))) for push in pushes
            }
            assert kinds == {(str, 13), (int, 13), (str, 10)}

    play(scenario, script=Script(rules=Rules(numbers="mixed")))


def test_load_is_as_fast_as_asked_and_three_quarters_trades() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            await socket.subscribe(TRADES, "700.HK", "AAPL.US", "600519.SH")
            await socket.subscribe(DEPTH, "700.HK", "AAPL.US", level=10)
            client.exchange.script.rate = 1000
            await client.clock.advance(1)  # the load begins
            await socket.ask(HEARTBEAT)
            socket.pushes.clear()
            await client.clock.advance(2)
            await socket.ask(HEARTBEAT)
            counts = Counter(push["cmd_id"] for push in socket.pushes)
            assert abs(counts.total() - 2000) <= 20
            assert abs(counts[TRADE_PUSH] - 1500) <= 20
            seqs = [int(push["data"]["seq"]) for push in socket.pushes]
            assert all(before < after for before, after in pairwise(seqs))
            assert {len(push["data"]["tick_time"]) for push in socket.pushes} == {13}
            assert (
                len({push["data"]["price"] for push in socket.pushes if "price" in push["data"]})
                > 6
            )
            client.exchange.script.rate = 0
            await client.clock.advance(1)
            assert len(await socket.hear(10)) < 1000

    assert limits(play(scenario)) == []


def test_extra_codes_for_a_load() -> None:
    exchange = Exchange(clock=FakeClock(), script=Script(extra=3))
    assert "X00003.US" in exchange.floor.listings
    assert "X00004.US" not in exchange.floor.listings
    assert exchange.floor.last("X00003.US").price > 0
