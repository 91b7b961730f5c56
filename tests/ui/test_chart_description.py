"""What a screen reader finds as the chart's description, and how often it is written."""

from collections.abc import Callable

import pytest
from chartscene import Scene
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen


@pytest.fixture
def scene(make_chart: Callable[..., Scene]) -> Scene:
    return make_chart(60)


def tick(scene: Scene, price: str) -> None:
    """One more trade in the newest bar, and the frame that shows it."""
    scene.trade(5, price)
    scene.panel.on_frame()


def read_out(scene: Scene) -> str:
    return scene.panel.heading.readout.text


def test_ticks_write_it_at_most_once_a_second(scene: Scene) -> None:
    owed = scene.panel._telling._owed
    before = scene.view.accessibleDescription()
    for price in ("601.100", "601.200", "601.300"):
        tick(scene, price)
    assert "601.300" in read_out(scene)
    assert scene.view.accessibleDescription() == before
    assert owed.isActive()
    assert owed.interval() == 1000
    owed.timeout.emit()
    assert read_out(scene) in scene.view.accessibleDescription()
    assert not owed.isActive()


def test_a_key_has_it_written_at_once(scene: Scene) -> None:
    tick(scene, "601.100")
    QTest.keyClick(scene.view, Qt.Key.Key_Left)
    assert read_out(scene) in scene.view.accessibleDescription()
    assert not scene.panel._telling._owed.isActive()
