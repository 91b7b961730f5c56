"""By which way a row's figures came."""

import pytest

from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Candle, Depth, Quote, Trade
from alltick_desk.services.day_figures import apply_daily_bars
from alltick_desk.services.quotes import QuoteBoard, QuoteRow, Tape
from alltick_desk.services.sources import CloseFrom, PriceFrom, price_from

KEY = InstrumentKey("itick", "700.HK")
MONDAY = 1_767_542_400  # 2026-01-05 00:00 in Hong Kong
TUESDAY = MONDAY + 86_400
TIME_MS = (TUESDAY + 40_000) * 1000
BARS = [
    Candle(MONDAY, "595", "601", "594", "600.00", "1", "1"),
    Candle(TUESDAY, "605", "615", "604", "610.00", "1000", "5000"),
]


@pytest.fixture
def board() -> QuoteBoard:
    return QuoteBoard()


@pytest.fixture
def tape(board: QuoteBoard) -> Tape:
    return board.tape(KEY.vendor)


@pytest.fixture
def row(board: QuoteBoard) -> QuoteRow:
    return board.row(KEY)


def trade(price: str, at_ms: int = TIME_MS) -> Trade:
    return Trade(KEY.code, 0, at_ms, price, "10")


def test_a_price_that_is_not_there_came_from_nowhere(row: QuoteRow) -> None:
    assert price_from(row) is PriceFrom.NOWHERE


def test_a_price_before_any_trade_is_that_of_the_bar(row: QuoteRow) -> None:
    apply_daily_bars(row, BARS, Market.HK_STOCK)
    assert (row.last, price_from(row)) == ("610.00", PriceFrom.BAR)


def test_a_book_makes_no_kept_price_a_pushed_one(tape: Tape, row: QuoteRow) -> None:
    row.last, row.value, row.time_ms = "600", 600.0, TIME_MS  # of an earlier run
    book = Depth(
        KEY.code, 0, TIME_MS, b"", b"", lambda *_: Sides((Level("9", "1"),), (Level("11", "1"),))
    )
    tape.depth(book, 7.0)
    assert row.sides() == ((Level("9", "1"),), (Level("11", "1"),))
    assert price_from(row) is PriceFrom.RESTORED


def test_a_called_price_is_no_push_until_one_comes(tape: Tape, row: QuoteRow) -> None:
    tape.called(trade("612.50"), 5.0)
    assert price_from(row) is PriceFrom.CALL
    tape.trade(trade("612.60", TIME_MS + 1), 6.0)
    assert price_from(row) is PriceFrom.PUSH


def test_a_quote_is_told_as_such_until_a_trade_comes(tape: Tape, row: QuoteRow) -> None:
    tape.quote(Quote(KEY.code, TIME_MS, "612.5", open="605", high="615", change="2.5"), 5.0)
    assert price_from(row) is PriceFrom.QUOTE
    tape.called_quote(Quote(KEY.code, TIME_MS + 1, "613", high="615"), 6.0)
    assert price_from(row) is PriceFrom.CALL
    tape.trade(trade("613.5", TIME_MS + 2), 7.0)
    assert price_from(row) is PriceFrom.PUSH


def test_a_close_from_a_percentage_gives_way_to_an_exact_one(tape: Tape, row: QuoteRow) -> None:
    tape.quote(Quote(KEY.code, TIME_MS, "612.50", change_percent="0.41"), 5.0)
    assert (row.close_from, row.previous_close) == (CloseFrom.PERCENT, 610.0)
    assert not row.close_from.exact
    tape.quote(Quote(KEY.code, TIME_MS + 1, "612.51", change_percent="0.41"), 6.0)
    assert row.previous_close == 610.0, "it rests while it agrees"
    apply_daily_bars(row, BARS, Market.HK_STOCK)
    tape.quote(Quote(KEY.code, TIME_MS + 2, "612.50", change_percent="0.41"), 7.0)
    assert (row.close_from, row.previous_close) == (CloseFrom.BAR, 600.0), "an exact one stays"
    assert row.close_from.exact
