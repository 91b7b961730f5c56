"""What the status bar says, as plain values and pure functions."""

import math
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QCoreApplication

from alltick_desk.model.words import QT_TRANSLATE_NOOP

Translate: TypeAlias = Callable[[str, str], str]

translate = QCoreApplication.translate


class Role(Enum):
    """How good a piece of news is; it chooses a colour, never the only sign."""

    GOOD = "good"
    NOTE = "note"
    WARN = "warn"
    BAD = "bad"


class ConnectionView(NamedTuple):
    """One family's connection, as the status bar needs it."""

    state: str  # connecting, live, silent, waiting, refused or closed
    sentence: str = ""  # what happened and what the desk does about it
    age_s: float | None = None  # of the last message; None where there was none
    role: Role = Role.NOTE
    idle: bool = False  # nobody needs it now
    token_refused: bool = False  # for calls, while the connection is there


class BudgetView(NamedTuple):
    """What one vendor's token has spent on HTTP calls.

    ``left_today`` and ``minute_limit`` are None where the plan has no such limit;
    ``next_free_s`` is how long a click would wait for its turn.
    """

    used_today: int = 0
    left_today: int | None = None
    used_minute: int = 0
    minute_limit: int | None = None
    next_free_s: float = 0.0


NOW_S = 0.05  # what waits no longer need not wait
_BETWEEN = "  |  "

_STATES = (
    QT_TRANSLATE_NOOP("StatusBar", "connecting"),
    QT_TRANSLATE_NOOP("StatusBar", "live"),
    QT_TRANSLATE_NOOP("StatusBar", "silent"),
    QT_TRANSLATE_NOOP("StatusBar", "waiting"),
    QT_TRANSLATE_NOOP("StatusBar", "refused"),
    QT_TRANSLATE_NOOP("StatusBar", "closed"),
)
_FAMILIES = {
    "stock": QT_TRANSLATE_NOOP("StatusBar", "Stock"),
    "forex": QT_TRANSLATE_NOOP("StatusBar", "Forex"),
    "indices": QT_TRANSLATE_NOOP("StatusBar", "Indices"),
    "crypto": QT_TRANSLATE_NOOP("StatusBar", "Crypto"),
    "future": QT_TRANSLATE_NOOP("StatusBar", "Futures"),
    "fund": QT_TRANSLATE_NOOP("StatusBar", "Funds"),
    "other": QT_TRANSLATE_NOOP("StatusBar", "Other"),
}


def plainly(context: str, text: str) -> str:
    """Translate nothing: what scripts read stays English."""
    del context
    return text


def vendors_of(keys: Iterable[str]) -> int:
    """Return how many vendors there are among keys like ``"alltick/stock"``."""
    return len({key.partition("/")[0] for key in keys})


def in_use(views: Mapping[str, ConnectionView]) -> dict[str, ConnectionView]:
    """Return the families that somebody needs, by their keys.

    A vendor without any has one entry, keyed by its name alone.
    """
    shown: dict[str, ConnectionView] = {}
    for vendor in dict.fromkeys(key.partition("/")[0] for key in views):
        ours = {key: view for key, view in views.items() if key.partition("/")[0] == vendor}
        needed = {key: view for key, view in ours.items() if not view.idle}
        shown.update(needed or {vendor: next(iter(ours.values()))})
    return shown


def family_title(
    key: str, vendors: int, titles: Mapping[str, str], translate: Translate = translate
) -> str:
    """Return how ``"alltick/stock"`` is called where ``vendors`` of them are told of."""
    vendor, _, family = key.partition("/")
    whose = titles.get(vendor, vendor)
    if not family:
        return whose
    known = _FAMILIES.get(family)
    title = family.capitalize() if known is None else translate("StatusBar", known)
    return title if vendors < 2 else f"{whose} {title}"


def short_connection_text(title: str, view: ConnectionView) -> str:
    """Return the title alone of what is live, and how it stands with all else."""
    return title if view.role is Role.GOOD else connection_text(title, view)


def connection_text(title: str, view: ConnectionView, translate: Translate = translate) -> str:
    """Return e.g. ``"Stock: live 0.4 s"``."""
    word = translate("StatusBar", view.state)
    text = translate("StatusBar", "{family}: {state}").format(family=title, state=word)
    if view.age_s is not None:
        text = f"{text} {span(view.age_s, translate)}"
    if not view.token_refused:
        return text
    return translate("StatusBar", "{connection}, token refused").format(connection=text)


def span(seconds: float, translate: Translate = translate) -> str:
    """Return a length of time in few letters, rounded down."""
    seconds = max(0.0, seconds)
    if seconds < 9.95:
        return translate("StatusBar", "{n} s").format(n=f"{seconds:.1f}")
    if seconds < 120:
        return translate("StatusBar", "{n} s").format(n=int(seconds))
    if seconds < 7200:
        return translate("StatusBar", "{n} min").format(n=int(seconds / 60))
    return translate("StatusBar", "{n} h").format(n=int(seconds / 3600))


def budget_text(budgets: Mapping[str, BudgetView], titles: Mapping[str, str]) -> str:
    """Return the budget of each vendor in one line, with everything there is to tell."""
    if len(budgets) < 2:
        return next(map(_budget, budgets.values()), translate("StatusBar", "Requests: —"))
    return _BETWEEN.join(
        f"{titles.get(vendor, vendor)} {_budget(view)}" for vendor, view in budgets.items()
    )


def short_budget_text(budgets: Mapping[str, BudgetView], titles: Mapping[str, str]) -> str:
    """Return the same, and of several vendors only what one needs to know at a glance."""
    if len(budgets) < 2:
        return budget_text(budgets, titles)
    return _BETWEEN.join(
        f"{titles.get(vendor, vendor)}: {_short_budget(view)}" for vendor, view in budgets.items()
    )


def _short_budget(view: BudgetView) -> str:
    parts = [_minute(view)]
    if view.left_today is not None:
        left = translate("StatusBar", "{left} left today")
        parts.append(left.format(left=f"{view.left_today:,}"))
    if view.next_free_s >= NOW_S:
        parts.append(_next_free(view))
    return " · ".join(parts)


def _budget(view: BudgetView) -> str:
    parts = []
    if view.left_today is None:
        used = translate("StatusBar", "Requests: {used} used today")
        parts.append(used.format(used=f"{view.used_today:,}"))
    else:
        used = translate("StatusBar", "Requests: {used} used today, {left} left")
        parts.append(used.format(used=f"{view.used_today:,}", left=f"{view.left_today:,}"))
    return " · ".join([*parts, _minute(view), _next_free(view)])


def _minute(view: BudgetView) -> str:
    limit = "∞" if view.minute_limit is None else f"{view.minute_limit:,}"
    minute = translate("StatusBar", "minute {used}/{limit}")
    return minute.format(used=f"{view.used_minute:,}", limit=limit)


def _next_free(view: BudgetView) -> str:
    if view.next_free_s < NOW_S:
        return translate("StatusBar", "next free now")
    # Rounded up: who comes at the time shown must not be early.
    wait = float(math.ceil(view.next_free_s)) if view.next_free_s > 1 else view.next_free_s
    return translate("StatusBar", "next free in {wait}").format(wait=_wait(wait))


def _wait(seconds: float) -> str:
    if 1 <= seconds < 10:
        return translate("StatusBar", "{n} s").format(n=int(seconds))
    return span(seconds)
