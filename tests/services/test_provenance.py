"""Where each figure of a row comes from."""

import pytest

from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Candle, Depth, Quote, Trade
from alltick_desk.model.reference import StaticInfo
from alltick_desk.services.day_ago import PastPrice
from alltick_desk.services.day_figures import apply_daily_bars
from alltick_desk.services.provenance import Formula, Source, origins, price_from
from alltick_desk.services.quotes import QuoteBoard, QuoteRow, Tape
from alltick_desk.services.sources import CloseFrom, PriceFrom
from alltick_desk.ui.watchlist.facts import Known

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


def test_nothing_is_claimed_of_an_empty_row(row: QuoteRow) -> None:
    found = origins(row, Known(), 9.0)
    assert price_from(row) is PriceFrom.NOWHERE
    assert all(origin.value == "" for origin in found.values())
    assert not any(origin.received_s for origin in found.values())


def test_a_pushed_price_tells_both_times(tape: Tape, row: QuoteRow) -> None:
    tape.trade(trade("612.50"), 5.0)
    last = origins(row, None, 9.0)["last"]
    assert (last.value, last.source, last.vendor_time_ms) == ("612.50", Source.PUSH, TIME_MS)
    assert (last.received_s, last.age_s) == (5.0, 4.0)


def test_a_book_makes_no_kept_price_a_pushed_one(tape: Tape, row: QuoteRow) -> None:
    row.last, row.value, row.time_ms = "600", 600.0, TIME_MS  # of an earlier run
    book = Depth(
        KEY.code, 0, TIME_MS, b"", b"", lambda *_: Sides((Level("9", "1"),), (Level("11", "1"),))
    )
    tape.depth(book, 7.0)
    row.sides()
    found = origins(row, None, 9.0)
    assert price_from(row) is PriceFrom.RESTORED
    assert (found["last"].source, found["last"].received_s) == (Source.RESTORED, None)
    assert (found["bid"].source, found["bid"].age_s) == (Source.PUSH, 2.0)
    assert (found["spread"].value, found["spread"].formula) == ("2", Formula.SPREAD)
    assert found["spread_bp"].value == "2000.0"


def test_a_called_price_is_no_push_until_one_comes(tape: Tape, row: QuoteRow) -> None:
    tape.called(trade("612.50"), 5.0)
    assert origins(row, None, 9.0)["last"].source is Source.CALL
    tape.trade(trade("612.60", TIME_MS + 1), 6.0)
    assert origins(row, None, 9.0)["last"].source is Source.PUSH


def test_the_change_names_its_formula_and_the_date_of_its_base(tape: Tape, row: QuoteRow) -> None:
    tape.trade(trade("612.50"), 5.0)
    apply_daily_bars(row, BARS, Market.HK_STOCK)
    found = origins(row, None, 9.0)
    change = found["change_percent"]
    assert (change.value, change.source, change.formula) == (
        "2.08",
        Source.DERIVED,
        Formula.CHANGE_PERCENT,
    )
    assert change.parts == {"last": "612.50", "previous_close": "600.00"}
    assert (change.base_date, change.exact) == ("2026-01-05", True)
    assert (found["previous_close"].source, found["open"].source) == (Source.KLINE, Source.KLINE)
    assert found["volume"].formula is Formula.CARRIED_ON
    assert found["amplitude"].value == "1.83"


def test_a_close_from_a_percentage_says_that_it_is_not_exact(tape: Tape, row: QuoteRow) -> None:
    tape.quote(Quote(KEY.code, TIME_MS, "612.50", change_percent="0.41"), 5.0)
    close = origins(row, None, 9.0)["previous_close"]
    assert (row.close_from, row.previous_close) == (CloseFrom.PERCENT, 610.0)
    assert (close.formula, close.exact) == (Formula.CLOSE_BY_PERCENT, False)
    tape.quote(Quote(KEY.code, TIME_MS + 1, "612.51", change_percent="0.41"), 6.0)
    assert row.previous_close == 610.0, "it rests while it agrees"
    apply_daily_bars(row, BARS, Market.HK_STOCK)
    tape.quote(Quote(KEY.code, TIME_MS + 2, "612.50", change_percent="0.41"), 7.0)
    assert (row.close_from, row.previous_close) == (CloseFrom.BAR, 600.0), "an exact one stays"


def test_a_quote_is_told_as_such(tape: Tape, row: QuoteRow) -> None:
    tape.quote(Quote(KEY.code, TIME_MS, "612.5", open="605", high="615", change="2.5"), 5.0)
    found = origins(row, None, 9.0)
    assert price_from(row) is PriceFrom.QUOTE
    assert (found["high"].source, found["high"].vendor_time_ms) == (Source.PUSH, TIME_MS)
    assert (found["previous_close"].value, found["previous_close"].formula) == (
        "610.0",
        Formula.CLOSE_BY_CHANGE,
    )
    tape.called_quote(Quote(KEY.code, TIME_MS + 1, "613", high="615"), 6.0)
    found = origins(row, None, 9.0)
    assert (found["last"].source, found["high"].source) == (Source.CALL, Source.CALL)


def test_figures_beside_the_row_are_told_too(tape: Tape, row: QuoteRow) -> None:
    tape.trade(trade("612.50"), 5.0)
    info = StaticInfo(KEY.code, currency="HKD", lot_size=100, total_shares="1000", eps="24.5")
    facts = Known(info=info)
    found = origins(row, facts, 9.0)
    assert (found["currency"].value, found["currency"].source) == ("HKD", Source.STATIC)
    assert (found["lot"].value, found["pe"].value) == ("100", "25.00")
    assert found["market_cap"].parts == {"last": "612.50", "total_shares": "1000"}
    assert "pb" not in found

    class Facts:
        info = None
        day_ago = PastPrice(600.0, TIME_MS - 86_400_000)

    day = origins(row, Facts(), 9.0)["change_24h"]
    assert (day.value, day.base_ms) == ("2.08", TIME_MS - 86_400_000)
    assert day.parts == {"last": "612.50", "base": "600.00"}
