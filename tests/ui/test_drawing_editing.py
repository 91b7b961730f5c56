"""Selecting and moving what was drawn by the mouse, through the real widget."""

import pytest
from drawdesk import CONTROL, SHIFT, DrawDesk
from drawnkinds import BODIES, CENTRE, KINDS, LOOKS, SHARES, drawn, moved_by
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from alltick_desk.model.drawings import Kind
from alltick_desk.ui.chart.look import ChartLook

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


@KINDS
def test_a_click_selects_and_one_beside_it_does_not(qtbot: QtBot, kind: Kind) -> None:
    desk = drawn(qtbot, kind)
    before = desk.only
    desk.click(BODIES[kind])
    assert desk.board.selection == {desk.only.id}
    assert desk.only == before, "a click moves nothing"
    desk.click(CENTRE)
    assert desk.board.selection == frozenset()


@LOOKS
@KINDS
def test_a_drag_moves_the_whole_and_is_one_step(qtbot: QtBot, kind: Kind, look: ChartLook) -> None:
    desk = drawn(qtbot, kind, look)
    before, places, left = desk.only, desk.shown(), desk.view.window_.left
    start = BODIES[kind]
    desk.drag(start, (start[0] + 0.1, start[1] + 0.05))
    way = desk.place((start[0] + 0.1, start[1] + 0.05)) - desk.place(start)
    for x, y in moved_by(desk, places):
        assert x == pytest.approx(way.x(), abs=0.01)
        assert y == pytest.approx(way.y(), abs=0.01)
    assert desk.view.window_.left == left, "the chart stays"
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.only == before
    desk.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert desk.only != before


@LOOKS
@KINDS
def test_a_handle_moves_alone(qtbot: QtBot, kind: Kind, look: ChartLook) -> None:
    desk = drawn(qtbot, kind, look)
    places = desk.shown()
    last = SHARES[len(places) - 1]
    desk.drag(last, (last[0] + 0.1, last[1] - 0.05))
    *others, (x, y) = moved_by(desk, places)
    assert others == [(0.0, 0.0)] * len(others)
    way = desk.place((last[0] + 0.1, last[1] - 0.05)) - desk.place(last)
    assert (x, y) == pytest.approx((way.x(), way.y()), abs=0.01)


def test_a_rectangle_is_taken_by_all_four_corners(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.RECTANGLE)
    first, second = desk.only.anchors
    desk.drag((0.2, 0.3), (0.1, 0.2))
    assert desk.only.anchors[0].price == first.price
    assert desk.only.anchors[1].time_s == second.time_s
    assert desk.only.anchors[0].time_s < first.time_s
    assert desk.only.anchors[1].price > second.price


def test_with_shift_several_are_selected_and_dragged_straight(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    one = desk.draw(Kind.TREND, (0.1, 0.2), (0.3, 0.3))
    other = desk.draw(Kind.TREND, (0.1, 0.6), (0.3, 0.7))
    desk.click((0.2, 0.25))
    desk.click((0.2, 0.65), SHIFT)
    assert desk.board.selection == {one.id, other.id}
    assert desk.drawings.told == "2 drawings selected"
    desk.drag((0.2, 0.25), (0.4, 0.27))
    assert all(
        after != before for after, before in zip(desk.board.drawings, (one, other), strict=True)
    )
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.board.drawings == (one, other)
    desk.press((0.2, 0.25))
    desk.hover((0.4, 0.27), SHIFT)
    desk.release((0.4, 0.27), SHIFT)
    prices = [[anchor.price for anchor in it.anchors] for it in desk.board.drawings]
    assert prices == [[anchor.price for anchor in it.anchors] for it in (one, other)]
    desk.click((0.4, 0.25), SHIFT)
    assert desk.board.selection == {other.id}, "a second click with Shift takes one out"


def test_a_click_without_shift_selects_only_that_one(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    one = desk.draw(Kind.TREND, (0.1, 0.2), (0.3, 0.3))
    desk.draw(Kind.TREND, (0.1, 0.6), (0.3, 0.7))
    desk.key(Qt.Key.Key_A, CONTROL)
    assert len(desk.board.selection) == 2
    desk.click((0.2, 0.25))
    assert desk.board.selection == {one.id}


def test_a_handle_catches_and_keeps_angles(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.draw(Kind.TREND, (0.2, 0.7), (0.5, 0.3))
    desk.drag((0.5, 0.3), (0.6, 0.68), SHIFT)
    assert desk.board.selection == frozenset(), "Shift took it out"
    desk.press((0.5, 0.3))
    desk.hover((0.6, 0.6), SHIFT)
    desk.release((0.6, 0.68), SHIFT)
    first, second = desk.only.anchors
    assert second.price == first.price
    bar = 1_950
    row = desk.view.series.row(bar)
    area = desk.view.price.area
    share = (
        (desk.view.x_of(bar) - area.left()) / area.width(),
        (desk.view.price.scale.pixel(row.low) + 3.0 - area.top()) / area.height(),
    )
    desk.press((0.6, 0.7))
    desk.hover(share, CONTROL)
    desk.release(share, CONTROL)
    assert desk.only.anchors[1].price in row[1:5]


def test_escape_puts_back_what_is_dragged_and_then_deselects(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    before = desk.only
    desk.press(BODIES[Kind.TREND])
    desk.hover((0.6, 0.8))
    assert desk.only != before
    desk.key(Qt.Key.Key_Escape)
    assert desk.only == before
    desk.hover((0.7, 0.8))
    desk.release((0.7, 0.8))
    assert desk.only == before
    desk.key(Qt.Key.Key_Escape)
    assert desk.board.selection == frozenset()
    assert desk.view.crosshair.index is not None, "one thing at a time"


def test_what_is_locked_is_selected_and_the_drag_is_the_charts(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    desk.click(BODIES[Kind.TREND])
    desk.menu(BODIES[Kind.TREND])["lock"].trigger()
    before, left = desk.only, desk.view.window_.left
    assert before.locked
    desk.drag(BODIES[Kind.TREND], (0.5, 0.5))
    assert desk.only == before
    assert desk.view.window_.left < left
    assert desk.board.selection == {before.id}
    desk.key(Qt.Key.Key_Delete)
    desk.key(Qt.Key.Key_Up)
    assert desk.only == before
    assert not desk.action("style").isEnabled()
    desk.action("lock").trigger()
    assert not desk.only.locked


def test_the_pointer_lights_up_what_it_is_at(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    desk.hover(CENTRE)
    plain = desk.picture()
    desk.hover(BODIES[Kind.TREND])
    assert desk.drawings.scene.hovered == desk.only.id
    assert desk.surface.cursor().shape() is Qt.CursorShape.SizeAllCursor
    assert desk.picture() != plain
    desk.hover(SHARES[0])
    assert desk.surface.cursor().shape() is Qt.CursorShape.CrossCursor
    desk.hover(BODIES[Kind.TREND])
    desk.leave()
    assert desk.drawings.scene.hovered == 0


def test_another_tool_has_the_mouse_to_itself(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    before = desk.only
    desk.panel._tools.take_box_zoom(True)
    desk.hover(BODIES[Kind.TREND])
    assert desk.drawings.scene.hovered == 0
    desk.drag(BODIES[Kind.TREND], (0.6, 0.8))
    assert desk.board.drawings == (before,)
    assert desk.board.selection == frozenset()
