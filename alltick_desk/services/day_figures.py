"""What a row's day is made of: the vendor's daily bars, its pushed quotes, and trades in between.

Figures of a quote are the vendor's own, so daily bars only fill in what it did not tell.
"""

import datetime as dt
from collections.abc import Sequence

from alltick_desk.model.calendar import bar_date, day_start, session_date
from alltick_desk.model.figures import number
from alltick_desk.model.instrument import Market
from alltick_desk.model.market import Candle, Quote
from alltick_desk.model.reference import DayClose
from alltick_desk.services.pushed import figure, told_close
from alltick_desk.services.rows import QuoteRow
from alltick_desk.services.sources import CloseFrom

# Markets whose volume the vendor documents as absent or zero: nothing is claimed for them.
_NO_VOLUME = frozenset({Market.FOREX, Market.COMMODITY, Market.CFD_INDEX})

_SILENT = Quote("", 0, "")  # tells nothing


def told_day(row: QuoteRow, market: Market) -> bool:
    """Whether pushed quotes tell all that is needed of the day the row shows.

    Not all do: older servers send no change, and crypto comes without the day's range.
    """
    told = _told(row, session_date(row.time_ms, market), market)
    return bool(_tells_change(told) and told.high and told.low)


def start_day(row: QuoteRow, date: str, market: Market) -> None:
    """Begin a day with what a quote tells of it; what trades are measured against is yet unknown.

    Figures that nobody told for ``date`` are emptied.
    """
    told = _told(row, date, market)
    _set_day(row, date, market)
    row.previous_close, row.close_from = told_close(told, row.digits)
    row.close_date = ""
    row.open = told.open
    row.high = row.low = row.last
    row.high_value = row.low_value = row.value
    if told.high and number(told.high) > row.value:
        row.high, row.high_value = told.high, number(told.high)
    if told.low and number(told.low) < row.value:
        row.low, row.low_value = told.low, number(told.low)
    row.volume = figure(told.volume, None)
    row.turnover = figure(told.turnover, None)


def apply_daily_bars(row: QuoteRow, bars: Sequence[Candle], market: Market) -> None:
    """Take the newest daily bars, oldest first.

    The last one is the day in progress (or, while the market is closed, the last day there was),
    unless a price of a later date is known: then it is the day before, and its close is what the
    change is measured against.
    """
    today = bars[-1]
    last_date = _date_of(today, market)
    shown = session_date(row.time_ms, market) if row.time_ms else ""
    row.see(*(bar.close for bar in bars))
    if shown > last_date:
        if row.day != shown:
            start_day(row, shown, market)
        _take_close(row, today, last_date, exact=_exact(_told(row, shown, market)))
        return
    told = _told(row, last_date, market)
    if len(bars) > 1:
        _take_close(row, bars[-2], _date_of(bars[-2], market), exact=_exact(told))
    elif not _tells_change(told):
        row.previous_close, row.close_from, row.close_date = None, CloseFrom.UNKNOWN, ""
    if shown < last_date:  # nothing pushed yet, or a value of an earlier day's run
        row.last, row.value = today.close, number(today.close)
        row.time_ms = 0
    same_day = row.day == last_date
    _set_day(row, last_date, market)
    row.see(today.open, today.high, today.low)
    if not told.open:
        row.open = today.open
    if not told.high and not (same_day and row.high and row.high_value > number(today.high)):
        row.high, row.high_value = today.high, number(today.high)
    if not told.low and not (same_day and row.low and row.low_value < number(today.low)):
        row.low, row.low_value = today.low, number(today.low)
    if not told.volume:
        row.volume = _figure(today.volume, market)
    if not told.turnover:
        row.turnover = _figure(today.turnover, market)


def apply_close(row: QuoteRow, kept: DayClose, market: Market) -> bool:
    """Take a previous close that an earlier run was told; return whether it is of the row's day.

    One that is known better stays.
    """
    shown = session_date(row.time_ms, market) if row.time_ms else kept.day
    if shown != kept.day or row.day not in {"", kept.day}:
        return False
    if not row.close_from.exact:
        _set_day(row, kept.day, market)
        row.previous_close, row.close_from = number(kept.price), CloseFrom.BAR
        row.see(kept.price)
    row.close_date = kept.date
    return True


def close_of(row: QuoteRow, bars: Sequence[Candle], market: Market) -> DayClose | None:
    """Return the previous close of a row that the newest daily bars were applied to."""
    for bar in bars:
        if row.close_date and _date_of(bar, market) == row.close_date:
            return DayClose(row.key.code, bar.close, row.close_date, row.day, asked="")
    return None


def _date_of(bar: Candle, market: Market) -> str:
    return bar_date(bar.time_s, market).isoformat()


def _set_day(row: QuoteRow, date: str, market: Market) -> None:
    row.day, row.day_ms = date, 1000 * day_start(dt.date.fromisoformat(date), market)


def _take_close(row: QuoteRow, bar: Candle, date: str, *, exact: bool) -> None:
    """Take a bar's close as the previous one, and its date even where a quote tells the close."""
    if not exact:
        row.previous_close, row.close_from = number(bar.close), CloseFrom.BAR
    row.close_date = date


def _told(row: QuoteRow, date: str, market: Market) -> Quote:
    """Return the quote that tells of ``date``, one that tells nothing where there is none."""
    quote = row.quote
    if quote is None or session_date(quote.time_ms, market) != date:
        return _SILENT
    return quote


def _tells_change(quote: Quote) -> bool:
    return told_close(quote, 0)[0] is not None


def _exact(quote: Quote) -> bool:
    return told_close(quote, 0)[1].exact


def _figure(text: str, market: Market) -> float | None:
    return None if not text or market in _NO_VOLUME else number(text)
