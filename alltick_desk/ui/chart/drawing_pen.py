"""A pen for who draws with keys: it stands at the crosshair, and arrows move it."""

from alltick_desk.model.drawings import Anchor
from alltick_desk.ui.chart.drawing_nudge import price_step
from alltick_desk.ui.chart.view import ChartView


class Pen:
    """Points at a bar and a price: the close, until it is moved up or down."""

    def __init__(self, view: ChartView) -> None:
        self._view = view

    @property
    def anchor(self) -> Anchor:
        """Where it stands; at the newest bar in view where there is no crosshair."""
        view, cross = self._view, self._view.crosshair
        bar = self._bar()
        price, level, area = float(view.series.close[bar]), cross.level, view.price.area
        if level is not None and area.top() <= level <= area.bottom():
            price = view.price.scale.value(level)
        return Anchor(view.axis.time_at(float(bar)), price)

    def move(self, bars: int, steps: int) -> Anchor:
        """Go so many bars on, to the close there, or so many visible steps of price up."""
        view = self._view
        price = self.anchor.price
        bar = min(max(self._bar() + bars, 0), len(view.series) - 1)
        if bars:
            price = float(view.series.close[bar])
        price += steps * price_step(view.price.scale, view.series.digits)
        view.crosshair.index = bar
        view.bring_into_view(bar)
        view.crosshair.level = view.price.scale.pixel(price)
        view.place_crosshair()
        return self.anchor

    def _bar(self) -> int:
        view = self._view
        if view.crosshair.index is not None:
            return view.crosshair.index
        newest = len(view.series) - 1
        return min(max(int(view.axis.bar(view.window_.right - 0.5)), 0), newest)
