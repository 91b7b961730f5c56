"""Every edit of a book of lists, told by how the list reads afterwards."""

import pytest

from alltick_desk.model import list_edits, row_edits
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import Entry, ListBook, NamedList, Place, Section


def keys(text: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in text]


def entries(text: str) -> tuple[Entry, ...]:
    return tuple(map(Entry, keys(text)))


def one_list(text: str, list_id: str = "1", name: str = "Mine") -> NamedList:
    """Return a list out of its rows, a heading's name in brackets: "AB[x]C[y]"."""
    first, *others = text.split("[")
    sections = [Section("", entries(first))]
    for other in others:
        heading, _, rows = other.partition("]")
        sections.append(Section(heading, entries(rows)))
    return NamedList(list_id, name, tuple(sections))


def book(*texts: str) -> ListBook:
    lists = [one_list(text, str(at), f"L{at}") for at, text in enumerate(texts, start=1)]
    return ListBook(tuple(lists), "1")


def said(one: NamedList) -> str:
    """Return what ``one_list`` reads."""
    texts = ["".join(entry.key.code for entry in section.entries) for section in one.sections]
    heads = [f"[{section.name}]" if section.name else "" for section in one.sections]
    return "".join(head + text for head, text in zip(heads, texts, strict=True))


def names(made: ListBook) -> list[str]:
    return [one.name for one in made.lists]


def test_lists_are_added_renamed_and_copied_under_names_of_their_own() -> None:
    made = list_edits.add_list(book("AB"), "new", "  l1 ")
    assert names(made) == ["L1", "l1 (2)"]
    assert made.current == "new"
    made = list_edits.rename_list(made, "new", "L1")
    assert names(made) == ["L1", "L1 (2)"]
    assert list_edits.rename_list(made, "1", "l1").get("1").name == "l1"  # its own name is free
    assert list_edits.rename_list(made, "1", " \n ") == made
    made = list_edits.duplicate_list(made, "1", "copy")
    assert names(made) == ["L1", "L1 (3)", "L1 (2)"]
    assert said(made.get("copy")) == "AB"
    assert made.current == "copy"
    assert list_edits.add_list(made, "e", "").shown.name == "Watchlist"
    assert list_edits.add_list(made, "e", "Top", at=0).lists[0].name == "Top"


def test_a_deleted_list_leaves_its_neighbour_and_the_last_an_empty_one() -> None:
    made = list_edits.show_list(book("A", "B", "C"), "2")
    made = list_edits.delete_list(made, "2", "e")
    assert (names(made), made.current) == (["L1", "L3"], "3")
    made = list_edits.delete_list(made, "3", "e")
    assert (names(made), made.current) == (["L1"], "1")
    made = list_edits.delete_list(made, "1", "e")
    assert (names(made), made.current, said(made.shown)) == (["Watchlist"], "e", "")


@pytest.mark.parametrize(
    ("which", "at", "order"),
    [("1", 0, "123"), ("1", 1, "213"), ("1", 9, "231"), ("3", 0, "312"), ("3", -5, "312")],
)
def test_lists_are_moved(which: str, at: int, order: str) -> None:
    made = list_edits.move_list(book("", "", ""), which, at)
    assert "".join(one.id for one in made.lists) == order
    assert made.current == "1"


def test_what_is_not_there_any_more_changes_nothing() -> None:
    made = book("AB[x]C")
    place = Place(0, 0)
    for again in (
        list_edits.rename_list(made, "?", "x"),
        list_edits.duplicate_list(made, "?", "new"),
        list_edits.delete_list(made, "?", "e"),
        list_edits.move_list(made, "?", 0),
        list_edits.show_list(made, "?"),
        list_edits.add_section(made, "1", " "),
        list_edits.rename_section(made, "1", 7, "y"),
        list_edits.rename_section(made, "1", 1, ""),
        list_edits.delete_section(made, "1", 7),
        list_edits.delete_section(made, "1", 0),
        list_edits.move_section(made, "1", 0, 2),
        list_edits.fold(made, "1", {0, 9}, folded=True),
        row_edits.remove_entries(made, "1", keys("X")),
        row_edits.move_entries(made, "1", keys("X"), place),
        row_edits.copy_to_list(made, "1", keys("A"), "1", place),
        row_edits.copy_to_list(made, "?", keys("A"), "1", place),
        row_edits.move_to_list(made, "1", keys("A"), "?", place),
        row_edits.pin(made, "1", keys("X"), pinned=True),
        row_edits.set_alias(made, "1", keys("X")[0], "x"),
    ):
        assert again == made


def test_view_choices_are_kept_by_name() -> None:
    made = list_edits.choose(book("A"), "1", "sort", "change")
    made = list_edits.choose(made, "1", "columns", "last,change")
    assert made.shown.extra == {"sort": "change", "columns": "last,change"}
    assert list_edits.choose(made, "1", "sort", "").shown.extra == {"columns": "last,change"}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, "AB[x]CD[new]"),
        (Place(0, 1), "A[new]B[x]CD"),
        (Place(0, 0), "[new]AB[x]CD"),
        (Place(1, 2), "AB[x]CD[new]"),
        (Place(9, 9), "AB[x]CD[new]"),
        (Place(-1, -1), "[new]AB[x]CD"),
    ],
)
def test_a_heading_goes_between_rows(place: Place | None, expected: str) -> None:
    assert said(list_edits.add_section(book("AB[x]CD"), "1", "new", place).shown) == expected


def test_headings_have_names_of_their_own() -> None:
    made = list_edits.add_section(book("A[x]B"), "1", "X")
    assert said(made.shown) == "A[x]B[X (2)]"
    assert said(list_edits.rename_section(made, "1", 2, "y").shown) == "A[x]B[y]"
    assert said(list_edits.rename_section(made, "1", 1, "x (2)").shown) == "A[x (3)]B[X (2)]"
    assert said(list_edits.rename_section(made, "1", 0, "top").shown) == "[top]A[x]B[X (2)]"


def test_a_heading_goes_with_its_rows_or_without() -> None:
    made = book("A[x]B[y]C")
    assert said(list_edits.delete_section(made, "1", 1).shown) == "AB[y]C"
    assert said(list_edits.delete_section(made, "1", 2, with_rows=True).shown) == "A[x]B"
    assert said(list_edits.delete_section(made, "1", 0, with_rows=True).shown) == "[x]B[y]C"


@pytest.mark.parametrize(
    ("number", "to", "expected"),
    [
        (1, 3, "A[y]C[x]B[z]D"),
        (1, 4, "A[y]C[z]D[x]B"),
        (3, 1, "A[z]D[x]B[y]C"),
        (3, 0, "A[z]D[x]B[y]C"),
        (2, 2, "A[x]B[y]C[z]D"),
        (2, 3, "A[x]B[y]C[z]D"),
    ],
)
def test_sections_are_moved_with_their_rows(number: int, to: int, expected: str) -> None:
    assert said(list_edits.move_section(book("A[x]B[y]C[z]D"), "1", number, to).shown) == expected


def test_sections_are_folded_by_number() -> None:
    made = list_edits.fold(book("A[x]B[y]C"), "1", {0, 2}, folded=True)
    assert [section.folded for section in made.shown.sections] == [False, False, True]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, "AB[x]CXY"),
        (Place(0, 1), "AXYB[x]C"),
        (Place(1, 0), "AB[x]XYC"),
        (Place(0, 9), "ABXY[x]C"),
    ],
)
def test_rows_are_added_once(place: Place | None, expected: str) -> None:
    made = row_edits.add_entries(book("AB[x]C"), "1", entries("XAYX"), place)
    assert said(made.shown) == expected


@pytest.mark.parametrize(
    ("moved", "place", "expected"),
    [
        ("A", Place(1, 1), "BC[x]DAE"),
        ("DA", Place(0, 3), "BCAD[x]E"),
        ("BE", Place(0, 2), "ABEC[x]D"),
        ("ABC", Place(1, 0), "[x]ABCDE"),
        ("C", Place(0, 3), "ABC[x]DE"),
        ("D", Place(1, 1), "ABC[x]DE"),
    ],
)
def test_rows_are_moved_within_a_list(moved: str, place: Place, expected: str) -> None:
    made = row_edits.move_entries(book("ABC[x]DE"), "1", keys(moved), place)
    assert said(made.shown) == expected


@pytest.mark.parametrize(
    ("moved", "up", "down"),
    [
        ("A", "ABC[x]DE[y]", "BAC[x]DE[y]"),
        ("D", "ABCD[x]E[y]", "ABC[x]ED[y]"),
        ("C", "ACB[x]DE[y]", "AB[x]CDE[y]"),
        ("CD", "ACBD[x]E[y]", "AB[x]CED[y]"),
        ("E", "ABC[x]ED[y]", "ABC[x]D[y]E"),
        ("ABC", "ABC[x]DE[y]", "[x]ABCDE[y]"),
        ("", "ABC[x]DE[y]", "ABC[x]DE[y]"),
    ],
)
def test_rows_go_up_and_down_over_headings(moved: str, up: str, down: str) -> None:
    made = book("ABC[x]DE[y]")
    assert said(row_edits.shift_entries(made, "1", keys(moved), up=True).shown) == up
    assert said(row_edits.shift_entries(made, "1", keys(moved), up=False).shown) == down


def test_a_folded_section_opens_for_a_row_that_comes_and_not_for_one_that_goes() -> None:
    made = list_edits.fold(book("AB[x]CD"), "1", {1}, folded=True)
    assert not row_edits.shift_entries(made, "1", keys("B"), up=False).shown.sections[1].folded
    assert row_edits.shift_entries(made, "1", keys("C"), up=True).shown.sections[1].folded


def test_rows_go_into_another_list_with_all_that_is_said_of_them() -> None:
    made = row_edits.set_alias(book("ABC", "C[x]D"), "1", keys("A")[0], " 腾讯 ")
    made = row_edits.pin(made, "1", keys("C"), pinned=True)
    copied = row_edits.copy_to_list(made, "1", keys("CA"), "2", Place(1, 0))
    assert (said(copied.get("1")), said(copied.get("2"))) == ("ABC", "C[x]AD")
    assert copied.get("2").sections[1].entries[0].alias == "腾讯"
    assert copied.get("2").pinned == set(keys("C"))  # what was there learns what it has not got
    moved = row_edits.move_to_list(made, "1", keys("CA"), "2", None)
    assert (said(moved.get("1")), said(moved.get("2"))) == ("B", "C[x]DA")


def test_what_is_said_of_a_row_stays_where_another_list_says_something_else() -> None:
    (a,) = keys("A")
    made = row_edits.set_note(book("A", "A"), "1", a, "from 1")
    made = row_edits.set_note(made, "2", a, "from 2")
    assert row_edits.copy_to_list(made, "1", [a], "2", None) == made


def test_what_an_edit_leaves_alone_is_shared_with_the_book_before() -> None:
    before = book("ABC", "DEF")
    made = row_edits.remove_entries(before, "1", keys("A"))
    assert made.lists[1] is before.lists[1]
    assert made.shown.sections[0].entries[0] is before.shown.sections[0].entries[1]
