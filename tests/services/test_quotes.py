"""The board and its tapes: what a tick does to a row, and what a frame is told."""

import pytest

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.market import Depth, Side, Trade
from alltick_desk.services.quotes import (
    LATE_IN_A_ROW,
    MOST_ASIDE,
    NO_SIDES,
    QuoteBoard,
    QuoteRow,
    RowState,
    Tape,
)

KEY = InstrumentKey("alltick", "700.HK")


def trade(
    price: str,
    *,
    seq: int = 0,
    time_ms: int = 1_000,
    volume: str = "",
    turnover: str = "",
    code: str = KEY.code,
) -> Trade:
    return Trade(code, seq, time_ms, price, volume, turnover, Side.NONE)


def depth(bids: str = "10.1", asks: str = "10.2", code: str = KEY.code) -> Depth:
    def unpack(raw_bids: bytes, raw_asks: bytes) -> Sides:
        unpacked.append(raw_bids)
        if raw_bids == b"bad":
            raise ProtocolError("The levels mean nothing.")
        return Sides(levels(raw_bids), levels(raw_asks))

    def levels(raw: bytes) -> tuple[Level, ...]:
        return tuple(Level(price, "5") for price in raw.decode().split())

    unpacked: list[bytes] = []
    book = Depth(code, 1, 1_000, bids.encode(), asks.encode(), unpack)
    UNPACKED[id(book)] = unpacked
    return book


UNPACKED: dict[int, list[bytes]] = {}


class Waker:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> None:
        self.calls += 1


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


# Books


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


def test_a_book_teaches_digits_when_it_is_looked_at(tape: Tape, row: QuoteRow) -> None:
    tape.depth(depth("10.1 10.05", "10.2 10.125"), 0.0)
    assert row.digits == 0
    row.sides()
    assert row.digits == 3


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
