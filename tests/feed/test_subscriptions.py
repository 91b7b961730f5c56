from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st
from vendorside import Dialogue, VendorSide, refusal, wishes

from alltick_desk.errors import Verdict
from alltick_desk.feed.refusals import BAR_S, MARK_S
from alltick_desk.feed.subscription import Action
from alltick_desk.feed.subscriptions import Coverage, Subscriptions
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.base import Ack, Channel, Detail, Refused, Wish

TRADES, DEPTH = Channel.TRADES, Channel.DEPTH


def dialogue(
    *, size: int = 5, connections: int = 1, replaces: bool = True, real: int | None = None
) -> Dialogue:
    """A plan of ``size`` codes a socket, at a vendor that allows ``real`` of them."""
    subscriptions = Subscriptions(codes=size, connections=connections, replaces=replaces)
    vendor = VendorSide(size=size if real is None else real, replaces=replaces)
    return Dialogue(subscriptions, vendor)


def codes(text: str) -> list[str]:
    return list(text)


def covers(talk: Dialogue, text: str) -> list[Coverage]:
    return [talk.subscriptions.coverage(code).coverage for code in text]


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


# Whatever happens on the way, the vendor ends up streaming what it should.

ALPHABET = "ABCDEFGHIJKLMNOPQRST"
lists = st.lists(st.sampled_from(ALPHABET), max_size=16, unique=True)
books = st.lists(
    st.builds(Wish, st.sampled_from(ALPHABET), st.sampled_from([1, 5, 10])), max_size=10
)
bars = st.lists(
    st.builds(Wish, st.sampled_from(ALPHABET), st.sampled_from([Interval.M1, Interval.M5])),
    max_size=6,
    unique_by=lambda wish: wish.code,
)
wanted = st.builds(wishes, lists, books, bars)
events = st.tuples(
    st.sampled_from(
        ["answer", "rest", "rest", "ack lost", "request lost", "trouble", "drop", "wait"]
    ),
    st.sampled_from([1, 1, 2, 3]),
)


def wanted_details(each: Sequence[Wish]) -> dict[str, Detail]:
    """The deeper book counts; a bar is wanted in one interval only."""
    details: dict[str, Detail] = {}
    for wish in each:
        depths = [it.detail for it in each if it.code == wish.code and isinstance(it.detail, int)]
        details[wish.code] = max(depths, default=wish.detail)
    return details


@settings(max_examples=200, deadline=None)
@given(
    size=st.integers(1, 6),
    connections=st.sampled_from([1, 1, 2, 3]),
    replaces=st.booleans(),
    unknown=st.sets(st.sampled_from(ALPHABET), max_size=4),
    lacking=st.sets(st.tuples(st.sampled_from(Channel), st.sampled_from(ALPHABET)), max_size=4),
    history=st.lists(wanted | events, min_size=8, max_size=30),
    last=wanted,
)
@example(
    size=3,
    connections=2,
    replaces=True,
    unknown={"A"},
    lacking=set(),
    history=[],
    last=wishes("ABCDEFGH", [Wish("A", 1)]),
)
def test_it_converges_whatever_happens(
    *,
    size: int,
    connections: int,
    replaces: bool,
    unknown: set[str],
    lacking: set[tuple[Channel, str]],
    history: list[dict[Channel, Sequence[Wish]] | tuple[str, int]],
    last: dict[Channel, Sequence[Wish]],
) -> None:
    talk = dialogue(size=size, connections=connections, replaces=replaces)
    bad = dict.fromkeys(lacking, Verdict.NOT_IN_PLAN)
    bad |= {(channel, code): Verdict.UNKNOWN_CODE for code in unknown for channel in Channel}
    talk.vendor.bad = bad
    for happening in history:
        if isinstance(happening, dict):
            talk.close_some()
            talk.subscriptions.want(happening)
        else:
            talk.live_through(*happening)
    talk.subscriptions.want(last)
    for socket in range(1, connections + 1):
        talk.subscriptions.ack_lost(socket, talk.now_s)
    talk.run()

    needed = 0
    for channel, each in last.items():
        details = wanted_details(each)
        good = [code for code in details if (channel, code) not in bad]
        streaming = good[: size * connections]
        assert talk.vendor.streams(channel) == {code: details[code] for code in streaming}
        for code in details:
            coverage = talk.subscriptions.coverage(code, channel).coverage
            if code in streaming:
                assert coverage is Coverage.ACKNOWLEDGED
            elif code in good:
                assert coverage is Coverage.BEYOND_PLAN
            else:
                assert coverage in {
                    Coverage.UNKNOWN_CODE if code in unknown else Coverage.NOT_IN_PLAN,
                    Coverage.BEYOND_PLAN,
                }
        needed = max(needed, -(-len(streaming) // size))
    assert len(talk.subscriptions.sockets(talk.now_s)) == needed
    assert Verdict.OVER_PLAN not in talk.vendor.refused


@settings(max_examples=150, deadline=None)
@given(
    wanted=st.integers(0, 60),
    size=st.integers(1, 80),
    real=st.integers(0, 40),
    replaces=st.booleans(),
)
def test_the_real_size_is_found(wanted: int, size: int, real: int, replaces: bool) -> None:
    talk = dialogue(size=size, real=min(size, real), replaces=replaces)
    talk.subscriptions.want(wishes([f"C{n}" for n in range(wanted)]))
    talk.run()
    assert list(talk.vendor.streams(TRADES)) == [f"C{n}" for n in range(min(wanted, size, real))]
    assert len(talk.vendor.requests) <= 20
