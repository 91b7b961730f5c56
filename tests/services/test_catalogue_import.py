"""Product lists from files: sheets, columns, markets, codes, and what becomes of each line."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.errors import StoreError
from alltick_desk.model.instrument import Catalogue, Instrument, Market
from alltick_desk.services.catalogue_import import Choice, Outcome, Tally, read_lines
from alltick_desk.services.catalogue_import_codes import market_of, spelled
from alltick_desk.services.catalogue_import_guess import Columns, guess, market_named
from alltick_desk.services.catalogue_import_sheets import Sheet, read_sheets

TENCENT = Instrument("700.HK", "Tencent", "腾讯控股", Market.HK_STOCK)


def write_workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """Write the least that makes a workbook; numbers are numbers, the rest is text."""
    kind = "http://schemas.openxmlformats.org"
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="r{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="r{number}" Type="{kind}/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    main = f'xmlns="{kind}/spreadsheetml/2006/main"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{kind}/package/2006/relationships"><Relationship Id="r" '
            f'Type="{kind}/officeDocument/2006/relationships/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {main} xmlns:r="{kind}/officeDocument/2006/relationships">'
            f"<sheets>{names}</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{kind}/package/2006/relationships">{links}</Relationships>',
        )
        for number, rows in enumerate(sheets.values(), 1):
            lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f"<worksheet {main}><sheetData>{lines}</sheetData></worksheet>",
            )
    return path


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


# Files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_text_file_in_any_spelling(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "products.csv"
    rows = [
        ["代码", "名称", "English name"],
        ["700.HK", "腾讯控股", "Tencent"],
        ["9988.HK", "阿里", ""],
    ]
    text = "\r\n".join(separator.join(row) for row in rows) + "\r\n\r\n"
    path.write_bytes(text.encode(encoding))
    assert read_sheets(path) == [Sheet("", tuple(map(tuple, rows)))]


def test_a_quoted_name_may_hold_what_parts_cells(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text('code,name\n1.HK,"Hutchison,\nCK"\nA.US,"x ""y"""\n', encoding="utf-8")
    assert read_sheets(path)[0].rows[1:] == (("1.HK", "Hutchison, CK"), ("A.US", 'x "y"'))


def test_a_workbook_has_named_sheets_and_numbers_without_fractions(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "p.xlsx",
        {
            "港股": [["代码", "名称"], [700, "腾讯控股"], ["9988.HK", "阿里 & Co"], [1.5, ""]],
            "Empty": [],
        },
    )
    assert read_sheets(path) == [
        Sheet(
            "港股", (("代码", "名称"), ("700", "腾讯控股"), ("9988.HK", "阿里 & Co"), ("1.5", ""))
        )
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it has no rows"),
        (b"\n\n , \n", "it has no rows"),
        (b"\x00\x01\x02\x03" * 9, "it is neither a text file nor a workbook"),
        (b"PK\x03\x04 and no more", "it is damaged, or no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more", "it is damaged, or no workbook"),
        (b"\xff\xfe\x00", "it is neither a text file nor a workbook"),
    ],
)
def test_what_is_no_list_is_told(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "p.xlsx"
    path.write_bytes(data)
    with pytest.raises(StoreError, match=words):
        read_sheets(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Nothing was changed"):
        read_sheets(tmp_path / "p.csv")


@given(data=st.binary(max_size=400), head=st.sampled_from([b"", b"PK\x03\x04", b"\xef\xbb\xbf"]))
def test_any_bytes_give_rows_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.bin"
    path.write_bytes(head + data)
    sheets: list[Sheet] = []
    words = ""
    try:
        sheets = read_sheets(path)
    except StoreError as error:
        words = str(error)
    assert ("fuzz.bin" in words) != bool(sheets)
    assert all(any(sheet.rows[-1]) for sheet in sheets)


# Columns and markets


@pytest.mark.parametrize(
    ("name", "market"),
    [
        ("US Stocks", Market.US_STOCK),
        ("美股产品", Market.US_STOCK),
        ("HK", Market.HK_STOCK),
        ("港股指数", Market.INDEX),
        ("A股", Market.CN_STOCK),
        ("沪深", Market.CN_STOCK),
        ("Forex", Market.FOREX),
        ("外汇", Market.FOREX),
        ("贵金属", Market.COMMODITY),
        ("Crypto currency", Market.CRYPTO),
        ("数字货币", Market.CRYPTO),
        ("CFD indices", Market.CFD_INDEX),
        ("hk_stock", Market.HK_STOCK),
        ("Russia", Market.UNKNOWN),
        ("Sheet1", Market.UNKNOWN),
    ],
)
def test_markets_by_name(name: str, market: Market) -> None:
    assert market_named(name) is market


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        (["Code", "Name", "中文名称"], Columns(0, 1, 2)),
        (["序号", "产品代码", "英文名称", "中文名称"], Columns(1, 2, 3)),
        (["Symbol", "Market", "Chinese name", "Traditional Chinese"], Columns(0, None, 2, 3, 1)),
        (["name_en", "name_cn", "code"], Columns(2, 0, 1)),
        (["股票名称", "股票代码"], Columns(1, None, 0)),
    ],
)
def test_columns_by_their_headings(heading: list[str], columns: Columns) -> None:
    body = tuple(tuple(f"{word[0]}{line}" for word in heading) for line in range(3))
    found = guess(Sheet("", (("All our products",), tuple(heading), *body)))
    assert (found.columns, found.first) == (columns, 2)


def test_columns_by_what_stands_in_them() -> None:
    rows = tuple(
        (str(number), f"{number}00.HK", f"公司{number}", f"Company number {number}")
        for number in range(1, 9)
    )
    assert guess(Sheet("", rows)) == (Columns(1, 3, 2), 0, Market.HK_STOCK)


def test_a_column_called_name_may_be_chinese() -> None:
    sheet = Sheet("", (("code", "name"), ("600519", "贵州茅台"), ("000001", "平安银行")))
    assert guess(sheet, "A股列表").columns == Columns(0, None, 1)
    assert guess(sheet, "A股列表").market is Market.CN_STOCK


def test_a_sheet_without_codes_is_not_wanted() -> None:
    sheet = Sheet("Notes", (("Please read the terms.",), ("They are long.",)))
    assert not Choice.of(sheet, guess(sheet)).wanted


texts = st.text(alphabet="aB1.中,- ", max_size=6)


@given(rows=st.lists(st.lists(texts, max_size=5).map(tuple), min_size=1, max_size=30), name=texts)
def test_a_guess_fits_its_sheet(rows: list[tuple[str, ...]], name: str) -> None:
    sheet = Sheet(name, tuple(rows))
    found = guess(sheet)
    assert 0 <= found.first <= len(rows)
    places = [place for place in found.columns if place is not None]
    assert len(places) == len(set(places))
    choice = Choice.of(sheet, found)
    tally = Tally()
    for _ in tally.count(choice, Catalogue([TENCENT])):
        pass
    blank = sum(not any(row) for row in rows[found.first :])
    assert sum(tally.counts.values()) == len(rows) - found.first - blank
    counts = tally.counts
    told = counts[Outcome.NEW] + counts[Outcome.CHANGED] + counts[Outcome.KNOWN]
    assert len(tally.instruments) == told


# Codes


@pytest.mark.parametrize(
    ("text", "market", "code"),
    [
        ("AAPL", Market.US_STOCK, "AAPL.US"),
        ("aapl.us", Market.US_STOCK, "AAPL.US"),
        ("BRK.B", Market.US_STOCK, "BRK.B.US"),
        ("US.AAPL", Market.UNKNOWN, "AAPL.US"),
        ("00700", Market.HK_STOCK, "700.HK"),
        ("700", Market.HK_STOCK, "700.HK"),
        ("00700.hk", Market.UNKNOWN, "700.HK"),
        ("HK.00700", Market.UNKNOWN, "700.HK"),
        ("HSI", Market.HK_STOCK, "HSI.HK"),
        ("1", Market.CN_STOCK, "000001.SZ"),
        ("600519", Market.CN_STOCK, "600519.SH"),
        ("sh600519", Market.CN_STOCK, "600519.SH"),
        ("600519.SS", Market.UNKNOWN, "600519.SH"),
        ("HSI.HK", Market.INDEX, "HSI.HK"),
        (".DJI.US", Market.INDEX, ".DJI.US"),
        ("NAS100", Market.CFD_INDEX, "NAS100"),
        ("Silver", Market.COMMODITY, "Silver"),
        ("BTCUSDT", Market.CRYPTO, "BTCUSDT"),
        ("US1", Market.CRYPTO, "US1"),
        ("not a code", Market.US_STOCK, ""),
        ("茅台", Market.CN_STOCK, ""),
        ("abc", Market.CN_STOCK, ""),
        ("A,B", Market.UNKNOWN, ""),
        ("", Market.US_STOCK, ""),
        ("x" * 65, Market.UNKNOWN, ""),
    ],
)
def test_codes_are_spelled_as_the_desk_does(text: str, market: Market, code: str) -> None:
    assert spelled(text, market) == code
    if code:
        assert spelled(code, market) == code, "and stay so"


def test_the_ending_knows_the_market_better() -> None:
    assert market_of("700.HK", Market.US_STOCK) is Market.HK_STOCK
    assert market_of("HSI.HK", Market.INDEX) is Market.INDEX
    assert market_of("NAS100", Market.INDEX) is Market.CFD_INDEX
    assert market_of("2800.HK", Market.FUND) is Market.FUND


# Lines


def test_what_becomes_of_each_line() -> None:
    sheet = Sheet(
        "港股",
        (
            ("Code", "Name", "中文"),
            ("0700", "Tencent", "腾讯控股"),
            ("9988", "Alibaba", "阿里巴巴"),
            ("", "", ""),
            ("700.HK", "again", ""),
            ("two words", "x", ""),
            ("5.HK", "", ""),
        ),
    )
    catalogue = Catalogue([TENCENT, Instrument("5.HK", "HSBC", "汇丰控股", Market.HK_STOCK)])
    choice = Choice.of(sheet, guess(sheet))
    tally = Tally()
    for _ in tally.count(choice, catalogue):
        pass
    assert tally.counts == {
        Outcome.NEW: 1,
        Outcome.CHANGED: 0,
        Outcome.KNOWN: 2,
        Outcome.DUPLICATE: 1,
        Outcome.UNREADABLE: 1,
    }
    assert tally.unreadable == [6]
    assert list(tally.instruments) == ["700.HK", "9988.HK", "5.HK"]
    renamed = choice._replace(columns=choice.columns._replace(name_en=2, name_zh=None))
    assert next(read_lines(renamed, catalogue)).outcome is Outcome.CHANGED


def test_a_column_may_tell_each_line_s_market() -> None:
    sheet = Sheet("", (("code", "market"), ("AAPL", "US"), ("700", "港股"), ("GOLD", "贵金属")))
    lines = read_lines(Choice.of(sheet, guess(sheet)), Catalogue([]))
    assert [(line.instrument.code, line.instrument.market) for line in lines] == [
        ("AAPL.US", Market.US_STOCK),
        ("700.HK", Market.HK_STOCK),
        ("GOLD", Market.COMMODITY),
    ]
