"""The chart's past: older bars in time, holes that are hatched and told, where history begins."""

from collections.abc import Callable
from typing import Any

from chartscene import T0, Scene, minute
from PySide6.QtCore import Qt

from alltick_desk.model.interval import Interval
from alltick_desk.model.series import CandleSeries, Row
from alltick_desk.services.gaps import ChartGap
from alltick_desk.services.history_pages import Beginning, Begins
from alltick_desk.store.candle_values import GapReason

Make = Callable[..., Scene]
ENDS = "AllTick's history begins here: it has no older bars."


def spy(scene: Scene) -> list[tuple[float, float]]:
    """Write down what the session is told of the person's moves."""
    asked: list[tuple[float, float]] = []
    session: Any = scene.session
    session.reach = lambda first, in_view: asked.append((first, in_view))
    return asked


def test_every_move_tells_how_much_is_left(make_chart: Make) -> None:
    scene = make_chart()
    asked = spy(scene)
    scene.key(Qt.Key.Key_PageUp)
    scene.wheel(-2, 300)
    scene.drag((200, 150), (400, 150))
    assert len(asked) >= 3
    left, right = scene.edges()
    assert asked[-1] == (left, right - left)


def gap(after: int, minutes: int, kind: GapReason, reason: str) -> ChartGap:
    start = T0 + 60 * (after - 498)
    return ChartGap(after, start, start + 60 * minutes, kind, reason, refillable=True)


def tell(scene: Scene, gaps: list[ChartGap], beginning: Beginning | None = None) -> list[int]:
    """Have the session know of holes; return the list that counts its questions."""
    asked: list[int] = []

    def find(first: int, last: int) -> list[ChartGap]:
        asked.append(first)
        return [it for it in gaps if first <= it.after < last]

    session: Any = scene.session
    session.gaps = find
    if beginning is not None:
        type(session).beginning = property(lambda _self: beginning)
    session.changed.emit()
    scene.panel.on_frame()
    return asked


def test_a_hole_is_hatched_and_its_reason_told(make_chart: Make) -> None:
    scene = make_chart()
    before = scene.view.grab().toImage()
    why = "The desk was not connected from 10:31 to 10:34."
    tell(scene, [gap(450, 3, GapReason.DISCONNECTED, why)])
    after = scene.view.grab().toImage()
    assert after != before
    edge = round(0.5 * (scene.view.x_of(450) + scene.view.x_of(451)))
    foot = round(scene.view.volume.area.top()) + 3
    for top in (20, foot):  # in the pane of volumes too
        changed = {
            x
            for x in range(before.width())
            for y in range(top, top + 5)
            if before.pixel(x, y) != after.pixel(x, y)
        }
        assert changed
        assert max(abs(x - edge) for x in changed) <= 5
    scene.move(scene.view.x_of(450), 150)
    assert scene.read_out().endswith(f"Gap {why}")
    scene.move(scene.view.x_of(451), 150)
    assert why in scene.view.price.legend.text
    assert why not in scene.view.volume.legend.text
    scene.move(scene.view.x_of(460), 150)
    assert why not in scene.read_out()


def test_a_closed_market_is_no_hole(make_chart: Make) -> None:
    scene = make_chart()
    tell(scene, [gap(450, 3, GapReason.CLOSED, "The market was closed.")])
    assert scene.view.gaps.gaps == ()


def test_moving_about_seldom_asks_for_holes(make_chart: Make) -> None:
    scene = make_chart()
    asked = tell(scene, [])
    first = len(asked)
    for _ in range(20):
        scene.wheel(0.5, 300, shift=True)
    assert len(asked) == first


def test_the_beginning_of_history_is_marked_and_told(make_chart: Make) -> None:
    scene = make_chart(count=200)
    begins = Beginning(int(scene.session.series.time[0]), Begins.VENDOR, ENDS)
    kept = type(scene.session).beginning
    try:
        tell(scene, [], begins)
        scene.key(Qt.Key.Key_Home)
        assert scene.read_out().endswith(ENDS)
        scene.key(Qt.Key.Key_Right)
        assert ENDS not in scene.read_out()
        scene.key(Qt.Key.Key_PageUp)
        image = scene.view.grab().toImage()
        x = round(scene.view.x_of(-0.5))
        ground = scene.panel._theme.base
        column = [image.pixelColor(x + dx, y) for dx in (-1, 0, 1) for y in range(5, 300)]
        assert sum(colour != ground for colour in column) > 100
    finally:
        type(scene.session).beginning = kept


def test_nothing_is_asked_of_an_empty_chart(make_chart: Make) -> None:
    scene = make_chart(candles=[minute(0, 600.0)])
    asked = spy(scene)
    empty = CandleSeries()
    scene.view.show_series(empty, Interval.M1, scene.session.market)
    scene.wheel(1, 300)
    scene.key(Qt.Key.Key_Home)
    assert asked == []
    empty.put(Row(T0, 1.0, 2.0, 1.0, 1.5, 0.0, 0.0))
    scene.view.sync()
    assert scene.view.window_.shows(0)
