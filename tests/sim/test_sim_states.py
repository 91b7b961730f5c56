"""The simulated exchange's odd states: a stock at its day's limit, and one that is delisted."""

from typing import Any

import pytest
from sim_client import DEPTH, STOCK_HTTP, TRADES, Client, play, symbols

from alltick_desk.model.interval import Interval

TRADE_TICK, DEPTH_TICK = f"{STOCK_HTTP}/trade-tick", f"{STOCK_HTTP}/depth-tick"


async def _one(client: Client, path: str, code: str) -> dict[str, Any]:
    answer = await client.call(path, symbols(code))
    row: dict[str, Any] = answer["data"]["tick_list"][0]
    return row


def _previous_close(client: Client, code: str) -> float:
    floor = client.exchange.floor
    bars = floor.bars(code, Interval.D1, 2, years=1.0)
    return float(floor.listings[code].text(bars[0].close))


@pytest.mark.parametrize(
    ("code", "side", "share"),
    [("600519.SH", "bids", 0.1), ("300750.SZ", "bids", 0.2), ("600519.SH", "asks", -0.1)],
)
def test_a_stock_at_its_limit_trades_there_and_has_one_side(
    code: str, side: str, share: float
) -> None:
    async def scenario(client: Client) -> None:
        client.exchange.fault("limit", codes=[code], side=side)
        limit = _previous_close(client, code) * (1 + share)
        trade = await _one(client, TRADE_TICK, code)
        assert float(trade["price"]) == pytest.approx(limit, abs=0.0051)
        book = await _one(client, DEPTH_TICK, code)
        other = {"bids": "asks", "asks": "bids"}[side]
        assert book[other] == []
        assert book[side][0]["price"] == trade["price"]
        async with client.socket() as socket:
            await socket.subscribe(TRADES, code)
            pushed = await socket.hear(60)
            assert pushed
            assert {push["data"]["price"] for push in pushed} == {trade["price"]}
        today = (await client.kline(code, 8, 2))[-1]
        assert today["close_price"] == trade["price"]
        assert float(today["low_price"]) <= float(trade["price"]) <= float(today["high_price"])

    play(scenario, plan="cn")


def test_a_delisted_stock_trades_no_more_and_its_books_are_zeros() -> None:
    async def scenario(client: Client) -> None:
        client.exchange.fault("delist", codes=["600519.SH"])
        before = await _one(client, TRADE_TICK, "600519.SH")
        await client.clock.advance(30)
        after = await _one(client, TRADE_TICK, "600519.SH")
        assert after["seq"] == before["seq"]
        book = await _one(client, DEPTH_TICK, "600519.SH")
        zero = [{"price": "0", "volume": "0"}]
        assert (book["bids"], book["asks"]) == (zero, zero)
        async with client.socket() as socket:
            await socket.subscribe(DEPTH, "600519.SH")
            await socket.subscribe(TRADES, "600519.SH")
            pushed = await socket.hear(10)
            assert pushed
            for push in pushed:
                assert (push["data"]["bids"], push["data"]["asks"]) == (zero, zero)

    play(scenario, plan="cn")
