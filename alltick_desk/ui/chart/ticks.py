"""Where the axes carry marks and what stands there: pure functions."""

import math
from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from alltick_desk.model.calendar import exchange_zone, roll_s
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries, Times
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


def time_ticks(
    series: CandleSeries,
    bars: tuple[int, int],
    *,
    interval: Interval,
    market: Market,
    bar_px: float,
    least_px: float,
) -> list[Tick]:
    """Return marks at calendar steps in the exchange's zone, the coarsest steps first.

    Args:
        bars: the first bar in view and the one after the last.
        bar_px: pixels from bar to bar.
        least_px: the least distance of two marks.
    """
    first, last = bars
    stride = max(1, int(0.5 / bar_px)) if bar_px > 0.0 else 1
    before = max(0, first - stride)  # a mark is where something differs from the bar before
    times = series.time[before:last:stride]
    if len(times) < 2:
        return []
    dated = is_dated(interval)
    local = _calendar_seconds(times, market) if dated else _wall_seconds(times, market)
    bar_s = interval.seconds or _bar_seconds(times)
    accepted: list[int] = []
    for step in _STEPS:
        if dated and step.seconds < _DAY_S:
            break
        if step.seconds * bar_px / bar_s < least_px:
            break
        _accept(_changes(local, step), accepted, least_px / (bar_px * stride))
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


def _changes(local: Times, step: _Step) -> list[int]:
    """Return where a bar lies in another step of the calendar than the one before it."""
    if step.months:
        buckets = local.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
        buckets //= step.months
    elif step.seconds == 7 * _DAY_S:
        buckets = (local - _MONDAY_S) // step.seconds
    else:
        buckets = local // step.seconds
    return (np.flatnonzero(np.diff(buckets)) + 1).tolist()


def _accept(candidates: list[int], accepted: list[int], distance: float) -> None:
    """Add the candidates that are far enough from all accepted ones, which stay sorted."""
    for candidate in candidates:
        place = bisect_left(accepted, candidate)
        clear_left = not place or candidate - accepted[place - 1] >= distance
        clear_right = place == len(accepted) or accepted[place] - candidate >= distance
        if clear_left and clear_right:
            accepted.insert(place, candidate)


def _label(before_s: int, at_s: int, *, dated: bool) -> tuple[str, bool]:
    """Write what is new at a bar, by wall-clock seconds; the second is whether it is major."""
    before = datetime.fromtimestamp(before_s, UTC)
    at = datetime.fromtimestamp(at_s, UTC)
    if dated:
        if at.year != before.year:
            return f"{at:%Y}", True
        if at.month != before.month:
            return f"{at:%Y-%m}", False
        return f"{at:%m-%d}", False
    if at.year != before.year:
        return f"{at:%Y-%m-%d}", True
    if at.date() != before.date():
        return f"{at:%m-%d}", True
    return f"{at:%H:%M}", False


def _bar_seconds(times: Times) -> float:
    return max(1.0, float(times[-1] - times[0]) / (len(times) - 1))


def _calendar_seconds(times: Times, market: Market) -> Times:
    """Return midnights of the dates that daily and longer bars are stamped with.

    As ``bar_date`` does; an hour of summer time makes no difference to the nearest midnight.
    """
    shift = _offset_s(int(times[-1]), exchange_zone(market)) + roll_s(market) + _HALF_DAY_S
    return (times + shift) // _DAY_S * _DAY_S


def _wall_seconds(times: Times, market: Market) -> Times:
    """Return the exchange's wall clock at each time, through changes of summer time."""
    zone = exchange_zone(market)
    first, last = int(times[0]), int(times[-1])
    local = times + _offset_s(first, zone)
    at, known = first, _offset_s(first, zone)
    while at < last:
        after = min(at + _MONTH_S, last)
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


def _offset_s(time_s: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(time_s, UTC).astimezone(zone).utcoffset() or timedelta()
    return int(offset.total_seconds())
