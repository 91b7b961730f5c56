"""The budget file: what survives, and what is taken for the worse."""

import asyncio
from pathlib import Path

import pytest
from budgetruns import HOUR_MS, NEAR, crashed, in_run, spent
from databases import rows
from fakes import FakeClock

from alltick_desk.model.spending import Spent
from alltick_desk.store.budget import BudgetFile
from alltick_desk.store.budget_tables import DAY_KEPT_S


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
