"""The list's edits, and every one of them taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.list_history import DEPTH
from alltick_desk.services.quotes import QuoteBoard
from alltick_desk.services.watchlist import Watchlist


def keys(text: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in text]


def order(watchlist: Watchlist) -> str:
    return "".join(row.key.code for row in watchlist.rows)


@pytest.fixture
def board() -> QuoteBoard:
    return QuoteBoard()


def test_starts_in_the_given_order_without_doubles(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("CABA"))
    assert order(watchlist) == "CAB"
    assert watchlist.keys == tuple(keys("CAB"))
    assert not watchlist.can_undo


def test_rows_are_the_boards_own(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("AB"))
    assert watchlist.rows[1] is board.row(keys("B")[0])


def test_one_code_of_two_vendors_is_two_instruments(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("A"))
    assert watchlist.add([InstrumentKey("itick", "A")]) == 1
    assert len(watchlist) == 2


def test_add_tells_how_many_were_new(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("AB"))
    assert watchlist.add(keys("BCCD")) == 2
    assert order(watchlist) == "ABCD"


@pytest.mark.parametrize(
    ("at", "expected"), [(None, "ABX"), (0, "XAB"), (1, "AXB"), (9, "ABX"), (-3, "XAB")]
)
def test_add_at_a_place(board: QuoteBoard, at: int | None, expected: str) -> None:
    watchlist = Watchlist(board, keys("AB"))
    watchlist.add(keys("X"), at)
    assert order(watchlist) == expected


def test_remove_ignores_what_is_not_there(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("ABC"))
    assert watchlist.remove(keys("CXA")) == 2
    assert order(watchlist) == "B"


def test_position_and_contains(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("ABC"))
    c, x = keys("CX")
    assert watchlist.position(c) == 2
    assert watchlist.position(x) is None
    assert watchlist.contains(c)
    assert c in watchlist
    assert not watchlist.contains(x)
    watchlist.remove(keys("A"))
    assert watchlist.position(c) == 1


@pytest.mark.parametrize(
    ("moved", "to", "expected"),
    [
        ("B", 0, "BACDE"),
        ("B", 5, "ACDEB"),
        ("BD", 4, "ACBDE"),
        ("DB", 0, "BDACE"),
        ("A", 2, "BACDE"),
        ("E", -4, "EABCD"),
        ("C", 2, "ABCDE"),
        ("C", 3, "ABCDE"),
        ("", 3, "ABCDE"),
    ],
)
def test_move_brings_a_block_before_a_place(
    board: QuoteBoard, moved: str, to: int, expected: str
) -> None:
    watchlist = Watchlist(board, keys("ABCDE"))
    assert watchlist.move(keys(moved), to) is (expected != "ABCDE")
    assert order(watchlist) == expected


@pytest.mark.parametrize(
    ("moved", "up", "down"),
    [
        ("C", "ACBDE", "ABDCE"),
        ("BC", "BCADE", "ADBCE"),
        ("BD", "BADCE", "ACBED"),
        ("A", "ABCDE", "BACDE"),
        ("AC", "ACBDE", "BADCE"),
        ("CE", "ACBED", "ABDCE"),
        ("ABCDE", "ABCDE", "ABCDE"),
        ("", "ABCDE", "ABCDE"),
    ],
)
def test_up_and_down_keep_neighbours_together(
    board: QuoteBoard, moved: str, up: str, down: str
) -> None:
    watchlist = Watchlist(board, keys("ABCDE"))
    assert watchlist.move_up(keys(moved)) is (up != "ABCDE")
    assert order(watchlist) == up
    watchlist = Watchlist(board, keys("ABCDE"))
    assert watchlist.move_down(keys(moved)) is (down != "ABCDE")
    assert order(watchlist) == down


def test_every_edit_is_announced_once_and_an_empty_one_not(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("AB"))
    seen: list[str] = []
    handle = watchlist.changed.connect(lambda: seen.append(order(watchlist)))
    watchlist.add(keys("CD"))
    watchlist.add(keys("A"))
    watchlist.remove(keys("X"))
    watchlist.move_up(keys("A"))
    watchlist.move(keys("D"), 0)
    watchlist.undo()
    watchlist.redo()
    assert seen == ["ABCD", "DABC", "ABCD", "DABC"]
    handle.disconnect()


def test_rows_of_before_an_edit_stay_as_they_were(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("AB"))
    before = watchlist.rows
    watchlist.remove(keys("A"))
    assert [row.key.code for row in before] == ["A", "B"]


def test_undo_and_redo_walk_through_the_edits(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("AB"))
    watchlist.add(keys("C"))
    watchlist.remove(keys("A"))
    watchlist.move_up(keys("C"))
    assert order(watchlist) == "CB"
    walked = []
    while watchlist.undo():
        walked.append(order(watchlist))
    assert walked == ["BC", "ABC", "AB"]
    assert not watchlist.can_undo
    assert watchlist.can_redo
    while watchlist.redo():
        walked.append(order(watchlist))
    assert walked[3:] == ["ABC", "BC", "CB"]
    assert not watchlist.redo()


def test_a_new_edit_forgets_what_could_be_redone(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("AB"))
    watchlist.remove(keys("A"))
    watchlist.undo()
    watchlist.add(keys("C"))
    assert not watchlist.can_redo
    watchlist.undo()
    assert order(watchlist) == "AB"


def test_undo_has_a_depth(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("AB"))
    for _ in range(DEPTH + 20):
        assert watchlist.move_up([watchlist.keys[1]])
    steps = 0
    while watchlist.undo():
        steps += 1
    assert steps == DEPTH


def test_a_row_that_the_board_forgot_is_made_anew_by_undo(board: QuoteBoard) -> None:
    watchlist = Watchlist(board, keys("AB"))
    old = watchlist.rows[0]
    watchlist.remove(keys("A"))
    board.forget(old.key)
    watchlist.undo()
    assert watchlist.rows[0] is board.row(old.key)
    assert watchlist.rows[0] is not old


_CODES = st.text("ABCDEF", max_size=6)
_EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), _CODES, st.integers(-1, 7)),
        st.tuples(st.just("remove"), _CODES, st.just(0)),
        st.tuples(st.just("move"), _CODES, st.integers(-1, 7)),
        st.tuples(st.just("up"), _CODES, st.just(0)),
        st.tuples(st.just("down"), _CODES, st.just(0)),
    ),
    max_size=12,
)


@given(_EDITS)
def test_any_edits_are_undone_to_the_beginning_and_redone_to_the_end(
    edits: list[tuple[str, str, int]],
) -> None:
    watchlist = Watchlist(QuoteBoard(), keys("BDF"))
    for what, codes, place in edits:
        before = watchlist.keys
        if what == "add":
            watchlist.add(keys(codes), place)
        elif what == "remove":
            watchlist.remove(keys(codes))
        elif what == "move":
            watchlist.move(keys(codes), place)
            assert sorted(watchlist.keys) == sorted(before)
        else:
            (watchlist.move_up if what == "up" else watchlist.move_down)(keys(codes))
            assert sorted(watchlist.keys) == sorted(before)
        assert len(set(watchlist.keys)) == len(watchlist.keys)
        assert [row.key for row in watchlist.rows] == list(watchlist.keys)
        assert [watchlist.position(key) for key in watchlist.keys] == list(range(len(watchlist)))
    end = watchlist.keys
    while watchlist.undo():
        pass
    assert order(watchlist) == "BDF"
    while watchlist.redo():
        pass
    assert watchlist.keys == end
