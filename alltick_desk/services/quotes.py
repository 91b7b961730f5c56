"""The quote board: one mutable row per instrument, and the rows that changed since the last frame.

Every tick ends here as one plain call. Nothing is formatted, unpacked or announced per tick: once
a frame the screen takes the changed rows and reads what it shows.
"""

from collections.abc import Callable, Iterator
from enum import Enum

from alltick_desk.errors import ProtocolError
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.market import Depth, Sides, Trade, decimals

# So many trades cannot all be late: then it is the one shown whose time was wrong.
LATE_IN_A_ROW = 20

NO_SIDES = Sides((), ())


class RowState(Enum):
    """What can truthfully be said of a row; the value is the word shown."""

    LIVE = "Live"  # acknowledged, the socket is healthy, a tick came since
    WAITING = "Waiting"  # not yet
    STALE = "Stale"  # the socket is lost or silent; the last value is kept
    OFFLINE = "Offline"  # no connection is wanted or possible
    BEYOND_PLAN = "Beyond plan"  # the plan's subscription is full
    NOT_IN_PLAN = "Not in plan"  # the vendor: code unauthorized
    UNKNOWN_CODE = "Unknown code"  # the vendor: code invalid
    REFUSED = "Refused"  # the vendor: any other refusal


class QuoteRow:
    """What is known of one instrument now.

    Texts are the vendor's own digits, "" where nothing is known. Names in ``_s`` are monotonic
    seconds. Written by the tape, the day service and the state keeper; read by everyone.
    """

    __slots__ = (
        "_sides",
        "_sides_of",
        "ask",
        "bid",
        "day",
        "depth",
        "digits",
        "high",
        "high_value",
        "key",
        "last",
        "late",
        "listeners",
        "low",
        "low_value",
        "move",
        "previous_close",
        "seq",
        "state",
        "state_detail",
        "ticked_s",
        "time_ms",
        "turnover",
        "value",
        "volume",
    )

    def __init__(self, key: InstrumentKey) -> None:
        self.key = key
        self.last = ""  # the last price
        self.value = 0.0  # the same, for arithmetic
        self.digits = 0  # the most decimals seen in a price; never shrinks
        self.move = 0  # 1, -1 or 0: where the last change of price went
        self.seq = 0
        self.late = 0  # trades in a row that seemed older than the one shown
        self.time_ms = 0  # the vendor's time of the last trade; 0 where there was none
        self.ticked_s = 0.0  # when a trade or book last arrived; 0 for not in this run
        self.high = self.low = ""
        self.high_value = self.low_value = 0.0
        self.volume: float | None = None  # of the day
        self.turnover: float | None = None  # of the day
        self.previous_close: float | None = None
        self.day = ""  # the exchange's date (ISO) that the day's figures belong to
        self.bid = self.ask = ""
        self.depth: Depth | None = None
        self._sides = NO_SIDES
        self._sides_of: Depth | None = None
        self.state = RowState.WAITING
        self.state_detail = ""
        self.listeners: tuple[Callable[[Trade], None], ...] = ()

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
                self.bid = self._sides.bids[0].price if self._sides.bids else ""
                self.ask = self._sides.asks[0].price if self._sides.asks else ""
        return self._sides

    def listen(self, callback: Callable[[Trade], None]) -> None:
        """Call ``callback`` with every trade from now on."""
        self.listeners = (*self.listeners, callback)

    def unlisten(self, callback: Callable[[Trade], None]) -> None:
        """Undo ``listen``; safe to repeat."""
        self.listeners = tuple(known for known in self.listeners if known != callback)


class Tape:
    """One vendor's way onto the board: the sink of its codec's trades and books."""

    __slots__ = ("_dirty", "_wake", "conflated", "depths", "rows", "strays", "trades")

    def __init__(self, dirty: dict[QuoteRow, float], wake: Callable[[], None]) -> None:
        self._dirty = dirty
        self._wake = wake
        self.rows: dict[str, QuoteRow] = {}
        self.trades = 0
        self.depths = 0
        self.conflated = 0  # ticks that another one replaced before a frame showed them
        self.strays = 0  # ticks of codes that nobody asked for

    def trade(self, trade: Trade, now_s: float) -> None:  # noqa: C901, PLR0912 - the hot path
        """Take one trade that arrived at ``now_s`` (monotonic seconds)."""
        self.trades += 1
        row = self.rows.get(trade.code)
        if row is None:
            self.strays += 1
            return
        if trade.time_ms < row.time_ms or (trade.seq == row.seq and trade.seq):
            row.late += trade.time_ms < row.time_ms
            if row.late < LATE_IN_A_ROW:
                for listener in row.listeners:
                    listener(trade)  # a builder decides about late trades for itself
                return
        row.late = 0
        row.seq = trade.seq
        row.time_ms = trade.time_ms
        row.ticked_s = now_s
        price = trade.price
        if price != row.last:
            value = float(price)
            if row.last and value != row.value:
                row.move = 1 if value > row.value else -1
            row.value = value
            row.last = price
            if (digits := decimals(price)) > row.digits:
                row.digits = digits
            if row.high and value > row.high_value:
                row.high, row.high_value = price, value
            if row.low and value < row.low_value:
                row.low, row.low_value = price, value
        if row.volume is not None and trade.volume:
            row.volume += float(trade.volume)
            if row.turnover is not None and trade.turnover:
                row.turnover += float(trade.turnover)
        if row in self._dirty:
            self.conflated += 1
        else:
            if not self._dirty:
                self._wake()
            self._dirty[row] = now_s
        for listener in row.listeners:
            listener(trade)

    def depth(self, depth: Depth, now_s: float) -> None:
        """Take one order book that arrived at ``now_s`` (monotonic seconds)."""
        self.depths += 1
        row = self.rows.get(depth.code)
        if row is None:
            self.strays += 1
            return
        row.depth = depth
        row.ticked_s = now_s
        if row in self._dirty:
            self.conflated += 1
        else:
            if not self._dirty:
                self._wake()
            self._dirty[row] = now_s


class QuoteBoard:
    """All rows of all vendors, and which of them a frame has yet to show.

    ``wake`` is called when the first row after a frame changes, at most once a frame.
    """

    def __init__(self, wake: Callable[[], None] = lambda: None) -> None:
        self._wake = wake
        self._dirty: dict[QuoteRow, float] = {}
        self._tapes: dict[str, Tape] = {}

    def tape(self, vendor: str) -> Tape:
        """Return the vendor's tape, made on first use."""
        tape = self._tapes.get(vendor)
        if tape is None:
            tape = self._tapes[vendor] = Tape(self._dirty, self._wake)
        return tape

    def row(self, key: InstrumentKey) -> QuoteRow:
        """Return the row of an instrument, made on first use."""
        rows = self.tape(key.vendor).rows
        row = rows.get(key.code)
        if row is None:
            row = rows[key.code] = QuoteRow(key)
        return row

    def forget(self, key: InstrumentKey) -> None:
        """Drop a row that nothing shows any more."""
        row = self.tape(key.vendor).rows.pop(key.code, None)
        if row is not None:
            self._dirty.pop(row, None)

    def rows(self) -> Iterator[QuoteRow]:
        """Iterate over every row of every vendor."""
        for tape in self._tapes.values():
            yield from tape.rows.values()

    def touch(self, row: QuoteRow, now_s: float) -> None:
        """Have the next frame show ``row`` though no tick came."""
        if not self._dirty:
            self._wake()
        self._dirty.setdefault(row, now_s)

    @property
    def dirty(self) -> bool:
        """Whether a frame has something to show."""
        return bool(self._dirty)

    def take_dirty(self) -> dict[QuoteRow, float]:
        """Return the changed rows, each with the arrival time of its first unshown tick."""
        taken = dict(self._dirty)
        self._dirty.clear()
        return taken
