"""Where a cell's value comes from: its source, the formula of what is derived, and when. Pure.

Nothing is claimed that the row does not prove. Prices and books are dated by what brought them;
figures of the day are not dated one by one: the age told is that of the last message for the row,
whichever it was.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from alltick_desk.model.words import Sentence, span
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.services.sources import CloseFrom, PriceFrom, price_from
from alltick_desk.ui.watchlist import derived
from alltick_desk.ui.watchlist.column import Column
from alltick_desk.ui.watchlist.format import ASKED, UNKNOWN, Reading

_Words = list[str]

_NOT_KNOWN = Sentence("Origins", "Nothing came for it yet, so nothing is claimed.")
_BEING_ASKED = Sentence(
    "Origins", "The vendor is being asked for it, behind everything else; until then it sorts last."
)
_TRADE = Sentence("Origins", "Source: pushed by the vendor with a trade.")
_QUOTE = Sentence("Origins", "Source: pushed by the vendor with the day's quote.")
_QUOTE_AND_TRADES = Sentence(
    "Origins", "Source: the day's quote as pushed, carried on with every trade since."
)
_BAR = Sentence("Origins", "Source: the vendor's daily bar (kline).")
_BAR_AND_TRADES = Sentence(
    "Origins", "Source: the vendor's daily bar (kline), carried on with every trade since."
)
_KEPT = Sentence("Origins", "Source: kept from an earlier run of the desk.")
_CALLED = Sentence("Origins", "Source: a call for the newest price (trade-tick).")
_BY_WAY = {
    PriceFrom.NOWHERE: _NOT_KNOWN,
    PriceFrom.PUSH: _TRADE,
    PriceFrom.QUOTE: _QUOTE,
    PriceFrom.CALL: _CALLED,
    PriceFrom.BAR: _BAR,
    PriceFrom.RESTORED: _KEPT,
}
_CLOSES = {
    CloseFrom.UNKNOWN: _KEPT,
    CloseFrom.BAR: Sentence("Origins", "Source: the daily bar (kline) of the day before."),
    CloseFrom.CHANGE: Sentence("Origins", "Derived: the pushed price minus the pushed change."),
    CloseFrom.PERCENT: Sentence(
        "Origins", "Derived from the pushed change in percent, so only about that exact."
    ),
}
_BOOK = Sentence("Origins", "Source: pushed by the vendor with the order book.")
_ISSUER = Sentence("Origins", "Source: the vendor's reference data (static info).")
_OWN = Sentence("Origins", "Source: you wrote it.")
_HOURS = Sentence("Origins", "Source: the market's sessions and holidays, and the clock.")
_COUNTED = Sentence("Origins", "Source: counted by the desk over the last ten seconds.")
_WATCHED = Sentence("Origins", "Source: taken down by the desk in this run, every few seconds.")
_STORED_AND_WATCHED = Sentence(
    "Origins", "Source: bars that charts have stored, then taken down by the desk in this run."
)
_CATALOGUE = Sentence("Origins", "Source: the catalogue of instruments.")


def provenance(row: QuoteRow, column: Column, reading: Reading) -> _Words:
    """Return what is known of a cell's origin, a sentence a line, for ``ui.words.spoken``."""
    reading = reading.as_sent()
    value = column.copied(row, reading)
    head = Sentence("Origins", "{title}: {value}").format(
        title=Sentence("Watchlist", column.title), value=value or UNKNOWN
    )
    if not value:
        asked = column.text(row, reading) == ASKED
        return [head, _BEING_ASKED if asked else _NOT_KNOWN]
    tell = _TELLERS.get(column.id, _issuer)
    return [head, *tell(row, reading)]


def _price(row: QuoteRow, reading: Reading) -> _Words:
    way = price_from(row)
    if way is PriceFrom.BAR:
        return [_BAR, *_date(row)]
    return [_BY_WAY[way], *_times(row, reading)]


def _book(row: QuoteRow, reading: Reading) -> _Words:
    if row.depth is None:
        return [_KEPT]
    return [_BOOK, *_vendor_time(row.depth.time_ms), *_received(row.booked_s, reading)]


def _of_day(name: str, *, grows: bool = True) -> Callable[[QuoteRow, Reading], _Words]:
    """Return the teller of a figure of the day, by its name in a quote."""

    def tell(row: QuoteRow, reading: Reading) -> _Words:
        told = row.quote is not None and bool(getattr(row.quote, name))
        if told:
            source = _QUOTE_AND_TRADES if grows else _QUOTE
        elif not row.ticked_s:
            source = _BAR
        else:
            source = _BAR_AND_TRADES if grows else _BAR
        return [source, *_date(row), *_age(row, reading)]

    return tell


def _close(row: QuoteRow, reading: Reading) -> _Words:
    return [_CLOSES[row.close_from], *_base_date(row, reading)]


def _change(row: QuoteRow, reading: Reading) -> _Words:
    return [
        _formula(
            Sentence("Formulas", "last − previous close = {last} − {close}"), **_last_and_close(row)
        ),
        *_base_date(row, reading),
        *_price(row, reading),
    ]


def _change_percent(row: QuoteRow, reading: Reading) -> _Words:
    return [
        _formula(
            Sentence(
                "Formulas",
                "100 × (last − previous close) / previous close = "
                "100 × ({last} − {close}) / {close}",
            ),
            **_last_and_close(row),
        ),
        *_base_date(row, reading),
        *_price(row, reading),
    ]


def _spread(row: QuoteRow, reading: Reading) -> _Words:
    return [
        _formula(Sentence("Formulas", "ask − bid = {ask} − {bid}"), ask=row.ask, bid=row.bid),
        *_book(row, reading),
    ]


def _spread_bp(row: QuoteRow, reading: Reading) -> _Words:
    words = Sentence("Formulas", "10000 × (ask − bid) / middle, of {ask} and {bid}")
    return [_formula(words, ask=row.ask, bid=row.bid), *_book(row, reading)]


def _amplitude(row: QuoteRow, reading: Reading) -> _Words:
    words = Sentence(
        "Formulas", "100 × (high − low) / previous close = 100 × ({high} − {low}) / {close}"
    )
    figures = _last_and_close(row)
    return [
        _formula(words, high=row.high, low=row.low, close=figures["close"]),
        *_base_date(row, reading),
        *_age(row, reading),
    ]


def _day_range(row: QuoteRow, reading: Reading) -> _Words:
    words = Sentence(
        "Formulas", "100 × (last − low) / (high − low), with low {low}, last {last}, high {high}"
    )
    return [
        _formula(words, low=row.low, last=row.last, high=row.high),
        *_date(row),
        *_times(row, reading),
    ]


def _change_24h(row: QuoteRow, reading: Reading) -> _Words:
    facts = reading.facts(row.key)
    base = None if facts is None else facts.day_ago
    if base is None:
        return [_NOT_KNOWN]
    return [
        _formula(
            Sentence("Formulas", "100 × (last − base) / base = 100 × ({last} − {base}) / {base}"),
            last=row.last,
            base=f"{base.price:.{row.digits}f}",
        ),
        Sentence("Origins", "The base is the price at {time}.").format(time=_local(base.time_ms)),
        *_price(row, reading),
    ]


def _ages(row: QuoteRow, reading: Reading) -> _Words:
    return [
        _formula(Sentence("Formulas", "now − the arrival of the last message for the row")),
        *_age(row, reading),
    ]


def _day_line(row: QuoteRow, reading: Reading) -> _Words:
    line = reading.day_line(row)
    if line is None:
        return [_NOT_KNOWN]
    since = span(reading.now_s() - line.times_s[0])
    words = Sentence("Origins", "It begins {age} ago and has {count} points.")
    whole_ms = reading.wall_ms() - round(1000 * (reading.now_s() - line.whole_s))
    whole = Sentence("Origins", "It is complete since {time}; before that prices may be missing.")
    if row.day_ms and whole_ms <= row.day_ms:
        whole = Sentence("Origins", "It is complete since the beginning of the day.")
    return [
        _STORED_AND_WATCHED if line.seeded else _WATCHED,
        words.format(age=since, count=len(line.values)),
        whole.format(time=_clock_time(whole_ms)),
    ]


def _market_cap(row: QuoteRow, reading: Reading) -> _Words:
    shares = derived.issuer(row, reading, "total_shares") or 0
    words = Sentence("Formulas", "last × all shares = {last} × {shares}")
    return [_formula(words, last=row.last, shares=f"{shares:.0f}"), _ISSUER]


def _price_earnings(row: QuoteRow, reading: Reading) -> _Words:
    per_share = derived.earnings(row, reading)
    words = Sentence("Formulas", "last / earnings a share = {last} / {share}")
    return [_formula(words, last=row.last, share=f"{per_share:g}"), _ISSUER]


def _price_book(row: QuoteRow, reading: Reading) -> _Words:
    per_share = derived.issuer(row, reading, "bps")
    words = Sentence("Formulas", "last / book value a share = {last} / {share}")
    return [_formula(words, last=row.last, share=f"{per_share:g}"), _ISSUER]


def _always(*words: str) -> Callable[[QuoteRow, Reading], _Words]:
    return lambda _row, _reading: list(words)


def _name(row: QuoteRow, reading: Reading) -> _Words:
    entry = reading.entry(row.key)
    return [_OWN if entry is not None and entry.alias else _CATALOGUE]


_issuer = _always(_ISSUER)
_TELLERS: dict[str, Callable[[QuoteRow, Reading], _Words]] = {
    "code": _always(_CATALOGUE),
    "name": _name,
    "alias": _always(_OWN),
    "note": _always(_OWN),
    "last": _price,
    "time": _price,
    "change": _change,
    "change_percent": _change_percent,
    "bid": _book,
    "ask": _book,
    "high": _of_day("high"),
    "low": _of_day("low"),
    "open": _of_day("open", grows=False),
    "volume": _of_day("volume"),
    "turnover": _of_day("turnover"),
    "previous_close": _close,
    "spread": _spread,
    "spread_bp": _spread_bp,
    "amplitude": _amplitude,
    "day_range": _day_range,
    "day_line": _day_line,
    "change_24h": _change_24h,
    "age": _ages,
    "rate": _always(_COUNTED),
    "session": _always(_HOURS),
    "market_cap": _market_cap,
    "pe": _price_earnings,
    "pb": _price_book,
    "state": lambda row, _: [row.state_detail] if row.state_detail else [],
}


def _formula(words: Sentence, **figures: str) -> Sentence:
    return Sentence("Origins", "Derived: {formula}.").format(formula=words.format(**figures))


def _last_and_close(row: QuoteRow) -> dict[str, str]:
    close = row.previous_close
    return {"last": row.last, "close": "" if close is None else f"{close:.{row.digits}f}"}


def _base_date(row: QuoteRow, reading: Reading) -> _Words:
    """Tell of which day the previous close is."""
    facts = reading.facts(row.key)
    date = "" if facts is None else facts.close_date
    if date:
        return [Sentence("Origins", "The previous close is that of {date}.").format(date=date)]
    if row.day:
        words = Sentence("Origins", "The previous close is that of the last day before {date}.")
        return [words.format(date=row.day)]
    return []


def _date(row: QuoteRow) -> _Words:
    if not row.day:
        return []
    return [Sentence("Origins", "The exchange's date: {date}.").format(date=row.day)]


def _times(row: QuoteRow, reading: Reading) -> _Words:
    return [*_vendor_time(row.time_ms), *_received(row.priced_s, reading)]


def _vendor_time(time_ms: int) -> _Words:
    if not time_ms:
        return []
    return [Sentence("Origins", "The vendor's time: {time}.").format(time=_local(time_ms))]


def _received(at_s: float, reading: Reading) -> _Words:
    """Tell when something came, by the clock and how long ago; ``at_s`` is monotonic.

    0 stands for not in this run.
    """
    if not at_s:
        return []
    words = Sentence("Origins", "Received at {time}, {age} ago.")
    return [_when(words, max(0.0, reading.now_s() - at_s), reading)]


def _age(row: QuoteRow, reading: Reading) -> _Words:
    """Tell when anything last came for the row, in words: on the clock and how long ago."""
    seconds = derived.age_s(row, reading)
    if seconds is None:
        return []
    words = Sentence("Origins", "Last received for the row: at {time}, {age} ago.")
    return [_when(words, seconds, reading)]


def _when(words: Sentence, ago_s: float, reading: Reading) -> Sentence:
    """Put the moment that was so many seconds ago into ``words``."""
    time_ms = reading.wall_ms() - round(1000 * ago_s)
    return words.format(time=_clock_time(time_ms, "%H:%M:%S"), age=span(ago_s))


def _clock_time(time_ms: int, form: str = "%H:%M") -> str:
    """The time of day on this machine's clock."""
    return datetime.fromtimestamp(time_ms / 1000, tz=UTC).astimezone().strftime(form)


def _local(time_ms: int) -> str:
    at = datetime.fromtimestamp(time_ms / 1000, tz=UTC).astimezone()
    return at.isoformat(sep=" ", timespec="milliseconds")
