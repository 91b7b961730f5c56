"""What is known of an instrument besides its prices: its issuer's figures, its halts.

Figures are decimal text with the vendor's digits, dates and times the vendor's text in the
exchange's own zone; "" where the vendor gave none.
"""

import msgspec


class StaticInfo(msgspec.Struct, frozen=True):
    """The reference data of a stock."""

    code: str
    name_en: str = ""
    name_zh: str = ""  # simplified Chinese
    name_zh_hant: str = ""  # traditional Chinese, as in Hong Kong
    exchange: str = ""
    board: str = ""
    currency: str = ""
    lot_size: int | None = None  # shares
    total_shares: str = ""
    circulating_shares: str = ""
    hk_shares: str = ""
    eps: str = ""  # earnings per share; may be below zero
    eps_ttm: str = ""  # the same over the last twelve months
    bps: str = ""  # book value per share; may be below zero
    dividend_yield: str = ""


class DayClose(msgspec.Struct, frozen=True):
    """A close that a day's change is measured against, as a vendor's daily bar has it."""

    code: str
    price: str
    date: str  # the exchange's date (ISO) that closed at this price
    day: str  # the date that is measured against it
    asked: str  # the exchange's date on which the vendor was asked
    final: bool = False  # that was after the close: the day's other figures are final as well


class Suspension(msgspec.Struct, frozen=True):
    """One halt of trading in one stock."""

    code: str  # as the desk spells it: "600000.SH", "AAPL.US"
    publish_date: str
    name: str = ""
    reason: str = ""
    halt_date: str = ""
    halt_time: str = ""
    halt_period: str = ""
    resume_date: str = ""
    resume_time: str = ""
    source_exchange: str = ""
    threshold_price: str = ""  # of a volatility pause


class SuspensionPage(msgspec.Struct, frozen=True):
    """Halts, the newest first, and where the list goes on."""

    suspensions: tuple[Suspension, ...]
    next_page: int | None  # None where this was the last page, or the whole year came at once


class TradingDay(msgspec.Struct, frozen=True):
    """A day on which a market keeps other hours than usual, or none."""

    region: str  # e.g. "HK"
    date: str  # ISO, in the market's zone
    name: str = ""  # of the holiday
    hours: str = ""  # the market's sessions as the vendor writes them
    zone: str = ""  # IANA name, e.g. "Asia/Hong_Kong"
