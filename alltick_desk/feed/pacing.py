"""How long work that never ends leaves between its calls, so that a budget lasts. Pure.

A count of calls over a span comes in with what it will drop and when. Calls at the gap that is
returned could go on for ever: at every later moment the count holds no more than it may. Asked
again before each call, the gap follows what others have spent meanwhile.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

PART = 0.75  # of what background work may use; the rest of it is for work that ends


class Drop(NamedTuple):
    """Calls that a count will hold no more."""

    in_s: float
    calls: int


class Pace(NamedTuple):
    """How fast endless background work may go on.

    Attributes:
        gap_s: between two of its calls; infinite where none is allowed.
        free_s: until the next could go, if nobody else waits.
    """

    gap_s: float
    free_s: float


def steady_gap_s(calls: int, span_s: float, drops: Iterable[Drop]) -> float:
    """Return the shortest even gap that keeps "at most ``calls`` in any ``span_s``".

    ``drops`` are the calls that count now, by when they do not any more.
    """
    if calls <= 0:
        return math.inf
    ordered = sorted(drops)
    room = calls - sum(drop.calls for drop in ordered)
    gap_s = span_s / calls
    for drop in ordered:
        # Before this moment no more than ``room`` may go: one more may go right after it.
        gap_s = max(gap_s, drop.in_s / (max(room, 0) + 1))
        room += drop.calls
    return gap_s
