"""iTick's HTTP calls: parameters, answers, spellings."""

import json
from itertools import pairwise

import pytest
from sim_client import STOCK_HTTP, kline_data
from sim_itick_client import ITickClient, itick_play

from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.sim.exchange import Exchange
from alltick_desk.sim.itick.symbols import CLUSTERS, Directory, paired, product_of
from alltick_desk.sim.listing import Listing
from alltick_desk.sim.script import ITickRules

ONE_OF_EACH = {
    "stock": ("US", "AAPL"),
    "forex": ("GB", "EURUSD"),
    "indices": ("HK", "HSI"),
    "crypto": ("BA", "BTCUSDT"),
    "future": ("US", "GC"),
    "fund": ("US", "QQQ"),
}
MINUTE_MS = 60_000


@pytest.mark.parametrize(
    ("code", "market", "product"),
    [
        ("700.HK", Market.HK_STOCK, ("stock", "700", "HK")),
        ("BRK.B.US", Market.US_STOCK, ("stock", "BRK.B", "US")),
        ("000001.SZ", Market.CN_STOCK, ("stock", "000001", "SZ")),
        (".DJI.US", Market.INDEX, ("indices", "DJI", "US")),
        ("HSI.HK", Market.INDEX, ("indices", "HSI", "HK")),
        ("000001.SH", Market.INDEX, ("indices", "000001", "CN")),
        ("399001.SZ", Market.INDEX, ("indices", "399001", "CN")),
        ("NAS100", Market.CFD_INDEX, ("indices", "NAS100", "GB")),
        ("EURUSD", Market.FOREX, ("forex", "EURUSD", "GB")),
        ("Silver", Market.COMMODITY, ("forex", "Silver", "GB")),
        ("BTCUSDT", Market.CRYPTO, ("crypto", "BTCUSDT", "BA")),
        ("future/GC$US", Market.FUTURE, ("future", "GC", "US")),
        ("fund/QQQ$US", Market.FUND, ("fund", "QQQ", "US")),
    ],
)
def test_every_market_has_its_products(
    code: str, market: Market, product: tuple[str, str, str]
) -> None:
    assert product_of(Listing(Instrument(code, market=market), 1)) == product


def test_every_listing_is_found_as_a_product() -> None:
    listings = Exchange().floor.listings.values()
    directory = Directory(listings)
    for listing in listings:
        product = directory.product(listing)
        assert product.cluster in CLUSTERS
        assert directory.find(*product) is listing
        assert directory.named(product.cluster, f"{product.code}${product.region}") is listing


def test_crypto_pairs_are_cut_where_the_second_currency_begins() -> None:
    codes = ("BTCUSDT", "ETHBTC", "1INCHUSDT", "USDT", "XYZ")
    assert [paired(code) for code in codes] == ["BTC_USDT", "ETH_BTC", "1INCH_USDT", "USDT", "XYZ"]


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_quote_a_tick_and_a_book_of_every_cluster(cluster: str) -> None:
    region, code = ONE_OF_EACH[cluster]

    async def scenario(client: ITickClient) -> None:
        where = {"region": region, "code": code}
        quote = await client.data(f"/{cluster}/quote", **where)
        assert list(quote) == [
            *("s", "r", "ld", "o", "h", "l", "t", "v", "tu", "ts", "ch", "chp"),
        ]
        assert (quote["s"], quote["r"], quote["ts"]) == (code, region, 0)
        assert quote["l"] <= quote["ld"] <= quote["h"]
        tick = await client.data(f"/{cluster}/tick", **where)
        assert list(tick) == ["s", "r", "ld", "v", "t"]
        assert (tick["ld"], tick["t"]) == (quote["ld"], quote["t"])
        book = await client.data(f"/{cluster}/depth", **where)
        assert list(book) == ["s", "r", "a", "b"]
        levels = {"indices": 0, "crypto": 5, "future": 5}.get(cluster, 1)
        for side in (book["a"], book["b"]):
            assert [level["po"] for level in side] == list(range(1, levels + 1))
            assert all(list(level) == ["po", "p", "v", "o"] for level in side)
        if levels:
            assert book["b"][0]["p"] < book["a"][0]["p"]

    assert itick_play(scenario).breaches == []


def test_the_day_of_a_quote_is_the_newest_daily_bar() -> None:
    async def scenario(client: ITickClient) -> None:
        client.clock.set_wall_ms(client.clock.wall_ms() + 12_345_678)
        for cluster, (region, code) in ONE_OF_EACH.items():
            where = {"region": region, "code": code}
            quote = await client.data(f"/{cluster}/quote", **where)
            before, day = await client.data(f"/{cluster}/kline", kType=8, limit=2, **where)
            figures = ("o", "h", "l", "v", "tu")
            assert [quote[name] for name in figures] == [day[name] for name in figures]
            assert quote["ld"] == day["c"]
            assert quote["ch"] == pytest.approx(day["c"] - before["c"])
            assert quote["chp"] == round((day["c"] - before["c"]) / before["c"] * 100, 2)

    itick_play(scenario)


def test_a_stock_ticks_the_volume_of_its_day_and_crypto_its_own() -> None:
    async def scenario(client: ITickClient) -> None:
        client.clock.set_wall_ms(client.clock.wall_ms() + 12_345_678)
        for cluster, whole in (("stock", True), ("crypto", False)):
            region, code = ONE_OF_EACH[cluster]
            tick = await client.data(f"/{cluster}/tick", region=region, code=code)
            quote = await client.data(f"/{cluster}/quote", region=region, code=code)
            assert (tick["v"] == quote["v"]) is whole

    itick_play(scenario)


def test_both_vendors_tell_of_the_same_market() -> None:
    async def scenario(client: ITickClient) -> None:
        rows = await client.data("/stock/kline", region="HK", code="700", kType=1, limit=5)
        query = json.dumps({"trace": "t", "data": kline_data("700.HK", 1, 5)})
        response = await client.http.get(
            f"{STOCK_HTTP}/kline", params={"token": "t", "query": query}
        )
        theirs = response.json()["data"]["kline_list"]
        assert [row["t"] for row in rows] == [int(row["timestamp"]) * 1000 for row in theirs]
        for ours, name in (("o", "open"), ("h", "high"), ("l", "low"), ("c", "close")):
            assert [row[ours] for row in rows] == [float(row[f"{name}_price"]) for row in theirs]

    itick_play(scenario)


def test_numbers_are_written_with_the_digits_they_need() -> None:
    async def scenario(client: ITickClient) -> None:
        for cluster, (region, code) in ONE_OF_EACH.items():
            rows = await client.get(
                f"/{cluster}/klines", region=region, codes=code, kType=1, limit=100
            )
            numbers: list[str] = []
            json.loads(rows.text, parse_float=lambda text, kept=numbers: kept.append(text))
            assert numbers
            assert not [text for text in numbers if text.endswith("0")]
            assert max(len(text.partition(".")[2]) for text in numbers) <= 5

    itick_play(scenario)


@pytest.mark.parametrize(
    ("kind", "seconds"), [(1, 60), (2, 300), (3, 900), (4, 1800), (5, 3600), (6, 7200), (7, 14_400)]
)
def test_types_of_kline_are_spaced_as_documented(kind: int, seconds: int) -> None:
    async def scenario(client: ITickClient) -> None:
        rows = await client.data("/crypto/kline", region="BA", code="BTCUSDT", kType=kind, limit=9)
        assert len(rows) == 9
        assert list(rows[0]) == ["t", "o", "h", "l", "c", "v", "tu"]
        assert {after["t"] - before["t"] for before, after in pairwise(rows)} == {seconds * 1000}

    itick_play(scenario)


def test_type_three_can_be_ten_minutes() -> None:
    async def scenario(client: ITickClient) -> None:
        where = {"region": "US", "code": "AAPL"}
        tens = await client.data("/stock/kline", kType=3, limit=7, **where)
        assert {after["t"] - before["t"] for before, after in pairwise(tens)} == {10 * MINUTE_MS}
        ones = await client.data("/stock/kline", kType=1, limit=120, **where)
        for ten in tens[-5:-1]:
            inside = [one for one in ones if ten["t"] <= one["t"] < ten["t"] + 10 * MINUTE_MS]
            assert ten["o"] == inside[0]["o"]
            assert ten["c"] == inside[-1]["c"]
            assert ten["h"] == max(one["h"] for one in inside)
            assert ten["v"] == sum(one["v"] for one in inside)
        for end in (tens[3]["t"], tens[3]["t"] + 6 * MINUTE_MS):
            earlier = await client.data("/stock/kline", kType=3, limit=4, et=end, **where)
            assert earlier == tens[:4]

    itick_play(scenario, rules=ITickRules(third="10m"))


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_history_pages_by_end_time_in_every_market(cluster: str) -> None:
    region, code = ONE_OF_EACH[cluster]

    async def scenario(client: ITickClient) -> None:
        where = {"region": region, "code": code, "kType": "2"}
        rows = await client.data(f"/{cluster}/kline", limit="40", **where)
        newest = await client.data(f"/{cluster}/kline", limit="20", **where)
        older = await client.data(
            f"/{cluster}/kline", limit="20", et=str(newest[0]["t"] - 1), **where
        )
        assert older + newest == rows

    itick_play(scenario)


def test_rows_can_come_newest_first() -> None:
    async def scenario(client: ITickClient) -> None:
        rows = await client.data("/forex/kline", region="GB", code="GOLD", kType=8, limit=5)
        assert [row["t"] for row in rows] == sorted((row["t"] for row in rows), reverse=True)

    itick_play(scenario, rules=ITickRules(newest_first=True))


@pytest.mark.parametrize(
    ("path", "parameters", "symbol"),
    [
        ("/stock/tick", {"region": "hk", "code": "700"}, ("700", "HK")),
        ("/stock/tick", {"region": "us", "code": "aapl.us"}, ("AAPL", "US")),
        ("/stock/tick", {"code": "AAPL.US"}, ("AAPL", "US")),
        ("/forex/tick", {"code": "eurusd"}, ("EURUSD", "GB")),
        ("/forex/tick", {"region": "GB", "code": "SILVER"}, ("Silver", "GB")),
        ("/crypto/tick", {"region": "BA", "code": "BTC_USDT"}, ("BTCUSDT", "BA")),
        ("/indices/tick", {"code": "US500"}, ("US500", "GB")),
    ],
)
def test_codes_are_read_liberally(
    path: str, parameters: dict[str, str], symbol: tuple[str, str]
) -> None:
    async def scenario(client: ITickClient) -> None:
        tick = await client.data(path, **parameters)
        assert (tick["s"], tick["r"]) == symbol

    itick_play(scenario)


def test_the_older_names_of_parameters_mean_the_same() -> None:
    async def scenario(client: ITickClient) -> None:
        where = {"region": "US", "code": "TSLA", "limit": 3}
        end = client.clock.wall_ms() - 86_400_000
        new = await client.data("/stock/kline", kType=5, et=end, **where)
        assert new == await client.data("/stock/kline", period=5, end=end, **where)

    itick_play(scenario)


def test_batches_map_codes_to_what_single_calls_tell() -> None:
    async def scenario(client: ITickClient) -> None:
        for call in ("quote", "tick", "depth", "kline"):
            more = {"kType": 1, "limit": 2} if call == "kline" else {}
            batch = await client.data(
                f"/stock/{call}s", region="US", codes="AAPL,TSLA,AAPL", **more
            )
            assert list(batch) == ["AAPL", "TSLA"]
            for code, value in batch.items():
                single = await client.data(f"/stock/{call}", region="US", code=code, **more)
                assert single == value

    itick_play(scenario)


@pytest.mark.parametrize(
    ("rules", "key", "symbol"),
    [
        (ITickRules(), "BTCUSDT", {"s": "BTCUSDT", "r": "BA"}),
        (ITickRules(symbols="dotted"), "BTCUSDT", {"s": "BTCUSDT.BA"}),
        (ITickRules(crypto="paired"), "BTC_USDT", {"s": "BTC_USDT"}),
        (ITickRules(crypto="prefixed"), "BA_BTC_USDT", {"s": "BA_BTC_USDT"}),
    ],
)
def test_symbols_have_several_spellings(
    rules: ITickRules, key: str, symbol: dict[str, str]
) -> None:
    async def scenario(client: ITickClient) -> None:
        batch = await client.data("/crypto/ticks", region="BA", codes="BTCUSDT")
        assert list(batch) == [key]
        assert {name: batch[key].get(name) for name in symbol} == symbol
        stock = await client.data("/stock/tick", region="US", code="AAPL")
        assert stock["s"] == ("AAPL.US" if rules.symbols == "dotted" else "AAPL")
        assert ("r" in stock) is (rules.symbols == "split")

    itick_play(scenario, rules=rules)


def test_older_quotes_lack_the_change_and_cryptos_the_day() -> None:
    async def scenario(client: ITickClient) -> None:
        crypto = await client.data("/crypto/quote", region="BA", code="BTCUSDT")
        stock = await client.data("/stock/quote", region="US", code="AAPL")
        assert not {"o", "h", "l", "ch", "chp"} & set(crypto)
        assert {"o", "h", "l"} <= set(stock)
        assert not {"ch", "chp"} & set(stock)

    itick_play(scenario, rules=ITickRules(change=False, crypto_day=False))


def test_small_and_great_numbers_can_have_exponents() -> None:
    async def scenario(client: ITickClient) -> None:
        response = await client.get("/crypto/quote", region="BA", code="PEPEUSDT")
        quote = response.json()["data"]
        assert "E-6," in response.text
        assert quote["l"] <= quote["ld"] <= quote["h"] < 0.001
        turnover = await client.get("/stock/quote", region="US", code="AAPL")
        assert turnover.json()["data"]["tu"] > 1e7
        assert "E9," in turnover.text

    itick_play(scenario, rules=ITickRules(exponents=True))
