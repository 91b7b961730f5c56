"""A row of the board: what is known of one instrument now."""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from alltick_desk.errors import ProtocolError
from alltick_desk.model.book import Sides
from alltick_desk.model.figures import decimals
from alltick_desk.model.instrument import InstrumentKey, Trading
from alltick_desk.services.sources import CloseFrom

if TYPE_CHECKING:  # the first window needs none of them, nor msgspec, which they bring along
    from alltick_desk.model.market import Depth, LiveCandle, Quote, Trade

NO_SIDES = Sides((), ())
SOON_S = 60.0  # so long away, and what was missed of the day is little


class RowState(Enum):
    """What can truthfully be said of a row; the value is the word shown.

    Attributes:
        live: whether what the row shows is proven to be of now.
    """

    live: bool

    LIVE = "Live"  # acknowledged, the socket is healthy, a tick came since
    WAITING = "Waiting"  # not yet, or nobody can tell why nothing comes
    QUIET = "Quiet"  # acknowledged and its market is open; nothing came yet, or for long
    MARKET_CLOSED = "Market closed"
    HALTED = "Halted"  # by a list of suspensions, or the vendor says so
    LIMIT_UP = "Limit up"  # live, at the day's highest price, and nobody sells
    LIMIT_DOWN = "Limit down"  # live, at the day's lowest price, and nobody buys
    HALTED_OR_DELISTED = "Halted or delisted"  # nobody buys or sells
    STALE = "Stale"  # was live, and now the socket is lost or silent, or its ticks are late
    OFFLINE = "Offline"  # no connection is wanted or possible
    BEYOND_PLAN = "Beyond plan"  # the plan's subscription is full
    NOT_IN_PLAN = "Not in plan"  # the vendor: code unauthorized
    UNKNOWN_CODE = "Unknown code"  # the vendor: code invalid
    REFUSED = "Refused"  # the vendor: any other refusal

    def __init__(self, word: str) -> None:
        self.live = word in {"Live", "Limit up", "Limit down"}


class QuoteRow:
    """What is known of one instrument now.

    Texts are the vendor's own digits, "" where nothing is known. Names in ``_s`` are monotonic
    seconds. Written by the tape, the day service and the state keeper; read by everyone.
    Where ``pads`` is set the vendor sends prices as numbers: ``shown`` gives back the zeros that
    those have lost.
    """

    __slots__ = (
        "_sides",
        "_sides_of",
        "ask",
        "away_s",
        "beats",
        "bid",
        "booked_s",
        "called_s",
        "candle_listeners",
        "close_date",
        "close_from",
        "day",
        "day_ms",
        "depth",
        "digits",
        "first_ms",
        "first_s",
        "high",
        "high_value",
        "key",
        "last",
        "late",
        "listeners",
        "looked_s",
        "low",
        "low_value",
        "move",
        "open",
        "pace_s",
        "pads",
        "previous_close",
        "priced_s",
        "quote",
        "quoted_s",
        "seq",
        "state",
        "state_detail",
        "state_remedy",
        "ticked_s",
        "ticks",
        "time_ms",
        "trading",
        "turnover",
        "value",
        "volume",
    )

    def __init__(self, key: InstrumentKey, *, pads: bool = False) -> None:
        self.key = key
        self.pads = pads
        self.last = ""  # the last price
        self.value = 0.0  # the same, for arithmetic
        self.digits = 0  # the most decimals seen in any price of it; never shrinks
        self.move = 0  # 1, -1 or 0: where the last change of price went
        self.seq = 0
        self.late = 0  # trades and quotes in a row that seemed older than what is shown
        self.time_ms = 0  # the vendor's time of the last price; 0 where there was none
        self.ticks = 0  # trades that came in this run, but for late ones
        self.ticked_s = 0.0  # when anything but a bar last arrived; 0 for not in this run
        self.priced_s = 0.0  # when the last price arrived; 0 for not in this run
        self.called_s = 0.0  # the same, where a call asked for it
        self.booked_s = 0.0  # when the newest book arrived; 0 for not in this run
        self.open = self.high = self.low = ""  # of the day
        self.high_value = self.low_value = 0.0
        self.volume: float | None = None  # of the day
        self.turnover: float | None = None  # of the day
        self.previous_close: float | None = None
        self.close_from = CloseFrom.UNKNOWN  # how the previous close came
        self.close_date = ""  # the exchange's date (ISO) of it, "" for unknown
        self.day = ""  # the exchange's date (ISO) that the day's figures belong to
        self.day_ms = 0  # when that day began, Unix milliseconds; 0 for unknown
        self.quote: Quote | None = None  # the newest that was pushed
        self.quoted_s = 0.0  # when a quote last arrived; 0 for never
        self.trading = Trading.NORMAL
        self.bid = self.ask = ""
        self.depth: Depth | None = None
        self._sides = NO_SIDES
        self._sides_of: Depth | None = None
        self.state = RowState.WAITING
        self.state_detail = ""  # why, as a sentence
        self.state_remedy = ""  # what can be done, as a sentence
        self.away_s = 0.0  # when it last left the board; 0 for never
        self.looked_s = 0.0  # ``ticked_s`` when the state keeper last looked
        self.beats = 0  # how many looks since it was asked for have found a new tick
        self.pace_s = 0.0  # the longest usual silence between two of these
        self.first_s = 0.0  # when the first tick since it was asked for was seen
        self.first_ms = 0  # the vendor's time that it bore
        self.listeners: tuple[Callable[[Trade], None], ...] = ()
        self.candle_listeners: tuple[Callable[[LiveCandle], None], ...] = ()

    @property
    def change(self) -> float | None:
        """Last minus the previous day's close; None where either is unknown."""
        if self.previous_close is None or not self.last:
            return None
        return self.value - self.previous_close

    @property
    def change_percent(self) -> float | None:
        """The change in percent of the previous day's close."""
        change = self.change
        return (
            None
            if change is None or not self.previous_close
            else (100.0 * change / self.previous_close)
        )

    def left(self, now_s: float) -> None:
        """Note that it leaves the board: what it said of itself is true no longer."""
        self.away_s = now_s
        self.move = 0
        self.state, self.state_detail, self.state_remedy = RowState.WAITING, "", ""

    def came_back(self, now_s: float) -> None:
        """Note that it is on the board again: after a while it no longer knows what its day did."""
        if self.away_s and now_s - self.away_s > SOON_S:
            self.high = self.low = ""
            self.volume = self.turnover = None

    def see(self, *prices: str) -> None:
        """Take notice of how many decimals prices are written with."""
        for price in prices:
            if (digits := decimals(price)) > self.digits:
                self.digits = digits

    def shown(self, text: str) -> str:
        """Return a price as it is to be read: with all digits, so that a column stands still."""
        if not self.pads or not text:
            return text
        lacking = self.digits - decimals(text)
        if lacking <= 0:
            return text
        return f"{text}{'' if '.' in text else '.'}{'0' * lacking}"

    def sides(self) -> Sides:
        """Return the book's levels, unpacked once per book; ProtocolError where they are bad.

        A bad book is forgotten, so that it raises once.
        """
        if self._sides_of is not self.depth:
            depth, self._sides_of = self.depth, self.depth
            if depth is None:
                self._sides = NO_SIDES
            else:
                try:
                    self._sides = depth.sides()
                except ProtocolError:
                    self.depth = self._sides_of = None
                    raise
                bids, asks = self._sides.bids, self._sides.asks
                self.bid = bids[0].price if bids else ""
                self.ask = asks[0].price if asks else ""
                self.see(*(level.price for level in bids), *(level.price for level in asks))
        return self._sides

    def listen(self, callback: "Callable[[Trade], None]") -> None:
        """Call ``callback`` with every trade from now on."""
        self.listeners = (*self.listeners, callback)

    def unlisten(self, callback: "Callable[[Trade], None]") -> None:
        """Undo ``listen``; safe to repeat."""
        self.listeners = tuple(known for known in self.listeners if known != callback)

    def listen_candles(self, callback: "Callable[[LiveCandle], None]") -> None:
        """Call ``callback`` with every pushed bar from now on."""
        self.candle_listeners = (*self.candle_listeners, callback)

    def unlisten_candles(self, callback: "Callable[[LiveCandle], None]") -> None:
        """Undo ``listen_candles``; safe to repeat."""
        self.candle_listeners = tuple(it for it in self.candle_listeners if it != callback)
