"""What a market does now, in a word, for a column of the table."""

from alltick_desk.model.instrument import Market
from alltick_desk.model.words import Sentence
from alltick_desk.services.market_hours import Phase

_WORDS = {
    Phase.OPEN: Sentence("Hours", "Open"),
    Phase.BREAK: Sentence("Hours", "Break"),
    Phase.CLOSED: Sentence("Hours", "Closed"),
    Phase.HOLIDAY: Sentence("Hours", "Holiday"),
    Phase.UNKNOWN: "",
}
_LUNCH = Sentence("Hours", "Lunch break")
_LUNCHES = frozenset({Market.HK_STOCK, Market.CN_STOCK})  # the others rest in the evening


def phase_word(phase: Phase, market: Market) -> str:
    """Return a sentence of one word or two; "" where nobody knows."""
    return _LUNCH if phase is Phase.BREAK and market in _LUNCHES else _WORDS[phase]
