"""Quotes and bars that a vendor pushes, on the board."""

import pytest

from alltick_desk.model.instrument import InstrumentKey, Trading
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, LiveCandle, Quote, Trade
from alltick_desk.services.pushed import figure, told_close
from alltick_desk.services.quotes import LATE_IN_A_ROW, QuoteBoard, QuoteRow, Tape

KEY = InstrumentKey("itick", "AAPL.US")


def quote(last: str, time_ms: int = 5_000, **fields: object) -> Quote:
    return Quote(KEY.code, time_ms, last, **fields)  # type: ignore[arg-type]


def trade(price: str, time_ms: int) -> Trade:
    return Trade(KEY.code, 0, time_ms, price)


@pytest.fixture
def board() -> QuoteBoard:
    return QuoteBoard()


@pytest.fixture
def tape(board: QuoteBoard) -> Tape:
    return board.tape(KEY.vendor)


@pytest.fixture
def row(board: QuoteBoard) -> QuoteRow:
    return board.row(KEY)


WHOLE = quote(
    "225.2",
    open="224",
    high="226.215",
    low="223.5",
    volume="1000",
    turnover="225000",
    change="1.2",
    change_percent="0.54",
    trading=Trading.SUSPENDED,
)


def test_a_quote_tells_the_day(board: QuoteBoard, tape: Tape, row: QuoteRow) -> None:
    tape.quote(WHOLE, 7.5)
    assert (row.last, row.value, row.time_ms) == ("225.2", 225.2, 5_000)
    assert (row.open, row.high, row.low) == ("224", "226.215", "223.5")
    assert (row.high_value, row.low_value) == (226.215, 223.5)
    assert (row.volume, row.turnover) == (1000.0, 225000.0)
    assert row.previous_close == 224.0
    assert row.trading is Trading.SUSPENDED
    assert (row.ticked_s, row.quoted_s) == (7.5, 7.5)
    assert row.digits == 3
    assert board.take_dirty() == {row: 7.5}
    assert tape.quotes == 1


def test_what_a_quote_does_not_tell_stays_as_it_is_known(tape: Tape, row: QuoteRow) -> None:
    tape.quote(WHOLE, 1.0)
    tape.quote(quote("226", 6_000), 2.0)
    assert (row.last, row.open, row.high, row.low) == ("226", "224", "226.215", "223.5")
    assert (row.volume, row.turnover, row.previous_close) == (1000.0, 225000.0, 224.0)
    assert row.trading is Trading.NORMAL


def test_a_quote_without_a_price_tells_of_a_halt_alone(tape: Tape, row: QuoteRow) -> None:
    tape.quote(quote("226", high="227", volume="1000", change="1"), 1.0)
    tape.quote(quote("", 6_000, volume="0", change="0", trading=Trading.CIRCUIT_BREAKER), 2.0)
    assert row.trading is Trading.CIRCUIT_BREAKER
    assert (row.last, row.time_ms, row.high, row.volume) == ("226", 5_000, "227", 1000.0)
    assert row.previous_close == 225.0


def test_trades_carry_the_range_on_and_the_next_quote_replaces_it(
    tape: Tape, row: QuoteRow
) -> None:
    tape.quote(WHOLE, 1.0)
    tape.trade(trade("230", 6_000), 2.0)
    assert (row.high, row.high_value) == ("230", 230.0)
    tape.quote(quote("225", 7_000, high="229.5", low="223.9"), 3.0)
    assert (row.last, row.high, row.low) == ("225", "229.5", "223.9")
    assert row.move == -1


def test_a_quote_older_than_the_last_trade_sets_nothing_back(tape: Tape, row: QuoteRow) -> None:
    tape.quote(WHOLE, 1.0)
    tape.trade(trade("230", 9_000), 2.0)
    tape.quote(quote("225", 8_000, high="227", low="220", volume="2000", change="1"), 3.0)
    assert (row.last, row.time_ms) == ("230", 9_000)
    assert (row.high, row.low, row.volume) == ("230", "220", 2000.0)
    assert row.previous_close == 224.0
    tape.quote(quote("225", 7_000, low="1", volume="1"), 4.0)  # older than the one before it
    assert (row.low, row.volume) == ("220", 2000.0)


def test_of_two_quotes_of_one_moment_the_later_to_come_counts(tape: Tape, row: QuoteRow) -> None:
    tape.quote(quote("10"), 1.0)
    tape.quote(quote("11"), 2.0)
    assert (row.last, row.move) == ("11", 1)


def test_a_quote_with_a_time_far_ahead_does_not_silence_the_row_for_good(
    tape: Tape, row: QuoteRow
) -> None:
    tape.quote(quote("10", 9_000_000_000_000), 1.0)
    for number in range(LATE_IN_A_ROW - 1):
        tape.quote(quote("11", 5_000 + number), 2.0)
    assert row.last == "10"
    tape.quote(quote("12", 6_000), 3.0)
    assert (row.last, row.time_ms) == ("12", 6_000)


def test_trades_that_outvote_a_wrong_time_free_the_quotes_too(tape: Tape, row: QuoteRow) -> None:
    tape.quote(quote("10", 9_000_000_000_000, high="99"), 1.0)
    for number in range(LATE_IN_A_ROW):
        tape.trade(trade("11", 5_000 + number), 2.0)
    assert row.last == "11"
    tape.quote(quote("10", 5_001, volume="7"), 3.0)  # behind the trades, not behind a quote
    assert (row.last, row.volume) == ("11", 7.0)
    tape.quote(quote("12", 6_000, high="13"), 4.0)
    assert (row.last, row.high) == ("12", "13")


def test_a_quote_sent_again_and_again_is_never_taken_for_a_wrong_clock(
    tape: Tape, row: QuoteRow
) -> None:
    tape.quote(quote("10", 5_000), 1.0)
    tape.trade(trade("11", 6_000), 2.0)
    for _ in range(2 * LATE_IN_A_ROW):
        tape.quote(quote("10", 5_000), 3.0)
    assert row.last == "11"


def test_a_figure_that_is_no_number_takes_nothing(tape: Tape, row: QuoteRow) -> None:
    tape.quote(quote("10"), 1.0)
    with pytest.raises(ValueError, match="ten"):
        tape.quote(quote("11.123", 6_000, change="ten"), 2.0)
    assert (row.last, row.digits, row.time_ms) == ("10", 0, 5_000)


@pytest.mark.parametrize(
    ("told", "close"),
    [
        (quote("225.215", change="1.2"), 224.015),  # no digits of the arithmetic's own
        (quote("225.2", change="-0.815"), 226.015),
        (quote("110", change_percent="10"), 100.0),
        (quote("225.20", change_percent="0.54"), 223.99),
        (quote("110", change="9", change_percent="10"), 101.0),
        (quote("110", change_percent="-100"), None),
        (quote("110"), None),
        (quote("", change="9"), None),
    ],
)
def test_the_previous_close_comes_from_the_change(told: Quote, close: float | None) -> None:
    assert told_close(told, 2)[0] == close


def test_a_zero_claims_no_volume_where_none_was_ever_told() -> None:
    assert figure("0", None) is None
    assert figure("0", 5.0) == 0.0
    assert figure("7", None) == 7.0
    assert figure("", 5.0) == 5.0


def test_quotes_of_strangers_and_unshown_ones_are_counted(tape: Tape, row: QuoteRow) -> None:
    tape.quote(quote("10"), 1.0)
    tape.quote(quote("11"), 2.0)
    tape.quote(Quote("FOO", 1, "1"), 3.0)
    tape.candle(LiveCandle("FOO", Interval.M1, Candle(0, "1", "1", "1", "1")), 3.0)
    assert (tape.conflated, tape.strays, tape.candles) == (1, 2, 1)
    assert row.last == "11"


def test_a_pushed_bar_goes_to_those_who_listen_and_teaches_digits(
    board: QuoteBoard, tape: Tape, row: QuoteRow
) -> None:
    heard: list[LiveCandle] = []
    live = LiveCandle(KEY.code, Interval.M1, Candle(60, "1.5", "1.625", "1", "1.5"))
    row.listen_candles(heard.append)
    tape.candle(live, 1.0)
    row.unlisten_candles(heard.append)
    row.unlisten_candles(heard.append)
    tape.candle(live, 2.0)
    assert heard == [live]
    assert row.digits == 3
    assert not board.dirty
    assert row.last == ""


# Digits


def test_prices_sent_as_numbers_are_shown_with_all_their_digits(tape: Tape, row: QuoteRow) -> None:
    tape.pad(True)
    row.see("225.215")
    assert row.shown("225.2") == "225.200"
    assert row.shown("225") == "225.000"
    assert row.shown("225.215") == "225.215"
    assert row.shown("225.2151") == "225.2151"
    assert row.shown("-1.5") == "-1.500"
    assert row.shown("") == ""


def test_prices_sent_as_text_are_shown_as_they_came(row: QuoteRow) -> None:
    row.see("225.215")
    assert row.shown("225.2") == "225.2"


def test_rows_made_before_and_after_know_whether_to_pad(
    board: QuoteBoard, tape: Tape, row: QuoteRow
) -> None:
    tape.pad(True)
    later = board.row(InstrumentKey("itick", "TSLA.US"))
    other = board.row(InstrumentKey("alltick", "TSLA.US"))
    assert (row.pads, later.pads, other.pads) == (True, True, False)
