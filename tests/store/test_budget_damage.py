"""A damaged budget file: set aside, told, and the worst taken for granted."""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from budgetruns import NEAR, in_run, spent
from databases import rows
from fakes import FakeClock

from alltick_desk.store.budget import BudgetFile
from alltick_desk.store.budget_tables import DAY_KEPT_S


def garble(path: Path) -> None:
    path.write_bytes(b"no database at all" * 400)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def make_newer(path: Path) -> None:
    with rows(path) as database:
        database.execute("PRAGMA user_version = 99")


def lose_a_table(path: Path) -> None:
    with rows(path) as database:
        database.execute("DROP TABLE recent")


def put_nonsense(path: Path) -> None:
    with rows(path) as database:
        database.execute("UPDATE day SET calls = 'many'")


def overwrite_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = random.Random(1).randbytes(len(data) - 4096)
    path.write_bytes(data)


class TestDamage:
    @pytest.mark.parametrize(
        "damage",
        [garble, truncate, empty, make_newer, lose_a_table, put_nonsense, overwrite_pages],
    )
    def test_a_damaged_file_is_set_aside_and_told(
        self, path: Path, clock: FakeClock, damage: Callable[[Path], None]
    ) -> None:
        def damaged() -> bytes:
            damage(path)
            return path.read_bytes()

        async def scene() -> None:
            async def one(file: BudgetFile) -> None:
                file.sent(await file.spend("kline"))

            await in_run(path, clock, one)
            before = damaged()
            file = BudgetFile(path, clock=clock)
            assert (await file.load()).lost_age_s == 0.0
            (aside,) = path.parent.glob("*damaged*.sqlite3")
            assert "2026" in aside.name
            assert aside.name in file.note
            assert aside.read_bytes() == before
            file.sent(await file.spend("kline"))
            clock.now += 7.0
            await file.close()

            file = BudgetFile(path, clock=clock)
            found = await file.load()
            assert file.note == ""
            assert found.lost_age_s == pytest.approx(7.0, abs=NEAR)
            assert len(found.recent) == 1
            await file.close()
            clock.now += DAY_KEPT_S
            assert (await spent(path, clock)).lost_age_s is None

        asyncio.run(scene())

    def test_the_log_of_a_damaged_file_goes_with_it(self, path: Path, clock: FakeClock) -> None:
        path.parent.mkdir()
        empty(path)
        path.with_name(path.name + "-wal").write_bytes(b"a log of something")

        async def scene() -> None:
            await spent(path, clock)
            (aside,) = path.parent.glob("*damaged*.sqlite3")
            assert aside.with_name(aside.name + "-wal").read_bytes() == b"a log of something"

        asyncio.run(scene())
