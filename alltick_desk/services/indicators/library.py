"""TA-Lib, which may not be installed: found late, missed in one clear sentence.

Its streams (from 0.8.1 on) carry an indicator's state from bar to bar, in constant time and equal
to the last bit to what its functions give for the whole series.
"""

import importlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from alltick_desk.errors import DeskError
from alltick_desk.model.series import Floats
from alltick_desk.model.words import Sentence
from alltick_desk.services.indicators.kernel import Opened

_MISSING = Sentence(
    "Indicators",
    "This indicator is computed by TA-Lib, which is not installed. The others work without it. "
    "To install it, close the desk and type: {command}",
)
_OLD = Sentence(
    "Indicators",
    "This indicator needs TA-Lib 0.8.1 or newer, and {version} is installed. The others work "
    "without it. To bring it up to date, close the desk and type: {command}",
)
_INSTALL = 'pip install "alltick-desk[indicators]"'


class IndicatorUnavailableError(DeskError):
    """An indicator needs TA-Lib, which is missing or too old."""


def find() -> Any:
    """Return the module ``talib``; IndicatorUnavailableError where there is none that will do."""
    try:
        talib = importlib.import_module("talib")
    except ImportError:
        raise IndicatorUnavailableError(_MISSING.format(command=_INSTALL)) from None
    if not hasattr(talib, "InsufficientHistory"):
        version = str(getattr(talib, "__version__", "?"))
        raise IndicatorUnavailableError(_OLD.format(version=version, command=_INSTALL))
    return talib


def obstacle() -> str:
    """Return why TA-Lib's indicators cannot be computed, a sentence; "" where they can."""
    try:
        find()
    except IndicatorUnavailableError as error:
        return str(error)
    return ""


class LibraryKernel:
    """One of TA-Lib's functions with its arguments.

    Raises IndicatorUnavailableError where TA-Lib is missing.
    """

    def __init__(self, function: str, arguments: Mapping[str, object]) -> None:
        talib = find()
        self._batch = getattr(talib, function)
        self._stream = getattr(importlib.import_module("talib.stream"), function)
        self._too_short: type[Exception] = talib.InsufficientHistory
        self._arguments = dict(arguments)
        about = importlib.import_module("talib.abstract").Function(function)
        about.parameters = self._arguments
        self._lookback = int(about.lookback)

    def open(self, columns: Sequence[Floats]) -> Opened:
        """Compute whole columns; there is no stream yet where they are too short for one."""
        # TA-Lib 0.8.2 looks at addresses before lengths: with fewer bars than it looks back, its
        # results would begin beyond their own arrays, by chance where the input lies, and it
        # says "bad parameter". So it is not asked.
        if len(columns[0]) > self._lookback:
            with suppress(self._too_short):
                stream, lines = self._stream.open_and_fill(*columns, **self._arguments)
                return Opened(stream, _several(lines))
        return Opened(None, _several(self._batch(*columns, **self._arguments)))


def _several(lines: Floats | tuple[Floats, ...]) -> tuple[Floats, ...]:
    return lines if isinstance(lines, tuple) else (lines,)
