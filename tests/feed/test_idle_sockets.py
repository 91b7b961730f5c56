"""A socket all of whose codes are refused: closed while it is of no use, open again in time."""

import pytest
from dialogues import TRADES, codes, covers, dialogue
from test_pool import Scene, play
from tinyserver import eventually
from vendorside import wishes

from alltick_desk.errors import Verdict
from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.feed.wiring import SocketState

REFUSES_ALL = "The vendor refuses every code of this family; the rows say why."
REPLACES = pytest.mark.parametrize("replaces", [True, False])


@REPLACES
def test_a_short_pause_is_waited_for_on_the_open_socket(replaces: bool) -> None:
    talk = dialogue(replaces=replaces)
    talk.vendor.bad[TRADES, "A"] = Verdict.SERVER
    talk.subscriptions.want(wishes(codes("A")))
    for _ in range(4):  # pauses of 5, 10, 20 and 40 seconds
        assert talk.step(1)
        assert talk.subscriptions.sockets(talk.now_s) == (1,)
        talk.now_s = talk.due_s() or 0.0
    assert talk.step(1)
    assert talk.subscriptions.sockets(talk.now_s) == ()  # 80 seconds
    assert talk.subscriptions.shut_out


@REPLACES
def test_it_is_open_again_when_the_list_may_go_again(replaces: bool) -> None:
    talk = dialogue(replaces=replaces)
    talk.vendor.bad[TRADES, "A"] = Verdict.BUG
    talk.subscriptions.want(wishes(codes("A")))
    assert talk.step(1)
    assert talk.subscriptions.sockets(talk.now_s) == ()
    talk.drop(1)
    assert covers(talk, "A") == [Coverage.REFUSED]
    due_s = talk.subscriptions.due_s(None, talk.now_s)
    assert due_s == talk.now_s + 60.0
    assert talk.subscriptions.sockets(due_s - 1.0) == ()
    assert talk.subscriptions.sockets(due_s) == (1,)
    talk.now_s = due_s
    talk.vendor.bad.clear()
    talk.run()
    assert covers(talk, "A") == [Coverage.ACKNOWLEDGED]
    assert not talk.subscriptions.shut_out


@REPLACES
def test_more_that_is_wanted_opens_it_at_once(replaces: bool) -> None:
    talk = dialogue(replaces=replaces)
    talk.vendor.bad[TRADES, "A"] = Verdict.BUG
    talk.subscriptions.want(wishes(codes("AB")))
    assert talk.step(1)
    assert talk.subscriptions.sockets(talk.now_s) == ()
    talk.drop(1)
    talk.subscriptions.want(wishes(codes("A")))  # less of the same tells nothing new
    assert talk.subscriptions.sockets(talk.now_s) == ()
    talk.subscriptions.want(wishes(codes("AC")))
    assert talk.subscriptions.sockets(talk.now_s) == (1,)
    assert talk.step(1)


def test_a_person_who_connects_again_has_it_asked_at_once() -> None:
    talk = dialogue()
    talk.vendor.bad[TRADES, "A"] = Verdict.BUG
    talk.subscriptions.want(wishes(codes("A")))
    assert talk.step(1)
    assert talk.subscriptions.sockets(talk.now_s) == ()
    talk.subscriptions.resume()
    assert talk.subscriptions.sockets(talk.now_s) == (1,)


def test_one_that_streams_anything_stays() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes(codes("A")))
    assert talk.step(1)
    talk.vendor.bad[TRADES, "B"] = Verdict.SERVER
    talk.subscriptions.want(wishes(codes("AB")))
    for _ in range(8):
        assert talk.step(1)
        assert talk.subscriptions.sockets(talk.now_s) == (1,)
        talk.now_s = talk.due_s() or 0.0


def test_a_plan_that_turns_out_to_have_no_room_says_so() -> None:
    talk = dialogue(size=1)
    talk.vendor.bad[TRADES, "A"] = Verdict.OVER_PLAN
    talk.subscriptions.want(wishes(codes("A")))
    assert talk.step(1)
    assert talk.subscriptions.sockets(talk.now_s) == ()
    standing = talk.subscriptions.coverage("A")
    assert standing.coverage is Coverage.BEYOND_PLAN
    assert standing.sentence == "The vendor accepts no code here now; the desk asks again later."
    assert talk.subscriptions.shut_out


@pytest.mark.parametrize("ret", [600, 604, 400])
def test_the_pool_closes_it_without_being_told_to(ret: int) -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.refuse = lambda _command, asked: ret if "BAD.HK" in asked else None
        scene.want("BAD.HK")
        await eventually(lambda: scene.tiny.opened == 1)
        await eventually(lambda: not scene.tiny.live and not scene.pool.health().sockets)
        health = scene.pool.health()
        assert health.state is SocketState.CLOSED
        assert health.sentence == REFUSES_ALL
        await scene.desk.clock.sleep(20)
        assert scene.tiny.opened == 1
        scene.want("BAD.HK", "GOOD.HK")
        await eventually(lambda: scene.tiny.opened == 2)
        if ret in {600, 604}:  # refusals that are of one code
            await scene.acknowledged("GOOD.HK")

    play(act)


def test_the_pool_opens_it_when_a_person_asks_for_it() -> None:
    async def act(scene: Scene) -> None:
        scene.tiny.refuse = lambda _command, _asked: 400
        scene.want("A.HK")
        await eventually(lambda: scene.tiny.opened == 1)
        await eventually(lambda: not scene.tiny.live)
        scene.tiny.refuse = lambda _command, _asked: None
        scene.pool.reconnect()
        await scene.acknowledged("A.HK")

    play(act)


@pytest.mark.parametrize("verdict", [Verdict.BUG, Verdict.SERVER])
def test_scrolling_through_a_long_list_asks_no_more_than_standing_still(verdict: Verdict) -> None:
    talk = dialogue(size=20)
    names = [f"S{number}" for number in range(60)]
    for name in names:
        talk.vendor.bad[TRADES, name] = verdict
    sent = 0
    for first in range(30):  # another code comes into what the plan has room for, and one leaves
        talk.subscriptions.want(wishes(names[first : first + 20]))
        while talk.subscriptions.sockets(talk.now_s) and talk.step(1):
            sent += 1
        if not talk.subscriptions.sockets(talk.now_s):
            talk.drop(1)
        talk.now_s += 2
    assert sent <= 5
