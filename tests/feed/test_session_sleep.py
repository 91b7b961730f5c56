"""A machine that sleeps: the vendor has long given the connection up when it wakes."""

import pytest
from scenes import Scene, play

from alltick_desk.feed.session import SocketState

NIGHT_MS = 8 * 3_600_000


def test_a_connection_that_was_slept_through_is_made_anew_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        clock = scene.desk.clock
        wall_ms = clock.wall_ms
        monkeypatch.setattr(clock, "wall_ms", lambda: wall_ms() + NIGHT_MS)
        begun_s = clock.monotonic()
        await scene.state(SocketState.WAITING)
        assert clock.monotonic() - begun_s < scene.desk.wiring.codec.capabilities.silence_s
        assert scene.session.health().reason == "This machine slept, or its clock was set."
        await scene.acknowledged("A.HK")

    assert play(act).session.health().reconnects == 1


def test_a_clock_that_is_set_back_ends_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        clock = scene.desk.clock
        wall_ms = clock.wall_ms
        monkeypatch.setattr(clock, "wall_ms", lambda: wall_ms() - NIGHT_MS)
        await clock.sleep(2 * scene.desk.wiring.codec.capabilities.silence_s)
        assert scene.session.state is SocketState.LIVE

    assert play(act).session.health().reconnects == 0
