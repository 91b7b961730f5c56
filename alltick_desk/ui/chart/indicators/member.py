"""One indicator on the chart: what is chosen, its layers, and the pane that they are in."""

from alltick_desk.services.indicators.declaration import Place
from alltick_desk.services.indicators.parameters import filled
from alltick_desk.services.indicators.templates import Entry
from alltick_desk.ui.chart.indicators.plot import Ground, Plot
from alltick_desk.ui.chart.pane import Pane

FIXED = ("price", "volume")  # panes that are always there


class Member:
    """One indicator on the chart.

    Attributes:
        own: the id of the pane that it has if it shares none.
        plot, ground: its layers; None where there is no such indicator, or nothing beneath it.
    """

    __slots__ = ("chosen", "ground", "own", "pane", "plot")

    def __init__(self, chosen: Entry, own: str, plot: Plot | None) -> None:
        self.chosen = chosen
        self.own = own
        self.plot = plot
        self.pane: Pane | None = None
        self.ground: Ground | None = None
        if plot is not None and (plot.indicator.clouds or plot.indicator.guides):
            self.ground = Ground(plot)

    @property
    def pane_id(self) -> str:
        """The id of the pane that it belongs to."""
        where = self.chosen.pane
        indicator = self.chosen.indicator
        if not where and indicator is not None and indicator.place is not Place.BENEATH:
            where = indicator.place.value
        if where in FIXED:
            return where
        return f"pane-{where}" if where else self.own

    @property
    def computed(self) -> object:
        """All that its values depend on."""
        indicator = self.chosen.indicator
        parameters = self.chosen.parameters
        return (None if indicator is None else filled(indicator, parameters), self.chosen.pane)

    @property
    def ahead(self) -> int:
        """How many bars beyond the newest one it reaches."""
        if self.plot is None or self.plot.shown is None:
            return 0
        study = self.plot.shown.study
        return max(study.shift(line.id) for line in study.indicator.lines)
