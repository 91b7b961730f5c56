"""How many codes one call names: the plan's figure, or what a vendor has taught."""

import pytest
from fakes import FakeClock

from alltick_desk.errors import VendorError, Verdict
from alltick_desk.feed.batch_size import BatchSize
from alltick_desk.feed.capacity import MEMORY_S


def codes(count: int) -> list[str]:
    return [f"c{number}" for number in range(count)]


def test_codes_are_parted_by_kind_and_size() -> None:
    parts = BatchSize(FakeClock()).part(["a1", "b1", "a2", "a3"], lambda code: code[0], 2)
    assert parts == [["a1", "a2"], ["a3"], ["b1"]]


def test_an_answer_that_is_cut_short_teaches_the_size_for_a_while() -> None:
    clock = FakeClock()
    size = BatchSize(clock)
    with size.learning(codes(50)) as answered:
        answered(codes(5))
    assert size.size(50) == 5
    clock.now += MEMORY_S
    assert size.size(50) == 50


@pytest.mark.parametrize("came", [codes(49), ["c1", "c2"], [], codes(50)])
def test_codes_that_are_missing_here_and_there_teach_nothing(came: list[str]) -> None:
    size = BatchSize(FakeClock())
    with size.learning(codes(50)) as answered:
        answered(came)
    assert size.size(50) == 50


def test_a_refusal_of_so_many_codes_shrinks_the_next_call() -> None:
    size = BatchSize(FakeClock())
    error = VendorError("No.", vendor="alltick", verdict=Verdict.OVER_PLAN, call="batch-kline")
    with pytest.raises(VendorError), size.learning(codes(50)):
        raise error
    assert 1 <= size.size(50) < 50
    size.forget()
    assert size.size(50) == 50
