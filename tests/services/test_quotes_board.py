"""What a frame is told, and which rows are on the board."""

import pytest
from quotesdesk import KEY, Waker, depth, trade

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.quotes import (
    MOST_ASIDE,
    QuoteBoard,
    QuoteRow,
    RowState,
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


# What a frame is told


def test_dirty_rows_come_with_the_arrival_of_their_first_unshown_tick(
    board: QuoteBoard, tape: Tape, row: QuoteRow
) -> None:
    other = board.row(InstrumentKey("alltick", "EURUSD"))
    tape.trade(trade("10", seq=1), 1.0)
    tape.trade(trade("11", seq=2), 2.0)
    tape.depth(depth(code="EURUSD"), 3.0)
    assert board.dirty
    assert board.take_dirty() == {row: 1.0, other: 3.0}
    assert not board.dirty
    assert board.take_dirty() == {}


def test_ticks_that_no_frame_showed_are_counted(
    board: QuoteBoard, tape: Tape, row: QuoteRow
) -> None:
    tape.trade(trade("10", seq=1), 0.0)
    tape.trade(trade("11", seq=2), 0.0)
    tape.depth(depth(), 0.0)
    assert tape.conflated == 2
    board.take_dirty()
    tape.depth(depth(), 0.0)
    assert tape.conflated == 2
    assert (tape.trades, tape.depths, tape.strays) == (2, 2, 0)


def test_ticks_of_strangers_are_counted_and_change_nothing(
    board: QuoteBoard, tape: Tape, row: QuoteRow
) -> None:
    tape.trade(trade("10", code="FOO"), 0.0)
    tape.depth(depth(code="FOO"), 0.0)
    assert tape.strays == 2
    assert not board.dirty
    assert list(board.rows()) == [row]


def test_wake_is_called_once_a_frame(
    board: QuoteBoard, tape: Tape, row: QuoteRow, wake: Waker
) -> None:
    other = board.row(InstrumentKey("itick", "EURUSD"))
    tape.trade(trade("10", seq=1), 0.0)
    tape.depth(depth(), 0.0)
    board.tape("itick").trade(trade("1.1", code="EURUSD"), 0.0)
    board.touch(other, 0.0)
    assert wake.calls == 1
    board.take_dirty()
    board.tape("itick").depth(depth(code="EURUSD"), 0.0)
    assert wake.calls == 2
    board.take_dirty()
    board.touch(row, 9.0)
    assert wake.calls == 3


def test_touching_a_row_shows_it_without_a_tick(
    board: QuoteBoard, tape: Tape, row: QuoteRow
) -> None:
    board.touch(row, 4.0)
    tape.trade(trade("10", seq=1), 5.0)
    board.touch(row, 6.0)
    assert board.take_dirty() == {row: 4.0}


# The board


def test_vendors_do_not_mix(board: QuoteBoard, row: QuoteRow) -> None:
    other = board.row(InstrumentKey("itick", KEY.code))
    assert other is not row
    board.tape("itick").trade(trade("10", seq=1), 0.0)
    assert other.last == "10"
    assert row.last == ""
    assert set(board.rows()) == {row, other}


def test_a_row_is_made_once(board: QuoteBoard, row: QuoteRow) -> None:
    assert board.row(KEY) is row
    assert board.tape("alltick") is board.tape("alltick")


def test_a_forgotten_row_is_neither_shown_nor_fed(
    board: QuoteBoard, tape: Tape, row: QuoteRow
) -> None:
    tape.trade(trade("10", seq=1), 0.0)
    board.forget(KEY)
    board.forget(KEY)
    assert board.take_dirty() == {}
    tape.trade(trade("11", seq=2), 0.0)
    assert tape.strays == 1
    assert row.last == "10"
    assert board.row(KEY) is not row


@pytest.mark.parametrize(("away_s", "kept"), [(59.0, True), (61.0, False)])
def test_a_row_that_was_away_for_long_no_longer_knows_its_day(away_s: float, kept: bool) -> None:
    board = QuoteBoard()
    row = board.row(KEY)
    row.last, row.value, row.high, row.low = "100", 100.0, "110", "90"
    row.high_value, row.low_value, row.volume, row.turnover = 110.0, 90.0, 1_000.0, 1e5
    row.previous_close = 95.0
    board.set_aside(KEY, 20.0)
    row = board.row(KEY)
    row.came_back(20.0 + away_s)
    assert (row.high, row.low) == (("110", "90") if kept else ("", ""))
    assert (row.volume, row.turnover) == ((1_000.0, 1e5) if kept else (None, None))
    assert (row.last, row.previous_close) == ("100", 95.0)


def test_a_row_set_aside_is_not_fed_and_comes_back_with_its_figures(
    board: QuoteBoard, tape: Tape, row: QuoteRow
) -> None:
    tape.trade(trade("10", seq=1), 3.0)
    row.state, row.state_detail = RowState.LIVE, "Why."
    board.set_aside(KEY, 5.0)
    board.set_aside(KEY, 5.0)
    assert board.take_dirty() == {}
    assert list(board.rows()) == []
    tape.trade(trade("11", seq=2), 6.0)
    assert tape.strays == 1
    tape.pad(True)
    assert board.row(KEY) is row
    assert (row.last, row.away_s, row.pads) == ("10", 5.0, True)
    assert (row.state, row.state_detail) == (RowState.WAITING, "")
    board.forget(KEY)
    assert board.row(KEY) is not row


def test_only_the_last_rows_are_kept_aside(board: QuoteBoard) -> None:
    keys = [InstrumentKey("alltick", str(number)) for number in range(MOST_ASIDE + 1)]
    rows = [board.row(key) for key in keys]
    for key in keys:
        board.set_aside(key, 1.0)
    assert board.row(keys[0]) is not rows[0]
    assert board.row(keys[1]) is rows[1]
    assert board.row(keys[-1]) is rows[-1]
