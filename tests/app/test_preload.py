"""Qt's libraries that are loaded ahead: in a process of their own, since they stay."""

import subprocess
import sys

import pytest

from alltick_desk.app import preload

LOADED = """
import sys
from pathlib import Path
from alltick_desk.app import preload
thread = preload.begin([])
if thread is not None:
    thread.join()
print("libQt6Widgets" in Path("/proc/self/maps").read_text(), "PySide6" in sys.modules)
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
app = QApplication([])
print(QThread.isMainThread(), app.thread() == QThread.currentThread())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there it is done")
def test_the_libraries_are_there_and_the_main_thread_stays_qt_s() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False", "True", "True"]
    assert not done.stderr


@pytest.mark.parametrize("said", ["--version", "--help", "-h", "--doctor", "--export"])
def test_where_there_is_no_window_nothing_is_loaded(said: str) -> None:
    assert preload.begin(["--profile", "here", said]) is None


def test_other_systems_load_nothing_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert preload.begin([]) is None


def test_libraries_that_cannot_be_loaded_are_left_to_the_start_up_checks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(preload, "_LAST", "libNobodyHasThis.so.6")
    thread = preload.begin([])
    assert thread is not None
    thread.join()
