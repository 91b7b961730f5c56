"""iTick's WebSocket: the live stream."""

import json
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from sim_client import OTHER_WS, TRADES, Client
from sim_itick_client import (
    ITickClient,
    itick_play,
)

from alltick_desk.sim.script import ITickRules, Script

DONE = "subscribe Successfully"


def of_type(pushes: list[dict[str, Any]], kind: str, code: str = "") -> list[dict[str, Any]]:
    return [push for push in pushes if push["type"] == kind and code in ("", push["s"])]


def test_trades_are_alltick_trades() -> None:
    async def scenario(client: ITickClient) -> None:
        other = Client(client.exchange, client.server, client.clock)
        async with client.socket("/crypto") as socket, other.socket(OTHER_WS) as theirs, other.http:
            assert await socket.subscribe("BTCUSDT$BA", "tick") == DONE
            assert await theirs.subscribe(TRADES, "BTCUSDT") == 200
            await theirs.hear(10)
            await socket.beat()
            socket.pushes.clear()
            pushes = [push["data"] for push in await theirs.hear(20)]
            await socket.beat()
            ours = [push["data"] for push in socket.pushes]
            assert len(ours) > 20
            assert [(tick["t"], tick["ld"]) for tick in ours] == [
                (int(push["tick_time"]), float(push["price"])) for push in pushes
            ]

    assert itick_play(scenario).breaches == []


def test_quotes_and_klines_are_what_http_tells() -> None:
    kinds = (1, 2, 3, 5, 8, 9, 10)
    types = ",".join(f"kline@{kind}" for kind in kinds)

    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US", f"tick,quote,{types}") == DONE
            for _ in range(3):
                pushes = await socket.hear(17.25)
                where = {"region": "US", "code": "AAPL"}
                quote = await client.data("/stock/quote", **where)
                tick = await client.data("/stock/tick", **where)
                assert of_type(pushes, "quote")[-1] == {**quote, "type": "quote"}
                assert of_type(pushes, "tick")[-1] == {**tick, "type": "tick"}
                # Klines come a quarter of a second after one another: the end of the last one.
                await client.clock.advance(-client.clock.wall_ms() % 250 / 1000)
                pushes += await socket.hear(0.001)
                for kind in kinds:
                    (row,) = await client.data("/stock/kline", kType=kind, limit=1, **where)
                    newest = of_type(pushes, f"kline@{kind}")[-1]
                    assert newest == {"s": "AAPL", "r": "US", **row, "type": f"kline@{kind}"}

    itick_play(scenario)


def test_the_last_push_of_a_bar_is_the_whole_bar() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket("/crypto") as socket:
            assert await socket.subscribe("BTCUSDT$BA", "tick,kline@1") == DONE
            pushes = await socket.hear(190)
            rows = await client.data("/crypto/kline", code="BTCUSDT", kType=1, limit=5)
            last = {push["t"]: push for push in of_type(pushes, "kline@1")}
            whole = [row for row in rows if row["t"] in last][:-1]
            assert len(whole) == 3
            for row in whole:
                pushed = last[row["t"]]
                assert row.items() <= {**pushed, "tu": row["tu"]}.items()
                assert pushed["tu"] == pytest.approx(row["tu"], rel=1e-3)

    itick_play(scenario)


def test_klines_come_a_few_times_a_second_at_most() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US,700$HK", "tick,kline@1") == DONE
            pushes = await socket.hear(120)
            for code in ("AAPL", "700"):
                slots: Counter[int] = Counter()
                at = 0
                for push in pushes:
                    if push["s"] != code:
                        continue
                    at = push["t"] if push["type"] == "tick" else at
                    slots[at // 250] += push["type"] == "kline@1"
                assert len(of_type(pushes, "tick", code)) > sum(slots.values()) > 20
                assert max(slots.values()) == 1

    itick_play(scenario)


def test_the_quote_is_the_day_of_its_trade() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("TSLA$US", "tick,quote") == DONE
            pushes = await socket.hear(60)
            ticks, quotes = of_type(pushes, "tick"), of_type(pushes, "quote")
            assert len(ticks) == len(quotes) > 60
            for tick, quote in zip(ticks, quotes, strict=True):
                same = ("s", "r", "ld", "t", "v")
                assert [tick[name] for name in same] == [quote[name] for name in same]
                assert quote["l"] <= quote["ld"] <= quote["h"]
            for before, after in pairwise(quotes):
                assert after["o"] == before["o"]
                assert after["h"] >= before["h"]
                assert after["v"] >= before["v"]
                assert after["ld"] - after["ch"] == pytest.approx(before["ld"] - before["ch"])

    itick_play(scenario)


def test_a_new_day_begins_at_its_midnight() -> None:
    async def scenario(client: ITickClient) -> None:
        client.clock.set_wall_ms(client.clock.wall_ms() // 86_400_000 * 86_400_000 - 20_000)
        async with client.socket("/crypto") as socket:
            assert await socket.subscribe("BTCUSDT$BA", "quote") == DONE
            quotes = await socket.hear(40)
            old = [quote for quote in quotes if quote["t"] % 86_400_000 > 80_000_000]
            new = [quote for quote in quotes if quote["t"] % 86_400_000 < 80_000_000]
            assert old
            assert new[0]["v"] < old[-1]["v"] / 100
            assert new[0]["o"] == new[0]["ld"]
            assert new[0]["ld"] - new[0]["ch"] == pytest.approx(old[-1]["ld"])

    itick_play(scenario)


def test_books_are_those_of_http() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("700$HK,AAPL$US", "depth") == DONE
            books = await socket.hear(20)
            for code, levels in (("700", 10), ("AAPL", 1)):
                mine = of_type(books, "depth", code)
                assert len(mine) > 20
                for book in mine:
                    assert [level["po"] for level in book["a"]] == list(range(1, levels + 1))
                    assert [level["po"] for level in book["b"]] == list(range(1, levels + 1))
                    assert all(level["o"] >= 1 for level in book["a"] + book["b"])

    itick_play(scenario)


def test_older_spellings_of_pushes() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US", "tick,kline@2") == DONE
            await socket.hear(20)
            nested = [push for push in socket.pushes if "k" in push["data"]]
            assert nested
            for push in nested:
                assert (push["code"], push["msg"]) == (0, None)
                assert list(push["data"]) == ["s", "t", "k"]
                assert (push["data"]["s"], push["data"]["t"]) == ("AAPL.US", 2)
                assert set(push["data"]["k"]) == {"t", "o", "h", "l", "c", "v", "tu"}
            flat = [push for push in socket.pushes if "k" not in push["data"]]
            assert {push["data"]["s"] for push in flat} == {"AAPL.US"}
            assert {push["code"] for push in flat} == {1}

    itick_play(scenario, rules=ITickRules(symbols="dotted", klines="nested"))


def test_a_halt_is_told_by_one_quote_and_the_end_by_the_next() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US,TSLA$US", "quote,tick") == DONE
            await socket.hear(10)
            client.exchange.fault("halt", codes=["AAPL.US"], lasts=60.0)
            pushes = await socket.hear(50)
            told = of_type(pushes, "quote", "AAPL")
            assert [quote["ts"] for quote in told] == [1]
            assert not of_type(pushes, "tick", "AAPL")
            assert {quote["ts"] for quote in of_type(pushes, "quote", "TSLA")} == {0}
            where = {"region": "US", "code": "AAPL"}
            assert (await client.data("/stock/quote", **where))["ts"] == 1
            pushes = await socket.hear(30)
            assert {quote["ts"] for quote in of_type(pushes, "quote", "AAPL")} == {0}

    itick_play(scenario)


def test_a_load_has_every_type_and_the_time_of_now() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            assert await socket.subscribe("AAPL$US,700$HK", "tick,quote,depth,kline@1") == DONE
            client.exchange.script.rate = 2000
            pushes = await socket.hear(2)
            now = client.clock.wall_ms()
            kinds = Counter(push["type"] for push in pushes)
            assert set(kinds) == {"tick", "quote", "depth", "kline@1"}
            assert sum(kinds.values()) == pytest.approx(4000, rel=0.15)
            assert kinds["depth"] == pytest.approx(1000, rel=0.2)
            for push in pushes:
                if push["type"] in ("tick", "quote"):
                    assert now - 2000 <= push["t"] <= now
                if push["type"] == "kline@1":
                    assert push["t"] == now // 60_000 * 60_000
                    assert push["l"] <= push["c"] <= push["h"]
            client.exchange.script.rate = 40
            newest = of_type(await socket.hear(60), "kline@1")[-1]
            assert newest["t"] == client.clock.wall_ms() // 60_000 * 60_000

    itick_play(scenario)


def test_a_load_that_runs_already_takes_in_who_comes_in_between() -> None:
    async def scenario(client: ITickClient) -> None:
        await client.clock.advance(1)
        async with client.socket() as socket:  # and no time passes until it is subscribed
            assert await socket.subscribe("AAPL$US", "tick") == DONE
            assert len(await socket.hear(2)) > 100

    itick_play(scenario, script=Script(rate=100))


def test_the_record_of_commands_is_told_apart_by_vendor() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            await socket.subscribe("AAPL$US", "tick")
            await client.data("/stock/tick", region="US", code="AAPL")

    exchange = itick_play(scenario)
    command = next(entry for entry in exchange.journal if entry.call == "subscribe")
    assert command.document == json.loads(
        '{"ac": "subscribe", "params": "AAPL$US", "types": "tick"}'
    )
    assert (command.vendor, command.family, command.connection, command.ret) == (
        *("itick", "stock", 1, 1),
    )
    assert exchange.counts == {"itick/tick": 1}
