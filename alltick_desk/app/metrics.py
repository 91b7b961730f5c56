"""What ``--metrics`` writes: one measured line a second."""

import json
import mmap
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def percentile(values: Iterable[float], share: float) -> float | None:
    """Return the value below which ``share`` (0 to 1) of ``values`` lie; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)


def rss_mb() -> float | None:
    """Return the resident memory in MiB; None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return round(pages * mmap.PAGESIZE / 2**20, 1)


def cpu_s() -> float:
    """Return the processor time that this process has used, in seconds."""
    return round(time.process_time(), 3)


class MetricsFile:
    """A file of one JSON object a line, flushed line by line.

    ``read`` returns the figures of the moment; the caller decides when.
    """

    def __init__(self, path: Path, read: Callable[[], dict[str, Any]]) -> None:
        self._file = path.open("wb", buffering=0)
        self._read = read

    def write(self) -> None:
        """Write one line; OSError where the disk refuses."""
        self._file.write(json.dumps(self._read(), ensure_ascii=False).encode() + b"\n")

    def close(self) -> None:
        self._file.close()
