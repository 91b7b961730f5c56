"""A board and what comes to it, for the tests of rows, books and frames."""

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.market import Depth, Side, Trade

KEY = InstrumentKey("alltick", "700.HK")


def trade(
    price: str,
    *,
    seq: int = 0,
    time_ms: int = 1_000,
    volume: str = "",
    turnover: str = "",
    code: str = KEY.code,
) -> Trade:
    return Trade(code, seq, time_ms, price, volume, turnover, Side.NONE)


def depth(bids: str = "10.1", asks: str = "10.2", code: str = KEY.code) -> Depth:
    def unpack(raw_bids: bytes, raw_asks: bytes) -> Sides:
        unpacked.append(raw_bids)
        if raw_bids == b"bad":
            raise ProtocolError("The levels mean nothing.")
        return Sides(levels(raw_bids), levels(raw_asks))

    def levels(raw: bytes) -> tuple[Level, ...]:
        return tuple(Level(price, "5") for price in raw.decode().split())

    unpacked: list[bytes] = []
    book = Depth(code, 1, 1_000, bids.encode(), asks.encode(), unpack)
    UNPACKED[id(book)] = unpacked
    return book


UNPACKED: dict[int, list[bytes]] = {}


class Waker:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> None:
        self.calls += 1
