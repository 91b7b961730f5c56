"""Texts and files read as lists: as they are meant, and shown line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listtexts import HEADING, MENDED, NEW, THERE, UNKNOWN, UNREADABLE, found, keys, looked_at

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import (
    Entry,
    book_of,
)
from alltick_desk.services.list_text_decode import ENCODINGS, decode


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("700.HK\nAAPL.US\n", "700.HK AAPL.US"),
        ("700.HK,AAPL.US;GOLD\tBTCUSDT|EURUSD", "700.HK AAPL.US GOLD BTCUSDT EURUSD"),
        ("700.HK，AAPL.US；GOLD、BTCUSDT", "700.HK AAPL.US GOLD BTCUSDT"),
        ("700.HK AAPL.US  tsla\r\rmsft", "700.HK AAPL.US TSLA.US MSFT.US"),
        (
            "700.HK,AAPL.US;tsla\n\nBTC / USDT、EUR/USD，gold",
            "700.HK AAPL.US TSLA.US BTCUSDT EURUSD GOLD",
        ),
        ("600519,000001,300750", "600519.SH 000001.SZ 300750.SZ"),
        ("700 9988 5", "700.HK 9988.HK 5.HK"),
        ('"700.HK","AAPL.US"', "700.HK AAPL.US"),
        # a name beside the code, apart or not
        ("700.HK Tencent Holdings\n腾讯控股 09988\nAAPL.US\tApple Inc", "700.HK 9988.HK AAPL.US"),
        ("700.HK,Tencent\nAAPL.US,Apple\nTSLA.US,GM", "700.HK AAPL.US TSLA.US"),
        ("1,AAPL.US,Apple\n2,TSLA.US,Tesla", "AAPL.US TSLA.US"),
        ('"700.HK","Tencent, Ltd"\n"AAPL.US","Apple, Inc"', "700.HK AAPL.US"),
        ("AAPL.US\tApple\t612.5\t600000\nTSLA.US\tTesla\t-3.1%\t23", "AAPL.US TSLA.US"),
        ("FOO\tFoo Corp\t1.2\n", "FOO"),
        ("AAPL.US, 12", "AAPL.US"),
        # titles, in whatever order and language
        ("代码,名称\nSH600519,贵州茅台\n", "600519.SH"),
        ("名称；证券代码\n腾讯；00700\n", "700.HK"),
        ("Name;Symbol;Price\nApple;aapl;3\n", "AAPL.US"),
        ("\n\nticker\nAAPL\nMSFT\n", "AAPL.US MSFT.US"),
        ("股票代码\t市场\n000001\t沪市\n", "000001.SH"),
        ('sep=;\ncode;name\n="000001";x\n', "000001.SZ"),
        ("Symbol,Exchange\nAAPL,NASDAQ\n\nSymbol,Exchange\n700,HKEX", "AAPL.US 700.HK"),
        # remarks
        ("# mine\n// more\nAAPL.US", "AAPL.US"),
        ("", ""),
        (" \n,;\n", ""),
    ],
)
def test_codes_are_found_however_they_are_parted(text: str, codes: str) -> None:
    assert found(text) == codes.split()
    assert found("\ufeff" + text.replace("\n", "\r\n")) == codes.split()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"]
)
def test_encodings_are_told_apart(encoding: str) -> None:
    text = "代码,名称,备注\nSH600519,贵州茅台,核心\n"
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    data = marks.get(encoding, b"") + text.encode(encoding)
    assert decode(data).text == text
    (line,) = looked_at(data).lines
    assert line.entry == Entry(InstrumentKey("alltick", "600519.SH"), note="核心")


@pytest.mark.parametrize(
    "text", ["联通", "谢\n鸾", "码", "Société Générale", "Газпром", "ΑΒΓ", "Zürich 12", "café, 茅"]
)
def test_short_words_are_read_in_the_encoding_they_were_written_in(text: str) -> None:
    assert decode(text.encode()).text == text


# The second byte of each is one that can follow in UTF-8 too.
@pytest.mark.parametrize("text", ["联通", "茅台", "迁", "600519.SH 茅"])
def test_chinese_that_happens_to_be_utf_8_is_read_as_gbk(text: str) -> None:
    assert decode(text.encode("gbk")).text == text


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gbk", "GBK"),
        ("big5", "Big5"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_a_file_is_read_in_the_encoding_that_is_named(codec: str, encoding: str) -> None:
    text = "700.HK,香港\n9988.HK,中文\n"
    read = decode(text.encode(codec), encoding)
    assert (read.text.removeprefix("\ufeff"), read.encoding) == (text, encoding)


@given(st.binary(max_size=60), st.sampled_from([*ENCODINGS]))
def test_any_file_is_read_in_any_encoding(data: bytes, encoding: str) -> None:
    assert decode(data, encoding).encoding == encoding


def test_what_no_encoding_explains_is_read_as_far_as_it_goes() -> None:
    data = b"AAPL.US\n\xff\xff\n700.HK\n"
    assert [line.verdict for line in looked_at(data).lines] == [NEW, UNREADABLE, NEW]


def test_the_preview_says_what_becomes_of_every_line() -> None:
    text = "700.HK\naapl.us\nAAPL\nFOO.US\nfoo.us\nTVC:DXY\nnot a code\nitick:BTCUSDT"
    lines = looked_at(text, book_of(keys("700.HK"))).lines
    assert [(line.number, line.verdict, line.code) for line in lines] == [
        (1, THERE, "700.HK"),
        (2, MENDED, "AAPL.US"),
        (3, THERE, "AAPL.US"),
        (4, UNKNOWN, "FOO.US"),
        (5, THERE, "FOO.US"),
        (6, UNREADABLE, ""),
        (7, UNREADABLE, ""),
        (8, NEW, "BTCUSDT"),
    ]
    assert [line.note for line in lines] == [
        "The list has it already.",
        "“aapl.us” is taken for AAPL.US.",
        "Line 2 has it already.",
        "The catalogue does not have it, the vendor will tell.",
        "Line 4 has it already.",
        "The exchange TVC is not known here.",
        "No instrument of the catalogue is called so.",
        "",
    ]
    assert lines[-1].entry == Entry(InstrumentKey("itick", "BTCUSDT"))
    assert lines[6].text == "not a code"


def test_what_is_mended_and_unknown_says_both() -> None:
    (line,) = looked_at("SH688999").lines
    assert line.verdict is UNKNOWN
    assert line.note == (
        "“SH688999” is taken for 688999.SH. The catalogue does not have it, the vendor will tell."
    )


def test_a_preview_is_counted() -> None:
    seen = looked_at("AAPL.US\ntsla\nFOO.US\nAAPL.US\n###x\n?")
    assert seen.added == 3
    assert seen.count(THERE, UNREADABLE, HEADING) == 3


def test_columns_say_more_of_a_row() -> None:
    text = (
        "Pinned,Alias,Code,Note,Group,Vendor,List\n"
        'yes,  Apple ,AAPL,two""s,Tech,iTick,US\n'
        ',,700.HK,"a, b\nc",,nobody,\n'
    )
    first, second = looked_at(text).lines
    assert first.entry == Entry(InstrumentKey("itick", "AAPL.US"), "Apple", 'two""s', pinned=True)
    assert (first.list, first.section) == ("US", "Tech")
    assert second.entry == Entry(InstrumentKey("alltick", "700.HK"), "", "a, b\nc")
    assert (second.list, second.section, second.number) == ("", "", 3)
    assert second.note == "The vendor “nobody” is not known, AllTick is taken."


def test_a_quote_that_nobody_closed_swallows_nothing() -> None:
    assert found('code,note\n"700.HK,x\nAAPL.US,"y\nTSLA.US,z\n') == [
        "700.HK",
        "AAPL.US",
        "TSLA.US",
    ]


def test_a_field_without_end_is_no_fault() -> None:
    text = "code,note\nAAPL.US," + "x" * 200_000 + "\nTSLA.US,y\n"
    assert found(text) == ["AAPL.US", "TSLA.US"]
