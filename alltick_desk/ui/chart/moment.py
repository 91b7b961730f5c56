"""Moments and bars: what is left of the newest one, which one a moment falls into; bid and ask."""

from typing import NamedTuple

from alltick_desk.model.calendar import Grid
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries
from alltick_desk.ui.chart.quote_lines import Sides


def seconds_left(series: CandleSeries, interval: Interval, market: Market, wall_ms: int) -> float:
    """Return how long the newest bar has to go by the clock; 0 or less where it is over."""
    last_s = series.last_s
    if last_s is None:
        return 0.0
    grid = Grid(interval, market)
    grid.learn(last_s)
    return grid.end(last_s) - wall_ms / 1000.0


class Span(NamedTuple):
    """From when to when a bar lasts, Unix seconds; the end is not in it."""

    begin_s: int
    end_s: int


def bar_span(series: CandleSeries, index: int, interval: Interval, market: Market) -> Span:
    """Return when a bar begins and when the next one may."""
    begin_s = int(series.time[index])
    grid = Grid(interval, market)
    grid.learn(begin_s)
    return Span(begin_s, grid.end(begin_s))


def bar_within(series: CandleSeries, span: Span, interval: Interval, market: Market) -> int | None:
    """Return the bar that a span begins in, else the first one that begins in it; None for none."""
    index = series.index(span.begin_s)
    if index >= 0 and bar_span(series, index, interval, market).end_s > span.begin_s:
        return index
    after = index + 1
    return after if after < len(series) and series.time[after] < span.end_s else None


def sides_of(texts: tuple[str, str]) -> Sides:
    """Return bid and ask in numbers, of the vendor's texts."""
    return Sides(*map(_number, texts))


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
