"""The pure parts of the chart: window, pyramid, marks, figures, rectangles."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries, Row
from alltick_desk.ui.chart import primitives
from alltick_desk.ui.chart.figures import moment_iso, moment_text, price_text, volume_text
from alltick_desk.ui.chart.pyramid import Pyramid, group_for
from alltick_desk.ui.chart.ticks import price_ticks, time_ticks, volume_ticks
from alltick_desk.ui.chart.window import Window

HONG_KONG = ZoneInfo("Asia/Hong_Kong")
NEW_YORK = ZoneInfo("America/New_York")


def at(text: str, zone: ZoneInfo | None = None) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone or UTC).timestamp())


def series_of(times: list[int]) -> CandleSeries:
    series = CandleSeries()
    for number, time_s in enumerate(times):
        price = 100.0 + (number * 7919) % 101
        series.put(Row(time_s, price, price + 1, price - 1, price + 0.5, float(number % 13), 0.0))
    return series


# the window


def test_the_window_begins_with_the_newest_bars() -> None:
    window = Window()
    window.reset(500)
    assert window.shows(499)
    assert 145 <= window.span <= 165
    assert not window.moved


def test_zooming_keeps_the_place_under_the_pointer() -> None:
    window = Window()
    window.reset(500)
    share = (420.0 - window.left) / window.span
    window.zoom(0.5, 420.0, 500)
    assert (420.0 - window.left) / window.span == pytest.approx(share)
    for _ in range(50):
        window.zoom(0.5, 420.0, 500)
    assert window.span == 8.0
    for _ in range(50):
        window.zoom(2.0, 420.0, 500)
    assert window.span == 625.0


def test_who_looks_at_the_past_sees_nothing_move() -> None:
    window = Window()
    window.reset(500)
    window.pan(-200.0, 500)
    before = (window.left, window.right)
    window.follow(0, 500, 501)
    assert (window.left, window.right) == before
    window.follow(300, 501, 801)
    assert (window.left, window.right) == (before[0] + 300, before[1] + 300)


def test_who_sees_the_last_bar_keeps_seeing_it() -> None:
    window = Window()
    window.reset(500)
    window.pan(-2.0, 500)
    right = window.right
    window.follow(0, 500, 503)
    assert window.right == right + 3


@given(st.lists(st.tuples(st.floats(-2000, 2000), st.floats(0.2, 5.0)), max_size=30))
def test_some_bars_always_stay_in_view(moves: list[tuple[float, float]]) -> None:
    window = Window()
    window.reset(100)
    for bars, factor in moves:
        window.pan(bars, 100)
        window.zoom(factor, window.left + 0.3 * window.span, 100)
        assert any(window.shows(index) for index in range(100))


# the pyramid


@given(st.floats(1, 2e6), st.floats(1, 4000))
def test_groups_leave_at_most_one_cell_a_pixel(bars: float, pixels: float) -> None:
    group = group_for(bars, pixels)
    assert bars / group <= pixels * (1 + 1e-6)
    assert group == 1 or bars / group >= pixels / 4


@given(
    st.integers(1, 3000),
    st.sampled_from([1, 2, 3, 4, 8, 12, 16, 48, 64, 256]),
    st.integers(0, 3000),
    st.integers(0, 3000),
)
def test_cells_are_the_extremes_of_their_bars(
    count: int, group: int, first: int, last: int
) -> None:
    series = series_of(list(range(count)))
    pyramid = Pyramid(series)
    pyramid.sync()
    last = min(last, count)
    last = last if group == 1 else last // group * group
    cells = pyramid.cells(first, last, group)
    start = first - first % group
    expected = [slice(i, min(i + group, last)) for i in range(start, last, group)]
    assert len(cells.left) == len(expected)
    for number, part in enumerate(expected):
        assert cells.high[number] == series.high[part].max()
        assert cells.low[number] == series.low[part].min()
        assert cells.open[number] == series.open[part][0]
        assert cells.close[number] == series.close[part][-1]
        assert cells.volume[number] == series.volume[part].sum()
        assert cells.left[number] == part.start - 0.5
        assert cells.right[number] == part.stop - 0.5


def test_a_synced_pyramid_equals_a_new_one() -> None:
    series = series_of(list(range(0, 90_000, 60)))
    pyramid = Pyramid(series)
    pyramid.sync()
    last = series.last_s
    assert last is not None
    for number in range(700):
        series.put(Row(last + 60 * (number // 3), 1.0, 500.0 + number, 0.5, 2.0, 9.0, 0.0))
        if number % 5 == 0:
            pyramid.sync()
    pyramid.sync()
    check_against_new(pyramid, series)
    series.put(Row(60, 1.0, 9999.0, 0.1, 2.0, 9.0, 0.0))
    pyramid.sync()
    check_against_new(pyramid, series)


@pytest.mark.parametrize("begin", [250, 1020, 4090])
def test_a_pyramid_that_grows_a_level_is_whole(begin: int) -> None:
    series = series_of([60 * number for number in range(begin)])
    pyramid = Pyramid(series)
    pyramid.sync()
    for number in range(begin, begin + 12):
        series.put(Row(60 * number, 1.0, 2.0, 0.5, 2.0, 9.0, 0.0))
        pyramid.sync()
    check_against_new(pyramid, series)


def check_against_new(pyramid: Pyramid, series: CandleSeries) -> None:
    fresh = Pyramid(series)
    fresh.sync()
    for group in (4, 16, 64, 1024):
        whole = len(series) // group * group
        kept, new = (each.cells(0, whole, group) for each in (pyramid, fresh))
        assert np.array_equal(kept.high, new.high)
        assert np.array_equal(kept.low, new.low)
        assert np.array_equal(kept.volume, new.volume)


# marks


def test_price_marks_are_round_and_have_exactly_the_digits() -> None:
    ticks = price_ticks(608.13, 615.9, 400.0, 3)
    assert [tick.text for tick in ticks] == [f"{price}.000" for price in range(609, 616)]


def test_price_marks_are_never_finer_than_the_digits() -> None:
    texts = [tick.text for tick in price_ticks(1.0, 1.02, 2000.0, 2)]
    assert texts == ["1.00", "1.01", "1.02"]
    assert price_ticks(1.0, 1.0, 100.0, 2) == []


def test_volume_marks_leave_out_nothing() -> None:
    assert [tick.text for tick in volume_ticks(2_300_000.0, 80.0)] == ["1M", "2M"]


def marks(times: list[int], interval: Interval, market: Market, bar_px: float) -> list[str]:
    ticks = time_ticks(
        series_of(times).time,
        (0, len(times)),
        interval=interval,
        market=market,
        bar_px=bar_px,
        least_px=60.0,
    )
    return [tick.text for tick in ticks]


def test_minutes_are_marked_by_the_exchanges_clock() -> None:
    start = at("2026-11-20 10:58", HONG_KONG)
    times = [start + 60 * minute for minute in range(40)]
    assert marks(times, Interval.M1, Market.HK_STOCK, 6.0) == ["11:00", "11:15", "11:30"]


def test_a_new_day_is_marked_by_its_date() -> None:
    friday, monday = at("2026-11-20 15:40", HONG_KONG), at("2026-11-23 09:30", HONG_KONG)
    times = [day + 60 * minute for day in (friday, monday) for minute in range(20)]
    found = marks(times, Interval.M1, Market.HK_STOCK, 8.0)
    assert "11-23" in found


def test_marks_follow_summer_time() -> None:
    # 2026-11-01 06:00 UTC: New York goes from UTC-4 to UTC-5.
    times = [at("2026-11-01 00:00") + 3600 * hour for hour in range(24)]
    found = marks(times, Interval.H1, Market.US_STOCK, 30.0)
    assert "11-01" in found
    assert found.count("12:00") == 1
    noon = time_ticks(
        series_of(times).time,
        (0, 24),
        interval=Interval.H1,
        market=Market.US_STOCK,
        bar_px=30.0,
        least_px=60.0,
    )[found.index("12:00")]
    assert times[int(noon.at)] == at("2026-11-01 12:00", NEW_YORK)


@pytest.mark.parametrize("stamp", ["2026-01-05 00:00", "2026-01-04 17:00-05:00"])
def test_daily_bars_are_marked_as_dates_however_they_are_stamped(stamp: str) -> None:
    moment = datetime.fromisoformat(stamp)
    begin = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    times = [begin + 86_400 * day for day in range(40)]
    found = marks(times, Interval.D1, Market.FOREX, 12.0)
    assert "2026-02" in found


def test_marks_keep_their_distance() -> None:
    times = [at("2026-11-16 00:00") + 60 * minute for minute in range(5000)]
    for bar_px in (0.1, 0.4, 1.0, 3.0, 9.0, 40.0):
        ticks = time_ticks(
            series_of(times).time,
            (0, 5000),
            interval=Interval.M1,
            market=Market.CRYPTO,
            bar_px=bar_px,
            least_px=60.0,
        )
        places = [tick.at * bar_px for tick in ticks]
        assert len(places) >= 2
        assert min(np.diff(places)) >= 60.0 - 1e-6


# figures


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.05213, "0.0521"),
        (12.5, "12.5"),
        (9314.0, "9314"),
        (99_999.0, "99999"),
        (123_456.0, "123.5K"),
        (1_234_567.0, "1.235M"),
        (45_000_000.0, "45M"),
        (2.5e12, "2.5T"),
    ],
)
def test_volumes_are_short(value: float, text: str) -> None:
    assert volume_text(value) == text


def test_prices_keep_their_digits() -> None:
    assert price_text(612.5, 3) == "612.500"


def test_moments_are_the_exchanges_and_days_are_dates() -> None:
    moment = at("2026-11-20 06:32")
    assert moment_text(moment, Interval.M1, Market.HK_STOCK) == "2026-11-20 14:32"
    assert moment_iso(moment, Market.HK_STOCK) == "2026-11-20T14:32:00+08:00"
    assert moment_text(at("2026-11-20 00:00"), Interval.D1, Market.US_STOCK) == "2026-11-20"


# rectangles


def painted(rects: primitives.Ints) -> QImage:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("red"))
    primitives.draw_rectangles(painter, rects)
    painter.end()
    return image


def rects() -> primitives.Ints:
    columns = (np.array(edge, np.int32) for edge in ([2, 20], [3, 0], [5, 20], [9, 39]))
    return primitives.rectangles(*columns)


def test_rectangles_fill_their_edges_and_nothing_else(qapp: object) -> None:
    image = painted(rects())
    red = {(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y) == QColor("red")}
    first = {(x, y) for x in range(2, 6) for y in range(3, 10)}
    assert red == first | {(20, y) for y in range(40)}
    assert painted(rects()[:0]).pixelColor(3, 4) == QColor("white")


def test_where_no_block_is_taken_a_list_draws_the_same(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = np.tile(rects(), (5, 1))
    block = painted(many)
    monkeypatch.setattr(primitives.shiboken6, "wrapInstance", lambda *_: object())
    assert painted(many) == block


def test_a_few_rectangles_are_drawn_as_many_are(qapp: object) -> None:
    assert painted(rects()) == painted(np.tile(rects(), (5, 1)))
