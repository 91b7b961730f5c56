"""What a chart says of this moment, whether a tick comes or not: time left of the bar, bid, ask."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from alltick_desk.services.charts import ChartSession
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.moment import seconds_left, sides_of
from alltick_desk.ui.chart.quote_lines import Sides, countdown_text
from alltick_desk.ui.chart.view import ChartView

_SECOND_MS = 1000


class Timing:
    """Counts the newest bar down and keeps both sides in place.

    Args:
        view: the chart.
        panel: while it is hidden nothing is counted.
        wall_ms: the clock by which bars end; None counts nothing.

    Attributes:
        sides: gives bid and ask as the vendor writes them, "" for none.
    """

    def __init__(self, view: ChartView, panel: QWidget, wall_ms: Callable[[], int] | None) -> None:
        self.sides: Callable[[], tuple[str, str]] = _no_sides
        self._view, self._panel, self._wall_ms = view, panel, wall_ms
        self._session: ChartSession | None = None
        self._look = ChartLook()
        self._second = QTimer(panel)
        self._second.setInterval(_SECOND_MS)
        self._second.timeout.connect(self.count_down)

    def bind(self, session: ChartSession) -> None:
        """Count down the bars of a session."""
        self._session = session

    def set_look(self, look: ChartLook) -> None:
        """Show of it what the person wants."""
        self._look = look
        self.count_down()
        self._show_sides()

    def count_down(self) -> None:
        """Say how long the newest bar has to go, and again every second."""
        session = self._session
        shown = self._look.countdown and self._panel.isVisible()
        if session is None or not shown or self._wall_ms is None:
            self._second.stop()
            self._view.set_moment(remaining="")
            return
        left = seconds_left(session.series, session.interval, session.market, self._wall_ms())
        self._view.set_moment(remaining=countdown_text(left))
        if not self._second.isActive():
            self._second.start()

    def on_frame(self) -> None:
        """Follow bid and ask."""
        if self._look.bid_ask:
            self._show_sides()

    def pause(self) -> None:
        """Count nothing until the next ``count_down``."""
        self._second.stop()

    def _show_sides(self) -> None:
        sides = sides_of(self.sides()) if self._look.bid_ask else Sides(None, None)
        self._view.set_moment(sides=sides)


def _no_sides() -> tuple[str, str]:
    return "", ""
