"""Which rows a filter lets through. Pure."""

from collections.abc import Callable
from typing import NamedTuple

from alltick_desk.model.instrument import Market
from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.quotes import QuoteRow, RowState
from alltick_desk.ui.watchlist.format import Reading

MARKET_WORDS = {
    Market.US_STOCK: QT_TRANSLATE_NOOP("Watchlist", "US stocks"),
    Market.HK_STOCK: QT_TRANSLATE_NOOP("Watchlist", "Hong Kong stocks"),
    Market.CN_STOCK: QT_TRANSLATE_NOOP("Watchlist", "Chinese stocks"),
    Market.INDEX: QT_TRANSLATE_NOOP("Watchlist", "Indices"),
    Market.CFD_INDEX: QT_TRANSLATE_NOOP("Watchlist", "Index contracts"),
    Market.FOREX: QT_TRANSLATE_NOOP("Watchlist", "Forex"),
    Market.COMMODITY: QT_TRANSLATE_NOOP("Watchlist", "Metals and energy"),
    Market.CRYPTO: QT_TRANSLATE_NOOP("Watchlist", "Crypto"),
    Market.FUTURE: QT_TRANSLATE_NOOP("Watchlist", "Futures"),
    Market.FUND: QT_TRANSLATE_NOOP("Watchlist", "Funds"),
    Market.UNKNOWN: QT_TRANSLATE_NOOP("Watchlist", "Other"),
}
UP, UNCHANGED, DOWN = 1, 0, -1
MOVEMENT_WORDS = {
    UP: QT_TRANSLATE_NOOP("Watchlist", "Up"),
    UNCHANGED: QT_TRANSLATE_NOOP("Watchlist", "Unchanged"),
    DOWN: QT_TRANSLATE_NOOP("Watchlist", "Down"),
}


class Filter(NamedTuple):
    """What a person wants to see; of every kind nothing chosen stands for all."""

    text: str = ""
    markets: frozenset[Market] = frozenset()
    states: frozenset[RowState] = frozenset()
    movements: frozenset[int] = frozenset()

    @property
    def on(self) -> bool:
        """Whether anything is kept out."""
        return bool(self.text.split() or self.markets or self.states or self.movements)

    @property
    def moves(self) -> bool:
        """Whether rows come and go while values move."""
        return bool(self.states or self.movements)


EVERYTHING = Filter()


def searched(row: QuoteRow, reading: Reading) -> str:
    """Return all that a text is looked for in: code, names, alias, note."""
    known = reading.catalogue.get(row.key.code)
    entry = reading.entry(row.key)
    own = () if entry is None else (entry.alias, entry.note)
    return "\n".join((row.key.code, known.name_en, known.name_zh, *own)).casefold()


def movement(row: QuoteRow) -> int | None:
    """Return which way the day went; None where that is not known."""
    change = row.change
    return None if change is None else UP if change > 0 else DOWN if change < 0 else UNCHANGED


def keeper(
    wanted: Filter, reading: Reading, searched_in: Callable[[QuoteRow], str]
) -> Callable[[QuoteRow], bool] | None:
    """Return the test of a row, None where everything is let through.

    Every word of the text must be found somewhere in what ``searched_in`` returns.
    """
    if not wanted.on:
        return None
    words = wanted.text.casefold().split()
    markets, states, movements = wanted.markets, wanted.states, wanted.movements
    get = reading.catalogue.get

    def keeps(row: QuoteRow) -> bool:
        if states and row.state not in states:
            return False
        if markets and get(row.key.code).market not in markets:
            return False
        if movements and movement(row) not in movements:
            return False
        if not words:
            return True
        text = searched_in(row)
        return all(word in text for word in words)

    return keeps
