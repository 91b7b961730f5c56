"""The shapes on AllTick's wire. They never leave this package.

Two sets. The pushes as documented, decoded by one tagged union at full speed: text stays text,
``strict=False`` lets whole numbers come as text, and the levels of a book stay bytes. And the
tolerant ones, whose every value is whatever came: for what the first set does not fit, and for
HTTP.
"""

from typing import Annotated

import msgspec

from alltick_desk.model.market import Side
from alltick_desk.vendors.values import ABSENT, BIGGEST, LATEST_MS, LONGEST

_Code = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Seq = Annotated[int, msgspec.Meta(ge=0, le=BIGGEST)]
_Time = Annotated[int, msgspec.Meta(ge=1, le=LATEST_MS)]
_Amount = Annotated[str, msgspec.Meta(max_length=LONGEST)]
_NO_LEVELS = msgspec.Raw(b"")


class _TradeData(msgspec.Struct, gc=False):
    code: _Code
    tick_time: _Time
    price: _Amount
    seq: _Seq = 0
    volume: _Amount = ""
    turnover: _Amount = ""
    trade_direction: Side = Side.NONE


class _DepthData(msgspec.Struct, gc=False):
    code: _Code
    tick_time: _Time
    seq: _Seq = 0
    bids: msgspec.Raw = _NO_LEVELS
    asks: msgspec.Raw = _NO_LEVELS


class TradePush(msgspec.Struct, gc=False, tag_field="cmd_id", tag=22998):
    """A trade as documented."""

    data: _TradeData


class DepthPush(msgspec.Struct, gc=False, tag_field="cmd_id", tag=22999):
    """An order book as documented, its levels unread."""

    data: _DepthData


class PlainLevel(msgspec.Struct, gc=False):
    """A level as documented."""

    price: str
    volume: str = ""


decode_push = msgspec.json.Decoder(TradePush | DepthPush, strict=False).decode
decode_plain_levels = msgspec.json.Decoder(list[PlainLevel]).decode


class Frame(msgspec.Struct):
    """Any frame of the socket."""

    cmd_id: msgspec.Raw = ABSENT
    seq_id: msgspec.Raw = ABSENT
    ret: msgspec.Raw = ABSENT
    data: msgspec.Raw = ABSENT


class Envelope(msgspec.Struct):
    """Any answer over HTTP."""

    ret: msgspec.Raw = ABSENT
    data: msgspec.Raw = ABSENT


class Tick(msgspec.Struct):
    """A trade, however it is spelt."""

    code: msgspec.Raw = ABSENT
    seq: msgspec.Raw = ABSENT
    tick_time: msgspec.Raw = ABSENT
    price: msgspec.Raw = ABSENT
    volume: msgspec.Raw = ABSENT
    turnover: msgspec.Raw = ABSENT
    trade_direction: msgspec.Raw = ABSENT


class Book(msgspec.Struct):
    """An order book, however it is spelt."""

    code: msgspec.Raw = ABSENT
    seq: msgspec.Raw = ABSENT
    tick_time: msgspec.Raw = ABSENT
    bids: msgspec.Raw = ABSENT
    asks: msgspec.Raw = ABSENT


class AnyLevel(msgspec.Struct):
    """A level, however it is spelt."""

    price: msgspec.Raw = ABSENT
    volume: msgspec.Raw = ABSENT


class Bar(msgspec.Struct):
    """A row of either list of candles."""

    timestamp: msgspec.Raw = ABSENT
    open_price: msgspec.Raw = ABSENT
    high_price: msgspec.Raw = ABSENT
    low_price: msgspec.Raw = ABSENT
    close_price: msgspec.Raw = ABSENT
    volume: msgspec.Raw = ABSENT
    turnover: msgspec.Raw = ABSENT


class Klines(msgspec.Struct):
    """The candles of one code; each call has its own name for the rows, and either is read."""

    code: msgspec.Raw = ABSENT
    kline_type: msgspec.Raw = ABSENT
    kline_list: list[Bar] | None = None
    kline_data: list[Bar] | None = None


class KlineBatch(msgspec.Struct):
    """The answer of batch-kline."""

    kline_list: list[Klines] | None = None


class TickList(msgspec.Struct):
    """The answer of trade-tick."""

    tick_list: list[Tick] | None = None


class BookList(msgspec.Struct):
    """The answer of depth-tick."""

    tick_list: list[Book] | None = None


class StaticRow(msgspec.Struct):
    """What static_info says of one instrument."""

    symbol: msgspec.Raw = ABSENT
    name_en: msgspec.Raw = ABSENT
    name_cn: msgspec.Raw = ABSENT
    name_hk: msgspec.Raw = ABSENT
    exchange: msgspec.Raw = ABSENT
    board: msgspec.Raw = ABSENT
    currency: msgspec.Raw = ABSENT
    lot_size: msgspec.Raw = ABSENT
    total_shares: msgspec.Raw = ABSENT
    circulating_shares: msgspec.Raw = ABSENT
    hk_shares: msgspec.Raw = ABSENT
    eps: msgspec.Raw = ABSENT
    eps_ttm: msgspec.Raw = ABSENT
    bps: msgspec.Raw = ABSENT
    dividend_yield: msgspec.Raw = ABSENT


class StaticList(msgspec.Struct):
    """The answer of static_info."""

    static_info_list: list[StaticRow] | None = None


class SuspensionRow(msgspec.Struct, rename="camel"):
    """One halt of trading."""

    symbol: msgspec.Raw = ABSENT
    symbol_name: msgspec.Raw = ABSENT
    halt_reason: msgspec.Raw = ABSENT
    halt_date: msgspec.Raw = ABSENT
    halt_time: msgspec.Raw = ABSENT
    halt_date_time: msgspec.Raw = ABSENT
    halt_period: msgspec.Raw = ABSENT
    resume_date: msgspec.Raw = ABSENT
    resume_time: msgspec.Raw = ABSENT
    resume_date_time: msgspec.Raw = ABSENT
    publish_date: msgspec.Raw = ABSENT
    source_exchange: msgspec.Raw = ABSENT
    pause_threshold_price: msgspec.Raw = ABSENT


class SuspensionList(msgspec.Struct, rename="camel"):
    """The answer of the suspension calls, which has its own envelope; ``ret`` is the other one."""

    success: msgspec.Raw = ABSENT
    ret: msgspec.Raw = ABSENT
    total_count: msgspec.Raw = ABSENT
    total_pages: msgspec.Raw = ABSENT
    current_page: msgspec.Raw = ABSENT
    data: msgspec.Raw = ABSENT


decode_frame = msgspec.json.Decoder(Frame).decode
decode_envelope = msgspec.json.Decoder(Envelope).decode
decode_tick = msgspec.json.Decoder(Tick).decode
decode_book = msgspec.json.Decoder(Book).decode
decode_any_levels = msgspec.json.Decoder(list[AnyLevel]).decode
decode_suspension_list = msgspec.json.Decoder(SuspensionList).decode
decode_suspensions = msgspec.json.Decoder(list[SuspensionRow] | None).decode
