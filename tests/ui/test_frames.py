"""Frames: one after a wake, none without, and every one measured."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from alltick_desk.ui.frames import FrameClock, MeteredWindow, PaintMeter


def test_no_frame_without_a_wake_and_one_after_many(qtbot: QtBot) -> None:
    frames: list[int] = []
    clock = FrameClock(lambda: frames.append(1))
    qtbot.wait(80)
    assert frames == []
    for _ in range(100):
        clock.wake()
    qtbot.waitUntil(lambda: frames == [1])
    qtbot.wait(80)
    assert frames == [1]
    clock.wake()
    qtbot.waitUntil(lambda: frames == [1, 1])


def test_a_stopped_clock_stays_stopped(qtbot: QtBot) -> None:
    frames: list[int] = []
    clock = FrameClock(lambda: frames.append(1))
    clock.wake()
    clock.stop()
    clock.wake()
    qtbot.wait(80)
    assert frames == []


def test_a_frame_is_its_work_and_its_painting() -> None:
    meter = PaintMeter()
    meter.worked(0.002, [9.95, 9.99])
    meter.painted(0.003, 10.0)
    assert meter.frames == 1
    assert [round(value, 6) for value in meter.frame_ms] == [5.0]
    assert [round(value, 6) for value in meter.tick_to_paint_ms] == [50.0, 10.0]
    meter.painted(0.001, 11.0)
    assert [round(value, 6) for value in meter.frame_ms] == [5.0, 1.0]
    assert len(meter.tick_to_paint_ms) == 2


def test_a_frame_that_showed_nothing_new_is_forgotten() -> None:
    meter = PaintMeter()
    meter.worked(0.5, [1.0])
    meter.worked(0.002, [9.95])
    meter.painted(0.003, 10.0)
    assert [round(value, 6) for value in meter.frame_ms] == [5.0]
    assert [round(value, 6) for value in meter.tick_to_paint_ms] == [50.0]


def test_a_window_that_is_asked_to_update_is_not_yet_painted(qtbot: QtBot) -> None:
    window = MeteredWindow()
    qtbot.addWidget(window)
    QApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
    assert not window.was_painted
    window.show()
    qtbot.waitUntil(lambda: window.was_painted)


def test_painting_a_window_is_timed(qtbot: QtBot) -> None:
    window = MeteredWindow()
    qtbot.addWidget(window)
    label = QLabel("1")
    window.setCentralWidget(label)
    window.show()
    qtbot.waitExposed(window)
    qtbot.wait(30)
    before = window.meter.frames
    label.setText("2")
    qtbot.waitUntil(lambda: window.meter.frames > before)
    assert all(value > 0 for value in window.meter.frame_ms)
