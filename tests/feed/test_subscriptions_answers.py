"""How a request is known to have arrived, and what is done when no answer comes."""

from dialogues import DEPTH, TRADES, codes, covers, dialogue
from vendorside import wishes

from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.vendors.base import Ack


def test_the_states_of_a_code_on_its_way() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes(codes("A")))
    assert covers(talk, "A") == [Coverage.WANTED]
    request = talk.request(1)
    assert request is not None
    seq = talk.send(1, request)
    assert covers(talk, "A") == [Coverage.SENT]
    assert talk.request(1) is None  # one request at a time
    assert not talk.subscriptions.settle(1, Ack(seq + 7, TRADES), talk.now_s)
    assert covers(talk, "A") == [Coverage.SENT]
    assert talk.subscriptions.settle(1, Ack(seq, TRADES), talk.now_s)
    assert covers(talk, "A") == [Coverage.ACKNOWLEDGED]
    assert talk.subscriptions.coverage("A").socket == 1
    assert talk.subscriptions.acknowledged() == 1
    talk.subscriptions.reset(1)
    assert covers(talk, "A") == [Coverage.WANTED]


def test_an_answer_without_a_number_belongs_to_the_request_under_way() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes(codes("A")))
    request = talk.request(1)
    assert request is not None
    talk.send(1, request)
    assert not talk.subscriptions.settle(1, Ack(None, DEPTH), talk.now_s)
    assert talk.subscriptions.settle(1, Ack(None, TRADES), talk.now_s)


def test_a_lost_acknowledgement_sends_the_list_again() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes(codes("A")))
    request = talk.request(1)
    assert request is not None
    talk.send(1, request)
    talk.subscriptions.ack_lost(1, talk.now_s)
    assert talk.request(1) == request
    talk.send(1, request)
    talk.subscriptions.ack_lost(1, talk.now_s)
    assert talk.request(1) is None  # from the second time on it takes its time
    due_s = talk.subscriptions.due_s(1, talk.now_s)
    assert due_s is not None
    talk.now_s = due_s
    assert talk.request(1) == request


def test_after_a_lost_acknowledgement_the_old_list_is_sent_too() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes(codes("AB")))
    talk.run()
    talk.subscriptions.want(wishes(codes("ABC")))
    request = talk.request(1)
    assert request is not None
    talk.vendor.answer(1, talk.send(1, request), request)
    talk.subscriptions.ack_lost(1, talk.now_s)
    talk.subscriptions.want(wishes(codes("AB")))  # acknowledged before, but no longer certain
    talk.run()
    assert talk.vendor.streams(TRADES).keys() == {"A", "B"}


def test_data_stands_in_for_a_lost_acknowledgement() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes(codes("A")))
    request = talk.request(1)
    assert request is not None
    talk.send(1, request)
    talk.subscriptions.ticked(1)
    assert covers(talk, "A") == [Coverage.ACKNOWLEDGED]
    talk.subscriptions.ack_lost(1, talk.now_s)
    assert talk.request(1) is None
    assert covers(talk, "A") == [Coverage.ACKNOWLEDGED]


def test_old_codes_prove_nothing_about_a_new_list() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes(codes("A")))
    request = talk.request(1)
    assert request is not None
    talk.send(1, request)
    talk.subscriptions.ack_lost(1, talk.now_s)
    talk.subscriptions.want(wishes(codes("AB")))
    again = talk.request(1)
    assert again is not None
    talk.send(1, again)
    flight = talk.subscriptions.flight(1)
    assert flight is not None
    assert flight.fresh == {"B"}  # A may tick because of the first list
