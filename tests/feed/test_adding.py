"""Lists that add up: differences, details, doubts."""

from scenes import Scene, play
from tinyserver import eventually
from toyvendor import toy
from vendorside import Dialogue, VendorSide, refusal, wishes

from alltick_desk.errors import Verdict
from alltick_desk.feed.seats import Seats
from alltick_desk.feed.subscription import Action
from alltick_desk.feed.subscriptions import Coverage, Subscriptions
from alltick_desk.feed.wiring import SocketState
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.base import Channel, Refused, Wish

TRADES, DEPTH, CANDLES = Channel.TRADES, Channel.DEPTH, Channel.CANDLES


def dialogue(*, size: int = 10, seats: Seats | None = None) -> Dialogue:
    subscriptions = Subscriptions(codes=size, connections=1, replaces=False, seats=seats)
    return Dialogue(subscriptions, VendorSide(size=size, replaces=False))


def said(talk: Dialogue) -> list[tuple[Action, Channel, tuple[Wish, ...]]]:
    """What was asked since the last look."""
    asked = [(it.action, it.channel, it.wishes) for _, it in talk.vendor.requests]
    talk.vendor.requests.clear()
    return asked


def covers(talk: Dialogue, codes: str, channel: Channel | None = None) -> list[Coverage]:
    return [talk.subscriptions.coverage(code, channel).coverage for code in codes]


def test_bars_of_another_interval_end_the_old_ones_first() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes("A", (), [Wish("A", Interval.M1)]))
    talk.run()
    said(talk)
    talk.subscriptions.want(wishes("A", (), [Wish("A", Interval.M5)]))
    talk.run()
    assert said(talk) == [
        (Action.CANCEL, CANDLES, (Wish("A", Interval.M1),)),
        (Action.SUBSCRIBE, CANDLES, (Wish("A", Interval.M5),)),
    ]
    assert talk.vendor.streams(CANDLES) == {"A": Interval.M5}
    assert talk.vendor.streams(TRADES) == {"A": 0}


def test_a_request_is_of_one_detail() -> None:
    talk = dialogue()
    bars = [Wish("A", Interval.M1), Wish("B", Interval.H1), Wish("C", Interval.M1)]
    talk.subscriptions.want(wishes((), (), bars))
    talk.run()
    assert said(talk) == [
        (Action.SUBSCRIBE, CANDLES, (bars[0], bars[2])),
        (Action.SUBSCRIBE, CANDLES, (bars[1],)),
    ]
    talk.subscriptions.want(wishes("Z"))
    talk.run()
    assert said(talk) == [
        (Action.CANCEL, CANDLES, (bars[0], bars[2])),
        (Action.CANCEL, CANDLES, (bars[1],)),
        (Action.SUBSCRIBE, TRADES, (Wish("Z"),)),
    ]


def test_what_ends_goes_before_what_begins_on_every_channel() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes("A", [Wish("A")]))
    talk.run()
    said(talk)
    talk.subscriptions.want(wishes("B", [Wish("B")]))
    talk.run()
    assert [action for action, _, _ in said(talk)] == [Action.CANCEL] * 2 + [Action.SUBSCRIBE] * 2


def test_a_refused_list_says_nothing_about_what_is_held() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes("AB"))
    talk.run()
    said(talk)
    talk.vendor.bad[TRADES, "D"] = Verdict.UNKNOWN_CODE
    talk.subscriptions.want(wishes("ABCDE"))
    talk.step(1)
    assert covers(talk, "ABC") == [Coverage.ACKNOWLEDGED] * 2 + [Coverage.WANTED]
    talk.run()
    assert [(action, "".join(it.code for it in each)) for action, _, each in said(talk)] == [
        (Action.SUBSCRIBE, "CDE"),
        (Action.SUBSCRIBE, "CD"),
        (Action.SUBSCRIBE, "C"),
        (Action.SUBSCRIBE, "E"),
    ]
    assert covers(talk, "ABCDE") == [
        Coverage.ACKNOWLEDGED,
        Coverage.ACKNOWLEDGED,
        Coverage.ACKNOWLEDGED,
        Coverage.UNKNOWN_CODE,
        Coverage.ACKNOWLEDGED,
    ]


def test_codes_of_another_plan_stay_held_while_a_culprit_is_sought() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes("AB"))
    talk.run()
    said(talk)
    talk.subscriptions.configure(codes=10, connections=1)  # nothing is proven any more
    talk.vendor.bad[TRADES, "D"] = Verdict.NOT_IN_PLAN
    talk.subscriptions.want(wishes("ABCD"))
    talk.run()
    assert Action.CANCEL not in [action for action, _, _ in said(talk)]
    assert talk.vendor.streams(TRADES).keys() == set("ABC")


def test_an_end_that_is_not_acknowledged_is_asked_for_again_before_anything_begins() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes("A"))
    talk.run()
    talk.subscriptions.want(wishes("B"))
    talk.live_through("request lost", 1)
    assert talk.vendor.streams(TRADES) == {"A": 0}
    said(talk)
    talk.step(1)
    talk.step(1)
    assert said(talk) == [
        (Action.CANCEL, TRADES, (Wish("A"),)),
        (Action.SUBSCRIBE, TRADES, (Wish("B"),)),
    ]


def test_a_code_wanted_again_after_a_doubtful_end_is_asked_for_again() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes("AB"))
    talk.run()
    talk.subscriptions.want(wishes("B"))
    talk.live_through("ack lost", 1)
    talk.subscriptions.want(wishes("AB"))
    assert covers(talk, "AB") == [Coverage.WANTED, Coverage.ACKNOWLEDGED]
    talk.run()
    assert talk.vendor.streams(TRADES).keys() == {"A", "B"}


def test_a_vendor_that_does_not_end_a_subscription_gets_a_new_socket() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes("AB"))
    talk.run()
    talk.subscriptions.want(wishes("BC"))
    talk.live_through("request lost", 1)
    assert not talk.subscriptions.stuck(1)
    talk.live_through("request lost", 1)
    assert talk.subscriptions.stuck(1)
    talk.run()  # which closes it
    assert talk.vendor.streams(TRADES).keys() == {"B", "C"}
    assert not talk.subscriptions.stuck(1)


def test_an_end_that_is_refused_for_good_gets_a_new_socket_at_once() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes("A"))
    talk.run()
    talk.subscriptions.want(wishes("B"))
    request = talk.request(1)
    assert request is not None
    refused = Refused(None, None, refusal(Verdict.BUG))
    talk.send(1, request)
    assert talk.subscriptions.settle(1, refused, talk.now_s)
    assert talk.subscriptions.stuck(1)
    talk.drop(1)
    assert covers(talk, "B") == [Coverage.WANTED]  # without the trouble of the old socket
    assert talk.request(1) is not None


def test_refused_bars_are_asked_for_again_in_another_interval() -> None:
    talk = dialogue()
    talk.vendor.bad[CANDLES, "A"] = Verdict.NOT_IN_PLAN
    talk.subscriptions.want(wishes("A", (), [Wish("A", Interval.M1)]))
    talk.run()
    assert covers(talk, "A", CANDLES) == [Coverage.NOT_IN_PLAN]
    assert covers(talk, "A") == [Coverage.ACKNOWLEDGED]
    talk.vendor.bad.clear()
    talk.subscriptions.want(wishes("A", (), [Wish("A", Interval.M5)]))
    talk.run()
    assert talk.vendor.streams(CANDLES) == {"A": Interval.M5}


def test_an_unknown_code_is_not_asked_for_again_in_another_interval() -> None:
    talk = dialogue()
    for channel in Channel:
        talk.vendor.bad[channel, "A"] = Verdict.UNKNOWN_CODE
    refused: list[int] = []
    for interval in (Interval.M1, Interval.M5):
        talk.subscriptions.want(wishes("AB", (), [Wish("A", interval)]))
        talk.run()
        assert covers(talk, "A") == covers(talk, "A", CANDLES) == [Coverage.UNKNOWN_CODE]
        refused.append(len(talk.vendor.refused))
    assert refused[0] == refused[1]


def test_every_channel_gets_its_turn() -> None:
    talk = dialogue(size=100)
    seen = []
    for n in range(1, 7):
        codes = [f"C{at}" for at in range(n)]
        bars = [Wish(code, Interval.M1) for code in codes]
        talk.subscriptions.want(wishes(codes, [Wish(code) for code in codes], bars))
        request = talk.request(1)
        assert request is not None
        seen.append(request.channel)
        talk.step(1)
    assert seen == [TRADES, DEPTH, CANDLES] * 2


def test_where_all_sockets_count_a_list_that_is_too_long_is_tried_again_before_it_teaches() -> None:
    talk = dialogue(size=5, seats=Seats(5))
    talk.vendor.size = 2
    talk.subscriptions.want(wishes("ABCDE"))
    talk.step(1)
    assert covers(talk, "A") == [Coverage.REFUSED]
    due_s = talk.due_s()
    assert due_s is not None
    assert due_s - talk.now_s < 10
    talk.vendor.size = 5  # the other sockets' codes are counted no more
    talk.now_s = due_s
    talk.run()
    assert covers(talk, "ABCDE") == [Coverage.ACKNOWLEDGED] * 5


def test_where_it_stays_too_long_the_real_size_is_learned_all_the_same() -> None:
    talk = dialogue(size=5, seats=Seats(5))
    talk.vendor.size = 2
    talk.subscriptions.want(wishes("ABCDE"))
    talk.run()
    assert covers(talk, "ABCDE") == [Coverage.ACKNOWLEDGED] * 2 + [Coverage.BEYOND_PLAN] * 3


def test_a_socket_on_which_nothing_ends_is_made_anew() -> None:
    async def act(scene: Scene) -> None:
        scene.want("A.HK")
        await scene.acknowledged("A.HK")
        scene.tiny.mute = {22006}
        scene.want("B.HK")
        await scene.state(SocketState.WAITING)
        assert "did not end a subscription" in scene.session.health().reason
        assert len(scene.tiny.of(22006)) == 2
        await scene.acknowledged("B.HK")
        await eventually(lambda: list(scene.tiny.held.values()) == [["B.HK"]])

    play(act, codec=toy(replaces_subscription=False))
