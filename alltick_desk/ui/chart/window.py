"""Which bars are in view: pure arithmetic on bar numbers."""

_DEFAULT_BARS = 150
_FEWEST_SLOTS = 40  # a handful of bars is not blown up to the whole width
_FEWEST_BARS = 8
_LEFT_IN_VIEW = 3
_MOST_AHEAD = 0.25  # of the bars


class Window:
    """The visible stretch of the x axis, in bars: bar i reaches from i - 0.5 to i + 0.5.

    Attributes:
        left, right: the edges.
        moved: whether the person has moved it; until then it shows the newest bars.
        ahead: how many slots after the newest bar have something to show.
    """

    __slots__ = ("ahead", "left", "moved", "right")

    def __init__(self, ahead: float = 0.0) -> None:
        self.ahead = ahead
        self.left = -0.5
        self.right = _DEFAULT_BARS - 0.5
        self.moved = False

    @property
    def span(self) -> float:
        """How many bars fit."""
        return self.right - self.left

    def reset(self, count: float) -> None:
        """Show the newest bars and a little room after them."""
        bars = max(min(count, _DEFAULT_BARS), _FEWEST_SLOTS)
        self.right = count - 0.5 + self._room(bars)
        self.left = self.right - bars - self._room(bars)
        self.moved = False

    def shows(self, index: float) -> bool:
        """Whether the middle of a bar is in view."""
        return self.left <= index <= self.right

    def pan(self, bars: float, count: float) -> None:
        """Move to later bars, or to earlier ones where negative."""
        self._set(self.left + bars, self.right + bars, count)

    def zoom(self, factor: float, anchor: float, count: float) -> None:
        """Show ``factor`` times as many bars; the place ``anchor`` stays where it is."""
        widest = max(1.25 * count, 2.0 * _FEWEST_SLOTS)
        span = min(max(self.span * factor, _FEWEST_BARS), widest)
        share = (anchor - self.left) / self.span
        left = anchor - share * span
        self._set(left, left + span, count)

    def show(self, left: float, right: float, count: float) -> None:
        """Show from one edge to the other, or as little more as there must be."""
        widest = max(1.25 * count, 2.0 * _FEWEST_SLOTS)
        span = min(max(right - left, _FEWEST_BARS), widest)
        middle = 0.5 * (left + right)
        self._set(middle - 0.5 * span, middle + 0.5 * span, count)

    def reveal(self, index: float, count: float) -> None:
        """Move just as far as needed to have a bar wholly in view."""
        if index - 0.5 < self.left:
            self.pan(index - 0.5 - self.left, count)
        elif index + 0.5 > self.right:
            self.pan(index + 0.5 - self.right, count)

    def go_to_end(self, count: float) -> None:
        """Show the newest bars at the same scale."""
        self.pan(count - 0.5 + self._room(self.span) - self.right, count)

    def follow(self, shift: float, old_count: float, count: float) -> None:
        """Keep the picture when bars came: ``shift`` in front, the others at the end.

        Who had the last bar in view keeps it in view; who looks at the past sees nothing move.
        """
        if not self.moved:
            self.reset(count)
            return
        at_end = self.shows(old_count - 1)
        move = count - old_count if at_end else shift
        self.left += move
        self.right += move
        self._set(self.left, self.right, count)

    def _set(self, left: float, right: float, count: float) -> None:
        span = right - left
        kept = min(_LEFT_IN_VIEW, count)
        left = min(max(left, kept - 0.5 - span), count - 0.5 - kept)
        self.left, self.right = left, left + span
        self.moved = True

    def _room(self, bars: float) -> float:
        """Return how many slots after the newest bar are in view with so many bars."""
        return max(1.0, 0.03 * bars, min(self.ahead, _MOST_AHEAD * bars))
