"""Ranked search: the best known answers, the order of ranks, and that nothing is missed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import Catalogue, Instrument, Market, Source
from alltick_desk.model.pinyin import Pinyin
from alltick_desk.model.search import FIRST, LIMIT, Rank, Search
from alltick_desk.model.search_index import Group, group_of, one_slip
from alltick_desk.model.search_marks import Marks, marks_of
from alltick_desk.resources import resource

PINYIN = Pinyin(resource("tables/pinyin.txt"))


def search_in(*instruments: Instrument) -> Search:
    return Search(Catalogue(instruments), PINYIN)


def codes(search: Search, text: str, limit: int = LIMIT, group: Group | None = None) -> list[str]:
    return [match.instrument.code for match in search.find(text, limit, group)]


@pytest.fixture(scope="module")
def built_in() -> Search:
    return Search(Catalogue.read(resource("catalogue.csv")), PINYIN)


@pytest.mark.parametrize(
    ("text", "code", "rank"),
    [
        ("700", "700.HK", Rank.CODE),
        ("0700", "700.HK", Rank.CODE),
        ("00700.hk", "700.HK", Rank.CODE),
        ("７００", "700.HK", Rank.CODE),
        ("TSLA", "TSLA.US", Rank.CODE),
        ("aapl.us", "AAPL.US", Rank.CODE),
        ("dji", ".DJI.US", Rank.CODE),
        (".dji", ".DJI.US", Rank.CODE),
        ("tesla", "TSLA.US", Rank.NAME_START),
        ("tencent", "700.HK", Rank.NAME),
        ("腾讯控股", "700.HK", Rank.NAME),
        ("腾讯", "700.HK", Rank.NAME_START),
        ("讯控", "700.HK", Rank.NAME_PART),
        ("txkg", "700.HK", Rank.PINYIN),
        ("txk", "700.HK", Rank.PINYIN_START),
        ("tengxun", "700.HK", Rank.PINYIN_START),
        ("teng xun kong gu", "700.HK", Rank.PINYIN),
        ("gsyh", "1398.HK", Rank.PINYIN),
        ("gongshangyinhang", "1398.HK", Rank.PINYIN),
        ("BTCUSD", "BTCUSDT", Rank.CODE_START),
        (" gold ", "GOLD", Rank.CODE),
        ("bank am", "BAC.US", Rank.WORD),
        ("america bank", "BAC.US", Rank.WORD),
        ("tesal", "TSLA.US", Rank.SLIP),
        ("micorsoft", "MSFT.US", Rank.SLIP),
        ("bank of amercia", "BAC.US", Rank.SLIP),
        ("btcusdr", "BTCUSDT", Rank.SLIP),
        ("腾讯空股", "700.HK", Rank.SLIP),
        ("tengxum", "700.HK", Rank.SLIP),
    ],
)
def test_the_best_match_comes_first(built_in: Search, text: str, code: str, rank: Rank) -> None:
    found = built_in.find(text)[0]
    assert (found.instrument.code, found.rank) == (code, rank)


def test_the_order_of_matches() -> None:
    search = search_in(
        Instrument("AAPLE.US", "Anything"),
        Instrument("XAPLX.US", "Any"),
        Instrument("C.US", "Old Applied Works"),
        Instrument("D.US", "Apl Works"),
        Instrument("APLZZ.US", "Any"),
        Instrument("E.US", "Big-apl"),
        Instrument("APLE.US", "Any"),
        Instrument("F.US", "", "阿平拉控"),
        Instrument("G.US", "", "阿平拉"),
        Instrument("H.US", "", "控阿平拉"),
        Instrument("I.US", "Apl"),
        Instrument("APL.US", "Any"),
        Instrument("J.US", "Napling"),
        Instrument("NO.US", "None"),
    )
    assert codes(search, "apl") == [
        *("APL.US", "I.US", "G.US", "APLE.US", "APLZZ.US", "D.US", "F.US", "E.US"),
        *("AAPLE.US", "XAPLX.US", "J.US", "H.US"),
    ]


def test_what_comes_with_the_desk_and_what_is_short_is_preferred() -> None:
    catalogue = Catalogue([Instrument("ABCDE.US"), Instrument("ABC.US")])
    catalogue.extend([Instrument("AB.US"), Instrument("A1.US")], Source("iTick", "itick"))
    search = Search(catalogue, PINYIN)
    assert codes(search, "a") == ["ABC.US", "ABCDE.US", "AB.US", "A1.US"]


def test_a_market_alone(built_in: Search) -> None:
    assert codes(built_in, "bank", group=Group.HK) == ["3988.HK", "3328.HK", "11.HK", "3968.HK"]
    for group in built_in.groups:
        for match in built_in.find("a", 500, group):
            assert group_of(match.instrument.market) is group
    assert Group.FUND not in built_in.groups
    assert codes(built_in, "bank", group=Group.FUND) == []


def test_a_symbol_spelled_out_is_found_by_its_middle() -> None:
    search = search_in(Instrument("future/GC$US", "Gold", market=Market.FUTURE))
    assert search.find("gc")[0].rank is Rank.CODE_START


def test_figures_are_never_slips_of_others(built_in: Search) -> None:
    assert built_in.find("600591") == []


def test_search_needs_a_text_and_has_a_limit(built_in: Search) -> None:
    assert len(built_in.find("u")) == LIMIT
    assert len(built_in.find("u", limit=3)) == 3
    for nothing in ("", "  ", ".", "\n", "'", "%"):
        assert built_in.find(nothing) == []
    assert built_in.find("no such thing at all") == []
    assert built_in.find("u", limit=0) == []


def test_a_code_by_itself(built_in: Search) -> None:
    found = [built_in.by_code(text) for text in ("aapl", "AAPL.US", "dji", "btcusdt", "aap")]
    assert [it and it.code for it in found] == ["AAPL.US", "AAPL.US", ".DJI.US", "BTCUSDT", None]


# The index


def test_the_best_known_can_be_found_before_the_rest_is_read() -> None:
    many = [Instrument(f"C{number}.US", "Some Corp") for number in range(FIRST + 500)]
    search = search_in(*many)
    search.begin()
    assert not search.complete
    assert codes(search, "c7") == ["C7.US", *(f"C7{n}.US" for n in range(10))] + [
        f"C7{n:02}.US" for n in range(100) if n < LIMIT - 11
    ]
    last = f"C{FIRST + 499}"
    assert f"{last}.US" not in codes(search, last)
    while search.step():
        pass
    assert search.complete
    assert codes(search, last)[0] == f"{last}.US"


def test_the_old_index_serves_until_the_new_one_is_ready() -> None:
    search = search_in(Instrument("A.US"))
    search.finish()
    search.catalogue.extend([Instrument("AB.US")])
    assert not search.complete
    assert codes(search, "a") == ["A.US"]
    search.step()
    search.catalogue.extend([Instrument("ABC.US")])
    search.finish()
    assert codes(search, "a") == ["A.US", "AB.US", "ABC.US"]


def test_a_catalogue_of_nothing() -> None:
    search = search_in()
    search.finish()
    assert search.find("a") == []
    assert search.groups == ()
    assert not search.step()


# Properties

letters = st.text(alphabet="abc1银行.$/' ", max_size=6)
lines = st.lists(
    st.builds(Instrument, letters.filter(bool), letters, letters, st.sampled_from(Market), letters),
    max_size=10,
)


@given(instruments=lines, text=letters, limit=st.integers(1, 5))
def test_a_short_list_is_the_beginning_of_the_whole_one(
    instruments: list[Instrument], text: str, limit: int
) -> None:
    search = search_in(*instruments)
    whole = search.find(text, 99)
    ranks = [match.rank for match in whole]
    assert ranks == sorted(ranks)
    assert len({match.instrument.code for match in whole}) == len(whole)
    assert search_in(*instruments).find(text, limit) == whole[:limit]
    for group in search.groups:
        part = [it for it in whole if group_of(it.instrument.market) is group]
        assert search.find(text, 99, group) == part


@given(instruments=lines, text=letters)
def test_nothing_that_has_the_text_is_missed(instruments: list[Instrument], text: str) -> None:
    search = search_in(*instruments)
    found = {match.instrument.code: match.rank for match in search.find(text, 99)}
    wanted = text.strip().casefold()
    for it in search.catalogue:
        if wanted.strip(".") and wanted == it.code.casefold():
            assert found[it.code] is Rank.CODE
        zh, hant = it.name_zh.casefold(), it.name_hant.casefold()
        if wanted and (wanted in zh or wanted in hant):
            assert found[it.code] < Rank.SLIP
        if wanted.strip(".") and it.code.casefold().startswith(wanted):
            assert found[it.code] <= Rank.CODE_START


@given(
    word=st.text(alphabet="abcd", min_size=1, max_size=7),
    place=st.integers(0, 6),
    kind=st.sampled_from(["more", "less", "other", "crossed"]),
    rest=st.text(alphabet="ab", max_size=2),
)
def test_one_slip_is_forgiven(word: str, place: int, kind: str, rest: str) -> None:
    at = place % len(word)
    typed = {
        "more": word[:at] + "x" + word[at:],
        "less": word[:at] + word[at + 1 :],
        "other": word[:at] + "x" + word[at + 1 :],
        "crossed": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[kind]
    assert one_slip(typed, word, whole=True)
    assert one_slip(typed, word + rest)


@given(st.text(alphabet="ab", max_size=6), st.text(alphabet="ab", max_size=6))
def test_a_slip_is_one_edit_and_no_more(typed: str, word: str) -> None:
    edits = {typed}
    for at in range(len(typed) + 1):
        edits |= {typed[:at] + key + typed[at:] for key in "ab"}
        edits |= {typed[:at] + key + typed[at + 1 :] for key in "ab"}
        edits.add(typed[:at] + typed[at + 1 :])
        edits.add(typed[:at] + typed[at : at + 2][::-1] + typed[at + 2 :])
    assert one_slip(typed, word, whole=True) == (word in edits)


# Marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("700", Marks(code=((0, 3),))),
        ("0700", Marks(code=((0, 6),))),
        ("tenc", Marks(name_en=((0, 4),))),
        ("hold ten", Marks(name_en=((0, 3), (8, 12)))),
        ("cent", Marks(name_en=((3, 7),))),
        ("讯控", Marks(name_zh=((1, 3),))),
        ("xk", Marks(name_zh=((1, 3),))),
        ("tengx", Marks(name_zh=((0, 2),))),
        ("", Marks()),
        ("zz", Marks()),
    ],
)
def test_what_was_typed(text: str, marks: Marks) -> None:
    tencent = Instrument("700.HK", "Tencent Holdings", "腾讯控股", Market.HK_STOCK)
    search_in(tencent).finish()  # which reads the table
    assert marks_of(tencent, text, PINYIN) == marks


@given(instruments=lines, text=letters)
def test_marks_lie_within_their_texts(instruments: list[Instrument], text: str) -> None:
    search_in().finish()
    for it in instruments:
        marks = marks_of(it, text, PINYIN)
        texts = (it.code, it.name_en, it.name_zh)
        for spans, whole in zip(marks, texts, strict=True):
            ends = [end for span in spans for end in span]
            assert ends == sorted(set(ends))
            assert all(0 <= end <= len(whole) for end in ends)
