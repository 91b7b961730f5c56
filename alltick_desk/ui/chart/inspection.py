"""The tools that every chart has: measuring and zooming to a box, held by a key or taken."""

from alltick_desk.ui.chart.box_zoom import BoxZoomTool
from alltick_desk.ui.chart.measure import MeasureTool
from alltick_desk.ui.chart.tools import Tool
from alltick_desk.ui.chart.view import ChartView


class InspectionTools:
    """Keeps the two tools of a view."""

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self._measure, self._box_zoom = MeasureTool(held=False), BoxZoomTool(held=False)
        view.tools.keep(MeasureTool(held=True))
        view.tools.keep(BoxZoomTool(held=True))

    @property
    def taken(self) -> tuple[bool, bool]:
        """Whether measuring is taken, and whether zooming to a box is."""
        active = self._view.tools.active
        return active is self._measure, active is self._box_zoom

    def take_measure(self, on: bool) -> None:
        """Take the measuring tool, or leave it."""
        self._take(self._measure, on=on)

    def take_box_zoom(self, on: bool) -> None:
        """Take the tool that zooms to a box, or leave it."""
        self._take(self._box_zoom, on=on)

    def _take(self, tool: Tool, *, on: bool) -> None:
        self._view.tools.take(tool if on else None)
        if on:
            self._view.setFocus()
