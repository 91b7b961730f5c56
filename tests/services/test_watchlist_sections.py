"""The list that is shown, with headings between its rows, as one of many."""

import pytest

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.lists import Entry, ListBook, NamedList, Place, Section
from alltick_desk.services.lists import Lists
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.services.watchlist import Watchlist


def keys(text: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in text]


def entries(text: str) -> tuple[Entry, ...]:
    return tuple(map(Entry, keys(text)))


@pytest.fixture
def lists() -> Lists:
    sections = (Section("", entries("AB")), Section("x"), Section("y", entries("CD")))
    book = ListBook((NamedList("1", "Mine", sections), NamedList("2", "Other")), "1")
    return Lists(book)


@pytest.fixture
def watchlist(lists: Lists) -> Watchlist:
    return Watchlist(QuoteBoard(), lists=lists)


def read(watchlist: Watchlist) -> str:
    """Return the rows in their order, with the sections' names and sizes before theirs."""
    text, rows = "", iter(watchlist.rows)
    for section in watchlist.lists.shown.sections:
        text += f"[{section.name}{len(section.entries)}]" if section.name else ""
        text += "".join(next(rows).key.code for _ in section.entries)
    return text + "".join(f"!{row.key.code}" for row in rows)  # what stands in no section


def test_a_folded_section_is_still_watched(watchlist: Watchlist, lists: Lists) -> None:
    assert read(watchlist) == "AB[x0][y2]CD"
    seen: list[str] = []
    handle = watchlist.changed.connect(lambda: seen.append(read(watchlist)))
    lists.fold([2], folded=True)
    assert seen == ["AB[x0][y2]CD"]
    assert [row.key.code for row in watchlist.rows] == [*"ABCD"]
    assert watchlist.position(keys("D")[0]) == 3
    handle.disconnect()


def test_what_is_said_of_a_row_is_told(watchlist: Watchlist, lists: Lists) -> None:
    (d,) = keys("D")
    lists.set_alias(d, "Delta")
    lists.pin([d], pinned=True)
    assert watchlist.entry_of(d) == Entry(d, "Delta", pinned=True)
    assert watchlist.entry_of(keys("Z")[0]) is None
    assert watchlist.pinned == {d}
    assert watchlist.place_of(d) == Place(2, 1)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (0, "ZAB[x0][y2]CD"),
        (2, "ABZ[x0][y2]CD"),
        (3, "AB[x0][y3]CZD"),
        (4, "AB[x0][y3]CDZ"),
        (None, "AB[x0][y3]CDZ"),
    ],
)
def test_what_is_added_joins_the_row_above(
    watchlist: Watchlist, at: int | None, expected: str
) -> None:
    watchlist.add(keys("Z"), at)
    assert read(watchlist) == expected


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        (0, "AB[x0][y2]CD"),
        (1, "AB[x0][y2]CD"),
        (2, "B[x0][y3]ACD"),
        (3, "B[x0][y3]CAD"),
        (4, "B[x0][y3]CDA"),
    ],
)
def test_what_is_moved_goes_before_the_row_below(
    watchlist: Watchlist, to: int, expected: str
) -> None:
    watchlist.move(keys("A"), to)
    assert read(watchlist) == expected


def test_a_row_walks_over_headings(watchlist: Watchlist) -> None:
    walked = []
    while watchlist.move_up(keys("C")):
        walked.append(read(watchlist))
    assert walked == [
        "AB[x1]C[y1]D",
        "ABC[x0][y1]D",
        "ACB[x0][y1]D",
        "CAB[x0][y1]D",
    ]
    for _ in range(4):
        watchlist.move_down(keys("C"))
    assert read(watchlist) == "AB[x0][y2]CD"


def test_another_list_is_announced_and_undo_leads_back(watchlist: Watchlist, lists: Lists) -> None:
    seen: list[str] = []
    handle = watchlist.changed.connect(lambda: seen.append(read(watchlist)))
    watchlist.remove(keys("A"))
    lists.show("2")
    watchlist.add(keys("Q"))
    lists.show("1")
    watchlist.undo()
    watchlist.undo()
    assert seen == ["B[x0][y2]CD", "", "Q", "B[x0][y2]CD", "", "AB[x0][y2]CD"]
    handle.disconnect()


def test_two_views_of_the_lists_show_the_same(watchlist: Watchlist, lists: Lists) -> None:
    other = Watchlist(QuoteBoard(), lists=lists)
    watchlist.add(keys("Z"))
    assert other.keys == watchlist.keys
