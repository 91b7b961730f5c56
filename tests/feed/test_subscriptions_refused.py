"""Refused codes, lists and connections: the culprit is found, and the others stream."""

from dialogues import DEPTH, TRADES, codes, covers, dialogue
from vendorside import refusal, wishes

from alltick_desk.errors import Verdict
from alltick_desk.feed.refusals import BAR_S, MARK_S
from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.vendors.base import Refused, Wish


def test_a_refused_further_connection_is_remembered_and_tried_again_later() -> None:
    talk = dialogue(size=2, connections=3)
    talk.subscriptions.want(wishes(codes("ABCDEF")))
    assert talk.subscriptions.sockets(talk.now_s) == (1, 2, 3)
    talk.subscriptions.bar(2, talk.now_s)
    talk.subscriptions.bar(3, talk.now_s)
    assert talk.subscriptions.sockets(talk.now_s) == (1,)
    assert covers(talk, "ABC") == [Coverage.WANTED, Coverage.WANTED, Coverage.BEYOND_PLAN]
    assert "refused a further connection" in talk.subscriptions.coverage("C").sentence
    assert talk.subscriptions.due_s(None, talk.now_s) == talk.now_s + BAR_S
    assert talk.subscriptions.sockets(talk.now_s + BAR_S) == (1, 2, 3)
    talk.subscriptions.bar(2, talk.now_s + BAR_S)  # again: twice as long
    assert talk.subscriptions.sockets(talk.now_s + 3 * BAR_S - 1) == (1, 3)
    talk.subscriptions.unbar(2)
    assert talk.subscriptions.sockets(talk.now_s + BAR_S) == (1, 2, 3)


def test_one_unknown_code_is_found_and_the_others_stream() -> None:
    talk = dialogue(size=100)
    text = [f"C{n}" for n in range(50)]
    talk.subscriptions.want(wishes(text))
    talk.vendor.bad[TRADES, "C31"] = Verdict.UNKNOWN_CODE
    talk.run()
    assert talk.subscriptions.coverage("C31").coverage is Coverage.UNKNOWN_CODE
    assert talk.vendor.streams(TRADES).keys() == set(text) - {"C31"}
    assert len(talk.vendor.requests) <= 9  # 1 + log2(50) + 1: each costs a second


def test_codes_that_stream_stay_acknowledged_while_a_culprit_is_sought() -> None:
    talk = dialogue(size=100)
    talk.subscriptions.want(wishes(codes("AB")))
    talk.run()
    talk.subscriptions.want(wishes(codes("ABCD")))
    talk.vendor.bad[TRADES, "C"] = Verdict.NOT_IN_PLAN
    talk.step(1)
    assert covers(talk, "ABCD") == [Coverage.ACKNOWLEDGED] * 2 + [Coverage.WANTED] * 2
    assert "finding out" in talk.subscriptions.coverage("C").sentence
    request = talk.request(1)
    assert request is not None
    assert request.codes == ("A", "B", "C")
    talk.run()
    assert covers(talk, "ABCD") == [
        Coverage.ACKNOWLEDGED,
        Coverage.ACKNOWLEDGED,
        Coverage.NOT_IN_PLAN,
        Coverage.ACKNOWLEDGED,
    ]


def test_a_refused_code_makes_room_for_the_next() -> None:
    talk = dialogue(size=2)
    talk.vendor.bad[TRADES, "A"] = Verdict.NOT_IN_PLAN
    talk.subscriptions.want(wishes(codes("ABC")))
    talk.run()
    assert talk.vendor.streams(TRADES).keys() == {"B", "C"}


def test_a_code_accepted_before_can_turn_out_to_be_the_culprit() -> None:
    talk = dialogue(size=10)
    talk.subscriptions.want(wishes(codes("ABCDE")))
    talk.run()
    talk.subscriptions.reset(1)
    talk.vendor.drop(1)
    talk.vendor.bad[TRADES, "D"] = Verdict.NOT_IN_PLAN
    talk.run()
    assert talk.subscriptions.coverage("D").coverage is Coverage.NOT_IN_PLAN
    assert talk.vendor.streams(TRADES).keys() == set("ABCE")


def test_an_unknown_code_is_unknown_on_both_channels_and_a_plan_may_lack_one() -> None:
    talk = dialogue()
    talk.vendor.bad = {
        (TRADES, "A"): Verdict.UNKNOWN_CODE,
        (DEPTH, "A"): Verdict.UNKNOWN_CODE,
        (DEPTH, "B"): Verdict.NOT_IN_PLAN,
    }
    talk.subscriptions.want(wishes(codes("AB"), [Wish("A", 1), Wish("B", 1)]))
    talk.run()
    coverage = talk.subscriptions.coverage
    assert coverage("A", TRADES).coverage is coverage("A", DEPTH).coverage is Coverage.UNKNOWN_CODE
    assert coverage("B", TRADES).coverage is Coverage.ACKNOWLEDGED
    assert coverage("B", DEPTH).coverage is Coverage.NOT_IN_PLAN
    # Once trades have found out, depth does not ask for it again.
    assert (DEPTH, ("A",)) not in [(it.channel, it.codes) for _, it in talk.vendor.requests]


def test_a_culprit_that_leaves_the_list_accuses_nobody_else() -> None:
    talk = dialogue(size=10)
    talk.vendor.bad[TRADES, "D"] = Verdict.NOT_IN_PLAN
    talk.subscriptions.want(wishes(codes("ABCD")))
    talk.step(1)  # refused: one of the four
    talk.subscriptions.want(wishes(codes("ABC")))
    talk.run()
    assert covers(talk, "ABC") == [Coverage.ACKNOWLEDGED] * 3


def test_a_list_that_is_too_long_teaches_the_real_size() -> None:
    talk = dialogue(size=100, real=5)
    talk.subscriptions.want(wishes([f"C{n}" for n in range(40)]))
    talk.run()
    assert list(talk.vendor.streams(TRADES)) == [f"C{n}" for n in range(5)]
    assert talk.subscriptions.coverage("C5").coverage is Coverage.BEYOND_PLAN
    assert "the vendor accepts 5 codes" in talk.subscriptions.coverage("C5").sentence
    asked = len(talk.vendor.requests)
    talk.subscriptions.want(wishes([f"C{n}" for n in range(1, 40)]))
    talk.run()
    assert len(talk.vendor.requests) == asked + 1  # learned once, not again at each edit


def test_a_malformed_new_code_is_singled_out_and_tried_again_slowly() -> None:
    talk = dialogue(size=10)
    talk.subscriptions.want(wishes(codes("AB")))
    talk.run()
    talk.vendor.bad[TRADES, '"'] = Verdict.BUG
    talk.subscriptions.want(wishes(codes('AB"C')))
    talk.run(patience_s=MARK_S / 2)
    assert covers(talk, 'AB"C') == [
        Coverage.ACKNOWLEDGED,
        Coverage.ACKNOWLEDGED,
        Coverage.REFUSED,
        Coverage.ACKNOWLEDGED,
    ]
    asked = len(talk.vendor.requests)
    talk.now_s += MARK_S
    talk.run(patience_s=MARK_S / 2)
    assert len(talk.vendor.requests) > asked


def test_a_list_refused_for_no_code_is_tried_again_with_growing_pauses() -> None:
    talk = dialogue()
    talk.subscriptions.want(wishes(codes("A")))
    pauses = []
    for _ in range(3):
        request = talk.request(1)
        assert request is not None
        seq = talk.send(1, request)
        error = refusal(Verdict.SERVER, "The vendor has trouble.")
        talk.subscriptions.settle(1, Refused(seq, TRADES, error), talk.now_s)
        standing = talk.subscriptions.coverage("A")
        assert (standing.coverage, standing.sentence) == (Coverage.REFUSED, str(error))
        assert talk.request(1) is None
        due_s = talk.subscriptions.due_s(1, talk.now_s)
        assert due_s is not None
        pauses.append(due_s - talk.now_s)
        talk.now_s = due_s
    assert pauses[0] < pauses[1] < pauses[2]
    talk.run()
    assert covers(talk, "A") == [Coverage.ACKNOWLEDGED]
