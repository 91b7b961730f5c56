"""Moving drawings by keys: a bar to the side, a step of price up or down."""

from itertools import cycle

from msgspec.structs import replace

from alltick_desk.model.drawing_shapes import Moments
from alltick_desk.model.drawings import Anchor, Drawing
from alltick_desk.ui.chart.scale import Scale


def nudged(drawing: Drawing, bars: int, prices: float, axis: Moments) -> Drawing:
    """Return a drawing so many bars later, and so much higher in price."""
    anchors = tuple(
        Anchor(
            axis.time_at(axis.index_at(anchor.time_s) + bars) if bars else anchor.time_s,
            anchor.price + prices,
        )
        for anchor in drawing.anchors
    )
    return replace(drawing, anchors=anchors)


def price_step(scale: Scale, digits: int) -> float:
    """Return the price's smallest step, or the next round one that can be seen.

    It is negative where the scale is inverted, so that it always means upwards.
    """
    middle = scale.area.center().y()
    seen = abs(scale.value(middle - 0.5) - scale.value(middle + 0.5))
    step = 10.0**-digits
    for factor in cycle((2.0, 2.5, 2.0)):
        if step >= seen:
            break
        step *= factor
    return -step if scale.inverted else step
