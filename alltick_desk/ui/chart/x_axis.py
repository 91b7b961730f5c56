"""The x axis: where bars stand, in slots; one slot is as wide as a bar.

``IndexAxis`` puts bar after bar, so that nights and weekends take no room. ``ClockAxis`` gives
every span of time the same room. Either knows where moments stand, as ``model.time_axis`` does.
"""

import math
from typing import Protocol, TypeVar, cast

import numpy as np

from alltick_desk.model.interval import Interval
from alltick_desk.model.series import Floats, Times
from alltick_desk.model.time_axis import TimeAxis

_DAY = 86_400.0
_SPANS = {Interval.D1: _DAY, Interval.W1: 7.0 * _DAY, Interval.MO1: 365.2425 / 12.0 * _DAY}

Number = TypeVar("Number", float, Floats)


class XAxis(Protocol):
    """Where the bars of a series stand; there is a new one whenever bars come or go."""

    @property
    def extent(self) -> float:
        """How many slots there are from the first bar to the last."""

    def place(self, bars: Number) -> Number:
        """Return the slots of bars; before the first and after the last a bar is a slot.

        A bar fills its slot from 0.5 before its place to 0.5 after it.
        """

    def bar(self, place: float) -> float:
        """Return the bar at a place, between two of them a fraction."""

    def between(self, left: float, right: float) -> tuple[int, int]:
        """Return the first bar in view between two places, and the one after the last."""

    def edges(self, after: Floats, times: Floats) -> Floats:
        """Return the places of moments between bars ``after`` and the next, Unix seconds."""

    def index_at(self, time_s: float) -> float:
        """Return the bar, with its fraction, at a moment (Unix seconds)."""

    def time_at(self, index: float) -> float:
        """Return the moment at a bar with its fraction, Unix seconds."""


class IndexAxis:
    """Bar i stands at slot i."""

    def __init__(self, times: Times, interval: Interval) -> None:
        self._times = times
        self._interval = interval
        self._moments: TimeAxis | None = None

    @property
    def extent(self) -> float:
        return float(len(self._times))

    def place(self, bars: Number) -> Number:
        return bars

    def bar(self, place: float) -> float:
        return place

    def between(self, left: float, right: float) -> tuple[int, int]:
        count = len(self._times)
        first = min(max(0, math.floor(left + 0.5)), max(0, count - 1))
        return first, max(first, min(count, math.floor(right + 0.5) + 1))

    def edges(self, after: Floats, times: Floats) -> Floats:  # noqa: ARG002
        return after + 0.5

    def index_at(self, time_s: float) -> float:
        return self._known().index_at(time_s)

    def time_at(self, index: float) -> float:
        return self._known().time_at(index)

    def _known(self) -> TimeAxis:
        if self._moments is None:
            self._moments = TimeAxis(self._times, self._interval)
        return self._moments


class ClockAxis:
    """A bar stands where its time does; bars that are missing leave their room empty."""

    def __init__(self, times: Times, interval: Interval) -> None:
        self._times = times
        self._begin_s = float(times[0]) if len(times) else 0.0
        self._bar_s = float(interval.seconds or _SPANS[interval])

    @property
    def extent(self) -> float:
        count = len(self._times)
        return float(self.place(float(count - 1))) + 1.0 if count else 0.0

    def place(self, bars: Number) -> Number:
        newest = len(self._times) - 1
        if newest < 0:
            return bars
        given = np.asarray(bars, np.float64)
        before = np.clip(np.floor(given), 0, newest).astype(np.int64)
        after = np.minimum(before + 1, newest)
        share = np.clip(given - before, 0.0, 1.0)
        since = self._times[before] - self._begin_s
        since = since + share * (self._times[after] - self._times[before])
        beyond = np.minimum(given, 0.0) + np.maximum(given - newest, 0.0)
        return cast("Number", since / self._bar_s + beyond)

    def bar(self, place: float) -> float:
        times, newest = self._times, len(self._times) - 1
        if newest < 0:
            return place
        time_s = self._begin_s + place * self._bar_s
        if place <= 0.0 or time_s >= times[newest]:
            return place if place <= 0.0 else newest + (time_s - times[newest]) / self._bar_s
        before = int(np.searchsorted(times, time_s, side="right")) - 1
        span = float(times[before + 1] - times[before])
        return before + (time_s - float(times[before])) / span

    def between(self, left: float, right: float) -> tuple[int, int]:
        times = self._times
        count = len(times)
        first_s = self._begin_s + (left - 0.5) * self._bar_s
        last_s = self._begin_s + (right + 0.5) * self._bar_s
        first = min(int(np.searchsorted(times, first_s, side="left")), max(0, count - 1))
        return first, max(first, int(np.searchsorted(times, last_s, side="right")))

    def edges(self, after: Floats, times: Floats) -> Floats:  # noqa: ARG002
        return (times - self._begin_s) / self._bar_s - 0.5

    def index_at(self, time_s: float) -> float:
        return self.bar((time_s - self._begin_s) / self._bar_s - 0.5)

    def time_at(self, index: float) -> float:
        return self._begin_s + (float(self.place(index)) + 0.5) * self._bar_s
