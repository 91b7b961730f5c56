"""Books of lists as values: what is set right in one that somebody else wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import (
    LONGEST_NAME,
    Entry,
    ListBook,
    NamedList,
    Place,
    Section,
    book_of,
    clean_name,
    clean_note,
    free_id,
    free_name,
    normal,
)


def entries(text: str) -> tuple[Entry, ...]:
    return tuple(Entry(InstrumentKey("alltick", code)) for code in text)


def test_a_book_of_keys_has_one_list_that_is_shown() -> None:
    book = book_of(entry.key for entry in entries("ABA"))
    assert book.shown.name == "Watchlist"
    assert [key.code for key in book.shown.keys] == ["A", "B"]
    assert normal(book) == book


def test_a_list_knows_its_places_and_pins() -> None:
    a, b, c = entries("ABC")
    b = b._replace(pinned=True)
    one = NamedList("1", "Mine", (Section("", (a,)), Section("Tech", (b, c))))
    assert one.place_of(c.key) == Place(1, 1)
    assert one.place_of(InstrumentKey("itick", "C")) is None
    assert one.pinned == {b.key}
    assert (one.section_named("tech"), one.section_named(""), one.section_named("x")) == (
        1,
        0,
        None,
    )


def test_a_book_finds_lists_by_id_and_name() -> None:
    book = ListBook((NamedList("a", "Tech"), NamedList("b", "自选")), "b")
    assert book.get("a").name == "Tech"
    assert book.shown.name == "自选"
    assert "a" in book
    assert "c" not in book
    with pytest.raises(KeyError):
        book.get("c")
    assert book.named("TECH") == book.get("a")
    assert book.named("none") is None


def test_what_somebody_wrote_by_hand_is_set_right() -> None:
    sections = (
        Section("Tech", entries("AB"), folded=True),
        Section(" tech ", entries("BC")),
        Section("", entries("CD"), folded=True),
    )
    book = ListBook((NamedList("", "", sections), NamedList("x", "A"), NamedList("x", "a")), "?")
    made = normal(book)
    first, second, third = made.lists
    assert [(it.name, it.folded) for it in first.sections] == [
        ("", False),
        ("Tech", True),
        ("tech (2)", False),
    ]
    assert ["".join(key.code for key in [e.key for e in s.entries]) for s in first.sections] == [
        "",
        "AB",
        "CD",
    ]
    assert (first.name, second.name, third.name) == ("Watchlist", "A", "a (2)")
    assert len({one.id for one in made.lists}) == 3
    assert all(one.id for one in made.lists)
    assert made.current == first.id
    assert normal(ListBook((), "")).shown.sections == (Section(),)


@pytest.mark.parametrize(
    ("name", "taken", "made"),
    [
        ("Tech", (), "Tech"),
        ("Tech", ("tech",), "Tech (2)"),
        ("Tech (2)", ("tech (2)",), "Tech (3)"),
        ("Tech", ("tech", "tech (2)", "tech (3)"), "Tech (4)"),
        ("A (b)", ("a (b)",), "A (b) (2)"),
        ("(2)", ("(2)",), "(2) (2)"),
    ],
)
def test_a_name_is_made_free(name: str, taken: tuple[str, ...], made: str) -> None:
    assert free_name(name, taken) == made


def test_a_long_name_stays_within_its_length_when_made_free() -> None:
    name = "x" * LONGEST_NAME
    made = free_name(name, {name})
    assert made.endswith("x (2)")
    assert len(made) == LONGEST_NAME


def test_an_id_is_made_free() -> None:
    assert free_id("7", ("1",)) == "7"
    assert free_id("1", ("1", "2")) == "3"
    assert free_id("", ()) == "1"


def test_names_are_on_one_line_and_notes_may_have_several() -> None:
    assert clean_name(" 腾讯 \n  控股\t\0") == "腾讯 控股"
    assert clean_note(" one\r\ntwo\rthree\n") == "one\ntwo\nthree"
    assert clean_name("half \ud800 of one") == "half \N{REPLACEMENT CHARACTER} of one"
    assert clean_name("x" * 999) == "x" * LONGEST_NAME


_TEXTS = st.text(max_size=6)
_ENTRIES = st.builds(
    Entry,
    st.builds(InstrumentKey, st.sampled_from(("alltick", "itick")), st.sampled_from("ABCDE")),
    _TEXTS,
    _TEXTS,
    st.booleans(),
)
_SECTIONS = st.builds(
    Section,
    st.sampled_from(("", "a", "A", " a", "b")),
    st.lists(_ENTRIES, max_size=4).map(tuple),
    st.booleans(),
)
_LISTS = st.builds(
    NamedList,
    st.sampled_from(("", "1", "2")),
    st.sampled_from(("", "x", "X", "y (2)")),
    st.lists(_SECTIONS, max_size=4).map(tuple),
)
BOOKS = st.builds(
    ListBook, st.lists(_LISTS, max_size=4).map(tuple), st.sampled_from(("", "1", "2"))
)


def proven(book: ListBook) -> None:
    """Assert all that holds of every book."""
    assert book.lists
    assert book.current in book
    assert len({one.id for one in book.lists}) == len(book.lists)
    assert len({one.name.casefold() for one in book.lists}) == len(book.lists)
    for one in book.lists:
        assert one.name == clean_name(one.name) != ""
        assert one.sections[0].name == ""
        assert not one.sections[0].folded
        names = [section.name.casefold() for section in one.sections]
        assert len(set(names)) == len(names)
        assert len(set(one.keys)) == len(one.keys)


@given(BOOKS)
def test_any_book_is_set_right_once_and_loses_no_instrument(book: ListBook) -> None:
    made = normal(book)
    proven(made)
    assert normal(made) == made
    for one, was in zip(made.lists, book.lists, strict=False):
        assert set(one.keys) == set(was.keys)
