"""The stack of panes: who has how much of the height, and the borders between them."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QRectF

from alltick_desk.ui.chart.pane import Pane

_GRIP_PX = 4.0
_EMPTY = QRectF()


class Stack:
    """The panes from top to bottom.

    The first one added is the main one: it stays when the room is too low for all.
    """

    def __init__(self) -> None:
        self._panes: list[Pane] = []
        self._main: Pane | None = None

    def __iter__(self) -> Iterator[Pane]:
        return iter(tuple(self._panes))

    @property
    def shown(self) -> list[Pane]:
        """The panes that stand in the view."""
        return [pane for pane in self._panes if not pane.area.isEmpty()]

    @property
    def area(self) -> QRectF:
        """All panes together."""
        whole = QRectF()
        for pane in self.shown:
            whole = whole.united(pane.area)
        return whole

    @property
    def borders(self) -> list[float]:
        """The heights in the view between one pane and the next."""
        return [pane.area.top() for pane in self.shown[1:]]

    @property
    def axis_texts(self) -> list[str]:
        """What stands on the panes' axes, and the widest that may come to stand there."""
        texts = []
        for pane in self.shown:
            texts += [tick.text for tick in pane.ticks]
            texts += [pane.writing.text(edge) for edge in (pane.scale.low, pane.scale.high)]
        return texts

    def find(self, name: str) -> Pane | None:
        """Return the pane of an id."""
        return next((pane for pane in self._panes if pane.id == name), None)

    def add(self, pane: Pane, before: Pane | None = None) -> None:
        """Put a pane at the foot, or above another."""
        self._main = self._main or pane
        place = len(self._panes) if before is None else self._panes.index(before)
        self._panes.insert(place, pane)

    def remove(self, pane: Pane) -> None:
        """Take a pane out."""
        self._panes.remove(pane)

    def move(self, pane: Pane, steps: int) -> bool:
        """Move a pane down among those that are shown, up where negative; False at an end."""
        shown = self.shown
        place = shown.index(pane) + steps
        if not 0 <= place < len(shown) or not steps:
            return False
        other = shown[place]
        self._panes.remove(pane)
        self._panes.insert(self._panes.index(other) + (steps > 0), pane)
        return True

    def at(self, y: float) -> Pane | None:
        """Return the pane at a height of the view."""
        return next((p for p in self.shown if p.area.top() <= y < p.area.bottom()), None)

    def border_at(self, y: float) -> int | None:
        """Return which border is near enough to a height to be taken."""
        for number, border in enumerate(self.borders):
            if abs(y - border) <= _GRIP_PX:
                return number
        return None

    def drag(self, border: int, y: float) -> None:
        """Bring a border to a height, as far as its two panes allow."""
        above, below = self.shown[border : border + 2]
        top, bottom = above.area.top() + above.least_px, below.area.bottom() - below.least_px
        if bottom < top:
            return
        height = min(max(y, top), bottom) - above.area.top()
        both = above.area.height() + below.area.height()
        weights = above.weight + below.weight
        above.weight = weights * height / both
        below.weight = weights - above.weight

    def arrange(self, width: float, height: float, axis_px: float) -> None:
        """Share out the room; lower panes give way where it is too low for all of them."""
        panes = [pane for pane in self._panes if pane.wanted]
        while len(panes) > 1 and sum(pane.least_px for pane in panes) > height:
            panes.remove(next(p for p in reversed(panes) if p is not self._main))
        plot = max(1.0, width - axis_px)
        heights = _shares(panes, height)
        top = 0.0
        for pane in self._panes:
            if pane not in panes:
                pane.stand(_EMPTY, _EMPTY)
        for pane, share in zip(panes, heights, strict=True):
            pane.stand(QRectF(0.0, top, plot, share), QRectF(plot, top, axis_px, share))
            top += share

    def weights(self) -> dict[str, float]:
        """Return every pane's share of the height, to be kept in a file."""
        return {pane.id: round(pane.weight, 2) for pane in self._panes}

    def set_weights(self, weights: Mapping[str, float]) -> None:
        """Share out the height as it was kept, for those panes that are here."""
        for pane in self._panes:
            pane.weight = weights.get(pane.id, pane.weight)


def _shares(panes: list[Pane], height: float) -> list[float]:
    """Return whole heights by weight, none below its least."""
    free, weights = height, sum(pane.weight for pane in panes)
    fixed: dict[int, float] = {}
    for place, pane in sorted(enumerate(panes), key=lambda one: one[1].weight / one[1].least_px):
        if pane.weight / weights * free < pane.least_px and len(fixed) < len(panes) - 1:
            fixed[place] = pane.least_px
            free -= pane.least_px
            weights -= pane.weight
    heights = [
        fixed.get(place, round(pane.weight / weights * free)) for place, pane in enumerate(panes)
    ]
    widest = max(range(len(panes)), key=heights.__getitem__, default=None)
    if widest is not None:
        heights[widest] += height - sum(heights)
    return heights
