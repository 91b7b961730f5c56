"""A session that the vendor refuses: when it stops, slows down or knocks again."""

import asyncio

from scenes import Scene, play
from tinyserver import TOKEN, eventually, running, tiny_alltick

from alltick_desk.errors import SettingsError, Verdict
from alltick_desk.feed.session import SocketState
from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.vendors.base import Address


def test_606_closes_slows_down_and_comes_back() -> None:
    async def act(scene: Scene) -> None:
        answers = iter([606])
        scene.tiny.refuse = lambda _command, _codes: next(answers, None)
        scene.want("A.HK")
        await scene.state(SocketState.WAITING)
        assert "too many requests" in scene.session.health().reason
        assert scene.coverage("A.HK") is Coverage.WANTED
        await scene.acknowledged("A.HK")

    scene = play(act)
    assert scene.desk.throttle.punished == [("socket", Verdict.RATE_CLOSED)]
    assert scene.tiny.opened == 2


def test_a_refused_token_stops_until_told_to_try_again() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        scene.desk.token = "wrong"
        await scene.tiny.live[1].close(1011)
        await scene.state(SocketState.REFUSED)
        assert "token" in scene.session.health().reason
        assert scene.session.health().next_try_s is None
        tried = scene.tiny.refused
        await scene.desk.clock.sleep(60)
        assert scene.tiny.refused == tried
        scene.desk.token = TOKEN
        scene.session.retry()
        await scene.state(SocketState.LIVE)

    play(act)


def test_a_token_refused_on_the_open_socket_stops_too() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.refuse = lambda _command, _codes: 401
        scene.want("A.HK")
        await scene.state(SocketState.REFUSED)
        await scene.desk.clock.sleep(60)

    assert play(act).tiny.opened == 1


def test_without_a_token_it_waits_for_one() -> None:
    async def main() -> None:
        async with tiny_alltick() as tiny:
            scene = Scene(tiny)
            scene.desk.token = None
            async with running(scene.session.run):
                await eventually(lambda: scene.session.health().reason)
                assert scene.session.health().reason == "There is no token yet."
                assert scene.session.state is SocketState.CLOSED
                scene.desk.token = TOKEN
                scene.session.retry()
                await scene.state(SocketState.LIVE)

    asyncio.run(main())


def test_an_endpoint_that_cannot_be_used_is_refused_with_its_sentence() -> None:
    async def main() -> None:
        async with tiny_alltick() as tiny:
            scene = Scene(tiny)

            def address(family: str) -> Address:
                raise SettingsError("Plain http goes to this machine only.")

            object.__setattr__(scene.desk.wiring, "address", address)
            async with running(scene.session.run):
                await scene.state(SocketState.REFUSED)
                assert scene.session.health().reason == "Plain http goes to this machine only."

    asyncio.run(main())


def test_a_further_connection_that_is_refused_asks_what_to_do_and_knocks_slowly() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.connections_allowed = 0
        await scene.tiny.live[1].close()
        await scene.state(SocketState.REFUSED)
        health = scene.session.health()
        assert health.next_try_s is not None
        assert health.next_try_s - scene.desk.clock.monotonic() > 20
        assert scene.turned_away == [1]

    async def first(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        await act(scene)

    play(first)


def test_one_that_is_dropped_at_once_again_and_again_counts_as_refused() -> None:
    async def main() -> None:
        async with tiny_alltick() as tiny:
            tiny.greet = lambda connection: connection.close(1000)
            scene = Scene(tiny)
            async with running(scene.session.run):
                await eventually(lambda: scene.turned_away)
            assert tiny.opened == 3

    asyncio.run(main())
