"""Tools: what takes the mouse and the keys before the chart itself does."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from alltick_desk.ui.chart.pane import Pane

if TYPE_CHECKING:
    from alltick_desk.ui.chart.view import ChartView


class Pointer(NamedTuple):
    """A mouse event as tools see it.

    Attributes:
        place: in the view's pixels.
        pane: the pane there, None upon an axis.
        bar: the place on the x axis as a bar with its fraction; ``round`` gives the bar.
        value: the pane's value there; NaN where there is no pane.
        button: that was pressed or released.
    """

    place: QPointF
    pane: Pane | None
    bar: float
    value: float
    button: Qt.MouseButton
    modifiers: Qt.KeyboardModifier


class Tool:
    """Subclass it; every method that is not written lets the event pass on.

    A method returns True where it took the event: nobody else is given it then. Who takes a press
    is given everything up to the release.
    """

    cursor: Qt.CursorShape = Qt.CursorShape.CrossCursor

    def begin(self, view: "ChartView") -> None:
        """Become the active tool."""

    def leave(self) -> None:
        """Give up whatever is half done: Escape, another tool, or another instrument."""

    def press(self, at: Pointer) -> bool:  # noqa: ARG002
        """Take a pressed button."""
        return False

    def move(self, at: Pointer) -> bool:  # noqa: ARG002
        """Take a moved pointer, with or without a pressed button."""
        return False

    def release(self, at: Pointer) -> bool:  # noqa: ARG002
        """Take a released button."""
        return False

    def double_click(self, at: Pointer) -> bool:  # noqa: ARG002
        """Take a double click."""
        return False

    def key(self, event: QKeyEvent) -> bool:  # noqa: ARG002
        """Take a pressed key; Escape leaves the tool, whatever it does."""
        return False

    def away(self) -> None:
        """Hear that the pointer left the chart."""

    def walk(self, *, on: bool) -> bool:  # noqa: ARG002
        """Take a Tab, to the next thing where ``on`` and else to the one before."""
        return False

    def fill_menu(self, at: Pointer, menu: QMenu) -> None:
        """Add what can be done at a place to the context menu."""


class Toolbox:
    """The tools of one chart: one active at most, and some that are always there.

    The active one is asked first, then those that stay, in the order in which they came: they
    serve what was drawn already, say.

    Attributes:
        active: the tool that the person has taken; None for plain looking.
        on_change: called when another tool became active, or none.
    """

    def __init__(self, view: "ChartView") -> None:
        self._view = view
        self._resident: list[Tool] = []
        self._holder: Tool | None = None  # who took the press
        self.active: Tool | None = None
        self.on_change: list[Callable[[], None]] = []

    @property
    def holds(self) -> bool:
        """Whether a tool has taken a press that is not released yet."""
        return self._holder is not None

    def keep(self, tool: Tool) -> None:
        """Have a tool that always listens."""
        self._resident.append(tool)
        tool.begin(self._view)

    def drop(self, tool: Tool) -> None:
        """Have a resident tool listen no more."""
        self._resident.remove(tool)
        tool.leave()

    def take(self, tool: Tool | None) -> None:
        """Make a tool the active one, or none."""
        if tool is self.active:
            return
        before, self.active = self.active, tool
        self._holder = None
        if before is not None:
            before.leave()
        if tool is not None:
            tool.begin(self._view)
        for tell in tuple(self.on_change):
            tell()

    def reset(self) -> None:
        """Give up what is half done: another instrument is shown."""
        self.take(None)
        self._holder = None
        for tool in self._resident:
            tool.leave()

    def press(self, at: Pointer) -> bool:
        """Offer a pressed button to the tools; True where one took it."""
        for tool in self._asked():
            if tool.press(at):
                self._holder = tool
                return True
        return False

    def move(self, at: Pointer) -> bool:
        """Offer a moved pointer."""
        if self._holder is not None:
            return self._holder.move(at)
        return any(tool.move(at) for tool in self._asked())

    def release(self, at: Pointer) -> bool:
        """Offer a released button."""
        if self._holder is not None:
            holder, self._holder = self._holder, None
            holder.release(at)
            return True
        return any(tool.release(at) for tool in self._asked())

    def double_click(self, at: Pointer) -> bool:
        """Offer a double click."""
        return any(tool.double_click(at) for tool in self._asked())

    def key(self, event: QKeyEvent) -> bool:
        """Offer a pressed key; Escape leaves the active tool."""
        if event.key() == Qt.Key.Key_Escape and self.active is not None:
            self.take(None)
            return True
        return any(tool.key(event) for tool in self._asked())

    def away(self) -> None:
        """Tell the tools that the pointer left the chart."""
        for tool in self._asked():
            tool.away()

    def walk(self, *, on: bool) -> bool:
        """Offer a Tab to the tools."""
        return any(tool.walk(on=on) for tool in self._asked())

    def fill_menu(self, at: Pointer, menu: QMenu) -> None:
        """Have every tool add to the context menu."""
        for tool in self._asked():
            tool.fill_menu(at, menu)

    def _asked(self) -> list[Tool]:
        active = [] if self.active is None else [self.active]
        return [*active, *self._resident]
