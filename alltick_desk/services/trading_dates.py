"""The exchange's trading date of many moments: thousands of rows ask for it every second."""

from datetime import date, timedelta

from alltick_desk.model.calendar import day_start, session_date
from alltick_desk.model.instrument import Market


class TradingDates:
    """Remembers each market's last date, and from when to when it is that date."""

    def __init__(self) -> None:
        self._known: dict[Market, tuple[int, int, str]] = {}

    def at(self, time_ms: int, market: Market) -> str:
        """Return the date (ISO) at a moment, Unix milliseconds; as ``session_date`` does."""
        known = self._known.get(market)
        if known is None or not known[0] <= time_ms < known[1]:
            text = session_date(time_ms, market)
            day = date.fromisoformat(text)
            begin_s = day_start(day, market)
            end_s = day_start(day + timedelta(days=1), market)
            known = self._known[market] = (1000 * begin_s, 1000 * end_s, text)
        return known[2]
