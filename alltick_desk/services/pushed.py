"""The day as a vendor pushes it: what a quote says of a row.

A quote is the vendor's own sum of the day, so its figures replace what was counted here; trades
carry them on until the next one. What a quote does not tell is left as it is known.
"""

from typing import TYPE_CHECKING

from alltick_desk.model.figures import decimals, number
from alltick_desk.services.rows import QuoteRow
from alltick_desk.services.sources import CloseFrom

if TYPE_CHECKING:
    from alltick_desk.model.market import Quote


def apply_quote(row: QuoteRow, quote: "Quote", *, newest: bool) -> None:
    """Take a quote into a row; ValueError, and no change, where a figure is not a number.

    One that is not the ``newest`` is behind the trades that came before it: it sets no price back
    and takes away no extreme that was traded since. One without a price tells of a halt alone.
    """
    if not quote.last:
        row.trading = quote.trading
        return
    last = number(quote.last)
    high = number(quote.high) if quote.high else None
    low = number(quote.low) if quote.low else None
    if quote.open:
        number(quote.open)
    volume = figure(quote.volume, row.volume)
    turnover = figure(quote.turnover, row.turnover)
    close, close_from = told_close(quote, max(row.digits, decimals(quote.last)))

    row.see(quote.last, quote.open, quote.high, quote.low)
    row.quote = quote
    row.trading = quote.trading
    row.volume, row.turnover = volume, turnover
    if close is not None and not (close_from is CloseFrom.PERCENT and _known_better(row, quote)):
        row.previous_close, row.close_from = close, close_from
    if quote.open:
        row.open = quote.open
    if high is not None and (newest or not row.high or high > row.high_value):
        row.high, row.high_value = quote.high, high
    if low is not None and (newest or not row.low or low < row.low_value):
        row.low, row.low_value = quote.low, low
    if newest:
        row.time_ms = quote.time_ms
        if quote.last != row.last:
            if row.last and last != row.value:
                row.move = 1 if last > row.value else -1
            row.last, row.value = quote.last, last


def told_close(quote: "Quote", digits: int) -> tuple[float | None, CloseFrom]:
    """Return what a quote's change is measured against, and how; None where it tells no change.

    A percentage alone gives it only as exactly as a percentage is, cut at ``digits``, those of the
    prices.
    """
    if quote.last and quote.change:
        places = max(decimals(quote.last), decimals(quote.change))
        return round(number(quote.last) - number(quote.change), places), CloseFrom.CHANGE
    if quote.last and quote.change_percent:
        factor = 1.0 + number(quote.change_percent) / 100.0
        if factor > 0.0:
            return round(number(quote.last) / factor, digits), CloseFrom.PERCENT
    return None, CloseFrom.UNKNOWN


def _known_better(row: QuoteRow, quote: "Quote") -> bool:
    """Whether a close from a percentage would be no better than the one that is known.

    An exact one is; and one from an earlier percentage is not worse while it still gives the
    percentage that is told, so that it rests.
    """
    known = row.previous_close
    if not known or row.close_from is not CloseFrom.PERCENT:
        return row.close_from.exact
    percent = 100.0 * (number(quote.last) - known) / known
    half = 0.5 * 10.0 ** -decimals(quote.change_percent)
    return abs(percent - number(quote.change_percent)) <= half * (1.0 + 1e-9)


def figure(text: str, known: float | None) -> float | None:
    """Return a day's volume or turnover as told, else as known.

    A zero says nothing where none was ever told: markets without a volume send it too.
    """
    value = number(text) if text else None
    return known if value is None or (not value and known is None) else value
