"""Sorting, filtering and folding, apart from any screen."""

import math
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import Catalogue, Instrument, InstrumentKey, Market, Source
from alltick_desk.model.lists import Entry
from alltick_desk.services.quotes import QuoteBoard, QuoteRow, RowState
from alltick_desk.services.watchlist import Watchlist
from alltick_desk.ui.watchlist.arrangement import (
    OWN_ORDER,
    Heading,
    Section,
    Sorting,
    arrange,
    next_sorting,
    ordered,
    read_sorting,
    write_sorting,
)
from alltick_desk.ui.watchlist.arranger import Arranger
from alltick_desk.ui.watchlist.column_choice import OFFERED
from alltick_desk.ui.watchlist.filters import DOWN, EVERYTHING, UP, Filter, keeper, sought
from alltick_desk.ui.watchlist.format import Reading
from alltick_desk.ui.watchlist.readings import places, read_all

CATALOGUE = Catalogue(
    [
        Instrument("700.HK", "Tencent", "腾讯控股", Market.HK_STOCK, "騰訊控股"),
        Instrument("AAPL.US", "Apple Inc.", "", Market.US_STOCK),
        Instrument("EURUSD", "Euro / US Dollar", "", Market.FOREX),
    ]
)


def reading(entries: dict[str, Entry] | None = None) -> Reading:
    known = entries or {}
    return Reading(CATALOGUE, False, (2026, 3, 5), {}, entry=lambda key: known.get(key.code))


def rows(*values: float | None) -> list[QuoteRow]:
    made = []
    for number, value in enumerate(values):
        row = QuoteRow(InstrumentKey("alltick", f"{number}"))
        if value is not None:
            row.last, row.value = str(value), value
        made.append(row)
    return made


def last(row: QuoteRow) -> float | None:
    return row.value if row.last else None


def codes(lines: list[QuoteRow | Heading]) -> list[str]:
    return [line.key.code if isinstance(line, QuoteRow) else line.name for line in lines]


def test_values_are_sorted_and_not_texts() -> None:
    found = arrange([Section(0, "", rows(9.0, 10.0, 1.5))], value=last)
    assert codes(found.lines) == ["2", "0", "1"]


def test_equal_values_keep_their_order_and_unknown_ones_stand_last_either_way() -> None:
    some = rows(2.0, None, 1.0, 2.0, math.nan, 1.0)
    up = arrange([Section(0, "", some)], value=last)
    down = arrange([Section(0, "", some)], value=last, descending=True)
    assert codes(up.lines) == ["2", "5", "0", "3", "1", "4"]
    assert codes(down.lines) == ["0", "3", "2", "5", "1", "4"]


@given(st.lists(st.none() | st.integers(-3, 3)), st.booleans())
def test_sorting_is_stable_and_loses_nothing(values: list[int | None], falling: bool) -> None:
    some = rows(*values)
    found = ordered(some, last, descending=falling)
    assert sorted(map(id, found)) == sorted(map(id, some))
    place = {row: number for number, row in enumerate(some)}
    for one, next_ in pairwise(found):
        first, second = last(one), last(next_)
        if first is None:
            assert second is None
        elif second is not None:
            assert first >= second if falling else first <= second
        if first == second:
            assert place[one] < place[next_]


def test_each_section_is_sorted_for_itself_under_its_heading() -> None:
    some = rows(3.0, 1.0, 2.0, 0.5)
    sections = [
        Section(0, "", some[:1]),
        Section(1, "Tech", some[1:3]),
        Section(2, "Old", some[3:]),
    ]
    found = arrange(sections, value=last, descending=True)
    assert codes(found.lines) == ["0", "Tech", "2", "1", "Old", "3"]
    assert found.lines[1] == Heading(1, "Tech", 2, 2, False)
    assert (found.shown, found.total) == (4, 4)


def test_a_folded_section_hides_its_rows_but_not_what_a_filter_finds() -> None:
    some = rows(3.0, 1.0, 2.0)
    sections = [Section(0, "", some[:1]), Section(1, "Tech", some[1:], True)]
    assert codes(arrange(sections).lines) == ["0", "Tech"]
    assert arrange(sections).shown == 3
    found = arrange(sections, keeps=lambda row: row.value == 2.0)
    assert codes(found.lines) == ["Tech", "2"]
    assert found.lines[0] == Heading(1, "Tech", 2, 1, False)
    assert (found.shown, found.total) == (1, 3)
    assert arrange(sections, keeps=lambda _: False).lines == []


def test_clicks_lead_one_way_the_other_way_and_back_to_the_own_order() -> None:
    first = next_sorting(OWN_ORDER, "last", falls_first=True)
    second = next_sorting(first, "last", falls_first=True)
    assert (first, second) == (Sorting("last", True), Sorting("last", False))
    assert next_sorting(second, "last", falls_first=True) == OWN_ORDER
    assert next_sorting(first, "code", falls_first=False) == Sorting("code", False)
    once = Sorting("last", True, live=False)
    assert not next_sorting(once, "code", falls_first=False).live


@given(st.sampled_from(["", *OFFERED]), st.booleans(), st.booleans())
def test_a_sorting_survives_its_words(column: str, falling: bool, live: bool) -> None:
    sorting = Sorting(column, falling and bool(column), live)
    assert read_sorting(write_sorting(sorting), OFFERED) == sorting


@pytest.mark.parametrize("text", ["", "colour down", "down", "   ", "—"])
def test_words_of_no_column_leave_the_own_order(text: str) -> None:
    assert read_sorting(text, OFFERED) == OWN_ORDER


# Filters


def row(code: str, *, change: float | None = None, state: RowState = RowState.LIVE) -> QuoteRow:
    made = QuoteRow(InstrumentKey("alltick", code))
    made.state = state
    if change is not None:
        made.last, made.value, made.previous_close = "1", 10.0 + change, 10.0
    return made


ROWS = [
    row("700.HK", change=1.0),
    row("AAPL.US", change=-1.0, state=RowState.STALE),
    row("EURUSD", change=0.0),
    row("FOO.US"),
]


def kept(wanted: Filter, entries: dict[str, Entry] | None = None) -> list[str]:
    reads, pinyin = reading(entries), read_all()
    keeps = keeper(wanted, reads, lambda it: sought(it, reads, places), pinyin)
    return [it.key.code for it in ROWS if keeps is None or keeps(it)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("us", ["AAPL.US", "EURUSD", "FOO.US"]),
        ("  APPLE inc ", ["AAPL.US"]),
        ("腾讯", ["700.HK"]),
        ("us euro", ["EURUSD"]),
        ("penguin", ["700.HK"]),
        ("sell at", ["AAPL.US"]),
        ("zzz", []),
        ("   ", ["700.HK", "AAPL.US", "EURUSD", "FOO.US"]),
    ],
)
def test_a_text_is_looked_for_in_code_names_alias_and_note(text: str, found: list[str]) -> None:
    entries = {
        "700.HK": Entry(ROWS[0].key, alias="Penguin"),
        "AAPL.US": Entry(ROWS[1].key, note="Sell at 300"),
    }
    assert kept(Filter(text), entries) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("txkg", ["700.HK"]),
        ("TXKG", ["700.HK"]),
        ("ｔｘｋｇ", ["700.HK"]),
        ("xk", ["700.HK"]),
        ("tengxun", ["700.HK"]),
        ("teng xun", ["700.HK"]),
        ("t x k g", ["700.HK"]),
        ("kongg", ["700.HK"]),
        ("engxun", []),  # no syllable begins so
        ("t", ["700.HK", "AAPL.US"]),  # begins the one name, is written in the other's note
        ("g", []),  # an initial within a name is in too many
        ("騰訊", ["700.HK"]),
        ("tencent txkg hk", ["700.HK"]),
        ("txkg us", []),
        ("00700", ["700.HK"]),
        ("0700.hk", ["700.HK"]),
        ("007", ["700.HK"]),
        ("0007", []),  # 7.HK it would be, not 700.HK
        ("pgs", ["AAPL.US"]),
        ("苹果", ["AAPL.US"]),
    ],
)
def test_chinese_names_go_by_pinyin_and_by_both_scripts(text: str, found: list[str]) -> None:
    entries = {"AAPL.US": Entry(ROWS[1].key, alias="苹果手机", note="Sell at 300")}
    assert kept(Filter(text), entries) == found


def test_the_pinyin_of_a_row_is_worked_out_once() -> None:
    pinyin = read_all()
    read = pinyin.places
    asked: list[str] = []

    def note(name: str) -> Iterator[tuple[int, int]]:
        asked.append(name)
        return read(name)

    places.cache_clear()
    arranger = Arranger(Watchlist(QuoteBoard(), [it.key for it in ROWS]), lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pinyin, "places", note)
        for text in ("t", "tx", "txk", "txkg"):
            arranger.choose(OWN_ORDER, Filter(text))
            arranger.lines(reading())
        assert asked == ["腾讯控股"]
        assert arranger.counts == (1, 4)


def test_a_name_that_comes_while_somebody_filters_is_found() -> None:
    catalogue = Catalogue([])
    reads = reading()._replace(catalogue=catalogue)
    arranger = Arranger(Watchlist(QuoteBoard(), [it.key for it in ROWS]), lambda _: None)
    arranger.choose(OWN_ORDER, Filter("xwnd"))
    assert arranger.lines(reads).shown == 0
    catalogue.extend([Instrument("FOO.US", "", "新闻纽带", Market.US_STOCK)], Source("list"))
    assert arranger.lines(reads).shown == 1


def test_market_state_and_movement_are_all_to_fit() -> None:
    assert kept(EVERYTHING) == ["700.HK", "AAPL.US", "EURUSD", "FOO.US"]
    assert kept(Filter(markets=frozenset({Market.US_STOCK}))) == ["AAPL.US", "FOO.US"]
    assert kept(Filter(states=frozenset({RowState.STALE}))) == ["AAPL.US"]
    assert kept(Filter(movements=frozenset({UP}))) == ["700.HK"]
    assert kept(Filter(movements=frozenset({UP, 0}))) == ["700.HK", "EURUSD"]
    both = Filter(markets=frozenset({Market.US_STOCK}), movements=frozenset({DOWN}))
    assert kept(both) == ["AAPL.US"]


def test_only_what_follows_values_moves() -> None:
    assert not Filter("us", markets=frozenset({Market.FOREX})).moves
    assert Filter(movements=frozenset({UP})).moves
    assert Filter(states=frozenset({RowState.LIVE})).moves
    assert not EVERYTHING.on
    assert Filter("a").on
    assert not Filter("  ").on
