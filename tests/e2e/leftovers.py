"""How a desk goes, and what is left of it."""

import asyncio
import contextlib
import gc
import time
from pathlib import Path
from typing import NamedTuple

from desk_under_test import RunningDesk

SOON_S = 1.0


class Before(NamedTuple):
    """What there was before a desk began."""

    tasks: set[asyncio.Task[object]]
    sockets: int


class Left(NamedTuple):
    """How a desk went: the exit code, whether soon, and what stayed behind of it."""

    code: int = 0
    soon: bool = True
    tasks: frozenset[str] = frozenset()
    connections: int = 0
    files: tuple[str, ...] = ()
    sockets: int = 0


CLEAN = Left()


def standing() -> Before:
    """Return the tasks and sockets of this moment."""
    return Before(asyncio.all_tasks(), open_sockets())


async def closed(d: RunningDesk, before: Before, *, within_s: float = SOON_S) -> Left:
    """Close the window as a person does; return what is left when it has gone."""
    begun_s = time.monotonic()
    code = await d.close()
    soon = time.monotonic() - begun_s < within_s
    tasks = asyncio.all_tasks() - before.tasks - d.venue.server._ours
    await d.gone()
    return Left(
        code=code,
        soon=soon,
        tasks=frozenset(task.get_name() for task in tasks),
        connections=len(d.exchange.connections),
        files=tuple(open_files(d.front.profile.state)),
        sockets=open_sockets() - before.sockets,
    )


def open_sockets() -> int:
    """Return how many sockets this process has open."""
    gc.collect()
    return sum(target.startswith("socket:") for target in _descriptors())


def open_files(folder: Path) -> list[str]:
    """Return the files in a folder that this process has open."""
    return [target for target in _descriptors() if target.startswith(str(folder))]


def _descriptors() -> list[str]:
    """Return what every open descriptor of this process stands for."""
    targets = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            targets.append(str(descriptor.readlink()))
    return targets
