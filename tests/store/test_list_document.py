"""The document of the watchlists: what is written is read, whoever wrote it."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import Entry, ListBook, NamedList, Section, normal
from alltick_desk.store.lists import VERSION, lists_document, read_lists

TENCENT = InstrumentKey("alltick", "700.HK")
BITCOIN = InstrumentKey("itick", "BTCUSDT")
BOOK = ListBook(
    (
        NamedList("a", "Mine", (Section("", (Entry(TENCENT),)),)),
        NamedList(
            "b",
            "自选",
            (
                Section(),
                Section(
                    "币",
                    (Entry(BITCOIN, "比特币", "two\nlines", pinned=True), Entry(TENCENT)),
                    folded=True,
                ),
            ),
            {"sort": "change"},
        ),
    ),
    "b",
)


def through_json(document: object) -> Any:
    return json.loads(msgspec.json.encode(document))


def test_the_file_says_what_a_person_can_read_and_write() -> None:
    assert through_json(lists_document(BOOK)) == {
        "version": 2,
        "current": "b",
        "lists": [
            {"id": "a", "name": "Mine", "sections": [{"rows": ["alltick:700.HK"]}]},
            {
                "id": "b",
                "name": "自选",
                "extra": {"sort": "change"},
                "sections": [
                    {"rows": []},
                    {
                        "name": "币",
                        "folded": True,
                        "rows": [
                            {
                                "code": "itick:BTCUSDT",
                                "alias": "比特币",
                                "note": "two\nlines",
                                "pinned": True,
                            },
                            "alltick:700.HK",
                        ],
                    },
                ],
            },
        ],
    }


def test_version_1_is_read_with_its_order_names_and_choice() -> None:
    document = {
        "lists": [
            {"name": "Mine", "codes": ["itick:BTCUSDT", "alltick:700.HK", "itick:BTCUSDT"]},
            {"name": "mine", "codes": []},
            {"name": "", "codes": ["alltick:700.HK"]},
        ],
        "current": 2,
        "version": 1,
    }
    for version in ({}, {"version": 1}):
        book = read_lists(document | version).book
        assert book is not None
        assert [one.name for one in book.lists] == ["Mine", "mine (2)", "Watchlist"]
        assert book.lists[0].keys == (BITCOIN, TENCENT)
        assert book.shown is book.lists[2]


@pytest.mark.parametrize(("current", "shown"), [(-3, "A"), (0, "A"), (1, "B"), (9, "B")])
def test_the_list_shown_by_version_1_is_one_that_there_is(current: int, shown: str) -> None:
    lists = [{"name": "A", "codes": []}, {"name": "B", "codes": []}]
    book = read_lists({"lists": lists, "current": current}).book
    assert book is not None
    assert book.shown.name == shown


@pytest.mark.parametrize("version", [1, 2])
def test_no_list_is_no_book(version: int) -> None:
    assert read_lists({"version": version, "lists": []}).book is None


@pytest.mark.parametrize(
    "document",
    [
        {},
        [],
        {"lists": 7},
        {"version": "2", "lists": []},
        {"lists": [{"name": "x", "codes": ["nocolon"]}]},
        {"version": 2, "lists": [{"name": "x"}]},
        {"version": 2, "lists": [{"sections": []}]},
        {"version": 2, "lists": [{"name": "x", "sections": [{"rows": [5]}]}]},
        {"version": 2, "lists": [{"name": "x", "sections": [{"rows": [{"alias": "y"}]}]}]},
        {"version": 2, "lists": [{"name": "x", "sections": [{"rows": ["x"]}]}]},
        {"version": 2, "lists": [{"name": "x", "sections": [{"rows": [], "folded": 1}]}]},
        {"version": 2, "lists": [{"name": "x", "sections": [], "extra": {"sort": 1}}]},
    ],
)
def test_what_is_damaged_is_called_so(document: object) -> None:
    with pytest.raises(ValueError, match="no"):
        read_lists(document)


def test_a_later_version_is_read_as_far_as_it_goes_and_never_called_damaged() -> None:
    later = {**through_json(lists_document(BOOK)), "version": 7}
    assert read_lists(later) == (BOOK, 7)
    assert read_lists({"version": 7, "tabs": []}) == (None, 7)


def test_what_a_later_version_added_comes_back_as_it_was() -> None:
    document = through_json(lists_document(BOOK))
    document["theme"] = {"deep": [1, None, 10**30, "文"]}
    document["lists"][0]["colour"] = "red"
    document["lists"][1]["sections"][1]["rows"][0]["target"] = {"price": 1.5}
    document["lists"][1]["sections"][1]["icon"] = "coin"
    book = read_lists(document).book
    assert book is not None
    assert through_json(lists_document(book)) == document


_WORDS = st.text(st.characters(codec="utf-8"), max_size=6)
_KEYS = st.builds(
    InstrumentKey,
    st.sampled_from(("alltick", "itick")),
    st.text("ABC.:$/^", min_size=1, max_size=4),
)
_REST = st.sampled_from(("", '{"a":1}', '{"z":{"deep":[1.5,null,"文"]}}'))
_ENTRIES = st.builds(Entry, _KEYS, _WORDS, _WORDS, st.booleans(), _REST)
_SECTIONS = st.builds(
    Section, _WORDS, st.lists(_ENTRIES, max_size=4).map(tuple), st.booleans(), _REST
)
_LISTS = st.builds(
    NamedList,
    _WORDS,
    _WORDS,
    st.lists(_SECTIONS, max_size=3).map(tuple),
    st.dictionaries(_WORDS, _WORDS, max_size=2),
    _REST,
)
_BOOKS = st.builds(
    ListBook, st.lists(_LISTS, min_size=1, max_size=3).map(tuple), _WORDS, _REST
).map(normal)


@given(_BOOKS)
def test_any_book_is_read_as_it_was_written(book: ListBook) -> None:
    document = through_json(lists_document(book))
    assert document["version"] == VERSION
    assert read_lists(document) == (book, 0)
