"""Scripted faults of HTTP calls and tokens."""

import json

import httpx
import pytest
from sim_client import OTHER_WS, STOCK_HTTP, TRADES, Client, kline_data, limits, play
from websockets.exceptions import InvalidStatus

KLINE = f"{STOCK_HTTP}/kline"
DATA = kline_data("700.HK", 1, 2)


def test_every_token_can_expire() -> None:
    async def scenario(client: Client) -> None:
        async with client.socket() as socket:
            client.exchange.fault("token", lasts=60.0)
            assert (await client.get(KLINE, DATA)).status_code == 401
            assert await socket.subscribe(TRADES, "700.HK") == 401
            with pytest.raises(InvalidStatus):
                async with client.socket(OTHER_WS):
                    pass
            await client.clock.advance(57)
            assert (await client.get(KLINE, DATA)).json()["ret"] == 200

    play(scenario)


@pytest.mark.parametrize("status", [500, 502, 429])
def test_http_statuses(status: int) -> None:
    async def scenario(client: Client) -> None:
        client.exchange.fault("status", status=status, call="kline", body="oops", times=1)
        response = await client.get(KLINE, DATA)
        assert (response.status_code, response.text) == (status, "oops")
        assert (await client.get(KLINE, DATA)).json()["ret"] == 200

    play(scenario)


def test_http_garbage_truncation_drop_and_ret() -> None:
    async def scenario(client: Client) -> None:
        client.exchange.fault("garbage", on="http", times=1)
        response = await client.get(KLINE, DATA)
        assert response.status_code == 200
        with pytest.raises(json.JSONDecodeError):
            response.json()
        client.exchange.fault("truncate", on="http", times=1)
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(KLINE, DATA)
        client.exchange.fault("drop", on="http", times=1)
        with pytest.raises(httpx.TransportError):
            await client.get(KLINE, DATA)
        client.exchange.fault("ret", on="http", ret=429, times=1)
        assert (await client.get(KLINE, DATA)).json()["ret"] == 429
        assert (await client.get(KLINE, DATA)).json()["ret"] == 200

    assert limits(play(scenario)) == []


def test_http_answers_can_be_late() -> None:
    import asyncio

    async def scenario(client: Client) -> None:
        client.exchange.fault("delay", on="http", seconds=20.0, times=1)
        call = asyncio.get_running_loop().create_task(client.get(KLINE, DATA))
        while not client.exchange.journal:
            await client.clock.advance(0.1)
        await client.clock.advance(19)
        assert not call.done()
        await client.clock.advance(1.1)
        assert (await call).json()["ret"] == 200

    play(scenario)


def test_suspension_lists_fail_in_their_own_way() -> None:
    async def scenario(client: Client) -> None:
        client.exchange.fault("status", call="suspension", body='{"success":false,"error":"x"}')
        response = await client.get("/api/suspension/sse")
        assert (response.status_code, response.json()["success"]) == (500, False)

    play(scenario)
