"""A pane's scale: how values turn into pixels there, and how they are written."""

import math
from enum import Enum
from typing import NamedTuple, Protocol

import numpy as np
from PySide6.QtCore import QRectF

from alltick_desk.model.figures import signed
from alltick_desk.model.series import Floats
from alltick_desk.ui.chart.figures import price_text, volume_text
from alltick_desk.ui.chart.ticks import (
    Tick,
    logarithmic_ticks,
    percent_ticks,
    plain_ticks,
    price_ticks,
    volume_ticks,
)

_LEAST = 1e-12  # what stands lower has no place on a logarithmic scale


class ScaleKind(Enum):
    """How prices are laid out; the value is its word in files."""

    LINEAR = "linear"
    LOGARITHMIC = "log"
    PERCENT = "percent"


class Scale(NamedTuple):
    """A pane's values, and where the pane stands.

    Attributes:
        low, high: the values at the lower and at the upper edge (inverted: the other way round).
        area: the pane, in the view's pixels.
    """

    low: float
    high: float
    area: QRectF
    logarithmic: bool = False
    inverted: bool = False

    def unit(self, value: float) -> float:
        """Return how far up a value stands, in units that the pane shares out evenly."""
        if not self.logarithmic:
            return value
        return math.log10(value) if value > _LEAST else math.nan

    def units(self, values: Floats) -> Floats:
        """Do as ``unit`` does, of an array; NaN where a value has no place."""
        if not self.logarithmic:
            return values
        return np.log10(np.where(values > _LEAST, values, np.nan))

    def of_unit(self, unit: float) -> float:
        """Return the value that stands at a unit."""
        return float(10.0**unit) if self.logarithmic else unit

    @property
    def range(self) -> tuple[float, float]:
        """The units at ``low`` and ``high``."""
        return self.unit(self.low), self.unit(self.high)

    def pixel(self, value: float) -> float:
        """Return the height in the view at which a value stands; NaN where it has no place."""
        low, high = self.range
        share = (self.unit(value) - low) / (high - low)
        if self.inverted:
            share = 1.0 - share
        return self.area.bottom() - share * self.area.height()

    def value(self, pixel: float) -> float:
        """Return the value that stands at a height of the view."""
        low, high = self.range
        share = (self.area.bottom() - pixel) / max(1.0, self.area.height())
        if self.inverted:
            share = 1.0 - share
        return self.of_unit(low + share * (high - low))


class Writing(Protocol):
    """How a pane's values are marked on its axis and written."""

    def ticks(self, scale: Scale) -> list[Tick]:
        """Return the marks of the axis, ``Tick.at`` being values."""

    def text(self, value: float) -> str:
        """Write one value, as the crosshair's label does."""


class PriceWriting:
    """Prices with the instrument's digits, or as percent of ``base``.

    Attributes:
        digits: of a price.
        base: what is 0 %; None for plain prices.
    """

    def __init__(self) -> None:
        self.digits = 0
        self.base: float | None = None

    def ticks(self, scale: Scale) -> list[Tick]:
        """Return the marks of the axis."""
        height = scale.area.height()
        if self.base:
            return percent_ticks(scale.low, scale.high, height, self.base)
        if scale.logarithmic:
            return logarithmic_ticks(scale.low, scale.high, height, self.digits)
        return price_ticks(scale.low, scale.high, height, self.digits)

    def text(self, value: float) -> str:
        """Write one value."""
        if self.base:
            return f"{signed((value / self.base - 1.0) * 100.0, 2)}%"
        return price_text(value, self.digits)


class VolumeWriting:
    """Volumes, short, with the units of the person's language."""

    def __init__(self) -> None:
        self.chinese = False

    def ticks(self, scale: Scale) -> list[Tick]:
        """Return the marks of the axis."""
        return volume_ticks(scale.high, scale.area.height(), chinese=self.chinese)

    def text(self, value: float) -> str:
        """Write one value."""
        return volume_text(max(0.0, value), chinese=self.chinese)


class PlainWriting:
    """Numbers with a fixed count of digits, such as an oscillator's."""

    def __init__(self, digits: int = 2) -> None:
        self.digits = digits

    def ticks(self, scale: Scale) -> list[Tick]:
        """Return the marks of the axis, with no digits that all of them lack."""
        return plain_ticks(scale.low, scale.high, scale.area.height())

    def text(self, value: float) -> str:
        """Write one value."""
        return f"{value:.{self.digits}f}"
