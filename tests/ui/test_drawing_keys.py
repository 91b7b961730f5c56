"""Moving, copying and removing what was drawn by keys, through the real widget."""

import pytest
from drawdesk import CONTROL, SHIFT, DrawDesk
from drawnkinds import BODIES, INVERTED_LOG, KINDS, SHARES, drawn
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from alltick_desk.model.drawings import Kind
from alltick_desk.ui.chart.look import ChartLook

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


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


def test_what_shift_and_control_hold_works_beside_the_drawings(qtbot: QtBot) -> None:
    desk = drawn(qtbot, Kind.TREND)
    span = desk.view.window_.span
    desk.drag((0.7, 0.2), (0.9, 0.21), CONTROL)
    assert desk.view.window_.span < 0.5 * span
    assert desk.board.selection == frozenset()
