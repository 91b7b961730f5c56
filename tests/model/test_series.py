"""Columns of candles: growth at both ends, replacing, merging."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.model.market import Candle
from alltick_desk.model.series import TAIL, CandleSeries, Row, row_of


def candle(time_s: int, price: str = "10.0", volume: str = "5") -> Candle:
    return Candle(time_s, price, price, price, price, volume, "1")


def filled(*times: int) -> CandleSeries:
    series = CandleSeries()
    for time_s in times:
        series.append(candle(time_s, f"{time_s}.0"))
    return series


def test_a_row_keeps_every_figure_and_knows_none_as_zero() -> None:
    assert row_of(Candle(60, "1.5", "2.5", "0.5", "2", "7", "8")) == Row(
        60, 1.5, 2.5, 0.5, 2.0, 7.0, 8.0
    )
    assert row_of(Candle(60, "1", "1", "1", "1"))[5:] == (0.0, 0.0)
    with pytest.raises(ValueError, match="inf"):
        row_of(Candle(60, "1", "inf", "1", "1"))


def test_an_empty_series_has_no_last_bar() -> None:
    series = CandleSeries()
    assert len(series) == 0
    assert series.last_s is None
    assert series.index(100) == -1
    with pytest.raises(IndexError):
        series.row(-1)


def test_columns_are_views() -> None:
    series = filled(60, 120)
    assert series.close.base is not None
    assert np.shares_memory(series.close, series.close)
    assert series.time.tolist() == [60, 120]
    assert series.volume.tolist() == [5.0, 5.0]
    assert series.turnover.tolist() == [1.0, 1.0]


def test_growth_keeps_every_row() -> None:
    series = filled(*range(0, 60_000, 60))
    assert series.time.tolist() == list(range(0, 60_000, 60))
    assert series.close.tolist() == [float(t) for t in range(0, 60_000, 60)]
    assert series.epoch == 0


def test_append_refuses_a_bar_that_is_not_later() -> None:
    series = filled(60)
    with pytest.raises(ValueError, match="cannot follow"):
        series.append(candle(60))
    assert series.time.tolist() == [60]


def test_prepend_puts_older_bars_in_front_again_and_again() -> None:
    series = filled(100_000)
    for page in range(99_000, 0, -1000):
        series.prepend([candle(page + minute) for minute in range(0, 900, 60)])
    assert len(series) == 99 * 15 + 1
    assert np.all(np.diff(series.time) > 0)
    assert series.row(-1).close == 100_000.0
    assert series.epoch == 99


def test_prepend_refuses_bars_that_are_not_older_or_not_in_order() -> None:
    series = filled(1000)
    with pytest.raises(ValueError, match="not older"):
        series.prepend([candle(940), candle(1000)])
    with pytest.raises(ValueError, match="order"):
        series.prepend([candle(120), candle(60)])
    series.prepend([])
    assert series.time.tolist() == [1000]


def test_digits_are_the_most_that_any_price_was_written_with() -> None:
    series = CandleSeries()
    series.append(Candle(60, "612.500", "613", "610.1", "612"))
    assert series.digits == 3
    series.see("1.2")
    assert series.digits == 3
    series.append(Candle(120, "1", "1", "1.00005", "1"))
    assert series.digits == 5


def test_put_tells_a_new_bar_from_a_changed_one() -> None:
    series = filled(60, 120)
    assert series.put(Row(180, 1, 1, 1, 1, 1, 1))
    assert not series.put(Row(180, 1, 2, 1, 2, 1, 1))
    assert not series.put(Row(120, 3, 3, 3, 3, 3, 3))
    assert series.close.tolist() == [60.0, 3.0, 2.0]
    assert series.epoch == 0
    assert series.put(Row(150, 9, 9, 9, 9, 9, 9))
    assert series.time.tolist() == [60, 120, 150, 180]
    assert series.epoch == 1


def test_a_change_far_back_is_a_new_epoch() -> None:
    series = filled(*range(60, 60 * 20, 60))
    last = series.last_s
    assert last is not None
    series.put(Row(last - 60 * (TAIL - 1), 1, 1, 1, 1, 1, 1))
    assert series.epoch == 0
    series.put(Row(last - 60 * TAIL, 1, 1, 1, 1, 1, 1))
    assert series.epoch == 1


def test_cut_drops_what_began_later() -> None:
    series = filled(60, 120, 180)
    series.cut(180)
    assert series.epoch == 0
    series.cut(130)
    assert series.time.tolist() == [60, 120]
    assert series.epoch == 1


def test_the_newest_bars_merge_without_a_new_epoch() -> None:
    series = filled(*range(60, 600, 60))
    series.merge([candle(540, "1.5"), candle(600, "2.5")])
    assert series.close.tolist()[-2:] == [1.5, 2.5]
    assert len(series) == 10
    assert series.epoch == 0


def test_merging_drops_our_bars_that_the_vendor_does_not_know() -> None:
    series = filled(60, 120, 150, 180, 240)
    series.merge([candle(120), candle(180)])
    assert series.time.tolist() == [60, 120, 180, 240]
    assert series.row(-1).close == 240.0
    assert series.epoch == 1


def test_a_bad_candle_changes_nothing() -> None:
    series = filled(60, 120)
    with pytest.raises(ValueError, match="float"):
        series.merge([candle(120, "5"), Candle(180, "x", "1", "1", "1")])
    assert series.close.tolist() == [60.0, 120.0]


TIMES = st.lists(st.integers(0, 60), max_size=40)


@given(TIMES, st.lists(TIMES, max_size=5))
def test_merging_equals_a_dictionary(first: list[int], pages: list[list[int]]) -> None:
    series = CandleSeries()
    model: dict[int, float] = {}
    for number, page in enumerate([first, *pages]):
        price = float(number + 1)
        series.merge([candle(time_s, f"{price}") for time_s in page])
        if page:
            model = {t: p for t, p in model.items() if not min(page) <= t <= max(page)}
            model.update(dict.fromkeys(page, price))
        assert series.time.tolist() == sorted(model)
        assert series.close.tolist() == [model[t] for t in sorted(model)]


STEPS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 12), st.booleans(), st.booleans()), max_size=60
)


@given(STEPS)
def test_a_tail_kept_by_the_epoch_rule_is_never_stale(
    steps: list[tuple[int, int, bool, bool]],
) -> None:
    """Whoever copies all on a new epoch, and else the tail, holds what the series holds."""
    series = CandleSeries()
    copy: list[float] = []
    epoch = 0
    for count, (time_s, bars, merged, look) in enumerate(steps):
        if merged:
            series.merge([candle(time_s + bar, f"{count}.0") for bar in range(bars)])
        else:
            series.put(Row(time_s, 1, 1, 1, float(count), 1, 1))
        if look:
            since = 0 if series.epoch != epoch else max(0, len(copy) - TAIL)
            copy[since:] = series.close[since:].tolist()
            epoch = series.epoch
            assert copy == series.close.tolist()
