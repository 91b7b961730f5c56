"""By which way a row's figures came."""

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a row needs this module
    from alltick_desk.services.rows import QuoteRow


class PriceFrom(Enum):
    """How the last price came."""

    NOWHERE = "nowhere"  # there is none yet
    PUSH = "push"  # a trade that the vendor pushed
    QUOTE = "quote"  # the day's quote, pushed
    CALL = "trade-tick"  # a call for the newest price, as a row beyond the plan gets it
    BAR = "kline"  # the close of the newest daily bar
    RESTORED = "restored"  # kept from an earlier run


class CloseFrom(Enum):
    """How the previous close came."""

    UNKNOWN = "unknown"  # there is none, or it was kept from an earlier run
    BAR = "kline"  # the daily bar of the day before: as the vendor keeps it
    CHANGE = "change"  # the price minus the change that came with it: as exact as both
    PERCENT = "percent"  # from the change in percent: only as exact as a percentage is

    @property
    def exact(self) -> bool:
        """Whether every digit is the vendor's."""
        return self in _EXACT


def price_from(row: "QuoteRow") -> PriceFrom:
    """Return how the last price of a row came."""
    if not row.last:
        return PriceFrom.NOWHERE
    if not row.time_ms:
        return PriceFrom.BAR
    if not row.priced_s:
        return PriceFrom.RESTORED
    if row.called_s == row.priced_s:
        return PriceFrom.CALL
    quote = row.quote
    quoted = quote is not None and quote.time_ms == row.time_ms and quote.last == row.last
    return PriceFrom.QUOTE if quoted else PriceFrom.PUSH


_EXACT = frozenset({CloseFrom.BAR, CloseFrom.CHANGE})
