"""What all benchmarks share: fresh processes, medians, figures with targets.

A figure is a ratio wherever there is something to compare with in the same run: this machine and
the next differ, and so do two minutes on one machine.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RUNS = 5


class Figure(NamedTuple):
    """One result; ``target`` is None, and ``holds`` too, for what is told and not judged."""

    name: str
    value: float | None  # None: could not be measured
    unit: str
    target: str | None = None  # e.g. "<= 1.6"
    holds: bool | None = None


def at_least(name: str, value: float | None, unit: str, target: float) -> Figure:
    """Return a figure that should be ``target`` or more."""
    return Figure(name, value, unit, f">= {target:g}", value is not None and value >= target)


def at_most(name: str, value: float | None, unit: str, target: float) -> Figure:
    """Return a figure that should be ``target`` or less."""
    return Figure(name, value, unit, f"<= {target:g}", value is not None and value <= target)


def below(name: str, value: float | None, unit: str, target: float) -> Figure:
    """Return a figure that should stay under ``target``."""
    return Figure(name, value, unit, f"< {target:g}", value is not None and value < target)


def told(name: str, value: float | None, unit: str) -> Figure:
    """Return a figure that is told for what it is."""
    return Figure(name, value, unit)


def environment(**changes: str) -> dict[str, str]:
    """Return the environment for a fresh process: byte code is kept, output comes at once."""
    environ = {**os.environ, **changes}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start would compile everything
    return environ


def fresh(script: str, *arguments: object, **changes: str) -> dict[str, Any]:
    """Run a script of this folder in a new process; return the JSON of its last line."""
    done = subprocess.run(
        [sys.executable, str(HERE / script), *map(str, arguments)],
        cwd=ROOT,
        env=environment(**changes),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def server(command: Sequence[str], **changes: str) -> Iterator[str]:
    """Run a server for as long as the block lasts; yield the first line that it prints."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(PYTHONUNBUFFERED="1", **changes),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def repeated(measure: Callable[[], dict[str, float]], runs: int = RUNS) -> dict[str, float]:
    """Measure several times, and return the median of each value."""
    found = [measure() for _ in range(runs)]
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def offscreen() -> dict[str, str]:
    """Return what has Qt draw nowhere, where nothing else was asked for."""
    return {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as aligned text."""
    rows = [("figure", "value", "target", "")]
    for figure in figures:
        value = "not measured" if figure.value is None else f"{figure.value:,.2f} {figure.unit}"
        verdict = {True: "holds", False: "MISSED", None: ""}[figure.holds]
        rows.append((figure.name, value.rstrip(), figure.target or "", verdict))
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    return "\n".join(
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {target:>{widths[2]}}  {verdict}".rstrip()
        for name, value, target, verdict in rows
    )
