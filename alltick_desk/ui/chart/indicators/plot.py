"""The layers of one indicator: its lines with their legend, and what lies beneath them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from alltick_desk.services.indicators.declaration import RISE_FALL, Draw, Indicator
from alltick_desk.services.indicators.parameters import filled
from alltick_desk.services.indicators.templates import Entry as Chosen
from alltick_desk.ui.chart.figures import UNKNOWN
from alltick_desk.ui.chart.indicators.palette import colour_of, pair_of
from alltick_desk.ui.chart.indicators.shapes import draw_cloud, draw_columns, draw_dots
from alltick_desk.ui.chart.indicators.values import Values
from alltick_desk.ui.chart.indicators.writing import IndicatorWriting
from alltick_desk.ui.chart.layers import NOTHING, Entry, Frame, Kept, Layer, PaneView
from alltick_desk.ui.chart.lines import draw_values, line_pen
from alltick_desk.ui.chart.pieces import mixed
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate

_LINE_PX = 1.35
_COLUMN_WASH = 0.7  # of a colour, in a column
_CLOUD_WASH = {True: 0.15, False: 0.12}  # in the dark, in the light
_EDGE_WASH = 0.6  # of the colour of a line that only bounds a cloud
_GUIDE_WASH = 0.55


class Plot(Layer):
    """An indicator's lines, columns and dots.

    Attributes:
        chosen: what the person wants; its indicator is known.
        values: what is drawn; None where it cannot be computed or says nothing.

    ``has_volume`` tells whether the series has volumes at all.
    """

    def __init__(
        self,
        chosen: Chosen,
        indicator: Indicator,
        values: Values | None,
        writing: IndicatorWriting,
        has_volume: Callable[[], bool],
    ) -> None:
        self.chosen, self.indicator = chosen, indicator
        self._label: Kept[str] = Kept()
        self.values = values
        self.writing = writing
        self._has_volume = has_volume

    @property
    def label(self) -> str:
        """What the legend calls it, e.g. ``MACD 12 26 9``."""
        parameters = self.chosen.parameters
        return self._label.get(
            parameters, lambda: self.indicator.label(filled(self.indicator, parameters))
        )

    @property
    def shown(self) -> Values | None:
        """What is drawn; None while it is hidden, or where there is no volume to draw it from."""
        if self.indicator.needs_volume and not self._has_volume():
            return None
        return self.values if self.chosen.visible else None

    # a layer

    def sync(self) -> int:
        values = self.shown
        return NOTHING if values is None else values.sync()

    def extent(self, frame: Frame) -> tuple[float, float] | None:
        values = self.shown
        return None if values is None else values.extent(frame)

    def legend(self, index: int, theme: Theme) -> Sequence[Entry]:
        if not self.chosen.visible:
            return (Entry(self.label, translate("Indicators", "(hidden)"), theme.muted),)
        values, label = self.shown, self.label
        if values is None:
            return (Entry(label, UNKNOWN, theme.muted),)
        found = values.at(index)
        alone = len(found) == 1
        rows = [] if alone else [Entry(label, "")]
        for line in self.indicator.lines:
            value = found[line.id]
            colour = self.chosen.colour(line.id)
            ink = colour_of(colour, theme)
            if colour == RISE_FALL and value < 0.0:
                ink = theme.down
            title = label if alone else translate("Indicators", line.title)
            rows.append(Entry(title, self.writing.text(value), ink))
        return rows

    def paint(self, painter: QPainter, view: PaneView) -> None:
        values, theme = self.shown, view.theme
        if values is None:
            return
        # Columns first: the lines of the same indicator stand upon them.
        for line in sorted(self.indicator.lines, key=lambda one: one.draw is not Draw.HISTOGRAM):
            curve, colour = values.curve(line.id), self.chosen.colour(line.id)
            ink = colour_of(colour, theme)
            match line.draw:
                case Draw.HISTOGRAM:
                    rise, fall = (
                        mixed(one, theme.base, _COLUMN_WASH) for one in pair_of(colour, theme)
                    )
                    draw_columns(painter, view, curve, rise, fall)
                case Draw.DOTS:
                    draw_dots(painter, view, curve, ink)
                case Draw.LINE:
                    if line.ahead:
                        ink = mixed(ink, theme.base, _EDGE_WASH)
                    draw_values(
                        *(painter, view, curve.values, curve.extremes, ink),
                        width=_LINE_PX,
                        shift=curve.shift,
                    )


class Ground(Layer):
    """What lies beneath an indicator's lines: its clouds, and the levels that are marked."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot

    def paint(self, painter: QPainter, view: PaneView) -> None:
        plot, theme = self._plot, view.theme
        if not plot.chosen.visible:
            return
        ink = mixed(theme.muted, theme.base, _GUIDE_WASH)
        pen = line_pen(ink, view.line, Qt.PenStyle.DashLine)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        for level in plot.indicator.guides:
            y = round(view.y_at(level)) + 0.5 * (view.line % 2)
            painter.drawLine(QPointF(view.area.left(), y), QPointF(view.area.right(), y))
        values = plot.shown
        if values is None:
            return
        for cloud in plot.indicator.clouds:
            own = plot.chosen.colour(cloud.first)
            declared = next(ln.colour for ln in plot.indicator.lines if ln.id == cloud.first)
            # A cloud of one colour follows its first line; two colours tell which is above.
            colour = own if cloud.colour == declared else cloud.colour
            rise, fall = pair_of(colour, theme)
            lines = values.curve(cloud.first), values.curve(cloud.second)
            draw_cloud(painter, view, lines, (_washed(rise, theme), _washed(fall, theme)))


def _washed(colour: QColor, theme: Theme) -> QColor:
    thin_one = QColor(colour)
    thin_one.setAlphaF(_CLOUD_WASH[theme.dark])
    return thin_one
