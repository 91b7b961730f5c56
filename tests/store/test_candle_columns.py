"""Bars as columns: texts in, texts out, and whose bar wins."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.market import Candle
from alltick_desk.store.candle_columns import MOST_DIGITS, StoredCandles, joined, merge, read_texts
from alltick_desk.store.candle_values import Digits, Source, Span

BUILT, IN_PROGRESS, CLOSED = Source


def bar(time_s: int, price: str = "1.0", volume: str = "", turnover: str = "") -> Candle:
    return Candle(time_s, price, price, price, price, volume, turnover)


def read(
    *candles: Candle, source: Source = CLOSED, in_progress_from_s: int | None = None
) -> StoredCandles:
    return read_texts(candles, source, in_progress_from_s, lambda: None)


@st.composite
def written(draw: st.DrawFn) -> list[Candle]:
    """Bars whose numbers have the same decimals throughout, as a vendor writes them."""
    price, volume = draw(st.integers(0, 8)), draw(st.integers(0, 4))
    numbers = st.integers(-(10**14), 10**14)

    def text(number: int, digits: int) -> str:
        return f"{Decimal(number).scaleb(-digits):.{digits}f}"

    times = draw(st.lists(st.integers(-(10**10), 10**10), unique=True, max_size=20))
    return [
        Candle(
            time_s,
            *(text(draw(numbers), price) for _ in range(4)),
            draw(st.just("") | numbers.map(lambda number: text(number, volume))),
            draw(st.just("") | numbers.map(lambda number: text(number, 2))),
        )
        for time_s in sorted(times)
    ]


@given(written())
def test_texts_come_back_as_they_were(candles: list[Candle]) -> None:
    assert read(*candles).candles() == candles


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False).map(repr), min_size=1))
def test_any_number_comes_back(texts: list[str]) -> None:
    stored = read(*(bar(at, text, text) for at, text in enumerate(texts)))
    assert stored.close.tolist() == [float(text) for text in texts]
    assert stored.volume.tolist() == [float(text) for text in texts]


def test_digits_are_the_most_that_were_seen() -> None:
    stored = read(bar(0, "612.5", "10", "1.25"), bar(60, "612.500"), bar(120, "7"))
    assert stored.digits == Digits(3, 0, 2)
    assert [candle.close for candle in stored.candles()] == ["612.500", "612.500", "7.000"]


@pytest.mark.parametrize(
    ("text", "digits"),
    [("1.5e-7", 8), ("1E-3", 3), ("1.5e3", 0), ("12.", 0), ("0." + "1" * 40, MOST_DIGITS)],
)
def test_digits_of_odd_texts(text: str, digits: int) -> None:
    assert read(bar(0, text, text)).digits[:2] == (digits, digits)


def test_many_digits_bring_no_noise() -> None:
    stored = read(bar(0, "612.1"), bar(60, "0.000000000000000012"))
    assert [candle.open for candle in stored.candles()] == [
        "612.100000000000000000",
        "0.000000000000000012",
    ]


def test_missing_is_not_zero() -> None:
    stored = read(bar(0, volume="0"), bar(60, turnover="0.0"))
    assert stored.has_volume.tolist() == [True, False]
    assert stored.has_turnover.tolist() == [False, True]
    assert [(c.volume, c.turnover) for c in stored.candles()] == [("0", ""), ("", "0.0")]


def test_unsorted_and_repeated_bars_are_read_once() -> None:
    stored = read(bar(60, "1"), bar(0, "2"), bar(60, "3"), bar(120, "4"), bar(0, "5"))
    assert stored.time.tolist() == [0, 60, 120]
    assert stored.close.tolist() == [5.0, 3.0, 4.0]


def test_what_is_still_in_progress_is_marked() -> None:
    bars = (bar(0), bar(60), bar(120))
    assert read(*bars, in_progress_from_s=60).source.tolist() == [CLOSED, IN_PROGRESS, IN_PROGRESS]
    assert read(*bars, source=BUILT, in_progress_from_s=60).source.tolist() == [BUILT] * 3


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1e999"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - float's own words
        read(bar(0), bar(60, text))


def test_a_time_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="int"):
        read(bar(2**70))


def test_reading_breathes() -> None:
    breaths: list[None] = []
    read_texts([bar(at) for at in range(1001)], CLOSED, None, lambda: breaths.append(None))
    assert len(breaths) == 5


@pytest.mark.parametrize("stored", Source)
@pytest.mark.parametrize("given", Source)
def test_the_better_source_wins_and_of_equals_the_later(stored: Source, given: Source) -> None:
    both = merge(read(bar(0, "1"), source=stored), read(bar(0, "2"), source=given))
    assert both.close.tolist() == [2.0 if given >= stored else 1.0]
    assert both.source.tolist() == [max(given, stored)]


def test_a_volume_that_the_vendor_gave_stays() -> None:
    full, bare = bar(0, "1", "10", "100"), bar(0, "2")
    both = merge(read(full), read(bare))
    assert both.with_digits(Digits()).candles() == [bar(0, "2", "10", "100")]
    assert not merge(read(full, source=IN_PROGRESS), read(bare)).has_volume.any()
    again = merge(both, read(bar(0, "2", "11")))
    assert (again.volume.tolist(), again.turnover.tolist()) == ([11.0], [100.0])


def test_bars_fall_between_the_others() -> None:
    both = merge(read(bar(60, "1"), bar(180, "3")), read(bar(0), bar(120, "2"), bar(240)))
    assert both.time.tolist() == [0, 60, 120, 180, 240]
    assert both.close.tolist() == [1.0, 1.0, 2.0, 3.0, 1.0]
    assert both.same(joined([both.part(slice(0, 2)), both.part(slice(2, None))]))


def test_merging_writes_to_neither() -> None:
    stored, other = read(bar(0, "1")), read(bar(0, "2"), bar(60))
    for columns in (stored, other):
        for column in (columns.time, columns.values, columns.flags):
            column.setflags(write=False)
    assert len(merge(stored, other)) == 2
    assert stored.close.tolist() == [1.0]


def test_built_bars_are_found_in_spans() -> None:
    mixed = merge(read(*(bar(at) for at in range(6)), source=BUILT), read(bar(2)))
    found = mixed.built_in([Span(1, 4), Span(5, 9), Span(3, 3)])
    assert np.flatnonzero(found).tolist() == [1, 3, 5]
