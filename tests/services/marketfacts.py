"""Facts about exchanges' hours that ``exchange_calendars`` has told, to compare ours with.

``market_facts.csv`` was written by ``python tests/services/marketfacts.py``, where the library is
installed: a market, a moment (Unix s), whether it is then open (1), in its break (b) or closed (0),
and when it opens or closes next, breaks left out.
"""

import csv
import random
from pathlib import Path
from typing import NamedTuple

from alltick_desk.model.instrument import Market

FILE = Path(__file__).with_name("market_facts.csv")
_EXCHANGES = {"us_stock": "XNYS", "hk_stock": "XHKG", "cn_stock": "XSHG"}
_EACH = 120


class Fact(NamedTuple):
    """What a market does at a moment, Unix seconds."""

    market: Market
    time_s: int
    phase: str
    next_open_s: int
    next_close_s: int


def read() -> list[Fact]:
    """Return all facts."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            Fact(Market(market), int(time_s), phase, int(opens), int(closes))
            for market, time_s, phase, opens, closes in csv.reader(file)
        ]


def write() -> None:
    """Ask the library, at random and around every odd day."""
    import exchange_calendars as library  # a library that nothing else here needs
    import pandas as pd

    rows = []
    for market, exchange in _EXCHANGES.items():
        last = "2026-12-31" if exchange == "XSHG" else "2028-12-31"
        calendar = library.get_calendar(exchange, start="2024-01-01", end=last)
        draw = random.Random(exchange)
        begin = int(calendar.first_minute.timestamp())
        end = int(calendar.last_minute.timestamp()) - 30 * 86_400
        times = {draw.randrange(begin, end) for _ in range(_EACH)}
        odd = [day for day in calendar.early_closes if day.timestamp() < end]
        for day in draw.sample(odd, min(10, len(odd))):
            times |= {int(day.timestamp()) + draw.randrange(86_400) for _ in range(4)}
        if market == "us_stock":  # the Fridays before and Mondays after the clocks change
            for day in ("2024-03-08", "2024-03-11", "2025-10-31", "2025-11-03", "2026-03-09"):
                opens = int(calendar.session_open(day).timestamp())
                times |= {opens - 1, opens, opens + 60, opens + 23_399, opens + 23_400}
        for time_s in sorted(times):
            minute = pd.Timestamp(time_s // 60 * 60, unit="s", tz="UTC")
            if calendar.is_open_on_minute(minute):
                phase = "1"
            elif calendar.is_break_minute(minute):
                phase = "b"
            else:
                phase = "0"
            opens_s = int(calendar.next_open(minute).timestamp())
            closes_s = int(calendar.next_close(minute).timestamp())
            rows.append((market, time_s, phase, opens_s, closes_s))
    with FILE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    write()
