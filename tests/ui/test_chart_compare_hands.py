"""Comparing a chart by hand: the scale, the list, the legend and the menus."""

import math

import pytest
from comparedesk import BTC, EUR, GOLD, OIL, TSLA, CompareDesk, MakeChart, MakeDesk, rising
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton

from alltick_desk.model.interval import Interval
from alltick_desk.services.comparison import MOST
from alltick_desk.ui.chart.scale import ScaleKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(make_compare_desk: MakeDesk) -> CompareDesk:
    return make_compare_desk()


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


def test_what_is_kept_is_there_again(make_compare_desk: MakeDesk) -> None:
    first = make_compare_desk()
    assert first.chart.saved() == ""
    first.scene.choose("scale.log")
    first.add(BTC, GOLD)
    first.chart.remove(BTC)
    kept, look = first.chart.saved(), first.scene.panel.look()
    assert first.saved == 3
    second = make_compare_desk()
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
