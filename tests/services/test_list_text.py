"""Texts and files taken into lists: read as they are meant, shown line by line, nothing lost."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alltick_desk.app.vendors import as_typed
from alltick_desk.model.instrument import Catalogue, InstrumentKey
from alltick_desk.model.lists import (
    Entry,
    ListBook,
    NamedList,
    Place,
    Section,
    book_of,
    clean_name,
    normal,
)
from alltick_desk.resources import resource
from alltick_desk.services.list_text import Preview, Vendors, Verdict, preview
from alltick_desk.services.list_text_apply import apply, take_in
from alltick_desk.services.list_text_decode import ENCODINGS, decode
from alltick_desk.services.list_text_read import from_cell, to_cell
from alltick_desk.services.list_text_write import codes_text, encode, table_text
from alltick_desk.services.lists import Lists

CATALOGUE = Catalogue.read(resource("catalogue.csv"))
VENDORS = Vendors("alltick", {"alltick": "AllTick", "itick": "iTick"})
NEW, THERE, UNKNOWN, MENDED = Verdict.NEW, Verdict.ALREADY_THERE, Verdict.UNKNOWN, Verdict.MENDED
UNREADABLE, HEADING = Verdict.UNREADABLE, Verdict.HEADING


def keys(*codes: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in codes]


def looked_at(
    source: str | bytes, book: ListBook | None = None, *, by_list: bool = True
) -> Preview:
    return preview(
        source,
        book_of() if book is None else book,
        catalogue=CATALOGUE,
        spell=lambda vendor, text: as_typed(vendor, text, CATALOGUE),
        vendors=VENDORS,
        by_list=by_list,
    )


def found(source: str | bytes) -> list[str]:
    """Return the codes that a text would add."""
    return [line.code for line in looked_at(source).lines if line.entry is not None]


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


def applied(text: str, book: ListBook, place: Place | None = None) -> ListBook:
    ids = itertools.count()
    return apply(looked_at(text, book), book, new_id=lambda: f"new{next(ids)}", place=place)


def codes_of(one: NamedList) -> list[tuple[str, list[str]]]:
    return [(it.name, [entry.key.code for entry in it.entries]) for it in one.sections]


def test_tradingviews_sections_are_sections() -> None:
    book = applied("###Tech,NASDAQ:AAPL,NASDAQ:MSFT,###HK,HKEX:700,###Empty", book_of(keys("GOLD")))
    assert codes_of(book.shown) == [
        ("", ["GOLD"]),
        ("Tech", ["AAPL.US", "MSFT.US"]),
        ("HK", ["700.HK"]),
        ("Empty", []),
    ]


def test_rows_without_a_section_go_where_one_pastes() -> None:
    book = applied("AAPL.US\nGOLD\nTSLA.US", book_of(keys("GOLD", "700.HK")), Place(0, 1))
    assert codes_of(book.shown) == [("", ["GOLD", "AAPL.US", "TSLA.US", "700.HK"])]


def test_no_section_is_made_for_rows_that_do_not_come() -> None:
    book = book_of(keys("700.HK", "GOLD"))
    text = "section,code\n港股,00700\nTech,AAPL.US\nTech,GOLD\nEmpty,\n"
    assert codes_of(applied(text, book).shown) == [
        ("", ["700.HK", "GOLD"]),
        ("Tech", ["AAPL.US"]),
        ("Empty", []),
    ]
    marked = applied("###港股,HKEX:700,###Tech,NASDAQ:AAPL,###Empty", book)
    assert [section.name for section in marked.shown.sections] == ["", "Tech", "Empty"]
    seen = looked_at(text)
    assert [it.name for it in apply(seen, book, new_id=lambda: "never").shown.sections] == [
        *("", "Tech", "Empty"),
    ]


def test_the_preview_tells_what_a_row_that_is_there_does_not_take() -> None:
    own = Entry(keys("700.HK")[0], "Penguin", "", pinned=True)
    book = ListBook((NamedList("1", "Mine", (Section("", (own,)), Section("Tech"))),), "1")
    text = (
        "section,code,alias,note,pinned\n"
        "Tech,700.HK,QQ,buy,yes\n"
        ",700.HK,Penguin,,yes\n"
        "Tech,GOLD,,,\n"
        "tech,GOLD,,,yes\n"
    )
    assert [line.note for line in looked_at(text, book).lines] == [
        "Not taken: the alias, the note, the section. The list has it already.",
        "The list has it already.",
        "",
        "Not taken: the pin. Line 4 has it already.",
    ]


def test_rows_join_the_lists_and_sections_of_their_names() -> None:
    sections = (
        Section("", (Entry(keys("GOLD")[0]),)),
        Section("Tech", (Entry(keys("AAPL.US")[0]),)),
    )
    book = ListBook((NamedList("1", "Mine", sections), NamedList("2", "Other")), "1")
    text = (
        "list,section,code\n"
        "mine,TECH,MSFT.US\nMine,,GOLD\nMine,,Silver\nFresh,x,AAPL.US\nother,,700.HK\nFresh,x,TSLA.US\n"
        ",,NVDA.US\n"
    )
    made = applied(text, book)
    assert [one.name for one in made.lists] == ["Mine", "Other", "Fresh"]
    assert codes_of(made.lists[0]) == [
        ("", ["GOLD", "Silver", "NVDA.US"]),
        ("Tech", ["AAPL.US", "MSFT.US"]),
    ]
    assert codes_of(made.lists[1]) == [("", ["700.HK"])]
    assert codes_of(made.lists[2]) == [("", []), ("x", ["AAPL.US", "TSLA.US"])]
    assert normal(made) == made


def test_the_column_of_lists_may_be_left_alone() -> None:
    text = "list,code\nOther,AAPL.US\nMore,AAPL.US\nMore,TSLA.US\n"
    seen = looked_at(text, by_list=False)
    assert [line.verdict for line in seen.lines] == [NEW, THERE, NEW]
    book = apply(seen, book_of(), new_id=lambda: "never")
    assert codes_of(book.shown) == [("", ["AAPL.US", "TSLA.US"])]


def test_what_was_added_since_the_preview_is_not_added_again() -> None:
    seen = looked_at("list,code\nWatchlist,AAPL.US\nWatchlist,TSLA.US\n,GOLD")
    book = apply(seen, book_of(keys("TSLA.US", "GOLD")), new_id=lambda: "never")
    assert codes_of(book.shown) == [("", ["TSLA.US", "GOLD", "AAPL.US"])]


def test_an_import_is_one_edit() -> None:
    lists = Lists(book_of(keys("GOLD")))
    before = lists.book
    seen = looked_at("list,code\n,AAPL.US\nFresh,TSLA.US\n,GOLD", before)
    assert take_in(seen, lists) == 2
    assert len(lists.book.lists) == 2
    assert lists.undo_label == "Undo: import 2 rows"
    lists.undo()
    assert lists.book == before
    assert not lists.can_undo


def test_codes_alone_are_one_a_line_with_the_vendor_where_it_is_another() -> None:
    both = [*keys("AAPL.US", "700.HK"), InstrumentKey("itick", "AAPL.US")]
    text = codes_text(both, usual="alltick")
    assert text == "AAPL.US\n700.HK\nitick:AAPL.US\n"
    assert codes_of(applied(text, book_of()).shown)[0][1] == ["AAPL.US", "700.HK", "AAPL.US"]


def test_a_table_is_for_people_too() -> None:
    entry = Entry(keys("700.HK")[0], "=SUM(1)", "a,b", pinned=True)
    book = ListBook((NamedList("1", "Mine", (Section("", (entry,)), Section("x"))),), "1")
    text = table_text(book.lists, lambda key: CATALOGUE.get(key.code).name_zh)
    assert text.splitlines() == [
        "list,section,code,name,alias,note,pinned,vendor",
        'Mine,,700.HK,腾讯控股,\'=SUM(1),"a,b",yes,alltick',
        "Mine,x,,,,,,",
    ]
    assert encode(text).startswith(b"\xef\xbb\xbflist,")


@given(st.text(st.characters(codec="utf-8"), max_size=8))
def test_no_cell_begins_a_formula_and_every_one_is_read_back(text: str) -> None:
    cell = to_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert from_cell(cell) == text


_WORDS = st.text(st.characters(codec="utf-8"), max_size=8)
# A code that nobody knows stands as it is; what is but another spelling of a known one is mended.
_CODES = st.sampled_from([item.code for item in CATALOGUE][:40]) | st.text(
    st.sampled_from("xyz012.$/^=+-@,;\"' "), min_size=1, max_size=6
).filter(lambda code: code == code.strip() and CATALOGUE.spelling(code) == code)
_KEYS = st.builds(InstrumentKey, st.sampled_from(("alltick", "itick")), _CODES)
_NONE = st.just("")
_ENTRIES = st.builds(Entry, _KEYS, _WORDS, _WORDS, st.booleans(), _NONE)
_SECTIONS = st.builds(
    Section, _WORDS, st.lists(_ENTRIES, max_size=5).map(tuple), st.just(False), _NONE
)
_LISTS = st.builds(
    NamedList, _NONE, _WORDS, st.lists(_SECTIONS, max_size=4).map(tuple), st.just({}), _NONE
)
_BOOKS = st.builds(ListBook, st.lists(_LISTS, min_size=1, max_size=3).map(tuple), _NONE, _NONE).map(
    normal
)


@given(_BOOKS, st.sampled_from(",;\t"), st.booleans())
@settings(deadline=None)
def test_what_is_exported_is_imported_as_it_was(
    book: ListBook, separator: str, as_file: bool
) -> None:
    text = table_text(book.lists, lambda key: f'={key.code}, "x"', separator=separator)
    empty = book_of(name="Some list of another name")
    ids = itertools.count()
    seen = looked_at(encode(text) if as_file else text, empty)
    made = apply(seen, empty, new_id=lambda: f"new{next(ids)}")
    assert [(one.name, one.sections) for one in made.lists[1:]] == [
        (one.name, one.sections) for one in book.lists
    ]
    assert made.lists[0] == empty.shown
    again = looked_at(text, book)
    assert {line.verdict for line in again.lines} <= {THERE, HEADING}
    assert apply(again, book, new_id=lambda: "never") == book


@given(st.lists(st.sampled_from([item.code for item in CATALOGUE]), unique=True, max_size=20))
@settings(deadline=None)
def test_codes_exported_alone_keep_their_order(codes: list[str]) -> None:
    assert found(codes_text(keys(*codes), usual="alltick")) == codes


_SPELLED = [
    "AAPL.US",
    "腾讯控股",
    "SH600519",
    "foo",
    '"',
    "code",
    "list",
    "###x",
    "#",
    "1.5",
    "\ud800",
]
_TEXTS = st.lists(
    st.sampled_from([*_SPELLED, *",;\t\n\r |，；、", "\x00", "\ufeff"]) | st.text(max_size=3),
    max_size=30,
).map("".join)


@given(_TEXTS)
@settings(deadline=None)
def test_any_text_is_read_without_a_fault_and_can_be_applied(text: str) -> None:
    seen = looked_at(text)
    made = apply(seen, book_of(), new_id=lambda: "new")
    if len({clean_name(line.list) for line in seen.lines}) < 2:  # one id is enough for one list
        assert normal(made) == made
    added = sum(len(one.keys) for one in made.lists)
    assert added == seen.added


@given(st.binary(max_size=60))
@settings(deadline=None)
def test_any_file_is_read_without_a_fault(data: bytes) -> None:
    assert looked_at(data).added >= 0
