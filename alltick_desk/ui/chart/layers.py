"""What can be painted into a pane: the ``Layer`` protocol, and the item that carries a layer."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from alltick_desk.model.series import Floats
from alltick_desk.ui.chart.scale import Scale
from alltick_desk.ui.chart.x_axis import XAxis
from alltick_desk.ui.theme import Theme

if TYPE_CHECKING:
    from alltick_desk.ui.chart.pane import Pane

T = TypeVar("T")
NOTHING = 1 << 60  # a bar that never comes: ``Layer.sync`` where nothing changed
_FAR_PX = 1e6  # what lies beyond is cut before it overflows


class Frame(NamedTuple):
    """What all panes show now.

    Attributes:
        first, last: the first bar in view and the one after the last.
        group: how many bars share a column when zoomed out; groups begin at multiples of it.
        total: how many bars there are.
        axis: where bars stand.
        version: grows whenever the view or anything but the live tail has changed.
        provisional: whether the last bar is still in progress.
    """

    first: int
    last: int
    group: int
    total: int
    axis: XAxis
    version: int
    theme: Theme
    provisional: bool = False

    @property
    def live_first(self) -> int:
        """The first bar of the group that the last bar is in."""
        return max(0, (self.total - 1) // self.group * self.group)

    @property
    def tail(self) -> "Frame":
        """The same of nothing but that group."""
        return self._replace(first=self.live_first, last=self.total)


class Entry(NamedTuple):
    """One figure in a pane's legend: ``MA 20  612.500``; no colour for the theme's text."""

    label: str
    value: str
    colour: QColor | None = None


class PaneView:
    """What a layer paints into: turns bars and values into the painter's device pixels.

    Attributes:
        frame: which bars are in view.
        scale: the pane's; for what ``y`` cannot tell.
        area: the pane, in device pixels.
        slot: the width of a bar's slot, in device pixels.
        ratio: how many device pixels are one of the view's, and ``line`` how many a thin line is
            wide.
        exposed: the first and last place, in bars, that need painting; more may be painted.
        key: equal as long as everything painted before is still right, but for the live tail.
    """

    __slots__ = (
        *("_dx", "_dy", "_m22", "area", "exposed"),
        *("frame", "key", "line", "ratio", "scale", "slot"),
    )

    def __init__(
        self, frame: Frame, scale: Scale, to_device: QTransform, ratio: float, exposed: QRectF
    ) -> None:
        self.scale = scale
        self.slot, self._dx = to_device.m11(), to_device.dx()
        self._m22, self._dy = to_device.m22(), to_device.dy()
        self.ratio, self.line = ratio, max(1, round(ratio))
        area = scale.area
        self.area = QRectF(
            area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio
        )
        self.key = (frame.version, self.slot, self._dx, self._m22, self._dy, scale.logarithmic)
        self.expose(frame, exposed)

    def expose(self, frame: Frame, exposed: QRectF) -> None:
        """Show another area of the view; ``frame`` is of the same version."""
        self.frame = frame
        left, right = exposed.left() * self.ratio, exposed.right() * self.ratio
        self.exposed = (
            frame.axis.bar((left - self._dx) / self.slot) - 1.0,
            frame.axis.bar((right - self._dx) / self.slot) + 1.0,
        )

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self.frame.theme

    def x(self, bars: Floats) -> Floats:
        """Return the middles of bars."""
        return self.frame.axis.place(bars) * self.slot + self._dx

    def edges(self, first: Floats, counts: Floats | float) -> tuple[Floats, Floats]:
        """Return the left and right edges of so many slots each, from a bar's on."""
        left = self.frame.axis.place(first) - 0.5
        return left * self.slot + self._dx, (left + counts) * self.slot + self._dx

    def of_places(self, places: Floats) -> Floats:
        """Return where slots of the x axis stand."""
        return places * self.slot + self._dx

    def y(self, values: Floats) -> Floats:
        """Return the heights of values; NaN where one has no place on the scale."""
        heights = self.scale.units(values) * self._m22 + self._dy
        return np.maximum(np.minimum(heights, _FAR_PX), -_FAR_PX)

    def x_at(self, bar: float) -> float:
        """Return the middle of one bar."""
        return float(self.frame.axis.place(bar)) * self.slot + self._dx

    def y_at(self, value: float) -> float:
        """Return the height of one value; NaN where it has no place."""
        height = self.scale.unit(value) * self._m22 + self._dy
        return min(max(height, -_FAR_PX), _FAR_PX)


class Kept(Generic[T]):
    """Something made for one view, made again only for another one."""

    __slots__ = ("_key", "_made")

    def __init__(self) -> None:
        self._key: object = None
        self._made: T | None = None

    def get(self, key: object, make: Callable[[], T]) -> T:
        """Return what was made for ``key``, a tuple say; ``make`` it where there is no such."""
        if self._made is None or key != self._key:
            self._made = make()
            self._key = key
        return self._made


class Layer(Protocol):
    """One thing in a pane: candles, volumes, an indicator's line, a person's drawings.

    Subclass it; only ``paint`` has to be written.
    """

    def sync(self) -> int:
        """Take over what changed in the data; called before every painting, and on every tick.

        Returns the first bar whose picture may differ from what was painted: NOTHING for none,
        0 for all. Only from there on is painted anew, between the heights that ``extent`` gives
        for those bars, so a live tail costs next to nothing. (Where a layer that changed has no
        extent, it is the whole height.)
        """
        return NOTHING

    def extent(self, frame: Frame) -> tuple[float, float] | None:  # noqa: ARG002
        """Return the lowest and highest value of the frame's bars; None to have no say.

        Called on every tick too, with the last bars alone: it must be quick there.
        """
        return None

    def legend(self, index: int, theme: Theme) -> Sequence[Entry]:  # noqa: ARG002
        """Return what the legend says at a bar; nothing for a layer that has no legend."""
        return ()

    def paint(self, painter: QPainter, view: PaneView) -> None:
        """Paint in device pixels, clipped to the pane.

        What takes long is kept by ``view.key`` (``Kept``), and of long lines no more is painted
        than ``view.exposed``. The painter comes with no brush, a cosmetic pen of one pixel, and no
        antialiasing; all of that may be changed and needs not be restored.
        """
        ...


class LayerItem(QGraphicsRectItem):
    """Carries a layer in its pane's ViewBox, and paints it in the device's own pixels.

    It fills the ViewBox, whatever is in view: no geometry changes where bars move or a scale
    does, and every edge is sharp at any zoom and any scale factor. The pane prepares the painter,
    once for all of its layers.

    Attributes:
        z: what lies higher is painted later.
    """

    def __init__(self, layer: Layer, pane: "Pane", z: float) -> None:
        super().__init__()
        self.layer = layer
        self._pane = pane
        self.setPen(Qt.PenStyle.NoPen)  # which would make it larger
        self.z = z
        self.setZValue(z)

    # Qt

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem | None = None,  # noqa: ARG002
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        view = self._pane.view()
        if view is not None:
            painter.save()
            self.layer.paint(painter, view)
            painter.restore()
