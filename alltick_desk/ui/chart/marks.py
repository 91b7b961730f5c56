"""What is marked around the panes: the grid, the time axis with its zone, the panes' labels."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from alltick_desk.ui.chart.furniture import AxisLabels, Grid
from alltick_desk.ui.chart.layers import Frame
from alltick_desk.ui.chart.pieces import PADDING
from alltick_desk.ui.chart.surface import Surface
from alltick_desk.ui.chart.ticks import time_ticks

if TYPE_CHECKING:
    from alltick_desk.ui.chart.canvas import ChartCanvas

_NOWHERE = QRectF()


class Marks:
    """The pieces that say where what stands.

    Attributes:
        time_area: where the time axis is.
    """

    def __init__(self, surface: Surface) -> None:
        self.time_area = QRectF()
        self._metrics, self._words = surface.metrics, surface.words
        self._grid = Grid(surface.theme, surface.small)
        self._times = AxisLabels(surface.theme, surface.small, upright=False)
        self._zone = AxisLabels(surface.theme, surface.small, upright=False)
        surface.add_beneath(self._grid)
        surface.add_above(self._times)
        surface.add_above(self._zone)

    @property
    def time_px(self) -> float:
        """The height of the time axis."""
        return math.ceil(self._metrics.height()) + PADDING

    @property
    def zone_area(self) -> QRectF:
        """Where the zone is named; nowhere where bars are dates."""
        return self._zone.area if self._zone.texts else _NOWHERE

    @property
    def texts(self) -> list[str]:
        """What the time axis says, from left to right."""
        return self._times.texts

    @property
    def zone(self) -> str:
        """How the zone is named; "" where it is not."""
        return "".join(self._zone.texts)

    def stand(self, width: float, panes: float) -> None:
        """Take the room beneath the panes, whose height is given."""
        self.time_area = QRectF(0.0, panes, width, self.time_px)
        self._times.set_area(self.time_area)
        self._grid.set_area(QRectF(0.0, 0.0, width, panes + 1.0))

    def clear(self) -> None:
        """Mark nothing."""
        self._times.set_labels(())
        self._zone.set_labels(())
        self._grid.set_lines((), (), (), right=self._grid.area.right())

    def mark(self, canvas: "ChartCanvas", frame: Frame) -> None:
        """Set the lines and labels of what a canvas shows."""
        heights = []
        for pane in canvas.stack.shown:
            ticks = [(pane.scale.pixel(tick.at), tick) for tick in pane.ticks]
            pane.labels.set_labels([(y, tick.text, tick.major) for y, tick in ticks])
            heights += [y for y, _ in ticks if pane.area.top() <= y <= pane.area.bottom()]
        right = canvas.stack.area.right()
        self._name_zone(canvas.zone_text(int(canvas.series.time[frame.last - 1])), right)
        text = "0000-00-00" if canvas.interval.seconds is None else "00-00 00"
        moments = time_ticks(
            canvas.series.time,
            (frame.first, frame.last),
            interval=canvas.interval,
            market=canvas.market,
            bar_px=canvas.bar_px,
            least_px=self._words.width(text) + 3.0 * PADDING,
            zone=canvas.zone,
            place=canvas.axis.place,
        )
        places = [canvas.x_of(tick.at) for tick in moments]
        self._times.set_labels(
            [(x, tick.text, tick.major) for x, tick in zip(places, moments, strict=True)]
        )
        borders = [*canvas.stack.borders, self.time_area.top()]
        self._grid.set_lines(heights, places, borders, right=right)

    def _name_zone(self, name: str, right: float) -> None:
        """Write the zone beneath the price axis, or as far into the time axis as it needs."""
        area = QRectF(self.time_area)
        width = self._words.width(name) + 2.0 * PADDING
        area.setLeft(min(area.right() - width, right))
        self._zone.set_area(area)
        self._zone.set_labels([(area.center().x(), name, False)] if name else ())
        self._times.leave_free(area if name else _NOWHERE)
