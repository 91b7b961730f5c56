"""What goes into an indicator, cut from a series: its columns, and what is made of them."""

from datetime import date, timedelta

import numpy as np

from alltick_desk.model.calendar import day_start, session_date
from alltick_desk.model.instrument import Market
from alltick_desk.model.series import CandleSeries, Floats, Times
from alltick_desk.services.indicators.declaration import Column

_DAY = timedelta(days=1)


class Inputs:
    """Cuts the input columns of one indicator from a series.

    Args:
        columns: which, in order.
        source: the price that ``Column.SOURCE`` stands for, e.g. ``"hl2"``.
        market: whose calendar divides the sessions.
    """

    def __init__(self, columns: tuple[Column, ...], source: str, market: Market) -> None:
        self._names = [source if c is Column.SOURCE else c.value for c in columns]
        self._sessions = Sessions(market)

    def cut(self, series: CandleSeries, start: int, stop: int) -> tuple[Floats, ...]:
        """Return the columns of the bars from ``start`` up to, not including, ``stop``."""
        rows = slice(start, stop)
        return tuple(self._column(series, name, rows) for name in self._names)

    def _column(self, series: CandleSeries, name: str, rows: slice) -> Floats:
        match name:
            case "hl2":
                return (series.high[rows] + series.low[rows]) / 2.0
            case "hlc3":
                return (series.high[rows] + series.low[rows] + series.close[rows]) / 3.0
            case "ohlc4":
                ends = series.open[rows] + series.close[rows]
                return (ends + series.high[rows] + series.low[rows]) / 4.0
            case "session":
                return self._sessions.of(series.time[rows])
        column: Floats = getattr(series, name)
        return column[rows]


class Sessions:
    """Tells in which trading date of an exchange a bar begins."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._starts: Floats = np.empty(0)

    def of(self, times: Times) -> Floats:
        """Return when the session of each time began, Unix seconds, of the same shape."""
        if not len(times):
            return np.empty(0)
        first_s, last_s = int(times.min()), int(times.max())
        known = self._starts
        if not len(known) or first_s < known[0] or last_s >= known[-1]:
            if len(known):
                first_s, last_s = min(first_s, int(known[0])), max(last_s, int(known[-1]))
            self._starts = known = self._days(first_s, last_s)
        found: Floats = known[np.searchsorted(known, times, side="right") - 1]
        return found

    def _days(self, first_s: int, last_s: int) -> Floats:
        day = date.fromisoformat(session_date(first_s * 1000, self._market))
        starts = [day_start(day, self._market)]
        while starts[-1] <= last_s:
            day += _DAY
            starts.append(day_start(day, self._market))
        return np.array(starts, np.float64)
