"""From the command to the first painted window, to everything alive, and the memory at rest.

The desk is the real program: the same arguments, the same order of imports, a saved list of twenty
rows with their last values. ``starter.py`` notes the moments from inside. It is compared with the
barest PySide6 window, and with one that imports pyqtgraph, in turns.
"""

import shutil
import tempfile
import time
from pathlib import Path

from harness import Figure, at_most, fresh, offscreen, repeated, server, told

FIRST_PAINT, ALIVE, MEMORY = 1.6, 1.4, 1.4


def figures() -> list[Figure]:
    """Start each program once for the byte code and the disk's cache, then five times."""
    with (
        tempfile.TemporaryDirectory() as name,
        server(["-m", "alltick_desk.sim", "--plan", "premium"]) as ready,
    ):
        folder = Path(name)
        template = folder / "template"
        fresh("starter.py", "prepare", 0, template)
        base = ready.removeprefix("ready ")
        _turn(folder, base)
        found = repeated(lambda: _turn(folder, base))
    return [
        at_most("start: first paint / bare window's", found["paint"], "", FIRST_PAINT),
        at_most("start: alive / window with pyqtgraph", found["alive"], "", ALIVE),
        at_most("start: memory at rest / window with pyqtgraph", found["memory"], "", MEMORY),
        told("start: bare window", found["bare_ms"], "ms"),
        told("start: window with pyqtgraph", found["pyqtgraph_ms"], "ms"),
        told("start: first paint", found["paint_ms"], "ms"),
        told("start: alive", found["alive_ms"], "ms"),
        told("start: memory at rest", found["rss_mb"], "MiB"),
    ]


def _turn(folder: Path, base: str) -> dict[str, float]:
    """Start all three, one after the other."""
    profile = folder / "profile"
    shutil.rmtree(profile, ignore_errors=True)
    shutil.copytree(folder / "template", profile)
    bare = fresh("starter.py", "bare", time.monotonic(), **offscreen())
    heavy = fresh("starter.py", "pyqtgraph", time.monotonic(), **offscreen())
    desk = fresh(
        *("starter.py", "desk", time.monotonic()),
        *("--endpoint", base, "--profile", profile),
        ALLTICK_TOKEN="bench",
        **offscreen(),
    )
    return {
        "paint": desk["painted_ms"] / bare["painted_ms"],
        "alive": desk["alive_ms"] / heavy["painted_ms"],
        "memory": desk["rss_mb"] / heavy["rss_mb"],
        "bare_ms": bare["painted_ms"],
        "pyqtgraph_ms": heavy["painted_ms"],
        "paint_ms": desk["painted_ms"],
        "alive_ms": desk["alive_ms"],
        "rss_mb": desk["rss_mb"],
    }
