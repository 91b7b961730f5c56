"""The watchlist's table: repainting it, opening a long list, and beside the usual way.

Repainting is forty rows of 3,000 that read otherwise in every cell, once in the columns that every
list begins with and once in the set that has drawings. Opening is a click on a tab in the real
desk, with everything that hangs on it: rows, subscriptions, the saved lists. Frames take as long as
other programs let them, so their processor time is told beside them.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from harness import (
    HERE,
    ROOT,
    Figure,
    at_least,
    below,
    environment,
    fresh,
    offscreen,
    repeated,
    server,
    told,
)

ROWS = 3000
REPAINT_MS, OPEN_MS, TIMES = 4.0, 150.0, 20.0
OPENINGS, OPEN_S = 3, 24


def figures() -> list[Figure]:
    """Repaint and race five times, open in three runs of the desk."""
    quiet = offscreen()
    basic = repeated(lambda: fresh("table_repaint.py", "Basic", **quiet))
    trading = repeated(lambda: fresh("table_repaint.py", "Trading", **quiet))
    race = repeated(_race)
    opened = repeated(_open, OPENINGS)
    return [
        below("table: 40 changed rows, first columns", basic["ms"], "ms", REPAINT_MS),
        below("table: 40 changed rows, Trading columns", trading["ms"], "ms", REPAINT_MS),
        told("table: the first, processor time", basic["work_ms"], "ms"),
        told("table: the first, p99", basic["p99_ms"], "ms"),
        told("table: the second, processor time", trading["work_ms"], "ms"),
        told("table: the second, p99", trading["p99_ms"], "ms"),
        at_least("table: ticks a second, ours / QTableWidget", race["ratio"], "", TIMES),
        told("table: the same, of processor time", race["work_ratio"], ""),
        told("table: ticks a second, ours", race["ours"] / 1000, "thousand"),
        told("table: ticks a second, QTableWidget", race["plain"] / 1000, "thousand"),
        below("table: opening a list of 3,000, first time", opened["first_ms"], "ms", OPEN_MS),
        below("table: opening it, slowest of six", opened["slowest_ms"], "ms", OPEN_MS),
        told("table: opening it, usual time", opened["usual_ms"], "ms"),
        told("table: opening it first, processor time", opened["first_work_ms"], "ms"),
    ]


def _race() -> dict[str, float]:
    ours = fresh("table_race.py", "ours", **offscreen())
    plain = fresh("table_race.py", "plain", **offscreen())
    return {
        "ours": ours["per_s"],
        "plain": plain["per_s"],
        "ratio": ours["per_s"] / plain["per_s"],
        "work_ratio": ours["per_work_s"] / plain["per_work_s"],
    }


def _open() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found, script = folder / "found.json", folder / "script.json"
        script.write_text(json.dumps({"extra": ROWS}), encoding="utf-8")
        fresh("loaded.py", "prepare-short", folder / "profile", ROWS, "Basic", "")
        exchange = ["-m", "alltick_desk.sim", "--plan", "professional", "--script", str(script)]
        with server(exchange) as ready:
            subprocess.run(
                [
                    *(sys.executable, str(HERE / "opening.py"), str(found)),
                    *("--endpoint", ready.removeprefix("ready "), "--plan", "professional"),
                    *("--profile", str(folder / "profile")),
                    *("--snapshot", str(folder / "desk.png"), "--after", str(OPEN_S)),
                ],
                cwd=ROOT,
                env=environment(ALLTICK_TOKEN="bench"),
                check=True,
            )
        times = json.loads(found.read_text(encoding="utf-8"))
    return {
        "first_ms": times[0][0],
        "first_work_ms": times[0][1],
        "usual_ms": statistics.median(wall for wall, _ in times),
        "slowest_ms": max(wall for wall, _ in times),
    }
