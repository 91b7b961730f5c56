"""Bars from trades: a fold with no clock, so that the same trades always give the same bars.

A trade belongs to the bar that its own time names, whenever it arrives. The bars in the making are
the newest few; older trades are left to the vendor's own bar, which wins in any case.
"""

from collections import deque

from alltick_desk.model.calendar import Grid
from alltick_desk.model.market import Trade
from alltick_desk.model.series import Row

# Trades come late by seconds, and a chart shows minutes at the least.
_BARS_KEPT = 3
_REPEATS_KNOWN = 4096

_Order = tuple[int, int]  # (time_ms, seq)
_BEFORE_ALL: _Order = (-1, -1)
_AFTER_ALL: _Order = (1 << 62, 0)


class Bar:
    """A bar in the making; the times are Unix seconds.

    ``whole`` is whether every trade since its beginning may have been heard.
    """

    __slots__ = (
        "close",
        "end_s",
        "first",
        "high",
        "last",
        "low",
        "open",
        "time_s",
        "turnover",
        "volume",
        "whole",
    )

    def __init__(self, time_s: int, end_s: int, price: float) -> None:
        self.time_s = time_s
        self.end_s = end_s
        self.open = self.high = self.low = self.close = price
        self.volume = 0.0
        self.turnover = 0.0
        self.first = _AFTER_ALL  # the trade that it opens with
        self.last = _BEFORE_ALL  # the trade that it closes with
        self.whole = True


class CandleBuilder:
    """Folds trades into bars, each trade once, whatever the order of their arrival.

    A trade without a number counts as the repeat of another one with the same time, price and
    volume.
    """

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._bars: list[Bar] = []  # oldest first, at most _BARS_KEPT
        self._floor_s = 0  # nothing before this is ours to change
        self._heard = False  # whether a bar that begins now is heard from its first trade on
        self._seen: set[object] = set()
        self._arrivals: deque[object] = deque()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars in the making, oldest first."""
        return tuple(self._bars)

    @property
    def newest(self) -> Bar | None:
        """The bar in progress."""
        return self._bars[-1] if self._bars else None

    def fold(self, trade: Trade) -> Bar | None:
        """Take one trade; return the bar that it changed, None for a repeat or one too late.

        Raises ValueError where the price or volume is not a number.
        """
        # With its time, for a vendor may count from 1 again every day.
        identity = (trade.time_ms, trade.seq or (trade.price, trade.volume))
        if identity in self._seen:
            return None
        time_s = trade.time_ms // 1000
        price = float(trade.price)
        volume = float(trade.volume) if trade.volume else 0.0
        turnover = float(trade.turnover) if trade.turnover else 0.0
        bar = self._bars[-1] if self._bars else None
        if bar is None or not bar.time_s <= time_s < bar.end_s:
            bar = self._bar_of(time_s, price)
            if bar is None:
                return None
        self._remember(identity)
        order = (trade.time_ms, trade.seq)
        if order < bar.first:
            bar.first = order
            bar.open = price
        if order >= bar.last:
            bar.last = order
            bar.close = price
        if price > bar.high:
            bar.high = price
        elif price < bar.low:
            bar.low = price
        bar.volume += volume
        bar.turnover += turnover
        return bar

    def interrupt(self) -> None:
        """Note that trades may have been missed since the last one."""
        self._heard = False
        for bar in self._bars:
            bar.whole = False

    def settle(self, vendors: Row) -> None:
        """Go on from the vendor's newest bar.

        What was built for its time or before is given up. Trades from now on are added to it, so
        its volume is the vendor's plus what is traded since. A bar that began later stays.
        """
        self._grid.learn(vendors.time_s)
        end_s = self._grid.end(vendors.time_s)
        bar = Bar(vendors.time_s, end_s, vendors.open)
        bar.high = vendors.high
        bar.low = vendors.low
        bar.close = vendors.close
        bar.volume = vendors.volume
        bar.turnover = vendors.turnover
        bar.first = _BEFORE_ALL
        for built in self._bars:
            if built.time_s == bar.time_s:
                bar.last = built.last  # an older trade that is sent again is not the close
        later = [built for built in self._bars if built.time_s >= end_s]
        # Once a later bar has begun, the vendor's is closed and no longer ours to change.
        self._bars = later or [bar]
        self._heard = True
        self._floor_s = end_s if later else bar.time_s

    def _bar_of(self, time_s: int, price: float) -> Bar | None:
        """Find the bar of a time, or begin one; None where the time is too old."""
        if time_s < self._floor_s:
            return None
        for bar in reversed(self._bars):
            if bar.time_s <= time_s < bar.end_s:
                return bar
        start_s = self._grid.start(time_s)
        end_s = self._grid.end(start_s)
        # The vendor's own bars may lie off the grid, after a lunch break say: never overlap.
        start_s = max(start_s, self._floor_s, *(b.end_s for b in self._bars if b.end_s <= time_s))
        end_s = min([end_s, *(b.time_s for b in self._bars if b.time_s > time_s)])
        bar = Bar(start_s, end_s, price)
        bar.whole = self._heard
        self._heard = True
        self._bars.append(bar)
        self._bars.sort(key=_begin)
        if len(self._bars) > _BARS_KEPT:
            self._floor_s = self._bars.pop(0).end_s
            if bar not in self._bars:
                return None
        return bar

    def _remember(self, identity: object) -> None:
        self._seen.add(identity)
        self._arrivals.append(identity)
        if len(self._arrivals) > _REPEATS_KNOWN:
            self._seen.discard(self._arrivals.popleft())


def _begin(bar: Bar) -> int:
    return bar.time_s
