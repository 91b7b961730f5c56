"""What groups of charts link, and how that is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.services.chart_groups import GROUPS, NO_GROUP, ChartGroups, Link, group_of

LINKS = st.frozensets(st.sampled_from(Link))


def test_a_group_links_instrument_and_crosshair_at_first_and_no_group_nothing() -> None:
    groups = ChartGroups()
    assert all(groups.links(it) == {Link.INSTRUMENT, Link.CROSSHAIR} for it in GROUPS)
    assert groups.links(NO_GROUP) == frozenset()


def test_a_link_is_switched_for_its_own_group_alone() -> None:
    groups = ChartGroups()
    groups.switch(2, Link.INTERVAL, on=True)
    groups.switch(2, Link.CROSSHAIR, on=False)
    groups.switch(NO_GROUP, Link.INTERVAL, on=True)
    assert groups.links(2) == {Link.INSTRUMENT, Link.INTERVAL}
    assert groups.links(1) == {Link.INSTRUMENT, Link.CROSSHAIR}
    assert groups.links(NO_GROUP) == frozenset()


@given(st.fixed_dictionaries(dict.fromkeys(GROUPS, LINKS)))
def test_what_is_linked_comes_back_from_its_words(links: dict[int, frozenset[Link]]) -> None:
    kept = ChartGroups.from_words(ChartGroups(links).to_words())
    assert {group: kept.links(group) for group in GROUPS} == links


def test_words_that_make_no_sense_are_passed_over() -> None:
    groups = ChartGroups.from_words({"1": "interval colour", "9": "interval", "x": ""})
    assert groups.links(1) == {Link.INTERVAL}
    assert groups.links(9) == frozenset()


@pytest.mark.parametrize(
    ("word", "group"), [("3", 3), ("0", 0), ("", 0), ("5", 0), ("-1", 0), ("blue", 0)]
)
def test_a_groups_number_is_read(word: str, group: int) -> None:
    assert group_of(word) == group
