"""The small pictures that rows share, each drawn once per theme and screen."""

from collections.abc import Callable

from PySide6.QtGui import QColor, QPixmap

from alltick_desk.services.quotes import RowState
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.watchlist.marks import state_mark, vendor_tag
from alltick_desk.ui.watchlist.measure import Measure
from alltick_desk.ui.watchlist.sketch import arrow, pin


class Stamps:
    """Marks of states, tags of vendors and arrows; have a theme before the first is asked for.

    ``outlined`` is the title of the vendor whose tag is an outline; the others' are filled.
    """

    def __init__(self, measure: Measure, outlined: str) -> None:
        self._measure = measure
        self._outlined = outlined
        self._ratio = 1.0
        self._made: dict[tuple[object, ...], QPixmap] = {}

    def set_theme(self, theme: Theme) -> None:
        """Use other colours from now on."""
        self._theme = theme
        self._made.clear()

    def set_ratio(self, ratio: float) -> None:
        """Draw for a screen of so many device pixels to a pixel."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._made.clear()

    def state(self, state: RowState, colour: QColor) -> QPixmap:
        """Return a state's mark."""
        size = self._measure.mark
        return self._of((state,), lambda: state_mark(state, colour, size, self._ratio))

    def tag(self, title: str) -> QPixmap:
        """Return a vendor's tag."""
        return self._of(
            ("tag", title),
            lambda: vendor_tag(
                title[:1],
                self._measure.font,
                self._theme,
                self._measure.tag,
                self._ratio,
                filled=title != self._outlined,
            ),
        )

    def arrow(self, sign: int, colour: QColor) -> QPixmap:
        """Return an arrow up (1) or down (-1)."""
        key = "arrow", sign, colour.rgb()
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = arrow(sign > 0, colour, self._measure.arrow, self._ratio)
        return made

    def pin(self) -> QPixmap:
        """Return the sign of a pinned row."""
        size, colour = self._measure.mark, self._theme.accent
        return self._of(("pin",), lambda: pin(colour, size, self._ratio))

    def _of(self, key: tuple[object, ...], make: Callable[[], QPixmap]) -> QPixmap:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = make()
        return made
