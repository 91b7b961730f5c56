"""All families of a token against a vendor that counts the codes of all its sockets together."""

from collections.abc import Sequence

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vendorside import Dialogue, VendorSide, wishes

from alltick_desk.errors import Verdict
from alltick_desk.feed.allotment import Allotment, Wishes, allot
from alltick_desk.feed.seats import Seats
from alltick_desk.feed.standing import Coverage
from alltick_desk.feed.subscriptions import Subscriptions
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.base import Channel, Wish
from alltick_desk.vendors.plans import plan_named

FAMILIES = "scf"
CODES = [f"{family}{n}" for n in range(5) for family in FAMILIES]


class Token:
    """What a provider does between its families, and a vendor that counts."""

    def __init__(self, *, codes: int, connections: int, replaces: bool, bad: set[str]) -> None:
        self.plan = msgspec.structs.replace(
            plan_named("itick", "base"),
            codes_in_all=codes,
            codes_per_subscription=codes,
            connections_in_all=connections,
        )
        self.seats = Seats(codes)
        self.talks = {
            family: Dialogue(
                Subscriptions(codes=codes, connections=1, replaces=replaces, seats=self.seats),
                VendorSide(
                    size=codes,
                    replaces=replaces,
                    bad={(each, code): Verdict.UNKNOWN_CODE for code in bad for each in Channel},
                ),
            )
            for family in FAMILIES
        }
        self.wanted: Wishes = {}
        self.allotment = Allotment({}, {})
        self.verdicts = 0

    def want(self, wanted: Wishes) -> None:
        self.wanted = wanted
        self.share()

    def share(self) -> None:
        self.verdicts = self.verdicts_now()
        self.allotment = allot(
            self.wanted,
            self.plan,
            family_of=lambda code: code[0],
            refused=lambda channel, code: self.talks[code[0]].subscriptions.refused(channel, code),
        )
        for family, talk in self.talks.items():
            talk.subscriptions.want(
                self.allotment.wishes.get(family, {}),
                connections=self.allotment.connections.get(family),
            )

    def verdicts_now(self) -> int:
        return sum(talk.subscriptions.verdicts for talk in self.talks.values())

    def look(self) -> None:
        """See that the vendor never counts too much; hand on the seats of refused codes."""
        held = [code for talk in self.talks.values() for code in talk.vendor.codes()]
        assert len(held) <= (self.plan.codes_in_all or 0)
        if self.verdicts != self.verdicts_now():
            self.share()

    def happen(self, family: str, what: str) -> None:
        self.talks[family].live_through(what, 1)
        self.look()

    def run(self) -> None:
        """Let all families talk until none has anything to say."""
        for _ in range(500):
            spoke = False
            for talk in self.talks.values():
                spoke |= talk.turn()
                self.look()
            if not spoke:
                times = [talk.due_s() for talk in self.talks.values()]
                waits = [
                    at - talk.now_s
                    for at, talk in zip(times, self.talks.values(), strict=True)
                    if at is not None
                ]
                if not waits or min(waits) > 3000:
                    return
                for talk in self.talks.values():
                    talk.now_s += min(waits)
            for talk in self.talks.values():
                talk.now_s += 1.0
        raise AssertionError("the families do not come to rest")

    def streams(self) -> set[str]:
        return {code for talk in self.talks.values() for code in talk.vendor.codes()}

    def coverage(self, code: str) -> Coverage:
        if code in self.allotment.beyond:
            return Coverage.BEYOND_PLAN
        return self.talks[code[0]].subscriptions.coverage(code).coverage


def test_a_code_of_another_family_waits_until_the_end_of_one_is_acknowledged() -> None:
    token = Token(codes=2, connections=2, replaces=False, bad=set())
    token.want(wishes(["s1", "s2"]))
    token.run()
    token.want(wishes(["c1", "s1"]))
    crypto, stock = token.talks["c"], token.talks["s"]
    assert crypto.request(1) is None
    woken: list[bool] = []
    handle = token.seats.freed.connect(lambda: woken.append(crypto.request(1) is not None))
    stock.live_through("ack lost", 1)  # gone at the vendor's, but who knows
    assert crypto.request(1) is None
    stock.step(1)
    assert woken[-1]
    handle.disconnect()
    token.run()
    assert token.streams() == {"c1", "s1"}


def test_a_closed_socket_frees_its_seats() -> None:
    token = Token(codes=2, connections=1, replaces=False, bad=set())
    token.want(wishes(["s1", "s2"]))
    token.run()
    token.want(wishes(["c1", "c2"]))
    assert token.talks["c"].request(1) is None
    token.talks["s"].close_some()
    assert token.talks["c"].request(1) is not None


def test_a_part_goes_out_where_there_is_room_for_a_part() -> None:
    token = Token(codes=3, connections=2, replaces=False, bad=set())
    token.want(wishes(["s1", "s2"]))
    token.run()
    token.want(wishes(["c1", "c2", "s1"]))
    request = token.talks["c"].request(1)
    assert request is not None
    assert request.codes == ("c1",)


def test_a_seat_counts_until_a_code_has_left_every_channel() -> None:
    token = Token(codes=1, connections=2, replaces=False, bad=set())
    token.want(wishes(["s1"], [Wish("s1")]))
    token.run()
    token.want(wishes(["s2"], [Wish("s2")]))
    token.talks["s"].step(1)
    token.look()
    assert token.talks["s"].vendor.codes() == {"s1"}
    token.run()
    assert token.streams() == {"s2"}


def test_a_refused_codes_seat_goes_to_the_next_of_any_family() -> None:
    token = Token(codes=2, connections=3, replaces=False, bad={"s1"})
    token.want(wishes(["s1", "s2", "c1", "f1"]))
    assert token.coverage("c1") is Coverage.BEYOND_PLAN
    token.run()
    assert token.streams() == {"s2", "c1"}
    assert token.coverage("s1") is Coverage.UNKNOWN_CODE
    assert token.coverage("f1") is Coverage.BEYOND_PLAN


def test_without_a_limit_nothing_is_looked_at() -> None:
    seats = Seats()
    seats.join(lambda: 1 / 0)  # type: ignore[arg-type, return-value]
    goal = {"A": 0}
    assert seats.admit(goal) is goal
    seats.free()


def test_another_plan_frees_seats() -> None:
    seats = Seats(1)
    seats.join(lambda: {"A"})
    assert seats.admit({"A": 0, "B": 0}) == {"A": 0}
    told: list[int | None] = []
    handle = seats.freed.connect(lambda: told.append(seats.codes))
    seats.configure(2)
    assert told == [2]
    assert seats.admit({"A": 0, "B": 0}) == {"A": 0, "B": 0}
    handle.disconnect()


lists = st.lists(st.sampled_from(CODES), min_size=1, max_size=8, unique=True)
wants = st.builds(
    lambda codes, books, bars, interval: wishes(
        codes,
        [Wish(code) for code in codes[:books]],
        [Wish(code, interval) for code in codes[:bars]],
    ),
    lists,
    st.integers(0, 10),
    st.integers(0, 2),
    st.sampled_from([Interval.M1, Interval.M5]),
)
events = st.tuples(
    st.sampled_from(FAMILIES),
    st.sampled_from(
        ["answer", "rest", "rest", "ack lost", "request lost", "trouble", "drop", "wait"]
    ),
)


def most_important(last: Wishes, bad: set[str], *, codes: int, connections: int) -> list[str]:
    expected: list[str] = []
    families: list[str] = []
    for wish in last[Channel.TRADES]:
        if wish.code not in bad and len(expected) < codes:
            if wish.code[0] not in families and len(families) < connections:
                families.append(wish.code[0])
            if wish.code[0] in families:
                expected.append(wish.code)
    return expected


@settings(max_examples=200, deadline=None)
@given(
    codes=st.integers(1, 5),
    connections=st.integers(1, 3),
    replaces=st.booleans(),
    bad=st.sets(st.sampled_from(CODES), max_size=3),
    history=st.lists(wants | events, min_size=8, max_size=40),
    last=wants,
)
@example(
    codes=1,
    connections=1,
    replaces=False,
    bad={"s0"},
    history=[wishes(["c0"]), ("c", "answer")],
    last=wishes(["s0", "f0", "c0"]),
)
def test_the_vendor_never_counts_too_much_and_the_most_important_stream(
    *,
    codes: int,
    connections: int,
    replaces: bool,
    bad: set[str],
    history: Sequence[dict[Channel, Sequence[Wish]] | tuple[str, str]],
    last: dict[Channel, Sequence[Wish]],
) -> None:
    token = Token(codes=codes, connections=connections, replaces=replaces, bad=bad)
    for happening in history:
        if isinstance(happening, dict):
            token.want(happening)
        else:
            token.happen(*happening)
    token.want(last)
    for talk in token.talks.values():
        talk.subscriptions.ack_lost(1, talk.now_s)
    token.run()

    expected = most_important(last, bad, codes=codes, connections=connections)
    assert token.streams() == set(expected)
    for channel, each in last.items():
        streams: dict[str, object] = {}
        for talk in token.talks.values():
            streams |= talk.vendor.streams(channel)
        assert streams == {wish.code: wish.detail for wish in each if wish.code in expected}
    for wish in last[Channel.TRADES]:
        coverage = token.coverage(wish.code)
        if wish.code in expected:
            assert coverage is Coverage.ACKNOWLEDGED
        else:
            assert coverage is Coverage.BEYOND_PLAN or wish.code in bad
