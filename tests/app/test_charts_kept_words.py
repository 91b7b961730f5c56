"""What charts remember, as the words of the layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.app.chart_words import (
    MOST,
    active_number,
    common_words,
    group_words,
    interval_of,
    joined_words,
    key_of,
    other_words,
    small_number,
    split_words,
)
from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval

NAMES = st.sampled_from(["opened", "interval", "group", "style", "zone", "indicators"])
CHART = st.dictionaries(NAMES, st.text(max_size=8), min_size=1)


@given(st.lists(CHART, min_size=1, max_size=MOST))
def test_each_charts_words_come_back(charts: list[dict[str, str]]) -> None:
    assert split_words(joined_words(charts)) == charts


def test_the_words_of_a_desk_that_had_one_chart_are_understood() -> None:
    choices = {"opened": "alltick:GOLD", "interval": "5m", "chart.style": "line", "vendor": "itick"}
    assert split_words(choices) == [
        {"opened": "alltick:GOLD", "interval": "5m", "style": "line"},
    ]
    assert active_number(choices) == 0


def test_words_about_all_charts_and_about_groups_are_kept_apart() -> None:
    choices = other_words({"layout": "four", "active": "2"}, {"1": "interval"})
    assert common_words(choices) == {"layout": "four", "active": "2"}
    assert group_words(choices) == {"1": "interval"}
    assert split_words(choices) == [{}]


@pytest.mark.parametrize(("word", "number"), [("1", 1), ("9", 1), ("-1", 0), ("", 0), ("two", 0)])
def test_the_active_chart_is_one_that_is_there(word: str, number: int) -> None:
    charts = joined_words([{"opened": "alltick:A"}, {"opened": "alltick:B"}])
    assert active_number(charts | other_words({"active": word}, {})) == number


def test_what_makes_no_sense_is_passed_over() -> None:
    assert interval_of("7m", Interval.H1) is Interval.H1
    assert interval_of("5m", Interval.H1) is Interval.M5
    assert key_of("GOLD") is None
    assert key_of("alltick:GOLD") == InstrumentKey("alltick", "GOLD")
    assert small_number("3", 2) == 2
