"""A day's calls: what fills the screen leaves a tenth of them to clicks."""

import pytest
from fakes import FakeClock

from alltick_desk.feed.books import Books, Share
from alltick_desk.vendors.plans import plan_named

FREE = plan_named("alltick", "free")


def test_the_screen_leaves_a_tenth_of_the_day_to_clicks() -> None:
    books, now = Books(FREE, 0.05), FakeClock().monotonic()
    calls = FREE.calls_per_day
    assert calls is not None
    gone = 0
    while True:
        at = books.free_at("kline", now, Share.ALL_BUT_ONE)
        if at - now > 3_600:
            break
        now = max(now, at)
        books.sent(books.debit("kline", now), now)
        gone += 1
    assert gone == calls - calls // 10
    assert books.free_at("kline", now, Share.ALL) - now < 60


@pytest.mark.parametrize(("calls", "screen"), [(1, 1), (2, 1), (10, 9), (500, 450)])
def test_a_day_is_shared(calls: int, screen: int) -> None:
    assert Share.ALL.of_day(calls) == calls
    assert Share.ALL_BUT_ONE.of_day(calls) == screen
    assert Share.MOST.of_day(calls) == Share.MOST.of(calls)
