"""Trades, quotes, books and bars from what came: shared by the socket's slow path and by HTTP."""

import math
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from itertools import pairwise

import msgspec

from alltick_desk.errors import ProtocolError, VendorError, Verdict
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import Trading
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Depth, Quote, Trade
from alltick_desk.model.words import Sentence
from alltick_desk.vendors import values
from alltick_desk.vendors.itick import wire
from alltick_desk.vendors.itick.refusals import VENDOR
from alltick_desk.vendors.pieces import best_first, in_order, read_bar

QUARTER_S = 900
EXACT = 16  # characters of a number that can have no such noise: fifteen digits and a point
_FIFTEEN = Context(prec=15)
_NOISE = 4  # characters that go at least when noise does
_NOISE_STEPS = 4  # a sum of a few floats is off by no more
_TEN_MINUTES_S = 600
_PLAIN_AND_GAPS = b"0123456789. "

_TEN_MINUTES = Sentence(
    "iTick",
    "iTick answers with bars of ten minutes where bars of 15 minutes were asked for. "
    "The desk does not show them; choose another interval.",
)


def read_trade(code: str, row: wire.Row) -> Trade | None:
    """Return the trade; None where its price is 0, "" or null.

    Its volume is left out: what the vendor sends is the day's.
    """
    time_ms = _time(row)
    price = tidy(values.price(row.ld, "the price of a trade"))
    return Trade(code, 0, time_ms, price) if price else None


def read_quote(code: str, row: wire.Row) -> Quote | None:
    """Return the day so far; None where it tells neither a last price nor a halt."""
    time_ms = _time(row)
    last = tidy(values.price(row.ld, "the price of a quote"))
    state = values.whole(row.ts, "the state of a quote") or 0
    # A state that is not documented says nothing.
    trading = Trading(state) if state <= Trading.CIRCUIT_BREAKER else Trading.NORMAL
    if not last and trading is Trading.NORMAL:
        return None
    return Quote(
        code,
        time_ms,
        last,
        tidy(values.price(row.o, "the open of a quote")),
        tidy(values.price(row.h, "the high of a quote")),
        tidy(values.price(row.l, "the low of a quote")),
        values.amount(row.v, "the volume of a quote"),
        values.amount(row.tu, "the turnover of a quote"),
        tidy(values.amount(row.ch, "the change of a quote", signed=True)),
        tidy(values.amount(row.chp, "the change of a quote", signed=True)),
        trading,
    )


def read_depth(code: str, row: wire.Row) -> Depth:
    """Return the order book, its levels unread. The vendor's books have no time of their own."""
    time_ms = values.time_ms(row.t, "the time of a book")
    return Depth(code, 0, time_ms, bytes(row.b), bytes(row.a), unpack)


def read_candle(row: wire.Row) -> Candle | None:
    """Return the bar; None without one of its prices."""
    bar = read_bar(row.t, (row.o, row.h, row.l, row.c), row.v, row.tu)
    if bar is None:
        return None
    time_s, opened, high, low, close, volume, turnover = msgspec.structs.astuple(bar)
    return Candle(time_s, tidy(opened), tidy(high), tidy(low), tidy(close), volume, turnover)


def read_candles(rows: Iterable[wire.Row], interval: Interval, call: str) -> list[Candle]:
    """Return the bars oldest first; VendorError where they are of another span than asked for."""
    candles = in_order(read_candle(row) for row in rows)
    if interval is Interval.M15 and _ten_minutes_apart(candles):
        raise VendorError(_TEN_MINUTES, vendor=VENDOR, verdict=Verdict.BUG, call=call)
    return candles


def amounts(raws: Sequence[msgspec.Raw], *, signed: int = 0) -> list[str] | None:
    """Return plain numbers as text, "" for ``wire.NOTHING``; None where one is anything else.

    The quick way to read a whole row: what is left of bare numbers when digits and points are taken
    away is nothing, but for a minus. The last ``signed`` may have one.
    """
    together = b" ".join(raws)
    rest = together.translate(None, _PLAIN_AND_GAPS)
    if rest.strip(b"-"):
        return None
    texts = together.decode().split(" ")
    if rest and "-" in "".join(texts[: len(texts) - signed]):
        return None
    return texts if len(max(texts, key=len)) <= EXACT else None


def tidy(text: str) -> str:
    """Return a price without the noise of binary fractions: 225.20000000000002 is 225.2.

    Digits once seen are shown for good, so what no exchange quotes must not be taken for them.
    Noise is what stands behind a row of zeros or nines at the end of what a float can tell, and
    is never more than a few of a float's smallest steps.
    """
    if len(text) <= EXACT or "." not in text or text.endswith("0"):
        return text
    short = _FIFTEEN.create_decimal(text).normalize()
    rounded = format(short, "f")
    if len(rounded) > len(text) - _NOISE:
        return text
    off = abs(short - Decimal(text))
    return rounded if off <= _NOISE_STEPS * Decimal(math.ulp(float(text))) else text


def unpack(raw_bids: bytes, raw_asks: bytes) -> Sides:
    """Read the levels of a book; ProtocolError where one is not documented.

    A level whose price is 0 or absent stands for a side that is empty and is left out.
    """
    return best_first(_levels(raw_bids), _levels(raw_asks))


def _ten_minutes_apart(candles: list[Candle]) -> bool:
    """Say whether the bars are of ten minutes, as the vendor's older pages have them."""
    if len(candles) == 1:
        return candles[0].time_s % QUARTER_S != 0
    return any(later.time_s - bar.time_s == _TEN_MINUTES_S for bar, later in pairwise(candles))


def _time(row: wire.Row) -> int:
    if not (time_ms := values.time_ms(row.t, "the time of a push")):
        raise ProtocolError("a trade or a quote came without its time")
    return time_ms


def _levels(raw: bytes) -> list[Level]:
    if not raw:
        return []
    try:
        found = wire.decode_levels(raw) or []
    except values.UNREADABLE:
        raise ProtocolError("a side of a book is not a list of levels") from None
    texts = amounts([amount for level in found for amount in (level.p, level.v)])
    if texts is None:
        return [level for level in map(_any_level, found) if level.price]
    pairs = zip(texts[::2], texts[1::2], strict=False)
    return [Level(price, volume) for price, volume in pairs if not values.is_zero(price)]


def _any_level(level: wire.Level) -> Level:
    volume = level.v if level.v is not wire.NOTHING else values.ABSENT
    return Level(
        tidy(values.price(level.p, "the price of a level")),
        values.amount(volume, "the volume of a level"),
    )
