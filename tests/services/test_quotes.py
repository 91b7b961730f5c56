"""The board and its tapes: what a trade does to a row."""

import pytest
from quotesdesk import KEY, Waker, trade

from alltick_desk.model.market import Trade
from alltick_desk.services.quotes import (
    LATE_IN_A_ROW,
    NO_SIDES,
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


# A row at the start


def test_a_new_row_claims_nothing(row: QuoteRow) -> None:
    assert (row.last, row.bid, row.ask, row.high, row.low) == ("", "", "", "", "")
    assert row.change is None
    assert row.change_percent is None
    assert row.volume is None
    assert row.turnover is None
    assert row.state is RowState.WAITING
    assert row.sides() is NO_SIDES


def test_state_words_are_those_that_scripts_rely_on() -> None:
    assert [state.value for state in RowState] == [
        "Live",
        "Waiting",
        "Quiet",
        "Market closed",
        "Halted",
        "Limit up",
        "Limit down",
        "Halted or delisted",
        "Stale",
        "Offline",
        "Beyond plan",
        "Not in plan",
        "Unknown code",
        "Refused",
    ]


# Trades


def test_a_trade_sets_price_time_and_arrival(tape: Tape, row: QuoteRow) -> None:
    tape.trade(trade("612.500", seq=4, time_ms=5_000), 7.5)
    assert row.last == "612.500"
    assert row.value == 612.5
    assert row.digits == 3
    assert (row.seq, row.time_ms, row.ticked_s) == (4, 5_000, 7.5)


@pytest.mark.parametrize(
    ("prices", "move"),
    [
        (["10"], 0),  # the first price came from nowhere
        (["10", "11"], 1),
        (["10", "9.5"], -1),
        (["10", "11", "11"], 1),  # an equal price keeps the last move
        (["10", "9", "9.0"], -1),  # other digits of one price are no move
    ],
)
def test_move_is_where_the_last_change_went(
    tape: Tape, row: QuoteRow, prices: list[str], move: int
) -> None:
    for number, price in enumerate(prices):
        tape.trade(trade(price, seq=number + 1, time_ms=number), 0.0)
    assert row.move == move


def test_digits_never_shrink(tape: Tape, row: QuoteRow) -> None:
    for seq, price in enumerate(("10", "10.25", "10.5"), 1):
        tape.trade(trade(price, seq=seq), 0.0)
    assert row.digits == 2
    assert row.last == "10.5"


def test_a_late_trade_changes_nothing_but_reaches_listeners(tape: Tape, row: QuoteRow) -> None:
    heard: list[str] = []
    row.listen(lambda late: heard.append(late.price))
    row.volume = 100.0
    tape.trade(trade("10", seq=5, time_ms=5_000, volume="1"), 1.0)
    tape.trade(trade("99", seq=4, time_ms=4_999, volume="1"), 2.0)
    assert row.last == "10"
    assert row.volume == 101.0
    assert row.ticked_s == 1.0
    assert heard == ["10", "99"]


def test_a_time_far_ahead_does_not_silence_the_row_for_good(tape: Tape, row: QuoteRow) -> None:
    tape.trade(trade("10", time_ms=9_000_000_000_000), 1.0)
    for number in range(LATE_IN_A_ROW - 1):
        tape.trade(trade("11", time_ms=5_000 + number), 2.0)
    assert row.last == "10"
    tape.trade(trade("12", time_ms=6_000), 3.0)
    assert (row.last, row.time_ms) == ("12", 6_000)


def test_repeats_are_never_taken_for_a_wrong_clock(tape: Tape, row: QuoteRow) -> None:
    row.volume = 0.0
    for _ in range(3 * LATE_IN_A_ROW):
        tape.trade(trade("10", seq=7, time_ms=5_000, volume="1"), 1.0)
    assert row.volume == 1.0


def test_so_many_late_trades_that_the_clock_was_wrong(tape: Tape, row: QuoteRow) -> None:
    tape.trade(trade("99", seq=1, time_ms=900_000), 1.0)
    for number in range(LATE_IN_A_ROW - 1):
        tape.trade(trade("10", seq=2 + number, time_ms=5_000), 2.0)
    assert row.last == "99"
    tape.trade(trade("10", seq=99, time_ms=5_000), 3.0)
    assert (row.last, row.time_ms) == ("10", 5_000)


def test_late_trades_between_good_ones_stay_late(tape: Tape, row: QuoteRow) -> None:
    for number in range(2 * LATE_IN_A_ROW):
        tape.trade(trade("99", seq=2 * number + 1, time_ms=900_000 + number), 1.0)
        tape.trade(trade("10", seq=2 * number + 2, time_ms=5_000), 1.0)
    assert row.last == "99"


def test_a_repeated_trade_counts_once(tape: Tape, row: QuoteRow, board: QuoteBoard) -> None:
    row.volume = 0.0
    tape.trade(trade("10", seq=5, volume="7"), 1.0)
    board.take_dirty()
    tape.trade(trade("10", seq=5, volume="7"), 2.0)
    assert row.volume == 7.0
    assert not board.dirty
    assert tape.trades == 2


def test_ticks_are_trades_that_came_once_and_in_time(tape: Tape, row: QuoteRow) -> None:
    for seq, time_ms in ((1, 2000), (1, 2000), (2, 1000), (3, 3000)):
        tape.trade(trade("1", seq=seq, time_ms=time_ms), 1.0)
    assert row.ticks == 2


def test_trades_without_a_sequence_all_count(tape: Tape, row: QuoteRow) -> None:
    row.volume = 0.0
    for _ in range(3):
        tape.trade(trade("10", seq=0, volume="2"), 1.0)
    assert row.volume == 6.0


def test_two_trades_of_one_moment_both_count(tape: Tape, row: QuoteRow) -> None:
    tape.trade(trade("10", seq=1, time_ms=5_000), 1.0)
    tape.trade(trade("11", seq=2, time_ms=5_000), 1.0)
    assert row.last == "11"


def test_high_and_low_follow_only_where_the_day_is_known(tape: Tape, row: QuoteRow) -> None:
    tape.trade(trade("10", seq=1), 0.0)
    assert (row.high, row.low) == ("", "")
    row.high, row.high_value, row.low, row.low_value = "12.0", 12.0, "9.0", 9.0
    tape.trade(trade("11", seq=2), 0.0)
    assert (row.high, row.low) == ("12.0", "9.0")
    tape.trade(trade("12.50", seq=3), 0.0)
    tape.trade(trade("8.75", seq=4), 0.0)
    assert (row.high, row.high_value) == ("12.50", 12.5)
    assert (row.low, row.low_value) == ("8.75", 8.75)


@pytest.mark.parametrize(
    ("known", "sent", "expected"),
    [
        ((None, None), ("5", "50"), (None, None)),  # the day's figures are not known yet
        ((100.0, 1000.0), ("5", "50"), (105.0, 1050.0)),
        ((100.0, 1000.0), ("5", ""), (105.0, 1000.0)),
        ((100.0, 1000.0), ("", "50"), (100.0, 1000.0)),
        ((100.0, None), ("5", "50"), (105.0, None)),
    ],
)
def test_volume_and_turnover_add_up(
    tape: Tape,
    row: QuoteRow,
    known: tuple[float | None, float | None],
    sent: tuple[str, str],
    expected: tuple[float | None, float | None],
) -> None:
    row.volume, row.turnover = known
    tape.trade(trade("10", seq=1, volume=sent[0], turnover=sent[1]), 0.0)
    assert (row.volume, row.turnover) == expected


def test_volume_counts_also_when_the_price_stands(tape: Tape, row: QuoteRow) -> None:
    row.volume = 0.0
    tape.trade(trade("10", seq=1, volume="1"), 0.0)
    tape.trade(trade("10", seq=2, volume="2"), 0.0)
    assert row.volume == 3.0


def test_change_is_measured_against_the_previous_close(tape: Tape, row: QuoteRow) -> None:
    row.previous_close = 8.0
    assert row.change is None  # nothing traded yet
    tape.trade(trade("10", seq=1), 0.0)
    assert row.change == 2.0
    assert row.change_percent == 25.0


def test_a_previous_close_of_zero_has_no_percent(tape: Tape, row: QuoteRow) -> None:
    row.previous_close = 0.0
    tape.trade(trade("10", seq=1), 0.0)
    assert row.change == 10.0
    assert row.change_percent is None


# Listeners


def test_listeners_hear_every_trade_and_only_while_they_listen(tape: Tape, row: QuoteRow) -> None:
    first: list[str] = []
    second: list[str] = []

    def hear(heard: Trade) -> None:
        first.append(heard.price)

    row.listen(hear)
    row.listen(lambda heard: second.append(heard.price))
    tape.trade(trade("10", seq=1), 0.0)
    row.unlisten(hear)
    row.unlisten(hear)
    tape.trade(trade("11", seq=2), 0.0)
    assert first == ["10"]
    assert second == ["10", "11"]


def test_a_listener_sees_the_row_as_the_trade_left_it(tape: Tape, row: QuoteRow) -> None:
    seen: list[str] = []
    row.listen(lambda _: seen.append(row.last))
    tape.trade(trade("10", seq=1), 0.0)
    assert seen == ["10"]


def test_a_called_price_is_one_of_many(board: QuoteBoard, tape: Tape, row: QuoteRow) -> None:
    heard: list[Trade] = []
    row.listen(heard.append)
    tape.trade(trade("10.5", time_ms=1_000, volume="3"), 1.0)
    row.volume = 5.0
    board.take_dirty()
    tape.called(trade("10.75", seq=9, time_ms=2_000, volume="3"), 7.5)
    assert (row.last, row.move, row.digits, row.volume) == ("10.75", 1, 2, 5.0)
    assert (row.time_ms, row.ticked_s, row.priced_s, row.called_s) == (2_000, 7.5, 7.5, 7.5)
    assert board.take_dirty() == {row: 7.5}
    assert len(heard) == 1, "no bar is built of it"
    tape.called(trade("9", time_ms=1_500), 8.0)
    assert (row.last, row.called_s) == ("10.75", 7.5), "older than what is shown"
    with pytest.raises(ValueError, match="nan"):
        tape.called(trade("nan", time_ms=3_000), 9.0)
    assert row.last == "10.75"
