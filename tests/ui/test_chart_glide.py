"""A chart that runs on after a drag, where the person wants that."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from chartscene import TENCENT, Scene
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from alltick_desk.model.interval import Interval
from alltick_desk.ui.chart import ChartLook
from alltick_desk.ui.chart.glide import LONGEST_S, Glide

LEFT = Qt.MouseButton.LeftButton


class Road:
    """Something that is dragged along, and a clock that a hand moves."""

    def __init__(self, room: float = 1e9) -> None:
        self.now_s = 100.0
        self.at, self.room = 0.0, room
        self.glide = Glide(self.pan)
        self.glide.on = True
        self.glide.now_s = lambda: self.now_s

    def pan(self, right_px: float) -> bool:
        before, self.at = self.at, min(self.at + right_px, self.room)
        return self.at != before

    def throw(self, speed: float, *, rest_s: float = 0.0, steps: int = 8) -> None:
        """Drag with so many pixels a second, hold still for a while, and let go."""
        for step in range(steps):
            self.glide.follow(speed * step * 0.01)
            self.now_s += 0.01
        self.now_s += rest_s - 0.01
        self.glide.let_go()

    def run(self, seconds: float, step_s: float = 0.015) -> float:
        """Let time pass; return how far it went in it."""
        before, end_s = self.at, self.now_s + seconds
        while self.now_s < end_s and self.glide.runs:
            self.now_s += step_s
            self.glide.step()
        return self.at - before


def test_a_throw_runs_on_slower_and_slower_and_is_over_in_half_a_second(
    qapp: QApplication,
) -> None:
    road = Road()
    road.throw(1500.0)
    ways = [road.run(0.09) for _ in range(6)]
    assert ways[0] > 60.0
    assert all(later < sooner for sooner, later in pairwise(ways))
    assert ways[4] < 0.1 * ways[0]
    assert not road.glide.runs


def test_a_throw_goes_as_far_however_late_the_steps_come(qapp: QApplication) -> None:
    swift, slow = Road(), Road()
    for road in (swift, slow):
        road.throw(-900.0)
    swift.run(1.0, 0.004)
    slow.run(1.0, 0.4)
    assert swift.at == pytest.approx(slow.at, abs=1e-6)
    assert swift.at < -100.0


@pytest.mark.parametrize(
    ("speed", "rest_s", "steps"), [(1500.0, 0.06, 8), (50.0, 0.0, 8), (1500.0, 0.0, 1)]
)
def test_who_holds_still_or_is_slow_or_only_presses_throws_nothing(
    speed: float, rest_s: float, steps: int, qapp: QApplication
) -> None:
    road = Road()
    road.throw(speed, rest_s=rest_s, steps=steps)
    assert not road.glide.runs


def test_nothing_runs_where_it_is_not_wanted(qapp: QApplication) -> None:
    road = Road()
    road.glide.on = False
    road.throw(1500.0)
    assert not road.glide.runs


def test_it_stops_where_the_bars_go_no_further(qapp: QApplication) -> None:
    road = Road(room=20.0)
    road.throw(1500.0)
    road.run(0.1)
    assert road.at == 20.0
    assert not road.glide.runs


# Through the chart


def throw(scene: Scene) -> None:
    """Drag the bars to the right by the mouse, and let go in full swing."""
    clock = [10.0]
    scene.view.glide.now_s = lambda: clock[0]
    QTest.mousePress(scene.surface, LEFT, pos=QPoint(300, 100))
    for x in (320, 360, 420):
        clock[0] += 0.02
        scene.move(x, 100, pressed=True)
    QTest.mouseRelease(scene.surface, LEFT, pos=QPoint(420, 100))
    scene.view.glide.now_s = lambda: clock[0] + 0.1


def test_inertia_is_off_unless_the_person_turns_it_on(make_chart: Callable[..., Scene]) -> None:
    scene = make_chart()
    throw(scene)
    assert not scene.view.glide.runs
    assert not scene.entry("inertia").isChecked()
    scene.choose("inertia")
    assert scene.entry("inertia").isChecked()
    assert scene.looks[-1].inertia
    assert ChartLook.from_dict(scene.looks[-1].to_dict()).inertia
    throw(scene)
    assert scene.view.glide.runs
    before = scene.edges()
    scene.view.glide.step()
    assert scene.edges()[0] < before[0] - 1.0


def _press(scene: Scene) -> None:
    QTest.mousePress(scene.surface, LEFT, pos=QPoint(300, 100))


def _wheel(scene: Scene) -> None:
    scene.wheel(1, 300)


def _arrow(scene: Scene) -> None:
    scene.key(Qt.Key.Key_Left)


def _go_to_now(scene: Scene) -> None:
    scene.tool_button("chartNow").click()


def _other_interval(scene: Scene) -> None:
    scene.session.open(TENCENT, Interval.M5)
    scene.panel.on_frame()


@pytest.mark.parametrize("deed", [_press, _wheel, _arrow, _go_to_now, _other_interval])
def test_whatever_a_person_does_next_stops_it(
    deed: Callable[[Scene], None], make_chart: Callable[..., Scene]
) -> None:
    scene = make_chart()
    scene.panel.set_look(ChartLook(inertia=True))
    throw(scene)
    assert scene.view.glide.runs
    deed(scene)
    assert not scene.view.glide.runs


def test_its_own_timer_ends_it(make_chart: Callable[..., Scene], qtbot: QtBot) -> None:
    scene = make_chart()
    scene.panel.set_look(ChartLook(inertia=True))
    throw(scene)
    begun_s = scene.view.glide.now_s()
    scene.view.glide.now_s = lambda: begun_s + LONGEST_S
    qtbot.waitUntil(lambda: not scene.view.glide.runs, timeout=10_000)


def test_the_crosshair_stays_beneath_the_pointer_as_the_bars_run_on(
    make_chart: Callable[..., Scene],
) -> None:
    scene = make_chart()
    scene.panel.set_look(ChartLook(inertia=True))
    throw(scene)
    view = scene.view
    before = view.crosshair.index
    view.glide.step()
    assert view.crosshair.index == round(view.bar_at(420.0)) != before
