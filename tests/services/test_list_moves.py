"""Edits of lists that take several steps of the model, as one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import Entry, ListBook, NamedList, Section, normal
from alltick_desk.services.list_moves import (
    grouped,
    into_new_list,
    section_into_new_list,
    section_to_list,
)

CODES = "ABCDEFGH"


def entry(code: str) -> Entry:
    return Entry(InstrumentKey("alltick", code), note=code.lower())


def keys(codes: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in codes]


def section(name: str, codes: str) -> Section:
    return Section(name, tuple(map(entry, codes)))


def read(book: ListBook, list_id: str) -> list[str]:
    """Return a list in short: "name:codes" for each section."""
    return [
        f"{it.name}:{''.join(entry.key.code for entry in it.entries)}"
        for it in book.get(list_id).sections
    ]


BOOK = ListBook(
    (
        NamedList("1", "One", (section("", "AB"), section("Tech", "CDE"), section("Rest", "F"))),
        NamedList("2", "Two", (section("", "AX"), section("tech", "DY"))),
    ),
    "1",
)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("CD", [":AB", "New:CD", "Tech:E", "Rest:F"]),  # where they stood: above what is left
        ("DE", [":AB", "Tech:C", "New:DE", "Rest:F"]),
        ("D", [":AB", "Tech:CE", "New:D", "Rest:F"]),
        ("FCE", [":AB", "New:CEF", "Tech:D", "Rest:"]),
        ("B", [":A", "New:B", "Tech:CDE", "Rest:F"]),
        ("A", [":B", "New:A", "Tech:CDE", "Rest:F"]),  # no row without a section stands below one
        ("AF", [":B", "New:AF", "Tech:CDE", "Rest:"]),
    ],
)
def test_rows_come_under_a_heading_as_near_as_can_be(chosen: str, expected: list[str]) -> None:
    assert read(grouped(BOOK, "1", keys(chosen), "New"), "1") == expected


def test_near_the_top_of_a_long_section_it_stands_near_the_top() -> None:
    book = ListBook((NamedList("1", "One", (section("", ""), section("All", "ABCDEFGH"))),), "1")
    assert read(grouped(book, "1", keys("CD"), "New"), "1") == [":", "New:CD", "All:ABEFGH"]
    assert read(grouped(book, "1", keys("FG"), "New"), "1") == [":", "All:ABCDEH", "New:FG"]


def test_two_sections_of_one_name_are_told_apart() -> None:
    assert "Tech (2):B" in read(grouped(BOOK, "1", keys("B"), "Tech"), "1")


def test_a_section_without_rows_stands_at_the_end() -> None:
    assert read(grouped(BOOK, "1", [], "New"), "1") == [":AB", "Tech:CDE", "Rest:F", "New:"]
    assert read(grouped(BOOK, "1", keys("Z"), "New"), "1")[-1] == "New:"


def test_rows_become_a_list_and_the_shown_one_stays() -> None:
    book = into_new_list(BOOK, "1", keys("EA"), "9", "Two")
    assert book.current == "1"
    assert [one.name for one in book.lists] == ["One", "Two", "Two (2)"]
    assert read(book, "9") == [":AE"]
    assert read(book, "1") == [":B", "Tech:CD", "Rest:F"]
    assert [it.note for it in book.get("9").entries] == ["a", "e"]


def test_a_section_becomes_a_list_with_its_heading() -> None:
    book = section_into_new_list(BOOK, "1", 1, "9", "Chips")
    assert book.current == "1"
    assert [one.name for one in book.lists] == ["One", "Two", "Chips"]
    assert read(book, "9") == [":", "Tech:CDE"]
    assert read(book, "1") == [":AB", "Rest:F"]
    copy = section_into_new_list(BOOK, "1", 1, "9", "Chips", copy=True)
    assert read(copy, "1") == read(BOOK, "1")
    assert read(copy, "9") == [":", "Tech:CDE"]


def test_a_copy_leaves_the_rows_where_they_are() -> None:
    book = into_new_list(BOOK, "1", keys("EA"), "9", "New", copy=True)
    assert read(book, "9") == [":AE"]
    assert read(book, "1") == read(BOOK, "1")


def test_a_section_joins_the_one_of_its_name() -> None:
    book = section_to_list(BOOK, "1", 1, "2")
    assert read(book, "1") == [":AB", "Rest:F"]
    assert read(book, "2") == [":AX", "tech:DYCE"]


def test_a_section_comes_with_its_heading() -> None:
    book = section_to_list(BOOK, "1", 2, "2", copy=True)
    assert read(book, "1") == read(BOOK, "1")
    assert read(book, "2") == [":AX", "tech:DY", "Rest:F"]


def test_what_the_other_list_has_stays_in_its_place() -> None:
    book = section_to_list(BOOK, "2", 1, "1")
    assert read(book, "1") == [":AB", "Tech:CDEY", "Rest:F"]


def test_what_is_not_there_changes_nothing() -> None:
    assert section_to_list(BOOK, "1", 1, "1") is BOOK
    assert section_to_list(BOOK, "1", 1, "gone") is BOOK
    assert section_to_list(BOOK, "gone", 1, "1") is BOOK


@st.composite
def books(draw: st.DrawFn) -> ListBook:
    lists = []
    for number in range(2):
        codes = draw(st.lists(st.sampled_from(CODES), unique=True))
        cuts = sorted(draw(st.lists(st.integers(0, len(codes)), max_size=3)))
        edges = [0, *cuts, len(codes)]
        parts = pairwise(edges)
        sections = [
            section(f"S{at}" if at else "", "".join(codes[first:last]))
            for at, (first, last) in enumerate(parts)
        ]
        lists.append(NamedList(str(number), f"L{number}", tuple(sections)))
    return ListBook(tuple(lists), "0")


@given(book=books(), chosen=st.sets(st.sampled_from(CODES)), data=st.data())
def test_books_stay_normal_and_nothing_is_lost(
    book: ListBook, chosen: set[str], data: st.DataObject
) -> None:
    source = book.get("0")
    wanted = [key for key in source.keys if key.code in chosen]
    number = data.draw(st.integers(0, len(source.sections) - 1))
    everything = {key for one in book.lists for key in one.keys}
    for made in (
        grouped(book, "0", wanted, "New"),
        into_new_list(book, "0", wanted, "9", "New"),
        section_to_list(book, "0", number, "1"),
        section_to_list(book, "0", number, "1", copy=True),
        section_into_new_list(book, "0", number, "9", "New"),
    ):
        assert normal(made) == made
        assert {key for one in made.lists for key in one.keys} == everything
    one = grouped(book, "0", wanted, "New").get("0")
    assert set(one.keys) == set(source.keys)
    new = next(it for it in one.sections if it.name == "New")
    assert [it.key for it in new.entries] == wanted  # and what stood below is outside
    moved = section_to_list(book, "0", number, "1")
    gone = {it.key for it in source.sections[number].entries}
    assert not gone & set(moved.get("0").keys)
    assert gone <= set(moved.get("1").keys)
