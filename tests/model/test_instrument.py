"""Instruments: keys, markets, and the catalogue that comes with the desk."""

from collections import Counter
from pathlib import Path

import pytest

from alltick_desk.model.instrument import (
    Catalogue,
    Instrument,
    InstrumentKey,
    Market,
    market_by_suffix,
)
from alltick_desk.resources import resource
from alltick_desk.vendors.alltick import ALLTICK

STOCKS = {Market.US_STOCK, Market.HK_STOCK, Market.CN_STOCK}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.read(resource("catalogue.csv"))


# Keys and markets


@pytest.mark.parametrize("code", ["700.HK", ".DJI.US", "BTCUSDT", "a:b"])
def test_a_key_survives_its_text(code: str) -> None:
    key = InstrumentKey("alltick", code)
    assert str(key) == f"alltick:{code}"
    assert InstrumentKey.parse(str(key)) == key


@pytest.mark.parametrize("text", ["", "700.HK", ":700.HK", "alltick:", ":"])
def test_a_key_needs_both_parts(text: str) -> None:
    with pytest.raises(ValueError, match="not vendor:code"):
        InstrumentKey.parse(text)


@pytest.mark.parametrize(
    ("code", "market"),
    [
        ("AAPL.US", Market.US_STOCK),
        ("700.HK", Market.HK_STOCK),
        ("600519.SH", Market.CN_STOCK),
        ("000001.SZ", Market.CN_STOCK),
        ("BTCUSDT", Market.UNKNOWN),
        ("aapl.us", Market.UNKNOWN),
        ("", Market.UNKNOWN),
    ],
)
def test_the_ending_names_the_stock_market(code: str, market: Market) -> None:
    assert market_by_suffix(code) is market


# The catalogue


def test_the_catalogue_is_complete(catalogue: Catalogue) -> None:
    assert len(catalogue) == 811
    assert Counter(instrument.market for instrument in catalogue) == {
        Market.US_STOCK: 511,
        Market.HK_STOCK: 64,
        Market.CN_STOCK: 36,
        Market.INDEX: 9,
        Market.CFD_INDEX: 8,
        Market.FOREX: 64,
        Market.COMMODITY: 10,
        Market.CRYPTO: 109,
    }
    assert all(instrument.name_en for instrument in catalogue)


def test_family_and_market_agree(catalogue: Catalogue) -> None:
    for instrument in catalogue:
        stock = instrument.market in STOCKS or instrument.market is Market.INDEX
        assert ALLTICK.family_of(instrument.code) == ("stock" if stock else "other"), instrument
        if instrument.market in STOCKS:
            assert market_by_suffix(instrument.code) is instrument.market


@pytest.mark.parametrize(
    "code",
    [
        "USDJPY",
        "GOLD",
        "USOIL",
        "BTCUSDT",
        "HSI.HK",
        ".DJI.US",
        "TSLA.US",
        "700.HK",
        "000001.SH",
        "399001.SZ",
    ],
)
def test_the_codes_of_the_free_plan_are_known(catalogue: Catalogue, code: str) -> None:
    assert code in catalogue
    assert catalogue.get(code).name_en


def test_an_unknown_code_is_an_instrument_all_the_same(catalogue: Catalogue) -> None:
    assert "ZZZZ.US" not in catalogue
    assert catalogue.get("ZZZZ.US") == Instrument("ZZZZ.US", market=Market.US_STOCK)
    assert catalogue.get("ZZZZUSDT") == Instrument("ZZZZUSDT", market=Market.UNKNOWN)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tsla.us", "TSLA.US"),
        (" btcusdt ", "BTCUSDT"),
        ("SILVER", "Silver"),
        ("gold", "GOLD"),
        ("700.hk", "700.HK"),
        ("Unknown.us", "Unknown.us"),
    ],
)
def test_the_vendors_spelling(catalogue: Catalogue, text: str, code: str) -> None:
    assert catalogue.spelling(text) == code


def test_a_catalogue_is_read_with_its_commas(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(
        'code,name_en,name_zh,market\n1.HK,"Hutchison, CK",长和,hk_stock\n', encoding="utf-8"
    )
    (instrument,) = Catalogue.read(path)
    assert instrument == Instrument("1.HK", "Hutchison, CK", "长和", Market.HK_STOCK)
