"""What is loaded when the first window has been painted: nothing that it can do without."""

import subprocess
import sys
from pathlib import Path

HEAVY = (
    "asyncio",
    "dataclasses",
    "datetime",
    "msgspec",
    "numpy",
    "pyqtgraph",
    "httpx",
    "websockets",
    "qasync",
    "keyring",
    "sqlite3",
    "ssl",
)

# PySide builds a class, and all its enumerations, when it is first touched, be it by an
# overload that is not called: QPainter.fillRect(…, QColor) builds QGradient.
LATE = ("QGradient", "QIcon", "QLibraryInfo")

PROGRAM = """
import builtins, gc, os, sys
import_at_first = builtins.__import__
from alltick_desk import __main__ as program
import_qt = program._import_qt

def watched() -> None:
    import_qt()
    from alltick_desk.app import run
    paint = run._first_paint
    def first_paint(front, app):
        paint(front, app)
        print(front.window.was_painted, builtins.__import__ is import_at_first)
        print(*(name for name in {heavy!r} if name in sys.modules))
        from PySide6 import QtCore, QtGui
        print(*(name for name in {late!r} if name in vars(QtCore) or name in vars(QtGui)))
        sys.stdout.flush()
        os._exit(0)
    run._first_paint = first_paint

program._import_qt = watched
sys.argv[1:] = ["--endpoint", "http://127.0.0.1:9", "--profile", {profile!r}]
program.main()
"""


def test_the_first_window_waits_for_nothing_heavy(tmp_path: Path) -> None:
    program = PROGRAM.format(heavy=HEAVY, late=LATE, profile=str(tmp_path / "profile"))
    done = subprocess.run(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    painted, loaded, built = done.stdout.splitlines()
    assert painted == "True True"
    assert loaded == ""
    assert built == ""
