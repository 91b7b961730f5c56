"""The chart: a million candles by itself, and beside two other ways to draw candles.

Each program runs in a process of its own: ours, the item of pyqtgraph's own example, and finplot,
which brings another binding of Qt and so gets an environment of its own. A frame is a change of
what is in view until Qt has painted all of it anew, by the wall clock. Frames are compared by their
medians on the same candles, all of them in view, in windows of the same size, without volumes.
Every program draws as it comes: the rivals axes and candles, ours the grid and the last price too.
The example replays a picture of all candles; finplot one of some 600 that it has picked or joined
from them, and finds the extremes in view; ours joins the candles of each column of pixels anew. A
rival that cannot be installed is told as "not measured".
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from harness import HERE, Figure, at_least, below, environment, fresh, offscreen, repeated, told

RUNS = 3
MILLION = 1_000_000
MANY = 100_000
FINPLOT = "finplot==1.9.7"

PAN_MS, CROSSHAIR_MS, LIVE_MS = 8.0, 2.0, 1.0
ITEM_TIMES, FINPLOT_TIMES, FINPLOT_MILLION_TIMES = 40.0, 5.0, 30.0
BYTES = 100.0
OPEN_MS, HELD_MS = 200.0, 5.0


def figures() -> list[Figure]:
    """Run every program three times."""
    quiet = offscreen()
    near = repeated(lambda: fresh("chart_ours.py", "draw", MILLION, 300, **quiet), RUNS)
    whole = repeated(lambda: fresh("chart_ours.py", "draw", MILLION, MILLION, **quiet), RUNS)
    many = repeated(lambda: fresh("chart_ours.py", "draw", MANY, MANY, **quiet), RUNS)
    plain = {
        bars: repeated(lambda bars=bars: fresh("chart_ours.py", "plain", bars, **quiet), RUNS)  # type: ignore[misc]
        for bars in (MANY, MILLION)
    }
    stored = repeated(lambda: fresh("chart_ours.py", "open", MANY, **quiet), RUNS)
    item = repeated(lambda: fresh("chart_item.py", MANY, **quiet), RUNS)
    finplot = _finplot()
    worst = {name: max(near[name], whole[name]) for name in near}
    rival = {bars: _frame(finplot, bars) for bars in (MANY, MILLION)}
    return [
        below("chart: pan, p99, 1,000,000 bars", worst["pan_p99"], "ms", PAN_MS),
        below("chart: zoom, p99, 1,000,000 bars", worst["zoom_p99"], "ms", PAN_MS),
        below("chart: crosshair, p99, 1,000,000 bars", worst["crosshair_p99"], "ms", CROSSHAIR_MS),
        below("chart: live bar, 1,000,000 bars", worst["live"], "ms", LIVE_MS),
        told("chart: live bar, p99", worst["live_p99"], "ms"),
        *(
            told(f"chart: {name}, p99 of processor time", worst[f"{name}_work"], "ms")
            for name in ("pan", "crosshair", "live")
        ),
        told("chart: live bar, 1,000,000 / 100,000 bars", whole["live"] / many["live"], ""),
        at_least(
            "chart: pyqtgraph's item / ours, frame of 100,000",
            item["frame"] / plain[MANY]["pan"],
            "",
            ITEM_TIMES,
        ),
        at_least(
            "chart: finplot / ours, frame of 100,000",
            None if rival[MANY] is None else rival[MANY] / plain[MANY]["pan"],
            "",
            FINPLOT_TIMES,
        ),
        at_least(
            "chart: finplot / ours, frame of 1,000,000",
            None if rival[MILLION] is None else rival[MILLION] / plain[MILLION]["pan"],
            "",
            FINPLOT_MILLION_TIMES,
        ),
        below("chart: memory of a candle", whole["bytes"], "bytes", BYTES),
        below("chart: 100,000 stored bars, to the first paint", stored["first_ms"], "ms", OPEN_MS),
        below("chart: the loop held while they are read", stored["held_ms"], "ms", HELD_MS),
        told("chart: all 100,000 of them read", stored["all_ms"], "ms"),
    ]


def _frame(measured: dict[int, dict[str, float]] | None, bars: int) -> float | None:
    return None if measured is None else measured[bars]["frame"]


def _finplot() -> dict[int, dict[str, float]] | None:
    """Measure finplot in its own environment; None where that cannot be made."""
    python = _finplot_python()
    if python is None:
        return None
    return {
        bars: repeated(lambda bars=bars: _told_by(python, bars), RUNS)  # type: ignore[misc]
        for bars in (MANY, MILLION)
    }


def _told_by(python: Path, bars: int) -> dict[str, Any]:
    environ = environment(**offscreen(), PYQTGRAPH_QT_LIB="PyQt6")
    done = subprocess.run(
        [python, HERE / "chart_finplot.py", str(bars)],
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _finplot_python() -> Path | None:
    """Make the environment where there is none; return its Python."""
    folder = Path(tempfile.gettempdir()) / f"alltick-desk-{FINPLOT.replace('==', '-')}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "complete").exists():
        commands = (
            [sys.executable, "-m", "venv", "--clear", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", FINPLOT],
        )
        for command in commands:
            done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
            if done.returncode:
                print(f"bench: {FINPLOT} could not be installed.", file=sys.stderr)
                return None
        (folder / "complete").touch()
    return python
