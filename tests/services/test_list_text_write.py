"""Lists written as texts, and read back: nothing is lost, whatever stands in them."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from listtexts import (
    CATALOGUE,
    HEADING,
    THERE,
    applied,
    codes_of,
    found,
    keys,
    looked_at,
)

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import (
    Entry,
    ListBook,
    NamedList,
    Section,
    book_of,
    clean_name,
    normal,
)
from alltick_desk.services.list_text_apply import apply
from alltick_desk.services.list_text_read import from_cell, to_cell
from alltick_desk.services.list_text_write import codes_text, encode, table_text


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
