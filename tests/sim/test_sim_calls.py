"""AllTick's HTTP calls, asked as its documents say."""

import json
from itertools import pairwise

import pytest
from sim_client import OTHER_HTTP, STOCK_HTTP, Client, kline_data, play, symbols

from alltick_desk.sim.script import Rules, Script

LISTS = ("trade-tick", "depth-tick")


def test_kline_answers_its_document() -> None:
    async def scenario(client: Client) -> None:
        answer = await client.call(f"{STOCK_HTTP}/kline", kline_data("700.HK", 1, 500))
        assert (answer["ret"], answer["msg"], answer["trace"]) == (200, "ok", "t1")
        data = answer["data"]
        assert (data["code"], data["kline_type"], len(data["kline_list"])) == ("700.HK", 1, 500)
        for before, after in pairwise(data["kline_list"]):
            assert int(after["timestamp"]) == int(before["timestamp"]) + 60
            assert after["open_price"] == before["close_price"]
        row = data["kline_list"][-1]
        assert all(isinstance(value, str) for value in row.values())
        assert set(row) == {
            *("timestamp", "open_price", "close_price", "high_price", "low_price"),
            *("volume", "turnover"),
        }
        assert client.clock.wall_ms() // 1000 - int(row["timestamp"]) < 120

    exchange = play(scenario)
    (entry,) = exchange.journal
    assert (entry.kind, entry.family, entry.call, entry.ret) == ("http", "stock", "kline", 200)
    assert entry.document["data"]["code"] == "700.HK"
    assert "a-token" not in repr(entry)


@pytest.mark.parametrize("kind", range(1, 11))
def test_every_kline_type(kind: int) -> None:
    async def scenario(client: Client) -> None:
        rows = await client.kline("BTCUSDT", kind, 20, OTHER_HTTP)
        assert len(rows) == 20
        stock = await client.call(f"{STOCK_HTTP}/kline", kline_data("AAPL.US", kind, 20))
        assert stock["ret"] == (400 if kind in (6, 7) else 200)

    play(scenario)


@pytest.mark.parametrize(("plan", "years"), [("free", 1), ("premium", 3), ("professional", 5)])
def test_crypto_pages_back_as_deep_as_the_plan(plan: str, years: int) -> None:
    async def scenario(client: Client) -> None:
        newest = await client.kline("BTCUSDT", 8, 500, OTHER_HTTP)
        rows = list(newest)
        while True:
            end = int(rows[0]["timestamp"]) - 1
            older = await client.kline("BTCUSDT", 8, 500, OTHER_HTTP, end)
            if not older:
                break
            assert older[-1]["close_price"] == rows[0]["open_price"]
            rows = older + rows
        assert abs(len(rows) - years * 365.25) <= 2

    play(scenario, plan=plan)


def test_a_timestamp_is_for_forex_metals_and_crypto() -> None:
    async def scenario(client: Client) -> None:
        end = client.clock.wall_ms() // 1000 - 86_400
        for code in ("EURUSD", "GOLD", "BTCUSDT"):
            rows = await client.kline(code, 5, 5, OTHER_HTTP, end)
            assert int(rows[-1]["timestamp"]) <= end
        for code in ("USOIL", "NAS100"):
            data = kline_data(code, 5, 5, end)
            assert (await client.call(f"{OTHER_HTTP}/kline", data))["ret"] == 400
            client.exchange.script.rules.deep_energy = True
            assert (await client.call(f"{OTHER_HTTP}/kline", data))["ret"] == 200
            client.exchange.script.rules.deep_energy = False
        data = kline_data("700.HK", 5, 5, end)
        assert (await client.call(f"{STOCK_HTTP}/kline", data))["ret"] == 400

    play(scenario)


def test_a_stocks_history_begins_with_its_listing() -> None:
    async def scenario(client: Client) -> None:
        months = await client.kline("700.HK", 10, 500)
        assert 60 < len(months) < 500

    play(scenario)


def test_batch_kline_answers_each_set() -> None:
    async def scenario(client: Client) -> None:
        sets = [kline_data("700.HK", 1, 2), kline_data("AAPL.US", 8, 2)]
        answer = await client.post(f"{STOCK_HTTP}/batch-kline", {"data_list": sets})
        assert answer["ret"] == 200
        first, second = answer["data"]["kline_list"]
        assert (first["code"], first["kline_type"], len(first["kline_data"])) == ("700.HK", 1, 2)
        assert (second["code"], second["kline_type"]) == ("AAPL.US", 8)
        assert len(second["kline_data"]) == 2

    play(scenario)


def test_batch_kline_agrees_with_kline() -> None:
    async def scenario(client: Client) -> None:
        sets = {"data_list": [kline_data("700.HK", 8, 2)]}
        batch = await client.post(f"{STOCK_HTTP}/batch-kline", sets)
        response = await client.get(f"{STOCK_HTTP}/kline", kline_data("700.HK", 8, 2))
        rows = response.json()["data"]["kline_list"]
        assert batch["data"]["kline_list"][0]["kline_data"] == rows

    play(scenario)


def test_trade_tick_is_the_close_of_the_newest_bar() -> None:
    async def scenario(client: Client) -> None:
        await client.clock.advance(33)
        codes = ["700.HK", "HSI.HK", "AAPL.US", "600519.SH"]
        response = await client.get(f"{STOCK_HTTP}/trade-tick", symbols(*codes))
        rows = response.json()["data"]["tick_list"]
        assert [row["code"] for row in rows] == codes
        for row in rows:
            assert set(row) == {
                *("code", "seq", "tick_time", "price", "volume", "turnover", "trade_direction")
            }
            assert len(row["tick_time"]) == 13
            bars = await client.get(f"{STOCK_HTTP}/kline", kline_data(row["code"], 8, 1))
            assert bars.json()["data"]["kline_list"][0]["close_price"] == row["price"]

    play(scenario)


def test_forex_ticks_tell_no_size_turnover_or_side() -> None:
    async def scenario(client: Client) -> None:
        path = f"{OTHER_HTTP}/trade-tick"
        codes = ("EURUSD", "GOLD", "USOIL", "NAS100", "BTCUSDT")
        rows = (await client.call(path, symbols(*codes)))["data"]["tick_list"]
        for row in rows[:4]:
            assert (row["volume"], row["trade_direction"]) == ("0", 0)
            assert "turnover" not in row
        assert float(rows[4]["volume"]) > 0
        assert float(rows[4]["turnover"]) > 0
        rules = client.exchange.script.rules
        rules.forex_side, rules.forex_turnover = 1, True
        (row,) = (await client.call(path, symbols("EURUSD")))["data"]["tick_list"]
        assert (row["trade_direction"], row["turnover"]) == (1, "0")

    play(scenario)


def test_depth_tick_is_as_deep_as_each_market() -> None:
    async def scenario(client: Client) -> None:
        answer = await client.call(f"{STOCK_HTTP}/depth-tick", symbols("700.HK", "AAPL.US"))
        hong_kong, american = answer["data"]["tick_list"]
        assert (len(hong_kong["bids"]), len(hong_kong["asks"])) == (10, 10)
        assert set(hong_kong["bids"][0]) == {"price", "volume"}
        assert (len(american["bids"]), len(american["asks"])) == (1, 1)
        answer = await client.call(f"{OTHER_HTTP}/depth-tick", symbols("EURUSD", "NAS100"))
        forex, contract = answer["data"]["tick_list"]
        assert forex["bids"][0]["volume"] == "0"
        assert "volume" not in contract["bids"][0]

    play(scenario)


def test_static_info_is_for_stocks() -> None:
    async def scenario(client: Client) -> None:
        answer = await client.call(f"{STOCK_HTTP}/static_info", symbols("700.HK", "AAPL.US"))
        tencent, apple = answer["data"]["static_info_list"]
        assert (tencent["symbol"], tencent["name_en"], tencent["currency"]) == (
            "700.HK",
            "Tencent",
            "HKD",
        )
        assert apple["exchange"] == "NASD"
        response = await client.get(f"{OTHER_HTTP}/static_info", symbols("GOLD"))
        assert response.status_code == 404

    play(scenario)


@pytest.mark.parametrize("call", ["kline", *LISTS])
@pytest.mark.parametrize(
    ("path", "code", "ret"),
    [
        (STOCK_HTTP, "NOPE.US", 600),
        (STOCK_HTTP, "0700.HK", 600),
        (STOCK_HTTP, "aapl.us", 600),
        (STOCK_HTTP, "GOLD", 600),
        (OTHER_HTTP, "700.HK", 600),
        (OTHER_HTTP, "silver", 600),
        (STOCK_HTTP, "AAPL.US", 604),
        (OTHER_HTTP, "EURUSD", 604),
        (STOCK_HTTP, "700.HK", 200),
        (OTHER_HTTP, "GOLD", 200),
    ],
)
def test_codes_that_are_unknown_misplaced_or_not_in_the_free_plan(
    call: str, path: str, code: str, ret: int
) -> None:
    async def scenario(client: Client) -> None:
        data = kline_data(code, 1, 2) if call == "kline" else symbols(code)
        answer = await client.call(f"{path}/{call}", data)
        assert answer["ret"] == ret
        if ret != 200:
            assert answer["msg"] == {600: "code invalid", 604: "code unauthorized"}[ret]

    play(scenario, plan="free")


@pytest.mark.parametrize(
    ("plan", "covered", "missing"),
    [("hk", "700.HK", "AAPL.US"), ("us", "AAPL.US", "600519.SH"), ("cn", "000001.SZ", "HSI.HK")],
)
def test_a_single_market_plan(plan: str, covered: str, missing: str) -> None:
    async def scenario(client: Client) -> None:
        path = f"{STOCK_HTTP}/trade-tick"
        assert (await client.call(path, symbols(covered)))["ret"] == 200
        assert (await client.call(path, symbols(missing)))["ret"] == 604
        assert (await client.call(f"{OTHER_HTTP}/trade-tick", symbols("GOLD")))["ret"] == 200

    play(scenario, plan=plan)


def test_one_unknown_code_refuses_a_call_or_is_left_out() -> None:
    async def scenario(client: Client) -> None:
        path = f"{STOCK_HTTP}/trade-tick"
        data = symbols("700.HK", "NOPE.US")
        assert (await client.call(path, data))["ret"] == 600
        client.exchange.script.rules.unknown_codes = "ignore"
        answer = await client.call(path, data)
        assert [row["code"] for row in answer["data"]["tick_list"]] == ["700.HK"]
        sets = [kline_data("NOPE.US", 1, 2), kline_data("700.HK", 1, 2)]
        answer = await client.post(f"{STOCK_HTTP}/batch-kline", {"data_list": sets})
        assert [each["code"] for each in answer["data"]["kline_list"]] == ["700.HK"]

    play(scenario)


@pytest.mark.parametrize("path", [f"{STOCK_HTTP}/kline", "/api/suspension/sse"])
def test_tokens(path: str) -> None:
    async def scenario(client: Client) -> None:
        response = await client.http.get(path)
        assert response.status_code == 401
        assert response.json() == {"ret": 401, "msg": "token is required"}
        response = await client.http.get(path, params={"token": "expired"})
        assert response.status_code == 401
        assert response.json() == {"ret": 401, "msg": "token invalid"}
        response = await client.http.get(path, headers={"token": "a-token"})
        assert response.status_code == 401  # a header is not read

    assert not play(scenario, script=Script(bad_tokens=["expired"])).breaches


GOOD = {"trace": "t", "data": kline_data("700.HK", 1, 2)}


def spoilt(**changes: object) -> str:
    return json.dumps({"trace": "t", "data": {**GOOD["data"], **changes}})


@pytest.mark.parametrize(
    ("query", "ret"),
    [
        ("", 402),
        ("{not json", 402),
        ("[]", 400),
        (json.dumps({"data": GOOD["data"]}), 400),
        (json.dumps({"trace": "x" * 65, "data": GOOD["data"]}), 400),
        (json.dumps({"trace": "x" * 64, "data": GOOD["data"]}), 200),
        (json.dumps({"trace": "t", "data": []}), 400),
        (spoilt(code=7), 400),
        (spoilt(kline_type=11), 400),
        (spoilt(kline_type=True), 400),
        (spoilt(query_kline_num=0), 400),
        (spoilt(query_kline_num="two"), 400),
        (spoilt(query_kline_num="2", kline_type="1"), 200),
        (spoilt(anything="else"), 200),
    ],
)
def test_malformed_queries(query: str, ret: int) -> None:
    async def scenario(client: Client) -> None:
        response = await client.get(f"{STOCK_HTTP}/kline", query=query)
        assert response.status_code == 200
        assert response.json()["ret"] == ret

    play(scenario)


def test_badly_encoded_queries() -> None:
    async def scenario(client: Client) -> None:
        response = await client.http.get(f"{STOCK_HTTP}/kline?token=t&query=%ff%fe")
        assert response.json()["ret"] in (401, 402)
        response = await client.http.get(f"{STOCK_HTTP}/kline?query={json.dumps(GOOD)}&token=t")
        assert response.json()["ret"] == 200

    play(scenario)


def test_malformed_batches() -> None:
    async def scenario(client: Client) -> None:
        async def ret(body: bytes) -> int:
            await client.clock.advance(10)
            path = f"{STOCK_HTTP}/batch-kline"
            response = await client.http.post(path, params={"token": "t"}, content=body)
            return int(response.json()["ret"])

        assert await ret(b"") == 601
        assert await ret(b"{") == 400
        assert await ret(b'{"trace":"t","data":{"data_list":[]}}') == 400
        client.exchange.script.rules.malformed_ret = 201
        assert await ret(b"{") == 201
        response = await client.get(f"{STOCK_HTTP}/batch-kline", {})
        assert response.status_code == 405

    play(scenario)


@pytest.mark.parametrize("path", ["/", "/nowhere", f"{STOCK_HTTP}/klines", "/api/suspension/lse"])
def test_other_paths_do_not_exist(path: str) -> None:
    async def scenario(client: Client) -> None:
        assert (await client.get(path, {})).status_code == 404

    play(scenario)


def test_suspensions_page_or_come_whole() -> None:
    async def scenario(client: Client) -> None:
        async def get(**parameters: str) -> dict[str, object]:
            await client.clock.advance(60)
            return (await client.get("/api/suspension/nyse", **parameters)).json()

        first = await get()
        assert (first["success"], first["currentPage"], first["currentSize"]) == (True, 1, 10)
        second = await get(page="2", size="5")
        assert second["data"] == first["data"][5:10]
        dates = [row["publishDate"] for row in first["data"]]
        assert dates == sorted(dates, reverse=True)
        client.exchange.script.rules.paged_suspensions = False
        whole = await get(page="2", size="5")
        assert len(whole["data"]) == whole["totalCount"] == first["totalCount"]
        assert (await get(page="x"))["success"] is False
        assert not any("." in row["symbol"][-3:] for row in whole["data"])

    play(scenario)


def test_a_halted_stock_is_on_its_list_and_does_not_move() -> None:
    async def scenario(client: Client) -> None:
        client.exchange.fault("halt", codes=["AAPL.US", "600519.SH"])
        before = await client.call(f"{STOCK_HTTP}/trade-tick", symbols("AAPL.US"))
        await client.clock.advance(600)
        after = await client.call(f"{STOCK_HTTP}/trade-tick", symbols("AAPL.US"))
        assert before["data"] == after["data"]
        listed = (await client.get("/api/suspension/nasdaq")).json()["data"][0]
        assert (listed["symbol"], listed["resumeDate"]) == ("AAPL", None)
        await client.clock.advance(60)
        assert (await client.get("/api/suspension/sse")).json()["data"][0]["symbol"] == "600519"

    play(scenario)


def test_the_rules_of_a_script_hold_from_the_start() -> None:
    async def scenario(client: Client) -> None:
        (row,) = (await client.call(f"{STOCK_HTTP}/trade-tick", symbols("700.HK")))["data"][
            "tick_list"
        ]
        assert isinstance(row["seq"], int)
        assert isinstance(row["tick_time"], int)
        assert isinstance(row["trade_direction"], str)

    play(scenario, script=Script(rules=Rules(numbers="integers")))


def test_a_connection_is_kept_and_http_1_0_is_served() -> None:
    async def scenario(client: Client) -> None:
        import asyncio

        reader, writer = await asyncio.open_connection("127.0.0.1", client.server.port)
        for _ in range(2):
            writer.write(b"GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await reader.readline()).startswith(b"HTTP/1.1 404")
            await reader.readuntil(b"\r\n\r\n{}")
        writer.write(b"GET /nowhere HTTP/1.0\r\n\r\n")
        assert b"404" in await reader.read()
        writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", client.server.port)
        writer.write(b"nonsense\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 400")
        writer.close()

    play(scenario)
