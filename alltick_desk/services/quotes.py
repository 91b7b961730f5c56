"""The quote board: one mutable row per instrument, and the rows that changed since the last frame.

Every tick ends here as one plain call. Nothing is formatted, unpacked or announced per tick: once
a frame the screen takes the changed rows and reads what it shows.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from alltick_desk.model.figures import decimals, number
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.pushed import apply_quote
from alltick_desk.services.rows import NO_SIDES, QuoteRow, RowState

if TYPE_CHECKING:
    from alltick_desk.model.market import Depth, LiveCandle, Quote, Trade

__all__ = ["LATE_IN_A_ROW", "MOST_ASIDE", "NO_SIDES", "QuoteBoard", "QuoteRow", "RowState", "Tape"]

# So many ticks cannot all be late: then it is the one shown whose time was wrong.
LATE_IN_A_ROW = 20
# Rows of a vendor that were taken off the board and may come back; as many as a plan streams.
MOST_ASIDE = 3000


class Tape:
    """One vendor's way onto the board: the sink of all that its codec reads."""

    __slots__ = (
        "_aside",
        "_dirty",
        "_pads",
        "_wake",
        "candles",
        "conflated",
        "depths",
        "quotes",
        "rows",
        "strays",
        "trades",
    )

    def __init__(self, dirty: dict[QuoteRow, float], wake: Callable[[], None]) -> None:
        self._dirty = dirty
        self._wake = wake
        self._pads = False
        self._aside: dict[str, QuoteRow] = {}  # the last one last
        self.rows: dict[str, QuoteRow] = {}
        self.trades = 0
        self.depths = 0
        self.quotes = 0
        self.candles = 0
        self.conflated = 0  # ticks that another one replaced before a frame showed them
        self.strays = 0  # ticks of codes that nobody asked for

    def pad(self, pads: bool) -> None:
        """Set whether the vendor sends prices as numbers, for the rows there are and will be."""
        self._pads = pads
        for row in self.rows.values():
            row.pads = pads

    def row(self, key: InstrumentKey) -> QuoteRow:
        """Return the row of an instrument, made on first use, or as it was when set aside."""
        row = self.rows.get(key.code)
        if row is None:
            row = self._aside.pop(key.code, None) or QuoteRow(key)
            row.pads = self._pads
            self.rows[key.code] = row
        return row

    def set_aside(self, code: str, now_s: float) -> None:
        """Take a row off the board (monotonic seconds), and have it back as it is now.

        Only the last rows are kept so. Nothing that came before proves it live then.
        """
        row = self.rows.pop(code, None)
        if row is None:
            return
        self._dirty.pop(row, None)
        row.left(now_s)
        self._aside.pop(code, None)
        self._aside[code] = row
        if len(self._aside) > MOST_ASIDE:
            del self._aside[next(iter(self._aside))]

    def trade(self, trade: "Trade", now_s: float) -> None:  # noqa: C901, PLR0912 - the hot path
        """Take one trade that arrived at ``now_s`` (monotonic seconds)."""
        self.trades += 1
        row = self.rows.get(trade.code)
        if row is None:
            self.strays += 1
            return
        time_ms, seq = trade.time_ms, trade.seq
        if time_ms < row.time_ms or (seq == row.seq and seq):
            row.late += time_ms < row.time_ms
            if row.late < LATE_IN_A_ROW:
                for listener in row.listeners:
                    listener(trade)  # a builder decides about late trades for itself
                return
            row.quote = None  # its time may have been the wrong one
        row.late = 0
        row.ticks += 1
        row.seq = seq
        row.time_ms = time_ms
        row.ticked_s = row.priced_s = now_s
        price = trade.price
        if price != row.last:
            value = float(price)
            if row.last and value != row.value:
                row.move = 1 if value > row.value else -1
            row.value = value
            row.last = price
            digits = row.digits
            # Counting takes long; mostly the point stands where it usually does.
            if price[-digits - 1 : -digits] != "." and decimals(price) > digits:
                row.digits = decimals(price)
            if value > row.high_value and row.high:
                row.high, row.high_value = price, value
            if value < row.low_value and row.low:
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

    def depth(self, depth: "Depth", now_s: float) -> None:
        """Take one order book that arrived at ``now_s`` (monotonic seconds)."""
        self.depths += 1
        row = self.rows.get(depth.code)
        if row is None:
            self.strays += 1
            return
        row.depth = depth
        row.ticked_s = row.booked_s = now_s
        if row in self._dirty:
            self.conflated += 1
        else:
            if not self._dirty:
                self._wake()
            self._dirty[row] = now_s

    def quote(self, quote: "Quote", now_s: float) -> None:
        """Take the day so far, which arrived at ``now_s`` (monotonic seconds).

        One that is older than the last price tells of the day all the same; one that is older
        than another quote, or than the day that the row shows, tells nothing. Of two with one time
        the later to come counts. Raises ValueError, and takes nothing, where a figure is not a
        number.
        """
        self.quotes += 1
        row = self.rows.get(quote.code)
        if row is None:
            self.strays += 1
            return
        self._take_quote(row, quote, now_s)

    def called(self, trade: "Trade", now_s: float) -> None:
        """Take the newest trade of a code that nobody streams; a call's answer brought it.

        It is one of many, so it counts towards no volume and no bar is built of it. Raises
        ValueError, and takes nothing, where the price is not a number.
        """
        row = self.rows.get(trade.code)
        if row is None:
            return
        value = number(trade.price)
        if trade.time_ms < row.time_ms:
            row.late += 1
            if row.late < LATE_IN_A_ROW:
                return
            row.quote = None  # its time may have been the wrong one
        row.late = 0
        row.seq = trade.seq
        row.time_ms = trade.time_ms
        if trade.price != row.last:
            if row.last and value != row.value:
                row.move = 1 if value > row.value else -1
            row.last, row.value = trade.price, value
            row.see(trade.price)
            if row.high and value > row.high_value:
                row.high, row.high_value = trade.price, value
            if row.low and value < row.low_value:
                row.low, row.low_value = trade.price, value
        # The vendor has confirmed what is shown, whether it is news or not.
        row.ticked_s = row.priced_s = row.called_s = now_s
        self._touch(row, now_s)

    def called_quote(self, quote: "Quote", now_s: float) -> None:
        """Take the day so far of a code that nobody streams; a call's answer brought it.

        Raises ValueError, and takes nothing, where a figure is not a number.
        """
        row = self.rows.get(quote.code)
        if row is not None and self._take_quote(row, quote, now_s):
            row.called_s = now_s

    def _touch(self, row: QuoteRow, now_s: float) -> None:
        if row in self._dirty:
            self.conflated += 1
            return
        if not self._dirty:
            self._wake()
        self._dirty[row] = now_s

    def _take_quote(self, row: QuoteRow, quote: "Quote", now_s: float) -> bool:
        """Take a quote; return whether its price is the newest."""
        newest = quote.time_ms >= row.time_ms
        if not newest:
            known_ms = 0 if row.quote is None else row.quote.time_ms
            row.late += quote.time_ms != known_ms
            newest = row.late >= LATE_IN_A_ROW
            if quote.time_ms < max(known_ms, row.day_ms) and not newest:
                return False
        apply_quote(row, quote, newest=newest)
        if newest:
            row.late = 0
            row.priced_s = now_s
        row.quoted_s = row.ticked_s = now_s
        self._touch(row, now_s)
        return newest

    def candle(self, live: "LiveCandle", now_s: float) -> None:
        """Take a bar in progress that arrived at ``now_s`` (monotonic seconds).

        It is no tick of the row: who draws bars listens for it.
        """
        del now_s
        self.candles += 1
        row = self.rows.get(live.code)
        if row is None:
            self.strays += 1
            return
        bar = live.candle
        row.see(bar.open, bar.high, bar.low, bar.close)
        for listener in row.candle_listeners:
            listener(live)


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
        return self.tape(key.vendor).row(key)

    def forget(self, key: InstrumentKey) -> None:
        """Drop a row that nothing shows any more."""
        row = self.tape(key.vendor).rows.pop(key.code, None)
        if row is not None:
            self._dirty.pop(row, None)

    def set_aside(self, key: InstrumentKey, now_s: float) -> None:
        """Take a row off the board that may be asked for again; see ``Tape.set_aside``."""
        self.tape(key.vendor).set_aside(key.code, now_s)

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
