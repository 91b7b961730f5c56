"""What every test gets: a screen that is none, examples without a stopwatch, and a tidy thread."""

import gc
import itertools
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

YOUNG = 700  # new containers that make a look worth while: Python's own measure
ALL_EVERY = 100  # looks

# A screen of the usual size: Qt's own is 800 pixels wide, and the desk keeps its window inside.
SCREEN = Path(__file__).with_name("screen.json")
if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={SCREEN}"

# How long an example takes says more about the machine than about the code.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")

# Python collects garbage in whichever thread happens to allocate: a widget that an earlier test
# left behind would be deleted in a thread of the store, and the program die later, in a test that
# has nothing to do with it. So it is collected between the tests, as ``ui.collector`` does it.
gc.disable()
_looks = itertools.count(1)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Collect garbage in the tests' own thread."""
    if gc.get_count()[0] > YOUNG:
        gc.collect(2 if next(_looks) % ALL_EVERY == 0 else 1)


def pytest_sessionfinish() -> None:
    """Empty the clipboard while Python is there to let go of what it holds.

    Offscreen it is one of Qt's statics, and would delete Python's object after Python's end.
    """
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance() is not None:
            QGuiApplication.clipboard().clear()
