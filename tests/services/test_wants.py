"""What to subscribe, in which order."""

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
        charted=(other, Interval.M1),
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
        charted=(InstrumentKey("alltick", "A"), Interval.H1),
    )
    assert wants.wishes[Channel.CANDLES] == (Wish("A", Interval.H1),)


def test_nothing_listed_wants_nothing() -> None:
    wants = wants_of("alltick", opened=None, visible=[], listed=[], full_depth=lambda _: 10)
    assert wants == NOTHING
