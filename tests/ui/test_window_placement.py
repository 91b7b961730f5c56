"""Where the main window goes when it comes back: on other screens, and at another scale."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from alltick_desk.ui import main_window
from alltick_desk.ui.main_window import MainWindow
from alltick_desk.ui.placement import fitted

sides = st.integers(-6000, 6000)
lengths = st.integers(1, 6000)
rects = st.builds(QRect, sides, sides, lengths, lengths)

KEEP = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from alltick_desk.ui.main_window import MainWindow
app = QApplication([])
window = MainWindow()
window.setGeometry({area})
window.show()
app.processEvents()
Path(sys.argv[1]).write_bytes(window.layout_state())
"""
BRING_BACK = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from alltick_desk.ui.main_window import MainWindow
app = QApplication([])
window = MainWindow()
assert window.restore_layout(Path(sys.argv[1]).read_bytes())
window.show()
app.processEvents()
print(*window.frameGeometry().getRect(), *window.screen().availableGeometry().getRect())
"""
LAPTOP, LARGE = (0, 0, 1920, 1080), (1920, 0, 2560, 1440)


@given(rects, st.lists(rects, min_size=1, max_size=4))
def test_it_is_inside_one_screen_and_no_smaller_than_it_must_be(
    window: QRect, rooms: list[QRect]
) -> None:
    area = fitted(window, rooms)
    (room, *_) = [it for it in rooms if it.contains(area)]
    assert area.width() in {window.width(), room.width()}
    assert area.height() in {window.height(), room.height()}
    assert fitted(area, [room]) == area
    if not any(it.intersects(window) for it in rooms):
        assert rooms[0].contains(area)


@given(rects, st.lists(rects, max_size=4))
def test_what_is_inside_stays_where_it_is(window: QRect, others: list[QRect]) -> None:
    room = window.adjusted(-5, -5, 5, 5)
    assert fitted(window, [*others, room]) == window


def test_without_a_screen_nothing_changes() -> None:
    assert fitted(QRect(1, 2, 3, 4), []) == QRect(1, 2, 3, 4)


def of_another_screen(window: MainWindow, area: QRect, *, maximized: bool = False) -> bytes:
    """What a window kept on a screen of which Qt takes no geometry."""
    sides = (area.x(), area.y(), area.width(), area.height())
    place = main_window._PLACE.pack(*sides, maximized)
    docks = bytes(window.saveState(main_window._LAYOUT_VERSION).data())
    return main_window._LAYOUT.pack(b"ATDM", 4) + place + b"none" + docks


@pytest.mark.parametrize("maximized", [False, True])
@pytest.mark.parametrize(
    "kept", [QRect(50, 60, 500, 400), QRect(50, 60, 2700, 400), QRect(3000, 60, 500, 4000)]
)
def test_what_qt_does_not_take_is_fitted_all_the_same(
    qtbot: QtBot, kept: QRect, maximized: bool
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert window.restore_layout(of_another_screen(window, kept, maximized=maximized))
    normal = window.normalGeometry() if maximized else window.geometry()
    assert window.isMaximized() is maximized
    assert room.contains(normal)
    if not maximized:
        frame = 2 * main_window._FRAME_PX
        assert normal.width() == min(kept.width(), room.width() - frame)
        tallest = room.height() - frame - 2 * window.fontMetrics().height()
        assert normal.height() == min(kept.height(), tallest)


def test_what_an_older_version_kept_is_read(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.setGeometry(QRect(40, 60, 600, 500))
    geometry = bytes(window.saveGeometry().data())
    docks = bytes(window.saveState(main_window._LAYOUT_VERSION).data())
    other = MainWindow()
    qtbot.addWidget(other)
    old = main_window._LAYOUT.pack(b"ATDL", len(geometry)) + geometry + docks
    assert other.restore_layout(old)
    assert other.geometry().size() == window.geometry().size()


@pytest.mark.parametrize(
    ("kept_on", "area", "screens", "scale"),
    [
        ([LAPTOP], (100, 60, 1700, 950), [LAPTOP], "2"),
        ([LAPTOP], (100, 60, 1700, 950), [LAPTOP], "2.5"),
        ([LAPTOP, LARGE], (2100, 100, 2300, 1300), [LAPTOP], "1"),
        ([LAPTOP, LARGE], (2100, 100, 2300, 1300), [LAPTOP, LARGE], "2"),
    ],
)
def test_between_two_runs(
    tmp_path: Path,
    kept_on: list[tuple[int, ...]],
    area: tuple[int, ...],
    screens: list[tuple[int, ...]],
    scale: str,
) -> None:
    """At another scale, and where a screen has gone, all of the window is on a screen."""
    file = str(tmp_path / "layout")
    run(tmp_path, KEEP.format(area=", ".join(map(str, area))), file, kept_on, "1")
    told = run(tmp_path, BRING_BACK, file, screens, scale)
    x, y, width, height, *room = map(int, told.split())
    assert QRect(*room).contains(QRect(x, y, width, height))
    assert width > 0.9 * min(area[2], room[2])  # and hardly smaller than it must be
    assert height > 0.9 * min(area[3], room[3])


def run(folder: Path, script: str, file: str, screens: list[tuple[int, ...]], scale: str) -> str:
    """Run a script on made-up screens; return what it prints."""
    names = ("x", "y", "width", "height")
    made = [
        {"name": f"S{n}", "dpr": 1, "logicalDpi": 96, "logicalBaseDpi": 96}
        | dict(zip(names, screen, strict=True))
        for n, screen in enumerate(screens)
    ]
    config = folder / "screens.json"
    config.write_text(json.dumps({"screens": made}), encoding="utf-8")
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={config.name}",
        "QT_SCALE_FACTOR": scale,
    }
    done = subprocess.run(
        [sys.executable, "-c", script, file],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
