"""Whatever happens on the way, the vendor ends up streaming what it should."""

from collections.abc import Sequence

from dialogues import TRADES, dialogue
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vendorside import wishes

from alltick_desk.errors import Verdict
from alltick_desk.feed.subscriptions import Coverage
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.base import Channel, Detail, Wish

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
