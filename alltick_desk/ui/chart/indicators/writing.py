"""How an indicator's values are written: in legends, and on the axis of a pane of its own."""

from alltick_desk.model.series import CandleSeries
from alltick_desk.services.indicators.declaration import Figures
from alltick_desk.ui.chart.figures import UNKNOWN, price_text, volume_text
from alltick_desk.ui.chart.scale import Scale
from alltick_desk.ui.chart.ticks import Tick, plain_ticks

_PLAIN_DIGITS = 2
_DENSER = 1.4  # marks than in a pane of prices, since these panes are low


class IndicatorWriting:
    """Writes values of one kind; a ``Writing`` of a pane.

    Attributes:
        series: whose digits prices have.
        chinese: whether volumes have Chinese units.
    """

    def __init__(self, figures: Figures, series: CandleSeries, *, chinese: bool = False) -> None:
        self._figures = figures
        self.series = series
        self.chinese = chinese

    def ticks(self, scale: Scale) -> list[Tick]:
        """Return the marks of the axis."""
        marks = plain_ticks(scale.low, scale.high, _DENSER * scale.area.height())
        if self._figures is not Figures.VOLUME:
            return marks
        return [Tick(mark.at, self.text(mark.at)) for mark in marks]

    def text(self, value: float) -> str:
        """Write one value; "—" for none."""
        if value != value:  # noqa: PLR0124 - NaN
            return UNKNOWN
        match self._figures:
            case Figures.PRICE:
                return price_text(value, self.series.digits)
            case Figures.VOLUME:
                size = volume_text(abs(value), chinese=self.chinese)
                return f"-{size}" if value < 0.0 else size
            case Figures.PLAIN:
                return f"{value:.{_PLAIN_DIGITS}f}"
