"""Which rows get the live subscription while somebody scrolls."""

import pytest
from fakes import FakeClock

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.sight import DWELL_S, OPENING_S, Sight


def keys(numbers: range) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", str(number)) for number in numbers]


def test_the_first_rows_count_at_once() -> None:
    sight = Sight(lambda: 5.0)
    assert sight.see(keys(range(3))) is None
    assert sight.steady() == keys(range(3))


def test_what_is_scrolled_past_changes_nothing_but_what_one_stays_with_does() -> None:
    clock = FakeClock()
    sight = Sight(clock.monotonic)
    sight.see(keys(range(3)))
    clock.now += 10
    for first in range(3, 30, 3):
        assert sight.see(keys(range(first, first + 3))) == DWELL_S
        assert sight.steady() == keys(range(3))
        clock.now += 0.1
    assert sight.see(keys(range(27, 30))) == pytest.approx(DWELL_S - 0.1)
    clock.now += DWELL_S
    assert sight.steady() == [*keys(range(27, 30)), *keys(range(3))]
    assert sight.see(keys(range(27, 30))) is None


def test_going_back_and_forth_keeps_both_places() -> None:
    clock = FakeClock()
    sight = Sight(clock.monotonic)
    for rows in (range(3), range(10, 13), range(3), range(10, 13)):
        sight.see(keys(rows))
        clock.now += DWELL_S + 1
        assert set(sight.steady()[:6]) <= {*keys(range(3)), *keys(range(10, 13))}
    assert sight.steady() == [*keys(range(10, 13)), *keys(range(3))]


def test_another_list_forgets_the_rows_of_the_last() -> None:
    sight = Sight(lambda: 5.0)
    sight.see(keys(range(3)))
    sight.keep(frozenset(keys(range(1, 2))))
    assert sight.steady() == keys(range(1, 2))


def test_what_a_list_opens_with_counts_at_once() -> None:
    clock = FakeClock()
    sight = Sight(clock.monotonic)
    sight.see(keys(range(3)))
    clock.now += 10
    sight.begin()
    sight.see(keys(range(2, 5)))
    assert sight.see(keys(range(3, 6))) is None  # it was sorted a moment later
    assert sight.steady()[:3] == keys(range(3, 6))
    clock.now += OPENING_S + 0.01
    assert sight.see(keys(range(9, 12))) == DWELL_S
    clock.now += DWELL_S / 2
    assert sight.steady()[:3] == keys(range(3, 6))
