"""Dividing a stretch of trading: its way, its volume and its moments, by luck that sums up.

``draw`` is a source of numbers in [0, 1), the same ones each time the same stretch is divided.
"""

from collections.abc import Callable, Sequence


def bridge(
    draw: Callable[[], float], count: int, prices: tuple[float, float, float, float]
) -> list[float]:
    """Return ``count`` prices that lead from an open to a close, within a high and a low."""
    first, high, low, last = prices
    steps = count - 1
    walk, height = [0.0], 0.0
    for _ in range(steps):
        height += draw() + draw() - 1.0
        walk.append(height)
    drift, slope = height / steps, (last - first) / steps
    walk = [height - drift * i for i, height in enumerate(walk)]
    width = max(walk) - min(walk)
    scale = 0.8 * (high - low) / width if width > 1e-9 else 0.0
    points = [first]
    for i in range(1, steps):
        price = first + slope * i + scale * walk[i]
        # What would leave the room is thrown back into it.
        if price > high:
            price = max(low, 2.0 * high - price)
        elif price < low:
            price = min(high, 2.0 * low - price)
        points.append(price)
    points.append(last)
    return points


def portions(units: int, weights: Sequence[float]) -> list[int]:
    """Divide whole units in proportion to the weights; the portions sum to the whole.

    Where there are enough units, every portion gets at least one.
    """
    least = 1 if units >= len(weights) else 0
    units -= least * len(weights)
    scale = units / sum(weights)
    portions, given, wanted = [], 0, 0.0
    for weight in weights:
        wanted += weight * scale
        portion = round(wanted) - given
        portions.append(least + portion)
        given += portion
    portions[-1] += units - given
    return portions


def burst_times(draw: Callable[[], float], count: int) -> list[int]:
    """Return sorted offsets into a minute (ms), more than half of them in bursts."""
    centres = [draw() * 58_000.0 for _ in range(1 + count // 12)]
    times = []
    for _ in range(count):
        if draw() < 0.55:
            centre = centres[int(draw() * len(centres))]
            times.append(int(centre + 900.0 * draw() * draw()))
        else:
            times.append(int(draw() * 59_900.0))
    times.sort()
    return times
