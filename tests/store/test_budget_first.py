"""The first start of a budget file: cut short anywhere, it is a first start again."""

import asyncio
import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from budgetruns import in_run, spent
from fakes import FakeClock

from alltick_desk.errors import StoreError
from alltick_desk.store import budget_tables
from alltick_desk.store.budget import BudgetFile


class Watched(sqlite3.Connection):
    """A connection that calls ``before`` ahead of each statement."""

    before: Callable[[], None] = lambda: None

    def execute(self, *args: Any) -> sqlite3.Cursor:
        type(self).before()
        return super().execute(*args)

    def executescript(self, *args: Any) -> sqlite3.Cursor:
        type(self).before()
        return super().executescript(*args)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Watched]]:
    real = sqlite3.connect

    def connect(*args: Any, **named: Any) -> sqlite3.Connection:
        return real(*args, factory=Watched, **named)

    monkeypatch.setattr(sqlite3, "connect", connect)
    yield Watched
    Watched.before = lambda: None


def full_at(watched: type[Watched], number: int) -> None:
    """Have the disk full from a statement on, counted from 0."""
    statements = itertools.count()

    def before() -> None:
        if next(statements) >= number:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    watched.before = before


async def refused(file: BudgetFile) -> str | None:
    """Open a file; return why that was refused, None where it was not."""
    try:
        await file.load()
    except StoreError as error:
        return str(error)
    return None


def half_made(path: Path) -> list[str]:
    return [it.name for it in path.parent.iterdir() if ".new" in it.name]


def test_a_first_start_on_a_full_disk_is_no_damage(
    tmp_path: Path, clock: FakeClock, watched: type[Watched]
) -> None:
    async def scene(number: int) -> bool:
        path = tmp_path / str(number) / "budget.sqlite3"
        file = BudgetFile(path, clock=clock)
        full_at(watched, number)
        refusal = await refused(file)
        watched.before = lambda: None
        assert refusal is None or "the disk is full" in refusal
        assert half_made(path) == []
        await file.spend("kline")  # in the same run, when there is space again
        assert file.note == ""
        await file.close()
        assert (await spent(path, clock)).lost_age_s is None
        return refusal is not None

    at = next(number for number in itertools.count() if not asyncio.run(scene(number)))
    assert at > 5  # there was that much to refuse


def test_a_first_start_that_was_killed_anywhere_is_no_damage(
    tmp_path: Path, clock: FakeClock, watched: type[Watched]
) -> None:
    path, crashes = tmp_path / "here" / "budget.sqlite3", tmp_path / "crashes"
    found: list[Path] = []

    def copy() -> None:
        found.append(crashes / str(len(found)) / path.name)
        shutil.copytree(path.parent, found[-1].parent)

    watched.before = copy
    asyncio.run(spent(path, clock))
    watched.before = lambda: None
    assert len(found) > 5

    async def scene(left: Path) -> None:
        async def one(file: BudgetFile) -> str:
            await file.spend("kline")
            return file.note

        assert await in_run(left, clock, one) == ""
        assert (await spent(left, clock)).lost_age_s is None

    for left in found:
        asyncio.run(scene(left))


def test_a_full_disk_does_not_make_a_damaged_record_a_first_start(
    tmp_path: Path, clock: FakeClock, watched: type[Watched]
) -> None:
    async def scene(number: int) -> bool:
        path = tmp_path / str(number) / "budget.sqlite3"
        path.parent.mkdir()
        path.write_bytes(b"no database at all" * 400)
        file = BudgetFile(path, clock=clock)
        full_at(watched, number)
        refusal = await refused(file)
        watched.before = lambda: None
        assert (await file.load()).lost_age_s is not None
        await file.close()
        (aside,) = path.parent.glob("*damaged*")
        assert aside.read_bytes() == b"no database at all" * 400
        return refusal is not None

    at = next(number for number in itertools.count() if not asyncio.run(scene(number)))
    assert at > 5


def test_a_log_without_its_record_is_not_read_into_a_new_one(
    tmp_path: Path, clock: FakeClock, path: Path
) -> None:
    """Somebody deleted the record, but not what a killed desk had left beside it."""

    async def scene() -> None:
        async def one(file: BudgetFile) -> None:
            await file.spend("kline")
            shutil.copytree(path.parent, tmp_path / "crash")

        await in_run(path, clock, one)
        left = tmp_path / "crash" / path.name
        assert left.with_name(left.name + "-wal").stat().st_size > 0
        left.unlink()
        assert (await spent(left, clock)).day == ()

    asyncio.run(scene())


def test_a_disk_without_links_takes_a_first_start_too(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)

    async def one(file: BudgetFile) -> str:
        await file.spend("kline")
        return file.note

    assert asyncio.run(in_run(path, clock, one)) == ""
    assert sum(calls for _, calls in asyncio.run(spent(path, clock)).day) == 1
    assert half_made(path) == []


def test_two_first_starts_at_once_have_one_record(
    path: Path, clock: FakeClock, watched: type[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one comes while this one is making its file."""
    others: list[BudgetFile] = []
    pids = itertools.count(1)

    def beside(path: Path) -> Path:
        return path.with_name(f".{path.name}.{next(pids)}.new")

    monkeypatch.setattr(budget_tables, "new_beside", beside)

    async def other() -> None:
        others.append(BudgetFile(path, clock=clock))
        await others[0].load()

    def at_first() -> None:
        watched.before = lambda: None
        asyncio.run(other())

    async def scene() -> None:
        watched.before = at_first
        file = BudgetFile(path, clock=clock)
        with pytest.raises(StoreError, match="another desk"):
            await file.load()
        await file.close()

    asyncio.run(scene())
    asyncio.run(others[0].close())
    assert half_made(path) == []
