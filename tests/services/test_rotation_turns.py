"""Whose turn it is: those in sight first, nobody for ever last."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.rotation_turns import Plan, Turns, halves


def keys(*codes: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in codes]


def kind(key: InstrumentKey) -> str:
    return key.code[0]


def calls(
    turns: Turns, sight: Sequence[InstrumentKey], others: Sequence[InstrumentKey], size: int, n: int
) -> list[list[str]]:
    """Return the codes of the next calls."""
    found = []
    for _ in range(n):
        plan = turns.plan(sight, others, kind=kind, size=size)
        turns.took(plan.first, sight=plan.sight)
        found.append([key.code for key in plan.first])
    return found


def test_rows_in_sight_come_first_and_the_others_after_each_lap() -> None:
    sight, others = keys("a1", "a2", "a3", "a4"), keys("a5", "a6", "a7")
    assert calls(Turns(), sight, others, 2, 7) == [
        ["a1", "a2"],
        ["a3", "a4"],
        ["a5", "a6"],
        ["a1", "a2"],
        ["a3", "a4"],
        ["a7", "a5"],
        ["a1", "a2"],
    ]


def test_a_call_holds_codes_of_one_kind() -> None:
    assert calls(Turns(), keys("a1", "b1", "a2"), [], 5, 4) == [
        ["a1", "a2"],
        ["b1"],
        ["a1", "a2"],
        ["b1"],
    ]


def test_places_that_are_left_go_to_others_of_the_kind() -> None:
    assert calls(Turns(), keys("a1"), keys("b1", "a2", "a3", "a4"), 3, 4) == [
        ["a1", "a2", "a3"],
        ["b1"],
        ["a1", "a4", "a2"],
        ["a3", "a2", "a4"],
    ]


def test_what_comes_into_sight_overtakes() -> None:
    turns, others = Turns(), keys("a1", "a2", "a3", "a4", "a5", "a6")
    assert calls(turns, [], others, 2, 1) == [["a1", "a2"]]
    assert calls(turns, keys("a6"), keys("a1", "a2", "a3", "a4", "a5"), 2, 1) == [["a6", "a3"]]


def test_nobody_has_no_turn() -> None:
    assert Turns().plan([], [], kind=kind, size=5) == Plan()


def test_a_suspected_batch_is_halved() -> None:
    assert halves(keys("a1", "a2", "a3")) == (tuple(keys("a1")), tuple(keys("a2", "a3")))


@pytest.mark.parametrize("forgotten", [False, True])
def test_what_is_forgotten_begins_anew(forgotten: bool) -> None:
    turns = Turns()
    calls(turns, [], keys("a1"), 1, 1)
    turns.keep([] if forgotten else keys("a1"))
    expected = "a1" if forgotten else "a2"
    assert calls(turns, [], keys("a1", "a2"), 1, 1) == [[expected]]


CODES = st.lists(
    st.builds("{}{}".format, st.sampled_from("abc"), st.integers(0, 30)), unique=True, max_size=25
)


@given(CODES, st.integers(0, 25), st.integers(1, 6))
@settings(max_examples=150, deadline=None)
def test_nobody_waits_for_ever_and_the_plan_comes_true(
    codes: list[str], cut: int, size: int
) -> None:
    sight, others = keys(*codes[:cut]), keys(*codes[cut:])
    laps = _calls(sight, size) + 1
    most = laps * (_calls(others, size) + 1) + laps
    turns = Turns()
    plan = turns.plan(sight, others, kind=kind, size=size)
    assert plan.steps.keys() == {*sight, *others}
    seen = calls(turns, sight, others, size, most)
    assert all(len(codes) <= size and len({code[0] for code in codes}) <= 1 for codes in seen)
    for key, step in plan.steps.items():
        first = next(n for n, batch in enumerate(seen) if key.code in batch)
        assert first <= step or key in others, "in sight never later than it was told"
    in_sight = {key.code for key in sight}
    if sight:
        assert seen[0][0] in in_sight


def _calls(some: Sequence[InstrumentKey], size: int) -> int:
    by_kind = Counter(map(kind, some))
    return sum(-(-number // size) for number in by_kind.values())
