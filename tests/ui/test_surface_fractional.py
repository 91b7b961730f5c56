"""Painting at 125 % and 150 %: the same picture either way, and none kept that is not needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
from PySide6.QtWidgets import QApplication
app = QApplication([])
from chartscene import Scene, minutes
scene = Scene(minutes(900))
view = scene.view
view.setParent(None)
view.resize({width}, {height})
view.show()
app.processEvents()
kept = []
bring_up = view._bring_up
view._bring_up = lambda: (kept.append(1), bring_up())
view.show_places(100.0, 800.0)
moving = view.grab().toImage()
at_once = not kept
view._stale, view._all_new = [view.viewport().rect()], False
still = view.grab().toImage()
print(view.devicePixelRatioF(), at_once, len(kept) > 0, moving == still)
scene.end()
"""


@pytest.mark.parametrize(
    ("scale", "width", "height", "at_once"),
    [
        ("1", 801, 601, True),
        ("1.5", 800, 600, True),
        ("1.5", 801, 600, False),  # ends within a device pixel
        ("1.25", 800, 600, True),
    ],
)
def test_what_moves_is_painted_at_once_where_it_lies_on_whole_pixels(
    tmp_path: Path, scale: str, width: int, height: int, at_once: bool
) -> None:
    here = str(Path(__file__).parent)
    tests = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(width=width, height=height)],
        env={**os.environ, "QT_SCALE_FACTOR": scale, "PYTHONPATH": os.pathsep.join([here, tests])},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(float(scale)), str(at_once), "True", "True"]
