"""A catalogue that learns from vendors' lists and from a person's, and forgets the latter."""

from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import BUILT_IN, Catalogue, Instrument, Market, Source

TENCENT = Instrument("700.HK", "Tencent Holdings", "腾讯控股", Market.HK_STOCK)
ITICK = Source("iTick", "itick")
MINE = Source("mine.xlsx", "alltick", personal=True)
OTHER = Source("other.csv", "", personal=True)


def test_what_is_new_stands_behind_what_was_there() -> None:
    catalogue = Catalogue([TENCENT])
    tenet = Instrument("THC.US", "Tenet Healthcare", market=Market.US_STOCK)
    assert catalogue.extend([tenet]) == 1
    assert list(catalogue) == [TENCENT, tenet]
    assert catalogue.get("THC.US") == tenet
    assert catalogue.spelling("thc.us") == "THC.US"
    assert (len(catalogue), catalogue.built_in) == (2, 1)


def test_what_is_known_stays_and_only_gaps_are_filled() -> None:
    catalogue = Catalogue([TENCENT, Instrument("GOLD", "Gold")])
    given_lines = [
        Instrument("700.HK", "TENCENT", "", Market.FUND, "騰訊控股"),
        Instrument("GOLD", "XAU", "黄金", Market.COMMODITY),
    ]
    version = catalogue.version
    assert catalogue.extend(given_lines, ITICK) == 2
    assert catalogue.version != version
    assert catalogue.get("700.HK") == TENCENT._replace(name_hant="騰訊控股")
    assert catalogue.get("GOLD") == Instrument("GOLD", "Gold", "黄金", Market.COMMODITY)
    version = catalogue.version
    assert catalogue.extend(given_lines, ITICK) == 0
    assert catalogue.version == version


def test_the_spelling_that_was_known_first_is_the_one_that_is_meant() -> None:
    catalogue = Catalogue([Instrument("Silver")])
    catalogue.extend([Instrument("SILVER")], MINE)
    assert catalogue.spelling("silver") == "Silver"
    assert catalogue.spelling("SILVER") == "SILVER"
    catalogue.forget(MINE)
    assert catalogue.spelling("SILVER") == "Silver"


def test_a_person_s_names_count_more_and_the_vendors_markets() -> None:
    catalogue = Catalogue([TENCENT])
    assert catalogue.extend([Instrument("700.HK", "", "腾讯", Market.FUND)], MINE) == 1
    assert catalogue.get("700.HK") == TENCENT._replace(name_zh="腾讯")
    catalogue.extend([Instrument("X.US", "Mine")], MINE)
    catalogue.extend([Instrument("X.US", "Theirs", "它", Market.US_STOCK)], ITICK)
    assert catalogue.get("X.US") == Instrument("X.US", "Mine", "它", Market.US_STOCK)
    assert catalogue.forget(MINE) == 2
    assert catalogue.get("700.HK") == TENCENT
    assert catalogue.get("X.US").name_en == "Theirs"
    assert catalogue.forget(MINE) == 0


def test_everybody_knows_where_an_instrument_is_from() -> None:
    catalogue = Catalogue([TENCENT])
    catalogue.extend([TENCENT, Instrument("X.US")], ITICK)
    catalogue.extend([Instrument("X.US")], MINE)
    assert catalogue.sources("700.HK") == (BUILT_IN, ITICK)
    assert catalogue.sources("X.US") == (ITICK, MINE)
    assert catalogue.sources("Y.US") == ()
    assert catalogue.vendors("700.HK") == frozenset(), "any vendor may have it"
    assert catalogue.vendors("X.US") == {"itick", "alltick"}


words = st.text(alphabet="abAB腾", max_size=3)
lines = st.lists(
    st.builds(Instrument, words.filter(bool), words, words, st.sampled_from(Market)), max_size=6
)


@given(built_in=lines, listed=lines, mine=lines, other=lines)
def test_a_forgotten_list_leaves_no_trace(
    built_in: list[Instrument],
    listed: list[Instrument],
    mine: list[Instrument],
    other: list[Instrument],
) -> None:
    plain = Catalogue(built_in)
    plain.extend(listed, ITICK)
    plain.extend(other, OTHER)
    grown = Catalogue(built_in)
    grown.extend(mine, MINE)
    grown.extend(listed, ITICK)
    grown.extend(other, OTHER)
    grown.forget(MINE)
    assert {it.code: it for it in grown} == {it.code: it for it in plain}
    for code in {it.code for it in mine}:
        assert grown.sources(code) == plain.sources(code)
        assert (code in grown) == (code in plain)
        spelled = grown.spelling(code)
        assert spelled.casefold() == code.casefold()
        assert spelled in grown or spelled == code
