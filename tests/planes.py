"""Charts without a window: where time and price stand, on each scale."""

import math
from collections.abc import Callable

from alltick_desk.model.clipping import Box
from alltick_desk.model.drawing_shapes import Plane
from alltick_desk.model.interval import Interval
from alltick_desk.model.time_axis import TimeAxis

AREA = Box(0.0, 0.0, 800.0, 400.0)
BEGIN_S = 1_767_571_200  # a Monday
OPEN_BARS = 60  # an hour of each day, five days a week
TIMES = [
    BEGIN_S + day * 86_400 + minute * 60
    for day in range(28)
    if day % 7 < 5
    for minute in range(OPEN_BARS)
]
LEFT_BAR = 500.0  # of the view
BAR_PX = 8.0
LOW, HIGH = 50.0, 150.0

Scale = tuple[Callable[[float], float], Callable[[float], float]]


def _log(price: float) -> float:
    return math.log(price) if price > 0 else math.nan


# To the height in a pane that reaches from 0 to 1, and back.
_TURNS: dict[str, Scale] = {
    "linear": (lambda price: price, lambda value: value),
    "log": (_log, math.exp),
    "percent": (lambda price: 100.0 * (price / 80.0 - 1.0), lambda value: 0.8 * value + 80.0),
    "inverted": (lambda price: -price, lambda value: -value),
}
SCALES = tuple(_TURNS)


def plane(scale: str = "linear", *, axis: TimeAxis | None = None, area: Box = AREA) -> Plane:
    """A view of prices from 50 to 150 and of a hundred bars."""
    turn, back = _TURNS[scale]
    low, high = sorted((turn(LOW), turn(HIGH)))
    height = area.bottom - area.top
    return Plane(
        axis or TimeAxis(TIMES, Interval.M1),
        lambda index: area.left + (index - LEFT_BAR) * BAR_PX,
        lambda x: LEFT_BAR + (x - area.left) / BAR_PX,
        lambda price: area.bottom - (turn(price) - low) / (high - low) * height,
        lambda y: back(low + (area.bottom - y) / height * (high - low)),
        area,
    )
