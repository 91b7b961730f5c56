"""iTick's WebSocket: the requests as text, the frames as events.

Text frames of JSON: ``{"ac", "params", "types"}`` asks, ``{"code", "resAc", "msg", "data"}``
answers, ``{"code", "data": {…, "type"}}`` pushes. A frame does not tell its cluster, so each
cluster's sockets have a decoder of their own. The answer to the token echoes it: no frame's text
ever leaves this module.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import Trading
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, Depth, LiveCandle, Quote, Trade
from alltick_desk.vendors import values
from alltick_desk.vendors.base import (
    Ack,
    Address,
    Alive,
    Channel,
    Event,
    Ready,
    Refused,
    Unknown,
    Wish,
)
from alltick_desk.vendors.itick import rows, wire
from alltick_desk.vendors.itick.clusters import KLINE_TYPES, sign_in
from alltick_desk.vendors.itick.refusals import (
    NOT_AUTHORIZED,
    name_of,
    nameless_refusal,
    refusal,
)
from alltick_desk.vendors.itick.symbols import Spelling, read_symbol
from alltick_desk.vendors.values import DIGITS, FIRST_MS, PLAIN_ENDS

_TYPES: Mapping[Channel, str] = {Channel.TRADES: "tick,quote", Channel.DEPTH: "depth"}
_KLINES: Mapping[str, Interval] = {
    f"kline@{number}": interval for interval, number in KLINE_TYPES.items()
}
_ACTIONS = frozenset(("auth", "subscribe", "unsubscribe"))
_STATES = tuple(Trading)  # by number
MOST_NAMES = 10_000  # five times the codes of the largest plan

_NO_PRICE = Unknown("a push without a price")
_NO_KIND = Unknown("a push of a kind that is not documented")
_NO_QUARTER = Unknown("a bar of ten minutes that was announced as one of fifteen")


class Names(dict[tuple[str, str], str]):
    """The desk codes of a cluster by what frames call them: ``s``, and ``r`` or ""."""

    __slots__ = ("_cluster", "_spelling")

    def __init__(self, spelling: Spelling, cluster: str) -> None:
        super().__init__()
        self._spelling = spelling
        self._cluster = cluster

    def __missing__(self, spelled: tuple[str, str]) -> str:
        if len(self) >= MOST_NAMES:
            self.clear()
        code = self._spelling.desk_code(read_symbol(self._cluster, *spelled))
        self[spelled] = code
        return code


def socket_address(base: str, cluster: str, token: str) -> Address:
    """Return where to connect; the token stands in a header."""
    if not base.startswith(("http://", "https://")):
        raise ValueError("the base address is neither http nor https")
    host = "ws" + base.rstrip("/").removeprefix("http")
    return Address(f"{host}/{cluster}", sign_in(token))


def heartbeat(seq: int, now_ms: int) -> str:
    """Return a ping with the time, which the answer repeats."""
    del seq
    return _request({"ac": "ping", "params": str(now_ms)})


def request(action: str, spelling: Spelling, channel: Channel, wishes: Sequence[Wish]) -> str:
    """Return a subscription or its end; ``action`` is "subscribe" or "unsubscribe".

    It adds to what is subscribed. Raises ValueError for bars of several intervals at once, and for
    no wishes at all.
    """
    types = {_kline(wish) if channel is Channel.CANDLES else _TYPES[channel] for wish in wishes}
    if len(types) != 1:
        raise ValueError("a request takes codes of one kind, and at least one")
    symbols = ",".join(str(spelling.symbol(wish.code)) for wish in wishes)
    return _request({"ac": action, "params": symbols, "types": types.pop()})


def decoder(spelling: Spelling, cluster: str) -> Callable[[bytes | str], Event]:
    """Return what reads the frames of a cluster's socket.

    A push as documented costs one decode and one value. Whatever does not fit is read again, field
    by field.
    """
    names = Names(spelling, cluster)

    def decode(frame: bytes | str) -> Event:
        try:
            push = wire.decode_push(frame)
        except values.UNREADABLE:
            return _decode_any(names, frame)
        data = push.data
        kind = data.type
        stamp = data.t if data.t >= FIRST_MS else data.t * 1000
        if kind == "tick":
            price = str(data.ld, "latin-1")
            # values.is_plain and values.is_zero, without the calls.
            if (
                stamp
                and len(price) <= rows.EXACT
                and price.strip(DIGITS) in PLAIN_ENDS
                and price.strip("0.")
            ):
                return Trade(names[data.s, data.r], 0, stamp, price)
        elif kind == "quote":
            if stamp and (quote := _quick_quote(names, data, stamp)) is not None:
                return quote
        elif kind == "depth":
            code = names[data.s, data.r]
            return Depth(code, 0, stamp, bytes(data.b), bytes(data.a), rows.unpack)
        elif kind in _KLINES and stamp and (candle := _quick_candle(data, stamp)) is not None:
            return _live(names[data.s, data.r], _KLINES[kind], candle)
        return _decode_any(names, frame)

    return decode


def _quick_quote(names: Names, data: wire.Data, stamp: int) -> Quote | None:
    """Return a quote as documented; None where it is read field by field, or is none."""
    found = rows.amounts(
        (data.ld, data.o, data.h, data.l, data.v, data.tu, data.ch, data.chp), signed=2
    )
    if found is None:
        return None
    last, opened, high, low, volume, turnover, change, percent = found
    if not last.strip("0."):
        return None
    return Quote(
        names[data.s, data.r],
        stamp,
        last,
        opened if opened.strip("0.") else "",
        high if high.strip("0.") else "",
        low if low.strip("0.") else "",
        volume,
        turnover,
        change,
        percent,
        _STATES[data.ts],
    )


def _quick_candle(data: wire.Data, stamp: int) -> Candle | None:
    """Return a flat bar as documented; None where it is read field by field, or is none."""
    found = rows.amounts((data.o, data.h, data.l, data.c, data.v, data.tu))
    if found is None or data.k is not wire.NOTHING:
        return None
    opened, high, low, close, volume, turnover = found
    if not (opened.strip("0.") and high.strip("0.") and low.strip("0.") and close.strip("0.")):
        return None
    return Candle(stamp // 1000, opened, high, low, close, volume, turnover)


def _decode_any(names: Names, frame: bytes | str) -> Event:
    """Read a frame that the quick decoder did not take."""
    try:
        found = wire.decode_frame(frame)
    except values.UNREADABLE:
        raise ProtocolError("a frame is not a JSON object") from None
    code = values.text(found.code, "the code of a frame")
    message = values.text(found.msg, "the message of a frame")
    action = values.text(found.action, "the action of a frame")
    if action == "pong":
        return Alive()
    if name := name_of(code, message):
        return Refused(None, None, refusal(name, _call_of(action)))
    if action:
        return _answer(action, code)
    if bytes(found.data).startswith(b"{"):
        return _push(names, found.data)
    if code == "1" and message:
        return Unknown("a greeting")
    if code and message:
        return Refused(None, None, nameless_refusal(None, "socket"))
    raise ProtocolError("a frame neither answers nor tells anything")


def _call_of(action: str) -> str:
    """Return the action where it is one of ours: no other word of a frame goes on from here."""
    return action if action in _ACTIONS else "socket"


def _answer(action: str, code: str) -> Event:
    call = _call_of(action)
    if code not in ("", "1"):
        error = refusal(NOT_AUTHORIZED, call) if call == "auth" else nameless_refusal(None, call)
        return Refused(None, None, error)
    if call == "auth":
        return Ready()
    return Unknown("an answer to nothing that was asked") if call == "socket" else Ack(None, None)


def _push(names: Names, raw: msgspec.Raw) -> Event:
    try:
        row = wire.decode_row(raw)
        bar = wire.decode_row(row.k) if row.k is not values.ABSENT else row
    except values.UNREADABLE:
        raise ProtocolError("the data of a push have the wrong shape") from None
    kind = values.text(row.type, "the kind of a push")
    if not kind and bar is not row:
        kind = f"kline@{values.text(row.t, 'the kind of a bar').removeprefix('kline@')}"
    if kind not in _READERS and kind not in _KLINES:
        return _NO_KIND
    code = names[
        values.word(row.s, "the symbol of a push"), values.text(row.r, "the region of a push")
    ]
    if kind in _READERS:
        return _READERS[kind](code, row) or _NO_PRICE
    candle = rows.read_candle(bar)
    return _NO_PRICE if candle is None else _live(code, _KLINES[kind], candle)


_READERS: Mapping[str, Callable[[str, wire.Row], Trade | Quote | Depth | None]] = {
    "tick": rows.read_trade,
    "quote": rows.read_quote,
    "depth": rows.read_depth,
}


def _live(code: str, interval: Interval, candle: Candle) -> Event:
    if interval is Interval.M15 and candle.time_s % rows.QUARTER_S:
        return _NO_QUARTER
    return LiveCandle(code, interval, candle)


def _kline(wish: Wish) -> str:
    if isinstance(wish.detail, Interval):
        return f"kline@{KLINE_TYPES[wish.detail]}"
    raise ValueError("bars are asked for by their interval")


def _request(document: Mapping[str, str]) -> str:
    return msgspec.json.encode(document).decode()
