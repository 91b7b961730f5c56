"""The status bar."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStatusBar, QWidget

from alltick_desk.ui.status.connections import Connections
from alltick_desk.ui.status.parts import MessageButton, Segment, describe, role_colour
from alltick_desk.ui.status.texts import (
    NOW_S,
    BudgetView,
    ConnectionView,
    Role,
    budget_text,
    short_budget_text,
)
from alltick_desk.ui.theme import Theme
from alltick_desk.ui.tip_text import as_written
from alltick_desk.ui.words import spoken

if TYPE_CHECKING:
    from alltick_desk.ui.status.history import History

translate = QCoreApplication.translate

_KEPT = 50


class StatusBar(QStatusBar):
    """Shows how the connections are, what requests are left, and the latest message.

    ``wall_ms`` stamps the messages, ``titles`` has what vendors are called. ``on_reconnect`` is
    told the name of the family, like ``"alltick/stock"``, that a person wants connected anew.
    All texts are pushed in, once a second or when they change.
    """

    def __init__(
        self,
        theme: Theme,
        wall_ms: Callable[[], int],
        *,
        titles: Mapping[str, str],
        on_reconnect: Callable[[str], object] = lambda _: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wall_ms = wall_ms
        self._titles = titles
        self._on_reconnect = on_reconnect
        self._budgets: dict[str, BudgetView] = {}
        self._rate: float | None = None
        self._said: deque[tuple[str, str, Role]] = deque(maxlen=_KEPT)
        self._history: History | None = None
        self.setObjectName("statusBar")
        self._build()
        self._name()

    def update_connection(self, connections: Mapping[str, ConnectionView]) -> None:
        """Show the connections, keyed like ``"alltick/stock"``, in their order."""
        self._connections.show_views(connections)
        self._first_line.setVisible(bool(connections))

    def update_budget(self, budgets: Mapping[str, BudgetView]) -> None:
        """Show what was spent, by vendor."""
        self._budgets = dict(budgets)
        waiting = any(view.next_free_s >= NOW_S for view in self._budgets.values())
        spent = any(view.left_today == 0 for view in self._budgets.values())
        colour = self._theme.error if spent else self._theme.warn if waiting else None
        self._budget.say(short_budget_text(self._budgets, self._titles), colour=colour)
        text = budget_text(self._budgets, self._titles)
        self._budget.setToolTip(text)
        describe(self._budget, text)

    def update_rate(self, per_s: float | None) -> None:
        """Show the messages a second; None where nothing was measured."""
        self._rate = per_s
        figure = "—" if per_s is None else f"{per_s:,.0f}"
        text = translate("StatusBar", "{n} msg/s").format(n=figure)
        self._rate_view.say(text, colour=self._theme.muted)
        describe(self._rate_view, text)

    def say(self, sentence: str, role: Role = Role.NOTE) -> None:
        """Show a sentence until the next one, and keep it in the history.

        One that was the last already is not repeated, its time is renewed.
        """
        if not sentence.strip():
            return
        if self._said and self._said[0][1:] == (sentence, role):
            self._said.popleft()
        clock = time.strftime("%H:%M:%S", time.localtime(self._wall_ms() / 1000))
        self._said.appendleft((clock, sentence, role))
        self._show_message()

    @property
    def messages(self) -> list[str]:
        """The last sentences, oldest first."""
        return [_line(sentence) for _, sentence, _ in reversed(self._said)]

    def set_theme(self, theme: Theme) -> None:
        """Use other colours from now on."""
        self._theme = theme
        self._connections.set_theme(theme)
        self._renew()

    def state(self) -> dict[str, object]:
        """Return what a person reads here, its state words in English."""
        return {
            "connection": self._connections.state(),
            "budget": budget_text(self._budgets, self._titles),
        }

    # Building

    def _build(self) -> None:
        # One permanent widget: Qt hides the others while a menu shows its hints.
        row = QWidget(self)
        row.setObjectName("statusRow")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(8, 1, 8, 1)
        layout.setSpacing(12)
        self._connections = Connections(self._theme, self._titles, self._on_reconnect, row)
        self._message = MessageButton(row)
        self._message.setObjectName("message")
        self._message.clicked.connect(self._open_history)
        self._rate_view = Segment(row)
        self._rate_view.setObjectName("messageRate")
        self._budget = Segment(row)
        self._budget.setObjectName("requestBudget")
        for index, widget in enumerate(
            (self._connections, self._message, self._rate_view, self._budget)
        ):
            if index:
                line = _bar(row)
                layout.addWidget(line)
                if index == 1:
                    self._first_line = line
            layout.addWidget(widget, 1 if widget is self._message else 0)
        self.addPermanentWidget(row, 1)
        self.setSizeGripEnabled(False)

    def _name(self) -> None:
        self.setAccessibleName(translate("StatusBar", "Status"))
        self._connections.setAccessibleName(translate("StatusBar", "Connection"))
        self._budget.setAccessibleName(translate("StatusBar", "Request budget"))
        self._rate_view.setAccessibleName(translate("StatusBar", "Message rate"))
        self._message.setAccessibleName(translate("StatusBar", "Messages"))
        self._renew()

    def _renew(self) -> None:
        self._connections.renew()
        self.update_budget(self._budgets)
        self.update_rate(self._rate)
        self._show_message()

    # Showing

    def _show_message(self) -> None:
        if self._said:
            clock, said, role = self._said[0]
            sentence = _line(said)
            full = f"{clock}  {sentence}"
        else:
            full, sentence, role = "", "", Role.NOTE
        plain = role in {Role.NOTE, Role.GOOD}
        self._message.say(sentence, None if plain else role_colour(role, self._theme))
        self._message.setToolTip(as_written(full))
        describe(self._message, sentence)

    def _open_history(self) -> None:
        if self._history is None:
            from alltick_desk.ui.status.history import History

            self._history = History(self)
        lines = [f"{clock}   {_line(sentence)}" for clock, sentence, _ in self._said]
        corner = self._message.mapToGlobal(QPoint(0, 0))
        self._history.open_above(corner, max(420, self._message.width()), lines)

    # Qt's own

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)


def _line(sentence: str) -> str:
    """Return a sentence as it stands in one line, in the language of now."""
    return " ".join(spoken(sentence).split())


def _bar(parent: QWidget) -> QFrame:
    """A thin line between two groups."""
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.VLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(line.palette().ColorRole.Mid)
    return line
