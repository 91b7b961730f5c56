"""A vendor where a further connection may end an older one without a word."""

from collections.abc import Awaitable, Callable

import msgspec
import pytest
from scenes import Scene, play, play_with
from tinyserver import Desk, TinyAllTick, eventually
from toyvendor import toy
from vendorside import wishes
from websockets.asyncio.server import ServerConnection

from alltick_desk.feed.pool import Pool
from alltick_desk.feed.session import HEALTHY_S
from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.feed.wiring import SocketState
from alltick_desk.vendors.plans import plan_named

CODEC = toy(evicts=True)


async def evict(scene: Scene, number: int) -> None:
    await scene.tiny.live[number].close()
    await scene.state(SocketState.WAITING)


def abort(scene: Scene, number: int) -> None:
    scene.tiny.live[number].transport.abort()


def wait_s(scene: Scene) -> float:
    """How long the session means to wait."""
    next_try_s = scene.session.health().next_try_s
    assert next_try_s is not None
    return float(next_try_s - scene.desk.clock.monotonic())


def test_a_polite_end_without_a_reason_looks_like_another_program() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        await evict(scene, 1)
        assert scene.session.health().reason.startswith("Another program with this token")
        assert "Connect again now" in scene.session.health().reason
        assert wait_s(scene) > 25

    play(act, codec=CODEC)


def test_it_is_not_fought_over_and_the_person_can_take_it_back() -> None:
    async def act(scene: Scene) -> None:
        for number in (1, 2, 3):
            await scene.state(SocketState.LIVE)
            await evict(scene, number)
            waits.append(wait_s(scene))
            if number == 3:
                scene.session.retry()
            else:
                scene.session._told.ring()  # as if the time had passed
        await scene.state(SocketState.LIVE)
        await evict(scene, 4)
        waits.append(wait_s(scene))

    waits: list[float] = []
    play(act, codec=CODEC)
    assert waits[0] < waits[1] < waits[2]
    assert waits[3] < waits[2]  # the person began anew


def test_a_healthy_minute_forgets_the_pauses() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        await evict(scene, 1)
        scene.session._told.ring()
        await scene.state(SocketState.LIVE)
        await scene.desk.clock.sleep(HEALTHY_S + 5)
        await evict(scene, 2)
        assert 25 < wait_s(scene) < 70  # it spoke all the time: this was an eviction, too

    play(act, codec=CODEC)


@pytest.mark.parametrize("code", [1001, 1011, 4000])
def test_an_end_with_a_reason_is_no_eviction(code: int) -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        await scene.tiny.live[1].close(code)
        await scene.state(SocketState.WAITING)
        assert scene.session.health().reason == (
            f"The vendor closed the connection with code {code}."
        )

    play(act, codec=CODEC)


def test_a_vendor_that_does_not_evict_comes_back_soon() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        await evict(scene, 1)
        assert wait_s(scene) < 10

    play(act)


def test_a_lost_line_is_one_the_first_time_and_an_eviction_the_second() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        abort(scene, 1)
        await scene.state(SocketState.WAITING)
        assert scene.session.health().reason == "The vendor closed the connection without a word."
        await scene.state(SocketState.LIVE)
        abort(scene, 2)
        await scene.state(SocketState.WAITING)
        assert scene.session.health().reason.startswith("Another program")

    play(act, codec=CODEC)


def test_lines_that_are_lost_after_a_healthy_minute_are_no_eviction() -> None:
    async def act(scene: Scene) -> None:
        for number in (1, 2):
            await scene.state(SocketState.LIVE)
            await scene.desk.clock.sleep(HEALTHY_S + 5)
            abort(scene, number)
            await scene.state(SocketState.WAITING)
            assert wait_s(scene) < 10

    play(act, codec=CODEC)


def test_one_that_never_was_accepted_was_not_evicted() -> None:
    async def act(scene: Scene) -> None:
        await eventually(lambda: scene.tiny.live)
        await evict(scene, 1)
        assert wait_s(scene) < 10

    play(act, codec=toy(evicts=True, signs_in=True))


def test_what_ended_while_the_machine_slept_was_not_taken_away() -> None:
    async def act(scene: Scene) -> None:
        for number in (1, 2):
            await scene.state(SocketState.LIVE)
            scene.desk.clock._epoch_ms += 300_000  # the monotonic clock stood
            await evict(scene, number)
            assert scene.session.health().reason == (
                "The vendor closed the connection with code 1000."
            )
            assert wait_s(scene) < 20

    play(act, codec=CODEC)


def test_where_another_family_has_just_come_up_the_plan_seems_to_be_smaller() -> None:
    async def act(scene: Scene) -> None:
        doors, clock = scene.desk.wiring.doors, scene.desk.clock
        doors.came_up("alltick/other#1", clock.monotonic())  # before: that cannot be why
        await scene.state(SocketState.LIVE)
        await evict(scene, 1)
        assert scene.session.health().reason.startswith("Another program")
        scene.session._told.ring()
        await scene.state(SocketState.LIVE)
        await clock.sleep(1)
        doors.came_up("alltick/other#1", clock.monotonic())
        await evict(scene, 2)
        assert "fewer than the plan" in scene.session.health().reason
        assert wait_s(scene) > 25

    play(act, codec=CODEC)


class Family:
    """A pool of two sockets at a vendor that gives one."""

    def __init__(self, tiny: TinyAllTick) -> None:
        self.tiny = tiny
        self.desk = Desk(tiny, CODEC)
        plan = plan_named("alltick", "premium")
        self.pool = Pool(
            "stock",
            msgspec.structs.replace(plan, connections=2, codes_per_subscription=2),
            self.desk.wiring,
        )

    async def run(self) -> None:
        await self.pool.run()

    async def evict_older(self, connection: ServerConnection) -> None:
        for other in list(self.tiny.live.values()):
            if other is not connection:
                await other.close()


def in_family(act: Callable[[Family], Awaitable[None]]) -> Family:
    return play_with(Family, act)


def test_a_newcomer_of_our_own_gives_way_and_the_older_one_comes_back() -> None:
    async def act(family: Family) -> None:
        coverage = family.pool.coverage
        family.pool.want(wishes(("A.HK", "B.HK")))
        await eventually(lambda: coverage("B.HK").coverage is Coverage.ACKNOWLEDGED)
        family.tiny.greet = family.evict_older
        family.pool.want(wishes(("A.HK", "B.HK", "C.HK")))
        await eventually(lambda: family.tiny.opened == 2)
        await eventually(lambda: coverage("C.HK").coverage is Coverage.BEYOND_PLAN)
        await eventually(lambda: coverage("B.HK").coverage is Coverage.ACKNOWLEDGED)
        assert "refused a further connection" in coverage("C.HK").sentence
        await family.desk.clock.sleep(60)
        assert [it.socket for it in family.pool.health().sockets] == ["alltick/stock#1"]

    assert in_family(act).tiny.opened == 3
