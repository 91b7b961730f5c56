"""Imports pyqtgraph without making every class that Qt has.

pyqtgraph keeps its own copies of PySide6's modules and fills them name by name; PySide6 makes a
class when its name is first read, so that costs as much as half of what else is loaded for the
chart, and several megabytes. Here the copies look names up when somebody asks for one. Nothing
else changes; where pyqtgraph should one day do without copies, this does nothing.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import PySide6.QtCore
import PySide6.QtGui
import PySide6.QtWidgets

_SOURCES: tuple[ModuleType, ...] = (PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets)


class _Mirror(ModuleType):
    """A module that has what another one has, and what is set on it."""

    def __init__(self, name: str, source: ModuleType) -> None:
        super().__init__(name)
        self._source = source

    def __getattr__(self, name: str) -> object:
        found: object = getattr(self._source, name)
        setattr(self, name, found)
        return found


@contextmanager
def _nameless(modules: tuple[ModuleType, ...]) -> Iterator[None]:
    """Have ``dir`` of the modules name nothing."""
    own = [vars(module).get("__dir__") for module in modules]
    for module in modules:
        vars(module)["__dir__"] = list
    try:
        yield
    finally:
        for module, names in zip(modules, own, strict=True):
            if names is None:
                del vars(module)["__dir__"]
            else:
                vars(module)["__dir__"] = names


def _load() -> None:
    for source in _SOURCES:
        name = f"pyqtgraph.Qt.{source.__name__.rpartition('.')[2]}"
        sys.modules.setdefault(name, _Mirror(name, source))
    with _nameless(_SOURCES):
        import pyqtgraph  # noqa: F401


if "pyqtgraph" not in sys.modules:
    _load()
