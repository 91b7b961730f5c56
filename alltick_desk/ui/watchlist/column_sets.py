"""Named sets of columns: those of the desk, and those that a person saved."""

from collections.abc import Mapping

from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.ui.watchlist.column_choice import FIRST, ColumnChoice, Ids, read_columns

LONGEST_NAME = 40

BUILT_IN: Mapping[str, Ids] = {
    QT_TRANSLATE_NOOP("Watchlist", "Basic"): FIRST,
    QT_TRANSLATE_NOOP("Watchlist", "Trading"): (
        *("code", "name", "last", "change_percent", "day_line", "day_range", "bid", "ask"),
        *("spread_bp", "amplitude", "volume", "rate", "age", "state"),
    ),
    QT_TRANSLATE_NOOP("Watchlist", "Fundamentals"): (
        *("code", "name", "last", "change_percent", "currency", "market_cap", "pe", "pb"),
        *("eps_ttm", "bps", "dividend_yield", "shares", "lot", "exchange", "state"),
    ),
    QT_TRANSLATE_NOOP("Watchlist", "Forex"): (
        *("code", "name", "last", "change_percent", "change_24h", "bid", "ask", "spread"),
        *("spread_bp", "high", "low", "day_range", "day_line", "session", "time", "state"),
    ),
}


def tidy_name(text: str) -> str:
    """Return a name as a set can bear it, "" where nothing is left."""
    return " ".join(text.split())[:LONGEST_NAME].strip()


def usable_name(text: str) -> str:
    """Return the tidy name where a set of a person's own may be called so, else ""."""
    name = tidy_name(text)
    return "" if name.casefold() in {its.casefold() for its in BUILT_IN} else name


def own_sets(kept: Mapping[str, str]) -> dict[str, ColumnChoice]:
    """Read a person's sets, in the order of their names; what cannot be a name is passed over."""
    named = {tidy_name(name): read_columns(words) for name, words in kept.items()}
    named.pop("", None)
    return dict(sorted(named.items(), key=lambda pair: pair[0].casefold()))
