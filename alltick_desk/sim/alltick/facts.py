"""What ``static_info`` and the suspension lists tell of a stock; seeded, and plausible at best."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from alltick_desk.model.instrument import Market
from alltick_desk.sim.company import draw, home
from alltick_desk.sim.listing import Listing

LISTS: Final = ("sse", "nyse", "nasdaq")
_REASONS: Final = (
    "Volatility Trading Pause",
    "News Pending",
    "News Dissemination",
    "Merger Effective",
    "Additional Information Requested",
)
_YEAR_DAYS: Final = 365


def static_info(listing: Listing) -> dict[str, str]:
    """Return a row of ``static_info_list``."""
    instrument = listing.instrument
    exchange, board, currency, lot = home(listing)
    shares = int(listing.day_units * listing.unit * (150 + 500 * draw(listing, 1)))
    earned = listing.base * (0.02 + 0.06 * draw(listing, 2))
    chinese = instrument.name_zh or instrument.name_en
    return {
        "symbol": listing.code,
        "name_en": instrument.name_en,
        "name_cn": chinese,
        "name_hk": chinese,
        "exchange": exchange,
        "board": board,
        "currency": currency,
        "lot_size": str(lot),
        "total_shares": str(shares),
        "circulating_shares": str(int(shares * (0.6 + 0.4 * draw(listing, 3)))),
        "hk_shares": str(shares) if listing.ending == ".HK" else "0",
        "eps": f"{earned:.4f}",
        "eps_ttm": f"{earned * (0.9 + 0.3 * draw(listing, 4)):.4f}",
        "bps": f"{listing.base * (0.2 + 0.5 * draw(listing, 5)):.4f}",
        "dividend_yield": f"{4.0 * draw(listing, 6):.2f}",
    }


def list_of(listing: Listing) -> str:
    """Return which suspension list names the listing when it is halted, "" for none."""
    if listing.ending == ".SH":
        return "sse"
    if listing.ending == ".US":
        return "nasdaq" if home(listing).exchange == "NASD" else "nyse"
    return ""


def suspended(
    name: str, listings: Iterable[Listing], halted: Iterable[Listing], now_ms: int
) -> list[dict[str, Any]]:
    """Return a year of a list's rows, newest first: what is halted now, then what was."""
    mine = [
        listing
        for listing in listings
        if listing.market is not Market.INDEX and list_of(listing) == name
    ]
    today = datetime.fromtimestamp(now_ms / 1000, UTC)
    rows = [_row(name, listing, today, None) for listing in halted if list_of(listing) == name]
    for listing in mine:
        ago = int(draw(listing, 20) * 8 * _YEAR_DAYS)  # about one in eight had a halt
        if ago < _YEAR_DAYS:
            day = today - timedelta(days=1 + ago)
            rows.append(_row(name, listing, day, day + timedelta(days=1)))
    rows.sort(key=lambda row: str(row["publishDate"]), reverse=True)
    return rows


def _row(name: str, listing: Listing, halted: datetime, resumed: datetime | None) -> dict[str, Any]:
    luck = draw(listing, 21)
    date = halted.strftime("%Y-%m-%d")
    row: dict[str, Any] = {
        "symbol": listing.code[: -len(listing.ending)],
        "symbolName": listing.instrument.name_zh or listing.instrument.name_en,
        "haltReason": _REASONS[int(luck * len(_REASONS))] if name != "sse" else "重大事项",
        "haltDate": date,
        "haltTime": "09:30:00",
        "haltPeriod": "1 day" if luck < 0.5 else "",
        "resumeDate": resumed.strftime("%Y-%m-%d") if resumed is not None else None,
        "resumeTime": "09:30:00" if resumed is not None else "",
        "publishDate": date,
    }
    if luck > 0.8:
        del row["haltPeriod"]  # any field but two may be missing
    if name != "sse":
        row["haltDateTime"] = f"{date} 09:30:00"
        row["resumeDateTime"] = f"{row['resumeDate']} 09:30:00" if resumed is not None else None
        row["sourceExchange"] = name.upper()
    if name == "nasdaq":
        row["pauseThresholdPrice"] = listing.text(listing.base * 1.1) if luck < 0.3 else None
    return row
