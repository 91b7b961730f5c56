"""The crosshair of one chart in another: by time, whatever the interval, and nothing jumps."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from chartscene import T0, Scene, minute, minutes
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle
from alltick_desk.model.series import CandleSeries
from alltick_desk.ui.chart.crosshair import NO_LEVEL
from alltick_desk.ui.chart.moment import Span, bar_span, bar_within

MakeChart = Callable[..., Scene]
HK = Market.HK_STOCK
OPENING = T0 - 22 * 60  # 09:30 in Hong Kong


def bars(seconds: int, *begins: int) -> list[Candle]:
    """Bars at moments, so many seconds long."""
    assert all(after - before >= seconds for before, after in pairwise(begins))
    return [Candle(begin, "600", "602", "599", "601", "100") for begin in begins]


def series_of(candles: list[Candle]) -> CandleSeries:
    series = CandleSeries()
    series.merge(candles)
    return series


def follow(leader: Scene, *followers: Scene) -> None:
    """Have followers point where a leader does, as the desk's groups do."""

    def pointed(index: int | None) -> None:
        span = None if index is None else leader.panel.span_of(index)
        for each in followers:
            each.panel.point_at(span)

    leader.panel.on_point = pointed


def x_of(scene: Scene, index: int) -> float:
    return float(scene.view.x_of(index))


def time_at_crosshair(scene: Scene) -> int | None:
    index = scene.view.crosshair.index
    return None if index is None else int(scene.view.series.time[index])


def test_a_wider_bar_is_the_one_that_contains_the_moment(make_chart: MakeChart) -> None:
    five = [OPENING + 300 * number for number in range(5)]
    fine, wide = make_chart(20), make_chart(candles=bars(300, *five), interval=Interval.M5)
    follow(fine, wide)
    for index in (3, 7, 12, 19):
        fine.move(x_of(fine, index), 150)
        time_s = time_at_crosshair(fine)
        assert time_s is not None
        found = time_at_crosshair(wide)
        assert found is not None
        assert found <= time_s < found + 300


def test_a_finer_chart_shows_the_first_bar_of_the_wider_one(make_chart: MakeChart) -> None:
    five = [OPENING + 300 * number for number in range(5)]
    fine, wide = make_chart(20), make_chart(candles=bars(300, *five), interval=Interval.M5)
    follow(wide, fine)
    wide.move(x_of(wide, 2), 150)
    assert time_at_crosshair(wide) == five[2]
    assert time_at_crosshair(fine) == five[2]


def test_the_others_show_the_moment_but_no_price_and_do_not_move(make_chart: MakeChart) -> None:
    leader, other = make_chart(500), make_chart(500)
    follow(leader, other)
    other.wheel(3, 400)
    before = other.edges()
    leader.wheel(-2, 300)
    for bars_on in (30, 20, 10):
        leader.move(x_of(leader, round(before[0]) + bars_on), 200)
    assert time_at_crosshair(other) == time_at_crosshair(leader)
    moment, value = other.view.crosshair.texts
    assert (moment, value) == (leader.view.crosshair.texts[0], "")
    assert moment.startswith("2026-11-20")
    assert leader.view.crosshair.texts[1]
    leader.move(x_of(leader, round(before[0]) - 20), 200)
    assert time_at_crosshair(other) == time_at_crosshair(leader), "out of its sight"
    assert other.view.crosshair.level == NO_LEVEL
    assert other.edges() == before


def test_what_is_read_out_is_the_bar_of_that_moment(make_chart: MakeChart) -> None:
    leader, other = make_chart(100), make_chart(100)
    follow(leader, other)
    leader.move(x_of(leader, 40), 150)
    assert "2026-11-20 08:53" in other.read_out()
    assert other.panel.heading.readout.text == leader.panel.heading.readout.text


def test_the_crosshair_goes_where_the_pointer_leaves(make_chart: MakeChart) -> None:
    leader, other = make_chart(100), make_chart(100)
    follow(leader, other)
    leader.move(300, 150)
    assert time_at_crosshair(other) is not None
    QApplication.sendEvent(leader.view, QEvent(QEvent.Type.Leave))
    assert time_at_crosshair(other) is None


def test_keys_point_too_and_nothing_comes_back(make_chart: MakeChart) -> None:
    first, second = make_chart(100), make_chart(100)
    follow(first, second)
    follow(second, first)
    first.key(Qt.Key.Key_Home)
    first.key(Qt.Key.Key_Right)
    assert first.view.crosshair.index == second.view.crosshair.index == 1
    assert first.view.crosshair.level is not NO_LEVEL
    second.key(Qt.Key.Key_Right)
    assert first.view.crosshair.index == second.view.crosshair.index == 2


def test_a_moment_that_the_other_chart_does_not_have_shows_nothing(make_chart: MakeChart) -> None:
    leader = make_chart(100)
    other = make_chart(candles=[minute(number, 600.0) for number in range(-20, 1)])
    follow(leader, other)
    leader.move(x_of(leader, 90), 150)
    assert time_at_crosshair(other) is not None
    leader.move(x_of(leader, 10), 150)
    assert time_at_crosshair(other) is None
    empty = make_chart(candles=bars(60, T0))
    empty.panel.point_at(Span(T0 - 600, T0 - 540))
    assert time_at_crosshair(empty) is None


# which bar a moment falls into


@pytest.mark.parametrize(
    ("begin_s", "end_s", "found"),
    [
        (OPENING, OPENING + 60, 0),
        (OPENING + 90, OPENING + 120, 1),
        (OPENING - 60, OPENING, None),  # before the first bar
        (OPENING - 60, OPENING + 1, 0),  # the first one begins in it
        (OPENING + 180, OPENING + 240, None),  # a hole
        (OPENING + 180, OPENING + 301, 3),
        (OPENING + 9_000, OPENING + 9_060, None),  # after the last bar
    ],
)
def test_a_span_finds_its_bar(begin_s: int, end_s: int, found: int | None) -> None:
    begins = [OPENING + 60 * number for number in (0, 1, 2, 5)]
    series = series_of(bars(60, *begins))
    assert bar_within(series, Span(begin_s, end_s), Interval.M1, HK) == found


def test_a_day_and_its_minutes_find_each_other() -> None:
    midnight = OPENING - 9 * 3600 - 30 * 60  # in Hong Kong
    days = series_of(bars(86_400, midnight - 86_400, midnight))
    minutes_ = series_of(minutes(200))  # some of them before the session opened
    day = bar_span(days, 1, Interval.D1, HK)
    assert day == Span(midnight, midnight + 86_400)
    first = bar_within(minutes_, day, Interval.M1, HK)
    assert first == 0
    minute_ = bar_span(minutes_, 150, Interval.M1, HK)
    assert bar_within(days, minute_, Interval.D1, HK) == 1


def test_a_month_ends_where_the_next_begins() -> None:
    november = OPENING - 9 * 3600 - 30 * 60 - 19 * 86_400
    series = series_of(bars(86_400, november))
    span = bar_span(series, 0, Interval.MO1, HK)
    assert span.end_s - span.begin_s == 30 * 86_400
