"""Trades and books from what came: shared by the socket's slow path and by HTTP."""

import msgspec

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.market import Depth, Side, Trade
from alltick_desk.vendors import values
from alltick_desk.vendors.alltick import wire
from alltick_desk.vendors.pieces import best_first

_EMPTY = frozenset((b"", b"null"))


def read_trade(tick: wire.Tick) -> Trade | None:
    """Return the trade; None where its price is 0, "" or null.

    The vendor writes a price that does not exist as 0 in its books, so in a trade it is taken to
    mean that nothing was traded, not that the message is broken. ProtocolError for anything else
    that is not documented.
    """
    code = values.word(tick.code, "the code of a trade")
    if not (time_ms := values.time_ms(tick.tick_time, "the time of a trade")):
        raise ProtocolError("a trade came without its time")
    if tick.price is values.ABSENT:
        raise ProtocolError("a trade came without a price")
    price = values.price(tick.price, "the price of a trade")
    trade = Trade(
        code,
        values.whole(tick.seq, "the sequence number of a trade") or 0,
        time_ms,
        price,
        values.amount(tick.volume, "the volume of a trade"),
        values.amount(tick.turnover, "the turnover of a trade"),
        _side(tick.trade_direction),
    )
    return trade if price else None


def read_depth(book: wire.Book) -> Depth:
    """Return the order book, its levels unread; ProtocolError where the rest is not documented."""
    return Depth(
        values.word(book.code, "the code of a book"),
        values.whole(book.seq, "the sequence number of a book") or 0,
        values.time_ms(book.tick_time, "the time of a book"),
        bytes(book.bids),
        bytes(book.asks),
        unpack,
    )


def unpack(raw_bids: bytes, raw_asks: bytes) -> Sides:
    """Read the levels of a book; ProtocolError where one is not documented.

    A level whose price is 0 or absent stands for a side that is empty (limit-up and limit-down)
    and is left out.
    """
    return best_first(_levels(raw_bids), _levels(raw_asks))


def _levels(raw: bytes) -> list[Level]:
    if raw in _EMPTY:
        return []
    try:
        found = wire.decode_plain_levels(raw)
    except values.UNREADABLE:
        return _any_levels(raw)
    levels = []
    for level in found:
        if not (values.is_plain(level.price) and values.is_plain(level.volume)):
            return _any_levels(raw)
        if not values.is_zero(level.price):
            levels.append(Level(level.price, level.volume))
    return levels


def _any_levels(raw: bytes) -> list[Level]:
    try:
        found = wire.decode_any_levels(raw)
    except values.UNREADABLE:
        raise ProtocolError("a side of a book is not a list of levels") from None
    levels = []
    for level in found:
        price = values.price(level.price, "the price of a level")
        volume = values.amount(level.volume, "the volume of a level")
        if price:
            levels.append(Level(price, volume))
    return levels


def _side(raw: msgspec.Raw) -> Side:
    """Return who moved the price; a number that is not documented says nothing."""
    direction = values.whole(raw, "the direction of a trade")
    return Side(direction) if direction in (1, 2) else Side.NONE
