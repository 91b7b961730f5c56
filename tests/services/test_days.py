"""The day's frame: what a change is measured against, and the day's range."""

import asyncio

from daysdesk import KEY, MONDAY, TUESDAY, Vendor, bar, start
from fakes import FakeClock, settle

from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Trade
from alltick_desk.services.day_figures import apply_daily_bars
from alltick_desk.services.days import ROLL_S
from alltick_desk.services.quotes import QuoteBoard, QuoteRow


def traded(time_s: int, price: str, *, volume: str = "100") -> QuoteRow:
    board = QuoteBoard()
    row = board.row(KEY)
    board.tape("alltick").trade(Trade(KEY.code, 1, time_s * 1000, price, volume), 1.0)
    return row


def test_the_change_is_measured_from_the_last_but_one_bar_while_the_day_runs() -> None:
    row = traded(TUESDAY + 40_000, "612.500")
    apply_daily_bars(
        row,
        [bar(MONDAY, "600.000"), bar(TUESDAY, "610.000", high="615.000", low="599.000")],
        Market.HK_STOCK,
    )
    assert (row.previous_close, row.change) == (600.0, 12.5)
    assert row.change_percent is not None
    assert round(row.change_percent, 4) == 2.0833
    assert (row.last, row.high, row.low) == ("612.500", "615.000", "599.000")
    assert (row.volume, row.turnover) == (1000.0, 5000.0)


def test_a_trade_of_a_later_date_makes_the_last_bar_the_previous_close() -> None:
    row = traded(TUESDAY + 40_000, "612.500")
    apply_daily_bars(row, [bar(MONDAY - 86_400, "1.000"), bar(MONDAY, "600.000")], Market.HK_STOCK)
    assert row.previous_close == 600.0
    assert (row.high, row.low, row.volume) == ("612.500", "612.500", None)
    assert row.day == "2026-01-06"


def test_before_any_trade_the_last_day_there_was_is_shown() -> None:
    row = QuoteRow(KEY)
    apply_daily_bars(row, [bar(MONDAY, "600.000"), bar(TUESDAY, "610.000")], Market.HK_STOCK)
    assert (row.last, row.value, row.time_ms, row.change) == ("610.000", 610.0, 0, 10.0)


def test_a_value_of_an_earlier_run_gives_way_to_a_newer_bar() -> None:
    row = traded(MONDAY + 40_000, "500.000")
    apply_daily_bars(row, [bar(MONDAY, "600.000"), bar(TUESDAY, "610.000")], Market.HK_STOCK)
    assert (row.last, row.time_ms) == ("610.000", 0)


def test_an_extreme_that_was_traded_since_outlasts_the_bar() -> None:
    row = traded(TUESDAY + 40_000, "612.500")
    bars = [bar(MONDAY, "600.000"), bar(TUESDAY, "610.000")]
    apply_daily_bars(row, bars, Market.HK_STOCK)
    row.high, row.high_value = "620.000", 620.0
    apply_daily_bars(row, bars, Market.HK_STOCK)
    assert row.high == "620.000"


def test_a_single_bar_claims_no_change() -> None:
    row = traded(TUESDAY + 40_000, "612.500")
    apply_daily_bars(row, [bar(TUESDAY, "610.000")], Market.HK_STOCK)
    assert (row.previous_close, row.change) == (None, None)


def test_a_market_that_tells_no_volume_shows_none() -> None:
    row = QuoteRow(InstrumentKey("alltick", "EURUSD"))
    bars = [bar(MONDAY, "1.10000", volume="0"), bar(TUESDAY, "1.20000", volume="0")]
    apply_daily_bars(row, bars, Market.FOREX)
    assert (row.volume, row.turnover) == (None, None)


def test_all_that_is_missing_is_asked_for_at_once_and_once() -> None:
    async def run() -> None:
        vendor, board, clock = Vendor(), QuoteBoard(), FakeClock()
        service, shown = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        other = InstrumentKey("alltick", "9988.HK")
        service.want([KEY, other])
        service.want([KEY])
        await settle()
        assert vendor.asked == [(KEY, other)]
        assert shown == ["700.HK", "9988.HK"]
        task.cancel()

    asyncio.run(run())


def test_a_trade_of_the_next_day_empties_the_day_and_asks_again() -> None:
    async def run() -> None:
        vendor, board, clock = Vendor(), QuoteBoard(), FakeClock()
        service, _ = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want([KEY])
        await settle()
        row = board.row(KEY)
        board.tape("alltick").trade(
            Trade(KEY.code, 1, (TUESDAY + 86_400 + 40_000) * 1000, "630.000"), 1.0
        )
        service.check_roll(board.rows())
        assert (row.previous_close, row.high, row.volume) == (None, "630.000", None)
        await clock.advance(ROLL_S)
        assert len(vendor.asked) == 2
        assert row.previous_close == 610.0
        service.check_roll(board.rows())
        await settle()
        assert len(vendor.asked) == 2
        task.cancel()

    asyncio.run(run())


def test_what_the_vendor_has_refused_is_not_asked_for() -> None:
    async def run() -> None:
        vendor, board, clock = Vendor(), QuoteBoard(), FakeClock()
        vendor.refused = {"B", "C"}
        service, shown = start(vendor, board, clock)
        task = asyncio.get_running_loop().create_task(service.run())
        service.want(InstrumentKey("alltick", code) for code in "ABC")
        await clock.advance(100.0)
        assert shown == ["A"]
        assert [[key.code for key in keys] for keys in vendor.asked] == [["A"]]
        task.cancel()

    asyncio.run(run())


def test_what_was_removed_meanwhile_comes_not_back() -> None:
    async def run() -> None:
        vendor, board, clock = Vendor(), QuoteBoard(), FakeClock()
        service, _shown = start(vendor, board, clock)
        service.want([KEY])
        service.drop([KEY])
        task = asyncio.get_running_loop().create_task(service.run())
        await clock.advance(10.0)
        assert vendor.asked == []
        assert list(board.rows()) == []
        task.cancel()

    asyncio.run(run())
