"""Selecting, moving and editing what was drawn, by mouse and keys through the real widget."""

import pytest
from drawdesk import CONTROL, NONE, SHIFT, DrawDesk
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alltick_desk.model.drawings import Anchor, Drawing, Kind, new_drawing
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries
from alltick_desk.services.drawings import DrawingBoard
from alltick_desk.ui.chart import drawing_scene
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.scale import ScaleKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

SHARES = ((0.2, 0.7), (0.5, 0.3), (0.6, 0.6))
# A place at each kind, away from its handles, drawn through SHARES.
BODIES = {
    Kind.TREND: (0.35, 0.5),
    Kind.RAY: (0.575, 0.2),
    Kind.HORIZONTAL: (0.8, 0.7),
    Kind.VERTICAL: (0.2, 0.2),
    Kind.CHANNEL: (0.35, 0.5),
    Kind.RECTANGLE: (0.35, 0.7),
    Kind.FIBONACCI: (0.4, 0.7),
    Kind.TEXT: (0.21, 0.685),
    Kind.ARROW: (0.35, 0.5),
}
INVERTED_LOG = ChartLook(scale=ScaleKind.LOGARITHMIC, inverted=True)
SCALES = [ChartLook(), INVERTED_LOG, ChartLook(by_clock=True)]
KINDS = pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
LOOKS = pytest.mark.parametrize("look", SCALES, ids=["linear", "log inverted", "by clock"])
CENTRE = (0.8, 0.9)  # where nothing is


def drawn(qtbot: QtBot, kind: Kind, look: ChartLook | None = None) -> DrawDesk:
    desk = DrawDesk(qtbot, look)
    desk.draw(kind, *SHARES)
    desk.click(CENTRE)
    assert desk.board.selection == frozenset()
    return desk


def moved_by(desk: DrawDesk, before: list[QPointF]) -> list[tuple[float, float]]:
    ways = [after - was for after, was in zip(desk.shown(), before, strict=True)]
    return [(way.x(), way.y()) for way in ways]


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


@KINDS
def test_delete_removes_and_undo_brings_back(qtbot: QtBot, kind: Kind) -> None:
    desk = drawn(qtbot, kind)
    before = desk.only
    desk.click(BODIES[kind])
    desk.key(Qt.Key.Key_Delete)
    assert desk.board.drawings == ()
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.only == before
    desk.key(Qt.Key.Key_Y, CONTROL)
    assert desk.board.drawings == ()


def test_arrows_move_what_is_selected_by_bars_and_steps(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    before, index = desk.only, desk.view.crosshair.index
    desk.click(BODIES[Kind.TREND])
    index = desk.view.crosshair.index
    desk.key(Qt.Key.Key_Left)
    desk.key(Qt.Key.Key_Left)
    desk.key(Qt.Key.Key_Right)
    moments = [anchor.time_s - 60.0 for anchor in before.anchors]
    assert [anchor.time_s for anchor in desk.only.anchors] == pytest.approx(moments)
    desk.key(Qt.Key.Key_Up, SHIFT)
    (rise,) = {
        round(a.price - b.price, 9) for a, b in zip(desk.only.anchors, before.anchors, strict=True)
    }
    assert rise > 0
    assert desk.view.crosshair.index == index
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.only == before, "keys in a row are one step"


def test_a_step_can_be_seen_and_goes_up_on_every_scale(qtbot: QtBot) -> None:
    for look in (ChartLook(), INVERTED_LOG):
        desk = drawn(qtbot, Kind.HORIZONTAL, look)
        desk.click(BODIES[Kind.HORIZONTAL])
        (before,) = desk.shown()
        desk.key(Qt.Key.Key_Up)
        (after,) = desk.shown()
        assert -3.0 < after.y() - before.y() < -0.9


def test_a_row_of_nudges_ends_by_itself(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    desk.click(BODIES[Kind.TREND])
    saved: list[int] = []
    handle = desk.board.edited.connect(lambda stack: saved.append(len(stack)))
    desk.key(Qt.Key.Key_Up)
    assert saved == []
    qtbot.waitUntil(lambda: saved == [1])
    desk.key(Qt.Key.Key_Up)
    desk.drawings.show(None)
    assert saved == [1, 1], "another instrument ends it too"
    handle.disconnect()


def test_with_nothing_selected_arrows_walk_the_crosshair(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    before, index = desk.only, desk.view.crosshair.index
    assert index is not None
    desk.key(Qt.Key.Key_Left)
    assert desk.only == before
    assert desk.view.crosshair.index == index - 1


def test_copies_stand_beside_and_are_selected(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.CHANNEL)
    desk.click(BODIES[Kind.CHANNEL])
    desk.key(Qt.Key.Key_D, CONTROL)
    first, copy = desk.board.drawings
    assert desk.board.selection == {copy.id}
    ways = [after - was for after, was in zip(desk.shown(copy), desk.shown(first), strict=True)]
    assert all(way.x() > 5.0 and way.y() > 5.0 for way in ways)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.board.drawings == (first,)


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


def test_tab_walks_through_the_drawings_and_reads_them(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    trend = desk.draw(Kind.TREND, *SHARES)
    text = desk.draw(Kind.TEXT, (0.1, 0.1), text="Here")
    desk.drawings.select(())
    desk.key(Qt.Key.Key_Tab)
    assert desk.board.selection == {trend.id}
    assert desk.drawings.told.startswith("Trend line from ")
    assert " on 2026-11-20 " in desk.drawings.told
    assert " to " in desk.drawings.told
    assert desk.view.accessibleDescription().startswith(desk.drawings.told)
    desk.key(Qt.Key.Key_Tab)
    assert desk.board.selection == {text.id}
    assert desk.drawings.told.endswith("“Here”")
    desk.key(Qt.Key.Key_Tab, SHIFT)
    assert desk.board.selection == {trend.id}
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Tab)
    assert desk.board.selection == frozenset()
    assert not desk.view.hasFocus(), "after the last one the focus goes on"


def test_tab_brings_what_is_out_of_view_into_it(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.draw(Kind.TREND, *SHARES)
    desk.drawings.select(())
    desk.key(Qt.Key.Key_Home)
    desk.key(Qt.Key.Key_Tab)
    assert any(0.0 <= place.x() <= desk.view.price.area.right() for place in desk.shown())


def test_a_double_click_types_a_text_anew(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TEXT)
    QTest.mouseDClick(desk.surface, Qt.MouseButton.LeftButton, NONE, desk.place(BODIES[Kind.TEXT]))
    desk.type("Other")
    QTest.keyClick(desk.box(), Qt.Key.Key_Return)
    assert desk.only.style.text == "Other"
    QTest.mouseDClick(desk.surface, Qt.MouseButton.LeftButton, NONE, desk.place(BODIES[Kind.TEXT]))
    QTest.keyClick(desk.box(), Qt.Key.Key_Delete)
    QTest.keyClick(desk.box(), Qt.Key.Key_Return)
    assert desk.board.drawings == (), "a text of nothing is none"


def test_a_double_click_on_a_line_asks_for_its_style(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    QTest.mouseDClick(desk.surface, Qt.MouseButton.LeftButton, NONE, desk.place(BODIES[Kind.TREND]))
    dialog = desk.drawings._dialog
    assert dialog is not None
    dialog.reject()
    assert desk.drawings._dialog is None


def test_the_menu_offers_what_can_be_done(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    assert "remove" not in desk.menu(CENTRE)
    assert "remove_all" in desk.menu(CENTRE)
    offered = desk.menu(BODIES[Kind.TREND])
    assert desk.board.selection == {desk.only.id}
    assert {"style", "duplicate", "lock", "hide", "front", "back", "remove"} <= set(offered)
    assert "text" not in offered
    offered["remove"].trigger()
    assert desk.board.drawings == ()
    assert desk.menu(CENTRE) == {}


def test_hidden_ones_are_shown_again(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    shown = desk.picture()
    desk.menu(BODIES[Kind.TREND])["hide"].trigger()
    assert desk.only.hidden
    assert desk.board.selection == frozenset()
    assert desk.picture() != shown
    desk.menu(CENTRE)["show_all"].trigger()
    assert not desk.only.hidden


def test_order_can_be_changed(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    one = desk.draw(Kind.TREND, (0.1, 0.2), (0.3, 0.3))
    other = desk.draw(Kind.TREND, (0.1, 0.6), (0.3, 0.7))
    desk.menu((0.2, 0.25))["front"].trigger()
    assert desk.board.drawings == (other, one)
    desk.action("back").trigger()
    assert desk.board.drawings == (one, other)


def test_all_are_locked_hidden_and_removed_at_once(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    for share in (0.2, 0.4, 0.6):
        desk.draw(Kind.HORIZONTAL, (0.5, share))
    before = desk.board.drawings
    desk.action("lock_all").trigger()
    assert all(it.locked for it in desk.board.drawings)
    assert not desk.action("remove_all").isEnabled()
    desk.action("lock_all").trigger()
    assert not any(it.locked for it in desk.board.drawings)
    desk.action("hide_all").trigger()
    assert all(it.hidden for it in desk.board.drawings)
    desk.action("show_all").trigger()
    desk.action("remove_all").trigger()
    assert desk.board.drawings == ()
    assert desk.messages == ["Drawings removed: 3. Undo brings them back."]
    desk.action("undo").trigger()
    assert desk.board.drawings == before


def test_another_board_is_shown_and_its_selection_is_fresh(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    first = desk.board
    desk.click(BODIES[Kind.TREND])
    picture = desk.picture()
    desk.drawings.show(DrawingBoard())
    assert desk.picture() != picture
    desk.click(BODIES[Kind.TREND])
    assert first.selection == frozenset()
    desk.drawings.show(first)
    desk.click(BODIES[Kind.TREND])
    assert first.selection


def line(price: float) -> Drawing:
    return replace(new_drawing(Kind.HORIZONTAL, [Anchor(0.0, price)]), id=1)


def test_neither_a_tick_nor_the_pointer_makes_a_shape_anew(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = DrawDesk(qtbot, drawings=[line(100.0)])
    made: list[int] = []
    shape_of = drawing_scene.shape_of

    def counted(drawing: Drawing, plane: object) -> object:
        made.append(drawing.id)
        return shape_of(drawing, plane)  # type: ignore[arg-type]

    monkeypatch.setattr(drawing_scene, "shape_of", counted)
    desk.picture()
    desk.view.refresh_live(forming=True)
    desk.hover((0.4, 0.4))
    desk.picture()
    assert made == []
    desk.view.refit()
    desk.picture()
    assert made == [1], "another view is another shape, once"


def test_a_gesture_leaves_what_lies_still_as_it_was_painted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = DrawDesk(qtbot)
    desk.draw(Kind.TREND, *SHARES)
    desk.press(BODIES[Kind.TREND])
    desk.hover((0.5, 0.5))
    desk.picture()
    touched: list[object] = []
    monkeypatch.setattr(desk.view, "touch", touched.append)
    desk.hover((0.6, 0.5))
    desk.hover((0.6, 0.6))
    assert touched == []
    desk.release((0.6, 0.6))
    assert touched, "now it lies still"


def test_another_tool_has_the_mouse_to_itself(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    before = desk.only
    desk.panel._tools.take_box_zoom(True)
    desk.hover(BODIES[Kind.TREND])
    assert desk.drawings.scene.hovered == 0
    desk.drag(BODIES[Kind.TREND], (0.6, 0.8))
    assert desk.board.drawings == (before,)
    assert desk.board.selection == frozenset()


def test_what_shift_and_control_hold_works_beside_the_drawings(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    span = desk.view.window_.span
    desk.drag((0.7, 0.2), (0.9, 0.21), CONTROL)
    assert desk.view.window_.span < 0.5 * span
    assert desk.board.selection == frozenset()


def test_a_level_line_tells_its_price(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = DrawDesk(qtbot)
    written: list[float] = []
    write = desk.drawings.scene.write
    monkeypatch.setattr(
        desk.drawings.scene, "write", lambda price: written.append(price) or write(price)
    )
    desk.draw(Kind.HORIZONTAL, (0.5, 0.15))
    desk.picture()
    assert set(written) == {desk.only.anchors[0].price}


def test_a_chart_without_bars_shows_and_takes_nothing(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot, drawings=[line(100.0)])
    desk.view.show_series(CandleSeries(), Interval.M1, Market.CRYPTO)
    desk.take(Kind.TREND)
    desk.click(SHARES[0])
    desk.key(Qt.Key.Key_Tab)
    desk.picture()
    assert desk.board.drawings == (line(100.0),)
    assert desk.drawings.scene.sketches() == []
