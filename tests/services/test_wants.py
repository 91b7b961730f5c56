"""What to subscribe, in which order."""

from alltick_desk.model.instrument import InstrumentKey
from alltick_desk.services.wants import Wants, wants_of
from alltick_desk.vendors.base import DepthWish


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
    assert wants.trades == ("C", "B", "A", "D")
    assert wants.depth == (
        DepthWish("C", 10),
        DepthWish("B", 1),
        DepthWish("A", 1),
        DepthWish("D", 1),
    )


def test_another_vendors_codes_are_left_to_it() -> None:
    other = InstrumentKey("itick", "A")
    wants = wants_of(
        "alltick",
        opened=other,
        visible=[other],
        listed=[other, *keys("B")],
        full_depth=lambda _: 10,
    )
    assert wants == Wants(("B",), (DepthWish("B", 1),))


def test_nothing_listed_wants_nothing() -> None:
    wants = wants_of("alltick", opened=None, visible=[], listed=[], full_depth=lambda _: 10)
    assert wants == Wants()
