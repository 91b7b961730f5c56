"""What a row's day is made of: the vendor's daily bars, its pushed quotes, and trades in between.

Figures of a quote are the vendor's own, so daily bars only fill in what it did not tell.
"""

from collections.abc import Sequence

from alltick_desk.model.calendar import session_date
from alltick_desk.model.figures import number
from alltick_desk.model.instrument import Market
from alltick_desk.model.market import Candle, Quote
from alltick_desk.services.pushed import figure, previous_close
from alltick_desk.services.rows import QuoteRow

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
    row.day = date
    row.previous_close = previous_close(told, row.digits)
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
    last_date = session_date(today.time_s * 1000, market)
    shown = session_date(row.time_ms, market) if row.time_ms else ""
    row.see(*(bar.close for bar in bars))
    if shown > last_date:
        if row.day != shown:
            start_day(row, shown, market)
        if not _tells_change(_told(row, shown, market)):
            row.previous_close = number(today.close)
        return
    told = _told(row, last_date, market)
    if not _tells_change(told):
        row.previous_close = number(bars[-2].close) if len(bars) > 1 else None
    if shown < last_date:  # nothing pushed yet, or a value of an earlier day's run
        row.last, row.value = today.close, number(today.close)
        row.time_ms = 0
    same_day = row.day == last_date
    row.day = last_date
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


def _told(row: QuoteRow, date: str, market: Market) -> Quote:
    """Return the quote that tells of ``date``, one that tells nothing where there is none."""
    quote = row.quote
    if quote is None or session_date(quote.time_ms, market) != date:
        return _SILENT
    return quote


def _tells_change(quote: Quote) -> bool:
    return previous_close(quote, 0) is not None


def _figure(text: str, market: Market) -> float | None:
    return None if not text or market in _NO_VOLUME else number(text)
