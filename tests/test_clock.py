"""The machine's clock over a sleep of the machine."""

import asyncio
import time

import pytest

from alltick_desk import clock as module
from alltick_desk.clock import LONGEST_S, SystemClock


class Machine:
    """A machine that goes to sleep for an hour while the program waits."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.now_s

    async def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now_s += seconds + (3_600.0 if len(self.waits) == 2 else 0.0)


def test_what_was_waited_for_comes_soon_after_the_machine_wakes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine, clock = Machine(), SystemClock()
    monkeypatch.setattr(clock, "_now", machine.now)
    monkeypatch.setattr(asyncio, "sleep", machine.wait)
    asyncio.run(clock.sleep(1_800.0))
    assert machine.waits == [LONGEST_S, LONGEST_S]


def test_a_wait_is_never_shorter_than_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    machine, clock = Machine(), SystemClock()
    machine.waits = [0.0, 0.0]  # it sleeps no more
    monkeypatch.setattr(clock, "_now", machine.now)
    monkeypatch.setattr(asyncio, "sleep", machine.wait)
    asyncio.run(clock.sleep(75.0))
    assert machine.now_s == 175.0


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32", "plan9"])
def test_there_is_a_clock_everywhere(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "platform", platform)
    now = module._awake_and_asleep()
    first = now()
    assert now() >= first


def test_a_system_that_refuses_its_clock_has_the_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_which: int) -> float:
        raise OSError

    monkeypatch.setattr(time, "clock_gettime", refuse)
    assert module._awake_and_asleep() is time.monotonic
