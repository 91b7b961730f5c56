"""What the tests of the one window look for."""

from collections.abc import Sequence

from desk_under_test import RunningDesk
from PySide6.QtCore import Qt

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
RATE = 20.0


def streamed(d: RunningDesk, codes: Sequence[str]) -> bool:
    """Whether the exchange streams exactly these codes, and the person sees all of them live."""
    return d.subscribed("trades") == d.subscribed("depth") == set(codes) and d.live()


def bars(d: RunningDesk) -> int:
    """Return how many bars the chart has; it comes a moment after the window."""
    return int(d.shown()["chart"].get("bars", 0))
