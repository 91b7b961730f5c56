"""How the chart goes from bars to other bars: what a wheel, a drag, a key or a button asks for."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries
from alltick_desk.ui.chart.canvas import ChartCanvas
from alltick_desk.ui.chart.glide import Glide
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.pane import Pane
from alltick_desk.ui.theme import Theme

_ZOOM_KEY = 0.8
_PAGE = 0.8  # of the window
_KEY = Qt.Key


class ChartMoves(ChartCanvas):
    """The canvas with every way to other bars, and the crosshair to one bar.

    Attributes:
        glide: has bars run on after a drag, where the person wants that.
        on_moved: called when other bars are in view, or the scale was set by hand.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        on_inspect: Callable[[int | None], None],
        parent: QWidget | None = None,
    ) -> None:
        """``on_inspect`` is called with the bar under the crosshair, None when there is none."""
        super().__init__(theme, parent)
        self._on_inspect = on_inspect
        self.on_moved: Callable[[], None] = _nothing
        self.glide = Glide(self._run_on, self)
        self._place = QPointF()  # where the pointer was last
        self._steps: dict[int, Callable[[], None]] = {
            _KEY.Key_Left: partial(self._step, -1),
            _KEY.Key_Right: partial(self._step, 1),
            _KEY.Key_Home: self._go_home,
            _KEY.Key_End: self._go_to_end,
            _KEY.Key_PageUp: self._page_back,
            _KEY.Key_PageDown: self._page_on,
            _KEY.Key_Plus: self._zoom_in,
            _KEY.Key_Equal: self._zoom_in,
            _KEY.Key_Minus: self._zoom_out,
            _KEY.Key_0: self.show_newest,
            _KEY.Key_Escape: self._stop_inspecting,
        }

    def show_series(self, series: CandleSeries, interval: Interval, market: Market) -> None:
        """Draw another series, from its newest bars on."""
        self.glide.stop()
        super().show_series(series, interval, market)

    def set_look(self, look: ChartLook) -> None:
        """Look, and move, as the person wants it."""
        self.glide.on = look.inertia
        super().set_look(look)

    def show_newest(self) -> None:
        """Go back to the newest bars at the usual scale, every scale automatic."""
        self.glide.stop()
        for pane in self.stack:
            pane.manual = False
        self.window_.reset(self.axis.extent)
        self._moved()

    def go_to_now(self) -> None:
        """Go to the newest bars as wide as bars are now."""
        self.glide.stop()
        self.window_.go_to_end(self.axis.extent)
        self._moved()

    def show_places(self, left: float, right: float) -> None:
        """Show the slots of the x axis from ``left`` to ``right``."""
        self.window_.show(left, right, self.axis.extent)
        self._moved()

    def scale_automatically(self, pane: Pane) -> None:
        """Let a pane choose its scale by itself again."""
        pane.manual = False
        self._moved()

    def bring_into_view(self, index: int) -> None:
        """Move just as far as needed to have a bar in view."""
        self.window_.reveal(float(self.axis.place(float(index))), self.axis.extent)
        self._moved()

    def _inspect(self, index: int, level: float | None) -> None:
        self.crosshair.index = min(max(index, 0), len(self.series) - 1)
        self.crosshair.level = level
        self.place_crosshair()
        self._on_inspect(self.crosshair.index)

    def _stop_inspecting(self) -> None:
        self.crosshair.hide()
        self.place_crosshair()
        self._on_inspect(None)

    def _point_at(self, place: QPointF) -> None:
        self._place = place
        if len(self.series) and self.stack.area.contains(place):
            self._inspect(round(self.bar_at(place.x())), place.y())
        elif self.crosshair.index is not None:
            self._stop_inspecting()

    def _pan(self, slots: float) -> None:
        self.window_.pan(slots, self.axis.extent)
        self._moved()

    def _zoom(self, factor: float, anchor: float) -> None:
        self.window_.zoom(factor, anchor, self.axis.extent)
        self._moved()

    def _moved(self) -> None:
        self.refit()
        self.on_moved()

    # keys

    def _step(self, bars: int) -> None:
        newest = len(self.series) - 1
        index = self.crosshair.index
        if index is None:
            target = min(newest, int(self.axis.bar(self.window_.right - 0.5)))
        else:
            target = min(max(index + bars, 0), newest)
        self._go_to(target)

    def _go_to(self, index: int) -> None:
        self.window_.reveal(float(self.axis.place(float(index))), self.axis.extent)
        self.crosshair.index = index
        self._moved()
        self._inspect(index, None)

    def _go_home(self) -> None:
        self._go_to(0)

    def _go_to_end(self) -> None:
        self.window_.go_to_end(self.axis.extent)
        self._go_to(len(self.series) - 1)

    def _page_back(self) -> None:
        self._pan(-_PAGE * self.window_.span)

    def _page_on(self) -> None:
        self._pan(_PAGE * self.window_.span)

    def _zoom_in(self) -> None:
        self._zoom(_ZOOM_KEY, self._zoom_anchor())

    def _zoom_out(self) -> None:
        self._zoom(1.0 / _ZOOM_KEY, self._zoom_anchor())

    def _zoom_anchor(self) -> float:
        """Return the place of the bar under the crosshair, else of the newest in view."""
        if self.crosshair.index is not None:
            return float(self.axis.place(float(self.crosshair.index)))
        return min(self.window_.right, self.axis.extent - 0.5)

    # a drag of the bars

    def _drag_bars(self, right_px: float) -> bool:
        """Move the bars to the right; False where they do not go any further."""
        before = self.window_.left
        self._pan(-right_px / self.bar_px)
        return self.window_.left != before

    def _run_on(self, right_px: float) -> bool:
        """Move the bars after a drag; the crosshair stays beneath the pointer."""
        moved = self._drag_bars(right_px)
        if self.crosshair.index is not None:
            self._point_at(self._place)
        return moved


def _nothing() -> None:
    """Nobody wants to know yet."""
