"""A throttle over the budget file: no restart, crash or clock makes it overspend."""

import asyncio
import tempfile
from pathlib import Path

from budgetruns import HOUR_MS, crashed
from fakes import FakeClock
from hypothesis import given, settings
from hypothesis import strategies as st

from alltick_desk.feed.throttle import Lane, Throttle
from alltick_desk.model.spending import DAY_S
from alltick_desk.store.budget import BudgetFile
from alltick_desk.vendors.base import Plan, Rate


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
