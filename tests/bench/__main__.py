"""The benchmarks: ``python tests/bench [name ...]``, where none is named all but the long ones.

Prints a table, writes ``bench.json`` and exits with 1 where a target does not hold. Other work on
the machine spoils absolute figures, and hurts ratios less; run it on a quiet one.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence

import chart
import feed
import memory
import parts
import search
import sleep
import start
import table as watch_table
import window
from harness import ROOT, Figure, table

BENCHMARKS: dict[str, Callable[[], list[Figure]]] = {
    "feed": feed.figures,
    "window": window.figures,
    "sleep": sleep.figures,
    "start": start.figures,
    "parts": parts.figures,
    "chart": chart.figures,
    "search": search.figures,
    "table": watch_table.figures,
}
LONG: dict[str, Callable[[], list[Figure]]] = {"memory": memory.figures}  # only when named


def main(names: Sequence[str]) -> int:
    every = {**BENCHMARKS, **LONG}
    unknown = [name for name in names if name not in every]
    if unknown:
        print(f"bench: there is no {unknown[0]!r}, only {' '.join(every)}.", file=sys.stderr)
        return 2
    found: list[Figure] = []
    for name in names or BENCHMARKS:
        begun_s = time.monotonic()
        print(f"{name} ...", end="", file=sys.stderr, flush=True)
        found += every[name]()
        print(f" {time.monotonic() - begun_s:.0f} s", file=sys.stderr)
    print(table(found))
    text = json.dumps([figure._asdict() for figure in found], indent=1)
    (ROOT / "bench.json").write_text(text + "\n", encoding="utf-8")
    missed = sum(figure.holds is False for figure in found)
    if missed:
        print(f"{missed} of {sum(figure.holds is not None for figure in found)} targets missed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
