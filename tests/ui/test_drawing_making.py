"""Drawing on the chart through its real widget: every kind, by clicks and by drags."""

import math

import pytest
from drawdesk import CONTROL, NONE, SHIFT, T0, DrawDesk, price_at
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from alltick_desk.model.drawings import KINDS, Kind
from alltick_desk.model.interval import Interval
from alltick_desk.ui.chart.look import ChartLook
from alltick_desk.ui.chart.scale import ScaleKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen

SHARES = ((0.2, 0.7), (0.5, 0.3), (0.6, 0.6))
DRAGGED = [kind for kind in Kind if KINDS[kind].anchors == 2]
LOOKS = {
    "linear": ChartLook(),
    "log": ChartLook(scale=ScaleKind.LOGARITHMIC),
    "percent": ChartLook(scale=ScaleKind.PERCENT),
    "inverted": ChartLook(inverted=True),
    "log inverted": ChartLook(scale=ScaleKind.LOGARITHMIC, inverted=True),
    "by clock": ChartLook(by_clock=True),
}


def near(points: list[QPointF], desk: DrawDesk, *shares: tuple[float, float]) -> bool:
    wanted = [QPointF(desk.place(share)) for share in shares]
    return len(points) == len(wanted) and all(
        (one - other).manhattanLength() < 0.01 for one, other in zip(points, wanted, strict=True)
    )


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_clicks_put_the_points_where_they_are_on_every_scale(
    qtbot: QtBot, kind: Kind, look: ChartLook
) -> None:
    desk = DrawDesk(qtbot, look)
    desk.draw(kind, *SHARES)
    assert desk.only.kind == kind
    assert near(desk.shown(), desk, *SHARES[: KINDS[kind].anchors])
    assert desk.drawings.kind is None, "the tool is left"
    assert desk.board.selection == {desk.only.id}


@pytest.mark.parametrize("kind", DRAGGED, ids=lambda kind: kind.value)
def test_a_drag_draws_from_where_it_begins_to_where_it_ends(qtbot: QtBot, kind: Kind) -> None:
    desk = DrawDesk(qtbot)
    window = desk.view.window_.left
    desk.take(kind)
    desk.drag(SHARES[0], SHARES[1])
    assert near(desk.shown(), desk, *SHARES[:2])
    assert desk.view.window_.left == window, "the chart was not dragged"


def test_a_channel_is_dragged_and_then_widened_by_a_click(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.take(Kind.CHANNEL)
    desk.drag(SHARES[0], SHARES[1])
    assert not desk.board.can_undo
    desk.click(SHARES[2])
    assert near(desk.shown(), desk, *SHARES)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_it_stands_at_the_same_moments_on_another_interval(qtbot: QtBot, kind: Kind) -> None:
    desk = DrawDesk(qtbot)
    drawn = desk.draw(kind, *SHARES)
    moments = [anchor.time_s for anchor in drawn.anchors]
    desk.show_interval(Interval.M15, 15)
    desk.view.grab()
    assert desk.only == drawn
    for moment, place in zip(moments, desk.shown(), strict=True):
        bar = round(desk.view.bar_at(place.x()))
        assert desk.view.series.time[bar] == moment // 900 * 900


def test_what_is_being_drawn_is_seen_before_it_is_there(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.take(Kind.TREND)
    desk.click(SHARES[0])
    assert desk.board.drawings
    before = desk.picture()
    desk.hover(SHARES[1])
    assert near(desk.shown(), desk, *SHARES[:2])
    assert desk.board.in_motion == {desk.only.id}
    assert not desk.board.can_undo
    assert desk.picture() != before


def test_escape_gives_up_what_is_half_drawn_and_the_tool(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.take(Kind.TREND)
    desk.click(SHARES[0])
    desk.hover(SHARES[1])
    desk.key(Qt.Key.Key_Escape)
    assert desk.board.drawings == ()
    assert desk.drawings.kind is None
    desk.click(SHARES[1])
    assert desk.board.drawings == ()


def test_undo_gives_up_what_is_half_drawn_and_keeps_the_tool(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.draw(Kind.HORIZONTAL, (0.5, 0.2))
    desk.take(Kind.TREND)
    desk.click(SHARES[0])
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert [it.kind for it in desk.board.drawings] == ["horizontal"]
    assert desk.drawings.kind is Kind.TREND
    desk.drag(SHARES[0], SHARES[1])
    assert len(desk.board.drawings) == 2


def test_two_quick_clicks_are_two_clicks(qtbot: QtBot) -> None:
    """The second of them reaches the chart as a double click."""
    desk = DrawDesk(qtbot)
    desk.take(Kind.TREND)
    desk.click(SHARES[0])
    QTest.mouseDClick(desk.surface, Qt.MouseButton.LeftButton, NONE, desk.place(SHARES[1]))
    assert near(desk.shown(), desk, *SHARES[:2])


def test_a_second_click_at_the_same_place_waits_for_another(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.take(Kind.TREND)
    desk.click(SHARES[0])
    desk.click(SHARES[0])
    assert not desk.board.can_undo
    desk.click(SHARES[1])
    assert near(desk.shown(), desk, *SHARES[:2])


def test_keep_drawing_stays_with_the_tool(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.action("keep").trigger()
    desk.take(Kind.HORIZONTAL)
    desk.click((0.3, 0.3))
    desk.click((0.3, 0.6))
    assert len(desk.board.drawings) == 2
    assert desk.drawings.kind is Kind.HORIZONTAL
    assert desk.board.selection == frozenset()


@pytest.mark.parametrize("held", [True, False], ids=["control", "magnet"])
@pytest.mark.parametrize("inverted", [False, True])
def test_the_magnet_catches_at_the_prices_of_a_bar(
    qtbot: QtBot, held: bool, inverted: bool
) -> None:
    desk = DrawDesk(qtbot, ChartLook(inverted=inverted))
    if not held:
        desk.action("magnet").trigger()
    bar = 1_900
    row = desk.view.series.row(bar)
    area = desk.view.price.area
    x = (desk.view.x_of(bar) + 0.3 * desk.view.bar_px - area.left()) / area.width()
    y = (desk.view.price.scale.pixel(row.high) - 4.0 - area.top()) / area.height()
    y += 8.0 / area.height() if inverted else 0.0
    desk.take(Kind.HORIZONTAL)
    desk.click((x, y), CONTROL if held else NONE)
    (anchor,) = desk.only.anchors
    assert anchor.price in {row.open, row.high, row.low, row.close}
    assert anchor.time_s == pytest.approx(row.time_s + 30.0)
    free = desk.draw(Kind.HORIZONTAL, (0.5, 0.02)).anchors[0].price
    assert free == pytest.approx(desk.anchor((0.5, 0.02)).price), "nothing is near"


def test_without_the_magnet_a_point_is_where_the_pointer_is(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    row = desk.view.series.row(1_900)
    area = desk.view.price.area
    share = (
        (desk.view.x_of(1_900) - area.left()) / area.width(),
        (desk.view.price.scale.pixel(row.high) - 4.0 - area.top()) / area.height(),
    )
    assert near(desk.shown(desk.draw(Kind.HORIZONTAL, share)), desk, share)


@pytest.mark.parametrize(
    ("end", "angle"), [((0.6, 0.66), 0), ((0.22, 0.2), -90), ((0.5, 0.2), -45)]
)
def test_shift_keeps_to_straight_angles(
    qtbot: QtBot, end: tuple[float, float], angle: float
) -> None:
    desk = DrawDesk(qtbot)
    desk.take(Kind.TREND)
    desk.drag(SHARES[0], end, SHIFT)
    start, stop = desk.shown()
    way = stop - start
    assert math.degrees(math.atan2(way.y(), way.x())) == pytest.approx(angle, abs=0.01)
    first, second = desk.only.anchors
    if angle == 0:
        assert first.price == second.price
    if angle == -90:
        assert first.time_s == second.time_s


def test_a_text_is_typed_where_it_stands(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.take(Kind.TEXT)
    desk.click(SHARES[0])
    box = desk.box()
    assert box is not None
    assert box.hasFocus()
    assert box.geometry().contains(desk.place(SHARES[0]))
    desk.type("r Top?")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert desk.only.style.text == "r Top?"
    assert near(desk.shown(), desk, SHARES[0])
    assert desk.view.hasFocus()


def test_a_text_that_is_given_up_or_empty_is_none(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    for text, key in (("half", Qt.Key.Key_Escape), ("  ", Qt.Key.Key_Return)):
        desk.take(Kind.TEXT)
        desk.click(SHARES[0])
        desk.type(text)
        QTest.keyClick(desk.box(), key)
        assert desk.board.drawings == ()
        assert desk.drawings.kind is None


def test_a_click_elsewhere_keeps_the_text(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.take(Kind.TEXT)
    desk.click(SHARES[0])
    desk.type("kept")
    desk.view.setFocus()
    assert desk.only.style.text == "kept"


def test_the_box_goes_where_the_chart_goes(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.take(Kind.TEXT)
    desk.click((0.5, 0.5))
    box = desk.box()
    assert box is not None
    left = box.x()
    desk.view.window_.pan(-20.0, desk.view.axis.extent)
    desk.view.refit()
    assert box.x() == pytest.approx(left + 20 * desk.view.bar_px, abs=1.0)


def test_a_press_beyond_the_price_pane_is_the_charts(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.take(Kind.TREND)
    desk.click((0.5, 1.1))  # the volumes
    assert desk.board.drawings == ()
    assert desk.drawings.kind is Kind.TREND


def test_a_new_drawing_takes_the_style_that_was_chosen_last(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.draw(Kind.TREND, *SHARES)
    desk.action("style").trigger()
    dialog = desk.drawings._dialog
    assert dialog is not None
    dialog._change("width", 4.0)
    dialog.accept()
    assert desk.draw(Kind.TREND, (0.1, 0.2), (0.3, 0.2)).style.width == 4.0
    assert desk.draw(Kind.RAY, (0.1, 0.2), (0.3, 0.2)).style.width == 1.5


def test_the_button_takes_the_last_tool_and_its_menu_has_all(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    button = desk.drawings.actions.button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, NONE, button.rect().center() / 2)
    assert desk.drawings.kind is Kind.TREND
    assert button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, NONE, button.rect().center() / 2)
    assert desk.drawings.kind is None
    assert not button.isChecked()
    desk.take(Kind.ARROW)
    desk.drag(SHARES[0], SHARES[1])
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, NONE, button.rect().center() / 2)
    assert desk.drawings.kind is Kind.ARROW
    menu = button.menu()
    assert isinstance(menu, QMenu)
    names = {action.objectName() for action in menu.actions()}
    assert {f"drawing.tool.{kind.value}" for kind in Kind} <= names
    assert all(action.toolTip() for action in menu.actions() if action.objectName())
    assert button.accessibleName() == "Draw"
    assert "Arrow (Alt+A)" in button.toolTip()


@pytest.mark.parametrize(("key", "kind"), [("T", Kind.TREND), ("B", Kind.RECTANGLE)])
def test_a_tool_is_taken_by_its_key(qtbot: QtBot, key: str, kind: Kind) -> None:
    desk = DrawDesk(qtbot)
    QTest.keyClick(desk.view, key, Qt.KeyboardModifier.AltModifier)
    assert desk.drawings.kind is kind


def test_without_a_board_nothing_can_be_drawn(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    desk.drawings.show(None)
    assert not desk.drawings.actions.button.isEnabled()
    assert not desk.action(Kind.TREND).isEnabled()
    desk.click(SHARES[0])
    desk.key(Qt.Key.Key_Delete)
    assert desk.menu(SHARES[0]) == {}


def test_the_prices_of_the_tests_are_the_charts(qtbot: QtBot) -> None:
    desk = DrawDesk(qtbot)
    row = desk.view.series.row(1_234)
    assert row.time_s == T0 + 1_234 * 60
    assert row.open == pytest.approx(price_at(1_234), abs=0.001)
