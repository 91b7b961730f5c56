"""Many bad codes among good ones: how soon each is found out, and who must wait for whom."""

from collections.abc import Sequence

from dialogues import DEPTH, TRADES, codes, covers, dialogue
from hypothesis import given, settings
from hypothesis import strategies as st
from vendorside import Dialogue, VendorSide, refusal, wishes

from alltick_desk.errors import Verdict
from alltick_desk.feed.search import FIRST
from alltick_desk.feed.subscriptions import Coverage, Subscriptions
from alltick_desk.vendors.base import Channel, Wish

UNKNOWN = Verdict.UNKNOWN_CODE


def bad(talk: Dialogue, unknown: Sequence[str]) -> None:
    """No channel knows these."""
    talk.vendor.bad = {(channel, code): UNKNOWN for code in unknown for channel in Channel}


def listing(*listed: str) -> Dialogue:
    """A dialogue of a desk whose lists of instruments have some codes."""
    subscriptions = Subscriptions(
        codes=3000, connections=1, replaces=True, listed=frozenset(listed).__contains__
    )
    return Dialogue(subscriptions, VendorSide(size=3000, replaces=True))


def books(text: Sequence[str]) -> list[Wish]:
    return [Wish(code, 1) for code in text]


def settled(talk: Dialogue, text: Sequence[str]) -> list[str]:
    """The codes in the order in which it is known what they are."""
    order: list[str] = []
    for _ in range(10_000):
        spoke = talk.turn()
        talk.now_s += 1.0
        for code in text:
            cover = talk.subscriptions.coverage(code).coverage
            if code not in order and cover not in {Coverage.WANTED, Coverage.SENT}:
                order.append(code)
        if not spoke:
            return order
    raise AssertionError("the dialogue does not come to an end")


def test_a_listed_code_streams_at_once_whatever_stands_before_it() -> None:
    talk = listing("600000.SH")
    rubbish = [f"X{n}" for n in range(200)]
    bad(talk, rubbish)
    talk.subscriptions.want(wishes([*rubbish, "600000.SH"], books([*rubbish, "600000.SH"])))
    talk.turn()  # the whole list, which is refused
    talk.turn()
    assert covers_one(talk, "600000.SH") is Coverage.ACKNOWLEDGED


def test_a_code_that_a_call_was_answered_for_streams_at_once_too() -> None:
    talk = dialogue(size=3000)
    rubbish = [f"X{n}" for n in range(200)]
    bad(talk, rubbish)
    talk.subscriptions.answered(["600000.SH"])
    talk.subscriptions.want(wishes([*rubbish, "600000.SH"]))
    talk.turn()
    talk.turn()
    assert covers_one(talk, "600000.SH") is Coverage.ACKNOWLEDGED


def test_rubbish_alone_costs_one_request_a_code_and_goes_from_the_top_down() -> None:
    talk = dialogue(size=3000)
    rubbish = [f"X{n}" for n in range(300)]
    bad(talk, rubbish)
    talk.subscriptions.want(wishes(rubbish, books(rubbish)))
    order = settled(talk, rubbish)
    assert order == rubbish
    assert len(talk.vendor.requests) <= len(rubbish) + 8


def test_whoever_scrolls_sees_the_rows_in_sight_found_out_next() -> None:
    talk = dialogue(size=3000)
    rubbish = [f"X{n}" for n in range(300)]
    bad(talk, rubbish)
    talk.subscriptions.want(wishes(rubbish))
    for _ in range(20):
        talk.turn()
    seen = rubbish[200:230]
    talk.subscriptions.want(wishes([*seen, *(it for it in rubbish if it not in seen)]))
    for _ in range(32):
        talk.turn()
    assert {covers_one(talk, code) for code in seen} == {Coverage.UNKNOWN_CODE}


def test_a_channel_does_not_ask_for_what_the_one_ahead_of_it_doubts() -> None:
    talk = dialogue(size=100)
    text = [f"C{n}" for n in range(60)]
    bad(talk, ["C7"])
    talk.subscriptions.want(wishes(text, books(text)))
    talk.run()
    refused = [it.channel for _, it in talk.vendor.requests if "C7" in it.codes]
    assert set(refused) == {TRADES}
    assert talk.vendor.streams(DEPTH).keys() == set(text) - {"C7"}


def test_one_bad_code_among_three_thousand_is_found_soon() -> None:
    talk = dialogue(size=3000)
    text = [f"C{n}" for n in range(3000)]
    bad(talk, ["C2222"])
    talk.subscriptions.want(wishes(text))
    talk.run()
    assert len(talk.vendor.streams(TRADES)) == 2999
    assert len(talk.vendor.requests) <= 24
    # Whoever looks at the top of the list has its prices at once.
    assert len(talk.vendor.requests[1][1].codes) == FIRST


def test_codes_that_streamed_are_halved_not_taken_one_by_one() -> None:
    talk = dialogue(size=100)
    text = [f"C{n}" for n in range(64)]
    talk.subscriptions.want(wishes(text))
    talk.run()
    bad(talk, ["C40"])
    talk.drop(1)
    before = len(talk.vendor.requests)
    talk.run()
    assert talk.vendor.streams(TRADES).keys() == set(text) - {"C40"}
    asked = [len(request.codes) for _, request in talk.vendor.requests[before:]]
    assert asked[:2] == [64, 32]
    assert len(asked) <= 9


def test_what_a_call_said_of_a_code_counts_and_is_not_asked_again() -> None:
    talk = dialogue(size=10)
    bad(talk, ["B"])
    talk.subscriptions.want(wishes(codes("AB"), books("AB")))
    assert talk.subscriptions.unknown("B", refusal(UNKNOWN, "Unknown."), talk.now_s)
    talk.run()
    assert covers(talk, "AB") == [Coverage.ACKNOWLEDGED, Coverage.UNKNOWN_CODE]
    assert talk.subscriptions.coverage("B", DEPTH).sentence == "Unknown."
    assert not talk.vendor.refused
    assert not talk.subscriptions.unknown("B", refusal(UNKNOWN), talk.now_s), "no news"


def test_what_streams_is_believed_more_than_a_call() -> None:
    talk = dialogue(size=10)
    talk.subscriptions.want(wishes(codes("AB")))
    talk.run()
    assert not talk.subscriptions.unknown("B", refusal(UNKNOWN), talk.now_s)
    assert covers(talk, "AB") == [Coverage.ACKNOWLEDGED] * 2


def test_a_waiting_row_says_what_it_waits_for() -> None:
    talk = dialogue(size=100)
    text = [f"C{n}" for n in range(40)]
    bad(talk, ["C7"])
    talk.subscriptions.want(wishes(text, books(text)))
    talk.turn()
    standing = talk.subscriptions.coverage("C39", DEPTH)
    assert standing.coverage is Coverage.WANTED
    assert "finding out which" in standing.sentence


ALPHABET = [f"C{n}" for n in range(40)]


@settings(max_examples=200, deadline=None)
@given(
    wanted=st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=40, unique=True),
    unknown=st.sets(st.sampled_from(ALPHABET)),
    listed=st.sets(st.sampled_from(ALPHABET)),
    answered=st.sets(st.sampled_from(ALPHABET), max_size=10),
    replaces=st.booleans(),
)
def test_every_good_code_streams_and_every_bad_one_is_named(
    *,
    wanted: list[str],
    unknown: set[str],
    listed: set[str],
    answered: set[str],
    replaces: bool,
) -> None:
    subscriptions = Subscriptions(
        codes=100, connections=1, replaces=replaces, listed=listed.__contains__
    )
    subscriptions.answered(answered)
    talk = Dialogue(subscriptions, VendorSide(size=100, replaces=replaces))
    bad(talk, sorted(unknown))
    subscriptions.want(wishes(wanted, books(wanted)))
    talk.run()
    good = [code for code in wanted if code not in unknown]
    for channel in (TRADES, DEPTH):
        assert talk.vendor.streams(channel).keys() == set(good)
    for code in wanted:
        expected = Coverage.UNKNOWN_CODE if code in unknown else Coverage.ACKNOWLEDGED
        assert covers_one(talk, code) is expected
    assert len(talk.vendor.requests) <= 4 * len(wanted) + 8


def covers_one(talk: Dialogue, code: str) -> Coverage:
    return talk.subscriptions.coverage(code).coverage
