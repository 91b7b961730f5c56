"""Ctrl-C and SIGTERM: an orderly end, at whatever moment they come."""

import signal
from collections.abc import Callable


class Stop:
    """Notes a signal at once, and acts on it as soon as there is a desk to stop.

    Installed before Qt is loaded, so that a person who changes their mind within the first second
    sees no traceback. Only what loads nothing heavy is used here.

    Attributes:
        wanted: whether a signal came.
    """

    def __init__(self) -> None:
        self.wanted = False
        self._act: Callable[[], None] | None = None

    def install(self) -> None:
        """Take the signals over from Python."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._come)

    def then(self, act: Callable[[], None]) -> None:
        """Call ``act`` when a signal comes, at once where one came already."""
        self._act = act
        if self.wanted:
            act()

    def _come(self, _number: int, _frame: object) -> None:
        # Python runs this between two of its own instructions, thus at the next timer's call.
        self.wanted = True
        if self._act is not None:
            self._act()
