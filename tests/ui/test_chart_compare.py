"""Comparing a chart with other instruments: what is drawn, and where."""

import math
from itertools import combinations

import numpy as np
import pytest
from chartscene import minutes
from comparedesk import BTC, GOLD, CompareDesk, MakeDesk, bar, rising
from comparelines import DARK, columns, pixels
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget
from sight import SIGHTS, THEMES, lab, linear, luminance

from alltick_desk.services.comparison import MOST
from alltick_desk.ui.chart.compare_line import line_colour
from alltick_desk.ui.chart.scale import ScaleKind
from alltick_desk.ui.theme import Theme, make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(make_compare_desk: MakeDesk) -> CompareDesk:
    return make_compare_desk()


def test_a_line_is_drawn_in_percent_of_the_first_bar_in_view(desk: CompareDesk) -> None:
    desk.add(BTC)
    first = desk.view.price.frame.first
    closes = [100.0 + number for number in range(200)]
    assert first > 0
    assert desk.percent(BTC, first) == 0.0
    assert desk.percent(BTC) == pytest.approx((closes[-1] / closes[first] - 1.0) * 100.0)
    own = desk.view.series.close
    share = (own[-1] / own[first] - 1.0) * 100.0
    assert desk.legend() == f"700.HK {share:+.2f}%  × BTCUSDT  {desk.percent(BTC):+.2f}%"
    drawn = columns(desk.picture(), line_colour(0, DARK), desk.view.price.area)
    assert len(drawn) > 0.8 * desk.view.price.area.width()


def test_the_base_moves_with_what_is_in_view(desk: CompareDesk) -> None:
    desk.add(BTC)
    before = desk.percent(BTC, 150)
    first = desk.view.price.frame.first
    for _ in range(4):
        desk.scene.wheel(1.0, 300, shift=True)
    moved = desk.view.price.frame.first
    assert moved < first
    assert desk.percent(BTC, moved) == 0.0
    assert desk.percent(BTC, 150) == pytest.approx(((100.0 + 150) / (100.0 + moved) - 1.0) * 100.0)
    assert desk.percent(BTC, 150) > before


def test_at_its_percent_it_stands_beside_the_prices(desk: CompareDesk) -> None:
    desk.add(BTC)
    for scale in ScaleKind:
        desk.scene.choose(f"scale.{scale.value}")
        pane = desk.view.price
        low, high = desk.line(BTC).extent(pane.frame)
        own = float(desk.view.series.close[pane.frame.first])
        assert low == pytest.approx(own)
        assert high == pytest.approx(own * (1.0 + desk.percent(BTC) / 100.0))
        # The automatic scale has room for it.
        assert pane.scale.low < low < high < pane.scale.high


def test_before_its_history_there_is_a_hole(make_compare_desk: MakeDesk) -> None:
    desk = make_compare_desk(bars={BTC: rising(40)})
    desk.add(BTC)
    begin = 200 - 40
    assert desk.view.price.frame.first < begin
    assert math.isnan(desk.percent(BTC, begin - 1))
    assert desk.percent(BTC, begin) == 0.0
    drawn = columns(desk.picture(), line_colour(0, DARK), desk.view.price.area)
    assert min(drawn) == pytest.approx(desk.view.x_of(begin), abs=3)
    for _ in range(60):
        desk.scene.key(Qt.Key.Key_Left)
    assert desk.legend().endswith("× BTCUSDT  —")


def test_without_a_value_in_view_there_is_no_line_and_no_error(make_compare_desk: MakeDesk) -> None:
    desk = make_compare_desk(count=400, bars={BTC: rising(40)})
    desk.add(BTC)
    desk.view.show_places(0.0, 100.0)
    assert columns(desk.picture(), line_colour(0, DARK), desk.view.price.area) == []
    assert desk.line(BTC).extent(desk.view.price.frame) is None


def test_a_trade_moves_the_line(desk: CompareDesk) -> None:
    desk.add(GOLD)
    desk.picture()
    before, base = desk.percent(GOLD), 50.0 - 0.1 * desk.view.price.frame.first
    version = desk.view.price.frame.version
    desk.trade("GOLD", 20, "30.4")
    desk.scene.panel.on_frame()
    assert desk.percent(GOLD) != before
    assert desk.percent(GOLD) == pytest.approx((30.4 / base - 1.0) * 100.0)
    assert f"GOLD  {desk.percent(GOLD):+.2f}%" in desk.legend()
    assert desk.view.price.frame.version == version  # no more than the tail was drawn
    drawn = desk.picture()
    desk.view.touch_all()
    # Which was all that had changed: a smooth line is rounded anew where its clip cuts it.
    assert np.abs(pixels(desk.picture()) - pixels(drawn)).max() <= 2


def test_a_trade_that_leaves_the_picture_makes_room_for_itself(desk: CompareDesk) -> None:
    desk.add(GOLD)
    high = desk.view.price.scale.high
    desk.trade("GOLD", 20, "70.0")
    desk.scene.panel.on_frame()
    assert desk.view.price.scale.high > high
    assert desk.line(GOLD).extent(desk.view.price.frame)[1] < desk.view.price.scale.high


def test_the_charts_own_trade_leaves_the_line_where_it_is(desk: CompareDesk) -> None:
    desk.add(GOLD)
    before = desk.line(GOLD).member.closes.values.tolist()
    desk.scene.trade(20, "601.0")
    desk.scene.panel.on_frame()
    assert desk.line(GOLD).member.closes.values.tolist() == before
    desk.scene.trade(70, "602.0")  # a new bar, in which the other had no trade
    desk.scene.panel.on_frame()
    assert len(desk.view.series) == 201
    assert desk.line(GOLD).member.closes.values.tolist() == [*before, before[-1]]


def test_zoomed_out_no_extreme_is_lost(make_compare_desk: MakeDesk) -> None:
    bars = rising(20_000, 100.0, 0.0)
    bars[7_777] = bar(7_777 + 1 - 20_000, 400.0)
    desk = make_compare_desk(count=20_000, bars={BTC: bars})
    desk.add(BTC)
    desk.view.show_places(0.0, 20_000.0)
    frame = desk.view.price.frame
    assert frame.group > 1
    own = float(desk.view.series.close[frame.first])
    assert desk.line(BTC).extent(frame) == pytest.approx((own, 4.0 * own))
    image, area = desk.picture(), desk.view.price.area
    x = round(desk.view.x_of(7_777))
    top = desk.view.price.scale.pixel(4.0 * own)
    colour = line_colour(0, DARK)
    found = [
        y
        for y in range(round(area.top()), round(area.bottom()))
        for at in (x - 1, x, x + 1)
        if image.pixelColor(at, y) == colour
    ]
    assert min(found) == pytest.approx(top, abs=2)


def test_zoomed_out_a_trade_still_moves_the_line(make_compare_desk: MakeDesk) -> None:
    desk = make_compare_desk(count=20_000, bars={BTC: rising(20_000, 100.0, 0.0)})
    desk.add(BTC)
    desk.view.show_places(0.0, 20_000.0)
    frame = desk.view.price.frame
    own = float(desk.view.series.close[frame.first])
    desk.trade("BTCUSDT", 20, "400.0")
    desk.scene.panel.on_frame()
    assert desk.line(BTC).extent(desk.view.price.frame) == pytest.approx((own, 4.0 * own))


def test_bars_that_come_later_are_drawn_at_once(desk: CompareDesk) -> None:
    desk.add(BTC)
    desk.bars[BTC] = rising(200, 100.0, 3.0)
    desk.comparison.reload("alltick")
    QApplication.processEvents()  # no frame is due
    first = desk.view.price.frame.first
    assert desk.percent(BTC) == pytest.approx(((100.0 + 597) / (100.0 + 3 * first) - 1.0) * 100.0)
    assert f"{desk.percent(BTC):+.2f}%" in desk.legend()


def test_older_bars_are_asked_for_as_the_person_goes_back(
    desk: CompareDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[tuple[int, float]] = []
    monkeypatch.setattr(desk.comparison, "reach", lambda *args: reached.append(args))
    desk.view.show_places(20.0, 80.0)
    frame = desk.view.price.frame
    first_s = int(desk.view.series.time[frame.first])
    assert reached[-1] == (first_s, frame.last - frame.first)


def test_what_was_painted_before_leaves_no_trace(desk: CompareDesk) -> None:
    before = desk.picture()
    desk.add(BTC, GOLD)
    assert desk.picture() != before
    desk.chart.remove(None)
    assert desk.picture() == before


def test_another_theme_has_its_own_colours(desk: CompareDesk) -> None:
    desk.add(BTC)
    desk.chart.edit()
    light = make_theme(dark=False)
    desk.scene.panel.set_theme(light)
    area = desk.view.price.area
    assert len(columns(desk.picture(), line_colour(0, light), area)) > 0.8 * area.width()
    icon = desk.find(QListWidget, "compareMembers").item(0).icon().pixmap(20, 4).toImage()
    assert icon.pixelColor(5, 2) == line_colour(0, light)


@pytest.mark.parametrize("theme", THEMES, ids=["dark", "light"])
def test_the_colours_are_told_apart_by_everybody(theme: Theme) -> None:
    colours = [line_colour(slot, theme) for slot in range(MOST)]
    for sight, matrix in SIGHTS.items():
        seen = [lab(matrix @ linear(colour)) for colour in colours]
        for one, other in combinations(range(MOST), 2):
            assert float(np.linalg.norm(seen[one] - seen[other])) > 20.0, (sight, one, other)
    for colour in colours:
        bright, dim = sorted((luminance(colour), luminance(theme.base)), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 3.0, colour.name()


def test_minutes_of_the_scene_are_what_the_sums_above_take_for_granted() -> None:
    assert len(minutes(200)) == len(rising(200)) == 200
    assert minutes(200)[0].time_s == rising(200)[0].time_s
