"""Codes as other programs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.app.vendors import as_typed
from alltick_desk.model.instrument import Catalogue, Instrument, Market
from alltick_desk.resources import resource
from alltick_desk.services.list_text_codes import CodeReader, looks_like_code, tidy

CATALOGUE = Catalogue.read(resource("catalogue.csv"))


def spell(vendor: str, text: str) -> str:
    return as_typed(vendor, text, CATALOGUE)


READER = CodeReader(CATALOGUE, spell)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # as the vendor has it, in any case
        *(("AAPL.US", "AAPL.US"), ("aapl.us", "AAPL.US"), ("SILVER", "Silver"), ("gold", "GOLD")),
        *((".dji.us", ".DJI.US"), ("brk.b.us", "BRK.B.US"), ("foo.us", "FOO.US")),
        # Hong Kong
        *(("0700.HK", "700.HK"), ("00700", "700.HK"), ("0700", "700.HK"), ("700", "700.HK")),
        *(("HKEX:700", "700.HK"), ("HKG:0700", "700.HK"), ("HK.00700", "700.HK")),
        *(("hk00700", "700.HK"), ("HSI", "HSI.HK"), ("^HSI", "HSI.HK")),
        # China
        *(("SH600000", "600000.SH"), ("sz000001", "000001.SZ"), ("600000.SS", "600000.SH")),
        *(("600000.XSHG", "600000.SH"), ("000001.XSHE", "000001.SZ"), ("sh.600000", "600000.SH")),
        *(("SSE:600519", "600519.SH"), ("SZSE:300750", "300750.SZ"), ("600519", "600519.SH")),
        *(("000001", "000001.SZ"), ("000300", "000300.SH"), ("1.SZ", "000001.SZ")),
        # the United States
        *(("NASDAQ:AAPL", "AAPL.US"), ("NYSE:BRK.B", "BRK.B.US"), ("AAPL", "AAPL.US")),
        *(("AAPL.O", "AAPL.US"), ("US.AAPL", "AAPL.US"), ("BRK-B", "BRK.B.US")),
        *(("BRK.B", "BRK.B.US"), ("^DJI", ".DJI.US"), ("us.o", "O.US"), ("hk.us", "HK.US")),
        # pairs
        *(("BTC/USDT", "BTCUSDT"), ("btc-usdt", "BTCUSDT"), ("BINANCE:BTCUSDT", "BTCUSDT")),
        *(("EUR/USD", "EURUSD"), ("EURUSD=X", "EURUSD"), ("FX:EURUSD", "EURUSD")),
        # names
        *(("腾讯控股", "700.HK"), ("tencent", "700.HK"), ("贵州茅台", "600519.SH")),
        # a vendor's own spelling
        *(("700$HK", "700.HK"), ("future/GC$US", "future/GC$US")),
        # what nobody knows
        *(("NEW.XX", "NEW.XX"), ("newusdt", "NEWUSDT"), ("NewCoin", "NewCoin")),
    ],
)
def test_a_code_is_read_however_it_is_written(text: str, code: str) -> None:
    assert READER.read(text, "itick") == code
    assert READER.fault(code) == ""


@pytest.mark.parametrize(
    ("text", "exchange", "code"),
    [
        ("000001", "上交所", "000001.SH"),
        ("1", "SZSE", "000001.SZ"),
        ("700", "港股", "700.HK"),
        ("AAPL", "nasdaq", "AAPL.US"),
        ("600519.SH", "NASDAQ", "600519.SH"),
        ("AAPL", "us_stock", "AAPL.US"),
    ],
)
def test_a_column_of_exchanges_helps(text: str, exchange: str, code: str) -> None:
    assert READER.read(text, "alltick", exchange) == code


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("CME:GC1!", "CME"),
        ("12345678", "number"),
        ("612.50", "number"),
        ("没有这个", "called so"),
        ("two words", "called so"),
        ("...", "no code"),
        ("x" * 65, "no code"),
        ("a<b", "no code"),
        ("\x07", "no code"),
        ("", "no code"),
    ],
)
def test_what_is_no_code_is_said_so(text: str, why: str) -> None:
    assert why in READER.fault(READER.read(text, "alltick"))


@given(st.sampled_from([item.code for item in CATALOGUE]))
def test_every_code_of_the_catalogue_is_read_as_itself(code: str) -> None:
    assert READER.read(code, "alltick") == code
    assert READER.read(code.lower(), "alltick") == code
    assert READER.clear(code, "alltick") == code
    assert READER.fault(code) == ""


@given(st.text(max_size=12))
def test_reading_settles_at_once_and_never_fails(text: str) -> None:
    code = READER.read(tidy(text), "alltick")
    assert READER.fault(code) == READER.fault(code)
    if not READER.fault(code) and code in CATALOGUE:
        assert READER.read(code, "alltick") == code


def test_a_part_that_two_markets_have_is_left_as_it_is() -> None:
    both = [Instrument("ABC.US", market=Market.US_STOCK), Instrument("ABC.HK", "Same")]
    reader = CodeReader(Catalogue([*both, Instrument("DEF.US", "Same")]), lambda _, text: text)
    assert reader.read("ABC", "alltick") == "ABC"
    assert reader.read("Same", "alltick") == "Same"
    assert reader.read("DEF", "alltick") == "DEF.US"


@pytest.mark.parametrize("name", ["招商银行", "CM Bank", "cm bank"])
def test_a_name_that_several_have_asks_for_the_code(name: str) -> None:
    other = "招商银行" if name.isascii() else "CM Bank"
    assert READER.fault(READER.read(name, "alltick")) == (
        f"Several instruments are called so: 3968.HK ({other}), 600036.SH ({other}). "
        "Write the code of the one that is meant."
    )


def test_of_many_that_are_called_so_a_few_are_told() -> None:
    many = [Instrument(f"{number}.HK", "Same") for number in range(1, 8)]
    reader = CodeReader(Catalogue(many), lambda _, text: text)
    assert reader.fault(reader.read("SAME", "alltick")) == (
        "Several instruments are called so: 1.HK, 2.HK, 3.HK, 4.HK and 3 more. "
        "Write the code of the one that is meant."
    )


def test_a_code_counts_though_a_name_is_written_alike() -> None:
    named = [Instrument("5.HK", "Alike"), Instrument("6.HK", "Alike"), Instrument("ALIKE")]
    reader = CodeReader(Catalogue(named), lambda _, text: text)
    assert reader.fault(reader.read("alike", "alltick")) == ""


@pytest.mark.parametrize(
    ("text", "inside"),
    [('="000001"', "000001"), (" '700.HK' ", "700.HK"), ("７００．ＨＫ", "700.HK"), ("`A`", "A")],
)
def test_what_spreadsheets_put_around_a_code_is_taken_away(text: str, inside: str) -> None:
    assert tidy(text) == inside


@pytest.mark.parametrize(
    ("text", "looks"),
    [("AAPL", True), (".DJI.US", True), ("Apple", False), ("612.5", False), ("-3%", False)],
)
def test_looks(text: str, looks: bool) -> None:
    assert looks_like_code(text) is looks
