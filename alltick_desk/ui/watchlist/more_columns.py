"""The columns beyond those that a list begins with."""

from collections.abc import Callable

from alltick_desk.model.figures import signed
from alltick_desk.model.lists import Entry
from alltick_desk.model.words import QT_TRANSLATE_NOOP, span
from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.watchlist import derived
from alltick_desk.ui.watchlist import format as texts
from alltick_desk.ui.watchlist.column import Column, Drawing, SortValue, Text, Tone
from alltick_desk.ui.watchlist.columns import counted
from alltick_desk.ui.watchlist.format import ASKED, UNKNOWN, Reading

_HOUR, _DAY = 3600, 86_400


def _own(tell: Callable[[Entry], str]) -> Text:
    """Return the text of what the person says of the instrument."""

    def text(row: QuoteRow, reading: Reading) -> str:
        entry = reading.entry(row.key)
        return (entry is not None and tell(entry)) or UNKNOWN

    return text


def _told(row: QuoteRow, reading: Reading, name: str) -> str:
    """Return a figure or word of the reference data as the vendor told it."""
    facts = reading.facts(row.key)
    told = None if facts is None or facts.info is None else getattr(facts.info, name)
    return _lacking(row, reading) if told is None or told == "" else str(told)


def _lacking(row: QuoteRow, reading: Reading) -> str:
    """Return what stands in place of a figure that takes reference data."""
    facts = reading.facts(row.key)
    return ASKED if facts is not None and facts.info is None and facts.asked else UNKNOWN


def _info(name: str) -> Text:
    return lambda row, reading: _told(row, reading, name)


def _session(row: QuoteRow, reading: Reading) -> str:
    facts = reading.facts(row.key)
    return reading.say(facts.session) if facts is not None and facts.session else UNKNOWN


def _words(text: Text) -> Callable[[QuoteRow, Reading], SortValue]:
    def value(row: QuoteRow, reading: Reading) -> SortValue:
        word = text(row, reading)
        return None if word in {UNKNOWN, ASKED} else counted(word)

    return value


def _percent(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"


def _signed(value: float | None) -> str:
    return UNKNOWN if value is None else signed(value, 2)


def _spread(row: QuoteRow, _: Reading) -> str:
    value = derived.spread(row)
    return UNKNOWN if value is None else f"{value:.{row.digits}f}"


def _spread_bp(row: QuoteRow, _: Reading) -> str:
    value = derived.spread_bp(row)
    return UNKNOWN if value is None else f"{value:.1f}"


def _day_place(row: QuoteRow, _: Reading) -> str:
    value = derived.day_place(row)
    return UNKNOWN if value is None else f"{100 * value:.0f}"


def _age(row: QuoteRow, reading: Reading) -> str:
    """The age as on a stopwatch, in days where there are any: 0:03, 1:02:03, 2 d."""
    seconds = derived.age_s(row, reading)
    if seconds is None:
        return UNKNOWN
    whole = int(seconds)
    if whole >= _DAY:
        return reading.say(span(seconds))
    hours, rest = divmod(whole, _HOUR)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def _rate(row: QuoteRow, reading: Reading) -> str:
    value = reading.rate(row)
    return UNKNOWN if value is None else f"{value:.1f}"


def _issuer(name: str) -> Callable[[QuoteRow, Reading], float | None]:
    return lambda row, reading: derived.issuer(row, reading, name)


def _compact(value: Callable[[QuoteRow, Reading], float | None]) -> Text:
    def text(row: QuoteRow, reading: Reading) -> str:
        amount = value(row, reading)
        if amount is None:
            return _lacking(row, reading)
        return texts.compact(amount, chinese=reading.chinese)

    return text


def _ratio(value: Callable[[QuoteRow, Reading], float | None]) -> Text:
    def text(row: QuoteRow, reading: Reading) -> str:
        ratio = value(row, reading)
        return _lacking(row, reading) if ratio is None else f"{ratio:.2f}"

    return text


def _whole(value: Callable[[QuoteRow, Reading], float | None]) -> Text:
    return lambda row, reading: texts.full(value(row, reading))


_alias, _note = _own(lambda entry: entry.alias), _own(lambda entry: entry.note)
_first_line = _own(lambda entry: entry.note.partition("\n")[0])
_shares, _floating = _issuer("total_shares"), _issuer("circulating_shares")

MORE: tuple[Column, ...] = (
    Column(
        "alias",
        QT_TRANSLATE_NOOP("Watchlist", "Alias"),
        _alias,
        _words(_alias),
        "My own name",
        QT_TRANSLATE_NOOP("Watchlist", "Your own name for the instrument. F2 writes it."),
    ),
    Column(
        "note",
        QT_TRANSLATE_NOOP("Watchlist", "Note"),
        _first_line,
        _words(_note),
        "What I think of it",
        QT_TRANSLATE_NOOP(
            "Watchlist", "What you wrote down about the instrument. Shift+F2 writes it."
        ),
        Tone.MUTED,
        copy=_note,
    ),
    Column(
        "day_line",
        QT_TRANSLATE_NOOP("Watchlist", "Day"),
        lambda row, reading: _signed(derived.day_line_change(row, reading)),
        derived.day_line_change,
        "00000000000",
        QT_TRANSLATE_NOOP(
            "Watchlist",
            "A sparkline: the day's prices, as far as the desk has watched or stored them.",
        ),
        Tone.MOVED,
        drawing=Drawing.DAY_LINE,
    ),
    Column(
        "day_range",
        QT_TRANSLATE_NOOP("Watchlist", "Day range"),
        _day_place,
        lambda row, _: derived.day_place(row),
        "0000000000",
        QT_TRANSLATE_NOOP(
            "Watchlist", "Where the last price stands between the day's low and its high."
        ),
        Tone.MOVED,
        drawing=Drawing.DAY_RANGE,
    ),
    Column(
        "open",
        QT_TRANSLATE_NOOP("Watchlist", "Open"),
        lambda row, reading: texts.price(row, row.open, reading),
        lambda row, _: derived.number(row.open),
        "0.00008888",
        QT_TRANSLATE_NOOP("Watchlist", "The day's first price."),
        figure=True,
    ),
    Column(
        "previous_close",
        QT_TRANSLATE_NOOP("Watchlist", "Prev. close"),
        lambda row, _: (
            UNKNOWN if row.previous_close is None else f"{row.previous_close:.{row.digits}f}"
        ),
        lambda row, _: row.previous_close,
        "0.00008888",
        QT_TRANSLATE_NOOP("Watchlist", "The previous day's close, which the change is against."),
        figure=True,
    ),
    Column(
        "spread",
        QT_TRANSLATE_NOOP("Watchlist", "Spread"),
        _spread,
        lambda row, _: derived.spread(row),
        "0.00008888",
        QT_TRANSLATE_NOOP("Watchlist", "The best ask minus the best bid."),
        figure=True,
    ),
    Column(
        "spread_bp",
        QT_TRANSLATE_NOOP("Watchlist", "Spread bp"),
        _spread_bp,
        lambda row, _: derived.spread_bp(row),
        "1888.8",
        QT_TRANSLATE_NOOP(
            "Watchlist", "The spread in hundredths of a percent of the middle of bid and ask."
        ),
        figure=True,
    ),
    Column(
        "amplitude",
        QT_TRANSLATE_NOOP("Watchlist", "Amplitude %"),
        lambda row, _: _percent(derived.amplitude(row)),
        lambda row, _: derived.amplitude(row),
        "188.88",
        QT_TRANSLATE_NOOP(
            "Watchlist", "The day's high minus its low, in percent of the previous close."
        ),
        figure=True,
    ),
    Column(
        "change_24h",
        QT_TRANSLATE_NOOP("Watchlist", "24 h %"),
        lambda row, reading: _signed(derived.change_24h(row, reading)),
        derived.change_24h,
        "+188.88",
        QT_TRANSLATE_NOOP("Watchlist", "The change against the price of 24 hours ago, in percent."),
        Tone.SIGNED,
        figure=True,
    ),
    Column(
        "age",
        QT_TRANSLATE_NOOP("Watchlist", "Age"),
        _age,
        derived.age_s,
        "00:00:00",
        QT_TRANSLATE_NOOP("Watchlist", "How long ago anything came for the row."),
        Tone.MUTED,
        figure=True,
        ages=True,
    ),
    Column(
        "rate",
        QT_TRANSLATE_NOOP("Watchlist", "Ticks / s"),
        _rate,
        lambda row, reading: reading.rate(row),
        "1888.8",
        QT_TRANSLATE_NOOP("Watchlist", "Ticks a second, on average over ten seconds."),
        Tone.MUTED,
        figure=True,
        ages=True,
    ),
    Column(
        "session",
        QT_TRANSLATE_NOOP("Watchlist", "Market"),
        _session,
        _words(_session),
        "Lunch break",
        QT_TRANSLATE_NOOP("Watchlist", "Whether the instrument's market trades now."),
    ),
    Column(
        "exchange",
        QT_TRANSLATE_NOOP("Watchlist", "Exchange"),
        _info("exchange"),
        _words(_info("exchange")),
        "BINANCE",
        QT_TRANSLATE_NOOP("Watchlist", "Where the instrument is listed."),
    ),
    Column(
        "currency",
        QT_TRANSLATE_NOOP("Watchlist", "Currency"),
        _info("currency"),
        _words(_info("currency")),
        "USDT",
        QT_TRANSLATE_NOOP("Watchlist", "The currency of price and turnover."),
    ),
    Column(
        "lot",
        QT_TRANSLATE_NOOP("Watchlist", "Lot"),
        _info("lot_size"),
        _issuer("lot_size"),
        "88888",
        QT_TRANSLATE_NOOP("Watchlist", "How many shares are traded at once."),
        figure=True,
    ),
    Column(
        "eps",
        QT_TRANSLATE_NOOP("Watchlist", "EPS"),
        _info("eps"),
        _issuer("eps"),
        "-188.8888",
        QT_TRANSLATE_NOOP("Watchlist", "Earnings a share, of the last year."),
        figure=True,
    ),
    Column(
        "eps_ttm",
        QT_TRANSLATE_NOOP("Watchlist", "EPS 12 m"),
        _info("eps_ttm"),
        _issuer("eps_ttm"),
        "-188.8888",
        QT_TRANSLATE_NOOP("Watchlist", "Earnings a share, of the last twelve months."),
        figure=True,
    ),
    Column(
        "bps",
        QT_TRANSLATE_NOOP("Watchlist", "BPS"),
        _info("bps"),
        _issuer("bps"),
        "1888.8888",
        QT_TRANSLATE_NOOP("Watchlist", "Book value a share."),
        figure=True,
    ),
    Column(
        "dividend_yield",
        QT_TRANSLATE_NOOP("Watchlist", "Dividend"),
        _info("dividend_yield"),
        _issuer("dividend_yield"),
        "88.8888",
        QT_TRANSLATE_NOOP("Watchlist", "The dividend yield, as the vendor tells it."),
        figure=True,
    ),
    Column(
        "shares",
        QT_TRANSLATE_NOOP("Watchlist", "Shares"),
        _compact(_shares),
        _shares,
        "888.8M",
        QT_TRANSLATE_NOOP("Watchlist", "All shares of the company."),
        figure=True,
        copy=_whole(_shares),
        sample_zh="88.88亿",
    ),
    Column(
        "floating",
        QT_TRANSLATE_NOOP("Watchlist", "Free shares"),
        _compact(_floating),
        _floating,
        "888.8M",
        QT_TRANSLATE_NOOP("Watchlist", "The shares that can be traded."),
        figure=True,
        copy=_whole(_floating),
        sample_zh="88.88亿",
    ),
    Column(
        "market_cap",
        QT_TRANSLATE_NOOP("Watchlist", "Market cap"),
        _compact(derived.market_cap),
        derived.market_cap,
        "888.8B",
        QT_TRANSLATE_NOOP("Watchlist", "The last price times all shares of the company."),
        figure=True,
        copy=_whole(derived.market_cap),
        sample_zh="88.88万亿",
    ),
    Column(
        "pe",
        QT_TRANSLATE_NOOP("Watchlist", "P/E"),
        _ratio(derived.price_earnings),
        derived.price_earnings,
        "8888.88",
        QT_TRANSLATE_NOOP("Watchlist", "The last price divided by the earnings a share."),
        figure=True,
    ),
    Column(
        "pb",
        QT_TRANSLATE_NOOP("Watchlist", "P/B"),
        _ratio(derived.price_book),
        derived.price_book,
        "888.88",
        QT_TRANSLATE_NOOP("Watchlist", "The last price divided by the book value a share."),
        figure=True,
    ),
)
