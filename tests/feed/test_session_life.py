"""A session's socket: kept alive, ended when silent, and replaced after a pause."""

import asyncio
from itertools import pairwise

from scenes import Scene, play
from tinyserver import HEARTBEAT, TOKEN, TRADES, eventually, running, tiny_alltick

from alltick_desk.feed.session import SocketState
from alltick_desk.feed.subscriptions import Coverage


def test_a_lost_socket_comes_back_after_the_pause_with_its_subscriptions() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK", "B.HK")
        await scene.acknowledged("A.HK")
        await scene.tiny.live[1].close(1011, f"reason with {TOKEN}")
        await scene.state(SocketState.WAITING)
        health = scene.session.health()
        assert health.reason == "The vendor closed the connection with code 1011."
        assert health.next_try_s is not None
        assert scene.coverage("A.HK") is Coverage.WANTED
        scene.want("B.HK", "C.HK")
        await scene.acknowledged("C.HK")

    scene = play(act, pause_s=10.0)
    assert scene.tiny.lists(TRADES) == [["A.HK", "B.HK"], ["B.HK", "C.HK"]]
    assert scene.session.health().reconnects == 1
    lost_s = scene.desk.throttle.times("closed")[0]
    assert scene.desk.throttle.times("connect")[1] - lost_s >= 10.0


def test_pauses_grow_while_nothing_is_there_and_are_capped() -> None:
    async def main() -> None:
        async with tiny_alltick() as tiny:
            scene = Scene(tiny, pause_s=0.5)
            scene.desk.url = "ws://127.0.0.1:9/nobody-here"
            async with running(scene.session.run):
                await eventually(lambda: len(scene.desk.throttle.times("connect")) >= 6)
                health = scene.session.health()
            assert health.state in {SocketState.WAITING, SocketState.CONNECTING}
            times = scene.desk.throttle.times("connect")
            gaps = [after - before for before, after in pairwise(times)]
            for gap, span in zip(gaps, (1, 2, 4, 8, 16), strict=False):
                assert gap >= max(0.5, span / 2)
            assert not scene.desk.reports

    asyncio.run(main())


def test_an_unreachable_server_is_a_sentence() -> None:
    async def main() -> None:
        async with tiny_alltick() as tiny:
            scene = Scene(tiny)
            scene.desk.url = "ws://127.0.0.1:9/nobody-here"
            async with running(scene.session.run):
                await scene.state(SocketState.WAITING)
                reason = scene.session.health().reason
            assert reason == "127.0.0.1 could not be reached: Connection refused."

    asyncio.run(main())


def test_a_heartbeat_keeps_a_quiet_socket_alive() -> None:
    async def act(scene: Scene) -> None:
        await eventually(lambda: len(scene.tiny.of(HEARTBEAT)) >= 5)
        assert scene.session.state is SocketState.LIVE

    scene = play(act)
    assert scene.tiny.opened == 1
    beats = scene.desk.throttle.times("heartbeat")
    assert all(after - before >= 10.0 for before, after in pairwise(beats))


def test_a_silent_socket_is_ended_and_replaced() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        scene.tiny.mute = {HEARTBEAT}
        await scene.state(SocketState.SILENT)
        assert scene.session.health().reason == "The vendor does not answer the heartbeat."
        await scene.state(SocketState.WAITING)
        assert "silent" in scene.session.health().reason
        scene.tiny.mute = set()
        await scene.state(SocketState.LIVE)
        await scene.acknowledged("A.HK")

    scene = play(act)
    assert scene.session.health().reconnects == 1
    assert len(scene.tiny.lists(TRADES)) == 2


def test_any_message_counts_as_life() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.mute = {HEARTBEAT}
        await scene.state(SocketState.SILENT)
        await scene.tiny.push("A.HK")
        await scene.state(SocketState.LIVE)
        while len(scene.tiny.of(HEARTBEAT)) < 12:
            await scene.tiny.push("A.HK")
            await scene.desk.clock.sleep(2)

    assert play(act).tiny.opened == 1


def test_told_while_it_waits_for_leave_it_connects_once_and_with_the_newest_token() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        scene.desk.throttle.gate.clear()
        await scene.tiny.live[1].close()
        await scene.state(SocketState.WAITING)
        await scene.desk.clock.sleep(10)  # now it waits for the throttler
        scene.tiny.token = scene.desk.token = "another"
        scene.session.retry()
        await scene.desk.clock.sleep(5)
        scene.desk.throttle.gate.set()
        await scene.state(SocketState.LIVE)
        await scene.desk.clock.sleep(20)

    scene = play(act)
    assert (scene.tiny.opened, scene.tiny.refused) == (2, 0)


def test_it_says_that_it_waits_for_another_connection_to_close() -> None:
    async def act(scene: Scene) -> None:
        doors = scene.desk.wiring.doors
        doors.configure(0)
        await eventually(lambda: scene.session.health().reason)
        assert scene.session.state is SocketState.CONNECTING
        assert scene.session.health().reason == "Another connection has to be closed first."
        assert not scene.desk.throttle.times("connect")
        scene.desk.throttle.gate.clear()  # the plan's pause
        doors.configure(1)
        await eventually(lambda: not scene.session.health().reason)  # it is closed by now
        assert scene.session.state is SocketState.CONNECTING
        scene.desk.throttle.gate.set()
        await scene.state(SocketState.LIVE)

    play(act)
