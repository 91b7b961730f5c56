"""The window under load: the real program with 3,000 rows and 50,000 messages a second.

The program measures itself (``--metrics``); the simulated exchange sends the load from another
process. The first seconds belong to the subscriptions and to the exchange's preparation, and are
left out. A second's frame time is the 99th percentile of its forty frames, thus nearly the worst
of them; judged is the median second, and the worst one is told.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from harness import ROOT, Figure, at_least, below, environment, repeated, server, told

ROWS = 3000
RATE = 50_000
SECONDS = 18
SETTLED = 3  # seconds of the full rate that are left out at first
FRAME_MS, PAINT_MS, SHARE = 16.0, 50.0, 0.95


def figures() -> list[Figure]:
    """Run the program five times."""
    found = repeated(_run)
    return [
        below("window: frame time, p99 of a second", found["frame_ms"], "ms", FRAME_MS),
        below("window: tick to paint, p99 of a second", found["paint_ms"], "ms", PAINT_MS),
        at_least("window: messages taken / sent", found["taken"], "", SHARE),
        told("window: frame time, worst second", found["frame_ms_worst"], "ms"),
        told("window: tick to paint, worst second", found["paint_ms_worst"], "ms"),
        told("window: frames a second", found["frames"], ""),
        told("window: processor time", found["cpu"] * 100, "% of a core"),
    ]


def _run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "script.json"
        script.write_text(json.dumps({"rate": RATE, "extra": ROWS}), encoding="utf-8")
        exchange = ["-m", "alltick_desk.sim", "--plan", "professional", "--script", str(script)]
        with server(exchange) as ready:
            lines = _desk(ready.removeprefix("ready "), folder)
    loaded = [
        line for line in lines if line["subscribed"] >= ROWS and line["msgs_per_s"] > RATE / 2
    ]
    return _read(loaded[SETTLED:])


def _desk(base: str, folder: Path) -> list[dict[str, Any]]:
    metrics = folder / "metrics.jsonl"
    symbols = ",".join(f"X{number:05}.US" for number in range(1, ROWS + 1))
    subprocess.run(
        [
            *(sys.executable, "-m", "alltick_desk", "--endpoint", base, "--plan", "professional"),
            *("--profile", str(folder / "profile"), "--symbols", symbols),
            *("--snapshot", str(folder / "desk.png"), "--after", str(SECONDS)),
            *("--metrics", str(metrics)),
        ],
        cwd=ROOT,
        env=environment(ALLTICK_TOKEN="bench"),
        check=True,
    )
    return [json.loads(line) for line in metrics.read_text(encoding="utf-8").splitlines()]


def _read(lines: list[dict[str, Any]]) -> dict[str, float]:
    if len(lines) < 3:
        raise SystemExit("bench: this machine does not reach half of the rate, so nothing is said.")
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
    }
