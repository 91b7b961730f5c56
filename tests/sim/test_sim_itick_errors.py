"""iTick's HTTP calls that tell no price, and the ones that fail."""

import json

import pytest
from sim_itick_client import ITickClient, itick_play

from alltick_desk.sim.itick.symbols import CLUSTERS
from alltick_desk.sim.script import ITickRules, Rules, Script


def test_stock_info_by_its_two_names() -> None:
    async def scenario(client: ITickClient) -> None:
        info = await client.data("/stock/info", region="HK", code="700")
        assert info == await client.data("/stock/base", region="HK", code="700")
        assert (info["s"], info["e"], info["c"], info["l"]) == ("700", "SEHK", "HKD", 100)
        assert (info["ne"], info["nc"]) == ("Tencent", "腾讯控股")

    itick_play(scenario)


def test_the_catalogue_by_type_and_region_or_whole() -> None:
    async def scenario(client: ITickClient) -> None:
        whole = await client.data("/symbol/list")
        assert len(whole) == len(client.exchange.floor.listings)
        assert {row["t"] for row in whole} == set(CLUSTERS)
        hong_kong = await client.data("/symbol/list", type="stock", region="hk")
        assert hong_kong == [row for row in whole if (row["t"], row["r"]) == ("stock", "HK")]
        assert {"c": "700", "n": "Tencent", "t": "stock", "r": "HK"}.items() <= next(
            row for row in hong_kong if row["c"] == "700"
        ).items()
        assert await client.data("/symbol/list", type="stock", region="XX") == []
        assert await client.error("/symbol/list", type="bonds") == "parameter error"

    itick_play(scenario)


def test_the_catalogue_can_spell_its_fields_out() -> None:
    async def scenario(client: ITickClient) -> None:
        rows = await client.data("/symbol/list", type="fund")
        assert [row["code"] for row in rows] == ["QQQ", "SPY"]
        assert set(rows[0]) == {"code", "name", "type", "region", "exchange", "sector"}

    itick_play(scenario, rules=ITickRules(catalogue="long"))


def test_holidays_at_both_addresses() -> None:
    async def scenario(client: ITickClient) -> None:
        older = await client.data("/symbol/holidays", region="HK")
        newer = (await client.get("/symbol/v2/holidays", code="HK")).json()
        assert (newer["msg"], newer["data"]) == ("ok", older)
        assert older[0] == {
            "c": "HK",
            "r": "Hong Kong",
            "d": "2026-01-01",
            "t": "09:00-09:30,09:30-12:00|13:00-16:00,16:00-16:30",
            "z": "Asia/Hong_Kong",
            "v": "New Year's Day",
        }
        everywhere = await client.data("/symbol/holidays")
        assert {row["c"] for row in everywhere} == {"HK", "CN", "US", "GB"}
        assert {row["c"] for row in await client.data("/symbol/holidays", region="SZ")} == {"CN"}
        assert await client.data("/symbol/holidays", region="XX") == []

    itick_play(scenario)


def test_a_code_that_is_none_is_e001() -> None:
    async def scenario(client: ITickClient) -> None:
        assert await client.error("/stock/quote", region="HK", code="nope") == "E001"
        assert await client.error("/stock/quote", region="HK", code="AAPL") == "E001"
        assert await client.error("/stock/quote", region="HK") == "E001"
        assert await client.error("/stock/quotes", region="US", codes="AAPL,nope") == "E001"

    exchange = itick_play(scenario)
    assert [(entry.call, entry.ret) for entry in exchange.journal] == [
        *[("quote", 1)] * 3,
        ("quotes", 1),
    ]


def test_codes_that_are_none_can_be_left_out_of_a_batch() -> None:
    async def scenario(client: ITickClient) -> None:
        assert list(await client.data("/stock/quotes", region="US", codes="AAPL,nope")) == ["AAPL"]

    itick_play(scenario, script=Script(rules=Rules(unknown_codes="ignore")))


@pytest.mark.parametrize("token", ["", "expired"])
def test_a_token_that_is_none_is_e002(token: str) -> None:
    async def scenario(client: ITickClient) -> None:
        where = {"region": "US", "code": "AAPL"}
        response = await client.get("/stock/quote", token=token, **where)
        assert response.status_code == 200
        assert response.json() == {"code": 2, "msg": "E002", "data": None}
        in_the_url = await client.http.get("/stock/quote", params={"token": "fine", **where})
        assert in_the_url.json()["msg"] == "E002"

    exchange = itick_play(scenario, script=Script(bad_tokens=["expired"]))
    assert not exchange.counts
    assert "fine" not in str(list(exchange.journal))


def test_errors_can_have_a_status() -> None:
    async def scenario(client: ITickClient) -> None:
        found = await client.get("/stock/quote", region="US", code="nope")
        let_in = await client.get("/stock/quote", token="", region="US", code="AAPL")
        read = await client.get("/stock/kline", region="US", code="AAPL")
        assert [each.status_code for each in (found, let_in, read)] == [404, 401, 400]

    itick_play(scenario, rules=ITickRules(statuses=True))


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"kType": 0},
        {"kType": 11},
        {"kType": "m"},
        {"kType": 1, "limit": 0},
        {"kType": 1, "limit": "٣"},
        {"kType": 1, "et": -1},
        {"kType": 1, "et": "9" * 40},
    ],
)
def test_parameters_that_cannot_be_read(parameters: dict[str, object]) -> None:
    async def scenario(client: ITickClient) -> None:
        where = {"region": "US", "code": "AAPL"}
        assert await client.error("/stock/kline", **where, **parameters) == "parameter error"
        assert await client.error("/stock/quotes", region="US", codes=",") == "parameter error"

    itick_play(scenario)


def test_paths_and_methods_that_are_none() -> None:
    async def scenario(client: ITickClient) -> None:
        for path in ("/stock", "/stock/ipo", "/forex/info", "/symbol", "/symbol/v3/holidays"):
            assert (await client.get(path)).status_code == 404
        assert (await client.http.post("/stock/quote")).status_code == 405
        badly = await client.http.get("/stock/quote?code=%ff", headers={"token": "t"})
        assert badly.json()["msg"] == "parameter error"

    itick_play(scenario)


def test_what_only_itick_has_is_no_code_of_alltick() -> None:
    async def scenario(client: ITickClient) -> None:
        document = {"trace": "t", "data": {"symbol_list": [{"code": "future/GC$US"}]}}
        response = await client.http.get(
            "/quote-b-api/trade-tick", params={"token": "t", "query": json.dumps(document)}
        )
        assert response.json()["ret"] == 600

    itick_play(scenario)
