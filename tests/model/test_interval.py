"""The intervals and their spellings."""

import pytest

from alltick_desk.model.interval import Interval


def test_the_spellings_of_the_command_line() -> None:
    spellings = [interval.value for interval in Interval]
    assert spellings == ["1m", "5m", "15m", "30m", "1h", "2h", "4h", "1d", "1w", "1mo"]


@pytest.mark.parametrize("interval", Interval)
def test_a_spelling_is_read_back(interval: Interval) -> None:
    assert Interval.parse(interval.value) is interval


@pytest.mark.parametrize("text", ["", "1M", "3m", "60m", "1 m", "M1"])
def test_another_spelling_is_answered_with_the_list(text: str) -> None:
    with pytest.raises(ValueError, match="1m 5m 15m 30m 1h 2h 4h 1d 1w 1mo"):
        Interval.parse(text)


def test_spans_in_seconds() -> None:
    assert [interval.seconds for interval in Interval] == [
        60,
        5 * 60,
        15 * 60,
        30 * 60,
        60 * 60,
        2 * 60 * 60,
        4 * 60 * 60,
        None,
        None,
        None,
    ]
