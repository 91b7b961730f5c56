"""Where the axes carry marks and what stands there: pure functions."""

import math
from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from alltick_desk.model.calendar import exchange_zone, roll_s
from alltick_desk.model.figures import signed
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import Floats, Times
from alltick_desk.ui.chart.figures import is_dated, price_text, volume_text

_DAY_S = 86_400
_HALF_DAY_S = 43_200
_MONTH_S = 30 * _DAY_S
_HALF_LABEL_PX = 8.0
_MONDAY_S = 4 * _DAY_S  # the first Monday of Unix time


class Tick(NamedTuple):
    """A mark on an axis."""

    at: float  # price, volume or bar number
    text: str
    major: bool = False  # a new day among hours, a new year among days


def _as_they_are(bars: Floats) -> Floats:
    return bars


class _Turns(NamedTuple):
    """Bars that begin something, with the wall clock of the bar before and of each itself."""

    bars: npt.NDArray[np.intp]
    seconds: Times  # of shape (2, n): before, at
    months: Times  # since 1970 began, likewise


class _Step(NamedTuple):
    seconds: int  # about, for months and years
    months: int = 0  # 0 for steps of even length


_YEARS = tuple(_Step(365 * _DAY_S * years, 12 * years) for years in (10, 5, 2, 1))
_MONTHS = tuple(_Step(_MONTH_S * months, months) for months in (6, 3, 1))
_WEEK_DAY = (_Step(7 * _DAY_S), _Step(_DAY_S))
_MINUTES = tuple(
    _Step(60 * minutes) for minutes in (720, 360, 240, 180, 120, 60, 30, 15, 10, 5, 2, 1)
)
_STEPS = (*_YEARS, *_MONTHS, *_WEEK_DAY, *_MINUTES)


def price_ticks(low: float, high: float, pixels: float, digits: int) -> list[Tick]:
    """Return round prices between two others, some 48 pixels apart, with exactly ``digits``."""
    return [
        Tick(value, price_text(value, digits))
        for value in _round_values(low, high, pixels / 48.0, 10.0**-digits)
    ]


def volume_ticks(high: float, pixels: float, *, chinese: bool = False) -> list[Tick]:
    """Return one or two round volumes above nothing, below where a label would be cut."""
    top = high * max(0.0, 1.0 - _HALF_LABEL_PX / max(pixels, 1.0))
    values = _round_values(0.0, top, pixels / 30.0, 0.0)
    if len(values) < 2:  # the first round volume would stand too high
        values = _round_values(0.0, top, pixels / 15.0, 0.0)
    return [
        Tick(value, volume_text(value, chinese=chinese)) for value in values[-2:] if value > 0.0
    ]


def percent_ticks(low: float, high: float, pixels: float, base: float) -> list[Tick]:
    """Return round percents of ``base`` between two prices; ``Tick.at`` are prices."""
    ends = sorted((price / base - 1.0) * 100.0 for price in (low, high))
    values = _round_values(ends[0], ends[1], pixels / 48.0, 0.01)
    digits = _digits_of(values)
    return [
        Tick(base * (1.0 + value / 100.0), f"{signed(value, digits)}%" if value else "0%")
        for value in values
    ]


def plain_ticks(low: float, high: float, pixels: float) -> list[Tick]:
    """Return round numbers, with as many digits as they need."""
    values = _round_values(low, high, pixels / 40.0, 0.0)
    digits = _digits_of(values)
    return [Tick(value, f"{value:.{digits}f}") for value in values]


def logarithmic_ticks(low: float, high: float, pixels: float, digits: int) -> list[Tick]:
    """Return round prices on a logarithmic scale, coarse ones first, some 40 pixels apart."""
    if not 0.0 < low < high:
        return []
    px = pixels / (math.log10(high) - math.log10(low))
    if high < 1.6 * low:  # nearly straight: steps of one size look best
        return price_ticks(low, high, pixels, digits)
    accepted: list[float] = []
    for step in ((1,), (5,), (2,), (3,), (7,), (1.5, 4), (2.5, 6, 8), (1.2, 1.8, 3.5, 9)):
        for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
            for value in (front * 10.0**power for front in step):
                if low <= value <= high and all(
                    abs(math.log10(value / other)) * px >= 30.0 for other in accepted
                ):
                    accepted.append(value)
    least = 10.0**-digits
    exact = sorted({round(round(value / least) * least, 12) for value in accepted} - {0.0})
    return [Tick(value, price_text(value, digits)) for value in exact]


def time_ticks(
    times: Times,
    bars: tuple[int, int],
    *,
    interval: Interval,
    market: Market,
    bar_px: float,
    least_px: float,
    zone: ZoneInfo | None = None,
    place: Callable[[Floats], Floats] = _as_they_are,
) -> list[Tick]:
    """Return marks at calendar steps, the coarsest steps first.

    Args:
        times: beginnings of all bars.
        bars: the first bar in view and the one after the last.
        bar_px: pixels of a slot of the axis.
        least_px: the least distance of two marks.
        zone: whose clock marks what is shorter than a day; None for the exchange's.
        place: turns bars into slots of the axis.
    """
    first, last = bars
    stride = max(1, int(1.0 / bar_px)) if bar_px > 0.0 else 1
    before = max(0, first - stride)  # a mark is where something differs from the bar before
    times = times[before:last:stride]
    if len(times) < 2:
        return []
    dated = is_dated(interval)
    if dated:
        local = _calendar_seconds(times, market)
    else:
        local = _wall_seconds(times, zone or exchange_zone(market))
    bar_s = interval.seconds or _bar_seconds(times)
    steps = [
        step
        for step in _STEPS
        if step.seconds * bar_px >= least_px * bar_s and not (dated and step.seconds < _DAY_S)
    ]
    turns = _turns(local, steps)
    places = place(before + stride * turns.bars.astype(np.float64)) * bar_px
    marked: list[int] = []
    for step in steps:
        _accept(_changes(turns, step), marked, places, least_px)
    accepted = turns.bars[marked].tolist()
    if not accepted:  # a few bars that lie within one step
        newest = int(local[-1])
        text, _ = _label(newest - (_DAY_S if dated else 0), newest, dated=dated)
        return [Tick(before + (len(times) - 1) * stride, text)]
    return [
        Tick(before + at * stride, *_label(int(local[at - 1]), int(local[at]), dated=dated))
        for at in accepted
    ]


def _round_values(low: float, high: float, wanted: float, least_step: float) -> list[float]:
    if not high > low:
        return []
    raw = max((high - low) / max(1.0, wanted), least_step)
    power = 10.0 ** math.floor(math.log10(raw) + 1e-9)
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= raw * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def _digits_of(values: list[float]) -> int:
    """Return how many digits evenly spaced numbers need behind the point."""
    if len(values) < 2:
        return 2
    step = values[1] - values[0]
    return max(0, -math.floor(math.log10(step) + 1e-9))


def _turns(local: Times, steps: list[_Step]) -> _Turns:
    """Return the few bars among all those in view that may begin one of the steps."""
    bars = np.empty(0, np.intp)
    if steps:
        finest = math.gcd(*(_DAY_S if step.months else step.seconds for step in steps))
        bars = np.flatnonzero(np.diff((local - _MONDAY_S) // finest)) + 1
    ends = np.stack((local[bars - 1], local[bars]))
    return _Turns(bars, ends, ends.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64))


def _changes(turns: _Turns, step: _Step) -> list[int]:
    """Return which of the turns lie in another step of the calendar than the bar before."""
    if step.months:
        before, at = turns.months // step.months
    else:
        begin = _MONDAY_S if step.seconds == 7 * _DAY_S else 0
        before, at = (turns.seconds - begin) // step.seconds
    found: list[int] = np.flatnonzero(before != at).tolist()
    return found


def _accept(candidates: list[int], accepted: list[int], places: Floats, distance: float) -> None:
    """Add the candidates that are far enough from all accepted ones, which stay sorted."""
    for candidate in candidates:
        place, at = bisect_left(accepted, candidate), places[candidate]
        clear_left = not place or at - places[accepted[place - 1]] >= distance
        clear_right = place == len(accepted) or places[accepted[place]] - at >= distance
        if clear_left and clear_right:
            accepted.insert(place, candidate)


def _label(before_s: int, at_s: int, *, dated: bool) -> tuple[str, bool]:
    """Write what is new at a bar, by wall-clock seconds; the second is whether it is major."""
    before = datetime.fromtimestamp(before_s, UTC)
    at = datetime.fromtimestamp(at_s, UTC)
    if dated:
        if at.year != before.year:
            return f"{at.year}", True
        if at.month != before.month:
            return f"{at.year}-{at.month:02}", False
        return f"{at.month:02}-{at.day:02}", False
    if at.year != before.year:
        return f"{at.year}-{at.month:02}-{at.day:02}", True
    if at.date() != before.date():
        return f"{at.month:02}-{at.day:02}", True
    return f"{at.hour:02}:{at.minute:02}", False


def _bar_seconds(times: Times) -> float:
    return max(1.0, float(times[-1] - times[0]) / (len(times) - 1))


def _calendar_seconds(times: Times, market: Market) -> Times:
    """Return midnights of the dates that daily and longer bars are stamped with.

    As ``bar_date`` does; an hour of summer time makes no difference to the nearest midnight.
    """
    shift = _offset_s(int(times[-1]), exchange_zone(market)) + roll_s(market) + _HALF_DAY_S
    return (times + shift) // _DAY_S * _DAY_S


def _wall_seconds(times: Times, zone: ZoneInfo) -> Times:
    """Return a zone's wall clock at each time, through changes of summer time."""
    at, last = int(times[0]) // _MONTH_S * _MONTH_S, int(times[-1])
    known = _offset_s(at, zone)
    local = times + known
    while at < last:
        after = at + _MONTH_S
        offset = _offset_s(after, zone)
        if offset != known:
            change = _change_between(at, after, zone)
            local[int(np.searchsorted(times, change)) :] += offset - known
            known = offset
        at = after
    return local


def _change_between(before: int, after: int, zone: ZoneInfo) -> int:
    """Return the first second at which the zone has the offset of ``after``."""
    new = _offset_s(after, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset_s(middle, zone) == new:
            after = middle
        else:
            before = middle
    return after


@lru_cache(4096)  # every frame asks for the same months
def _offset_s(time_s: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(time_s, UTC).astimezone(zone).utcoffset() or timedelta()
    return int(offset.total_seconds())
