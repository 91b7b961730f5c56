"""The charts that are open, so that equal ones ask the vendor once for what both of them need."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval

if TYPE_CHECKING:  # they know of the charts that are open, too
    from alltick_desk.services.bars import LiveBars
    from alltick_desk.services.chart_asking import Asking
    from alltick_desk.services.history import History
    from alltick_desk.services.outages import Outage

# So long after an answer another chart of the same bars need not ask again.
FRESH_S = 60.0


class Opened(NamedTuple):
    """What one chart has of the bars that it shows."""

    key: InstrumentKey
    interval: Interval
    bars: "LiveBars"
    history: "History"
    asking: "Asking"

    def fresh(self, now_s: float, outages: "Sequence[Outage]") -> bool:
        """Whether it has all that an answer of now, monotonic seconds, would bring.

        ``outages`` is when the instrument could not be heard.
        """
        asking = self.asking
        if asking.answered_s is None or asking.busy or asking.given_up:
            return False
        deaf = any(outage.to_s is None for outage in outages)
        return not deaf and now_s - asking.answered_s < FRESH_S


class OpenCharts:
    """All charts of a desk that show something, the eldest first."""

    def __init__(self) -> None:
        self._charts: list[Opened] = []

    def enter(self, chart: Opened) -> None:
        """Note that a chart has been opened."""
        self._charts.append(chart)

    def leave(self, chart: Opened) -> None:
        """Note that it shows that no more; safe to repeat."""
        self._charts = [it for it in self._charts if it is not chart]

    def others(self, chart: Opened) -> list[Opened]:
        """Return the other charts of the same bars, the eldest first."""
        return [it for it in self._charts if it[:2] == chart[:2] and it is not chart]

    def leads(self, chart: Opened) -> bool:
        """Whether a chart is the eldest of its bars: what all find out, it alone keeps."""
        return next((it for it in self._charts if it[:2] == chart[:2]), chart) is chart
