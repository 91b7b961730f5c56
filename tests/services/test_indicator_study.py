"""A study that is kept computed: always what a whole computation would give."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indicator_reference import reference

from alltick_desk.model.instrument import Market
from alltick_desk.model.market import Candle
from alltick_desk.model.series import TAIL, CandleSeries, Row
from alltick_desk.services.indicators.catalogue import INDICATORS, MA, MACD
from alltick_desk.services.indicators.study import Study

HOUR = 3600
START_S = 1_704_067_200  # 2024-01-01 00:00 UTC

# Short periods, so that a short series has values, and states that last.
SHORT: dict[str, dict[str, Any]] = {
    "ma": {"period": 3, "source": "hl2"},
    "ema": {"period": 4, "source": "ohlc4"},
    "boll": {"period": 5, "deviations": 2.5},
    "sar": {"step": 0.05, "maximum": 0.3},
    "ichimoku": {"conversion": 2, "base": 5, "span": 9, "displacement": 4},
    "vol_ma": {"period": 2},
    "macd": {"fast": 3, "slow": 5, "signal": 3, "source": "hlc3"},
    "rsi": {"period": 3, "source": "low"},
    "kdj": {"period": 4, "k": 3, "d": 2},
    "atr": {"period": 3},
    "cci": {"period": 4},
    "wr": {"period": 3},
}


def bar(chance: random.Random, time_s: int) -> Row:
    """A bar that is often flat, often without volume, now and then huge: what breaks sums."""
    centre = chance.choice([100.0, 100.0, 100.5, 99.0, 10_000.0])
    spread = chance.choice([0.0, 0.25, 3.0])
    prices = sorted(round(centre + chance.uniform(-spread, spread), 4) for _ in range(4))
    low, first, last, high = prices
    if chance.random() < 0.5:
        first, last = last, first
    return Row(time_s, first, high, low, last, chance.choice([0.0, 0.0, 1.5, 900.0, 4e7]), 0.0)


def candle(row: Row) -> Candle:
    return Candle(row.time_s, *(repr(value) for value in row[1:]))


def drawn(chance: random.Random, count: int, *, gap: int = 1) -> CandleSeries:
    series = CandleSeries()
    time_s = START_S
    for _ in range(count):
        series.put(bar(chance, time_s))
        time_s += HOUR * chance.randint(1, gap)
    return series


def assert_equal_to_whole(study: Study, series: CandleSeries, market: Market) -> None:
    indicator = study.indicator
    whole = reference(indicator.id, series, study.parameters, market)
    assert len(whole) == len(indicator.lines)
    assert len(study) == len(series)
    for line, values in zip(indicator.lines, whole, strict=True):
        kept = study.line(line.id)
        assert kept.dtype == np.float64
        # J is a difference of K and D, and has their rounding where it is small.
        noise = 1e-9 if indicator.id == "kdj" else 0.0
        np.testing.assert_allclose(kept, values, rtol=1e-9, atol=noise, err_msg=line.id)


def change(chance: random.Random, series: CandleSeries) -> None:
    """Do to a series one of the things that happen to it."""
    last_s = series.last_s
    if last_s is None:
        series.put(bar(chance, START_S))
        return
    what = chance.choice(["append", "append", "last", "last", "tail", "page", "back", "in", "cut"])
    count = len(series)
    match what:
        case "append":
            for _ in range(chance.choice([1, 1, 2, TAIL, 9])):
                last_s += HOUR * chance.choice([1, 1, 30])
                series.put(bar(chance, last_s))
        case "last":
            series.put(bar(chance, last_s))
        case "tail":  # the vendor's bars win over the newest of ours
            times = series.time[-chance.randint(1, TAIL) :].tolist()
            series.merge([candle(bar(chance, time_s)) for time_s in times])
        case "page":
            first_s = int(series.time[0])
            times = range(first_s - HOUR * chance.randint(1, 12), first_s, HOUR)
            series.prepend([candle(bar(chance, time_s)) for time_s in times])
        case "back":
            series.put(bar(chance, int(series.time[chance.randrange(count)])))
        case "in":  # between two bars, or at one of them
            series.put(bar(chance, int(series.time[chance.randrange(count)]) + HOUR // 2))
        case "cut":
            series.cut(int(series.time[-chance.randint(1, min(count, 6))]))


@pytest.mark.parametrize("name", INDICATORS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), length=st.integers(0, 90), steps=st.integers(1, 12))
def test_whatever_happens_the_tail_alone_gives_what_the_whole_would(
    name: str, seed: int, length: int, steps: int
) -> None:
    chance = random.Random(seed)
    market = chance.choice([Market.CRYPTO, Market.FOREX, Market.US_STOCK, Market.HK_STOCK])
    series = drawn(chance, length, gap=3)
    study = Study(series, INDICATORS[name], SHORT.get(name, {}), market=market)
    study.sync()
    assert_equal_to_whole(study, series, market)
    for _ in range(steps):
        for _ in range(chance.choice([1, 1, 1, 3])):
            change(chance, series)
        before = {line.id: study.line(line.id).copy() for line in study.indicator.lines}
        since = study.sync()
        assert_equal_to_whole(study, series, market)
        for line, values in before.items():
            assert np.array_equal(study.line(line)[:since], values[:since], equal_nan=True), line


@pytest.mark.parametrize("name", INDICATORS)
def test_with_the_defaults_a_long_series_agrees_too(name: str) -> None:
    chance = random.Random(7)
    series = drawn(chance, 700, gap=2)
    study = Study(series, INDICATORS[name], market=Market.FOREX)
    study.sync()
    for _ in range(300):
        last_s = series.last_s
        assert last_s is not None
        series.put(bar(chance, last_s + HOUR * chance.choice([0, 0, 1])))
        study.sync()
    assert_equal_to_whole(study, series, Market.FOREX)


@pytest.mark.parametrize("name", INDICATORS)
def test_a_live_bar_costs_the_tail_only(name: str) -> None:
    chance = random.Random(1)
    series = drawn(chance, 500)
    study = Study(series, INDICATORS[name])
    assert study.sync() == 0
    opened: list[int] = []
    inner = study._kernel.open

    class Counting:
        def open(self, columns: Any) -> Any:
            opened.append(len(columns[0]))
            return inner(columns)

    study._kernel = Counting()
    last_s = series.last_s
    assert last_s is not None
    for step in range(200):
        series.put(bar(chance, last_s + HOUR * (step // 10)))
        assert len(series) - study.sync() <= TAIL + 1
    assert opened == []
    series.prepend([candle(bar(chance, START_S - HOUR))])
    assert study.sync() == 0
    assert opened == [len(series) - TAIL]


def test_many_new_bars_are_taken_in_at_once() -> None:
    chance = random.Random(2)
    series = drawn(chance, 40)
    study = Study(series, MACD)
    study.sync()
    for hour in range(40, 3000):
        series.put(bar(chance, START_S + hour * HOUR))
    assert study.sync() == 0
    assert_equal_to_whole(study, series, Market.UNKNOWN)


def test_a_view_taken_earlier_stays_as_it_was_when_the_study_outgrows_its_room() -> None:
    chance = random.Random(3)
    series = drawn(chance, 30)
    study = Study(series, MA, {"period": 2})
    study.sync()
    line = study.line("ma")
    kept = line.copy()
    for hour in range(30, 2000):
        series.put(bar(chance, START_S + hour * HOUR))
        study.sync()
    np.testing.assert_array_equal(line[: 30 - TAIL], kept[: 30 - TAIL])
    assert study.line("ma").base is not None
    assert study._values.shape[1] <= 2 * 2000


def test_an_empty_series_has_no_values() -> None:
    for indicator in INDICATORS.values():
        study = Study(CandleSeries(), indicator)
        assert study.sync() == 0
        assert all(len(study.line(line.id)) == 0 for line in indicator.lines)


def test_displaced_lines_go_on_beyond_the_last_bar() -> None:
    chance = random.Random(4)
    series = drawn(chance, 30)
    study = Study(series, INDICATORS["ichimoku"], SHORT["ichimoku"])
    study.sync()
    assert [study.shift(line.id) for line in study.indicator.lines] == [0, 0, 3, 3, -3]
    ahead = study.at(31)
    assert ahead["span_a"] == study.line("span_a")[28]
    assert ahead["span_b"] == study.line("span_b")[28]
    assert np.isnan(ahead["conversion"])
    assert np.isnan(study.at(33)["span_a"])
    here = study.at(20)
    assert here["conversion"] == study.line("conversion")[20]
    assert here["lagging"] == series.close[23]
    assert np.isnan(study.at(2)["span_a"])
    assert np.isnan(study.at(-1)["conversion"])
