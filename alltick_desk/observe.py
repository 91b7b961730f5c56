"""A callback list for the layers that know no Qt.

A service offers a ``Hook``; whoever cares connects a callable and keeps the ``Handle``. Letting go
of the handle disconnects, so a closed panel can never be called again.
"""

from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Handle(Generic[P]):
    """Keeps one callback connected for as long as it lives."""

    __slots__ = ("__weakref__", "_callbacks", "callback")

    def __init__(
        self, callbacks: "dict[int, Callable[P, None]]", callback: Callable[P, None]
    ) -> None:
        self._callbacks = callbacks
        self.callback = callback
        callbacks[id(self)] = callback

    def disconnect(self) -> None:
        """Stop being called; safe to repeat."""
        self._callbacks.pop(id(self), None)

    def __del__(self) -> None:
        self.disconnect()


class Hook(Generic[P]):
    """Callbacks in the order in which they were connected.

    An exception of a callback propagates to whoever emits: the listeners are ours, and a fault in
    one is a bug that must reach the report.
    """

    __slots__ = ("_callbacks",)

    def __init__(self) -> None:
        self._callbacks: dict[int, Callable[P, None]] = {}

    def connect(self, callback: Callable[P, None]) -> Handle[P]:
        """Call ``callback`` at each emission while the returned handle is kept."""
        return Handle(self._callbacks, callback)

    def emit(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call every callback that was connected when the emission began."""
        for callback in tuple(self._callbacks.values()):
            callback(*args, **kwargs)
