"""What to subscribe, in which order."""

import pytest

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.model.interval import Interval
from alltick_desk.services.wants import Wants, wants_of
from alltick_desk.vendors.base import Channel, Wish

NOTHING = Wants({Channel.TRADES: (), Channel.DEPTH: (), Channel.CANDLES: ()})


def keys(*codes: str) -> list[InstrumentKey]:
    return [InstrumentKey("alltick", code) for code in codes]


def test_the_opened_code_leads_then_what_is_visible_then_the_rest() -> None:
    wants = wants_of(
        "alltick",
        opened=InstrumentKey("alltick", "C"),
        visible=keys("B", "C"),
        listed=keys("A", "B", "C", "D"),
        full_depth=lambda _: 10,
    )
    assert wants.wishes == {
        Channel.TRADES: (Wish("C"), Wish("B"), Wish("A"), Wish("D")),
        Channel.DEPTH: (Wish("C", 10), Wish("B", 1), Wish("A", 1), Wish("D", 1)),
        Channel.CANDLES: (),
    }


def test_another_vendors_codes_are_left_to_it() -> None:
    other = InstrumentKey("itick", "A")
    wants = wants_of(
        "alltick",
        opened=other,
        visible=[other],
        listed=[other, *keys("B")],
        full_depth=lambda _: 10,
        charted=[(other, Interval.M1)],
    )
    assert wants.wishes == {
        Channel.TRADES: (Wish("B"),),
        Channel.DEPTH: (Wish("B", 1),),
        Channel.CANDLES: (),
    }


def test_bars_are_wanted_of_what_is_charted_alone() -> None:
    wants = wants_of(
        "alltick",
        opened=InstrumentKey("alltick", "A"),
        visible=[],
        listed=keys("A", "B"),
        full_depth=lambda _: 10,
        charted=[(InstrumentKey("alltick", "A"), Interval.H1)],
    )
    assert wants.wishes[Channel.CANDLES] == (Wish("A", Interval.H1),)


def test_the_other_charts_come_after_the_book_and_before_the_list() -> None:
    wants = wants_of(
        "alltick",
        opened=InstrumentKey("alltick", "C"),
        visible=keys("A"),
        listed=keys("A", "B"),
        full_depth=lambda _: 10,
        charted=[(key, Interval.M1) for key in (*keys("C", "Z"), InstrumentKey("itick", "Y"))],
    )
    assert wants.wishes == {
        Channel.TRADES: (Wish("C"), Wish("Z"), Wish("A"), Wish("B")),
        Channel.DEPTH: (Wish("C", 10), Wish("Z", 1), Wish("A", 1), Wish("B", 1)),
        Channel.CANDLES: (Wish("C", Interval.M1), Wish("Z", Interval.M1)),
    }


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_intervals_of_one_code_the_longer_is_pushed_whichever_chart_is_active(
    order: int,
) -> None:
    code, other = keys("A", "B")
    charted = [(code, Interval.H1), (code, Interval.W1), (other, Interval.M1)]
    wants = wants_of(
        "alltick",
        opened=code,
        visible=[],
        listed=[],
        full_depth=lambda _: 10,
        charted=charted[::order],
    )
    assert set(wants.wishes[Channel.CANDLES]) == {Wish("A", Interval.W1), Wish("B", Interval.M1)}


def test_nothing_listed_wants_nothing() -> None:
    wants = wants_of("alltick", opened=None, visible=[], listed=[], full_depth=lambda _: 10)
    assert wants == NOTHING


def test_pinned_rows_come_before_what_is_looked_at() -> None:
    wants = wants_of(
        "alltick",
        opened=InstrumentKey("alltick", "C"),
        visible=keys("A", "B"),
        listed=keys("A", "B", "C", "D", "E"),
        full_depth=lambda _: 10,
        pinned=keys("E", "D"),
    )
    codes = [wish.code for wish in wants.wishes[Channel.TRADES]]
    assert codes == ["C", "D", "E", "A", "B"], "in the order of the list"
