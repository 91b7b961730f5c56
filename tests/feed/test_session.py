"""A session sends what is wanted and passes on what comes."""

import asyncio

from scenes import Scene, play
from tinyserver import CANCEL, DEPTH, TRADES, book, eventually, running, tiny_alltick, trade
from websockets.asyncio.server import ServerConnection

from alltick_desk.feed.session import SocketState
from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.vendors.base import Wish


def test_it_connects_subscribes_and_passes_every_tick_on() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK", "B.HK", depth=(Wish("A.HK", 10),))
        await eventually(lambda: scene.tiny.of(DEPTH) and scene.tiny.of(TRADES))
        assert scene.session.state is SocketState.LIVE
        await scene.tiny.push("A.HK", "612.500")
        await scene.tiny.live[1].send(book("A.HK"))
        await eventually(lambda: scene.desk.sink.trades and scene.desk.sink.depths)

    scene = play(act)
    (tick, now_s), (depth, _) = scene.desk.sink.trades[0], scene.desk.sink.depths[0]
    assert (tick.code, tick.price) == ("A.HK", "612.500")
    assert 0 < now_s <= scene.desk.clock.monotonic()
    assert depth.sides().bids[0].price == "9.12"
    assert scene.tiny.lists(TRADES) == [["A.HK", "B.HK"]]
    assert scene.tiny.of(DEPTH) == [{"symbol_list": [{"code": "A.HK", "depth_level": 10}]}]
    assert scene.session.health().reconnects == 0
    assert not scene.desk.reports


def test_ticks_that_come_with_the_handshake_are_not_lost() -> None:
    async def act(scene: Scene) -> None:
        await eventually(lambda: len(scene.desk.sink.trades) == 50)

    async def greet(connection: ServerConnection) -> None:
        for _ in range(50):
            await connection.send(trade("A.HK"))

    async def main() -> None:
        async with tiny_alltick() as tiny:
            tiny.greet = greet
            scene = Scene(tiny)
            async with running(scene.session.run):
                await act(scene)

    asyncio.run(main())


def test_edits_close_together_are_one_request_and_every_request_has_a_ticket() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        for last in range(1, 9):
            scene.want(*[f"{n}.HK" for n in range(last)])
            await asyncio.sleep(0)
        await scene.acknowledged("7.HK")
        scene.want("X.HK")
        await scene.acknowledged("X.HK")

    scene = play(act)
    assert scene.tiny.lists(TRADES) == [[f"{n}.HK" for n in range(8)], ["X.HK"]]
    assert len(scene.desk.throttle.times("request")) == 2


def test_a_request_is_made_of_the_newest_wishes_after_a_long_wait() -> None:
    async def act(scene: Scene) -> None:
        await scene.state(SocketState.LIVE)
        scene.desk.throttle.gate.clear()
        scene.want("A.HK")
        await scene.desk.clock.sleep(2)
        scene.want("B.HK")
        scene.desk.throttle.gate.set()
        await scene.acknowledged("B.HK")
        scene.desk.throttle.gate.clear()
        scene.want("B.HK", "C.HK")
        await scene.desk.clock.sleep(2)
        scene.want("B.HK")  # as it was: nothing is to be said any more
        scene.desk.throttle.gate.set()
        await eventually(lambda: scene.desk.throttle.times("cancelled request"))

    assert play(act).tiny.lists(TRADES) == [["B.HK"]]


def test_an_emptied_list_is_cancelled() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        scene.want(depth=(Wish("A.HK", 1),))
        await eventually(lambda: scene.tiny.of(CANCEL))

    assert play(act).tiny.of(CANCEL) == [{"cancel_type": 2}]


def test_a_lost_acknowledgement_sends_the_list_again() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.mute = {TRADES}
        scene.want("A.HK")
        await eventually(lambda: len(scene.tiny.of(TRADES)) == 1)
        scene.tiny.mute = set()
        await scene.acknowledged("A.HK")

    assert play(act).tiny.lists(TRADES) == [["A.HK"], ["A.HK"]]


def test_data_stands_in_for_an_acknowledgement_of_its_channel_only() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.mute = {TRADES}
        scene.want("A.HK")
        await eventually(lambda: scene.tiny.of(TRADES))
        await scene.tiny.push("Z.HK")
        await scene.tiny.live[1].send(book("A.HK"))
        await eventually(lambda: scene.desk.sink.depths)
        assert scene.coverage("A.HK") is Coverage.SENT
        await scene.tiny.push("A.HK")
        await scene.acknowledged("A.HK")
        await scene.desk.clock.sleep(20)
        assert scene.coverage("A.HK") is Coverage.ACKNOWLEDGED

    assert len(play(act).tiny.of(TRADES)) == 1


def test_an_unknown_code_is_marked_and_the_others_stream() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.refuse = lambda _command, codes: 600 if "BAD.HK" in codes else None
        scene.want("A.HK", "B.HK", "BAD.HK", "C.HK")
        await eventually(lambda: scene.coverage("BAD.HK") is Coverage.UNKNOWN_CODE)
        for code in ("A.HK", "B.HK", "C.HK"):
            await scene.acknowledged(code)

    play(act)
