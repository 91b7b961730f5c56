"""The word for what a market does now."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from alltick_desk.model.instrument import Market
from alltick_desk.services.market_hours import known_hours
from alltick_desk.services.phase_words import phase_word

HONG_KONG, NEW_YORK, SHANGHAI = "Asia/Hong_Kong", "America/New_York", "Asia/Shanghai"


@pytest.mark.parametrize(
    ("market", "zone", "clock", "word"),
    [
        (Market.HK_STOCK, HONG_KONG, "2026-03-03 11:00", "Open"),
        (Market.HK_STOCK, HONG_KONG, "2026-03-03 12:30", "Lunch break"),
        (Market.CN_STOCK, SHANGHAI, "2026-03-03 12:30", "Lunch break"),
        (Market.HK_STOCK, HONG_KONG, "2026-03-03 20:00", "Closed"),
        (Market.US_STOCK, NEW_YORK, "2026-12-25 12:00", "Holiday"),
        (Market.COMMODITY, NEW_YORK, "2026-03-03 17:30", "Break"),
        (Market.CFD_INDEX, NEW_YORK, "2026-03-03 17:30", "Break"),
        (Market.FOREX, NEW_YORK, "2026-03-03 17:30", "Open"),
        (Market.CRYPTO, NEW_YORK, "2026-03-03 17:30", "Open"),
        (Market.UNKNOWN, NEW_YORK, "2026-03-03 17:30", ""),
    ],
)
def test_a_market_is_said_to_be_at_lunch_only_at_noon(
    market: Market, zone: str, clock: str, word: str
) -> None:
    moment = datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone))
    state = known_hours().state(market, int(moment.timestamp()) * 1000)
    assert phase_word(state.phase, market) == word
