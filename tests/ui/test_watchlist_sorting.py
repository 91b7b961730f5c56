"""Every column sorts by its values: unknown ones last, equal ones as they stood."""

import math
from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.instrument import Catalogue, Instrument, InstrumentKey
from alltick_desk.model.lists import Entry
from alltick_desk.model.reference import StaticInfo
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.watchlist.arrangement import ordered
from alltick_desk.ui.watchlist.column import Column, SortValue
from alltick_desk.ui.watchlist.column_choice import OFFERED
from alltick_desk.ui.watchlist.facts import Base, Known
from alltick_desk.ui.watchlist.format import Reading

PRICES = ("", "0", "-0", "0.5", "1.2e9", "1200000000", "9", "10", "10.0", "612.500")
FIGURES = (*PRICES, "-1.5", "N/A", "--", "nan", "inf", "12 HKD")
WORDS = ("", "ETF 9", "etf 10", "ETF 10", "Zinc", "腾讯", "—", "9", "10")
_VALUES = st.sampled_from([None, -0.0, 0.0, 1.0, -1.0, 1e9, math.nan, 2.5])


class Told:
    """A row, and what others say of it."""

    def __init__(self, row: QuoteRow, entry: Entry, facts: Known, rate: float | None) -> None:
        self.row = row
        self.entry = entry
        self.facts = facts
        self.rate = rate


@st.composite
def told(draw: st.DrawFn, place: int) -> Told:
    """Draw whatever a vendor may send of one row."""
    price, figure, word = (st.sampled_from(texts) for texts in (PRICES, FIGURES, WORDS))
    key = InstrumentKey("alltick", draw(st.sampled_from(("700.HK", "9988.HK", "A10", "A9"))))
    row = QuoteRow(key)
    for name in ("last", "open", "high", "low", "bid", "ask"):
        setattr(row, name, draw(price))
    row.value, row.high_value, row.low_value = (
        float(text or 0) for text in (row.last, row.high, row.low)
    )
    row.previous_close = draw(st.sampled_from([None, 0.0, 10.0, 600.0]))
    row.volume, row.turnover = draw(_VALUES), draw(_VALUES)
    row.time_ms = draw(st.sampled_from([0, 5, 1_772_700_000_000]))
    row.ticked_s = draw(st.sampled_from([0.0, 1.0, 50.0]))
    row.state = draw(st.sampled_from(RowState))
    info = StaticInfo(
        key.code,
        exchange=draw(word),
        currency=draw(word),
        lot_size=draw(st.sampled_from([None, 100, 20])),
        **{
            name: draw(figure)
            for name in (
                *("total_shares", "circulating_shares", "eps", "eps_ttm", "bps"),
                "dividend_yield",
            )
        },
    )
    base = draw(st.sampled_from([None, Base(0.0, 1), Base(5.0, 1)]))
    known = Known(draw(st.sampled_from([None, info])), base, draw(word))
    entry = Entry(key, draw(word), f"{draw(word)}\n{place}")
    return Told(row, entry, known, draw(st.sampled_from([None, 0.0, 3.25])))


_LISTS = st.integers(0, 7).flatmap(lambda count: st.tuples(*map(told, range(count))))


def read_of(all_told: tuple[Told, ...]) -> Reading:
    """Return a reading that knows each row by itself, though some have one code."""
    by_row = {id(it.row.key): it for it in all_told}
    return Reading(
        Catalogue([Instrument("700.HK", "Tencent", "腾讯"), Instrument("A9", "ETF 9")]),
        False,
        (2026, 3, 5),
        {state: state.value for state in RowState},
        entry=lambda key: by_row[id(key)].entry,
        facts=lambda key: by_row[id(key)].facts,
        rate=lambda row: by_row[id(row.key)].rate,
        now_s=lambda: 100.0,
    )


def is_unknown(value: object) -> bool:
    return value is None or (isinstance(value, float) and not math.isfinite(value))


@given(all_told=_LISTS, falling=st.booleans())
def test_every_column_sorts_by_value(all_told: tuple[Told, ...], falling: bool) -> None:
    reading = read_of(all_told)
    rows = [it.row for it in all_told]
    for column in OFFERED.values():
        value = {row: column.sort(row, reading) for row in rows}
        found = ordered(rows, value.__getitem__, descending=falling)
        assert len(found) == len(rows), column.id
        assert set(found) == set(rows), column.id
        check_order(column, rows, found, value, falling=falling)
        for row in rows:
            told = not is_unknown(value[row]) or not column.copied(row, reading)
            assert told or column.id in TOLD_AS_SENT


def check_order(
    column: Column,
    rows: list[QuoteRow],
    found: list[QuoteRow],
    value: Mapping[QuoteRow, SortValue],
    *,
    falling: bool,
) -> None:
    """Make sure that values rise or fall, that equal ones stand as they did, unknown ones last."""
    place = {row: at for at, row in enumerate(rows)}
    for one, next_ in pairwise(found):
        first, second = value[one], value[next_]
        if is_unknown(first):
            assert is_unknown(second), column.id
        elif not is_unknown(second):
            assert isinstance(first, str) == isinstance(second, str), column.id
            assert first >= second if falling else first <= second, column.id  # type: ignore[operator]
        if first == second or is_unknown(first):
            assert place[one] < place[next_], column.id


# These show what a vendor wrote even where it is no number.
TOLD_AS_SENT = {"eps", "eps_ttm", "bps", "dividend_yield"}


def test_figures_that_are_sent_as_text_sort_as_figures() -> None:
    facts = {
        code: Known(StaticInfo(code, eps=eps, total_shares=shares))
        for code, eps, shares in (
            ("A", "1.2e9", "9"),
            ("B", "9", "1e1"),
            ("C", "N/A", "abc"),
            ("D", "-0", "-0.0"),
            ("E", "1200000001", ""),
            ("F", "0", "1.2e9"),
        )
    }
    rows = [QuoteRow(InstrumentKey("alltick", code)) for code in facts]
    reading = Reading(Catalogue([]), False, (2026, 3, 5), {}, facts=lambda key: facts[key.code])

    def order(column: str, *, falling: bool) -> str:
        by = OFFERED[column].sort
        found = ordered(rows, lambda row: by(row, reading), descending=falling)
        return "".join(row.key.code for row in found)

    assert order("eps", falling=False) == "DFBAEC"
    assert order("eps", falling=True) == "EABDFC"
    assert order("shares", falling=False) == "DABFCE"
    assert order("shares", falling=True) == "FBADCE"


def test_words_with_figures_in_them_sort_by_the_figures() -> None:
    entries = {
        code: Entry(InstrumentKey("alltick", code), alias)
        for code, alias in (("A", "ETF 10"), ("B", "etf 9"), ("C", ""), ("D", "ETF 100"))
    }
    rows = [QuoteRow(InstrumentKey("alltick", code)) for code in entries]
    reading = Reading(Catalogue([]), False, (2026, 3, 5), {}, entry=lambda k: entries[k.code])
    for column in ("alias", "name"):
        by = OFFERED[column].sort
        for falling, shown in ((False, "BADC"), (True, "DABC")):
            found = ordered(rows, lambda row, by=by: by(row, reading), descending=falling)  # type: ignore[misc]
            assert "".join(row.key.code for row in found) == shown, column


def test_what_a_vendor_is_being_asked_for_is_unknown() -> None:
    facts = {"A": Known(asked=True), "B": Known(StaticInfo("B", exchange="HKEX"))}
    rows = [QuoteRow(InstrumentKey("alltick", code)) for code in facts]
    reading = Reading(Catalogue([]), False, (2026, 3, 5), {}, facts=lambda key: facts[key.code])
    by = OFFERED["exchange"].sort
    for falling in (False, True):
        found = ordered(rows, lambda row: by(row, reading), descending=falling)
        assert [row.key.code for row in found] == ["B", "A"]
