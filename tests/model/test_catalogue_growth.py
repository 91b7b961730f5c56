"""A catalogue that learns from vendors' lists."""

from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import Catalogue, Instrument, Market

TENCENT = Instrument("700.HK", "Tencent Holdings", "腾讯控股", Market.HK_STOCK)


def test_what_is_new_can_be_found_after_what_was_there() -> None:
    catalogue = Catalogue([TENCENT])
    assert catalogue.search("ten") == [TENCENT]
    tenet = Instrument("THC.US", "Tenet Healthcare", market=Market.US_STOCK)
    assert catalogue.extend([tenet]) == 1
    assert catalogue.search("ten") == [TENCENT, tenet]
    assert catalogue.get("THC.US") == tenet
    assert catalogue.spelling("thc.us") == "THC.US"
    assert len(catalogue) == 2


def test_what_is_known_stays_and_only_gaps_are_filled() -> None:
    catalogue = Catalogue([TENCENT, Instrument("GOLD", "Gold")])
    assert catalogue.search("黄金") == []
    given_lines = [
        Instrument("700.HK", "TENCENT", "", Market.FUND),
        Instrument("GOLD", "XAU", "黄金", Market.COMMODITY),
    ]
    assert catalogue.extend(given_lines) == 1
    assert catalogue.get("700.HK") == TENCENT
    assert catalogue.get("GOLD") == Instrument("GOLD", "Gold", "黄金", Market.COMMODITY)
    assert [it.code for it in catalogue.search("黄金")] == ["GOLD"]
    assert catalogue.extend(given_lines) == 0


def test_the_spelling_that_was_known_first_is_the_one_that_is_meant() -> None:
    catalogue = Catalogue([Instrument("Silver")])
    catalogue.extend([Instrument("SILVER")])
    assert catalogue.spelling("silver") == "Silver"
    assert catalogue.spelling("SILVER") == "SILVER"


def test_codes_that_fill_the_list_leave_no_room_for_names() -> None:
    codes = [Instrument(f"AB{number}.US") for number in range(3)]
    catalogue = Catalogue([Instrument("X.US", "Abacus"), *codes, Instrument("AB.US")])
    assert [it.code for it in catalogue.search("ab", 2)] == ["AB.US", "AB0.US"]
    assert [it.code for it in catalogue.search("ab", 5)][-1] == "X.US"


words = st.text(alphabet="abAB腾讯.ß ", max_size=6)
lines = st.lists(st.builds(Instrument, words.filter(bool), words, words), max_size=8)


@given(first=lines, second=lines, wanted=words, limit=st.integers(1, 4))
def test_a_short_list_is_the_beginning_of_the_whole_one(
    first: list[Instrument], second: list[Instrument], wanted: str, limit: int
) -> None:
    grown = Catalogue([])
    grown.extend(first)
    grown.search(wanted)
    grown.extend(second)
    whole = grown.search(wanted, 99)
    assert grown.search(wanted, limit) == whole[:limit]
    assert whole == Catalogue(list(grown)).search(wanted, 99)
    folded = wanted.strip().casefold()
    assert {it.code for it in whole} == {
        it.code
        for it in grown
        if folded
        and (
            folded in it.code.casefold() or folded in it.name_en.casefold() or folded in it.name_zh
        )
    }
