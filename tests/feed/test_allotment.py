import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vendorside import wishes

from alltick_desk.feed.allotment import Allotment, allot, limited
from alltick_desk.vendors.base import Channel, Plan, Wish
from alltick_desk.vendors.plans import plan_named

# The families of the codes here are their first letters.


def plan(
    *, codes: int | None = None, connections: int | None = None, each: int = 1, size: int = 100
) -> Plan:
    return msgspec.structs.replace(
        plan_named("itick", "free"),
        codes_in_all=codes,
        connections_in_all=connections,
        connections=each,
        codes_per_subscription=size,
    )


def shared(text: str, how: Plan, *, refused: str = "", channel: Channel | None = None) -> Allotment:
    codes = text.split()
    return allot(
        wishes(codes, [Wish(code) for code in codes]),
        how,
        family_of=lambda code: code[0],
        refused=lambda at, code: code in refused.split() and channel in {None, at},
    )


def kept(allotment: Allotment) -> dict[str, str]:
    return {
        family: " ".join(wish.code for wish in each[Channel.TRADES])
        for family, each in allotment.wishes.items()
    }


def test_a_plan_that_counts_nothing_over_all_families_changes_nothing() -> None:
    free = plan_named("alltick", "free")
    assert not limited(free)
    found = shared("s1 c1 s2 c2 s3 c3 s4 c4", free)
    assert kept(found) == {"s": "s1 s2 s3 s4", "c": "c1 c2 c3 c4"}
    assert (dict(found.connections), dict(found.beyond)) == ({}, {})


def test_the_most_important_codes_of_all_families_stream() -> None:
    found = shared("s1 c1 s2 c2 s3", plan(codes=3))
    assert kept(found) == {"s": "s1 s2", "c": "c1"}
    assert found.beyond == {
        "c2": "Number 4 of 3: the plan streams 3 codes in all.",
        "s3": "Number 5 of 3: the plan streams 3 codes in all.",
    }
    assert dict(found.left_out) == {}


def test_a_family_without_a_seat_is_told_of_as_a_whole() -> None:
    found = shared("s1 s2 c1 s3", plan(codes=2))
    assert found.beyond["c1"] == "Number 3 of 2: the plan streams 2 codes in all."
    assert found.left_out == {
        "c": "The plan streams 2 codes in all; none of them is of this market."
    }


def test_each_code_counts_once_however_many_channels_it_is_on() -> None:
    found = shared("s1 s2 s3", plan(codes=3))
    assert [len(each) for each in found.wishes["s"].values()] == [3, 3]


def test_a_family_without_a_connection_says_so_and_its_seats_go_to_others() -> None:
    found = shared("s1 c1 s2 c2 s3 s4", plan(codes=3, connections=1))
    assert kept(found) == {"s": "s1 s2 s3"}
    sentence = "The plan has 1 connection, and this market needs another one."
    assert (found.beyond["c1"], found.beyond["c2"], found.left_out["c"]) == (sentence,) * 3
    assert found.beyond["s4"] == "Number 6 of 3: the plan streams 3 codes in all."


@pytest.mark.parametrize(("connections", "says"), [(2, "has 2 connections, and"), (1, "1 conn")])
def test_the_number_of_connections_is_said(connections: int, says: str) -> None:
    found = shared("s1 c1 f1", plan(connections=connections))
    assert says in found.left_out["f"]
    assert dict(found.connections) == dict.fromkeys(kept(found), 1)


def test_a_family_opens_as_many_connections_as_its_codes_need_while_there_are_some() -> None:
    found = shared("s1 s2 c1 s3 s4 s5 c2 c3", plan(connections=4, each=2, size=2))
    assert found.connections == {"s": 2, "c": 2}
    # The fifth stock has no room on its own family's connections: the family says so itself.
    assert kept(found) == {"s": "s1 s2 s3 s4 s5", "c": "c1 c2 c3"}
    assert dict(found.beyond) == {}


def test_a_refused_code_takes_no_seat_but_stays_its_familys_to_tell_of() -> None:
    found = shared("s1 c1 s2 c2", plan(codes=2), refused="s1 c1")
    assert kept(found) == {"s": "s1 s2", "c": "c1 c2"}
    assert dict(found.beyond) == {}


def test_a_code_refused_on_one_channel_takes_a_seat_for_the_other() -> None:
    found = shared("s1 s2 s3", plan(codes=2), refused="s1", channel=Channel.DEPTH)
    assert list(found.beyond) == ["s3"]


def test_a_family_of_refused_codes_needs_no_connection() -> None:
    found = shared("s1 c1", plan(connections=1), refused="s1")
    assert found.connections == {"s": 0, "c": 1}
    assert dict(found.left_out) == {}


codes = st.lists(st.builds("{}{}".format, st.sampled_from("scfx"), st.integers(0, 9)), unique=True)


@given(
    text=codes,
    seats=st.none() | st.integers(1, 12),
    connections=st.none() | st.integers(1, 5),
    each=st.integers(1, 2),
    size=st.integers(1, 4),
    refused=st.sets(st.sampled_from([f"s{n}" for n in range(10)])),
)
def test_no_limit_is_passed_and_no_seat_is_wasted(
    *,
    text: list[str],
    seats: int | None,
    connections: int | None,
    each: int,
    size: int,
    refused: set[str],
) -> None:
    how = plan(codes=seats, connections=connections, each=each, size=size)
    found = shared(" ".join(text), how, refused=" ".join(refused))
    if not limited(how):
        return
    streams = {}
    for family, mine in kept(found).items():
        accepted = [code for code in mine.split() if code not in refused]
        streams[family] = accepted[: (found.connections[family] or 0) * size]
    seated = sum(map(len, streams.values()))
    opened = sum(number or 0 for number in found.connections.values())
    assert seats is None or seated <= seats
    assert connections is None or opened <= connections
    assert all((number or 0) <= each for number in found.connections.values())
    assert {*found.beyond}.isdisjoint(code for it in kept(found).values() for code in it.split())
    for code, why in found.beyond.items():
        if "codes in all" in why:
            assert seated == seats
            # Nobody less important has a seat.
            later = text[text.index(code) :]
            assert not [it for it in later for each_ in streams.values() if it in each_]
        else:
            assert opened == connections
