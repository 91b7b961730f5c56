"""AllTick's WebSocket: the commands as text, the frames as events.

Text frames of JSON: ``{"cmd_id", "seq_id", "trace", "data"}`` asks, ``{"ret", "cmd_id", "seq_id",
"trace", "data"}`` answers, ``{"cmd_id", "data"}`` pushes.
"""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

import msgspec

from alltick_desk.errors import ProtocolError
from alltick_desk.model.market import Depth, Trade
from alltick_desk.vendors import values
from alltick_desk.vendors.alltick import wire
from alltick_desk.vendors.alltick.families import SOCKET_PATHS
from alltick_desk.vendors.alltick.refusals import OK, refusal
from alltick_desk.vendors.alltick.ticks import read_depth, read_trade, unpack
from alltick_desk.vendors.base import (
    Ack,
    Address,
    Alive,
    Channel,
    Event,
    Refused,
    Unknown,
    Wish,
)
from alltick_desk.vendors.values import DIGITS, FIRST_MS, PLAIN_ENDS

_HEARTBEAT, _ALIVE = 22000, 22001
_SUBSCRIBE_DEPTH, _DEPTH_ACK = 22002, 22003
_SUBSCRIBE_TRADES, _TRADES_ACK = 22004, 22005
_CANCEL, _CANCEL_ACK = 22006, 22007
_TRADE, _DEPTH = 22998, 22999

_CANCEL_TYPES: Mapping[Channel, int] = {Channel.DEPTH: 1, Channel.TRADES: 2}

# What an answer belongs to. A refusal is also known by the command that it answers.
_CHANNELS: Mapping[int | None, Channel] = {
    _SUBSCRIBE_DEPTH: Channel.DEPTH,
    _DEPTH_ACK: Channel.DEPTH,
    _SUBSCRIBE_TRADES: Channel.TRADES,
    _TRADES_ACK: Channel.TRADES,
}
_ACKS = frozenset((*_CHANNELS, _CANCEL, _CANCEL_ACK))
_PUSHES = frozenset((_TRADE, _DEPTH))
_CALLS: Mapping[int | None, str] = {
    _HEARTBEAT: "heartbeat",
    _ALIVE: "heartbeat",
    _CANCEL: "cancel",
    _CANCEL_ACK: "cancel",
    **{command: channel.value for command, channel in _CHANNELS.items()},
}


def socket_address(base: str, family: str, token: str) -> Address:
    """Return where to connect: a header is not read, so the token stands in the URL."""
    if not base.startswith(("http://", "https://")):
        raise ValueError("the base address is neither http nor https")
    host = "ws" + base.rstrip("/").removeprefix("http")
    return Address(f"{host}{SOCKET_PATHS[family]}?token={quote(token, safe='')}")


def heartbeat(seq: int, now_ms: int) -> str:
    """Return command 22000; the vendor asks for no time in it."""
    del now_ms
    return _command(_HEARTBEAT, seq, {})


def subscribe(channel: Channel, wishes: Sequence[Wish], seq: int) -> str:
    """Return command 22004 or 22002 with the whole list: it replaces the one before.

    The level of a book always stands there: what comes without one is documented in two ways.
    """
    if channel is Channel.TRADES:
        symbols: list[dict[str, object]] = [{"code": wish.code} for wish in wishes]
        return _command(_SUBSCRIBE_TRADES, seq, {"symbol_list": symbols})
    symbols = [{"code": wish.code, "depth_level": wish.detail} for wish in wishes]
    return _command(_SUBSCRIBE_DEPTH, seq, {"symbol_list": symbols})


def cancel(channel: Channel, wishes: Sequence[Wish], seq: int) -> str:
    """Return command 22006, which ends the whole channel; ``wishes`` cannot be named."""
    del wishes
    return _command(_CANCEL, seq, {"cancel_type": _CANCEL_TYPES[channel]})


def decoder(family: str) -> Callable[[bytes | str], Event]:
    """Return ``decode``: both families speak alike."""
    del family
    return decode


def decode(frame: bytes | str) -> Event:
    """Read one frame; raises only ProtocolError.

    A push as documented costs one decode and one value. Whatever does not fit is read again,
    field by field.
    """
    try:
        push = wire.decode_push(frame)
    except values.UNREADABLE:
        return _decode_any(frame)
    if type(push) is wire.TradePush:
        trade = push.data
        price, volume, turnover = trade.price, trade.volume, trade.turnover
        # values.is_plain and values.is_zero, without the calls: the lengths are checked already.
        if (
            price.strip(DIGITS) in PLAIN_ENDS
            and price.strip("0.")
            and volume.strip(DIGITS) in PLAIN_ENDS
            and turnover.strip(DIGITS) in PLAIN_ENDS
            and volume != "."
            and turnover != "."
        ):
            stamp = trade.tick_time
            return Trade(
                trade.code,
                trade.seq,
                stamp if stamp >= FIRST_MS else stamp * 1000,
                price,
                volume,
                turnover,
                trade.trade_direction,
            )
        return _decode_any(frame)
    book = push.data
    stamp = book.tick_time
    return Depth(
        book.code,
        book.seq,
        stamp if stamp >= FIRST_MS else stamp * 1000,
        bytes(book.bids),
        bytes(book.asks),
        unpack,
    )


def _command(command: int, seq: int, data: object) -> str:
    if not 0 <= seq <= 0xFFFFFFFF:
        raise ValueError(f"{seq} is not an unsigned number of 32 bits")
    document = {"cmd_id": command, "seq_id": seq, "trace": f"desk-{command}-{seq}", "data": data}
    return msgspec.json.encode(document).decode()


def _decode_any(frame: bytes | str) -> Event:
    """Read a frame that the quick decoder did not take."""
    try:
        found = wire.decode_frame(frame)
    except values.UNREADABLE:
        raise ProtocolError("a frame is not a JSON object") from None
    command = values.whole(found.cmd_id, "the command of a frame")
    ret = values.whole(found.ret, "the ret of an answer", signed=True)
    if ret is not None and (ret != OK or command not in _PUSHES):
        return _answer(command, ret, values.whole(found.seq_id, "the number of an answer"))
    try:
        if command == _TRADE:
            return read_trade(wire.decode_tick(found.data)) or Unknown("a trade without a price")
        if command == _DEPTH:
            return read_depth(wire.decode_book(found.data))
    except values.UNREADABLE:
        raise ProtocolError("the data of a push are not a JSON object") from None
    if command is None or command in _CALLS:
        raise ProtocolError("an answer came without its ret, or a frame without its command")
    return Unknown(f"command {command}")


def _answer(command: int | None, ret: int, seq: int | None) -> Event:
    """Return what an answer means; ``seq`` is the number of the request it belongs to."""
    channel = _CHANNELS.get(command)
    if ret != OK:
        call = _CALLS.get(command, "socket")
        return Refused(seq, channel, refusal(ret, call))
    if command in (_HEARTBEAT, _ALIVE):
        return Alive()
    if command in _ACKS:
        return Ack(seq, channel)
    return Unknown(f"an answer to command {command}")
