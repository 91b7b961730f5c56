"""What the chart says of this moment: what is left of the bar, and the two sides."""

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


def sides_of(texts: tuple[str, str]) -> Sides:
    """Return bid and ask in numbers, of the vendor's texts."""
    return Sides(*map(_number, texts))


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
