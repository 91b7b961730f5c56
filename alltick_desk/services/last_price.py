"""From when on the price of a closed market is its last one, which a closing auction may make."""

import math

from alltick_desk.services.market_hours import MarketState, Phase

AUCTION_MS = 900_000  # so long after the close the last price may still come

SHUT = frozenset({Phase.BREAK, Phase.CLOSED, Phase.HOLIDAY})


def last_from_ms(state: MarketState) -> float:
    """Return from when on a price is the last one before the market opens, Unix milliseconds.

    Infinite where the market trades, and where nobody knows since when it does not.
    """
    if state.phase not in SHUT or state.since_ms is None:
        return math.inf
    return float(state.since_ms + AUCTION_MS)
