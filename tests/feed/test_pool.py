import asyncio
import logging
from collections.abc import Awaitable, Callable

import msgspec
import pytest
from scenes import play_with
from tinyserver import TOKEN, TRADES, Desk, TinyAllTick, eventually, running, tiny_alltick
from vendorside import wishes

from alltick_desk.feed.lanes import Lane
from alltick_desk.feed.pool import Pool, PoolHealth
from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.feed.wiring import SocketState
from alltick_desk.vendors.base import Channel, Wish
from alltick_desk.vendors.plans import plan_named

PLAN = msgspec.structs.replace(
    plan_named("alltick", "premium"), connections=3, codes_per_subscription=2
)


class Scene:
    """A pool, and the server it talks to."""

    def __init__(self, tiny: TinyAllTick) -> None:
        self.tiny = tiny
        self.desk = Desk(tiny)
        self.pool = Pool("stock", PLAN, self.desk.wiring)

    async def run(self) -> None:
        await self.pool.run()

    def want(self, *codes: str, opened: str | None = None) -> None:
        self.pool.want(wishes(codes), opened=opened)

    def coverage(self, code: str) -> Coverage:
        return self.pool.coverage(code).coverage

    def state_of(self, code: str) -> SocketState | None:
        socket = self.pool.socket(self.pool.coverage(code).socket)
        return None if socket is None else socket.state

    async def acknowledged(self, *codes: str) -> None:
        await eventually(
            lambda: all(self.coverage(code) is Coverage.ACKNOWLEDGED for code in codes)
        )


def play(act: Callable[[Scene], Awaitable[None]]) -> Scene:
    return play_with(Scene, act)


def test_a_family_without_codes_opens_no_socket_and_the_first_code_one() -> None:
    async def act(scene: Scene) -> None:
        await scene.desk.clock.sleep(20)
        assert scene.tiny.opened == 0
        health = scene.pool.health()
        assert (health.state, health.sockets) == (SocketState.CLOSED, ())
        assert health.sentence == "Nothing of this family is watched."
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        scene.want()
        await eventually(lambda: not scene.tiny.live)
        assert scene.pool.health().state is SocketState.CLOSED

    assert play(act).tiny.opened == 1


def test_it_opens_as_many_sockets_as_the_codes_need_and_closes_the_rest() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK", "B.HK", "C.HK", "D.HK", "E.HK", "F.HK", "G.HK")
        await scene.acknowledged("A.HK", "B.HK", "C.HK", "D.HK", "E.HK", "F.HK")
        assert len(scene.tiny.live) == 3
        assert scene.coverage("G.HK") is Coverage.BEYOND_PLAN
        health = scene.pool.health()
        assert health.state is SocketState.LIVE
        assert [each.socket for each in health.sockets] == [f"alltick/stock#{n}" for n in (1, 2, 3)]
        assert health.subscribed == 6
        scene.want("A.HK", "C.HK")
        await eventually(lambda: len(scene.tiny.live) == 1)
        await scene.acknowledged("A.HK", "C.HK")
        scene.want("A.HK", "B.HK", "C.HK")
        await scene.acknowledged("A.HK", "B.HK", "C.HK")
        assert len(scene.tiny.live) == 2

    scene = play(act)
    held = [codes for codes in scene.tiny.lists(TRADES) if len(codes) > PLAN.codes_per_subscription]
    assert not held


def test_a_refused_further_connection_is_lived_without() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        scene.tiny.connections_allowed = 1
        scene.want("A.HK", "B.HK", "C.HK", "D.HK", "E.HK")
        await eventually(lambda: scene.tiny.refused == 2)
        await scene.acknowledged("A.HK", "B.HK")
        await eventually(lambda: scene.coverage("C.HK") is Coverage.BEYOND_PLAN)
        assert "refused a further connection" in scene.pool.coverage("C.HK").sentence
        await eventually(lambda: len(scene.pool.health().sockets) == 1)
        await scene.desk.clock.sleep(120)
        assert scene.tiny.refused == 2  # not hammered
        assert scene.pool.health().state is SocketState.LIVE

    play(act)


def test_the_only_connection_that_is_refused_says_so_and_is_tried_again() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.connections_allowed = 0
        scene.want("A.HK")
        await eventually(lambda: scene.pool.health().state is SocketState.REFUSED)
        health = scene.pool.health()
        assert "no further connection" in health.sentence
        assert health.next_try_s is not None
        assert scene.state_of("A.HK") is SocketState.REFUSED
        scene.tiny.connections_allowed = 1
        await scene.acknowledged("A.HK")

    play(act)


def test_where_none_lives_no_connection_counts_as_a_further_one() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.connections_allowed = 0
        scene.want("A.HK", "B.HK", "C.HK", "D.HK")
        await eventually(lambda: scene.tiny.refused == 2)
        await scene.desk.clock.sleep(5)
        assert len(scene.pool.health().sockets) == 2
        assert scene.coverage("C.HK") is Coverage.WANTED

    play(act)


def test_each_code_has_the_state_of_its_own_socket() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK", "B.HK", "C.HK")
        await scene.acknowledged("A.HK", "B.HK", "C.HK")
        number = next(n for (n, _), codes in scene.tiny.held.items() if "C.HK" in codes)
        scene.desk.throttle.gate.clear()
        await scene.tiny.live[number].close(1011)
        await eventually(lambda: scene.state_of("C.HK") is SocketState.WAITING)
        assert scene.state_of("A.HK") is SocketState.LIVE
        health = scene.pool.health()
        assert health.state is SocketState.LIVE
        assert health.sentence.startswith("1 of 2 connections are live.")
        scene.desk.throttle.gate.set()
        await scene.acknowledged("C.HK")
        assert scene.pool.health().reconnects == 1

    play(act)


def test_the_socket_of_chart_and_book_asks_first() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK", "B.HK", "C.HK", opened="A.HK")
        await scene.acknowledged("A.HK", "B.HK", "C.HK")
        scene.want("C.HK", "B.HK", "D.HK", opened="C.HK")
        await scene.acknowledged("D.HK")

    scene = play(act)
    lanes = scene.desk.throttle.lanes
    assert sorted(lanes[:2]) == [("alltick/stock#1", Lane.CLICK), ("alltick/stock#2", Lane.VISIBLE)]
    assert lanes[2] == ("alltick/stock#1", Lane.VISIBLE)  # C is on the second


def test_a_family_without_the_code_in_chart_and_book_hurries_nobody() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")

    assert play(act).desk.throttle.lanes == [("alltick/stock#1", Lane.VISIBLE)]


def test_another_plan_takes_effect_on_the_open_socket() -> None:
    async def act(scene: Scene) -> None:
        small = msgspec.structs.replace(PLAN, connections=1)
        scene.pool.configure(small)
        scene.want("A.HK", "B.HK", "C.HK")
        await scene.acknowledged("A.HK", "B.HK")
        assert scene.coverage("C.HK") is Coverage.BEYOND_PLAN
        scene.pool.configure(msgspec.structs.replace(small, codes_per_subscription=5))
        await scene.acknowledged("C.HK")

    assert play(act).tiny.opened == 1


def test_told_to_connect_again_those_that_wait_try_and_those_that_live_stay() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK", "B.HK", "C.HK")
        await scene.acknowledged("A.HK", "B.HK", "C.HK")
        number = next(n for (n, _), codes in scene.tiny.held.items() if "C.HK" in codes)
        right, scene.desk.token = scene.desk.token, None
        await scene.tiny.live[number].close(1011)
        await eventually(lambda: scene.state_of("C.HK") is SocketState.CLOSED)
        scene.desk.token = right
        await scene.desk.clock.sleep(60)
        assert scene.tiny.opened == 2
        scene.pool.reconnect()
        await scene.acknowledged("C.HK")
        scene.pool.reconnect()
        await scene.desk.clock.sleep(20)

    scene = play(act)
    assert scene.tiny.opened == 3


def test_depth_has_its_own_list() -> None:
    async def act(scene: Scene) -> None:
        scene.pool.want(wishes(("A.HK",), (Wish("A.HK", 10), Wish("B.HK", 1))))
        await eventually(
            lambda: scene.pool.coverage("B.HK", Channel.DEPTH).coverage is Coverage.ACKNOWLEDGED
        )
        assert scene.coverage("B.HK") is Coverage.ACKNOWLEDGED

    play(act)


def test_whoever_shows_the_states_is_told_of_changes_and_not_of_ticks() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        await scene.desk.clock.sleep(1)
        before = scene.desk.changes
        assert before
        for _ in range(20):
            await scene.tiny.push("A.HK")
        await eventually(lambda: len(scene.desk.sink.trades) == 20)
        assert scene.desk.changes == before

    play(act)


def test_a_pool_can_run_again_and_keeps_its_counters(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def main() -> PoolHealth:
        async with tiny_alltick() as tiny:
            scene = Scene(tiny)
            scene.want("A.HK")
            for _ in range(2):
                async with running(scene.pool.run):
                    await scene.acknowledged("A.HK")
                assert scene.coverage("A.HK") is Coverage.WANTED
            return scene.pool.health()

    health = asyncio.run(main())
    assert health.messages >= 2
    assert health.reconnects == 1
    assert TOKEN not in caplog.text + repr(health)
