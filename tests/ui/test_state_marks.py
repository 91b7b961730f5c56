"""The shapes of the states: each its own, whatever one sees of the colours."""

import itertools

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from alltick_desk.services.rows import RowState
from alltick_desk.ui.theme import make_theme
from alltick_desk.ui.watchlist.marks import state_colour, state_mark


def ink(state: RowState, size: int) -> list[float]:
    """Return how much of each pixel a state's shape covers, 0 to 1."""
    image = state_mark(state, QColor("black"), size, 1.0).toImage()
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    return [image.pixelColor(x, y).alphaF() for x in range(size) for y in range(size)]


@pytest.mark.parametrize("size", [9, 12, 24])
def test_no_two_states_look_alike_in_one_colour(qapp: QApplication, size: int) -> None:
    shapes = {state: ink(state, size) for state in RowState}
    for one, other in itertools.combinations(RowState, 2):
        apart = sum(abs(a - b) for a, b in zip(shapes[one], shapes[other], strict=True))
        assert apart > 0.02 * size * size, f"{one} and {other}"
    assert all(max(shape) > 0.8 for shape in shapes.values())


def test_a_limit_has_the_persons_colours_of_rise_and_fall(qapp: QApplication) -> None:
    for dark, palette in itertools.product((False, True), ("west", "china", "blue_orange")):
        theme = make_theme(dark=dark, palette=palette)
        assert state_colour(RowState.LIMIT_UP, theme) == theme.up
        assert state_colour(RowState.LIMIT_DOWN, theme) == theme.down
        assert state_colour(RowState.MARKET_CLOSED, theme) == theme.muted
        assert state_colour(RowState.HALTED, theme) == theme.warn
