"""A vendor that tells when it has accepted the token: until then nothing may be asked."""

import json

from scenes import Scene, play
from tinyserver import TRADES, eventually
from toyvendor import READY, toy

from alltick_desk.feed.conversation import SIGN_IN_S
from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.feed.wiring import SocketState

CODEC = toy(signs_in=True)


def refused(ret: int) -> str:
    return json.dumps({"ret": ret, "msg": "no", "cmd_id": 22005, "seq_id": 1, "trace": "x"})


def test_nothing_is_asked_before_the_vendor_is_ready() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await eventually(lambda: scene.tiny.live)
        await scene.desk.clock.sleep(SIGN_IN_S / 2)
        assert scene.session.state is SocketState.CONNECTING
        assert not scene.tiny.commands
        await scene.tiny.live[1].send(READY)
        await scene.state(SocketState.LIVE)
        await scene.acknowledged("A.HK")

    assert play(act, codec=CODEC).tiny.opened == 1


def test_the_word_may_come_with_the_handshake() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.greet = lambda connection: connection.send(READY)
        scene.want("A.HK")
        await scene.acknowledged("A.HK")

    assert play(act, codec=CODEC).tiny.opened == 1


def test_a_lost_word_ends_the_connection_and_the_next_one_may_get_it() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.state(SocketState.WAITING)
        scene.tiny.greet = lambda connection: connection.send(READY)
        assert scene.session.health().reason == (
            "The vendor did not accept the token within 10 seconds; the desk connects again."
        )
        assert not scene.tiny.commands
        await scene.acknowledged("A.HK")

    scene = play(act, codec=CODEC)
    assert scene.tiny.opened == 2
    assert scene.tiny.lists(TRADES) == [["A.HK"]]


def test_a_token_that_is_refused_on_the_socket_stops_until_told() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await eventually(lambda: scene.tiny.live)
        await scene.tiny.live[1].send(refused(401))
        await scene.state(SocketState.REFUSED)
        assert scene.session.health().next_try_s is None
        assert scene.coverage("A.HK") is Coverage.WANTED
        await scene.desk.clock.sleep(60)
        assert scene.tiny.opened == 1
        scene.session.retry()
        await eventually(lambda: scene.tiny.opened == 2)

    play(act, codec=CODEC)


def test_any_other_refusal_before_that_is_of_the_connection() -> None:
    async def act(scene: Scene) -> None:
        await eventually(lambda: scene.tiny.live)
        await scene.tiny.live[1].send(refused(603))
        await scene.state(SocketState.REFUSED)
        assert scene.session.health().next_try_s is not None
        assert scene.turned_away == [1]

    play(act, codec=CODEC)
