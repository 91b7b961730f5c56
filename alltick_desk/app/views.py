"""What the status bar is told of connections and budgets."""

from alltick_desk.feed.pool import PoolHealth
from alltick_desk.feed.throttle import OTHER, Budget
from alltick_desk.feed.wiring import SocketState
from alltick_desk.model.words import Sentence, joined, span
from alltick_desk.ui.status import BudgetView, ConnectionView, Role

_ROLES = {
    SocketState.LIVE: Role.GOOD,
    SocketState.CONNECTING: Role.NOTE,
    SocketState.CLOSED: Role.NOTE,
    SocketState.SILENT: Role.WARN,
    SocketState.WAITING: Role.WARN,
    SocketState.REFUSED: Role.BAD,
}
# The call whose next free slot stands for what a click would wait for.
_CLICK = "kline"


def connection_view(health: PoolHealth, now_s: float) -> ConnectionView:
    """Return one family's connection at ``now_s`` (monotonic seconds)."""
    sentence = health.sentence
    if health.state is SocketState.WAITING and health.next_try_s is not None:
        seconds = max(0, round(health.next_try_s - now_s))
        next_try = Sentence("Feed", "The next try is in {time}.").format(time=span(seconds))
        sentence = joined(sentence, next_try)
    heard_s = health.last_message_s
    return ConnectionView(
        state=health.state.value,
        sentence=sentence,
        age_s=None if heard_s is None else max(0.0, now_s - heard_s),
        role=Role.WARN if health.token_refused else _ROLES[health.state],
        idle=health.state is SocketState.CLOSED and not health.sockets,
        token_refused=health.token_refused,
    )


def budget_view(budget: Budget) -> BudgetView:
    """Return what one token has spent and has left."""
    left = budget.left_minute
    # Where the plan has no window for it, one that was refused for haste is frozen all the same.
    click_s = budget.next_free_s.get(_CLICK, budget.next_free_s[OTHER])
    return BudgetView(
        used_today=budget.used_today,
        left_today=budget.left_today,
        used_minute=budget.used_minute,
        minute_limit=None if left is None else left + budget.used_minute,
        next_free_s=max(click_s, budget.frozen.get(_CLICK, 0.0)),
    )
