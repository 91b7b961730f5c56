"""The window under load: the real program with 3,000 rows and 50,000 messages a second.

The program measures itself (``--metrics``); the simulated exchange sends the load from another
process. The list has ten sections and forty rows of it are in sight; once with the columns that
every list begins with, in its own order, and once with the "Trading" set, which has drawings and
ages, sorted by the price while it moves. The first seconds belong to the subscriptions and to the
exchange's preparation, and are left out. A second's frame time is the 99th percentile of its forty
frames, thus nearly the worst of them; judged is the median second, and the worst one is told.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from harness import HERE, ROOT, Figure, at_least, below, environment, fresh, repeated, server, told

ROWS, VISIBLE = 3000, 40
RATE = 50_000
SECONDS = 18
SETTLED = 3  # seconds of the full rate that are left out at first
FRAME_MS, PAINT_MS, SHARE = 16.0, 50.0, 0.95
TRADING_RUNS = 3

BASIC, TRADING = ("Basic", ""), ("Trading", "last down")  # columns and order


class Loaded(NamedTuple):
    """What a run of the desk under load told."""

    seconds: Sequence[dict[str, Any]]  # of the metrics, those at the full rate
    notes: Sequence[dict[str, Any]]  # of loaded.py


def figures() -> list[Figure]:
    """Run the program eight times."""
    basic = repeated(lambda: _read(run(BASIC, SECONDS)))
    trading = repeated(lambda: _read(run(TRADING, SECONDS)), TRADING_RUNS)
    return [
        below("window: frame time, p99 of a second", basic["frame_ms"], "ms", FRAME_MS),
        below("window: tick to paint, p99 of a second", basic["paint_ms"], "ms", PAINT_MS),
        at_least("window: messages taken / sent", basic["taken"], "", SHARE),
        below("window: frame time, Trading columns, sorted", trading["frame_ms"], "ms", FRAME_MS),
        below("window: tick to paint, the same", trading["paint_ms"], "ms", PAINT_MS),
        at_least("window: messages taken / sent, the same", trading["taken"], "", SHARE),
        at_least("window: rows in sight", basic["visible"], "", VISIBLE),
        told("window: processor time of a frame, p99", basic["work_ms"], "ms"),
        told("window: processor time of a frame, p99, Trading", trading["work_ms"], "ms"),
        told("window: frame time, worst second", basic["frame_ms_worst"], "ms"),
        told("window: frame time, worst second, Trading", trading["frame_ms_worst"], "ms"),
        told("window: tick to paint, worst second", basic["paint_ms_worst"], "ms"),
        told("window: frames a second", basic["frames"], ""),
        told("window: processor time", basic["cpu"] * 100, "% of a core"),
        told("window: processor time, Trading", trading["cpu"] * 100, "% of a core"),
    ]


def run(choices: tuple[str, str], seconds: float) -> Loaded:
    """Run the desk for so many seconds; ``choices`` are the list's set of columns and its order."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fresh("loaded.py", "prepare", folder / "profile", ROWS, *choices)
        with _exchange(folder) as base:
            return _desk(base, folder, seconds)


@contextmanager
def _exchange(folder: Path) -> Iterator[str]:
    script = folder / "script.json"
    script.write_text(json.dumps({"rate": RATE, "extra": ROWS}), encoding="utf-8")
    command = ["-m", "alltick_desk.sim", "--plan", "professional", "--script", str(script)]
    with server(command) as ready:
        yield ready.removeprefix("ready ")


def _desk(base: str, folder: Path, seconds: float) -> Loaded:
    metrics, notes = folder / "metrics.jsonl", folder / "notes.jsonl"
    subprocess.run(
        [
            *(sys.executable, str(HERE / "loaded.py"), "desk", str(notes)),
            *("--endpoint", base, "--plan", "professional"),
            *("--profile", str(folder / "profile"), "--metrics", str(metrics)),
            *("--snapshot", str(folder / "desk.png"), "--after", str(seconds)),
        ],
        cwd=ROOT,
        env=environment(ALLTICK_TOKEN="bench"),
        check=True,
    )
    loaded = [
        line
        for line in _lines(metrics)
        if line["subscribed"] >= ROWS and line["msgs_per_s"] > RATE / 2
    ]
    if len(loaded) < SETTLED + 3:
        raise SystemExit("bench: this machine does not reach half of the rate, so nothing is said.")
    return Loaded(loaded[SETTLED:], _lines(notes))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _read(loaded: Loaded) -> dict[str, float]:
    lines = loaded.seconds
    first, last = lines[0], lines[-1]
    span_s = last["t"] - first["t"]
    frame_ms = [line["frame_ms_p99"] for line in lines if line["frame_ms_p99"] is not None]
    paint_ms = [
        line["tick_to_paint_ms_p99"] for line in lines if line["tick_to_paint_ms_p99"] is not None
    ]
    return {
        "frame_ms": statistics.median(frame_ms),
        "frame_ms_worst": max(frame_ms),
        "paint_ms": statistics.median(paint_ms),
        "paint_ms_worst": max(paint_ms),
        "taken": (last["msgs_total"] - first["msgs_total"]) / span_s / RATE,
        "frames": (last["frames_total"] - first["frames_total"]) / span_s,
        "cpu": (last["cpu_s"] - first["cpu_s"]) / span_s,
        "work_ms": statistics.median(note["work_ms_p99"] for note in loaded.notes),
        "visible": min(note["visible"] for note in loaded.notes),
    }
