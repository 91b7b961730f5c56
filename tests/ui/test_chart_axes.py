"""The pure parts of the chart's engine: axes, scales, marks, zones, averages, extremes."""

import math
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QTransform

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries, Row
from alltick_desk.ui.chart.extremes import Extremes
from alltick_desk.ui.chart.heikin_ashi import HeikinAshi
from alltick_desk.ui.chart.layers import Frame, PaneView
from alltick_desk.ui.chart.lines import polygon, runs
from alltick_desk.ui.chart.measure import span_text
from alltick_desk.ui.chart.moment import seconds_left
from alltick_desk.ui.chart.price_shapes import Hollow, candle_shapes, columns_of
from alltick_desk.ui.chart.pyramid import Pyramid, group_for
from alltick_desk.ui.chart.quote_lines import countdown_text
from alltick_desk.ui.chart.scale import Scale
from alltick_desk.ui.chart.ticks import logarithmic_ticks, percent_ticks, plain_ticks
from alltick_desk.ui.chart.window import Window
from alltick_desk.ui.chart.x_axis import ClockAxis, IndexAxis
from alltick_desk.ui.chart.zones import is_zone, short_name, zone_names, zone_of
from alltick_desk.ui.theme import make_theme

T0 = 1_795_139_520
AREA = QRectF(0.0, 40.0, 800.0, 300.0)


def times_of(gaps: list[int]) -> np.ndarray:
    return T0 + 60 * np.cumsum(np.array([0, *gaps], np.int64))


# the x axis

GAPS = st.lists(st.sampled_from([1, 1, 1, 2, 30, 1000]), min_size=1, max_size=60)


@given(GAPS, st.floats(-50.0, 120.0))
def test_the_clock_axis_turns_bars_into_slots_and_back(gaps: list[int], bar: float) -> None:
    axis = ClockAxis(times_of(gaps), Interval.M1)
    assert axis.bar(float(axis.place(bar))) == pytest.approx(bar, abs=1e-6)


@given(GAPS, st.floats(-9000.0, 90_000.0))
def test_either_axis_finds_the_moment_at_a_place(gaps: list[int], after: float) -> None:
    for kind in (ClockAxis, IndexAxis):
        axis = kind(times_of(gaps), Interval.M1)
        index = axis.index_at(T0 + after)
        assert axis.time_at(index) == pytest.approx(T0 + after, abs=0.01)


@given(GAPS, st.floats(-20.0, 2000.0), st.floats(1.0, 500.0))
def test_what_is_in_view_is_what_stands_between(gaps: list[int], left: float, span: float) -> None:
    axis = ClockAxis(times_of(gaps), Interval.M1)
    first, last = axis.between(left, left + span)
    places = axis.place(np.arange(len(gaps) + 1, dtype=np.float64))
    inside = np.flatnonzero((places + 0.5 > left) & (places - 0.5 < left + span))
    assert set(inside.tolist()) <= set(range(first, last))
    assert last - first <= len(inside) + 2


def test_a_minute_has_the_same_room_everywhere_on_the_clock_axis() -> None:
    axis = ClockAxis(times_of([1, 5, 1]), Interval.M1)
    assert axis.place(np.arange(4.0)).tolist() == [0.0, 1.0, 6.0, 7.0]
    assert axis.extent == 8.0
    assert axis.edges(np.array([1.0]), np.array([T0 + 120.0])).tolist() == [1.5]
    index = IndexAxis(times_of([1, 5, 1]), Interval.M1)
    assert index.edges(np.array([1.0]), np.array([T0 + 120.0])).tolist() == [1.5]


# the scale


@given(
    st.floats(0.001, 1e6), st.floats(0.001, 1e6), st.booleans(), st.booleans(), st.floats(0.0, 1.0)
)
def test_a_scale_turns_values_into_pixels_and_back(
    low: float, more: float, logarithmic: bool, inverted: bool, share: float
) -> None:
    scale = Scale(low, low + more, AREA, logarithmic, inverted)
    value = scale.value(AREA.top() + share * AREA.height())
    assert scale.pixel(value) == pytest.approx(AREA.top() + share * AREA.height(), abs=1e-3)
    assert low * 0.999 <= value <= (low + more) * 1.001
    edges = sorted((scale.pixel(low), scale.pixel(low + more)))
    assert edges == pytest.approx([AREA.top(), AREA.bottom()])


def test_nothing_has_no_place_on_a_logarithmic_scale() -> None:
    scale = Scale(1.0, 100.0, AREA, logarithmic=True)
    assert math.isnan(scale.pixel(0.0))
    assert np.isnan(scale.units(np.array([0.0, -5.0, 10.0]))).tolist() == [True, True, False]


# marks


def test_percents_are_round_and_stand_at_their_prices() -> None:
    ticks = percent_ticks(95.0, 110.0, 240.0, 100.0)
    assert [tick.text for tick in ticks] == ["-5%", "0%", "+5%", "+10%"]
    assert [tick.at for tick in ticks] == pytest.approx([95.0, 100.0, 105.0, 110.0])


@given(st.floats(0.01, 1e5), st.floats(1.7, 1e4), st.integers(0, 5))
def test_marks_of_a_logarithmic_scale_keep_their_distance(
    low: float, factor: float, digits: int
) -> None:
    high = low * factor
    ticks = logarithmic_ticks(low, high, 400.0, digits)
    px = 400.0 / math.log10(factor)
    rounding = 10.0**-digits
    for one, other in pairwise(ticks):
        assert one.at < other.at
        apart = px * math.log10(other.at / one.at)
        assert apart >= 25.0 or one.at < 20 * rounding
    assert all(float(tick.text) == pytest.approx(tick.at) for tick in ticks)


def test_plain_marks_have_as_many_digits_as_they_need() -> None:
    assert [tick.text for tick in plain_ticks(0.0, 100.0, 200.0)] == [
        "0",
        "20",
        "40",
        "60",
        "80",
        "100",
    ]
    assert plain_ticks(-0.02, 0.02, 160.0)[1].text == "-0.01"


# zones and the clock


@pytest.mark.parametrize(
    ("zone", "time", "name"),
    [
        ("Asia/Hong_Kong", T0, "HKT"),
        ("Asia/Shanghai", T0, "UTC+8"),  # CST is Chicago's too
        ("America/New_York", T0, "EST"),
        ("America/New_York", T0 - 150 * 86_400, "EDT"),
        ("Asia/Kolkata", T0, "UTC+5:30"),
        ("America/St_Johns", T0, "NST"),
        ("UTC", T0, "UTC"),
    ],
)
def test_zones_are_named_as_they_are_at_the_moment(zone: str, time: int, name: str) -> None:
    assert short_name(ZoneInfo(zone), time) == name


def test_zones_are_known_by_their_names() -> None:
    assert {"Asia/Tokyo", "Europe/Berlin"} <= set(zone_names())
    assert is_zone("exchange")
    assert not is_zone("Etc/Nowhere")
    assert zone_of("exchange", Market.US_STOCK).key == "America/New_York"
    assert zone_of("Asia/Tokyo", Market.US_STOCK).key == "Asia/Tokyo"
    assert isinstance(zone_of("local", Market.US_STOCK), ZoneInfo)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-1, ""), (0, ""), (0.2, "0:01"), (59.1, "1:00"), (3847, "1:04:07"), (271_000, "3d 03h")],
)
def test_what_is_left_of_a_bar(seconds: float, text: str) -> None:
    assert countdown_text(seconds) == text


def test_a_bar_ends_where_its_calendar_says() -> None:
    series = CandleSeries()
    assert seconds_left(series, Interval.M1, Market.HK_STOCK, T0 * 1000) == 0.0
    series.put(Row(T0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0))
    assert seconds_left(series, Interval.M5, Market.HK_STOCK, (T0 + 100) * 1000) == 200.0
    friday = T0 // 86_400 * 86_400
    days = CandleSeries()
    days.put(Row(friday, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0))
    assert seconds_left(days, Interval.W1, Market.CRYPTO, friday * 1000) <= 7 * 86_400


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 min"),
        (1500, "25 min"),
        (3900, "1:05 h"),
        (270_000, "3 d 03:00"),
        (86_400 * 40, "40 d"),
    ],
)
def test_spans_are_read_at_a_glance(seconds: float, text: str) -> None:
    assert span_text(seconds) == text


# averages and extremes


def scalar_averages(rows: list[Row]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for row in rows:
        close = (row.open + row.high + row.low + row.close) / 4.0
        start = sum(found[-1]) / 2.0 if found else (row.open + row.close) / 2.0
        found.append((start, close))
    return found


PRICES = st.lists(st.floats(1.0, 1000.0), min_size=1, max_size=200)


def row_at(number: int, price: float) -> Row:
    return Row(T0 + 60 * number, price, price * 1.01, price * 0.98, price * 1.005, 1.0, 0.0)


@given(PRICES, st.lists(st.tuples(st.integers(0, 2), st.floats(1.0, 1000.0)), max_size=30))
def test_averages_kept_up_equal_those_made_anew(
    prices: list[float], ticks: list[tuple[int, float]]
) -> None:
    series = CandleSeries()
    for number, price in enumerate(prices):
        series.put(row_at(number, price))
    averages = HeikinAshi(series)
    averages.sync()
    for back, price in ticks:
        last = len(series) - 1
        series.put(row_at(max(0, last + 1 - back), price))
        averages.sync()
    expected = scalar_averages([series.row(i) for i in range(len(series))])
    assert averages.open == pytest.approx([one[0] for one in expected])
    assert averages.close == pytest.approx([one[1] for one in expected])
    assert np.all(averages.high >= np.maximum(averages.open, averages.close))
    assert np.all(averages.low <= np.minimum(averages.open, averages.close))


def test_averages_are_made_anew_for_older_bars() -> None:
    series = CandleSeries()
    for number in range(100, 200):
        series.put(row_at(number, 50.0 + number % 7))
    averages = HeikinAshi(series)
    averages.sync()
    series.put(row_at(20, 500.0))
    averages.sync()
    expected = scalar_averages([series.row(i) for i in range(len(series))])
    assert averages.open == pytest.approx([one[0] for one in expected])


VALUES = st.lists(st.one_of(st.just(math.nan), st.floats(-1e6, 1e6)), min_size=1, max_size=3000)


@given(
    VALUES, st.integers(0, 3000), st.integers(0, 3000), st.sampled_from([1, 2, 4, 12, 16, 64, 256])
)
def test_extremes_are_exact(values: list[float], first: int, last: int, group: int) -> None:
    column = np.array(values)
    extremes = Extremes()
    extremes.sync(column, 0)
    start, low, high = extremes.groups(first, last, group)
    last = max(start, min(last, len(column)))
    assert start == max(0, first - first % group)
    assert len(low) == len(high) == max(0, -(-(last - start) // group))
    for number in range(len(low)):
        part = column[start + number * group : min(start + (number + 1) * group, last)]
        known = part[~np.isnan(part)]
        if not len(known):
            assert np.isnan(low[number])
        else:
            assert (low[number], high[number]) == (known.min(), known.max())


def test_extremes_kept_up_equal_those_made_anew() -> None:
    random = np.random.default_rng(3)
    column = random.normal(size=5000)
    kept = Extremes()
    for count in range(2000, 5000, 37):
        kept.sync(column[:count], max(0, count - 40))
        column[count - 3 : count] += 1.0
        kept.sync(column[:count], count - 4)
    fresh = Extremes()
    fresh.sync(column[:count], 0)
    for group in (1, 4, 48, 1024):
        for one, other in zip(
            kept.groups(0, count, group)[1:], fresh.groups(0, count, group)[1:], strict=True
        ):
            assert np.array_equal(one, other)


def test_holes_part_a_line() -> None:
    values = np.array([math.nan, 1.0, 2.0, math.nan, math.nan, 3.0])
    assert runs(values) == [slice(1, 3), slice(5, 6)]
    points = polygon(np.array([1.0, 2.0]), np.array([3.0, 4.5]))
    assert [(point.x(), point.y()) for point in points.toList()] == [(1.0, 3.0), (2.0, 4.5)]
    assert polygon(np.empty(0), np.empty(0)).isEmpty()


# what is drawn


@pytest.mark.parametrize("count", [100, 5000, 40_000])
@pytest.mark.parametrize("inverted", [False, True])
def test_what_is_drawn_reaches_the_exact_extremes(count: int, inverted: bool) -> None:
    series = CandleSeries()
    for number in range(count):
        series.put(row_at(number, 500.0 + (number * 7919) % 97))
    spike = count // 2
    series.put(row_at(spike, 900.0))
    pyramid = Pyramid(series)
    pyramid.sync()
    group = group_for(count, AREA.width())
    scale = Scale(400.0, 1000.0, AREA, inverted=inverted)
    slot = AREA.width() / count
    height = -AREA.height() / 600.0
    to_device = QTransform(slot, 0.0, 0.0, height, 0.5 * slot, AREA.bottom() - 400.0 * height)
    if inverted:
        to_device = QTransform(slot, 0.0, 0.0, -height, 0.5 * slot, AREA.top() + 400.0 * height)
    axis = IndexAxis(series.time, Interval.M1)
    frame = Frame(0, count, group, count, axis, 1, make_theme(dark=True))
    view = PaneView(frame, scale, to_device, 1.0, AREA)
    cells = pyramid.cells(0, count, group)
    at = columns_of(cells, view)
    shapes = candle_shapes(cells, at, view, cells.close >= cells.open, Hollow.NONE)
    drawn = np.concatenate((shapes.up, shapes.down))
    top, bottom = drawn[:, 1].min(), drawn[:, 3].max()
    ends = sorted(round(view.y_at(v)) for v in (series.high.max(), series.low.min()))
    assert [top, bottom] == ends
    assert len(cells.left) <= AREA.width() + 1


def test_a_box_is_shown_as_wide_as_it_may_be() -> None:
    window = Window()
    window.show(100.0, 180.0, 500)
    assert (window.left, window.right) == (100.0, 180.0)
    window.show(100.0, 101.0, 500)
    assert window.span == 8.0
    assert window.left < 100.0
    assert window.right > 101.0
