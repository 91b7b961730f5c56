"""``asyncio.sleep`` on the desk's loop never returns early, as it does on qasync's own.

Early is what breaks a limit of calls; a little late costs nothing.
"""

import asyncio
import json
import statistics
import sys
import time

from harness import Figure, at_least, fresh, offscreen, told

# Seconds, and how often.
SLEEPS = {0.001: 200, 0.0025: 200, 0.01: 100, 0.05: 20, 0.1: 20, 0.25: 8, 0.5: 4, 1.0: 3}


def figures() -> list[Figure]:
    """Sleep on both loops; once is enough, since a single early return is one too many."""
    desk = fresh("sleep.py", "desk", **offscreen())
    plain = fresh("sleep.py", "qasync", **offscreen())
    return [
        at_least("sleep: earliest return on the desk's loop", desk["earliest_ms"], "ms", 0.0),
        told("sleep: usual lateness on the desk's loop", desk["usual_ms"], "ms"),
        told("sleep: earliest return on qasync's loop", plain["earliest_ms"], "ms"),
    ]


async def measure() -> dict[str, float]:
    """Return the earliest and the usual end of a sleep, against what was asked for."""
    late_ms = []
    for asked_s, times in SLEEPS.items():
        for _ in range(times):
            begun_s = time.monotonic()
            await asyncio.sleep(asked_s)
            late_ms.append((time.monotonic() - begun_s - asked_s) * 1000)
    return {"earliest_ms": min(late_ms), "usual_ms": statistics.median(late_ms)}


def main(which: str) -> None:
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    if which == "desk":
        from alltick_desk.ui.loop import DeskLoop

        loop = DeskLoop(app)
    else:
        from qasync import QEventLoop

        loop = QEventLoop(app)
    with loop:
        print(json.dumps(loop.run_until_complete(measure())))


if __name__ == "__main__":
    main(sys.argv[1])
