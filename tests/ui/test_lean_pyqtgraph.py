"""pyqtgraph is loaded without every class of Qt, and nobody can tell."""

import subprocess
import sys

LOADED = """
import PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets
import alltick_desk.ui.chart
import pyqtgraph
from pyqtgraph.Qt import QtCore, QtGui, QtWidgets

"""


def run(lines: str) -> None:
    """Run in a process of its own: here everything is loaded already."""
    subprocess.run([sys.executable, "-c", LOADED + lines], check=True, timeout=60)


def test_no_class_is_made_before_somebody_asks_for_it() -> None:
    run(
        "for mirror, name in ((QtCore, 'QXmlStreamReader'), (QtGui, 'QPdfWriter'),"
        " (QtWidgets, 'QCalendarWidget')):\n"
        "    assert name not in vars(mirror), name"
    )


def test_every_name_of_qt_is_found_through_pyqtgraph() -> None:
    run(
        "for mirror, source in ((QtCore, PySide6.QtCore), (QtGui, PySide6.QtGui),"
        " (QtWidgets, PySide6.QtWidgets)):\n"
        "    names = dir(source)\n"
        "    assert len(names) > 150, names\n"
        "    for name in names:\n"
        "        if not name.startswith('__'):\n"
        "            assert getattr(mirror, name) is getattr(source, name), name\n"
        "assert not hasattr(QtGui, 'QNoSuchThing')"
    )
