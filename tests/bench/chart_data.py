"""Candles for the chart's benchmarks: the same for every program; needs numpy alone."""

import math
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 1600, 900
BEGIN_S = 1_700_000_040
FRAMES = 240
FEW = 40  # for who takes long, and is judged by the median
WARM = 20  # frames that are left out

Columns = tuple[npt.NDArray[np.float64], ...]


def columns(bars: int) -> Columns:
    """Return open, high, low, close and volume of minutes that wander."""
    random = np.random.default_rng(7)
    close = 600.0 * np.exp(np.cumsum(random.normal(size=bars) * 2e-4))
    opened = np.concatenate(([600.0], close[:-1]))
    high = np.maximum(opened, close) * (1.0 + np.abs(random.normal(size=bars)) * 1e-4)
    low = np.minimum(opened, close) * (1.0 - np.abs(random.normal(size=bars)) * 1e-4)
    return opened, high, low, close, random.gamma(2.0, 900.0, bars)


def times(bars: int) -> npt.NDArray[np.int64]:
    """Return the beginnings of the minutes, Unix seconds."""
    return BEGIN_S + 60 * np.arange(bars, dtype=np.int64)


class Spent(NamedTuple):
    """How long frames took, in milliseconds, the shortest first.

    ``clock`` is the wall's; ``work`` the processor time of this process, in which a frame that
    other programs interrupted is no longer than its neighbours.
    """

    clock: list[float]
    work: list[float]


def frames(act: Callable[[int], None], paint: Callable[[], None], count: int = FRAMES) -> Spent:
    """Act and paint many times."""
    clock, work = [], []
    for number in range(count):
        begun_s, worked_s = time.perf_counter(), time.process_time()
        act(number)
        paint()
        work.append((time.process_time() - worked_s) * 1000.0)
        clock.append((time.perf_counter() - begun_s) * 1000.0)
    warm = min(WARM, count // 4)
    return Spent(sorted(clock[warm:]), sorted(work[warm:]))


def middle(spent: list[float]) -> float:
    """Return the median."""
    return spent[len(spent) // 2]


def worst(spent: list[float]) -> float:
    """Return the 99th percentile."""
    return spent[math.ceil(0.99 * len(spent)) - 1]
