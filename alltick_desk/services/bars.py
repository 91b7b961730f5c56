"""One chart's bars: stored, the vendor's, those it pushes, and those built from trades.

A fold with no clock and no questions of its own. The vendor's word wins over ours, and what it
pushes over what it answers, since an answer is as old as its question. Needs numpy through the
series, so it is imported after the first paint.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from alltick_desk.errors import ProtocolError
from alltick_desk.model.calendar import Grid
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, LiveCandle, Trade
from alltick_desk.model.series import CandleSeries, Row, row_of
from alltick_desk.services.candle_builder import Bar, CandleBuilder
from alltick_desk.services.rows import QuoteRow
from alltick_desk.services.session_grid import SessionGrid
from alltick_desk.store.candle_columns import StoredCandles
from alltick_desk.store.candle_values import Drift, Source, Span

# Only the newest bars can have changed between a question and its answer.
_PUSHED_KEPT = 4


class Told(NamedTuple):
    """How far a vendor's word goes."""

    whole_s: int | None  # its bars have no hole up to this one
    traded_since: bool  # whether a trade moved a bar after the last push
    pushed: Mapping[int, Row]  # the newest that were pushed on this connection


class LiveBars:
    """The bars of one instrument and interval, kept true.

    Attributes:
        series: the bars; panels read it.
        loaded: whether the vendor's history has come.
        building: whether trades and pushed bars count yet: not before there is history, or the
            chart would begin with one lonely bar.
        heard_from_s: the bar of the first trade that was heard, Unix seconds; None for none yet.
    """

    def __init__(self, interval: Interval, market: Market, row: QuoteRow | None = None) -> None:
        self.interval = interval
        self._market = market
        self._row = row
        self.series = CandleSeries()
        self.loaded = False
        self.building = False
        self.heard_from_s: int | None = None
        self._grid = SessionGrid(interval, market)
        self._builder = CandleBuilder(self._grid)
        self._whole_s: int | None = None  # the vendor's bars have no hole up to this one
        self._pushed: dict[int, Row] = {}  # the newest that were pushed on this connection
        self._traded_since = False  # whether a trade moved a bar after the last push
        self._share_digits()

    @property
    def newest(self) -> Bar | None:
        """The bar in progress."""
        return self._builder.newest

    @property
    def told(self) -> Told:
        """What the vendor has told, for another chart of the same bars."""
        return Told(self._whole_s, self._traded_since, self._pushed)

    @property
    def first_s(self) -> int | None:
        """When the oldest bar began, Unix seconds; None while there is none."""
        return int(self.series.time[0]) if len(self.series) else None

    def take_stored(self, stored: StoredCandles, spans: Sequence[Span] = ()) -> None:
        """Put stored bars before those that are here; ``spans`` is what is known to be whole.

        What is here may have come meanwhile, and wins.
        """
        first_s = self.first_s
        if first_s is not None:
            stored = stored.part(slice(0, int(stored.time.searchsorted(first_s))))
        self.series.prepend_columns(stored.time, stored.values, stored.digits.price)
        if first_s is None and len(stored):
            self._go_on_from(stored, spans)
        self._share_digits()

    def share(self, other: "LiveBars", most: int) -> None:
        """Begin with the newest ``most`` bars of another chart of the same series.

        Its bar in progress is gone on with; how far that was off is the other's to find out.
        """
        series = other.series
        part = slice(max(0, len(series) - most), len(series))
        columns = (series.open, series.high, series.low, series.close)
        values = np.vstack([it[part] for it in (*columns, series.volume, series.turnover)])
        self.series.prepend_columns(series.time[part], values, series.digits)
        self.heard_from_s = other.heard_from_s
        self._whole_s, self._traded_since, pushed = other.told
        self._pushed = dict(pushed)
        self._grid.know(self.series.time)
        if len(self.series):
            self._builder.settle(self.series.row(-1))
            self._builder.interrupt()
        self.loaded = self.building = True
        self._share_digits()

    def take_older(self, candles: Sequence[Candle]) -> int:
        """Put the vendor's older bars before the first; return how many were older.

        Raises ProtocolError where one cannot be read.
        """
        first_s = self.first_s
        older = [it for it in candles if first_s is None or it.time_s < first_s]
        try:
            self.series.prepend(older)
        except ValueError as error:
            raise ProtocolError(str(error)) from error
        self._share_digits()
        return len(older)

    def take_between(self, candles: Sequence[Candle]) -> None:
        """Take the vendor's bars for a hole; ProtocolError where one cannot be read.

        Only those before the newest that the vendor has told are taken: the end is ``take``'s.
        """
        try:
            self.series.merge(it for it in candles if it.time_s < (self._whole_s or 0))
        except ValueError as error:
            raise ProtocolError(str(error)) from error
        self._share_digits()

    def take(self, candles: Sequence[Candle]) -> Drift:
        """Take an answer of the vendor's; ProtocolError where a bar cannot be read.

        Returns how far bars of ours that are closed now were off.
        """
        drift = Drift()
        try:
            newest = max((row_of(candle) for candle in candles), default=None)
            ours = newest is not None and newest.time_s >= max(self._whole_s or 0, *self._pushed, 0)
            if newest is not None and ours:
                # Of our own bars only those that began after the vendor's newest may stay.
                drift = self._drift(candles, newest.time_s)
                self.series.cut(newest.time_s)
            self.series.merge(candles)
            self._grid.know(self.series.time)
            if newest is not None and ours and newest.time_s not in self._pushed:
                self._builder.settle(newest)
        except ValueError as error:
            raise ProtocolError(str(error)) from error
        for row in (*self._pushed.values(), *map(_row, self._builder.bars)):
            self.series.put(row)
        if newest is not None:
            self._whole_s = max(newest.time_s, self._whole_s or 0)
        self.loaded = self.building = True
        self._share_digits()
        return drift

    def trade(self, trade: Trade) -> tuple[Bar, bool] | None:
        """Take a trade; return its bar and whether more than the last bar changed, else None."""
        if not self.building:
            return None
        bar = self._builder.fold(trade)
        if bar is None:
            return None
        self._traded_since = True
        if self.heard_from_s is None:
            self.heard_from_s = bar.time_s
        self.series.see(trade.price)
        self._share_digits()
        new = self.series.put(_row(bar))
        return bar, new or bar is not self._builder.newest

    def push(self, live: LiveCandle) -> bool | None:
        """Take a bar that the vendor pushes.

        Returns whether more than the last bar changed, None where the bar is not for here. Raises
        ValueError, and takes nothing, where it holds no numbers.
        """
        candle = live.candle
        if live.interval is not self.interval or not self.building:
            return None
        row = row_of(candle)
        built = self._builder.bars
        if not built or row.time_s >= built[0].time_s:
            self._builder.settle(row)
        if row.time_s >= max(self._pushed, default=0):
            self._traded_since = False
        self._pushed[row.time_s] = row
        if len(self._pushed) > _PUSHED_KEPT:
            del self._pushed[min(self._pushed)]
        if self._whole_s is not None and not self._beyond(row.time_s):
            self._whole_s = max(self._whole_s, row.time_s)
        for price in (candle.open, candle.high, candle.low, candle.close):
            self.series.see(price)
        self._share_digits()
        return self.series.put(row) or row.time_s != self.series.last_s

    def answered_by_push(self, bar_s: int) -> bool:
        """Whether the vendor has pushed its last word on a bar that is over.

        It has where it pushed a later one, or this one after its last trade.
        """
        newest_s = max(self._pushed, default=-1)
        return newest_s > bar_s or (newest_s == bar_s and not self._traded_since)

    def forget_pushes(self) -> None:
        """Trust the next answer over what was pushed: the connection was lost in between."""
        self._pushed.clear()

    def interrupt(self) -> None:
        """Note that trades may have been missed: bars that are in the making are not whole."""
        self._builder.interrupt()
        self.forget_pushes()

    def built(self) -> list[Candle]:
        """Return the bars in the making as texts."""
        return [self._text(bar) for bar in self._builder.bars]

    def closed_before(self, bar: Bar) -> list[Candle]:
        """Return the bar that was in progress before ``bar`` began, as texts; none or one."""
        older = [it for it in self._builder.bars if it.time_s < bar.time_s]
        return [self._text(it) for it in older[-1:]]

    def leaves_hole(self, candles: Sequence[Candle]) -> bool:
        """Whether bars are missing between the vendor's last ones and ``candles``."""
        return bool(candles) and self._beyond(min(candle.time_s for candle in candles))

    def _go_on_from(self, stored: StoredCandles, spans: Sequence[Span]) -> None:
        """Have trades carry on the stored bars, until the vendor's newest come."""
        vendors = stored.source != Source.BUILT
        if spans:
            told = stored.time[vendors & (stored.time < spans[-1].to_s)]
            self._whole_s = int(told[-1]) if len(told) else None
        self._grid.know(self.series.time)
        self._builder.settle(self.series.row(-1))
        self._builder.interrupt()
        self.building = True

    def _drift(self, candles: Iterable[Candle], newest_s: int) -> Drift:
        """Compare what was built with the vendor's bars that are closed."""
        rows = {it.time_s: it for it in candles if it.time_s < newest_s}
        drift = Drift()
        for bar in self._builder.bars:
            if bar.whole and bar.time_s in rows and bar.time_s not in self._pushed:
                drift = drift.plus(Drift.between(_row(bar), row_of(rows[bar.time_s])))
        return drift

    def _text(self, bar: Bar) -> Candle:
        digits = self.series.digits
        return Candle(
            bar.time_s,
            f"{bar.open:.{digits}f}",
            f"{bar.high:.{digits}f}",
            f"{bar.low:.{digits}f}",
            f"{bar.close:.{digits}f}",
            _amount(bar.volume),
            _amount(bar.turnover),
        )

    def _beyond(self, time_s: int) -> bool:
        if self._whole_s is None:
            return False
        grid = Grid(self.interval, self._market)
        grid.learn(self._whole_s)
        return time_s > grid.end(self._whole_s)

    def _share_digits(self) -> None:
        """Let chart and row write prices alike."""
        row = self._row
        if row is not None and row.digits != self.series.digits:
            row.digits = self.series.digits = max(row.digits, self.series.digits)


def _row(bar: Bar) -> Row:
    return Row(bar.time_s, bar.open, bar.high, bar.low, bar.close, bar.volume, bar.turnover)


def _amount(value: float) -> str:
    """Return a volume as text; "" for none, which trades do not tell from nothing."""
    return f"{value:f}".rstrip("0").rstrip(".") if value else ""
