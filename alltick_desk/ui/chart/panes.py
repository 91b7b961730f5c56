"""Where the panes and axes stand, and how values turn into pixels there."""

from typing import NamedTuple

from PySide6.QtCore import QRectF

_VOLUME_SHARE = 0.19
_LEAST_FOR_VOLUME_PX = 170.0
_NOWHERE = QRectF()


class Areas(NamedTuple):
    """Where things stand in the view, in its pixels; ``volume`` may be empty."""

    price: QRectF = _NOWHERE
    volume: QRectF = _NOWHERE
    price_axis: QRectF = _NOWHERE
    volume_axis: QRectF = _NOWHERE
    time_axis: QRectF = _NOWHERE

    @property
    def panes(self) -> QRectF:
        """Both panes together."""
        return self.price.united(self.volume) if self.volume.height() else self.price


def arranged(
    width: float, height: float, *, axis_px: float, time_px: float, with_volume: bool
) -> Areas:
    """Share out the room: prices above, volumes beneath, axes to the right and at the foot.

    Volumes give way where the chart is too low for both.
    """
    plot, panes = max(1.0, width - axis_px), max(1.0, height - time_px)
    share = _VOLUME_SHARE if with_volume and panes >= _LEAST_FOR_VOLUME_PX else 0.0
    below = round(panes * share)
    above = panes - below
    return Areas(
        price=QRectF(0.0, 0.0, plot, above),
        volume=QRectF(0.0, above, plot, below),
        price_axis=QRectF(plot, 0.0, axis_px, above),
        volume_axis=QRectF(plot, above, axis_px, below),
        time_axis=QRectF(0.0, panes, width, time_px),
    )


class Scale(NamedTuple):
    """A pane's values from bottom to top, and where the pane stands."""

    low: float
    high: float
    area: QRectF

    def pixel(self, value: float) -> float:
        """Return the height at which a value stands in the view."""
        share = (value - self.low) / (self.high - self.low)
        return self.area.bottom() - share * self.area.height()

    def value(self, pixel: float) -> float:
        """Return the value that stands at a height of the view."""
        share = (self.area.bottom() - pixel) / max(1.0, self.area.height())
        return self.low + share * (self.high - self.low)
