"""The window's memory: ten minutes under the load of ``window.py``, after five that are left out.

By then every row was streamed and painted, and what is kept of texts and glyphs has filled. Growth
is the slope of the line of least squares, as what ten minutes add; the lines of the day take all
their room at once, so they are no excuse. Blocks are what Python has allocated, thus every object
of it and most of what objects hold; what they gained is told by class where they grow.

It is not part of a run of all benchmarks, since it takes a quarter of an hour.
"""

import statistics
import sys
from collections import Counter
from collections.abc import Sequence

from harness import Figure, at_most, told
from window import TRADING, Loaded, run

WARM_S, SPAN_S = 300, 600
RSS_MB, BLOCKS = 2.0, 2.0  # MiB, and percent: the noise of ten minutes
TOLD_CLASSES = 12


def figures() -> list[Figure]:
    """Run the program once."""
    loaded = run(TRADING, WARM_S + SPAN_S)
    seconds = [(line["t"], line["rss_mb"]) for line in loaded.seconds]
    begun = seconds[0][0]
    rss = [(t - begun, value) for t, value in seconds if t - begun >= WARM_S]
    notes = [note for note in loaded.notes if note["t"] - begun >= WARM_S]
    blocks = [(note["t"] - begun, float(note["blocks"])) for note in notes]
    objects = [(note["t"] - begun, float(note["objects"])) for note in notes]
    grown = {"rss": _grown(rss), "blocks": _grown(blocks), "objects": _grown(objects)}
    first = {"blocks": blocks[0][1], "objects": objects[0][1]}
    percent = {name: grown[name] / first[name] * 100 for name in first}
    found = [
        at_most("memory: growth of ten minutes", grown["rss"], "MiB", RSS_MB),
        at_most("memory: growth of Python's blocks", percent["blocks"], "%", BLOCKS),
        at_most("memory: growth of collected objects", percent["objects"], "%", BLOCKS),
        told("memory: at first, under load", rss[0][1], "MiB"),
        told("memory: at the end", rss[-1][1], "MiB"),
        told("memory: Python's blocks", first["blocks"] / 1000, "thousand"),
        told("memory: collected objects", first["objects"] / 1000, "thousand"),
        told("memory: watched for", rss[-1][0] - rss[0][0], "s"),
    ]
    if any(figure.holds is False for figure in found):
        _tell_classes(loaded)
    return found


def _grown(points: Sequence[tuple[float, float]]) -> float:
    """Return what ten minutes add, by the line of least squares through (seconds, value)."""
    times, values = zip(*points, strict=True)
    return float(statistics.linear_regression(times, values).slope) * SPAN_S


def _tell_classes(loaded: Loaded) -> None:
    """Print which classes have more objects at the end than after the warm-up."""
    begun = loaded.seconds[0]["t"]
    first = next(note for note in loaded.notes if note["t"] - begun >= WARM_S)
    gained = Counter(loaded.notes[-1]["classes"])
    gained.subtract(first["classes"])
    for name, count in gained.most_common(TOLD_CLASSES):
        if count > 0:
            print(f"\nmemory: {count:+} {name}", end="", file=sys.stderr)
