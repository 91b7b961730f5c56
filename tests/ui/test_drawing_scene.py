"""What a chart shows of its drawings, and what it does not make anew."""

import pytest
from drawdesk import DrawDesk
from drawnkinds import BODIES, SHARES, drawn
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from alltick_desk.model.drawings import Anchor, Drawing, Kind, new_drawing
from alltick_desk.model.instrument import Market
from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries
from alltick_desk.services.drawings import DrawingBoard
from alltick_desk.ui.chart import drawing_scene

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


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
