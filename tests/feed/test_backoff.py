import random

from alltick_desk.feed.backoff import Backoff


def test_it_doubles_up_to_the_cap_within_the_upper_half_of_each_span() -> None:
    backoff = Backoff(random.Random(1), first_s=1.0, cap_s=60.0)
    for span in (1, 2, 4, 8, 16, 32, 60, 60, 60):
        assert span / 2 <= backoff.next_s() <= span
    backoff.reset()
    assert backoff.next_s() <= 1.0


def test_two_desks_do_not_come_back_in_step() -> None:
    one, other = (Backoff(random.Random(seed), first_s=1.0, cap_s=60.0) for seed in (1, 2))
    assert [one.next_s() for _ in range(5)] != [other.next_s() for _ in range(5)]
