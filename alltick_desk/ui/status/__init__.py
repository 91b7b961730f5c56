"""The status bar: connections, budget, message rate, and what the desk has to say."""

from alltick_desk.ui.status.bar import StatusBar
from alltick_desk.ui.status.texts import BudgetView, ConnectionView, Role

__all__ = ["BudgetView", "ConnectionView", "Role", "StatusBar"]
