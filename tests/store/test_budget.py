"""The budget file: what survives, what is taken for the worse, and how it says no."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from fakes import FakeClock
from hypothesis import given, settings
from hypothesis import strategies as st

from alltick_desk.errors import StoreError
from alltick_desk.feed.throttle import Lane, Throttle
from alltick_desk.model.spending import DAY_S, Spent
from alltick_desk.store.budget import BudgetFile, budget_path
from alltick_desk.store.budget_tables import DAY_KEPT_S
from alltick_desk.vendors.base import Plan, Rate

T = TypeVar("T")
NEAR = 0.003  # seconds; times in the file are milliseconds
HOUR_MS = 3_600_000

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "budget.sqlite3"


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


@contextlib.contextmanager
def rows(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a closed budget file behind the desk's back."""
    database = sqlite3.connect(path)
    try:
        yield database
        database.commit()
    finally:
        database.close()


class TestRecord:
    def test_calls_survive_a_restart_with_their_ages(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            async def some(file: BudgetFile) -> None:
                for call in ("kline", "trade-tick"):
                    entry = await file.spend(call)
                    clock.now += 2.0
                    file.sent(entry)
                    clock.now += 10.0

            await in_run(path, clock, some)
            clock.now += 100.0
            found = await spent(path, clock)
            assert [call for call, _ in found.recent] == ["kline", "trade-tick"]
            assert [age for _, age in found.recent] == pytest.approx([122.0, 110.0], abs=NEAR)
            assert sum(calls for _, calls in found.day) == 2
            assert min(age for age, _ in found.day) == pytest.approx(110.0, abs=NEAR)
            assert found.socket_age_s is None
            assert found.lost_age_s is None

        asyncio.run(scene())

    def test_an_age_is_never_over_the_truth(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            async def one(file: BudgetFile) -> None:
                file.sent(await file.spend("kline"))

            clock.now += 0.0004
            await in_run(path, clock, one)
            clock.now += 5.0001
            assert (await spent(path, clock)).recent[0][1] <= 5.0001

        asyncio.run(scene())

    def test_a_crash_leaves_the_call_that_may_have_gone(
        self, path: Path, clock: FakeClock, tmp_path: Path
    ) -> None:
        async def scene() -> None:
            async def some(file: BudgetFile) -> Path:
                file.sent(await file.spend("kline"))
                clock.now += 400.0
                file.sent(await file.spend("trade-tick"))  # never written that it went
                return crashed(path, tmp_path / "crash")

            left = await in_run(path, clock, some)
            clock.now += 50.0
            found = await spent(left, clock)
            assert dict(found.recent) == pytest.approx(
                {"kline": 450.0, "trade-tick": 0.0}, abs=NEAR
            )
            assert sorted(age for age, _ in found.day) == pytest.approx([0.0, 450.0], abs=NEAR)
            clock.now += 30.0  # it is taken for now once, not at every start
            assert dict((await spent(left, clock)).recent)["trade-tick"] == pytest.approx(
                30.0, abs=NEAR
            )

        asyncio.run(scene())

    def test_a_cancelled_call_stays_in_the_day_alone(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            async def one(file: BudgetFile) -> None:
                file.cancelled(await file.spend("kline"))

            await in_run(path, clock, one)
            found = await spent(path, clock)
            assert found.recent == ()
            assert [calls for _, calls in found.day] == [1]

        asyncio.run(scene())

    def test_a_caller_that_is_cancelled_leaves_no_call(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            async def one(file: BudgetFile) -> Spent:
                task = asyncio.get_running_loop().create_task(file.spend("kline"))
                await asyncio.sleep(0)  # its commit is under way
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                await file.spend("trade-tick")
                return await file.load()

            found = await in_run(path, clock, one)
            assert [call for call, _ in found.recent] == ["trade-tick"]

        asyncio.run(scene())

    def test_opening_may_be_cut_short(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            file = BudgetFile(path, clock=clock)
            task = asyncio.get_running_loop().create_task(file.load())
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await file.spend("kline") == 1
            await file.close()

        asyncio.run(scene())

    def test_calls_that_come_together_share_a_commit(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            async def many(file: BudgetFile) -> tuple[int, int]:
                commits = 0
                commit = file._tables.commit

                def counted(batch: object) -> None:
                    nonlocal commits
                    commits += 1
                    commit(batch)  # type: ignore[arg-type]

                file._tables.commit = counted  # type: ignore[method-assign]
                entries = await asyncio.gather(*(file.spend("kline") for _ in range(50)))
                return commits, len(set(entries))

            assert await in_run(path, clock, many) == (2, 50)
            assert sum(calls for _, calls in (await spent(path, clock)).day) == 50

        asyncio.run(scene())

    def test_old_calls_are_forgotten(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            async def some(file: BudgetFile) -> None:
                file.keep(1000.0)
                file.sent(await file.spend("kline"))
                clock.now += 990.0
                file.sent(await file.spend("kline"))
                clock.now += 70.0
                file.sent(await file.spend("kline"))

            await in_run(path, clock, some)
            assert len((await spent(path, clock)).recent) == 2
            clock.now += DAY_KEPT_S - 30.0
            assert sum(calls for _, calls in (await spent(path, clock)).day) == 2
            file = BudgetFile(path, clock=clock)
            await file.load()
            clock.now += 120.0
            await file.spend("kline")
            await file.close()
            with rows(path) as database:
                assert database.execute("SELECT count(*) FROM day").fetchone() == (1,)

        asyncio.run(scene())

    def test_entries_are_numbered_on(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            async def one(file: BudgetFile) -> int:
                return await file.spend("kline")

            assert [await in_run(path, clock, one) for _ in range(3)] == [1, 2, 3]

        asyncio.run(scene())


class TestSockets:
    def test_a_close_is_remembered(self, path: Path, clock: FakeClock) -> None:
        async def scene() -> None:
            async def some(file: BudgetFile) -> None:
                for socket in ("a", "b"):
                    await file.connecting(socket)
                    clock.now += 100.0
                    file.closed(socket)
                assert (await file.load()).socket_age_s == 0.0

            await in_run(path, clock, some)
            clock.now += 5.0
            assert (await spent(path, clock)).socket_age_s == pytest.approx(5.0, abs=NEAR)

        asyncio.run(scene())

    def test_one_that_was_open_when_the_desk_crashed_closed_just_now(
        self, path: Path, clock: FakeClock, tmp_path: Path
    ) -> None:
        async def scene() -> None:
            async def some(file: BudgetFile) -> Path:
                await file.connecting("a")
                file.closed("a")  # this and the next share a commit, in this order
                clock.now += 100.0
                await file.connecting("a")
                return crashed(path, tmp_path / "crash")

            left = await in_run(path, clock, some)
            clock.now += 50.0
            assert (await spent(left, clock)).socket_age_s == 0.0
            clock.now += 7.0
            assert (await spent(left, clock)).socket_age_s == pytest.approx(7.0, abs=NEAR)

        asyncio.run(scene())


class TestClock:
    @pytest.mark.parametrize("moved_ms", [-50 * HOUR_MS, -900, 900, 50 * HOUR_MS])
    @pytest.mark.parametrize("crash", [False, True])
    def test_set_while_the_desk_runs_changes_no_age(
        self, path: Path, clock: FakeClock, tmp_path: Path, moved_ms: int, crash: bool
    ) -> None:
        async def scene() -> None:
            async def some(file: BudgetFile) -> Path:
                file.sent(await file.spend("kline"))
                clock.now += 60.0
                clock.set_wall_ms(clock.wall_ms() + moved_ms)
                file.sent(await file.spend("trade-tick"))
                return crashed(path, tmp_path / "crash")

            left = await in_run(path, clock, some)
            clock.now += 60.0
            found = dict((await spent(left if crash else path, clock)).recent)
            assert found["kline"] == pytest.approx(120.0, abs=NEAR)

        asyncio.run(scene())

    def test_set_back_between_two_runs_makes_the_past_now(
        self, path: Path, clock: FakeClock
    ) -> None:
        async def scene() -> None:
            async def some(file: BudgetFile) -> None:
                file.sent(await file.spend("kline"))
                await file.connecting("a")
                file.closed("a")

            await in_run(path, clock, some)
            clock.set_wall_ms(clock.wall_ms() - 5 * HOUR_MS)
            found = await spent(path, clock)
            assert found == Spent(day=((0.0, 1),), recent=(("kline", 0.0),), socket_age_s=0.0)
            clock.now += 50.0
            found = await spent(path, clock)
            assert found.recent[0][1] == pytest.approx(50.0, abs=NEAR)
            assert found.day[0][0] == pytest.approx(50.0, abs=NEAR)

        asyncio.run(scene())


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
    data[4096:] = os.urandom(len(data) - 4096)
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
        asyncio.run(BudgetFile(path, clock=clock).close())
        assert not path.exists()

        async def used() -> None:
            await spent(path, clock)

        asyncio.run(used())
        budget_threads = [t for t in threading.enumerate() if t.name.startswith("budget")]
        for thread in budget_threads:
            thread.join(10)
        assert not any(thread.is_alive() for thread in budget_threads)


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


def worst(times: list[float], calls: int, seconds: float) -> bool:
    return any(b - a < seconds - 1e-6 for a, b in zip(times, times[calls:], strict=False))


class TestWithAThrottle:
    @settings(max_examples=40, deadline=None)
    @given(
        runs=st.lists(
            st.tuples(
                st.lists(st.sampled_from([0.0, 0.3, 4.0, 10.0, 400.0, 30_000.0]), max_size=6),
                st.sampled_from([0, -3 * HOUR_MS, 40 * HOUR_MS]),  # set while running
                st.booleans(),  # crash
                st.sampled_from([0.0, 0.3, 4.0, 10.0, 400.0, 30_000.0]),  # down for so long
                st.sampled_from([0, 0, -HOUR_MS]),  # set while down
            ),
            min_size=2,
            max_size=4,
        )
    )
    def test_no_restart_crash_or_clock_overspends(
        self, runs: list[tuple[list[float], int, bool, float, int]]
    ) -> None:
        plan = Plan(
            name="test",
            title="Test",
            source="",
            rates={"all": (Rate(2, 10.0),), "kline": (Rate(1, 5.0),)},
            calls_per_day=5,
            codes_per_call=1,
            sets_per_batch=1,
            connections=1,
            codes_per_subscription=1,
        )
        clock = FakeClock()
        times: dict[str, list[float]] = {"kline": [], "all": []}

        async def scene(folder: Path) -> None:
            path = folder / "budget.sqlite3"
            for number, (pauses, moved_ms, crash, down_s, moved_down_ms) in enumerate(runs):
                file = BudgetFile(path, clock=clock)
                throttle = Throttle("test", plan, clock=clock, ledger=file, margin_s=0.0)
                await throttle.open()
                for turn, pause in enumerate(pauses):
                    clock.now += pause
                    if turn == 2:
                        clock.set_wall_ms(clock.wall_ms() + moved_ms)
                        await file.connecting("a")  # a commit notes that the clock moved
                    name = ("kline", "depth")[turn % 2]
                    if throttle.estimate(name, Lane.CLICK) == 0.0:
                        ticket = await throttle.call(name, Lane.CLICK)
                        clock.now += 0.25
                        ticket.sent()
                        for key in {name, "all"} & set(times):
                            times[key].append(clock.now)
                left = crashed(path, folder / str(number)) if crash else path
                await file.close()
                path = left
                clock.now += down_s
                clock.set_wall_ms(clock.wall_ms() + moved_down_ms)

        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(scene(Path(folder)))
        assert not worst(times["all"], 2, 10.0)
        assert not worst(times["kline"], 1, 5.0)
        assert not worst(times["all"], 5, DAY_S)
