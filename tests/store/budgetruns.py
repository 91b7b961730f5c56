"""Runs of the desk over one budget file: begun, ended, crashed."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from fakes import FakeClock

from alltick_desk.model.spending import Spent
from alltick_desk.store.budget import BudgetFile

T = TypeVar("T")
NEAR = 0.003  # seconds; times in the file are milliseconds
HOUR_MS = 3_600_000


async def in_run(path: Path, clock: FakeClock, work: Callable[[BudgetFile], Awaitable[T]]) -> T:
    """Do ``work`` with the file, loaded as a throttle does, and close it."""
    file = BudgetFile(path, clock=clock)
    try:
        await file.load()
        return await work(file)
    finally:
        await file.close()


async def spent(path: Path, clock: FakeClock) -> Spent:
    """Return what a new run finds."""

    async def nothing(file: BudgetFile) -> Spent:
        return await file.load()

    return await in_run(path, clock, nothing)


def crashed(path: Path, folder: Path) -> Path:
    """Return a copy of the file as a crash at this moment would leave it."""
    folder.mkdir(exist_ok=True)
    for suffix in ("", "-wal"):
        source = path.with_name(path.name + suffix)
        if source.exists():
            shutil.copy(source, folder / source.name)
    return folder / path.name
