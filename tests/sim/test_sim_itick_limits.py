"""iTick's limits: the minute, codes, connections, evictions, heartbeats."""

import asyncio
import contextlib

import pytest
from sim_client import limits
from sim_itick_client import (
    AUTH_FAILED,
    AUTHENTICATED,
    CONNECTED,
    TOKEN,
    ITickClient,
    itick_play,
)
from websockets.exceptions import ConnectionClosed, InvalidStatus

from alltick_desk.errors import UsageError
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.itick.plans import PLANS, plan_named
from alltick_desk.sim.script import ITickRules, Script

# The vendor's table, typed once more: calls a minute, connections, codes.
TABLE = {
    "free": (5, 1, 3),
    "base": (120, 3, 200),
    "professional": (600, 6, 500),
    "premium": (1200, 12, 2000),
}
DONE = "subscribe Successfully"
OVER = "exceeding the maximum subscription limit"


def test_the_plans_are_the_table() -> None:
    assert {
        name: (plan.minute.calls, plan.connections, plan.subscription)
        for name, plan in PLANS.items()
    } == TABLE
    assert {plan.minute.seconds for plan in PLANS.values()} == {60}
    with pytest.raises(UsageError, match="free base professional premium"):
        plan_named("gold")


@pytest.mark.parametrize("name", ["free", "base"])
def test_the_minute_is_one_window_for_all_calls(name: str) -> None:
    allowed = TABLE[name][0]

    async def scenario(client: ITickClient) -> None:
        for number in range(allowed):
            path = ("/stock/quote", "/forex/depth", "/symbol/holidays")[number % 3]
            await client.get(path, code="AAPL", region="US")
        for seconds in (0.0, 59.9):
            await client.clock.advance(seconds)
            response = await client.get("/stock/tick", code="AAPL", region="US")
            assert response.status_code == 429
            assert response.json() == {"code": 429, "msg": "Too Many Requests", "data": None}
        other = await client.get("/stock/tick", token="another", code="AAPL", region="US")
        assert other.status_code == 200

    exchange = itick_play(scenario, plan=name)
    (breach, again) = exchange.breaches
    assert (breach.limit, breach.call, breach.vendor, breach.connection) == (
        *("minute", "tick", "itick", None),
    )
    assert breach.detail == f"more than {allowed} in 60 s"
    assert again.limit == "minute"


def test_the_minute_slides() -> None:
    async def scenario(client: ITickClient) -> None:
        for _ in range(12):
            await client.data("/stock/tick", code="AAPL", region="US")
            await client.clock.advance(12)

    assert itick_play(scenario, plan="free").breaches == []


def test_neither_vendor_counts_the_other_s_calls() -> None:
    async def scenario(client: ITickClient) -> None:
        for _ in range(5):
            await client.data("/stock/tick", code="AAPL", region="US")
        response = await client.http.get("/quote-stock-b-api/kline", params={"token": TOKEN})
        assert response.json()["ret"] == 402

    exchange = itick_play(scenario, plan="free")
    assert exchange.breaches == []
    assert exchange.counts == {"itick/tick": 5, "kline": 1}


def test_more_bars_than_documented_are_refused() -> None:
    async def scenario(client: ITickClient) -> None:
        where = {"region": "US", "code": "AAPL", "kType": 1}
        assert len(await client.data("/stock/kline", limit=500, **where)) == 500
        assert await client.error("/stock/kline", limit=501, **where) == "parameter error"

    assert limits(itick_play(scenario)) == ["bars"]


def test_a_batch_of_more_codes_than_the_plan_is_e003() -> None:
    async def scenario(client: ITickClient) -> None:
        where = {"region": "US"}
        assert len(await client.data("/stock/quotes", codes="AAPL,TSLA,MSFT", **where)) == 3
        assert await client.error("/stock/quotes", codes="AAPL,TSLA,MSFT,KO", **where) == "E003"

    assert limits(itick_play(scenario, plan="free")) == ["codes"]


def test_a_code_counts_once_on_all_types() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            types = "tick,quote,depth,kline@1,kline@8"
            assert await socket.subscribe("AAPL$US,TSLA$US", types) == DONE
            assert await socket.subscribe("AAPL$US,700$HK", types) == DONE
            (connection,) = client.exchange.connections.values()
            before = dict(connection.topics)
            assert await socket.subscribe("KO$US", "tick") == OVER
            assert connection.topics == before
            await socket.subscribe("TSLA$US", types, end=True)
            assert await socket.subscribe("KO$US", "tick") == DONE

    exchange = itick_play(scenario, plan="free")
    (breach,) = exchange.breaches
    assert (breach.limit, breach.call, breach.connection) == ("codes", "subscribe", 1)
    assert breach.detail == "4 where 3 are allowed"


def test_codes_are_counted_over_all_clusters_of_a_token() -> None:
    async def scenario(client: ITickClient) -> None:
        codes = [
            listing.code.removesuffix(".US")
            for listing in client.exchange.floor.listings.values()
            if listing.code.endswith(".US") and listing.code[0] != "."
        ][:199]
        async with (
            client.socket("/stock") as stock,
            client.socket("/forex") as forex,
            client.socket("/crypto", token="another") as other,
        ):
            listed = ",".join(f"{code}$US" for code in codes)
            assert await stock.subscribe(listed, "quote") == DONE
            assert await forex.subscribe("EURUSD$GB", "quote,tick") == DONE
            assert await forex.subscribe("GBPUSD$GB", "quote") == OVER
            assert await other.subscribe("BTCUSDT$BA", "quote") == DONE
        async with client.socket("/forex") as forex:  # what ended holds nothing
            assert await forex.subscribe("EURUSD$GB,GBPUSD$GB", "quote") == DONE

    assert limits(itick_play(scenario, plan="base")) == ["codes"]


@pytest.mark.parametrize("name", ["free", "base", "professional"])
def test_connections_are_counted_over_all_clusters(name: str) -> None:
    allowed = TABLE[name][1]
    clusters = ("/stock", "/forex", "/indices", "/crypto", "/future", "/fund", "/stock")

    async def scenario(client: ITickClient) -> None:
        async with contextlib.AsyncExitStack() as stack:
            for path in clusters[:allowed]:
                await stack.enter_async_context(client.socket(path))
            with pytest.raises(InvalidStatus) as refused:
                await stack.enter_async_context(client.socket(clusters[allowed]))
            assert refused.value.response.status_code == 429
            await stack.enter_async_context(client.socket("/crypto", token="another"))

    # Side by side, so that six clusters are enough to go beyond six connections.
    exchange = itick_play(scenario, plan=name, rules=ITickRules(eviction="none"))
    (breach,) = exchange.breaches
    assert (breach.limit, breach.vendor) == ("connections", "itick")
    assert breach.detail == f"{allowed} are open"


def test_a_place_is_free_again_when_its_connection_has_ended() -> None:
    async def scenario(client: ITickClient) -> None:
        for path in ("/stock", "/stock", "/forex"):
            async with client.socket(path) as socket:
                await socket.beat()
        async with client.wire("/crypto", token="") as socket:
            assert await socket.read() == CONNECTED
            assert await socket.ask("auth", TOKEN) == AUTHENTICATED
        async with client.socket("/stock"):
            pass

    assert itick_play(scenario, plan="free").breaches == []


def test_beyond_the_plan_a_message_signs_in_in_vain() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket("/stock") as first, client.wire("/forex", token="") as second:
            assert await second.read() == CONNECTED
            assert await second.ask("auth", TOKEN) == AUTH_FAILED
            await second.until_closed()
            await first.beat()

    assert limits(itick_play(scenario, plan="free")) == ["connections"]


def test_beyond_the_plan_the_oldest_can_be_evicted() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket("/stock") as first, client.socket("/forex") as second:
            assert (await first.until_closed()).rcvd is not None
            await second.beat()

    exchange = itick_play(scenario, plan="free", rules=ITickRules(beyond="evict"))
    assert limits(exchange) == ["connections"]


# Evictions


def test_another_program_evicts_without_a_reason_and_without_a_breach() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket("/stock") as mine, client.socket("/forex") as elsewhere:
            assert await mine.subscribe("AAPL$US", "tick") == DONE
            async with client.socket("/sws", program="a script") as theirs:
                ended = await mine.until_closed()
                assert ended.rcvd is not None
                assert (ended.rcvd.code, ended.rcvd.reason) == (1005, "")  # no status received
                await theirs.beat()
                await elsewhere.beat()
                async with client.socket("/stock") as mine_again:
                    await theirs.until_closed()
                    await mine_again.beat()

    assert itick_play(scenario).breaches == []


def test_a_program_that_evicts_itself_breaks_a_limit() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket("/stock") as first, client.socket("/stock") as second:
            await first.until_closed()
            await second.beat()

    exchange = itick_play(scenario)
    (breach,) = exchange.breaches
    assert (breach.limit, breach.call, breach.connection) == ("connections", "stock handshake", 2)


def test_a_message_evicts_as_a_header_does() -> None:
    async def scenario(client: ITickClient) -> None:
        async with (
            client.socket("/stock") as first,
            client.wire("/stock", token="", program="a script") as second,
        ):
            assert await second.read() == CONNECTED
            await first.beat()  # still there
            assert await second.ask("auth", TOKEN) == AUTHENTICATED
            await first.until_closed()

    assert itick_play(scenario).breaches == []


def test_other_tokens_and_wrong_ones_evict_nobody() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket("/stock") as mine:
            async with client.socket("/stock", token="another") as theirs:
                await theirs.beat()
            async with client.wire("/stock", token="expired") as failed:
                await failed.until_closed()
            await mine.beat()

    assert itick_play(scenario, script=Script(bad_tokens=["expired"])).breaches == []


def test_an_eviction_can_be_abrupt() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as mine, client.socket(program="a script"):
            assert (await mine.until_closed()).rcvd is None

    itick_play(scenario, rules=ITickRules(eviction="drop"))


def test_connections_of_a_cluster_can_stand_side_by_side() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as first, client.socket() as second:
            await first.beat()
            await second.beat()

    assert itick_play(scenario, rules=ITickRules(eviction="none")).breaches == []


def test_a_script_evicts_as_another_program_would() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket("/stock") as stock, client.socket("/forex") as forex:
            client.exchange.fault("evict", vendor="itick", family="stock")
            await client.clock.advance(1)
            ended = await stock.until_closed()
            assert ended.rcvd is not None
            assert ended.rcvd.code == 1005
            await forex.beat()

    assert itick_play(scenario).breaches == []


# Heartbeats


@pytest.mark.parametrize("how", ["message", "ping frame"])
def test_heartbeats_of_both_kinds_keep_a_connection(how: str) -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket, client.socket("/forex") as silent:
            for _ in range(3):
                await client.clock.advance(59)
                if how == "message":
                    await socket.beat()
                else:
                    await (await socket.wire.ping())
            with pytest.raises(ConnectionClosed):
                await silent.wire.recv()
            await socket.beat()

    exchange = itick_play(scenario)
    (breach,) = exchange.breaches
    assert (breach.limit, breach.vendor, breach.connection) == ("heartbeat", "itick", 2)
    assert breach.detail.startswith("none for 60.")


def test_no_other_message_is_a_heartbeat() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            await client.clock.advance(59)
            assert await socket.subscribe("AAPL$US", "depth") == DONE
            await client.clock.advance(1.5)
            await socket.until_closed()

    assert limits(itick_play(scenario)) == ["heartbeat"]


def test_heartbeats_echo_whatever_time_they_are_sent() -> None:
    async def scenario(client: ITickClient) -> None:
        async with client.socket() as socket:
            for stamp in ("1700000000000", 1_700_000_000_000, ""):
                assert await socket.ask("ping", stamp) == {
                    "resAc": "pong",
                    "data": {"params": stamp},
                }

    itick_play(scenario)


def test_each_vendor_has_its_own_plan() -> None:
    exchange = Exchange(plan="basic", itick_plan="base")
    assert (exchange.plan.name, exchange.itick_plan.name) == ("basic", "base")
    with pytest.raises(UsageError, match="not a plan"):
        Exchange(itick_plan="basic")
    with pytest.raises(UsageError, match="not a plan"):
        Exchange(plan="base")


def test_a_client_that_leaves_in_the_handshake_holds_no_place() -> None:
    async def scenario(client: ITickClient) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", client.server.port)
        writer.write(
            b"GET /stock HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\ntoken: "
            + TOKEN.encode()
            + b"\r\n\r\n"
        )
        assert b" 426 " in await reader.readline()
        writer.close()
        await client.clock.advance(1)
        async with client.socket("/forex") as socket:
            await socket.beat()

    assert itick_play(scenario, plan="free").breaches == []
