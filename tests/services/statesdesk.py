"""One row, its state keeper, and all that the keeper asks for."""

from collections.abc import Callable, Sequence

from alltick_desk.errors import ProtocolError
from alltick_desk.feed.subscriptions import Coverage, Standing
from alltick_desk.feed.wiring import SocketHealth, SocketState
from alltick_desk.model.book import Level, Sides
from alltick_desk.model.instrument import InstrumentKey, Market
from alltick_desk.model.market import Depth
from alltick_desk.services.halts import Halt
from alltick_desk.services.market_hours import MarketState, Phase
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.services.states import StateKeeper

NOW_S = 1000.0
WALL_MS = 1_767_605_400_000
OPENED_S = 900.0
ACKNOWLEDGED = Standing(Coverage.ACKNOWLEDGED, "", 1)


def health(state: SocketState, reason: str = "") -> SocketHealth:
    return SocketHealth(
        socket="alltick/stock#1",
        state=state,
        reason=reason,
        opened_s=OPENED_S,
        last_message_s=None,
        next_try_s=None,
        messages=0,
        decode_errors=0,
        reconnects=0,
    )


class Told:
    """The hours as a test tells them."""

    def __init__(self, phase: Phase) -> None:
        self.now = MarketState(phase)
        self.asked: list[Market] = []

    def state(self, market: Market, now_ms: int) -> MarketState:
        assert now_ms > 0
        self.asked.append(market)
        return self.now


class Desk:
    """One row, all that its keeper asks for, and a clock."""

    def __init__(self, code: str, market: Market, *, phase: Phase = Phase.OPEN) -> None:
        self.now_s = NOW_S
        self.row = QuoteRow(InstrumentKey("itick", code))
        self.hours = Told(phase)
        self.halt: Halt | None = None
        self.calendar = ""
        self.complaints: list[ProtocolError] = []
        self.keeper = StateKeeper(
            standing=lambda _: ACKNOWLEDGED,
            socket=lambda *_: health(SocketState.LIVE),
            why_not=lambda _: "",
            monotonic=lambda: self.now_s,
            wall_ms=self.wall_ms,
            holiday=lambda _: self.calendar,
            market=lambda _: market,
            hours=self.hours,
            halt=lambda _: self.halt,
            on_bad_book=self.complaints.append,
        )

    def wall_ms(self) -> int:
        return WALL_MS + round(1000 * (self.now_s - NOW_S))

    def tick(self, price: str = "10.00") -> RowState:
        """Have a trade arrive now."""
        row = self.row
        row.last, row.value = price, float(price)
        row.ticked_s, row.time_ms = self.now_s, self.wall_ms() - 200
        return self.state()

    def book(self, bids: Sequence[str], asks: Sequence[str]) -> RowState:
        """Have a book arrive now."""
        sides = Sides(*(tuple(Level(it, "100") for it in side) for side in (bids, asks)))
        return self.take(lambda _bids, _asks: sides)

    def take(self, unpack: Callable[[bytes, bytes], Sides]) -> RowState:
        self.row.depth = Depth(self.row.key.code, 1, self.wall_ms(), b"", b"", unpack)
        self.row.ticked_s = self.now_s
        return self.state()

    def state(self, after_s: float = 0.0) -> RowState:
        self.now_s += after_s
        self.keeper.refresh([self.row])
        return self.row.state
