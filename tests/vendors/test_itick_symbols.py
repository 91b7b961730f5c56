"""Desk codes and iTick's symbols: each has exactly one of the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itick_samples import CATALOGUE

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import Instrument, Market
from alltick_desk.vendors.itick.symbols import CLUSTERS, Spelling, Symbol, read_symbol

SPELLING = Spelling(lambda code: CATALOGUE.get(code).market)

CODES = [
    ("700.HK", "stock", "700", "HK"),
    ("BRK.B.US", "stock", "BRK.B", "US"),
    ("600519.SH", "stock", "600519", "SH"),
    ("000001.SZ", "stock", "000001", "SZ"),
    ("7203.JP", "stock", "7203", "JP"),
    ("EURUSD", "forex", "EURUSD", "GB"),
    ("GOLD", "forex", "GOLD", "GB"),
    ("Silver", "forex", "Silver", "GB"),
    ("XYZABC", "forex", "XYZABC", "GB"),
    ("USDT", "forex", "USDT", "GB"),
    ("BTCUSDT", "crypto", "BTCUSDT", "BA"),
    ("NEWUSDC", "crypto", "NEWUSDC", "BA"),
    ("NEWETH", "crypto", "NEWETH", "BA"),
    (".DJI.US", "indices", "DJI", "US"),
    (".SPX.US", "indices", "SPX", "US"),
    ("HSI.HK", "indices", "HSI", "HK"),
    ("000001.SH", "indices", "000001", "CN"),
    ("399001.SZ", "indices", "399001", "CN"),
    ("NAS100", "indices", "NAS100", "GB"),
    ("future/GC$US", "future", "GC", "US"),
    ("fund/QQQ$US", "fund", "QQQ", "US"),
    ("indices/DJI$GB", "indices", "DJI", "GB"),
    ("indices/HSCEI$HK", "indices", "HSCEI", "HK"),
    ("crypto/BTCUSDT$OKX", "crypto", "BTCUSDT", "OKX"),
    ("crypto/BTCEUR$BA", "crypto", "BTCEUR", "BA"),
    ("stock/000001$SH", "stock", "000001", "SH"),  # the short spelling is the index's
]


@pytest.mark.parametrize(("code", "cluster", "spelled", "region"), CODES)
def test_both_spellings(code: str, cluster: str, spelled: str, region: str) -> None:
    symbol = Symbol(cluster, spelled, region)
    assert SPELLING.symbol(code) == symbol
    assert SPELLING.desk_code(symbol) == code
    assert str(symbol) == f"{spelled}${region}"


def test_every_code_of_the_catalogue_comes_back() -> None:
    assert len(CATALOGUE) > 800
    for instrument in CATALOGUE:
        symbol = SPELLING.symbol(instrument.code)
        assert SPELLING.desk_code(symbol) == instrument.code
        assert SPELLING.market(symbol) is instrument.market


texts = st.text(min_size=1, max_size=12) | st.text("AZ09.$/-", min_size=1, max_size=12)
endings = st.sampled_from(["", ".US", ".HK", ".SH", ".JP", "USDT", "$US", "$GB", "$BA"])
begins = st.sampled_from(["", ".", "stock/", "indices/", "crypto/", "future/"])
any_code = st.builds("{}{}{}".format, begins, texts, endings)


@given(any_code)
def test_any_code_comes_back_or_is_the_long_spelling_of_one_that_does(code: str) -> None:
    symbol = SPELLING.symbol(code)
    again = SPELLING.desk_code(symbol)
    assert SPELLING.symbol(again) == symbol
    assert code in (again, f"{symbol.cluster}/{symbol}")


@given(
    st.sampled_from(CLUSTERS),
    texts | st.sampled_from([code.rpartition(".")[0] or code for code, *_ in CODES]),
    st.sampled_from(["US", "HK", "SH", "CN", "GB", "BA", "OKX", "B2"]),
)
def test_any_symbol_has_a_code_that_means_it(cluster: str, code: str, region: str) -> None:
    symbol = Symbol(cluster, code, region)
    assert SPELLING.symbol(SPELLING.desk_code(symbol)) == symbol


@pytest.mark.parametrize(
    ("cluster", "spelled", "region", "symbol"),
    [
        ("stock", "AAPL.US", "", ("AAPL", "US")),
        ("stock", "AAPL", "US", ("AAPL", "US")),
        ("stock", "AAPL", "us", ("AAPL", "US")),
        ("stock", "AAPL.US", "US", ("AAPL", "US")),
        ("stock", "AAPL$US", "", ("AAPL", "US")),
        ("stock", "AAPL", "", ("AAPL", "US")),
        ("stock", "BRK.B", "US", ("BRK.B", "US")),
        ("stock", "BRK.B.US", "", ("BRK.B", "US")),
        ("stock", "BRK.B", "", ("BRK.B", "US")),
        ("forex", "EURUSD", "", ("EURUSD", "GB")),
        ("forex", "EURUSD.GB", "", ("EURUSD", "GB")),
        ("indices", "NAS100", "", ("NAS100", "GB")),
        ("crypto", "BTCUSDT", "", ("BTCUSDT", "BA")),
        ("crypto", "ETH_USDT", "", ("ETHUSDT", "BA")),
        ("crypto", "ETH_USDT", "BA", ("ETHUSDT", "BA")),
        ("crypto", "BA_BTC_USDT", "", ("BTCUSDT", "BA")),
        ("crypto", "BA_BTC_USDT", "BA", ("BTCUSDT", "BA")),
        ("crypto", "OKX_BTC_USDT", "", ("BTCUSDT", "OKX")),
        ("crypto", "BTCUSDT.BA", "", ("BTCUSDT", "BA")),
        ("crypto", "BTCUSDT$OKX", "", ("BTCUSDT", "OKX")),
    ],
)
def test_the_spellings_of_answers(
    cluster: str, spelled: str, region: str, symbol: tuple[str, str]
) -> None:
    assert read_symbol(cluster, spelled, region) == Symbol(cluster, *symbol)


@pytest.mark.parametrize(
    ("spelled", "region"),
    [("", "US"), ("A", "U S"), ("A", "香港"), ("A" * 65, "US"), ("A", "$"), ("A", "X" * 9)],
)
def test_a_symbol_that_is_none(spelled: str, region: str) -> None:
    with pytest.raises(ProtocolError):
        read_symbol("stock", spelled, region)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("700$HK", "700.HK"),
        (" AAPL$us ", "AAPL.US"),
        ("BTCUSDT$BA", "BTCUSDT"),
        ("btcusdt$ba", "BTCUSDT"),
        ("future/gc$us", "future/GC$US"),
        ("Silver$GB", "Silver"),
        ("EURUSD$GB", "EURUSD"),
        ("NAS100$GB", "NAS100"),
        ("HSI$HK", "HSI.HK"),
        ("DJI$US", ".DJI.US"),
        ("000001$CN", "000001.SH"),
        ("000001$SZ", "000001.SZ"),
        ("future/GC$US", "future/GC$US"),
        ("Stock/700$HK", "700.HK"),
        ("crypto/BTCUSDT$OKX", "crypto/BTCUSDT$OKX"),
        ("indices/DJI$GB", "indices/DJI$GB"),
        ("700.HK", None),
        ("BTCUSDT", None),
        ("$HK", None),
        ("700$", None),
        ("bonds/X$US", None),
        ("a b$US", None),
        ("A$B$US", None),
        ("", None),
    ],
)
def test_what_a_person_types_as_itick_writes_it(text: str, code: str | None) -> None:
    assert SPELLING.typed(text) == code


@given(any_code)
def test_what_is_typed_is_read_to_the_end(text: str) -> None:
    code = SPELLING.typed(text)
    assert code is None or SPELLING.typed(str(SPELLING.symbol(code))) is not None
    assert code is None or SPELLING.desk_code(SPELLING.symbol(code)) == code


@pytest.mark.parametrize(
    ("symbol", "market"),
    [
        (Symbol("stock", "7203", "JP"), Market.UNKNOWN),
        (Symbol("indices", "HSCEI", "HK"), Market.INDEX),
        (Symbol("indices", "XYZ", "GB"), Market.CFD_INDEX),
        (Symbol("forex", "GOLD", "GB"), Market.COMMODITY),
        (Symbol("forex", "XYZABC", "GB"), Market.FOREX),
        (Symbol("crypto", "NEWUSDT", "BA"), Market.CRYPTO),
        (Symbol("future", "GC", "US"), Market.FUTURE),
        (Symbol("fund", "QQQ", "US"), Market.FUND),
    ],
)
def test_the_market_of_a_symbol(symbol: Symbol, market: Market) -> None:
    assert SPELLING.market(symbol) is market


def test_a_listed_code_keeps_its_spelling_once_the_catalogue_has_it() -> None:
    grown: dict[str, Instrument] = {}

    def market_of(code: str) -> Market:
        return grown[code].market if code in grown else CATALOGUE.get(code).market

    spelling = Spelling(market_of)
    symbols = [Symbol("indices", "VIX", "GB"), Symbol("crypto", "NEWUSDT", "BA")]
    for symbol in symbols:
        code = spelling.desk_code(symbol)
        grown[code] = Instrument(code, market=spelling.market(symbol))
        assert spelling.desk_code(symbol) == code
        assert spelling.symbol(code) == symbol
