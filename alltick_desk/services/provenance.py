"""Where each figure of a row comes from: its source, what it was worked out of, and when. Pure.

Nothing is claimed that the row does not prove: what is not known of an origin is "" or None. The
screen makes words of it. Columns are named as in the table.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple, Protocol

from alltick_desk.model.figures import number
from alltick_desk.model.market import Quote
from alltick_desk.model.reference import StaticInfo
from alltick_desk.services.day_ago import PastPrice
from alltick_desk.services.rows import QuoteRow
from alltick_desk.services.sources import CloseFrom, PriceFrom


class Source(Enum):
    """What brought a value."""

    UNKNOWN = "unknown"
    PUSH = "push"
    CALL = "trade-tick"  # or the vendor's other call for the newest price
    KLINE = "kline"
    STATIC = "static info"
    DERIVED = "derived"
    RESTORED = "restored"  # kept from an earlier run


class Formula(Enum):
    """How a derived value is worked out; the names are fields of ``Origin.parts``."""

    CHANGE = "last - previous_close"
    CHANGE_PERCENT = "100 * (last - previous_close) / previous_close"
    CHANGE_24H = "100 * (last - base) / base"
    AMPLITUDE = "100 * (high - low) / previous_close"
    SPREAD = "ask - bid"
    SPREAD_BP = "10000 * (ask - bid) / ((ask + bid) / 2)"
    CLOSE_BY_CHANGE = "last - change"
    CLOSE_BY_PERCENT = "last / (1 + change_percent / 100)"
    CARRIED_ON = "start + trades"  # what was told, carried on with every trade since
    MARKET_CAP = "last * total_shares"
    PRICE_EARNINGS = "last / eps"
    PRICE_BOOK = "last / bps"


class Origin(NamedTuple):
    """Where one figure comes from.

    Attributes:
        value: the figure as text; "" where it is not known.
        formula: of a derived one; ``parts`` are the figures in it, by name.
        base_date: the exchange's date (ISO) of the close it is measured against, "" for unknown.
        base_ms: when its base was the price, Unix milliseconds; of a change over 24 hours.
        exact: False where it is only as exact as a rounded percentage.
        vendor_time_ms: the vendor's time of it, 0 where it gave none.
        received_s: when it arrived, monotonic seconds; None where not in this run.
        age_s: seconds since then.
    """

    value: str = ""
    source: Source = Source.UNKNOWN
    formula: Formula | None = None
    parts: Mapping[str, str] = {}
    base_date: str = ""
    base_ms: int = 0
    exact: bool = True
    vendor_time_ms: int = 0
    received_s: float | None = None
    age_s: float | None = None


class Facts(Protocol):
    """What others than its row know of an instrument."""

    @property
    def info(self) -> StaticInfo | None: ...

    @property
    def day_ago(self) -> PastPrice | None: ...


def price_from(row: QuoteRow) -> PriceFrom:
    """Return how the last price of a row came."""
    if not row.last:
        return PriceFrom.NOWHERE
    if not row.time_ms:
        return PriceFrom.BAR
    if not row.priced_s:
        return PriceFrom.RESTORED
    if row.called_s == row.priced_s:
        return PriceFrom.CALL
    return PriceFrom.QUOTE if _quoted(row) else PriceFrom.PUSH


def origins(row: QuoteRow, facts: Facts | None, now_s: float) -> Mapping[str, Origin]:
    """Return the origin of every figure of a row, by its column.

    The book's levels are those that were unpacked last (``row.sides``).
    """
    price = _price(row, now_s)
    close = _close(row)
    book = _book(row, now_s)
    found = {
        "last": price._replace(value=row.last),
        "time": price._replace(value=str(row.time_ms or "")),
        "bid": book._replace(value=row.bid) if row.bid else Origin(),
        "ask": book._replace(value=row.ask) if row.ask else Origin(),
        "previous_close": close,
        **{name: _of_day(row, name, now_s) for name in ("open", "high", "low")},
        **{name: _of_day(row, name, now_s) for name in ("volume", "turnover")},
    }
    found |= _changes(row, price, close)
    found |= _from_book(row, book)
    if facts is not None:
        found |= _from_facts(row, facts, price)
    return found


def _price(row: QuoteRow, now_s: float) -> Origin:
    came = price_from(row)
    source = _SOURCES[came]
    if came in _IN_THIS_RUN:
        age_s = max(0.0, now_s - row.priced_s)
        return Origin("", source, vendor_time_ms=row.time_ms, received_s=row.priced_s, age_s=age_s)
    return Origin("", source, vendor_time_ms=row.time_ms)


def _book(row: QuoteRow, now_s: float) -> Origin:
    if row.depth is None:
        return Origin("", Source.RESTORED)
    age_s = max(0.0, now_s - row.booked_s)
    return Origin(
        "",
        Source.PUSH,
        vendor_time_ms=row.depth.time_ms,
        received_s=row.booked_s,
        age_s=age_s,
    )


def _close(row: QuoteRow) -> Origin:
    if row.previous_close is None:
        return Origin()
    value = _text(row, row.previous_close)
    date, quote = row.close_date, row.quote
    match row.close_from:
        case CloseFrom.BAR:
            return Origin(value, Source.KLINE, base_date=date)
        case CloseFrom.CHANGE | CloseFrom.PERCENT if quote is not None:
            exact = row.close_from is CloseFrom.CHANGE
            parts = {"last": quote.last}
            if exact:
                parts["change"] = quote.change
            else:
                parts["change_percent"] = quote.change_percent
            return Origin(
                value,
                Source.DERIVED,
                Formula.CLOSE_BY_CHANGE if exact else Formula.CLOSE_BY_PERCENT,
                parts,
                base_date=date,
                exact=exact,
                vendor_time_ms=quote.time_ms,
            )
    return Origin(value, Source.RESTORED)


def _of_day(row: QuoteRow, name: str, now_s: float) -> Origin:
    """Return the origin of a figure that the day adds up to."""
    known = getattr(row, name)
    if known is None or known == "":
        return Origin()
    value = known if isinstance(known, str) else repr(known)
    told = "" if row.quote is None else getattr(row.quote, name)
    if told:
        start, source, time_ms = told, Source.PUSH, row.quote.time_ms if row.quote else 0
        if row.called_s and row.called_s == row.quoted_s:
            source = Source.CALL
    elif row.close_from is CloseFrom.UNKNOWN and not row.priced_s:
        return Origin(value, Source.RESTORED)
    else:
        start, source, time_ms = "", Source.KLINE, 0
    if (told and number(told) == number(value)) or not row.priced_s or name == "open":
        received_s = row.quoted_s if told else None
        age_s = None if received_s is None else max(0.0, now_s - received_s)
        return Origin(value, source, vendor_time_ms=time_ms, received_s=received_s, age_s=age_s)
    age_s = max(0.0, now_s - row.priced_s)
    return Origin(
        value,
        source,
        Formula.CARRIED_ON,
        {"start": start},
        vendor_time_ms=row.time_ms,
        received_s=row.priced_s,
        age_s=age_s,
    )


def _changes(row: QuoteRow, price: Origin, close: Origin) -> dict[str, Origin]:
    if row.change is None:
        return {name: Origin() for name in ("change", "change_percent", "amplitude")}
    derived = price._replace(source=Source.DERIVED, base_date=close.base_date, exact=close.exact)
    parts = {"last": row.last, "previous_close": close.value}
    found = {
        "change": derived._replace(
            value=_text(row, row.change), formula=Formula.CHANGE, parts=parts
        ),
        "change_percent": Origin(),
        "amplitude": Origin(),
    }
    if row.change_percent is not None:
        found["change_percent"] = derived._replace(
            value=f"{row.change_percent:.2f}", formula=Formula.CHANGE_PERCENT, parts=parts
        )
    if row.high and row.low and row.previous_close:
        amplitude = 100.0 * (row.high_value - row.low_value) / row.previous_close
        found["amplitude"] = derived._replace(
            value=f"{amplitude:.2f}",
            formula=Formula.AMPLITUDE,
            parts={"high": row.high, "low": row.low, "previous_close": close.value},
        )
    return found


def _from_book(row: QuoteRow, book: Origin) -> dict[str, Origin]:
    if not (row.bid and row.ask):
        return {"spread": Origin(), "spread_bp": Origin()}
    bid, ask = number(row.bid), number(row.ask)
    derived = book._replace(source=Source.DERIVED, parts={"ask": row.ask, "bid": row.bid})
    middle = (ask + bid) / 2
    bp = "" if middle <= 0 else f"{10_000 * (ask - bid) / middle:.1f}"
    return {
        "spread": derived._replace(value=_text(row, ask - bid), formula=Formula.SPREAD),
        "spread_bp": derived._replace(value=bp, formula=Formula.SPREAD_BP) if bp else Origin(),
    }


def _from_facts(row: QuoteRow, facts: Facts, price: Origin) -> dict[str, Origin]:
    found: dict[str, Origin] = {}
    derived = price._replace(source=Source.DERIVED)
    base, info = facts.day_ago, facts.info
    if base is not None and base.price and row.last:
        change = 100.0 * (row.value - base.price) / base.price
        parts = {"last": row.last, "base": _text(row, base.price)}
        found["change_24h"] = derived._replace(
            value=f"{change:.2f}", formula=Formula.CHANGE_24H, parts=parts, base_ms=base.time_ms
        )
    if info is None:
        return found
    for column, name in _STATIC.items():
        told = getattr(info, name)
        if told not in {None, ""}:
            found[column] = Origin(str(told), Source.STATIC)
    for column, (formula, names, work) in _RATIOS.items():
        name, text = next(((it, getattr(info, it)) for it in names if getattr(info, it)), ("", ""))
        if row.last and text and (worked := work(row.value, number(text))) is not None:
            parts = {"last": row.last, name: text}
            found[column] = derived._replace(value=f"{worked:.2f}", formula=formula, parts=parts)
    return found


def _quoted(row: QuoteRow) -> bool:
    quote: Quote | None = row.quote
    return quote is not None and quote.time_ms == row.time_ms and quote.last == row.last


def _text(row: QuoteRow, value: float) -> str:
    return f"{value:.{row.digits}f}"


def _per_share(last: float, share: float) -> float | None:
    return last / share if share > 0 else None


_SOURCES = {
    PriceFrom.NOWHERE: Source.UNKNOWN,
    PriceFrom.PUSH: Source.PUSH,
    PriceFrom.QUOTE: Source.PUSH,
    PriceFrom.CALL: Source.CALL,
    PriceFrom.BAR: Source.KLINE,
    PriceFrom.RESTORED: Source.RESTORED,
}
_IN_THIS_RUN = frozenset({PriceFrom.PUSH, PriceFrom.QUOTE, PriceFrom.CALL})
_STATIC = {
    "exchange": "exchange",
    "currency": "currency",
    "lot": "lot_size",
    "eps": "eps",
    "eps_ttm": "eps_ttm",
    "bps": "bps",
    "dividend_yield": "dividend_yield",
    "shares": "total_shares",
    "floating": "circulating_shares",
}
_Ratio = tuple[Formula, tuple[str, ...], Callable[[float, float], float | None]]
_RATIOS: dict[str, _Ratio] = {
    "market_cap": (Formula.MARKET_CAP, ("total_shares",), lambda last, shares: last * shares),
    "pe": (Formula.PRICE_EARNINGS, ("eps_ttm", "eps"), _per_share),
    "pb": (Formula.PRICE_BOOK, ("bps",), _per_share),
}
