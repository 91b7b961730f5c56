"""Figures that the desk works out of what a vendor sends. Pure; None where anything is unknown."""

from alltick_desk.model import figures
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.watchlist.format import Reading


def number(text: str) -> float | None:
    """Return a vendor's figure, ``1.2e9`` as well; None for what is none."""
    try:
        return figures.number(text)
    except ValueError:
        return None


def spread(row: QuoteRow) -> float | None:
    """Best ask minus best bid."""
    bid, ask = number(row.bid), number(row.ask)
    return None if bid is None or ask is None else ask - bid


def spread_bp(row: QuoteRow) -> float | None:
    """The spread in hundredths of a percent of the middle between bid and ask."""
    width = spread(row)
    middle = (float(row.bid) + float(row.ask)) / 2 if width is not None else 0.0
    return None if width is None or middle <= 0 else 10_000 * width / middle


def amplitude(row: QuoteRow) -> float | None:
    """The day's high minus its low, in percent of the previous day's close."""
    if not row.high or not row.low or not row.previous_close:
        return None
    return 100 * (row.high_value - row.low_value) / row.previous_close


def day_place(row: QuoteRow) -> float | None:
    """Where the last price stands between the day's low (0) and high (1)."""
    if not row.last or not row.high or not row.low or row.high_value <= row.low_value:
        return None
    place = (row.value - row.low_value) / (row.high_value - row.low_value)
    return min(1.0, max(0.0, place))


def change_24h(row: QuoteRow, reading: Reading) -> float | None:
    """The change against the price of 24 hours ago, in percent of it."""
    facts = reading.facts(row.key)
    base = None if facts is None else facts.day_ago
    if base is None or not base.price or not row.last:
        return None
    return 100 * (row.value - base.price) / base.price


def age_s(row: QuoteRow, reading: Reading) -> float | None:
    """Seconds since anything came for the row; None where nothing did in this run."""
    return max(0.0, reading.now_s() - row.ticked_s) if row.ticked_s else None


def day_line_change(row: QuoteRow, reading: Reading) -> float | None:
    """How far the price has come since the first point of its line, in percent of that point."""
    line = reading.day_line(row)
    if line is None:
        return None
    values = line.values
    return 100 * (values[-1] - values[0]) / values[0] if values[0] else None


def issuer(row: QuoteRow, reading: Reading, name: str) -> float | None:
    """A figure of the issuer's by its name in ``StaticInfo``."""
    facts = reading.facts(row.key)
    info = None if facts is None else facts.info
    text = "" if info is None else str(getattr(info, name))
    return number(text)


def earnings(row: QuoteRow, reading: Reading) -> float | None:
    """Earnings a share: over the last twelve months where that is known, else of the last year."""
    told = issuer(row, reading, "eps_ttm")
    return issuer(row, reading, "eps") if told is None else told


def market_cap(row: QuoteRow, reading: Reading) -> float | None:
    """Last price times all shares, in the instrument's currency."""
    shares = issuer(row, reading, "total_shares")
    return row.value * shares if row.last and shares else None


def price_earnings(row: QuoteRow, reading: Reading) -> float | None:
    """Last price by earnings a share; None for a loss."""
    return _ratio(row, earnings(row, reading))


def price_book(row: QuoteRow, reading: Reading) -> float | None:
    """Last price by book value a share; None where that is below zero."""
    return _ratio(row, issuer(row, reading, "bps"))


def _ratio(row: QuoteRow, per_share: float | None) -> float | None:
    return row.value / per_share if row.last and per_share and per_share > 0 else None
