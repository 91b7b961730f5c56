"""Comparing a chart with other instruments, through its real widgets."""

import math
from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from chartscene import minutes
from comparedesk import BTC, EUR, GOLD, OIL, TSLA, CompareDesk, MakeChart, bar, rising
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton
from test_indicator_parts import SIGHTS, THEMES, lab, linear, luminance

from alltick_desk.model.interval import Interval
from alltick_desk.services.comparison import MOST
from alltick_desk.ui.chart.compare_line import line_colour
from alltick_desk.ui.chart.scale import ScaleKind
from alltick_desk.ui.theme import Theme, make_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

DARK = make_theme(dark=True)
MakeDesk = Callable[..., CompareDesk]


@pytest.fixture
def make_desk(make_chart: MakeChart) -> Iterator[MakeDesk]:
    desks: list[CompareDesk] = []

    def build(*, count: int = 200, **options: object) -> CompareDesk:
        desk = CompareDesk(make_chart(count), **options)  # type: ignore[arg-type]
        desks.append(desk)
        return desk

    yield build
    for desk in desks:
        desk.end()


@pytest.fixture
def desk(make_desk: MakeDesk) -> CompareDesk:
    return make_desk()


def columns(image: QImage, colour: QColor, area: object) -> list[int]:
    """Return the columns of an area that have pixels of nearly a colour."""
    left, right = round(area.left()), round(area.right())  # type: ignore[attr-defined]
    top, bottom = round(area.top()) + 70, round(area.bottom())  # type: ignore[attr-defined]
    wanted = np.array([colour.red(), colour.green(), colour.blue()])
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    pixels = rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3)
    near = np.abs(pixels.astype(int) - wanted).sum(axis=2) < 60
    return [x for x in range(left, right) if near[top:bottom, x].any()]


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


def test_before_its_history_there_is_a_hole(make_desk: MakeDesk) -> None:
    desk = make_desk(bars={BTC: rising(40)})
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


def test_without_a_value_in_view_there_is_no_line_and_no_error(make_desk: MakeDesk) -> None:
    desk = make_desk(count=400, bars={BTC: rising(40)})
    desk.add(BTC)
    desk.view.show_places(0.0, 100.0)
    assert columns(desk.picture(), line_colour(0, DARK), desk.view.price.area) == []
    assert desk.line(BTC).extent(desk.view.price.frame) is None


def pixels(picture: QImage) -> npt.NDArray[np.int16]:
    """Return the channels of every pixel."""
    return np.frombuffer(picture.constBits(), np.uint8).astype(np.int16)


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


def test_zoomed_out_no_extreme_is_lost(make_desk: MakeDesk) -> None:
    bars = rising(20_000, 100.0, 0.0)
    bars[7_777] = bar(7_777 + 1 - 20_000, 400.0)
    desk = make_desk(count=20_000, bars={BTC: bars})
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


def test_zoomed_out_a_trade_still_moves_the_line(make_desk: MakeDesk) -> None:
    desk = make_desk(count=20_000, bars={BTC: rising(20_000, 100.0, 0.0)})
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


def test_comparing_turns_the_scale_to_percent_and_back(desk: CompareDesk) -> None:
    desk.scene.choose("scale.log")
    desk.add(BTC, GOLD)
    assert desk.scene.panel.look().scale is ScaleKind.PERCENT
    assert desk.scene.looks[-1].scale is ScaleKind.PERCENT
    desk.chart.remove(BTC)
    assert desk.scene.panel.look().scale is ScaleKind.PERCENT
    desk.chart.remove(GOLD)
    assert desk.scene.panel.look().scale is ScaleKind.LOGARITHMIC
    assert desk.legend() == ""


def test_a_scale_that_the_person_chose_meanwhile_stays(desk: CompareDesk) -> None:
    desk.scene.choose("scale.log")
    desk.add(BTC)
    desk.scene.choose("scale.linear")
    desk.chart.remove(None)
    assert desk.scene.panel.look().scale is ScaleKind.LINEAR
    desk.add(BTC)
    desk.chart.remove(None)
    assert desk.scene.panel.look().scale is ScaleKind.LINEAR


def test_what_was_painted_before_leaves_no_trace(desk: CompareDesk) -> None:
    before = desk.picture()
    desk.add(BTC, GOLD)
    assert desk.picture() != before
    desk.chart.remove(None)
    assert desk.picture() == before


def test_with_the_keyboard_alone(desk: CompareDesk) -> None:
    desk.view.setFocus()
    desk.scene.key(Qt.Key.Key_C)
    assert desk.dialog.isVisible()
    assert desk.dialog.focusWidget() is desk.box
    desk.type_in("BTCUSDT GOLD")
    assert desk.listed() == ["BTCUSDT   Name of BTCUSDT", "GOLD   Name of GOLD"]
    assert "BTCUSDT" in desk.legend()
    members = desk.find(QListWidget, "compareMembers")
    members.setFocus()
    QTest.keyClick(members, Qt.Key.Key_Down)
    QTest.keyClick(members, Qt.Key.Key_Delete)
    assert desk.listed() == ["BTCUSDT   Name of BTCUSDT"]
    assert desk.comparison.keys == (BTC,)
    QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
    assert not desk.dialog.isVisible()


def test_the_button_and_the_menu_open_the_same(desk: CompareDesk) -> None:
    button = desk.scene.tool_button("chartCompare")
    assert button.toolTip() == "Compare with other instruments, in percent (C)"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.dialog.isVisible()
    dialog = desk.dialog
    dialog.close()
    desk.entry("open").trigger()
    assert desk.dialog is dialog
    assert dialog.isVisible()


def test_more_than_four_are_refused_with_a_sentence(desk: CompareDesk) -> None:
    desk.bars |= {TSLA: rising(50), EUR: rising(50), OIL: rising(50)}
    desk.chart.edit()
    desk.type_in("BTCUSDT GOLD TSLA.US EURUSD")
    assert desk.said() == ""
    desk.type_in("USOIL")
    assert desk.said() == (
        "A chart is compared with at most 4 instruments, so USOIL was not added. Remove one first."
    )
    assert len(desk.listed()) == MOST
    desk.find(QListWidget, "compareMembers").setCurrentRow(0)
    QTest.mouseClick(desk.find(QPushButton, "compareRemove"), Qt.MouseButton.LeftButton)
    assert desk.said() == ""
    desk.type_in("USOIL")
    assert [line.split()[0] for line in desk.listed()] == ["USOIL", "GOLD", "TSLA.US", "EURUSD"]
    desk.type_in("USOIL")
    assert desk.said() == "USOIL is compared already."


def test_the_mark_in_the_legend_removes_a_line(desk: CompareDesk) -> None:
    desk.add(BTC, GOLD)
    desk.click(desk.row(2, right=40.0))  # the name is no mark
    assert desk.comparison.keys == (BTC, GOLD)
    place = desk.row(2, right=3.0)
    desk.scene.move(place.x(), place.y())
    assert desk.scene.surface.cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert desk.scene.surface.toolTip() == "Remove GOLD"
    desk.click(place)
    assert desk.comparison.keys == (BTC,)
    desk.scene.move(400, 300)
    assert desk.scene.surface.cursor().shape() is Qt.CursorShape.CrossCursor
    assert desk.scene.surface.toolTip() == ""


def test_menus_remove_one_or_all(desk: CompareDesk) -> None:
    desk.add(BTC, GOLD)
    desk.choose(desk.row(1), "remove")
    assert desk.comparison.keys == (GOLD,)
    desk.entry("remove.alltick:GOLD").trigger()
    assert desk.comparison.keys == ()
    desk.add(BTC, GOLD)
    desk.choose(desk.row(1, right=500.0), "stop")
    assert desk.comparison.keys == ()
    with pytest.raises(LookupError):
        desk.entry("stop")


def test_what_it_does_not_have_is_told_in_the_legend_and_the_list(desk: CompareDesk) -> None:
    desk.intervals[BTC] = [Interval.D1]
    desk.refused.append(GOLD)
    desk.add(BTC, EUR, GOLD)
    told = "The vendor has no 1m bars of it; choose another interval."
    assert f"BTCUSDT  —  {told}" in desk.legend()
    assert "EURUSD  —  It knows no EURUSD." in desk.legend()
    assert f"GOLD  {desk.percent(GOLD):+.2f}%  It is beyond the plan." in desk.legend()
    place = desk.row(1, right=40.0)
    desk.scene.move(place.x(), place.y())
    assert desk.scene.surface.toolTip() == told
    desk.chart.edit()
    assert desk.listed()[0] == f"BTCUSDT   Name of BTCUSDT\n{told}"


def test_the_list_stays_when_another_interval_is_chosen(desk: CompareDesk) -> None:
    desk.add(BTC)
    desk.scene.session.open(desk.scene.session.key, Interval.M5)
    desk.scene.panel.on_frame()
    QApplication.processEvents()
    assert desk.asked == [(BTC, Interval.M1), (BTC, Interval.M5)]
    assert desk.comparison.members[0].session.interval is Interval.M5
    assert not math.isnan(desk.percent(BTC))
    assert desk.scene.panel.look().scale is ScaleKind.PERCENT


def test_what_is_kept_is_there_again(make_desk: MakeDesk) -> None:
    first = make_desk()
    assert first.chart.saved() == ""
    first.scene.choose("scale.log")
    first.add(BTC, GOLD)
    first.chart.remove(BTC)
    kept, look = first.chart.saved(), first.scene.panel.look()
    assert first.saved == 3
    second = make_desk()
    second.scene.panel.set_look(look)
    assert second.chart.begin(kept) == ""
    assert second.chart.saved() == kept
    assert second.comparison.slots == (None, GOLD, None, None)  # so it has its colour
    assert second.legend().startswith("700.HK")
    second.chart.remove(None)
    assert second.scene.panel.look().scale is ScaleKind.LOGARITHMIC
    assert second.chart.saved() == ""


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"scale": "linear"}',
        '{"scale": "round", "lines": []}',
        '{"scale": "log", "lines": [3]}',
        '{"scale": "log", "lines": ["BTC"]}',
        '{"scale": "log", "lines": 4}',
    ],
)
def test_what_cannot_be_read_costs_nothing(desk: CompareDesk, text: str) -> None:
    assert desk.chart.begin(text) == (
        "What the chart was compared with last time could not be read, so it begins without."
    )
    assert desk.comparison.keys == ()
    assert desk.scene.panel.look().scale is ScaleKind.LINEAR


def test_before_anything_is_bound_the_button_rests(make_chart: MakeChart) -> None:
    scene = make_chart(50)
    assert not scene.tool_button("chartCompare").isEnabled()
    scene.key(Qt.Key.Key_C)
    scene.panel.on_frame()
    scene.panel.compare.edit()
    assert scene.panel.compare.dialog is None
    assert scene.panel.compare.begin("anything") == ""


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
