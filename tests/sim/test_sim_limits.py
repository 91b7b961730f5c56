"""Every limit of every plan, judged to the millisecond."""

import pytest
from fakes import FakeClock
from sim_client import (
    DEPTH,
    HEARTBEAT,
    OTHER_HTTP,
    OTHER_WS,
    STOCK_HTTP,
    STOCK_WS,
    TRADES,
    Client,
    kline_data,
    limits,
    play,
    symbols,
)
from websockets.exceptions import ConnectionClosed, InvalidStatus

from alltick_desk.sim.alltick.judge import Judge
from alltick_desk.sim.alltick.plans import PLANS, plan_named
from alltick_desk.sim.limits import Breach, Rate, describe

# The vendor's table, typed once more.
TABLE = {
    #             each      batch    together  minute  day      codes sets conns list pause
    "free": ((1, 10), (1, 10), (1, 10), 10, 1000, 5, 5, 1, 5, 10),
    "basic": ((1, 1), (1, 3), (1, 1), 60, 86_400, 50, 100, 1, 100, 3),
    "premium": ((10, 1), (1, 2), (10, 1), 600, 864_000, 50, 200, 3, 200, 3),
    "professional": ((20, 1), (1, 1), (20, 1), 1200, 1_728_000, 50, 500, 10, 3000, 3),
}
TABLE |= dict.fromkeys(("hk", "cn", "us"), TABLE["professional"])
EACH = ("kline", "depth-tick", "trade-tick", "static_info")
ALL = sorted(TABLE)


def judge_of(name: str) -> tuple[Judge, list[Breach]]:
    breaches: list[Breach] = []
    return Judge(plan_named(name), FakeClock(), breaches.append), breaches


@pytest.mark.parametrize("name", ALL)
def test_the_plans_are_the_table(name: str) -> None:
    plan = PLANS[name]
    assert TABLE[name] == (
        tuple(plan.each),
        tuple(plan.batch),
        tuple(plan.together[0]),
        plan.together[1].calls,
        plan.day.calls,
        plan.codes,
        plan.sets,
        plan.connections,
        plan.subscription,
        plan.pause_s,
    )
    assert plan.together[1].seconds == 60
    assert plan.day.seconds == 86_400


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("call", [*EACH, "batch-kline", "suspension"])
def test_a_call_has_a_window_of_its_own(name: str, call: str) -> None:
    each, batch = TABLE[name][0], TABLE[name][1]
    calls, seconds = {"batch-kline": batch, "suspension": (1, 60)}.get(call, each)
    judge, _ = judge_of(name)
    assert all(call not in judge.call(1, call, 100.0) for _ in range(calls))
    assert call in judge.call(1, call, 100.0 + seconds - 0.001)
    judge, breaches = judge_of(name)
    for _ in range(calls):
        judge.call(1, call, 100.0)
    assert call not in judge.call(1, call, 100.0 + seconds)
    assert not breaches


@pytest.mark.parametrize("name", ALL)
def test_different_calls_share_a_window(name: str) -> None:
    calls, seconds = TABLE[name][2]
    judge, breaches = judge_of(name)
    for number in range(calls):
        judge.call(1, EACH[number % 4], 100.0)
    assert not breaches
    assert judge.call(1, EACH[calls % 4], 100.0 + seconds - 0.001)[0] in (
        EACH[calls % 4],
        "together",
    )
    assert "together" in [breach.limit for breach in breaches]


@pytest.mark.parametrize("name", ALL)
def test_a_minute_and_a_day_are_sliding_windows(name: str) -> None:
    minute = TABLE[name][3]
    judge, _ = judge_of(name)
    for number in range(minute):
        assert "minute" not in judge.call(1, "kline", 100.0 + number * 59.9 / minute)
    assert "minute" in judge.call(1, "kline", 159.99)
    plan = plan_named(name)._replace(day=Rate(3, 86_400.0))
    judge = Judge(plan, FakeClock(), [].append)
    for at in (0.0, 40_000.0, 80_000.0):
        assert not judge.call(1, "kline", at)
    assert judge.call(1, "kline", 86_399.0) == ["day"]
    assert "day" in judge.call(1, "kline", 100_000.0)  # what was refused counts too


def test_tokens_have_separate_budgets() -> None:
    judge, breaches = judge_of("free")
    judge.call(1, "kline", 100.0)
    judge.call(2, "kline", 100.0)
    assert not breaches


def test_slack_forgives_that_much() -> None:
    plan = plan_named("free")
    judge = Judge(plan, FakeClock(), [].append, slack_s=0.5)
    judge.call(1, "kline", 100.0)
    assert judge.call(1, "kline", 109.4)
    judge.call(2, "kline", 100.0)
    assert not judge.call(2, "kline", 109.5)


def test_breaches_read_as_lines() -> None:
    judge, breaches = judge_of("basic")
    judge.call(1, "kline", 100.0)
    judge.call(1, "kline", 100.5)
    assert describe(breaches).splitlines()[0] == "100.500 alltick kline: kline, more than 1 in 1 s"


@pytest.mark.parametrize("name", ALL)
def test_too_many_calls_are_answered_605(name: str) -> None:
    calls, seconds = TABLE[name][0]
    code = {"us": "AAPL.US", "cn": "600519.SH"}.get(name, "700.HK")

    async def scenario(client: Client) -> None:
        async def ret() -> int:
            response = await client.get(f"{STOCK_HTTP}/kline", kline_data(code, 1, 2))
            assert response.status_code == 200
            return int(response.json()["ret"])

        for _ in range(calls):
            assert await ret() == 200
        assert not client.exchange.breaches
        assert await ret() == 605
        await client.clock.advance(seconds)
        assert await ret() == 200

    exchange = play(scenario, plan=name)
    assert {"kline", "together"} <= set(limits(exchange))
    assert exchange.counts["kline"] == calls + 2


def test_a_used_up_day_is_answered_429() -> None:
    async def scenario(client: Client) -> None:
        for _ in range(1000):
            client.exchange.judge.call(1, "kline", client.clock.monotonic() - 70_000)
        client.exchange.breaches.clear()
        client.exchange.account("a-token")
        response = await client.get(f"{STOCK_HTTP}/kline", kline_data("700.HK", 1, 2))
        assert response.status_code == 429
        assert response.json()["ret"] == 429

    assert limits(play(scenario, plan="free")) == ["day"]


def test_the_suspension_lists_share_one_call_a_minute() -> None:
    async def scenario(client: Client) -> None:
        assert (await client.get("/api/suspension/sse")).json()["success"]
        await client.clock.advance(59.9)
        response = await client.get("/api/suspension/nyse")
        assert response.status_code == 500
        assert response.json() == {"success": False, "error": "too many requests"}
        await client.clock.advance(60)
        assert (await client.get("/api/suspension/nasdaq")).json()["success"]

    assert limits(play(scenario)) == ["suspension"]


@pytest.mark.parametrize("name", ["basic", "premium", "professional", "free"])
def test_a_batch_has_so_many_sets_of_two_bars(name: str) -> None:
    sets = TABLE[name][6]

    async def scenario(client: Client) -> None:
        one = kline_data("700.HK", 1, 2)
        path = f"{STOCK_HTTP}/batch-kline"
        assert (await client.post(path, {"data_list": [one] * sets}))["ret"] == 200
        assert not client.exchange.breaches
        assert (await client.post(path, {"data_list": [one] * (sets + 1)}))["ret"] == 603
        three = kline_data("700.HK", 1, 3)
        assert (await client.post(path, {"data_list": [three]}))["ret"] == 603

    assert limits(play(scenario, plan=name)) == ["sets", "bars"]


@pytest.mark.parametrize("name", ALL)
def test_the_first_codes_of_a_long_list_come_back(name: str) -> None:
    allowed = TABLE[name][5]

    async def scenario(client: Client) -> None:
        if name == "free":
            codes = ["HSI.HK", ".DJI.US", "TSLA.US", "700.HK", "000001.SH", "399001.SZ"]
        else:
            market = {"us": ".US", "cn": (".SH", ".SZ"), "hk": ".HK"}.get(name, "")
            codes = [code for code in client.exchange.floor.listings if code.endswith(market)]
            codes = [
                code for code in codes if client.exchange.floor.listings[code].family == "stock"
            ]
            codes = (codes * 2)[: allowed + 1] if len(codes) <= allowed else codes[: allowed + 1]
        answer = await client.call(f"{STOCK_HTTP}/trade-tick", symbols(*codes))
        assert answer["ret"] == 200
        rows = [row["code"] for row in answer["data"]["tick_list"]]
        assert rows == list(dict.fromkeys(codes))[:allowed]

    exchange = play(scenario, plan=name)
    assert limits(exchange) == ([] if name == "cn" else ["codes"])  # it has but 43 listings


def test_more_than_500_bars_are_refused() -> None:
    async def scenario(client: Client) -> None:
        answer = await client.call(f"{STOCK_HTTP}/kline", kline_data("700.HK", 1, 501))
        assert (answer["ret"], answer["msg"]) == (603, "token level not enough")

    assert limits(play(scenario)) == ["bars"]


@pytest.mark.parametrize(("gap", "ret"), [(0.999, 606), (1.0, 200)])
def test_requests_on_a_connection_are_a_second_apart(gap: float, ret: int) -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            assert (await socket.ask(TRADES, symbols("700.HK")))["ret"] == 200
            await client.clock.advance(gap)
            answer = await socket.ask(DEPTH, symbols("700.HK", level=1))
            assert answer["ret"] == ret
            if ret == 606:
                assert answer["msg"] == "too many requests and connection will be closed"
                await socket.until_closed()

    assert limits(play(scenario)) == (["request gap"] if ret == 606 else [])


@pytest.mark.parametrize(("gap", "ret"), [(2.999, 606), (3.0, 200)])
@pytest.mark.parametrize("path", [STOCK_WS, OTHER_WS])
def test_requests_on_two_connections_are_three_seconds_apart(
    gap: float, ret: int, path: str
) -> None:
    code = "700.HK" if path == STOCK_WS else "GOLD"

    async def scenario(client: Client) -> None:
        async with client.socket() as first, client.socket(path) as second:
            assert (await first.ask(TRADES, symbols("700.HK")))["ret"] == 200
            await client.clock.advance(gap)
            assert (await second.ask(TRADES, symbols(code)))["ret"] == ret
            assert (await first.ask(HEARTBEAT))["ret"] == 200  # only the second one suffers

    assert limits(play(scenario)) == (["cross gap"] if ret == 606 else [])


def test_two_tokens_do_not_disturb_each_other() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as first, client.socket(token="another") as second:
            await first.ask(TRADES, symbols("700.HK"))
            assert (await second.ask(TRADES, symbols("700.HK")))["ret"] == 200

    assert limits(play(scenario, plan="basic")) == []


def test_heartbeats_are_exempt_from_the_gaps() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as first, client.socket(OTHER_WS) as second:
            assert (await first.ask(TRADES, symbols("700.HK")))["ret"] == 200
            for socket in (first, second, first):
                answer = await socket.ask(HEARTBEAT)
                assert (answer["ret"], answer["msg"], answer["data"]) == (200, "ok", {})

    assert limits(play(scenario)) == []


@pytest.mark.parametrize("name", ALL)
def test_a_family_has_so_many_connections(name: str) -> None:
    allowed = TABLE[name][7]

    async def scenario(client: Client) -> None:
        sockets = [client.socket() for _ in range(allowed)]
        for socket in sockets:
            await socket.__aenter__()
        async with client.socket(OTHER_WS):  # the other family counts by itself
            pass
        with pytest.raises(InvalidStatus) as refused:
            async with client.socket():
                pass
        assert refused.value.response.status_code == 429
        assert len(client.exchange.connections) >= allowed
        for socket in sockets:
            await socket.__aexit__(None, None, None)

    assert limits(play(scenario, plan=name)) == ["connections"]


@pytest.mark.parametrize("name", ALL)
def test_a_reconnect_waits(name: str) -> None:
    pause = TABLE[name][9]

    async def scenario(client: Client) -> None:
        async with client.socket():
            pass
        while client.exchange.connections:
            await client.clock.advance(0)
        await client.clock.advance(pause)
        async with client.socket():
            pass
        while client.exchange.connections:
            await client.clock.advance(0)
        async with client.socket(OTHER_WS):  # not a reconnect: the other family never was on
            pass
        assert not client.exchange.breaches
        await client.clock.advance(pause - 0.01)
        with pytest.raises(InvalidStatus) as refused:
            async with client.socket():
                pass
        assert refused.value.response.status_code == 429

    assert limits(play(scenario, plan=name)) == ["pause"]


def test_30_seconds_without_a_heartbeat_close_the_connection() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as beating, client.socket() as silent:
            for _ in range(3):
                await client.clock.advance(10)
                await beating.ask(HEARTBEAT)
            await client.clock.advance(0.2)
            with pytest.raises(ConnectionClosed):
                await silent.wire.recv()
            assert (await beating.ask(HEARTBEAT))["ret"] == 200

    exchange = play(scenario)
    assert [(breach.limit, breach.connection) for breach in exchange.breaches] == [("heartbeat", 2)]


@pytest.mark.parametrize("name", ["basic", "premium", "professional"])
def test_what_is_over_a_paid_subscription_is_ignored(name: str) -> None:
    allowed = TABLE[name][8]

    async def scenario(client: Client) -> None:
        codes = [
            code
            for code, listing in client.exchange.floor.listings.items()
            if listing.family == "stock"
        ][: allowed + 1]
        async with client.socket() as socket:
            assert await socket.subscribe(TRADES, *codes) == 200
            (connection,) = client.exchange.connections.values()
            assert list(connection.trades) == codes[:allowed]

    script_limits = limits(play(scenario, plan=name))
    assert script_limits == ([] if name == "professional" else ["codes"])


def test_what_is_over_a_free_subscription_refuses_it() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            five = ("HSI.HK", ".DJI.US", "TSLA.US", "700.HK", "000001.SH")
            assert await socket.subscribe(TRADES, *five) == 200
            assert await socket.subscribe(TRADES, *five, "399001.SZ") == 603
            (connection,) = client.exchange.connections.values()
            assert tuple(connection.trades) == five  # what was subscribed stays

    assert limits(play(scenario, plan="free")) == ["codes"]


def test_a_hasty_poll_of_the_other_family_counts_too() -> None:
    async def scenario(client: Client) -> None:
        await client.get(f"{STOCK_HTTP}/kline", kline_data("700.HK", 1, 2))
        answer = await client.get(f"{OTHER_HTTP}/depth-tick", symbols("GOLD"))
        assert answer.json()["ret"] == 605

    assert limits(play(scenario, plan="basic")) == ["together"]
