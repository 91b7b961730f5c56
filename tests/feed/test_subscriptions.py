"""What is wanted is asked for, on the sockets that the plan has."""

from dialogues import DEPTH, TRADES, codes, covers, dialogue
from vendorside import wishes

from alltick_desk.errors import Verdict
from alltick_desk.feed.subscription import Action
from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.vendors.base import Wish


def test_nothing_wanted_needs_no_socket() -> None:
    talk = dialogue()
    assert talk.subscriptions.sockets(talk.now_s) == ()
    assert talk.subscriptions.coverage("A").coverage is Coverage.UNWANTED


def test_an_edit_sends_the_whole_list_again() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes(codes("AB")))
    talk.run()
    talk.subscriptions.want(wishes(codes("CAB")))
    request = talk.request(1)
    assert request is not None
    assert (request.action, request.codes) == (Action.SUBSCRIBE, ("C", "A", "B"))


def test_another_order_of_the_same_codes_sends_nothing() -> None:
    talk = dialogue()
    assert talk.subscriptions.want(wishes(codes("AB")))
    talk.run()
    assert talk.subscriptions.want(wishes(codes("BA")))
    assert talk.request(1) is None
    assert not talk.subscriptions.want(wishes(codes("BA")))


def test_an_emptied_list_is_cancelled_and_the_other_channel_stays() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes(codes("AB"), [Wish("A", 10)]))
    talk.run()
    talk.subscriptions.want(wishes(codes("AB")))
    request = talk.request(1)
    assert request is not None
    assert (request.action, request.channel, request.codes) == (Action.CANCEL, DEPTH, ("A",))
    talk.run()
    assert talk.vendor.streams(TRADES).keys() == {"A", "B"}
    assert talk.vendor.streams(DEPTH) == {}


def test_another_level_is_asked_for_and_the_deeper_wish_counts() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes([], [Wish("A", 1), Wish("B", 1), Wish("A", 10)]))
    talk.run()
    assert talk.vendor.streams(DEPTH) == {"A": 10, "B": 1}
    talk.subscriptions.want(wishes([], [Wish("A", 1), Wish("B", 10)]))
    talk.run()
    assert talk.vendor.streams(DEPTH) == {"A": 1, "B": 10}


def test_both_channels_get_their_turn() -> None:
    talk = dialogue()
    seen = []
    for text in ("A", "AB", "ABC", "ABCD"):
        talk.subscriptions.want(wishes(codes(text), [Wish(code, 1) for code in text]))
        request = talk.request(1)
        assert request is not None
        seen.append(request.channel)
        talk.step(1)
    assert seen == [TRADES, DEPTH, TRADES, DEPTH]


def test_rows_beyond_the_plan_are_numbered_and_move_up() -> None:
    talk = dialogue(size=2)
    talk.subscriptions.want(wishes(codes("ABCD")))
    talk.run()
    assert covers(talk, "ABCD") == [Coverage.ACKNOWLEDGED] * 2 + [Coverage.BEYOND_PLAN] * 2
    assert "Number 4 of 2" in talk.subscriptions.coverage("D").sentence
    talk.subscriptions.want(wishes(codes("BCD")))
    talk.run()
    assert talk.vendor.streams(TRADES).keys() == {"B", "C"}
    assert "Number 3 of 2" in talk.subscriptions.coverage("D").sentence


def test_codes_stay_on_their_socket_and_a_freed_slot_goes_to_the_next() -> None:
    talk = dialogue(size=2, connections=3)
    talk.subscriptions.want(wishes(codes("ABCDE")))
    talk.run()
    assert [talk.subscriptions.coverage(code).socket for code in "ABCDE"] == [1, 1, 2, 2, 3]
    talk.subscriptions.want(wishes(codes("XBCDE")))
    talk.run()
    assert [talk.subscriptions.coverage(code).socket for code in "XBCDE"] == [1, 1, 2, 2, 3]
    # Four codes need two sockets: only the one on the third moves.
    talk.subscriptions.want(wishes(codes("BCDE")))
    talk.run()
    assert talk.subscriptions.sockets(talk.now_s) == (1, 2)
    assert [talk.subscriptions.coverage(code).socket for code in "BCDE"] == [1, 2, 2, 1]


def test_another_plan_or_token_asks_everything_again() -> None:
    talk = dialogue(size=5, connections=1, real=2)
    talk.vendor.bad[TRADES, "A"] = Verdict.NOT_IN_PLAN
    talk.subscriptions.want(wishes(codes("ABCDE")))
    talk.run()
    assert talk.vendor.streams(TRADES).keys() == {"B", "C"}
    talk.vendor.bad.clear()
    talk.vendor.size = 5
    talk.subscriptions.configure(codes=5, connections=1)
    talk.run()
    assert talk.vendor.streams(TRADES).keys() == set("ABCDE")


def test_a_vendor_that_adds_lists_up_gets_differences() -> None:
    talk = dialogue(replaces=False)
    talk.subscriptions.want(wishes(codes("AB")))
    talk.run()
    talk.subscriptions.want(wishes(codes("BC")))
    talk.run()
    assert [(request.action, request.codes) for _, request in talk.vendor.requests] == [
        (Action.SUBSCRIBE, ("A", "B")),
        (Action.CANCEL, ("A",)),
        (Action.SUBSCRIBE, ("C",)),
    ]


def test_what_an_unanswered_request_may_have_added_is_cancelled() -> None:
    talk = dialogue(replaces=False)
    talk.subscriptions.want(wishes(codes("A")))
    request = talk.request(1)
    assert request is not None
    talk.vendor.answer(1, talk.send(1, request), request)
    talk.subscriptions.ack_lost(1, talk.now_s)
    talk.subscriptions.want(wishes(codes("B")))
    talk.run()
    assert talk.vendor.streams(TRADES).keys() == {"B"}
