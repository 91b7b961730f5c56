"""VWAP, Ichimoku and KDJ against figures worked out by hand, and what they are made of."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alltick_desk.model.calendar import session_date
from alltick_desk.model.instrument import Market
from alltick_desk.model.series import CandleSeries, Row
from alltick_desk.services.indicators.catalogue import ICHIMOKU, KDJ, VWAP
from alltick_desk.services.indicators.inputs import Sessions
from alltick_desk.services.indicators.rolling import rolling, smoothed
from alltick_desk.services.indicators.study import Study


def series_of(*rows: tuple[float, float, float, float], start_s: int = 0) -> CandleSeries:
    """Hourly bars of high, low, close and volume."""
    series = CandleSeries()
    for index, (high, low, close, volume) in enumerate(rows):
        series.put(Row(start_s + index * 3600, close, high, low, close, volume, 0.0))
    return series


def synced(study: Study) -> Study:
    study.sync()
    return study


def test_kdj_by_hand() -> None:
    # RSV of a period of 2: (11 - 8) / (12 - 8) = 75 %, then (9 - 8) / (12 - 8) = 25 %.
    series = series_of((12, 8, 10, 0), (11, 9, 11, 0), (12, 8, 9, 0))
    study = synced(Study(series, KDJ, {"period": 2}))
    first_k = 50 * 2 / 3 + 75 / 3
    second_k = first_k * 2 / 3 + 25 / 3
    first_d = 50 * 2 / 3 + first_k / 3
    second_d = first_d * 2 / 3 + second_k / 3
    assert study.line("k").tolist() == pytest.approx([math.nan, first_k, second_k], nan_ok=True)
    assert study.line("d").tolist() == pytest.approx([math.nan, first_d, second_d], nan_ok=True)
    assert study.line("j")[2] == pytest.approx(3 * second_k - 2 * second_d)


def test_kdj_of_a_market_that_stands_still_stays_in_the_middle() -> None:
    study = synced(Study(series_of(*[(5, 5, 5, 1)] * 200), KDJ))
    assert np.isnan(study.line("k")[:8]).all()
    assert study.line("k")[8:].tolist() == pytest.approx([50.0] * 192)
    assert study.line("j")[8:].tolist() == pytest.approx([50.0] * 192)


def test_ichimoku_by_hand() -> None:
    series = series_of((10, 8, 9, 0), (14, 9, 12, 0), (13, 11, 12, 0), (12, 4, 6, 0))
    study = synced(
        Study(series, ICHIMOKU, {"conversion": 1, "base": 2, "span": 3, "displacement": 2})
    )
    nan = math.nan
    assert study.line("conversion").tolist() == [9, 11.5, 12, 8]
    assert study.line("base").tolist() == pytest.approx([nan, 11, 11.5, 8.5], nan_ok=True)
    assert study.line("span_a").tolist() == pytest.approx([nan, 11.25, 11.75, 8.25], nan_ok=True)
    assert study.line("span_b").tolist() == pytest.approx([nan, nan, 11, 9], nan_ok=True)
    assert study.line("lagging").tolist() == [9, 12, 12, 6]


def test_vwap_begins_anew_with_the_exchange_s_date_and_waits_for_a_trade() -> None:
    # Midnight in Hong Kong is 16:00 UTC.
    rows = ((12, 6, 9, 0), (12, 6, 9, 2), (24, 12, 18, 1), (30, 30, 30, 5), (33, 33, 33, 5))
    series = series_of(*rows, start_s=13 * 3600)
    study = synced(Study(series, VWAP, market=Market.HK_STOCK))
    assert study.line("vwap").tolist() == pytest.approx([math.nan, 9, 12, 30, 31.5], nan_ok=True)
    in_utc = synced(Study(series, VWAP, market=Market.CRYPTO))
    assert in_utc.line("vwap")[3] == pytest.approx((18 + 18 + 150) / 8)


@pytest.mark.parametrize(
    "market", [Market.FOREX, Market.US_STOCK, Market.HK_STOCK, Market.CN_STOCK, Market.CRYPTO]
)
@given(times=st.lists(st.integers(0, 2_000_000_000), min_size=1, max_size=30))
@example(times=[1_710_054_000 + hour * 1800 for hour in range(-80, 80)])  # New York springs forward
@example(times=[1_730_613_600 + hour * 1800 for hour in range(-80, 80)])  # and falls back
def test_sessions_are_the_calendar_s_trading_dates(market: Market, times: list[int]) -> None:
    sessions = Sessions(market)
    # In two parts: what is known has to grow at either end.
    array = np.array(times, np.int64)
    half = len(times) // 2
    found = [*sessions.of(array[half:]), *sessions.of(array[:half])]
    again = sessions.of(array).tolist()
    assert found == again[half:] + again[:half]
    dates = [session_date(time_s * 1000, market) for time_s in times]
    assert len(set(zip(dates, again, strict=True))) == len(set(dates)) == len(set(again))
    assert all(start_s <= time_s for start_s, time_s in zip(again, times, strict=True))


@given(st.lists(st.floats(-1e6, 1e6), max_size=70), st.integers(1, 80))
def test_rolling_extremes_are_those_of_each_window(values: list[float], period: int) -> None:
    windows = [values[end - period : end] for end in range(period, len(values) + 1)]
    array = np.array(values)
    assert rolling(np.maximum, array, period).tolist() == [max(window) for window in windows]
    assert rolling(np.minimum, array, period).tolist() == [min(window) for window in windows]


@given(st.integers(0, 10_000), st.integers(1, 300), st.floats(-100, 100), st.integers(0, 99))
def test_smoothing_in_blocks_is_smoothing_bar_by_bar(
    count: int, length: int, start: float, seed: int
) -> None:
    values = np.random.default_rng(seed).uniform(0, 100, count)
    last = start
    expected = []
    for value in values.tolist():
        last += (value - last) / length
        expected.append(last)
    np.testing.assert_allclose(smoothed(values, length, start), expected, rtol=1e-9, atol=1e-9)
