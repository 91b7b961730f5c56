"""What an order book does to a row."""

import pytest
from quotesdesk import KEY, UNPACKED, Waker, depth

from alltick_desk.errors import ProtocolError
from alltick_desk.services.quotes import (
    QuoteBoard,
    QuoteRow,
    Tape,
)


@pytest.fixture
def wake() -> Waker:
    return Waker()


@pytest.fixture
def board(wake: Waker) -> QuoteBoard:
    return QuoteBoard(wake)


@pytest.fixture
def row(board: QuoteBoard) -> QuoteRow:
    return board.row(KEY)


@pytest.fixture
def tape(board: QuoteBoard) -> Tape:
    return board.tape(KEY.vendor)


def test_a_book_is_unpacked_when_looked_at_and_only_once(tape: Tape, row: QuoteRow) -> None:
    book = depth("10.1 10.0", "10.2")
    tape.depth(book, 3.0)
    assert UNPACKED[id(book)] == []
    assert (row.bid, row.ask) == ("", "")
    assert row.sides().bids[1].price == "10.0"
    assert row.sides() is row.sides()
    assert UNPACKED[id(book)] == [b"10.1 10.0"]
    assert (row.bid, row.ask, row.ticked_s) == ("10.1", "10.2", 3.0)


def test_a_side_that_is_empty_has_no_price(tape: Tape, row: QuoteRow) -> None:
    tape.depth(depth("10.1", "10.2"), 0.0)
    row.sides()
    tape.depth(depth("", "10.3"), 0.0)
    row.sides()
    assert (row.bid, row.ask) == ("", "10.3")


def test_a_bad_book_raises_once_and_leaves_the_prices(tape: Tape, row: QuoteRow) -> None:
    tape.depth(depth("10.1", "10.2"), 0.0)
    row.sides()
    tape.depth(depth("bad"), 0.0)
    with pytest.raises(ProtocolError):
        row.sides()
    assert (row.bid, row.ask) == ("10.1", "10.2")
    assert row.depth is None
    row.sides()  # forgotten: no second exception
    assert (row.bid, row.ask) == ("10.1", "10.2")
    tape.depth(depth("10.4", "10.5"), 0.0)
    row.sides()
    assert (row.bid, row.ask) == ("10.4", "10.5")


def test_a_book_teaches_digits_when_it_is_looked_at(tape: Tape, row: QuoteRow) -> None:
    tape.depth(depth("10.1 10.05", "10.2 10.125"), 0.0)
    assert row.digits == 0
    row.sides()
    assert row.digits == 3
