"""How the budget file says no, and who may read it."""

import asyncio
import os
import sys
import threading
from pathlib import Path

import pytest
from budgetruns import NEAR, in_run, spent
from fakes import FakeClock

from alltick_desk.errors import StoreError
from alltick_desk.model.spending import Spent
from alltick_desk.store.budget import BudgetFile, budget_path

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")


class TestRefusals:
    @pytest.mark.parametrize(
        ("pragma", "undo", "words"),
        [
            ("max_page_count = 1", "max_page_count = 1000000", "full"),
            ("query_only = 1", "query_only = 0", "read-only"),
        ],
    )
    def test_a_disk_that_refuses_is_said_in_a_sentence(
        self, path: Path, clock: FakeClock, pragma: str, undo: str, words: str
    ) -> None:
        async def scene() -> None:
            async def some(file: BudgetFile) -> Spent:
                first = await file.spend("kline")
                await file._run(lambda: file._tables._connection().execute(f"PRAGMA {pragma}"))
                file.sent(first)
                name = "x" * 20_000  # needs pages
                for attempt in (file.spend(name), file.connecting(name)):
                    with pytest.raises(StoreError, match=words) as caught:
                        await attempt
                    assert str(caught.value).endswith(".")
                await file._run(lambda: file._tables._connection().execute(f"PRAGMA {undo}"))
                clock.now += 30.0
                await file.spend("trade-tick")  # and what could not be noted then is noted now
                return await file.load()

            found = await in_run(path, clock, some)
            assert dict(found.recent) == pytest.approx({"kline": 30.0, "trade-tick": 0}, abs=NEAR)

        asyncio.run(scene())

    def test_a_place_that_cannot_be_used(self, tmp_path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            (tmp_path / "file").write_text("")
            (tmp_path / "folder" / "budget.sqlite3").mkdir(parents=True)
            for path in (tmp_path / "file" / "budget.sqlite3", tmp_path / "folder/budget.sqlite3"):
                file = BudgetFile(path, clock=clock)
                with pytest.raises(StoreError, match="cannot be used"):
                    await file.load()
                with pytest.raises(StoreError):
                    await file.spend("kline")
                await file.close()
            with pytest.raises(StoreError):
                budget_path(tmp_path / "file", "toy", "token")

        asyncio.run(scene())

    def test_a_salt_that_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "budget.salt").mkdir()
        with pytest.raises(StoreError, match="a folder is in its place"):
            budget_path(tmp_path, "toy", "token")

    def test_a_record_that_breaks_while_it_is_open(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            async def some(file: BudgetFile) -> None:
                await file._run(lambda: file._tables._connection().execute("DROP TABLE recent"))
                with pytest.raises(StoreError, match="cannot be used"):
                    await file.load()
                with pytest.raises(StoreError, match="cannot be used"):
                    await file.spend("kline")

            await in_run(path, clock, some)

        asyncio.run(scene())

    def test_two_desks_never_spend_from_one_file(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            async def some(first: BudgetFile) -> None:
                second = BudgetFile(path, clock=clock)
                with pytest.raises(StoreError, match="another desk"):
                    await second.load()
                await second.close()
                await first.spend("kline")

            await in_run(path, clock, some)
            assert (await spent(path, clock)).lost_age_s is None

        asyncio.run(scene())

    def test_a_closed_record_lets_nothing_go(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            file = BudgetFile(path, clock=clock)
            entry = await file.spend("kline")
            await file.close()
            await file.close()
            file.sent(entry)
            for attempt in (file.spend("kline"), file.load(), file.connecting("a")):
                with pytest.raises(StoreError, match="closed"):
                    await attempt

        asyncio.run(scene())

    def test_closing_waits_for_the_commit_under_way(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            file = BudgetFile(path, clock=clock)
            await file.load()
            tasks = [asyncio.get_running_loop().create_task(file.spend("kline")) for _ in range(3)]
            await asyncio.sleep(0)
            await file.close()
            assert await asyncio.gather(*tasks) == [1, 2, 3]
            assert sum(calls for _, calls in (await spent(path, clock)).day) == 3

        asyncio.run(scene())

    def test_closing_unused_makes_no_file_and_ends_the_thread(
        self, path: Path, clock: FakeClock
    ) -> None:
        others = set(threading.enumerate())
        asyncio.run(BudgetFile(path, clock=clock).close())
        assert not path.exists()

        async def used() -> None:
            await spent(path, clock)

        asyncio.run(used())
        ours = set(threading.enumerate()) - others
        for thread in ours:
            thread.join(10)
        assert not any(thread.is_alive() for thread in ours)


class TestPrivacy:
    @posix
    def test_nobody_else_can_read_it(self, path: Path, clock: FakeClock) -> None:
        async def one(file: BudgetFile) -> set[int]:
            await file.spend("kline")
            return {one.stat().st_mode & 0o777 for one in path.parent.iterdir()}

        assert asyncio.run(in_run(path, clock, one)) == {0o600}
        path.chmod(0o644)
        assert asyncio.run(in_run(path, clock, one)) == {0o600}
        assert path.parent.stat().st_mode & 0o777 == 0o700

    def test_the_name_is_the_tokens_own_and_does_not_give_it_away(self, tmp_path: Path) -> None:
        first, second = tmp_path / "one", tmp_path / "two"
        path = budget_path(first, "toy", "secret-token")
        assert path == budget_path(first, "toy", "secret-token")
        assert path != budget_path(first, "toy", "secret-tokem")
        assert path != budget_path(first, "other", "secret-token")  # two vendors, two plans
        assert path.name != budget_path(second, "toy", "secret-token").name  # another salt
        assert path.parent == first
        written = b"".join(one.read_bytes() for one in first.iterdir())
        assert b"secret" not in written + str(path).encode()

    @posix
    def test_the_salt_is_private(self, tmp_path: Path) -> None:
        budget_path(tmp_path / "new", "toy", "token")
        (salt,) = (tmp_path / "new").iterdir()
        assert salt.stat().st_mode & 0o777 == 0o600
        assert salt.parent.stat().st_mode & 0o777 == 0o700
        assert len(salt.read_bytes()) == 32

    def test_a_crash_while_the_salt_is_written_leaves_nothing_bad(self, tmp_path: Path) -> None:
        (tmp_path / f".budget.salt.{os.getpid()}.new").write_bytes(b"half")
        assert budget_path(tmp_path, "toy", "token") == budget_path(tmp_path, "toy", "token")
        assert [one.name for one in tmp_path.iterdir()] == ["budget.salt"]
