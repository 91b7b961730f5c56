"""A drawing of each kind on a chart, and where it can be taken."""

import pytest
from drawdesk import DrawDesk
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from alltick_desk.model.drawings import Kind
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.scale import ScaleKind

SHARES = ((0.2, 0.7), (0.5, 0.3), (0.6, 0.6))
# A place at each kind, away from its handles, drawn through SHARES.
BODIES = {
    Kind.TREND: (0.35, 0.5),
    Kind.RAY: (0.575, 0.2),
    Kind.HORIZONTAL: (0.8, 0.7),
    Kind.VERTICAL: (0.2, 0.2),
    Kind.CHANNEL: (0.35, 0.5),
    Kind.RECTANGLE: (0.35, 0.7),
    Kind.FIBONACCI: (0.4, 0.7),
    Kind.TEXT: (0.21, 0.685),
    Kind.ARROW: (0.35, 0.5),
}
INVERTED_LOG = ChartLook(scale=ScaleKind.LOGARITHMIC, inverted=True)
SCALES = [ChartLook(), INVERTED_LOG, ChartLook(by_clock=True)]
KINDS = pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
LOOKS = pytest.mark.parametrize("look", SCALES, ids=["linear", "log inverted", "by clock"])
CENTRE = (0.8, 0.9)  # where nothing is


def drawn(qtbot: QtBot, kind: Kind, look: ChartLook | None = None) -> DrawDesk:
    desk = DrawDesk(qtbot, look)
    desk.draw(kind, *SHARES)
    desk.click(CENTRE)
    assert desk.board.selection == frozenset()
    return desk


def moved_by(desk: DrawDesk, before: list[QPointF]) -> list[tuple[float, float]]:
    ways = [after - was for after, was in zip(desk.shown(), before, strict=True)]
    return [(way.x(), way.y()) for way in ways]
